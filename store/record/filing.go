package record

import "touyan/store/field"

// Filing is one 备案 of a 书记 at the county: proposed, looked over by the
// departments, decided by the Party committee of the township, sent in, and
// answered.
type Filing struct {
	field.Head
	Person    string
	Village   string
	Type      string
	Position  string // 拟任
	Release   string // 拟免
	Reason    string // 任免理由
	Proposed  field.Date
	Meeting   field.Date // of the Party committee
	Submitted field.Date
	Received  field.Date // by the county
	Outcome   string
	Answered  field.Date
	Number    string
	Document  string
	Remedy    string // 退回或不同意的原因
	State     string
	Appointed field.Date
	Note      string
}

// Fields lists the cells of a filing.
func (f *Filing) Fields() []field.Field {
	county := field.OwnedBy(field.County)
	return []field.Field{
		field.Link(&f.Person, "person", "姓名", "person", field.Required, field.Match),
		field.Link(&f.Village, "village", "嘎查村", "village", field.Required, field.Match, field.Alias(villageHeads...)),
		field.Coded(&f.Type, "type", "备案类型", filingTypes, field.Required, field.Alias("类型")),
		field.Coded(&f.Position, "position", "拟任职务", positions, field.Alias("拟任")),
		field.Coded(&f.Release, "release", "拟免职务", positions, field.Alias("拟免")),
		field.Words(&f.Reason, "reason", "任免理由", field.Alias("理由")),
		field.On(&f.Proposed, "proposed", "提出日期", field.Match, field.Alias("拟任日期", "动议日期")),
		field.On(&f.Meeting, "meeting", "乡镇党委会议日期", field.Alias("乡镇党委研究日期", "党委会日期")),
		field.On(&f.Submitted, "submitted", "报送日期", field.Alias("报送时间", "上报日期")),
		field.On(&f.Received, "received", "受理日期", county, field.Alias("受理时间")),
		field.Coded(&f.Outcome, "outcome", "备案结论", filings, county, field.Alias("结论", "备案意见")),
		field.On(&f.Answered, "answered", "备案时间", county, field.Alias("备案日期", "答复日期")),
		field.Words(&f.Number, "number", "备案号", county, field.Max(40), field.Alias("备案编号")),
		field.Words(&f.Document, "document", "备案文号", county, field.Max(60), field.Alias("文号")),
		field.Words(&f.Remedy, "remedy", "退回或不同意的原因", county, field.Alias("退回原因", "补正事项")),
		field.Coded(&f.State, "state", "办理状态", filingStates, field.Alias("状态", "进展")),
		field.On(&f.Appointed, "appointed", "任职日期", field.Alias("任职时间")),
		field.Words(&f.Note, "note", "备注", field.Alias("说明")),
	}
}

// Check reports what no single cell of a filing can show.
func (f *Filing) Check() []field.Problem {
	out := period("meeting", "乡镇党委会议日期", f.Meeting, "submitted", "报送日期", f.Submitted)
	out = append(out, period("submitted", "报送日期", f.Submitted, "received", "受理日期", f.Received)...)
	return append(out, period("received", "受理日期", f.Received, "answered", "备案时间", f.Answered)...)
}

// Codes of 备案类型, 备案状态 and 备案结论.
const (
	FilingNew    = "1"
	FilingAgain  = "2"
	FilingChange = "3"
	FilingLeave  = "4"

	FilingProposed  = "1"
	FilingVetting   = "2"
	FilingMeeting   = "3"
	FilingSubmitted = "4"
	FilingReceived  = "5"
	FilingAgreed    = "6"
	FilingReturned  = "7"
	FilingRefused   = "8"
	FilingAppointed = "9"
	FilingCancelled = "10"

	OutcomeAgreed   = "1"
	OutcomeReturned = "2"
	OutcomeRefused  = "3"
)
