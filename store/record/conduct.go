package record

import "touyan/store/field"

// Conduct is one case of 负面情形, from the first sign to the file. What it is
// about is for few eyes (field.Discipline); that there is one, and how far it
// has come, everybody who keeps the ledger sees.
type Conduct struct {
	field.Head
	Person    string
	Village   string
	Position  string // held when it came up
	Class     string // one of the ten classes, by its words
	Source    string
	Noticed   field.Date
	Happened  field.Date
	Facts     string
	Statement string // 本人申辩
	Finding   string
	Verified  field.Date
	Measure   string
	Decided   field.Date
	Authority string
	Document  string
	Due       field.Date // of what is to be put right
	Result    string
	Recheck   string
	Rechecked field.Date
	Successor string
	State     string
	Closed    field.Date
	Note      string
}

// Fields lists the cells of a case.
func (c *Conduct) Fields() []field.Field {
	few := field.OfClass(field.Discipline)
	return []field.Field{
		field.Link(&c.Person, "person", "姓名", "person", field.Required, field.Match),
		field.Link(&c.Village, "village", "嘎查村", "village", field.Required, field.Alias(villageHeads...)),
		field.Coded(&c.Position, "position", "职务", positions),
		field.Coded(&c.Class, "class", "负面情形类别", conductClasses, field.Required, field.Match, few, field.Alias("类别", "情形类别", "负面情形")),
		field.Coded(&c.Source, "source", "发现渠道", conductSources, field.Alias("来源", "线索来源")),
		field.On(&c.Noticed, "noticed", "发现时间", field.Match, field.Alias("发现日期", "线索时间")),
		field.On(&c.Happened, "happened", "发生时间", few, field.Alias("发生日期")),
		field.Words(&c.Facts, "facts", "具体表现", few, field.Max(2000), field.Alias("事实", "具体事实", "问题表现")),
		field.Words(&c.Statement, "statement", "本人申辩", few, field.Max(2000), field.Alias("本人说明", "申辩")),
		field.Coded(&c.Finding, "finding", "核实结论", findings, few, field.Alias("核实情况", "核实结果")),
		field.On(&c.Verified, "verified", "核实时间", field.Alias("核实日期")),
		field.Coded(&c.Measure, "measure", "处置方式", measures, few, field.Alias("处置", "处理方式")),
		field.On(&c.Decided, "decided", "处置时间", field.Alias("处置日期", "决定日期")),
		field.Words(&c.Authority, "authority", "决定机关", few, field.Max(60)),
		field.Words(&c.Document, "document", "文号", few, field.Max(60), field.Alias("处置文号")),
		field.On(&c.Due, "due", "整改期限", field.Alias("整改时限")),
		field.Words(&c.Result, "result", "整改结果", few, field.Alias("整改情况")),
		field.Coded(&c.Recheck, "recheck", "复核结果", rechecks, field.Alias("复核")),
		field.On(&c.Rechecked, "rechecked", "复核时间", field.Alias("复核日期")),
		field.Link(&c.Successor, "successor", "接替人选", "person", field.Alias("接替人")),
		field.Coded(&c.State, "state", "状态", conductStates, field.Alias("办理状态", "进展")),
		field.On(&c.Closed, "closed", "办结时间", field.Alias("归档时间", "办结日期")),
		field.Words(&c.Note, "note", "备注", field.Alias("说明")),
	}
}

// Check reports what no single cell of a case can show.
func (c *Conduct) Check() []field.Problem {
	out := period("noticed", "发现时间", c.Noticed, "verified", "核实时间", c.Verified)
	out = append(out, period("verified", "核实时间", c.Verified, "decided", "处置时间", c.Decided)...)
	out = append(out, period("decided", "处置时间", c.Decided, "due", "整改期限", c.Due)...)
	if c.Measure != "" && c.Finding == NotFound {
		out = append(out, field.Problem{Field: "measure", Message: "核实结论是“" + findings.Word(c.Finding) + "”，不能再有处置方式，请核对其中哪一个不对。"})
	}
	return out
}

// Codes of 状态, 核实结论, 处置方式 and 复核结果 of a case.
const (
	ConductSign     = "1"
	ConductVerify   = "2"
	ConductUnproved = "3"
	ConductTalk     = "4"
	ConductMend     = "5"
	ConductRecheck  = "6"
	ConductLifted   = "7"
	ConductHandled  = "8" // somebody left, or is to leave, the post
	ConductFiled    = "9"

	NotFound = "2" // 核实结论：不成立

	MeasureTalk    = "1"
	MeasureMend    = "2"
	MeasureSuspend = "3" // 停职: ends no post
	MeasureRemove  = "6" // 免职
	MeasureRecall  = "7" // 依法罢免
	MeasureLapse   = "8" // 职务自行终止
	MeasureQuit    = "9"

	RecheckPassed = "1"
)

// ConductOpen reports a case that is neither lifted, unproved nor filed.
func ConductOpen(state string) bool {
	return state != ConductUnproved && state != ConductLifted && state != ConductFiled
}
