package main

import (
	"fmt"
	"strconv"

	"touyan/store"
	"touyan/store/record"
	"touyan/store/rule"
)

// ruleEntry is one rule of a year.
type ruleEntry struct {
	Group    string `json:"group"`
	Code     string `json:"code"`
	Label    string `json:"label"`
	Value    string `json:"value"`
	Unit     string `json:"unit"`
	Source   string `json:"source"`
	Document string `json:"document"`
	Default  bool   `json:"default"`
	Since    int64  `json:"since,omitempty"` // the year it counts from, of an office's own
}

// differenceEntry is a rule that is not the same in two years.
type differenceEntry struct {
	Group  string `json:"group"`
	Code   string `json:"code"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// rulesVerb lists the rules of a year, compares two years, or sets one.
func rulesVerb(c *command, args []string) error {
	fs := c.flags()
	year := fs.Int("year", 0, "哪一`年`的规则；set 时是从哪一年起用")
	against := fs.Int("against", 0, "与哪一`年`比")
	r := record.Rule{}
	fs.StringVar(&r.Label, "label", "", "规则的`名称`")
	fs.StringVar(&r.Value, "value", "", "数`值`或内容")
	fs.StringVar(&r.Unit, "unit", "", "`单位`或适用对象")
	fs.StringVar(&r.Source, "source", "", "`依据`")
	fs.StringVar(&r.Document, "document", "", "文`号`")
	off := fs.Bool("off", false, "从这一年起停用")
	rest, err := c.parse(args, 0, 3)
	if err != nil {
		return err
	}
	db, err := c.open()
	if err != nil {
		return err
	}
	defer db.Close()
	if *year == 0 {
		*year = db.Now().Year()
	}
	if len(rest) == 0 || rest[0] == "list" {
		return c.listRules(db, *year, *against)
	}
	if rest[0] != "set" || len(rest) < 2 {
		return wrong("写 rules、rules list，或者 rules set 类别 [代号]")
	}
	group, ok := db.Kinds().Kind("rule").Field("group").Codes.Find(rest[1])
	if !ok {
		return wrong("没有“%s”这一类规则", rest[1])
	}
	if r.Group = group; len(rest) == 3 {
		r.Code = rest[2]
	}
	n := int64(*year)
	r.Year = &n
	if *off {
		r.Off = "1"
	}
	var id string
	err = db.Do("改规则", c.who(), func(tx *store.Tx) (err error) {
		if old, known := rule.New(*year, nil).Rule(r.Group, r.Code); known && r.Label == "" {
			r.Label = old.Label
		}
		id, err = rule.Set(tx, r)
		return err
	})
	if err != nil {
		return err
	}
	c.say("“%s”从%d年起用。", r.Label, *year)
	return c.answer(map[string]string{"id": id})
}

func (c *command) listRules(db *store.DB, year, against int) error {
	var own []record.Rule
	if err := db.View(func(tx *store.Tx) error {
		for r, err := range store.All[record.Rule](tx) {
			if err != nil {
				return err
			}
			own = append(own, *r)
		}
		return nil
	}); err != nil {
		return err
	}
	groups := db.Kinds().Kind("rule").Field("group")
	pack := rule.New(year, own)
	if against > 0 {
		return c.compareRules(rule.New(against, own), pack, groups.Show)
	}
	entries := []ruleEntry{}
	rows := [][]string{{"类别", "代号", "名称", "数值或内容", "单位", "依据", "来自"}}
	for _, it := range groups.Codes.Items {
		for _, r := range pack.Rules(it.Code) {
			e := ruleEntry{Group: r.Group, Code: r.Code, Label: r.Label, Value: r.Value, Unit: r.Unit, Source: r.Source, Document: r.Document, Default: rule.IsDefault(&r)}
			from := "默认"
			if r.Year != nil {
				e.Since = *r.Year
				from = fmt.Sprintf("%d年起 %s", *r.Year, r.Document)
			}
			entries = append(entries, e)
			rows = append(rows, []string{it.Word, r.Code, r.Label, r.Value, r.Unit, r.Source, from})
		}
	}
	if c.json {
		return c.emit(entries)
	}
	return align(c.out, rows)
}

func (c *command) compareRules(before, after *rule.Pack, group func(string) string) error {
	entries := []differenceEntry{}
	rows := [][]string{{"类别", "代号", strconv.Itoa(before.Year), strconv.Itoa(after.Year)}}
	text := func(r *record.Rule) string {
		if r.Label == "" {
			return "（无）"
		}
		return r.Label + " " + r.Value + r.Unit
	}
	for _, d := range rule.Compare(before, after) {
		r := d.Before
		if r.Label == "" {
			r = d.After
		}
		e := differenceEntry{r.Group, r.Code, text(&d.Before), text(&d.After)}
		entries = append(entries, e)
		rows = append(rows, []string{group(r.Group), r.Code, e.Before, e.After})
	}
	if c.json {
		return c.emit(entries)
	}
	return align(c.out, rows)
}
