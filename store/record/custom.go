package record

import (
	"slices"
	"strings"

	"touyan/store/field"
)

// Custom is a field that an office added to a kind (自定义项). The ledger's kinds
// have it from then on, behind their own; its values are cells like any others.
//
// The record's id names the cells, so that a field may be called something else
// later. Offices that add a field of one name to one kind, not knowing of each
// other, make one record: see CustomKey.
type Custom struct {
	field.Head
	On      string // name of the kind it is for
	Label   string
	Type    string
	Words   string // of a choice: what may stand there, separated by 、
	Private string
	Reach   string
	Note    string
}

// Fields lists the cells of a field of an office's own.
func (c *Custom) Fields() []field.Field {
	return []field.Field{
		field.Words(&c.Label, "label", "名称", field.Required, field.Match, field.Max(20), field.Alias("栏目名称", "项目名称")),
		field.Coded(&c.On, "on", "用于", customKinds, field.Required, field.Match, field.Alias("所属台账", "台账")),
		field.Coded(&c.Type, "type", "类型", customTypes, field.Required, field.Alias("填写方式")),
		field.Words(&c.Words, "words", "可选内容", field.Alias("选项", "代码表")),
		field.YesNo(&c.Private, "private", "是否敏感", field.Alias("敏感")),
		field.Coded(&c.Reach, "reach", "使用范围", customReaches),
		field.Words(&c.Note, "note", "填写说明", field.Alias("备注", "说明")),
	}
}

// Codes of 类型 and 使用范围.
const (
	CustomText   = "text"
	CustomNumber = "number"
	CustomMoney  = "money"
	CustomDay    = "day"
	CustomChoice = "choice"
	CustomYesNo  = "yesno"
	CustomPhone  = "phone"

	ReachOwn   = "own"   // 本级使用: it goes up with the values, and not down
	ReachBelow = "below" // 本级和下级使用: the offices under this one get it with the next book
)

// leastWords is how few words make a choice.
const leastWords = 2

// Check reports what no single cell can show.
func (c *Custom) Check() []field.Problem {
	if c.Type == CustomChoice && len(c.Choices()) < leastWords {
		return []field.Problem{{Field: "words", Message: "类型是“单选”的，请在“可选内容”里写出至少两项，用“、”分开。"}}
	}
	return nil
}

// Choices are the words of a choice, each once.
func (c *Custom) Choices() []string {
	var out []string
	for _, w := range strings.FieldsFunc(c.Words, func(r rune) bool { return strings.ContainsRune("、，,；;|\n\t", r) }) {
		if w = field.Tidy(w); w != "" && !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	return out
}

// CustomName is the stored name of the cells of a field that an office added.
func CustomName(id string) string { return "x_" + strings.ToLower(id[max(0, len(id)-16):]) }

// CustomKey tells one such field from another, whoever adds it.
func CustomKey(on, label string) []string { return []string{"custom", on, field.TidyName(label)} }

// customFields are the fields that records of this kind add to others.
func customFields(k *field.Kind, rows []field.Row) []field.Added {
	var out []field.Added
	c := &Custom{}
	bound := k.Bind(c)
	for _, r := range rows {
		bound.Fill(r)
		if c.On != "" && c.Label != "" {
			out = append(out, field.Added{Kind: c.On, Field: c.field()})
		}
	}
	return out
}

// field is the cell it describes. Of a type that only a later program knows it
// holds texts.
func (c *Custom) field() field.Field {
	f := field.Field{Name: CustomName(c.ID), Label: c.Label, Private: c.Private == "1"}
	switch c.Type {
	case CustomNumber:
		f.Type = field.Number
	case CustomMoney:
		f.Type = field.Money
	case CustomDay:
		f.Type = field.Day
	case CustomPhone:
		f.Type = field.Phone
	case CustomYesNo:
		f.Type, f.Codes = field.Code, field.YesOrNo
	case CustomChoice:
		f.Type, f.Codes = field.Code, c.codes()
	}
	return f
}

// codes is the list of a choice. A word is its own code: lists that offices made
// apart speak of the same thing where they use the same words.
func (c *Custom) codes() *field.CodeList {
	var items []field.Item
	for _, w := range c.Choices() {
		items = append(items, field.Item{Code: w, Word: w})
	}
	return field.NewCodeList(CustomName(c.ID), c.Label, "自定义项", items)
}
