package record

import "touyan/store/field"

// Midterm is 届中分析: how the team of a village stands in the middle of its
// term, and who of it should go. Its numbers are counted from the posts.
type Midterm struct {
	field.Head
	Village  string
	Term     string
	Date     field.Date
	Rating   string
	Problems string
	Unfit    string // 不胜任人员, as the office writes it
	Advice   string
	Team     string // 研判组
	Note     string
}

// Fields lists the cells of an analysis.
func (m *Midterm) Fields() []field.Field {
	return []field.Field{
		field.Link(&m.Village, "village", "嘎查村", "village", field.Required, field.Match, field.Alias(villageHeads...)),
		field.Words(&m.Term, "term", "届次", field.Match, field.Max(20), field.Alias("届")),
		field.On(&m.Date, "date", "分析日期", field.Required, field.Match, field.Alias("研判日期", "日期", "分析时间")),
		field.Coded(&m.Rating, "rating", "班子评价", ratings, field.Alias("评价", "综合评价")),
		field.Words(&m.Problems, "problems", "主要问题", field.Alias("存在问题")),
		field.Words(&m.Unfit, "unfit", "不胜任人员", field.OfClass(field.Discipline), field.Alias("不胜任现职人员")),
		field.Words(&m.Advice, "advice", "拟调整意见", field.OfClass(field.Discipline), field.Alias("调整意见", "工作建议", "建议")),
		field.Words(&m.Team, "team", "研判组", field.Max(100), field.Alias("研判人员", "分析组")),
		field.Words(&m.Note, "note", "备注", field.Alias("说明")),
	}
}

// Poor is the 班子评价 差, the worst.
const Poor = "4"

// Lax is a party organisation found 软弱涣散 and put right (整顿), until it is
// struck off the list (销号).
type Lax struct {
	field.Head
	Village  string
	Year     *int64
	Ground   string
	Found    field.Date
	Lead     string
	Measures string
	Due      field.Date
	Result   string
	Closed   field.Date
	State    string
	Note     string
}

// Fields lists the cells.
func (l *Lax) Fields() []field.Field {
	return []field.Field{
		field.Link(&l.Village, "village", "嘎查村", "village", field.Required, field.Match, field.Alias(villageHeads...)),
		field.Count(&l.Year, "year", "年度", field.Required, field.Match, field.Range(1990, 2100), field.Alias("整顿年度")),
		field.Coded(&l.Ground, "ground", "认定情形", laxGrounds, field.Required, field.Alias("情形", "软弱涣散情形")),
		field.On(&l.Found, "found", "认定日期", field.Alias("认定时间")),
		field.Words(&l.Lead, "lead", "包联领导", field.Max(60), field.Alias("包联责任人", "联系领导")),
		field.Words(&l.Measures, "measures", "整顿措施", field.Alias("措施")),
		field.On(&l.Due, "due", "整顿期限", field.Alias("期限", "完成时限")),
		field.Words(&l.Result, "result", "验收情况", field.Alias("验收", "验收结果")),
		field.On(&l.Closed, "closed", "销号日期", field.Alias("销号时间")),
		field.Coded(&l.State, "state", "状态", laxStates, field.Alias("整顿状态", "进展")),
		field.Words(&l.Note, "note", "备注", field.Alias("说明")),
	}
}

// Check reports what no single cell can show.
func (l *Lax) Check() []field.Problem {
	out := append(period("found", "认定日期", l.Found, "due", "整顿期限", l.Due), period("found", "认定日期", l.Found, "closed", "销号日期", l.Closed)...)
	if !l.Closed.IsZero() && l.State != "" && l.State != LaxClosed {
		out = append(out, field.Problem{Field: "state", Warning: true, Message: "填了销号日期，状态却是“" + laxStates.Word(l.State) + "”，请核对。"})
	}
	return out
}

// Codes of 整顿状态.
const (
	LaxMending = "1"
	LaxWaiting = "2" // 待验收
	LaxClosed  = "3" // 已销号
	LaxAgain   = "4" // 继续整顿
)
