package rule_test

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/rule"
)

func year(n int64) *int64 { return &n }

// Ensure that a rule of the office counts from its year on, that the year before
// keeps what it went by, and that the latest of several stands.
func TestPackOfAYear(t *testing.T) {
	own := []record.Rule{
		{Group: "limit", Code: rule.AgeLimit, Year: year(2027), Label: "在任人员年龄线", Value: "62"},
		{Group: "limit", Code: rule.AgeLimit, Year: year(2025), Label: "在任人员年龄线", Value: "58"},
		{Group: "conduct", Code: "6", Year: year(2026), Off: "1", Label: "贯彻上级决策不坚决"},
		{Group: "conduct", Code: "own-1", Year: year(2026), Label: "不执行请销假制度"},
	}
	for _, c := range []struct {
		year, age, classes int
		last               string
	}{
		{2024, 60, 10, "考核连续不达标"}, {2025, 58, 10, "考核连续不达标"}, {2026, 58, 10, "不执行请销假制度"}, {2027, 62, 10, "不执行请销假制度"},
	} {
		p := rule.New(c.year, own)
		classes := p.Rules(record.ConductRules)
		if got := p.Limit(rule.AgeLimit); got != c.age || len(classes) != c.classes || classes[len(classes)-1].Label != c.last {
			t.Errorf("%d: age %d, %d classes, the last %q; want %d, %d, %q", c.year, got, len(classes), classes[len(classes)-1].Label, c.age, c.classes, c.last)
		}
	}
}

// Ensure that a limit that is switched off or is no number keeps nobody.
func TestNoLimit(t *testing.T) {
	p := rule.New(2026, []record.Rule{{Group: "limit", Code: rule.AgeLimit, Year: year(2026), Off: "1", Label: "在任人员年龄线"}})
	if p.Reached(rule.AgeLimit, 99) || p.Mark(rule.AgeLimit) != "" {
		t.Error("a limit that is off was reached")
	}
	if p.Reached(rule.ReturnPlan, 1) {
		t.Error("a limit without a value was reached")
	}
}

// Ensure that two packs are compared by what they say, not by who said it.
func TestCompare(t *testing.T) {
	before := rule.New(2025, nil)
	after := rule.New(2026, []record.Rule{
		{Group: "limit", Code: rule.AgeLimit, Year: year(2026), Label: "在任人员年龄线", Value: "60", Unit: "周岁", Document: "旗组发〔2026〕3号"},
		{Group: "limit", Code: rule.LeaderAge, Year: year(2026), Label: "书记需要有人接班的年龄", Value: "57", Unit: "周岁"},
		{Group: "conduct", Code: "own-1", Year: year(2026), Label: "不执行请销假制度"},
		{Group: "vetting", Code: "7", Year: year(2026), Off: "1", Label: "市场监督管理部门"},
	})
	var got []string
	for _, d := range rule.Compare(before, after) {
		got = append(got, d.Before.Label+" "+d.Before.Value+" > "+d.After.Label+" "+d.After.Value)
	}
	want := []string{"书记需要有人接班的年龄 58 > 书记需要有人接班的年龄 57", "市场监督管理部门  >  ", "  > 不执行请销假制度 "}
	if len(got) != len(want) {
		t.Fatalf("got %q", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("difference %d: %q, want %q", i, got[i], want[i])
		}
	}
}

func newLedger(t *testing.T) *store.DB {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.touyan")
	options := store.Options{Kinds: record.Kinds(), Machine: "test", Now: func() time.Time { return time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC) }}
	if err := store.Create(path, store.Office{Code: "150426", Name: "某旗", Level: field.County}, false, options); err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(path, options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// Ensure that a class of 负面情形 that the county sets may be chosen from then
// on, while one switched off is still understood.
func TestSetChangesTheWords(t *testing.T) {
	db := newLedger(t)
	set := func(r record.Rule) {
		t.Helper()
		if err := db.Do("改规则", store.Actor{Name: "高娃"}, func(tx *store.Tx) error {
			_, err := rule.Set(tx, r)
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	set(record.Rule{Group: record.ConductRules, Year: year(2026), Label: "不执行请销假制度", Document: "旗组发〔2026〕3号"})
	set(record.Rule{Group: record.ConductRules, Code: "6", Year: year(2026), Label: "贯彻上级决策不坚决", Off: "1"})
	class := db.Kinds().Kind("conduct").Field("class")
	if p := class.Check("不执行请销假制度"); p != nil {
		t.Errorf("the new class is refused: %s", p.Message)
	}
	if p := class.Check("贯彻上级决策不坚决"); p != nil {
		t.Errorf("the class before is refused: %s", p.Message)
	}
	words := class.Codes.Words()
	if len(words) != 10 || words[9] != "不执行请销假制度" {
		t.Errorf("offered are %q", words)
	}
	if err := db.View(func(tx *store.Tx) error {
		p, err := rule.Of(tx, field.Date{Year: 2025})
		if len(p.Rules(record.ConductRules)) != 10 {
			t.Error("2025 lost its rules")
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

// Ensure that what a rule cannot be is refused with a sentence, and nothing is
// written.
func TestSetRefuses(t *testing.T) {
	db := newLedger(t)
	for _, c := range []struct {
		field string
		rule  record.Rule
	}{
		{"group", record.Rule{Year: year(2026), Label: "某项"}},
		{"year", record.Rule{Group: record.LimitRules, Code: rule.AgeLimit, Label: "在任人员年龄线", Value: "61"}},
		{"label", record.Rule{Group: record.ConductRules, Year: year(2026), Label: " "}},
		{"value", record.Rule{Group: record.LimitRules, Code: rule.AgeLimit, Year: year(2026), Label: "在任人员年龄线", Value: "六十"}},
		{"value", record.Rule{Group: record.ScoreRules, Code: "gap", Year: year(2026), Label: "履历中断", Value: "-3"}},
	} {
		err := db.Do("改规则", store.Actor{Name: "高娃"}, func(tx *store.Tx) error {
			_, err := rule.Set(tx, c.rule)
			return err
		})
		var p *field.Problem
		if !errors.As(err, &p) || p.Field != c.field {
			t.Errorf("%+v: %v, want a refusal of %s", c.rule, err, c.field)
		}
	}
}
