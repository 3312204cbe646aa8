package store_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"touyan/store"
)

// told tells a record's history in lines, the newest first.
func told(t testing.TB, db *store.DB, kind, id string, with ...string) []string {
	t.Helper()
	var out []string
	err := db.View(func(tx *store.Tx) error {
		for p, err := range tx.History(kind, id, with...) {
			if err != nil {
				return err
			}
			line := p.Entry.Op
			switch {
			case p.Created:
				line += " 新建"
			case p.Removed:
				line += " 移除"
			}
			if p.Entry.Batch != nil {
				line += "《" + p.Entry.Batch.Book + "》" + p.Entry.Batch.Sheet
			}
			for _, c := range p.Cells {
				line += fmt.Sprintf(" %s:%s→%s", c.Label, c.WasText, c.NowText)
				if c.Beside != nil {
					line += "/" + strings.Join(c.Beside, "/")
				}
				if c.Origin.Who != "" {
					line += "(" + c.Origin.Who + ")"
				}
			}
			out = append(out, line)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func wantTold(t testing.TB, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("got\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}

// Ensure that a record's history tells every operation that touched it, the
// newest first, with each cell before and after in words.
func TestHistoryTellsEveryOperation(t *testing.T) {
	db := newLedger(t, township)
	v, w := &village{Name: "向阳嘎查"}, &village{Name: "红柳嘎查"}
	p := &person{Name: "乌兰"}
	do(t, db, "录入", func(tx *store.Tx) error {
		for _, err := range []error{tx.Put(v), tx.Put(w)} {
			if err != nil {
				return err
			}
		}
		p.Village = v.ID
		return tx.Put(p)
	})
	do(t, db, "录入", func(tx *store.Tx) error { return tx.Put(&person{Name: "旁人"}) })
	do(t, db, "更正", func(tx *store.Tx) error { p.Phone, p.Village = "13800001111", w.ID; return tx.Put(p) })
	do(t, db, "作废", func(tx *store.Tx) error { return tx.Void("person", p.ID, "重复") })
	wantTold(t, told(t, db, "person", p.ID),
		"作废 作废原因:→重复",
		"更正 嘎查村:向阳嘎查→红柳嘎查 电话:→13800001111",
		"录入 新建 姓名:→乌兰 嘎查村:→向阳嘎查")
	wantTold(t, told(t, db, "village", w.ID, "person"),
		"作废 作废原因:→重复",
		"更正 嘎查村:向阳嘎查→红柳嘎查 电话:→13800001111",
		"录入 新建 嘎查村:→红柳嘎查",
		"录入 新建 姓名:→乌兰 嘎查村:→向阳嘎查")
}

// Ensure that undoing, and undoing that, is told, and what was before a record
// was taken out is not lost.
func TestHistoryGoesThroughUndo(t *testing.T) {
	db := newLedger(t, township)
	p := &person{Name: "乌兰"}
	made := do(t, db, "录入", func(tx *store.Tx) error { return tx.Put(p) })
	if _, err := db.Undo(made, clerk, false); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Undo(made+1, clerk, false); err != nil {
		t.Fatal(err)
	}
	wantTold(t, told(t, db, "person", p.ID),
		"撤销 新建 姓名:→乌兰",
		"撤销 移除 姓名:乌兰→",
		"录入 新建 姓名:→乌兰")
}

// Ensure that a batch is told with its book and sheet, once for each record
// though it is staged in several commits.
func TestHistoryNamesTheBook(t *testing.T) {
	db := newLedger(t, township)
	id := store.NewID(db.Now())
	_, err := db.Stage(t.Context(), "导入", clerk, func(s *store.Stage) error {
		r := kinds.Kind("person").Take(&person{Name: "乌兰"})
		r.ID = id
		if err := s.Create("person", r); err != nil {
			return err
		}
		s.Later(func(tx *store.Tx) error {
			tx.NoteBatch(store.Batch{Book: "花名册.xlsx", Sheet: "两委"})
			got, err := store.Get[person](tx, id)
			if err != nil {
				return err
			}
			got.Phone = "13800001111"
			return tx.Put(got)
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	wantTold(t, told(t, db, "person", id), "导入 新建《花名册.xlsx》两委 姓名:→乌兰 电话:→13800001111")
}

// Ensure that what another office wrote is told with who wrote it, and a value
// that stands against ours beside it.
func TestHistoryTellsWhatCameFromOthers(t *testing.T) {
	db := newLedger(t, township)
	p := &person{Name: "乌兰", Phone: "13800001111"}
	put(t, db, p)
	dot := store.DerivedDot(store.Digest("theirs"))
	do(t, db, "合并", func(tx *store.Tx) error {
		in := store.State{"phone": {{Dot: dot, Value: "13800002222", Level: county.Level, Office: county.Code}}}
		if _, err := tx.JoinState("person", p.ID, in); err != nil {
			return err
		}
		return tx.NoteOrigin(dot, store.Origin{Who: "旗委王某"})
	})
	do(t, db, "裁定", func(tx *store.Tx) error { return tx.Decide("person", p.ID, "phone", "13800002222") })
	wantTold(t, told(t, db, "person", p.ID),
		"裁定 电话:13800001111→13800002222",
		"合并 电话:13800001111→13800001111/13800002222(旗委王某)",
		"录入 新建 姓名:→乌兰 电话:→13800001111")
}

// Ensure that two records found to be one tell what was done to either.
func TestHistoryOfJoinedRecords(t *testing.T) {
	db := newLedger(t, township)
	a, b := &person{Name: "乌兰"}, &person{Name: "乌兰", Phone: "13800001111"}
	do(t, db, "录甲", func(tx *store.Tx) error { return tx.Put(a) })
	do(t, db, "录乙", func(tx *store.Tx) error { return tx.Put(b) })
	do(t, db, "并为一人", func(tx *store.Tx) error { return tx.Same("person", a.ID, b.ID) })
	wantTold(t, told(t, db, "person", b.ID),
		"并为一人 并入的记录:→乌兰",
		"录乙 新建 姓名:→乌兰 电话:→13800001111",
		"录甲 新建 姓名:→乌兰")
}

// BenchmarkHistory reads all there is of one record out of a ledger of 20,000
// people and 2,000 operations, beside finding the same by reading the whole
// journal: of one that a batch made and two edits changed, and of one that
// nobody touched since the batch.
func BenchmarkHistory(b *testing.B) {
	db := newLedger(b, township)
	if _, err := stagePeople(db, 20_000, func(*store.Stage) error { return nil }); err != nil {
		b.Fatal(err)
	}
	var ids []string
	err := db.View(func(tx *store.Tx) error {
		for row, err := range tx.Rows("person") {
			if err != nil {
				return err
			}
			ids = append(ids, row.ID)
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	for i := range 2000 {
		do(b, db, "更正", func(tx *store.Tx) error {
			for n := range 5 {
				p, err := store.Get[person](tx, ids[(i*5+n)%5000])
				if err != nil {
					return err
				}
				p.Phone = fmt.Sprintf("138%08d", i)
				if err := tx.Put(p); err != nil {
					return err
				}
			}
			return nil
		})
	}
	for name, id := range map[string]string{"edited": ids[4999], "untouched": ids[19_999]} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if got := told(b, db, "person", id); len(got) == 0 {
					b.Fatal("no history")
				}
			}
		})
	}
	b.Run("whole-journal", func(b *testing.B) {
		for b.Loop() {
			err := db.View(func(tx *store.Tx) error {
				for e, err := range tx.Journal() {
					if err != nil {
						return err
					}
					if _, err := tx.Changes(e.Seq); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				b.Fatal(err)
			}
		}
	})
}
