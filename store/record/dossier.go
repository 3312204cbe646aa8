package record

import "touyan/store/field"

// Relative is a member of somebody's family, as 备案表 lists them.
type Relative struct {
	field.Head
	Person   string
	Relation string
	Called   string // 称谓 as written, where it says more: 长子
	Name     string
	Birth    field.Date
	Politics string
	Unit     string
}

// Fields lists the cells of a relative.
func (r *Relative) Fields() []field.Field {
	return []field.Field{
		field.Link(&r.Person, "person", "干部姓名", "person", field.Required, field.Match, field.Part),
		field.Coded(&r.Relation, "relation", "家庭关系", relations, field.Alias("与本人关系", "关系")),
		field.Words(&r.Called, "called", "称谓", field.Max(20)),
		field.Words(&r.Name, "name", "亲属姓名", field.Required, field.Match, field.Proper, field.Max(60), field.Alias("姓名")),
		field.On(&r.Birth, "birth", "亲属出生年月", field.Private, field.Alias("出生年月", "出生日期")),
		field.Coded(&r.Politics, "politics", "亲属政治面貌", politics, field.Alias("政治面貌")),
		field.Words(&r.Unit, "unit", "工作单位及职务", field.Max(100), field.Alias("单位职务", "单位及职务")),
	}
}

// Career is a stretch of somebody's life that no post of the ledger tells:
// school, other work (简历).
type Career struct {
	field.Head
	Person   string
	From, To field.Date // To zero: until now, or not said
	Text     string
	During   string // 是: beside what else was done then (其间)
}

// Fields lists the cells of a stretch.
func (c *Career) Fields() []field.Field {
	return []field.Field{
		field.Link(&c.Person, "person", "姓名", "person", field.Required, field.Match, field.Part),
		field.On(&c.From, "from", "起始时间", field.Match, field.Alias("起", "开始时间")),
		field.On(&c.To, "to", "截止时间", field.Alias("止", "结束时间")),
		field.Words(&c.Text, "text", "经历", field.Required, field.Match, field.Alias("简历", "单位及职务", "学习工作单位及职务")),
		field.YesNo(&c.During, "during", "其间", field.Alias("是否其间")),
	}
}

// Check reports what no single cell of a stretch can show.
func (c *Career) Check() []field.Problem {
	return period("from", "起始时间", c.From, "to", "截止时间", c.To)
}

// Loan is one time somebody read or took away a dossier (查借阅).
type Loan struct {
	field.Head
	Person    string
	Borrower  string
	Unit      string
	Reason    string
	Materials string
	Approved  string
	From      field.Date
	Due       field.Date
	Returned  field.Date
	Note      string
}

// Fields lists the cells of a loan.
func (l *Loan) Fields() []field.Field {
	return []field.Field{
		field.Link(&l.Person, "person", "档案所属人", "person", field.Required, field.Match, field.Part, field.Alias("姓名")),
		field.Words(&l.Borrower, "borrower", "查借阅人", field.Required, field.Match, field.Max(40), field.Alias("借阅人", "查阅人")),
		field.Words(&l.Unit, "unit", "查借阅单位", field.Max(60), field.Alias("单位")),
		field.Words(&l.Reason, "reason", "事由", field.Required, field.Alias("查借阅事由", "借阅事由")),
		field.Words(&l.Materials, "materials", "材料", field.Alias("材料内容", "所借材料")),
		field.Words(&l.Approved, "approved", "审批人", field.Max(40), field.Alias("批准人")),
		field.On(&l.From, "from", "借出日期", field.Required, field.Match, field.Alias("查阅日期", "借出时间")),
		field.On(&l.Due, "due", "应还日期", field.Alias("应还时间")),
		field.On(&l.Returned, "returned", "归还日期", field.Alias("归还时间")),
		field.Words(&l.Note, "note", "备注", field.Alias("说明")),
	}
}

// Check reports what no single cell of a loan can show.
func (l *Loan) Check() []field.Problem {
	return append(period("from", "借出日期", l.From, "due", "应还日期", l.Due), period("from", "借出日期", l.From, "returned", "归还日期", l.Returned)...)
}

// Transfer is a dossier going to, or coming from, another office (转递).
type Transfer struct {
	field.Head
	Person    string
	Direction string
	Unit      string // where to, or where from
	Number    string // of the covering note (转递单)
	Date      field.Date
	Materials string
	Receipt   field.Date
	By        string
	Note      string
}

// Fields lists the cells of a transfer.
func (t *Transfer) Fields() []field.Field {
	return []field.Field{
		field.Link(&t.Person, "person", "档案所属人", "person", field.Required, field.Match, field.Part, field.Alias("姓名")),
		field.Coded(&t.Direction, "direction", "转递方向", passings, field.Required, field.Alias("方向")),
		field.Words(&t.Unit, "unit", "对方单位", field.Required, field.Max(60), field.Alias("去向", "转往单位", "来处")),
		field.Words(&t.Number, "number", "转递单号", field.Match, field.Max(40), field.Alias("转递单编号")),
		field.On(&t.Date, "date", "转递日期", field.Required, field.Match, field.Alias("转递时间", "日期")),
		field.Words(&t.Materials, "materials", "材料和份数", field.Alias("材料", "份数")),
		field.On(&t.Receipt, "receipt", "回执日期", field.Alias("回执时间", "收到回执日期")),
		field.Words(&t.By, "by", "经办人", field.Max(40), field.Alias("转递人")),
		field.Words(&t.Note, "note", "备注", field.Alias("说明")),
	}
}

// Check reports what no single cell of a transfer can show.
func (t *Transfer) Check() []field.Problem {
	return period("date", "转递日期", t.Date, "receipt", "回执日期", t.Receipt)
}
