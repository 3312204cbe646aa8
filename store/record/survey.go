package record

import "touyan/store/field"

// Survey is one round of 全面摸排, in which every village of the office is
// looked over for who could lead it. What was found in each is a Canvass.
type Survey struct {
	field.Head
	Name     string // 2025年全覆盖摸排
	Office   string
	Year     *int64
	Lead     string
	From, To field.Date
	Note     string
}

// Fields lists the cells of a survey.
func (s *Survey) Fields() []field.Field {
	return []field.Field{
		field.Words(&s.Name, "name", "摸排批次", field.Required, field.Match, field.Max(40), field.Alias("批次名称", "批次")),
		field.Link(&s.Office, "office", "组织单位", "office", field.Match, field.Alias("苏木乡镇", "单位")),
		field.Count(&s.Year, "year", "年度", field.Range(1990, 2100), field.Alias("摸排年度")),
		field.Words(&s.Lead, "lead", "牵头单位", field.Max(60), field.Alias("牵头部门")),
		field.On(&s.From, "from", "开始日期", field.Alias("开始时间")),
		field.On(&s.To, "to", "结束日期", field.Alias("结束时间", "截止日期")),
		field.Words(&s.Note, "note", "备注", field.Alias("说明")),
	}
}

// Check reports what no single cell of a survey can show.
func (s *Survey) Check() []field.Problem {
	return period("from", "开始日期", s.From, "to", "结束日期", s.To)
}

// Canvass is what a survey found in one village: how many people of each sort
// were looked at. Nobody found is a finding too (零报告).
type Canvass struct {
	field.Head
	Survey    string
	Village   string
	Date      field.Date
	Team      *int64 // 两委成员
	Rich      *int64
	Returned  *int64
	Veterans  *int64
	Graduates *int64
	Others    *int64
	By        string
	Note      string
}

const mostCanvassed = 10_000

// Fields lists the cells of a canvass.
func (c *Canvass) Fields() []field.Field {
	number := func(p **int64, name, label string, heads ...string) field.Field {
		return field.Count(p, name, label, field.Range(0, mostCanvassed), field.Alias(heads...))
	}
	return []field.Field{
		field.Link(&c.Survey, "survey", "摸排批次", "survey", field.Required, field.Match, field.Part, field.Alias("批次")),
		field.Link(&c.Village, "village", "嘎查村", "village", field.Required, field.Match, field.Alias(villageHeads...)),
		field.On(&c.Date, "date", "摸排日期", field.Alias("摸排时间", "日期")),
		number(&c.Team, "team", "两委成员人数", "“两委”成员", "两委成员"),
		number(&c.Rich, "rich", "致富能手人数", "致富能手"),
		number(&c.Returned, "returned", "返乡人员人数", "外出务工经商返乡人员", "返乡人员"),
		number(&c.Veterans, "veterans", "退役军人人数", "退役军人"),
		number(&c.Graduates, "graduates", "大学毕业生人数", "大学毕业生"),
		number(&c.Others, "others", "其他能人人数", "其他能人", "其他"),
		field.Words(&c.By, "by", "摸排人", field.Max(60), field.Alias("摸排人员", "负责人")),
		field.Words(&c.Note, "note", "备注", field.Alias("说明")),
	}
}

// Found is how many people were looked at.
func (c *Canvass) Found() int64 {
	var sum int64
	for _, n := range []*int64{c.Team, c.Rich, c.Returned, c.Veterans, c.Graduates, c.Others} {
		if n != nil {
			sum += *n
		}
	}
	return sum
}
