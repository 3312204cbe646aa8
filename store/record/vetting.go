package record

import "touyan/store/field"

// Vetting is what one department of the county says of one candidate (联审): for
// a filing, for 换届, for the pool.
type Vetting struct {
	field.Head
	Person     string
	Village    string
	Position   string // 拟任职务
	Occasion   string
	Filing     string
	Nominee    string
	Department string
	Sent       field.Date
	Opinion    string
	Answered   field.Date
	Bar        string // 一票否决情形
	Text       string
	By         string
}

// Fields lists the cells of a vetting.
func (v *Vetting) Fields() []field.Field {
	few := field.OfClass(field.Discipline)
	return []field.Field{
		field.Link(&v.Person, "person", "姓名", "person", field.Required, field.Match),
		field.Link(&v.Village, "village", "嘎查村", "village", field.Alias(villageHeads...)),
		field.Coded(&v.Position, "position", "拟任职务", positions, field.Match, field.Alias("拟任", "拟任（提名）职务")),
		field.Coded(&v.Occasion, "occasion", "联审事由", occasions, field.Alias("事由")),
		field.Link(&v.Filing, "filing", "备案事项", "filing", field.Part),
		field.Link(&v.Nominee, "nominee", "换届人选", "nominee", field.Part),
		field.Coded(&v.Department, "department", "联审部门", departments, field.Required, field.Match, field.Alias("部门", "审查部门")),
		field.On(&v.Sent, "sent", "送审日期", field.Match, field.Alias("送审时间")),
		field.Coded(&v.Opinion, "opinion", "联审意见", opinions, field.Alias("意见", "审查意见", "部门意见")),
		field.On(&v.Answered, "answered", "答复日期", field.Alias("联审日期", "审查日期", "日期")),
		field.Coded(&v.Bar, "bar", "一票否决情形", bars, few, field.Alias("否决情形")),
		field.Words(&v.Text, "text", "情况说明", few, field.Alias("说明", "具体情况", "备注")),
		field.Words(&v.By, "by", "经办人", field.Max(40), field.Alias("经办")),
	}
}

// Check reports what no single cell of a vetting can show.
func (v *Vetting) Check() []field.Problem {
	out := period("sent", "送审日期", v.Sent, "answered", "答复日期", v.Answered)
	if v.Bar != "" && v.Opinion != OpinionBarred {
		out = append(out, field.Problem{Field: "opinion", Proposals: []string{OpinionBarred},
			Message: "填了一票否决情形“" + v.Bar + "”，联审意见应是“" + opinions.Word(OpinionBarred) + "”，请核对。"})
	}
	return out
}

// Codes of 联审意见 and 联审事由.
const (
	OpinionClear  = "1"
	OpinionBarred = "3" // 一票否决: nobody so named enters the pool or a post

	OccasionTerm   = "1" // 换届
	OccasionFiling = "2"
	OccasionPool   = "3"
)

// Nominee is somebody put up for a post at 换届, until the election tells.
type Nominee struct {
	field.Head
	Person    string
	Village   string
	Position  string
	Term      string
	Nominated field.Date
	Manner    string
	State     string
	Note      string
}

// Fields lists the cells of a nominee.
func (n *Nominee) Fields() []field.Field {
	return []field.Field{
		field.Link(&n.Person, "person", "姓名", "person", field.Required, field.Match),
		field.Link(&n.Village, "village", "嘎查村", "village", field.Required, field.Match, field.Alias(villageHeads...)),
		field.Coded(&n.Position, "position", "提名职务", positions, field.Required, field.Match, field.Alias("拟任职务", "拟任")),
		field.Words(&n.Term, "term", "届次", field.Match, field.Max(20), field.Alias("届")),
		field.On(&n.Nominated, "nominated", "提名日期", field.Alias("提名时间", "推荐日期")),
		field.Coded(&n.Manner, "manner", "推荐方式", recommends, field.Alias("提名方式")),
		field.Coded(&n.State, "state", "人选状态", nomineeStates, field.Alias("状态")),
		field.Words(&n.Note, "note", "备注", field.Alias("说明")),
	}
}

// Codes of 换届人选状态.
const (
	NomineePut     = "1"
	NomineeVetting = "2"
	NomineePassed  = "3"
	NomineeBarred  = "4"
	NomineeElected = "5"
	NomineeNot     = "6"
)
