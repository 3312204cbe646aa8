package record

import "touyan/store/field"

// Reserve is one person's time in the pool for one village. Who leaves and
// comes back opens a new 期 with a new record; the old one stays.
type Reserve struct {
	field.Head
	Person    string
	Village   string // 拟任村
	Round     string // 期, as offices write it
	Source    string
	Category  string // 对象类别: what sort of person was looked for
	Manner    string
	Entered   field.Date
	Maturity  string
	Direction string
	Contact   string
	Measures  string
	State     string
	Left      field.Date
	Exit      string
	Note      string
}

// Fields lists the cells of a reserve.
func (r *Reserve) Fields() []field.Field {
	return []field.Field{
		field.Link(&r.Person, "person", "姓名", "person", field.Required, field.Match),
		field.Link(&r.Village, "village", "拟任嘎查村", "village", field.Required, field.Match, field.Alias(append([]string{"嘎查村", "拟任村", "拟任职村", "拟任职嘎查村"}, villageHeads...)...)),
		field.Words(&r.Round, "round", "期次", field.Match, field.Max(20), field.Alias("期", "批次", "摸排批次")),
		field.Coded(&r.Source, "source", "人员来源", sources, field.Alias("来源", "后备来源", "人选来源", "储备来源")),
		field.Coded(&r.Category, "category", "对象类别", categories, field.Alias("摸排对象类别", "人员类别")),
		field.Coded(&r.Manner, "manner", "推荐方式", recommends, field.Alias("推荐形式", "推荐渠道")),
		field.On(&r.Entered, "entered", "入库时间", field.Alias("入库日期", "储备时间", "纳入时间", "确定为后备时间")),
		field.Coded(&r.Maturity, "maturity", "成熟度", maturities, field.Alias("成熟程度", "培养周期")),
		field.Coded(&r.Direction, "direction", "培养方向", directions, field.Alias("拟培养方向", "培养目标", "拟任职务")),
		field.Words(&r.Contact, "contact", "培养联系人及职务", field.Max(100), field.Alias("培养联系人", "联系人及职务", "帮带人", "培养责任人", "联系人", "培养人及职务")),
		field.Words(&r.Measures, "measures", "培养措施", field.Alias("培养计划", "培养方式", "培养举措")),
		field.Coded(&r.State, "state", "状态", reserveStates, field.Alias("后备状态", "培养状态", "在库状态")),
		field.On(&r.Left, "left", "出库时间", field.Alias("出库日期")),
		field.Coded(&r.Exit, "exit", "出库原因", exits, field.Alias("出库理由")),
		field.Words(&r.Note, "note", "备注", field.Alias("说明")),
	}
}

// Check reports what no single cell of a reserve can show.
func (r *Reserve) Check() []field.Problem {
	out := period("entered", "入库时间", r.Entered, "left", "出库时间", r.Left)
	if r.Left.IsZero() && (r.Exit != "" || Gone(r.State)) {
		out = append(out, field.Problem{Field: "left", Warning: true, Message: "已经出库，请补填出库时间。"})
	}
	if !r.Left.IsZero() && r.State != "" && !Gone(r.State) {
		out = append(out, field.Problem{Field: "state", Warning: true, Message: "填了出库时间，状态却是“" + reserveStates.Word(r.State) + "”，请核对。"})
	}
	return out
}

// Codes of 后备状态 that the rules and steps name. The pool counts Admitted and
// InTraining.
const (
	Clue        = "1" // 线索
	Checked     = "2" // 初核
	Judged      = "3" // 乡镇党委研判, the last before the pool
	Admitted    = "4" // 县级审核入库
	InTraining  = "5" // 培养中
	MadeMember  = "6" // 任用为两委
	MadeLeader  = "7" // 任用为书记
	LeftPool    = "8" // 调整出库
	AgedOutPool = "9" // 自然出库: 超龄、迁出、亡故
)

// ExitState is the state in which an 出库原因 leaves somebody.
func ExitState(exit string) string {
	switch exit {
	case ExitLeader:
		return MadeLeader
	case ExitMember:
		return MadeMember
	case "3", "4", "5": // 超龄、迁出、亡故
		return AgedOutPool
	}
	return LeftPool
}

// Codes of 出库原因 that the steps name: into a post.
const (
	ExitLeader = "1" // 任用为书记
	ExitMember = "2" // 任用为两委
)

// Gone reports whether a state means that the person has left the pool, into a
// post or otherwise.
func Gone(state string) bool {
	return state == MadeMember || state == MadeLeader || state == LeftPool || state == AgedOutPool
}
