package store_test

import (
	"errors"
	"slices"
	"testing"

	"touyan/store"
)

// entriesBefore is what the journal tells before an entry.
func entriesBefore(t *testing.T, db *store.DB, seq uint64) (list []uint64) {
	t.Helper()
	err := db.View(func(tx *store.Tx) error {
		for e, err := range tx.JournalBefore(seq) {
			if err != nil {
				return err
			}
			list = append(list, e.Seq)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// Ensure that a journal is read on from any entry, also from one that is not
// there yet.
func TestJournalBefore(t *testing.T) {
	db := newLedger(t, township)
	for range 3 {
		put(t, db, &person{Name: "乌兰"})
	}
	for _, c := range []struct {
		seq  uint64
		want []uint64
	}{{0, []uint64{3, 2, 1}}, {3, []uint64{2, 1}}, {2, []uint64{1}}, {1, nil}, {9, []uint64{3, 2, 1}}} {
		if got := entriesBefore(t, db, c.seq); !slices.Equal(got, c.want) {
			t.Errorf("before %d: %v, want %v", c.seq, got, c.want)
		}
	}
}

// Ensure that what one operation did is told as it was then: of each record it
// touched, its own cells before and after, whatever was done to them later.
func TestDidTellsOneOperation(t *testing.T) {
	db := newLedger(t, township)
	p, q := &person{Name: "乌兰"}, &person{Name: "苏和"}
	do(t, db, "录入", func(tx *store.Tx) error { return errors.Join(tx.Put(p), tx.Put(q)) })
	do(t, db, "更正", func(tx *store.Tx) error {
		p.Phone, q.Phone = "13800001111", "13800002222"
		return errors.Join(tx.Put(p), tx.Put(q))
	})
	do(t, db, "再改", func(tx *store.Tx) error { p.Phone = "13800003333"; return tx.Put(p) })
	err := db.View(func(tx *store.Tx) error {
		list, more, err := tx.Did(2, 10)
		if err != nil || more != 0 || len(list) != 2 {
			t.Fatalf("Did = %+v, %d, %v", list, more, err)
		}
		for _, d := range list {
			if len(d.Cells) != 1 || d.Cells[0].Was != "" || d.ID == p.ID && d.Cells[0].Now != "13800001111" {
				t.Errorf("did %+v", d)
			}
		}
		list, _, err = tx.Did(1, 10)
		if err != nil || len(list) != 2 || !list[0].Created {
			t.Errorf("the making: %+v, %v", list, err)
		}
		list, more, err = tx.Did(2, 1)
		if err != nil || len(list) != 1 || more != 1 {
			t.Errorf("of one record: %d and %d more, %v", len(list), more, err)
		}
		list, _, err = tx.Did(99, 10)
		if err != nil || list != nil {
			t.Errorf("of no operation: %+v, %v", list, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Ensure that who reads no record learns from an operation no more than its head
// says.
func TestDidNeedsAKey(t *testing.T) {
	db, _ := protected(t)
	addUser(t, db, "审计", clerkWord, store.Auditor)
	do(t, db, "录入", func(tx *store.Tx) error { return tx.Put(&person{Name: "乌兰"}) })
	var seq uint64
	if err := db.View(func(tx *store.Tx) error { seq = tx.Seq(); return nil }); err != nil {
		t.Fatal(err)
	}
	login(t, db, "审计", clerkWord)
	err := db.View(func(tx *store.Tx) error {
		_, _, err := tx.Did(seq, 10)
		return err
	})
	if !errors.Is(err, store.ErrNoRight) {
		t.Errorf("Did = %v", err)
	}
}
