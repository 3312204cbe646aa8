package record

import "touyan/store/field"

// Hire is somebody of 乡招村用: taken on by the county with a post of a public
// institution, and sent to serve a village. Who was taken on stays counted for
// good (累计); who is in post today is another number.
type Hire struct {
	field.Head
	Person   string
	Village  string // 现服务嘎查村, empty while with none
	Year     *int64
	Batch    string
	Quota    string
	Unit     string
	Reported field.Date
	Until    field.Date
	State    string
	Left     field.Date
	Where    string
	Document string
	Note     string
}

// Fields lists the cells of a hire.
func (h *Hire) Fields() []field.Field {
	return []field.Field{
		field.Link(&h.Person, "person", "姓名", "person", field.Required, field.Match),
		field.Link(&h.Village, "village", "服务嘎查村", "village", field.Alias(append([]string{"嘎查村", "现服务嘎查村", "服务村"}, villageHeads...)...)),
		field.Count(&h.Year, "year", "招聘年度", field.Required, field.Match, field.Range(1990, 2100), field.Alias("招聘年份", "聘用年度")),
		field.Words(&h.Batch, "batch", "招聘批次", field.Max(40), field.Alias("批次")),
		field.Coded(&h.Quota, "quota", "编制性质", quotas, field.Alias("编制")),
		field.Words(&h.Unit, "unit", "编制单位", field.Max(60), field.Alias("编制所在单位", "单位")),
		field.On(&h.Reported, "reported", "报到时间", field.Alias("报到日期", "到岗时间")),
		field.On(&h.Until, "until", "服务期满时间", field.Alias("服务期止", "服务期满", "合同期满时间")),
		field.Coded(&h.State, "state", "在岗状态", hireStates, field.Alias("状态", "是否在岗")),
		field.On(&h.Left, "left", "离岗时间", field.Alias("离岗日期", "调出时间")),
		field.Words(&h.Where, "where", "去向", field.Max(100), field.Alias("调出去向")),
		field.Words(&h.Document, "document", "聘用文号", field.Max(60), field.Alias("文号")),
		field.Words(&h.Note, "note", "备注", field.Alias("说明")),
	}
}

// Check reports what no single cell of a hire can show.
func (h *Hire) Check() []field.Problem {
	out := append(period("reported", "报到时间", h.Reported, "until", "服务期满时间", h.Until), period("reported", "报到时间", h.Reported, "left", "离岗时间", h.Left)...)
	if HireGone(h.State) && h.Left.IsZero() {
		out = append(out, field.Problem{Field: "left", Warning: true, Message: "在岗状态是“" + hireStates.Word(h.State) + "”，请补填离岗时间。"})
	}
	return out
}

// Codes of 乡招村用状态.
const (
	HireServing = "1" // 在岗
	HireLent    = "2" // 借调: on the list, not in the village
)

// HireGone reports a state after which nobody of 乡招村用 serves any more.
func HireGone(state string) bool { return state != "" && state != HireServing && state != HireLent }

// Service is a time in which somebody of 乡招村用 serves one village.
type Service struct {
	field.Head
	Hire     string
	Village  string
	Role     string
	From, To field.Date
	Note     string
}

// Fields lists the cells of a service.
func (s *Service) Fields() []field.Field {
	return []field.Field{
		field.Link(&s.Hire, "hire", "乡招村用人员", "hire", field.Required, field.Match, field.Part),
		field.Link(&s.Village, "village", "服务嘎查村", "village", field.Required, field.Match, field.Alias(villageHeads...)),
		field.Words(&s.Role, "role", "村内职务", field.Max(60), field.Alias("职务")),
		field.On(&s.From, "from", "到村时间", field.Match, field.Alias("起始时间", "到村日期")),
		field.On(&s.To, "to", "离村时间", field.Alias("截止时间", "离村日期")),
		field.Words(&s.Note, "note", "备注", field.Alias("说明")),
	}
}

// Check reports what no single cell of a service can show.
func (s *Service) Check() []field.Problem {
	return period("from", "到村时间", s.From, "to", "离村时间", s.To)
}

// Tracking is what was seen of somebody of 乡招村用 at one time (跟踪记录).
type Tracking struct {
	field.Head
	Hire   string
	Period string // 2025年上半年
	Date   field.Date
	State  string
	Work   string
	Rating string
	By     string
}

// Fields lists the cells of a tracking.
func (t *Tracking) Fields() []field.Field {
	return []field.Field{
		field.Link(&t.Hire, "hire", "乡招村用人员", "hire", field.Required, field.Match, field.Part),
		field.Words(&t.Period, "period", "跟踪期", field.Match, field.Max(20), field.Alias("期", "季度")),
		field.On(&t.Date, "date", "跟踪日期", field.Required, field.Match, field.Alias("日期", "跟踪时间")),
		field.Coded(&t.State, "state", "工作状态", workStates),
		field.Words(&t.Work, "work", "作用发挥", field.Alias("发挥作用情况", "工作情况")),
		field.Coded(&t.Rating, "rating", "评价", grades, field.Alias("评价等次")),
		field.Words(&t.By, "by", "记录人", field.Max(60), field.Alias("填写人")),
	}
}
