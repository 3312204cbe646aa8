package rule

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
)

// Set writes a rule of the office's own, from r.Year on. Offices that set the
// same rule for the same year make one record: where they differ it is a
// conflict like any other. What cannot be is a *field.Problem, and nothing is
// written.
func Set(tx *store.Tx, r record.Rule) (id string, err error) {
	r.Label, r.Value = field.Tidy(r.Label), field.Tidy(r.Value)
	before, err := Of(tx, field.Date{Year: since(&r)})
	if err != nil {
		return "", err
	}
	if r.Code == "" {
		r.Code = free(before, r.Group)
	}
	if err := Check(&r); err != nil {
		return "", err
	}
	if old, known := before.Rule(r.Group, r.Code); known && r.Unit == "" {
		r.Unit = old.Unit
	}
	r.ID, r.Void = ID(r.Group, r.Code, since(&r)), ""
	return r.ID, tx.Put(&r)
}

// ID is the record of a rule for a year, the same wherever it is set.
func ID(group, code string, year int) string {
	return store.DerivedID(time.UnixMilli(0), "rule", group, code, strconv.Itoa(year))
}

// free is a code for a new item of a group.
func free(p *Pack, group string) string {
	for n := 1; ; n++ {
		if _, taken := p.Rule(group, "own-"+strconv.Itoa(n)); !taken {
			return "own-" + strconv.Itoa(n)
		}
	}
}

// Check refuses what a rule cannot be: the error is a *field.Problem.
func Check(r *record.Rule) error {
	refuse := func(name, message string) error { return &field.Problem{Field: name, Message: message} }
	switch {
	case r.Group == "":
		return refuse("group", "请选择规则类别。")
	case since(r) == 0:
		return refuse("year", "请填写从哪一年起用这条规则。")
	case r.Label == "":
		return refuse("label", "请填写规则的名称。")
	case r.Off == "1":
		return nil
	}
	if number := numbers(r); number && r.Value != "" {
		if n, err := strconv.ParseFloat(r.Value, 64); err != nil || n < 0 {
			return refuse("value", fmt.Sprintf("“%s”应是一个不小于0的数，填的是“%s”，请改正。", r.Label, r.Value))
		}
	}
	return nil
}

// numbers reports a rule whose value is a number: the points of a dossier, and
// the limits whose default is one or that have a unit.
func numbers(r *record.Rule) bool {
	if r.Group == record.ScoreRules {
		return true
	}
	for _, d := range record.Defaults() {
		if d.Group == record.LimitRules && d.Group == r.Group && d.Code == r.Code {
			return d.Unit != "" && strings.TrimSpace(d.Unit) != ""
		}
	}
	return false
}
