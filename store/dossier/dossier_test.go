package dossier_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"touyan/store"
	"touyan/store/dossier"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/rule"
	"touyan/store/sample"
)

var clerk = store.Actor{Name: "张敏"}

func day(s string) field.Date {
	d, err := field.DateOf(s)
	if err != nil {
		panic(err)
	}
	return d
}

func create(t testing.TB, invented bool) *store.DB {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.touyan")
	options := store.Options{Kinds: record.Kinds(), Machine: "test", Now: func() time.Time { return time.Date(2026, 5, 8, 9, 0, 0, 0, time.UTC) }}
	if err := store.Create(path, store.Office{Code: "150426201", Name: "星露苏木", Level: field.Township}, invented, options); err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(path, options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// leader writes a 书记 with a few papers, and what more is given of him.
func leader(t *testing.T, db *store.DB, more func(p *record.Person) []field.Record) string {
	t.Helper()
	p := &record.Person{Name: "白音巴图", IDNo: field.CompleteID("15049919780312001"), Birth: day("1978-03"), Politics: "01", Joined: day("2001-07"),
		School: "霞岭学院", Appraisals: "2024年优秀、2025年称职"}
	if err := db.Do("录入", clerk, func(tx *store.Tx) error {
		put := func(recs ...field.Record) {
			for _, r := range recs {
				if err := tx.Put(r); err != nil {
					t.Fatal(err)
				}
			}
		}
		v := &record.Village{Name: "前进嘎查"}
		put(p, v)
		put(&record.Post{Person: p.ID, Village: v.ID, Position: record.Secretary, From: day("2021-01")},
			&record.Post{Person: p.ID, Village: v.ID, Position: record.Head, From: day("2021-01")},
			&record.Career{Person: p.ID, From: day("1993-09"), To: day("1996-07"), Text: "云杉旗第二中学学习"},
			&record.Career{Person: p.ID, From: day("1996-07"), To: day("2018-03"), Text: "在家务农"},
			&record.Paper{Person: p.ID, Title: "入党志愿书", Class: "06", Date: day("2001-07")},
			&record.Paper{Person: p.ID, Title: "2024年度考核登记表", Class: "03", Date: day("2025-01"), Content: strings.Repeat("ab", 16)},
			&record.Paper{Person: p.ID, Title: "免冠照片", Class: "11"})
		put(more(p)...)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return p.ID
}

func nothing(*record.Person) []field.Record { return nil }

func of(t *testing.T, db *store.DB, person string) *dossier.Dossier {
	t.Helper()
	var d *dossier.Dossier
	if err := db.View(func(tx *store.Tx) (err error) {
		d, err = dossier.Of(tx, person, day("2026-05-08"))
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return d
}

// Ensure that the résumé is built from posts and other stretches, 一肩挑 in one
// line, the earliest first, and that a gap of more than a year is found.
func TestResume(t *testing.T) {
	db := create(t, false)
	d := of(t, db, leader(t, db, nothing))
	var got []string
	for _, s := range d.Stretches {
		got = append(got, s.From.Office()+"—"+s.To.Office()+" "+s.Text)
	}
	want := []string{"1993.09—1996.07 云杉旗第二中学学习", "1996.07—2018.03 在家务农", "2021.01— 前进嘎查党组织书记、村委会主任"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
	if len(d.Gaps) != 1 || d.Gaps[0].From != day("2018-03") || d.Gaps[0].To != day("2021-01") {
		t.Errorf("gaps %+v", d.Gaps)
	}
}

// Ensure that what is missing is what this person must have: each material with
// the event that asks for it, one for each year of 考核, none for what is there.
func TestMissing(t *testing.T) {
	db := create(t, false)
	d := of(t, db, leader(t, db, nothing))
	var got []string
	for _, m := range d.Missing() {
		got = append(got, m.Class+" "+m.Label+"："+m.Why)
		if m.Kind == "" || m.ID == "" {
			t.Errorf("%s comes from nothing", m.Label)
		}
	}
	want := []string{
		"01 履历表：每个人都要有，应有《履历表》。",
		"03 2025年度考核登记表：2025年有考核等次，应有《2025年度考核登记表》。",
		"04 毕业证书：填有毕业院校，应有《毕业证书》。",
		"09 任职（当选）材料：担任过党组织书记，应有《任职（当选）材料》。",
		"09 任职备案表：担任过党组织书记，应有《任职备案表》。",
		"10 身份证复印件：每个人都要有，应有《身份证复印件》。",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// Ensure that one paper is one material: a 备案表 is no proof of election.
func TestOnePaperOneMaterial(t *testing.T) {
	db := create(t, false)
	d := of(t, db, leader(t, db, func(p *record.Person) []field.Record {
		return []field.Record{&record.Paper{Person: p.ID, Title: "任职备案表", Class: "09", Date: day("2021-03")}}
	}))
	for _, m := range d.Missing() {
		if m.Label == "任职备案表" {
			t.Error("the paper that is there is missing")
		}
	}
	if !slices.ContainsFunc(d.Missing(), func(m dossier.Missing) bool { return m.Label == "任职（当选）材料" }) {
		t.Error("one paper stood for two materials")
	}
}

// Ensure that the score is 100 less what each fault takes off by the year's
// rules, that it tells each, and that another year's rules take off otherwise.
func TestScore(t *testing.T) {
	db := create(t, false)
	id := leader(t, db, nothing)
	d := of(t, db, id)
	var told []string
	sum := 0
	for _, x := range d.Deductions {
		told = append(told, fmt.Sprintf("%s %d×%d", x.Code, x.Count, x.Points/x.Count))
		sum += x.Points
	}
	want := []string{"missing 6×5", "no-family 1×3", "gap 1×3", "no-date 1×1", "no-scan 2×1"}
	if !slices.Equal(told, want) || d.Score != 100-sum || d.Complete() {
		t.Errorf("%d: %q, want %q", d.Score, told, want)
	}
	if err := db.Do("改规则", clerk, func(tx *store.Tx) error {
		year := int64(2026)
		_, err := rule.Set(tx, record.Rule{Group: record.ScoreRules, Code: "missing", Year: &year, Label: "缺一份应有材料", Value: "1"})
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if again := of(t, db, id); again.Score != d.Score+6*4 {
		t.Errorf("under the new rule %d, before %d", again.Score, d.Score)
	}
}

// Ensure that whom a rule asks is somebody the program knows, for every rule it
// brings.
func TestRulesAskSomebody(t *testing.T) {
	for _, r := range record.Defaults() {
		if r.Group == record.MaterialRules && !slices.Contains(dossier.Subjects(), r.Unit) {
			t.Errorf("%s is asked of “%s”, whom nobody knows", r.Label, r.Unit)
		}
	}
}

// Ensure that a case that was not proved leaves nothing in the eighth class, and
// one that was asks for its paper.
func TestEighthClass(t *testing.T) {
	for finding, want := range map[string]bool{"1": true, record.NotFound: false, "": false} {
		db := create(t, false)
		d := of(t, db, leader(t, db, func(p *record.Person) []field.Record {
			return []field.Record{&record.Conduct{Person: p.ID, Class: "带富能力弱", Finding: finding, State: record.ConductFiled}}
		}))
		if got := slices.ContainsFunc(d.Missing(), func(m dossier.Missing) bool { return m.Class == "08" }); got != want {
			t.Errorf("finding %q: asked %v", finding, got)
		}
	}
}

// Ensure that every person of an invented office has a dossier whose score lies
// within its bounds and agrees with its deductions.
func TestEverybody(t *testing.T) {
	db := create(t, true)
	if err := sample.Build(context.Background(), db, clerk, 1); err != nil {
		t.Fatal(err)
	}
	if err := db.View(func(tx *store.Tx) error {
		for p, err := range store.All[record.Person](tx) {
			if err != nil {
				return err
			}
			d, err := dossier.Of(tx, p.ID, day("2026-05-08"))
			if err != nil {
				return err
			}
			left := 100
			for _, x := range d.Deductions {
				left -= x.Points
			}
			if d.Score != max(left, 0) || len(d.Classes) != 11 {
				t.Errorf("%s: %d points, %d classes", p.Name, d.Score, len(d.Classes))
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}
