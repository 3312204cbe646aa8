package record

import (
	"fmt"

	"touyan/assets"
	"touyan/store/field"
)

// Rule says what counts from a year on (规则): a limit, or one item of a list
// such as the classes of 负面情形. The program's own (默认值) are no records; one
// of the same group and code takes the place of another from its year on, so
// that a past year keeps what it went by.
type Rule struct {
	field.Head
	Group    string // 规则类别
	Code     string // tells it from the others of its group
	Year     *int64 // from which it counts
	Label    string
	Value    string // a number, or what the group says it is
	Unit     string // of the value; of a material: whom it is asked of
	Off      string // 是: from that year on there is no such item
	Source   string
	Document string // 文号 of who set it
	Note     string
}

// Fields lists the cells of a rule.
func (r *Rule) Fields() []field.Field {
	return []field.Field{
		field.Coded(&r.Group, "group", "规则类别", ruleGroups, field.Required, field.Match, field.Alias("类别")),
		field.Words(&r.Code, "code", "代号", field.Required, field.Match, field.Max(40), field.Alias("编号")),
		field.Count(&r.Year, "year", "起用年份", field.Required, field.Match, field.Range(1990, 2100), field.Alias("年度", "年份")),
		field.Words(&r.Label, "label", "名称", field.Required, field.Max(100), field.Alias("项目", "规则名称")),
		field.Words(&r.Value, "value", "数值或内容", field.Max(200), field.Alias("数值", "内容")),
		field.Words(&r.Unit, "unit", "单位或适用对象", field.Max(40), field.Alias("适用对象")),
		field.YesNo(&r.Off, "off", "停用", field.Alias("是否停用")),
		field.Words(&r.Source, "source", "依据", field.Max(200)),
		field.Words(&r.Document, "document", "文号", field.Max(60)),
		field.Words(&r.Note, "note", "备注", field.Alias("说明")),
	}
}

// Groups of rules.
const (
	LimitRules    = "limit"    // 门槛
	ConductRules  = "conduct"  // 负面情形
	BarRules      = "bar"      // 一票否决情形
	VettingRules  = "vetting"  // 联审部门
	MaterialRules = "material" // 应有材料
	ScoreRules    = "score"    // 档案扣分项
)

// Defaults are the rules the program begins with (默认值), in their order. They
// have no id and count from year 0.
func Defaults() []Rule { return append([]Rule(nil), defaultRules...) }

var defaultRules = loadRules()

// loadRules panics where the embedded table is broken: such a program was built
// wrong and must not open a ledger.
func loadRules() []Rule {
	all, err := assets.Rules()
	if err != nil {
		panic(err)
	}
	var out []Rule
	for _, r := range all {
		if !ruleGroups.Has(r.Group) {
			panic(fmt.Sprintf("rule %s/%s: no such group", r.Group, r.Code))
		}
		out = append(out, Rule{Group: r.Group, Code: r.Code, Label: r.Label, Value: r.Value, Unit: r.Unit, Source: r.Source})
	}
	return out
}

// drawing are the fields whose words are the items of a group of rules. A word
// is its own code: what was written under the rules of a year says the same
// under those of another.
var drawing = []struct{ kind, field, group string }{
	{"conduct", "class", ConductRules},
	{"vetting", "department", VettingRules},
	{"vetting", "bar", BarRules},
}

// wordsOf is the list a group of rules makes: the program's own words, and those
// that rules of any year add.
func wordsOf(group string, more []Rule) *field.CodeList {
	var items []field.Item
	off := map[string]int64{} // since when a word is not offered any more
	at := map[string]int{}
	add := func(r *Rule) {
		i, known := at[r.Label]
		if !known {
			i = len(items)
			at[r.Label] = i
			items = append(items, field.Item{Code: r.Label, Word: r.Label})
		}
		year := int64(0)
		if r.Year != nil {
			year = *r.Year
		}
		if year >= off[r.Label] {
			off[r.Label], items[i].Retired = year, r.Off == yes
		}
	}
	for _, r := range append(Defaults(), more...) {
		if r.Group == group && r.Label != "" {
			add(&r)
		}
	}
	return field.NewCodeList(group, ruleGroups.Word(group), "规则", items)
}

// ruleWords are the fields that draw on rules, with the words that rules of the
// ledger add.
func ruleWords(k *field.Kind, rows []field.Row) []field.Added {
	if len(rows) == 0 {
		return nil
	}
	rules := make([]Rule, len(rows))
	scratch := &Rule{}
	bound := k.Bind(scratch)
	for i, row := range rows {
		bound.Fill(row)
		rules[i] = *scratch
	}
	var out []field.Added
	for _, d := range drawing {
		out = append(out, field.Added{Kind: d.kind, Field: field.Field{Name: d.field, Codes: wordsOf(d.group, rules)}})
	}
	return out
}
