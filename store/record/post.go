package record

import "touyan/store/field"

// Post is the time one person holds one position of one village. 一肩挑 is two
// posts: one person, one village, two lawful exits, possibly two dates.
type Post struct {
	field.Head
	Person    string
	Village   string
	Position  string
	Statutory string
	Term      string // 届, as offices write it: 第十一届
	From, To  field.Date
	First     field.Date // first time in this position, where it is earlier than From
	Manner    string
	Document  string
	Terms     *int64
	Again     string
	Filing    string
	Filed     field.Date
	FilingNo  string
	Reason    string
	Flaw      string // 程序瑕疵: which rule the step broke that made or ended the post, and why it did
	Note      string
}

// Codes of 离任原因 that the steps name.
const (
	LeftByElection = "1"  // 换届离任
	Dismissed      = "5"  // 免职: only of a post that was not elected by villagers
	Died           = "12" // 去世
)

// Codes of 任职方式 that the steps name.
const (
	ByElection   = "1" // 换届选举
	ByBallotLate = "2" // 补选, between two elections of the whole team
	ByOrder      = "3" // 任命
	BySending    = "6" // 选派
)

// Fields lists the cells of a post.
func (p *Post) Fields() []field.Field {
	return []field.Field{
		field.Link(&p.Person, "person", "姓名", "person", field.Required, field.Match),
		field.Link(&p.Village, "village", "嘎查村", "village", field.Required, field.Match, field.Alias(villageHeads...)),
		field.Coded(&p.Position, "position", "职务", positions, field.Required, field.Match, field.SplitBy(Positions), field.Alias("现任职务", "村内职务", "岗位", "职位", "担任职务", "任职情况", "现任村职务", "村“两委”职务", "两委职务", "职务名称", "现职务", "现任村“两委”职务", "现任嘎查村职务", "嘎查村职务", "现任“两委”职务", "任职岗位", "担任村职务", "村内任职")),
		field.Coded(&p.Statutory, "statutory", "岗位法定类型", statutories, field.Alias("任职类型", "法定类型", "岗位类型")),
		field.Words(&p.Term, "term", "届次", field.Max(20), field.Alias("届", "本届届次")),
		field.On(&p.From, "from", "任现职时间", field.Alias("任职时间", "任现职日期", "任职日期", "现职任职时间", "任职起始时间", "开始任职时间", "当选时间")),
		field.On(&p.To, "to", "离任时间", field.Alias("离任日期", "免职时间", "离职时间", "卸任时间")),
		field.On(&p.First, "first", "初任时间", field.Alias("初次任职时间", "首次任职时间", "任书记时间", "任村书记时间", "担任书记时间", "任党组织书记时间")),
		field.Coded(&p.Manner, "manner", "任职方式", manners, field.Alias("产生方式", "任用方式")),
		field.Words(&p.Document, "document", "任职文号", field.Max(60), field.Alias("任职文件", "文号", "任免文号")),
		field.Count(&p.Terms, "terms", "任职届数", field.Range(1, 20), field.Alias("届数", "任职届次", "连续任职届数", "已任职届数")),
		field.YesNo(&p.Again, "again", "是否连任", field.Alias("连任", "是否连选连任")),
		field.Coded(&p.Filing, "filing", "备案结论", filings, field.OwnedBy(field.County), field.Alias("备案意见", "备案结果", "是否备案", "县级备案")),
		field.On(&p.Filed, "filed", "备案时间", field.OwnedBy(field.County), field.Alias("备案日期", "县级备案时间")),
		field.Words(&p.FilingNo, "filing_no", "备案号", field.OwnedBy(field.County), field.Max(40), field.Alias("备案编号", "备案文号")),
		field.Coded(&p.Reason, "reason", "离任原因", leavings, field.Alias("离职原因", "免职原因", "卸任原因")),
		field.Words(&p.Flaw, "flaw", "程序瑕疵", field.Alias("程序问题")),
		field.Words(&p.Note, "note", "备注", field.Alias("说明")),
	}
}

// Check reports what no single cell of a post can show. A lawful type that
// does not fit the position is recorded as it happened, with a warning.
func (p *Post) Check() []field.Problem {
	out := period("from", "任现职时间", p.From, "to", "离任时间", p.To)
	if p.From.Before(p.First) {
		out = append(out, field.Problem{Field: "first", Message: "初任时间“" + p.First.Office() + "”晚于任现职时间“" + p.From.Office() + "”，请核对两个日期。"})
	}
	if p.Reason != "" && p.To.IsZero() {
		out = append(out, field.Problem{Field: "to", Warning: true, Message: "填了离任原因“" + leavings.Word(p.Reason) + "”，请补填离任时间。"})
	}
	if p.Again == yes && p.Terms != nil && *p.Terms < 2 {
		out = append(out, field.Problem{Field: "terms", Warning: true, Message: "填了连任，任职届数却不到2届，请核对。"})
	}
	if usual := Statutory(p.Position); p.Statutory == ElectedPost && usual != "" && usual != ElectedPost || usual == ElectedPost && p.Statutory == partyPost {
		out = append(out, field.Problem{Field: "statutory", Warning: true, Proposals: []string{usual},
			Message: "“" + positions.Word(p.Position) + "”一般属于“" + statutories.Word(usual) + "”，这里是“" + statutories.Word(p.Statutory) + "”，请核对。"})
	}
	return out
}
