package exchange_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"touyan/store"
	"touyan/store/exchange"
	"touyan/store/field"
	"touyan/store/record"
)

// Ensure that the period offered first is the quarter one reports on at a day,
// and that periods are said in office words.
func TestPeriods(t *testing.T) {
	for _, c := range []struct {
		day   field.Date
		first string
	}{
		{field.Date{Year: 2026, Month: 3, Day: 2}, "2026年第一季度"},
		{field.Date{Year: 2026, Month: 4, Day: 5}, "2026年第一季度"},
		{field.Date{Year: 2026, Month: 4, Day: 21}, "2026年第二季度"},
		{field.Date{Year: 2026, Month: 1, Day: 9}, "2025年第四季度"},
		{field.Date{Year: 2026, Month: 12, Day: 31}, "2026年第四季度"},
	} {
		list := exchange.Periods(c.day)
		if got := list[0].String(); got != c.first {
			t.Errorf("on %v offers %s, want %s", c.day, got, c.first)
		}
		if got := list[len(list)-2].String(); got != "2026年" {
			t.Errorf("offers %s as the year", got)
		}
	}
}

// Ensure that a report tells its period and what changed on its cover and in
// the journal of both sides, that the next without changes is a 零报告, and that
// one taken back counts for nobody.
func TestReportsOnAPeriod(t *testing.T) {
	dir := t.TempDir()
	now := clock()
	db, up := newOffice(t, dir, township, now), newOffice(t, dir, county, now)
	closeAll(t, db, up)
	threeVillages(t, db)
	forms, err := exchange.Registers(db.Kinds(), nil)
	if err != nil {
		t.Fatal(err)
	}
	report := func(name string, p exchange.Period) exchange.Sent {
		t.Helper()
		sent, err := exchange.Send(context.Background(), db, clerk, filepath.Join(dir, name),
			exchange.Order{To: county, Forms: forms, Cover: true, Period: p, AsOf: field.Date{Year: 2026}}, nil)
		if err != nil {
			t.Fatal(err)
		}
		return sent
	}
	if first := report("a.xlsx", "2026Q1"); first.Nothing {
		t.Error("the first report is none of nothing")
	}
	compare(t, "cover", cover(t, filepath.Join(dir, "a.xlsx")), "2026年第一季度 单位 新增1；嘎查村 新增3；人员 新增3；任职 新增4")
	if second := report("b.xlsx", "2026Q2"); !second.Nothing {
		t.Error("nothing changed, and it is no 零报告")
	}
	compare(t, "cover", cover(t, filepath.Join(dir, "b.xlsx")), "2026年第二季度 与上次报送相比没有变动（零报告）")
	view(t, db, func(tx *store.Tx) error {
		e, _, err := tx.Entry(tx.Seq())
		if e.Sent == nil || e.Sent.Period != "2026Q2" || !e.Sent.Nothing {
			t.Errorf("the journal has %+v", e.Sent)
		}
		return err
	})
	receive(t, up, filepath.Join(dir, "a.xlsx"))
	view(t, up, func(tx *store.Tx) error {
		e, _, err := tx.Entry(tx.Seq())
		if e.Batch == nil || e.Batch.Period != "2026Q1" {
			t.Errorf("the receiver's journal has %+v", e.Batch)
		}
		return err
	})

	do(t, db, func(tx *store.Tx) error { return tx.Put(&record.Person{Name: "孟和"}) })
	if third := report("c.xlsx", "2026Q3"); third.Nothing {
		t.Error("a new person is nothing")
	}
	var seq uint64
	view(t, db, func(tx *store.Tx) error { seq = tx.Seq(); return nil })
	if _, err := db.Undo(seq, clerk, false); err != nil {
		t.Fatal(err)
	}
	if _, got := since(t, db, county); strings.Join(got, "\n") != "人员 新增1 更新0 作废0 孟和[]" {
		t.Errorf("after the report was taken back %q changed", got)
	}
}

// cover is period and changes as the cover of a book says them.
func cover(t *testing.T, path string) string {
	t.Helper()
	sheets, err := exchange.Sheets(context.Background(), path, "")
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for _, row := range sheets[0].Top {
		if len(row) > 1 {
			found[row[0]] = row[1]
		}
	}
	return found["报送期"] + " " + found["本期变动"]
}

// Ensure that a book of one village holds that one and its people alone, can be
// merged, and does not count as a report of all.
func TestSendsOneVillage(t *testing.T) {
	dir := t.TempDir()
	now := clock()
	db, up := newOffice(t, dir, township, now), newOffice(t, dir, county, now)
	closeAll(t, db, up)
	threeVillages(t, db)
	var village, person, other string
	view(t, db, func(tx *store.Tx) error {
		for p, err := range store.All[record.Post](tx) {
			if err != nil {
				return err
			}
			if village == "" {
				village, person = p.Village, p.Person
			} else if p.Village != village {
				other = p.Person
			}
		}
		return nil
	})
	forms, _ := exchange.Registers(db.Kinds(), nil)
	order := exchange.Order{To: county, Forms: forms, Village: village, AsOf: field.Date{Year: 2026}}
	view(t, db, func(tx *store.Tx) error {
		holds, err := exchange.Holds(tx, order)
		if err != nil {
			return err
		}
		for id, want := range map[string]bool{person: true, other: false} {
			if got, err := holds("person", id); err != nil || got != want {
				t.Errorf("holds %s %v, %v", tx.Name("person", id), got, err)
			}
		}
		return nil
	})
	path := filepath.Join(dir, "one.xlsx")
	if _, err := exchange.Send(context.Background(), db, clerk, path, order, nil); err != nil {
		t.Fatal(err)
	}
	receive(t, up, path)
	villages, people := 0, 0
	view(t, up, func(tx *store.Tx) error {
		for _, err := range tx.Rows("village") {
			villages++
			if err != nil {
				return err
			}
		}
		for row, err := range tx.Rows("person") {
			people++
			if err != nil || row.ID == other {
				t.Errorf("%s came along, %v", row.ID, err)
			}
		}
		return nil
	})
	if villages != 1 || people == 0 {
		t.Errorf("%d villages and %d people came", villages, people)
	}
	if s, _ := since(t, db, county); s.Nothing() {
		t.Error("one village counts as all")
	}
}
