package check_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"touyan/store"
	"touyan/store/check"
	"touyan/store/field"
	"touyan/store/record"
)

func waiting(t testing.TB, db *store.DB, on field.Date, drafts []string, most int) (out []check.Wait) {
	t.Helper()
	err := db.View(func(tx *store.Tx) (err error) {
		s, err := check.Look(tx, on)
		if err == nil {
			out, err = s.Waiting(drafts, most)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func told(list []check.Wait) (out []string) {
	for _, w := range list {
		late := ""
		if w.Late {
			late = "已过"
		}
		out = append(out, strings.TrimSpace(fmt.Sprintf("%s %s %s %d %s%s", w.Room, w.What, w.For, w.Count, w.Until.Office(), late)))
	}
	return out
}

func wantTold(t testing.TB, list []check.Wait, want ...string) {
	t.Helper()
	got := told(list)
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
	for _, w := range list {
		if w.Reason == "" || !strings.HasSuffix(w.Reason, "。") || w.For == "" {
			t.Errorf("half a thing: %+v", w)
		}
	}
}

// Ensure that nothing waits where nothing is wrong.
func TestNothingWaits(t *testing.T) {
	db, s := create(t, false), newSound()
	s.put(t, db)
	wantTold(t, waiting(t, db, today, nil, 0))
}

// Ensure that what waits is told by its deadline, what has none after it, each
// with the record to open, and no more than asked for.
func TestWaiting(t *testing.T) {
	db, s := create(t, false), newSound()
	s.first.To = day("2025-12")           // vacant since
	s.village.Elected = day("2021-06")    // ends next month
	s.reserve.State = "1"                 // nobody in the pool
	s.leader.Phone, s.other.IDNo = "", "" // one missing cell, of somebody in post
	later := &record.Village{Head: field.Head{ID: store.NewID(time.Now())}, Office: s.office.ID, Name: "后山村", Elected: day("2021-06")}
	s.more = append(s.more, later, &record.Post{Person: s.other.ID, Village: later.ID, Position: record.Secretary, From: day("2021-06"), Filing: record.OutcomeAgreed},
		&record.Reserve{Person: s.leader.ID, Village: later.ID, Source: "1", State: record.InTraining})
	s.put(t, db)
	err := db.Do("合并", clerk, func(tx *store.Tx) error {
		in := store.State{"phone": {{Dot: store.DerivedDot(store.Digest("theirs")), Value: "15400000009", Level: field.County, Office: "150426"}}}
		if _, err := tx.JoinState("person", s.other.ID, in); err != nil {
			return err
		}
		tx.NoteBatch(store.Batch{Book: "退回.xlsx", Form: "人员登记表", Refused: 3})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	list := waiting(t, db, today, []string{"post/" + s.head.ID, "village/new"}, 0)
	wantTold(t, list,
		"vacancies 选配党组织书记 前进嘎查 1 2026.03已过",
		"terms 准备换届 前进嘎查、后山村 2 2026.06",
		"conflicts 裁定两边不一致的内容 乌云高娃 1",
		"drafts 完成草稿 宝音图 前进嘎查 村委会主任 1",
		"drafts 完成草稿 嘎查村 1",
		"batches 补改没有导入的行 “退回.xlsx” 3",
		"reserves 摸排后备力量 前进嘎查 1",
		"problems 核对：内容不全 宝音图、乌云高娃 2")
	if w := list[0]; w.Kind != "village" || w.ID != s.village.ID {
		t.Errorf("the vacancy opens %s %s", w.Kind, w.ID)
	}
	if w := list[2]; w.Kind != "person" || w.ID != s.other.ID || w.Field != "phone" {
		t.Errorf("the conflict opens %s %s %s", w.Kind, w.ID, w.Field)
	}
	wantTold(t, waiting(t, db, today, nil, 2), told(list[:2])...)
}

// Ensure that villages without 书记 since one day are told one by one if they
// are two, and together, with their ids, if there are more.
func TestManyVacancies(t *testing.T) {
	for n, want := range map[int]string{
		2: "vacancies 选配党组织书记 前进嘎查 1|vacancies 选配党组织书记 后山1村 1",
		3: "vacancies 选配党组织书记 前进嘎查等3个嘎查村 3",
	} {
		db, s := create(t, false), newSound()
		s.first.Position = record.DeputySecretary
		for i := range n - 1 {
			v := &record.Village{Head: field.Head{ID: store.NewID(time.Now())}, Office: s.office.ID, Name: fmt.Sprintf("后山%d村", i+1)}
			s.more = append(s.more, v, &record.Reserve{Person: s.other.ID, Village: v.ID, Source: "1", State: record.InTraining})
		}
		s.put(t, db)
		var got []check.Wait
		for _, w := range waiting(t, db, today, nil, 0) {
			if w.Room == check.Vacancies {
				got = append(got, w)
			}
		}
		if text := strings.Join(told(got), "|"); text != want || n > 2 && len(got[0].IDs) != n {
			t.Errorf("%d villages: %s %v", n, text, got[0].IDs)
		}
	}
}

// Ensure that rows a book could not bring stop waiting once a later book of the
// form came in whole, the batch was undone, or a month has passed.
func TestRefusedRowsRest(t *testing.T) {
	for _, c := range []struct {
		name  string
		after func(t *testing.T, db *store.DB, seq uint64)
		on    field.Date
		waits bool
	}{
		{"as it was", nil, today, true},
		{"thirty days later", nil, day("2026-06-07"), true},
		{"a day later still", nil, day("2026-06-08"), false},
		{"the rest came in", func(t *testing.T, db *store.DB, _ uint64) { batch(t, db, "花名册", 0) }, today, false},
		{"another form came in", func(t *testing.T, db *store.DB, _ uint64) { batch(t, db, "基本情况表", 0) }, today, true},
		{"undone", func(t *testing.T, db *store.DB, seq uint64) {
			if _, err := db.Undo(seq, clerk, false); err != nil {
				t.Fatal(err)
			}
		}, today, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			db, s := create(t, false), newSound()
			s.put(t, db)
			seq := batch(t, db, "花名册", 2)
			if c.after != nil {
				c.after(t, db, seq)
			}
			found := false
			for _, w := range waiting(t, db, c.on, nil, 0) {
				found = found || w.Room == check.Batches && w.Seq == seq && w.Count == 2
			}
			if found != c.waits {
				t.Errorf("waits: %v, want %v", found, c.waits)
			}
		})
	}
}

func batch(t *testing.T, db *store.DB, form string, refused int) (seq uint64) {
	t.Helper()
	err := db.Do("导入", clerk, func(tx *store.Tx) error {
		seq = tx.Seq()
		tx.NoteBatch(store.Batch{Book: form + ".xlsx", Form: form, Refused: refused})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return seq
}
