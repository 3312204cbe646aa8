package print_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/print"
	"touyan/store/record"
	"touyan/store/sample"
	"touyan/store/sheet"
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
	if invented {
		if err := sample.Build(context.Background(), db, clerk, 1); err != nil {
			t.Fatal(err)
		}
	}
	return db
}

// pages makes a paper, nil where it is refused.
func pages(t *testing.T, db *store.DB, name string, ids ...string) (out []sheet.Boxes, err error) {
	t.Helper()
	err = db.View(func(tx *store.Tx) error {
		out, err = print.Named(name).Pages(tx, ids, print.Options{AsOf: day("2026-05-08")})
		return err
	})
	return out, err
}

// texts are all boxes of a page that say something, in their order.
func texts(pages []sheet.Boxes) []string {
	var out []string
	for _, b := range pages {
		for _, r := range b.Rows {
			for _, x := range r.Boxes {
				if x.Text != "" {
					out = append(out, x.Text)
				}
			}
		}
	}
	return out
}

func mustSay(t *testing.T, pages []sheet.Boxes, want ...string) {
	t.Helper()
	all := texts(pages)
	for _, w := range want {
		if !slices.ContainsFunc(all, func(s string) bool { return strings.Contains(s, w) }) {
			t.Errorf("%q is not on the page", w)
		}
	}
}

// Ensure that every paper can be made of every record it is about in an invented
// office, and that a workbook of them can be written.
func TestEveryPaperOfEverybody(t *testing.T) {
	db := create(t, true)
	for _, p := range print.Papers() {
		var ids []string
		if err := db.View(func(tx *store.Tx) error {
			for row, err := range tx.Rows(p.Kind) {
				if err != nil {
					return err
				}
				ids = append(ids, row.ID)
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		made, err := pages(t, db, p.Name, ids...)
		if err != nil || len(made) == 0 {
			t.Errorf("%s: %d pages of %d, %v", p.Title, len(made), len(ids), err)
			continue
		}
		doc := sheet.Doc{Boxes: made[:min(len(made), 12)], Unit: "星露苏木", Sample: true}
		if err := sheet.Write(t.Context(), filepath.Join(t.TempDir(), "p.xlsx"), doc, nil); err != nil {
			t.Errorf("%s: %v", p.Title, err)
		}
	}
}

// office writes a village with a 书记, a reserve, a filing and a family.
func office(t *testing.T) (db *store.DB, ids map[string]string) {
	t.Helper()
	db = create(t, false)
	v := &record.Village{Name: "前进嘎查", Elected: day("2024-03-18")}
	p := &record.Person{Name: "白音巴图", IDNo: field.CompleteID("15049919780312001"), Sex: "1", Birth: day("1978-03"), Politics: "01", Joined: day("2001-07"), Birthplace: "云杉旗", Health: "健康"}
	q := &record.Person{Name: "娜仁", Sex: "2", Birth: day("1996-03"), Politics: "01"}
	post := &record.Post{Position: record.Secretary, From: day("2021-01"), To: day("2026-04-01"), Reason: record.LeftByElection}
	filing := &record.Filing{Type: record.FilingNew, Position: record.Secretary, Proposed: day("2026-04-02"), Reason: "群众公认", State: record.FilingProposed}
	reserve := &record.Reserve{Source: "1", Maturity: "1", Entered: day("2024-05-01"), State: record.InTraining}
	if err := db.Do("录入", clerk, func(tx *store.Tx) error {
		put := func(recs ...field.Record) error {
			for _, r := range recs {
				if err := tx.Put(r); err != nil {
					return err
				}
			}
			return nil
		}
		if err := put(v, p, q); err != nil {
			return err
		}
		post.Person, post.Village = p.ID, v.ID
		filing.Person, filing.Village, reserve.Person, reserve.Village = q.ID, v.ID, q.ID, v.ID
		if err := put(post, filing, reserve); err != nil {
			return err
		}
		return put(&record.Post{Person: q.ID, Village: v.ID, Position: record.Secretary, From: day("2026-04-01")},
			&record.Career{Person: q.ID, From: day("2014-09"), To: day("2018-07"), Text: "霞岭学院学习"},
			&record.Career{Person: q.ID, Text: "曾在外地务工"},
			&record.Relative{Person: q.ID, Relation: "1", Called: "丈夫", Name: "王海", Unit: "在家务农"},
			&record.Vetting{Person: q.ID, Filing: filing.ID, Department: "公安", Opinion: record.OpinionClear, Answered: day("2026-04-05"), Text: "几个人才能看的话"},
			&record.Lax{Village: v.ID, Ground: "1", Due: day("2026-09-30"), Measures: "包联帮扶"})
	}); err != nil {
		t.Fatal(err)
	}
	return db, map[string]string{"village": v.ID, "old": p.ID, "new": q.ID, "post": post.ID, "filing": filing.ID, "reserve": reserve.ID}
}

// Ensure that 任职备案表 has the person, the résumé with what of it has no dates, the
// family, what the departments answered and nothing only few may read.
func TestFiling(t *testing.T) {
	db, ids := office(t)
	made, err := pages(t, db, "filing", ids["filing"])
	if err != nil {
		t.Fatal(err)
	}
	mustSay(t, made, "娜仁", "1996.03", "（30岁）", "前进嘎查党组织书记", "2014.09", "霞岭学院学习", "曾在外地务工", "丈夫", "王海", "公安：无异议（2026.04.05）", "群众公认", "照片")
	if strings.Contains(strings.Join(texts(made), ""), "几个人才能看的话") {
		t.Error("what few may read is on the paper")
	}
}

// Ensure that 离任交接清单 names who follows and what the ledger has that is not
// finished.
func TestHandover(t *testing.T) {
	db, ids := office(t)
	made, err := pages(t, db, "handover", ids["post"])
	if err != nil {
		t.Fatal(err)
	}
	mustSay(t, made, "白音巴图", "2026.04.01", "换届", "娜仁", "软弱涣散基层党组织整顿", "期限2026.09.30", "娜仁的任职备案", "后备力量培养（1人）", "移交人（签字）")
}

// Ensure that 一村一页 has the team, who could follow, and what waits, and a page for
// a village that is closed as well.
func TestVillagePage(t *testing.T) {
	db, ids := office(t)
	made, err := pages(t, db, "village", ids["village"])
	if err != nil {
		t.Fatal(err)
	}
	mustSay(t, made, "党组织书记", "娜仁", "断档预警", "2029.03", "软弱涣散")
	if err := db.Do("撤并", clerk, func(tx *store.Tx) error {
		v, err := store.Get[record.Village](tx, ids["village"])
		if err != nil {
			return err
		}
		v.To = day("2026-05-01")
		return tx.Put(v)
	}); err != nil {
		t.Fatal(err)
	}
	if made, err = pages(t, db, "village", ids["village"]); err != nil {
		t.Fatal(err)
	}
	mustSay(t, made, "这一天没有这个嘎查村")
}

// Ensure that 缺失材料通知单 has a line for each material somebody lacks, that of
// people whose dossiers lack nothing there is none, and that nothing is printed
// of nobody.
func TestMissing(t *testing.T) {
	db, ids := office(t)
	made, err := pages(t, db, "missing", ids["old"], ids["new"])
	if err != nil {
		t.Fatal(err)
	}
	mustSay(t, made, "白音巴图", "娜仁", "入党志愿书", "政治面貌是中共党员")
	for _, p := range print.Papers() {
		if p.Office {
			continue
		}
		if made, err := pages(t, db, p.Name); err == nil || len(made) > 0 {
			t.Errorf("%s of nobody has %d pages", p.Title, len(made))
		}
	}
}

// Ensure that 换届前后班子结构对比表 has a line for each village chosen, or for all, and
// a sum that says how many have elected.
func TestStructure(t *testing.T) {
	db := create(t, true)
	all, err := pages(t, db, "structure")
	if err != nil {
		t.Fatal(err)
	}
	mustSay(t, all, "合计", "未换届")
	var villages []string
	if err := db.View(func(tx *store.Tx) error {
		for v, err := range store.All[record.Village](tx) {
			if err != nil {
				return err
			}
			villages = append(villages, v.ID)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	two, err := pages(t, db, "structure", villages[:2]...)
	if err != nil {
		t.Fatal(err)
	}
	if len(two[0].Rows) != 6 || len(all[0].Rows) != len(villages)+4 {
		t.Error(fmt.Sprint("lines ", len(two[0].Rows), " ", len(all[0].Rows)))
	}
}
