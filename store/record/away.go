package record

import "touyan/store/field"

// Away is somebody of a village who lives and works elsewhere and may come back
// (引凤还巢 · 四乡). Who came back counts as 到村任职 once there is a post.
type Away struct {
	field.Head
	Person   string
	Village  string // 户籍村
	Type     string
	Willing  string
	Needs    string
	Contact  string
	State    string
	Returned field.Date
	Left     field.Date
	Note     string
}

// Fields lists the cells of somebody away.
func (a *Away) Fields() []field.Field {
	return []field.Field{
		field.Link(&a.Person, "person", "姓名", "person", field.Required, field.Match),
		field.Link(&a.Village, "village", "户籍村", "village", field.Required, field.Match, field.Alias(append([]string{"嘎查村", "户籍嘎查村"}, villageHeads...)...)),
		field.Coded(&a.Type, "type", "四乡类型", awayTypes, field.Alias("类型", "人才类型")),
		field.Coded(&a.Willing, "willing", "返乡意愿", willingness, field.Alias("意愿")),
		field.Words(&a.Needs, "needs", "主要诉求", field.Alias("诉求", "现实需求", "需求")),
		field.Words(&a.Contact, "contact", "联系人", field.Max(60), field.Alias("联系人及职务")),
		field.Coded(&a.State, "state", "进展", awayStates, field.Alias("回引进展", "状态", "当前进展")),
		field.On(&a.Returned, "returned", "返乡时间", field.Alias("回引时间", "返乡日期", "到村时间")),
		field.On(&a.Left, "left", "离任时间", field.Alias("离开时间", "离任日期")),
		field.Words(&a.Note, "note", "备注", field.Alias("说明")),
	}
}

// Check reports what no single cell can show.
func (a *Away) Check() []field.Problem {
	out := period("returned", "返乡时间", a.Returned, "left", "离任时间", a.Left)
	if AwayBack(a.State) && a.Returned.IsZero() {
		out = append(out, field.Problem{Field: "returned", Warning: true, Message: "进展是“" + awayStates.Word(a.State) + "”，请补填返乡时间。"})
	}
	return out
}

// Codes of 回引进展.
const (
	AwayListed  = "1" // 摸底
	AwayTouched = "2"
	AwayWilling = "3" // 有意向
	AwayTalks   = "4" // 洽谈政策
	AwayHome    = "5" // 已返乡
	AwayServing = "6" // 到村任职
	AwayLeft    = "7" // 已离任
	AwayNoMore  = "8" // 不再联系
)

// AwayBack reports a state of somebody who came back.
func AwayBack(state string) bool {
	return state == AwayHome || state == AwayServing || state == AwayLeft
}

// Touch is one time somebody away was spoken to (联系记录).
type Touch struct {
	field.Head
	Away string
	Date field.Date
	Way  string
	Text string
	By   string
}

// Fields lists the cells of a touch.
func (c *Touch) Fields() []field.Field {
	return []field.Field{
		field.Link(&c.Away, "away", "在外人才", "away", field.Required, field.Match, field.Part),
		field.On(&c.Date, "date", "联系日期", field.Required, field.Match, field.Alias("日期", "联系时间")),
		field.Coded(&c.Way, "way", "联系方式", touchWays, field.Alias("方式")),
		field.Words(&c.Text, "text", "联系情况", field.Alias("内容", "沟通情况")),
		field.Words(&c.By, "by", "联系人", field.Max(60)),
	}
}

// Promise is one thing promised to somebody who comes back, kept or not (政策
// 事项).
type Promise struct {
	field.Head
	Away   string
	Name   string
	Text   string
	Amount *int64 // in 分
	Due    field.Date
	Kept   field.Date
	Note   string
}

// Fields lists the cells of a promise.
func (p *Promise) Fields() []field.Field {
	return []field.Field{
		field.Link(&p.Away, "away", "在外人才", "away", field.Required, field.Match, field.Part),
		field.Words(&p.Name, "name", "政策事项", field.Required, field.Match, field.Max(60), field.Alias("事项", "政策名称")),
		field.Words(&p.Text, "text", "承诺内容", field.Alias("承诺", "内容")),
		field.Amount(&p.Amount, "amount", "金额", field.Alias("承诺金额")),
		field.On(&p.Due, "due", "应兑现时间", field.Alias("兑现期限", "应兑现日期")),
		field.On(&p.Kept, "kept", "兑现时间", field.Alias("实际兑现时间", "兑现日期")),
		field.Words(&p.Note, "note", "备注", field.Alias("说明")),
	}
}
