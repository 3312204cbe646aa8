package record

import "touyan/store/field"

// Review is what was found of somebody on the way into the pool (研判记录): the
// first look, the Party committee of the township, the county.
type Review struct {
	field.Head
	Reserve string
	Date    field.Date
	Stage   string
	Meeting string
	Verdict string
	Score   *int64
	Text    string
}

// Fields lists the cells of a review.
func (r *Review) Fields() []field.Field {
	return []field.Field{
		field.Link(&r.Reserve, "reserve", "后备人选", "reserve", field.Required, field.Match, field.Part),
		field.On(&r.Date, "date", "研判日期", field.Required, field.Match, field.Alias("日期", "研判时间")),
		field.Coded(&r.Stage, "stage", "研判环节", stages, field.Match, field.Alias("环节")),
		field.Words(&r.Meeting, "meeting", "会议", field.Max(100), field.Alias("研判会议", "会议名称")),
		field.Coded(&r.Verdict, "verdict", "研判结论", verdicts, field.Required, field.Alias("结论")),
		field.Count(&r.Score, "score", "评分", field.Range(0, 100), field.Alias("得分")),
		field.Words(&r.Text, "text", "研判意见", field.Alias("意见", "备注")),
	}
}

// Codes of 研判环节 and 研判结论.
const (
	FirstLook   = "1" // 初步核实
	ByTownship  = "2" // 乡镇党委研判
	ByCounty    = "3" // 县级审核
	Passed      = "1"
	NotPassed   = "2"
	PutOffStage = "3" // 暂缓
)

// Coaching is one thing done to bring a reserve on (培养记录).
type Coaching struct {
	field.Head
	Reserve string
	Date    field.Date
	Kind    string
	Text    string
	By      string
	Note    string
}

// Fields lists the cells of a coaching.
func (c *Coaching) Fields() []field.Field {
	return []field.Field{
		field.Link(&c.Reserve, "reserve", "后备人选", "reserve", field.Required, field.Match, field.Part),
		field.On(&c.Date, "date", "培养日期", field.Required, field.Match, field.Alias("日期", "培养时间")),
		field.Coded(&c.Kind, "kind", "培养方式", coachings, field.Match, field.Alias("方式")),
		field.Words(&c.Text, "text", "培养内容", field.Required, field.Alias("内容", "培养情况")),
		field.Words(&c.By, "by", "培养人", field.Max(60), field.Alias("联系人", "帮带人")),
		field.Words(&c.Note, "note", "备注", field.Alias("说明")),
	}
}
