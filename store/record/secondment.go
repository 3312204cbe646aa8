package record

import "touyan/store/field"

// Secondment is somebody of a government office or public institution held
// ready for, and sent to, a village that has nobody of its own (机关单位选派).
type Secondment struct {
	field.Head
	Person   string
	Unit     string
	UnitType string
	Former   string // 原职务职级
	Document string
	Village  string // 派往村, empty until matched
	Position string
	From, To field.Date
	State    string
	Midway   string // 期中考核
	Note     string
}

// Fields lists the cells of a secondment.
func (s *Secondment) Fields() []field.Field {
	return []field.Field{
		field.Link(&s.Person, "person", "姓名", "person", field.Required, field.Match),
		field.Words(&s.Unit, "unit", "派出单位", field.Required, field.Match, field.Max(60), field.Alias("选派单位", "单位")),
		field.Coded(&s.UnitType, "unit_type", "单位性质", unitTypes),
		field.Words(&s.Former, "former", "原职务职级", field.Max(60), field.Alias("职务职级", "原单位职务")),
		field.Words(&s.Document, "document", "选派文号", field.Max(60), field.Alias("文号")),
		field.Link(&s.Village, "village", "派往嘎查村", "village", field.Alias(append([]string{"嘎查村", "派往村"}, villageHeads...)...)),
		field.Coded(&s.Position, "position", "拟任（现任）职务", positions, field.Alias("村内职务", "任村职务")),
		field.On(&s.From, "from", "派出时间", field.Match, field.Alias("到村时间", "派出日期")),
		field.On(&s.To, "to", "期满时间", field.Alias("派出期满时间", "止日", "返回时间")),
		field.Coded(&s.State, "state", "选派状态", secondStates, field.Alias("状态")),
		field.Coded(&s.Midway, "midway", "期中考核", grades, field.Alias("期中考核等次")),
		field.Words(&s.Note, "note", "备注", field.Alias("说明")),
	}
}

// Check reports what no single cell of a secondment can show.
func (s *Secondment) Check() []field.Problem {
	out := period("from", "派出时间", s.From, "to", "期满时间", s.To)
	if s.State == SecondServing && s.Village == "" {
		out = append(out, field.Problem{Field: "village", Warning: true, Message: "已经派出，请补填派往嘎查村。"})
	}
	return out
}

// Codes of 选派状态.
const (
	SecondProposed = "1"
	SecondReady    = "2" // 储备
	SecondMatched  = "3"
	SecondServing  = "4" // 在派
	SecondStayed   = "5"
	SecondBack     = "6"
	SecondRaised   = "7" // 提拔使用
	SecondOut      = "8"
)

// Benefit is one of 四优 as it is due to, and given to, somebody sent.
type Benefit struct {
	field.Head
	Secondment string
	Type       string
	Text       string
	Due        field.Date
	Done       field.Date
	Amount     *int64 // in 分
	Document   string
	Note       string
}

// Fields lists the cells of a benefit.
func (b *Benefit) Fields() []field.Field {
	return []field.Field{
		field.Link(&b.Secondment, "secondment", "选派人员", "secondment", field.Required, field.Match, field.Part),
		field.Coded(&b.Type, "type", "政策类别", benefitTypes, field.Required, field.Match, field.Alias("四优类别", "类别")),
		field.Words(&b.Text, "text", "应兑现内容", field.Match, field.Max(200), field.Alias("应兑现", "内容")),
		field.On(&b.Due, "due", "应兑现时间", field.Alias("应兑现日期")),
		field.On(&b.Done, "done", "兑现时间", field.Alias("已兑现", "已兑现时间", "兑现日期")),
		field.Amount(&b.Amount, "amount", "兑现金额", field.Alias("金额")),
		field.Words(&b.Document, "document", "依据文号", field.Max(60), field.Alias("依据", "文号")),
		field.Words(&b.Note, "note", "备注", field.Alias("说明")),
	}
}
