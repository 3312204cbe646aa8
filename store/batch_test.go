package store_test

import (
	"context"
	"errors"
	"testing"

	"touyan/store"
)

func stagePeople(db *store.DB, n int, then func(*store.Stage) error) (uint64, error) {
	k := kinds.Kind("person")
	return db.Stage(context.Background(), "导入", clerk, func(s *store.Stage) error {
		for range n {
			row := k.Take(&person{Name: "某人"})
			row.ID = store.NewID(db.Now())
			if err := s.Create("person", row); err != nil {
				return err
			}
		}
		s.Later(func(tx *store.Tx) error {
			tx.NoteBatch(store.Batch{Book: "花名册.xlsx", New: n})
			return nil
		})
		return then(s)
	})
}

// Ensure that a staged batch is unseen until its end and then seen whole.
func TestStagedBatchAppearsAtOnce(t *testing.T) {
	db := newLedger(t, township)
	_, err := stagePeople(db, 12_000, func(*store.Stage) error {
		if n := len(people(t, db)); n != 0 {
			t.Errorf("%d people visible during staging", n)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(people(t, db)); n != 12_000 {
		t.Errorf("%d people after the batch", n)
	}
}

// Ensure that a batch which fails halfway leaves the ledger as it was.
func TestFailedBatchLeavesNothing(t *testing.T) {
	db := newLedger(t, township)
	failure := errors.New("cancelled")
	if _, err := stagePeople(db, 12_000, func(*store.Stage) error { return failure }); !errors.Is(err, failure) {
		t.Fatalf("Stage = %v", err)
	}
	put(t, db, &person{Name: "甲"})
	if n := len(people(t, db)); n != 1 {
		t.Errorf("%d people, want the one put after", n)
	}
}

// Ensure that undoing a batch nobody received restores the ledger exactly, and
// undoing the undoing brings the batch back.
func TestUndoUnsentBatch(t *testing.T) {
	db := newLedger(t, township)
	p := &person{Name: "甲", Phone: "13800001111"}
	put(t, db, p)
	var seq uint64
	seq, err := stagePeople(db, 3, func(s *store.Stage) error {
		s.Later(func(tx *store.Tx) error {
			p, err := store.Get[person](tx, p.ID)
			if err != nil {
				return err
			}
			p.Phone = "13900002222"
			return tx.Put(p)
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Undo(seq, clerk, false); err != nil {
		t.Fatal(err)
	}
	got := people(t, db)
	if len(got) != 1 || got[0].Phone != "13800001111" {
		t.Errorf("after undo: %+v", got)
	}
	if _, err := db.Undo(seq, clerk, false); !errors.Is(err, store.ErrUndone) {
		t.Errorf("second undo = %v, want ErrUndone", err)
	}
	if _, err := db.Undo(seq+1, clerk, false); err != nil {
		t.Fatal(err)
	}
	if got := people(t, db); len(got) != 4 || got[0].Phone != "13900002222" {
		t.Errorf("after redo: %+v", got)
	}
}

// Ensure that undoing what was sent travels: records are voided, cells
// rewritten, and whoever received them hears of it.
func TestUndoSentBatchTravels(t *testing.T) {
	db, other := newLedger(t, township), newLedger(t, county)
	seq, err := stagePeople(db, 2, func(*store.Stage) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	send(t, db, other)
	if err := db.Do("上报", clerk, func(tx *store.Tx) error { tx.NoteSent(store.Sent{To: "150426"}); return nil }); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Undo(seq, clerk, false); err != nil {
		t.Fatal(err)
	}
	if n := len(people(t, db)); n != 0 {
		t.Errorf("%d people after undo", n)
	}
	send(t, db, other)
	if n := len(people(t, other)); n != 0 {
		t.Errorf("the county still lists %d", n)
	}
}

// send hands every record's state from one ledger to another.
func send(t testing.TB, from, to *store.DB) {
	t.Helper()
	type state struct {
		kind, id string
		s        store.State
	}
	var all []state
	err := from.View(func(tx *store.Tx) error {
		for _, k := range kinds {
			for row, err := range tx.EveryRow(k.Name) {
				if err != nil {
					return err
				}
				s, _, err := tx.State(k.Name, row.ID)
				if err != nil {
					return err
				}
				all = append(all, state{k.Name, row.ID, s})
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	err = to.Do("合并", clerk, func(tx *store.Tx) error {
		for _, s := range all {
			if _, err := tx.JoinState(s.kind, s.id, s.s); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Ensure that later work on the same cells is listed before an undo, and kept
// if the person says so.
func TestUndoAsksAboutLaterWork(t *testing.T) {
	db := newLedger(t, township)
	seq, err := stagePeople(db, 2, func(*store.Stage) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	p := people(t, db)[0]
	p.Phone = "13800001111"
	put(t, db, p)
	later, err := db.Undo(seq, clerk, false)
	if !errors.Is(err, store.ErrLater) || len(later) != 1 || later[0].ID != p.ID {
		t.Fatalf("Undo = %+v, %v", later, err)
	}
	if n := len(people(t, db)); n != 2 {
		t.Errorf("%d people after a refused undo", n)
	}
	if _, err := db.Undo(seq, clerk, true); err != nil {
		t.Fatal(err)
	}
	if got := people(t, db); len(got) != 1 || got[0].ID != p.ID {
		t.Errorf("kept %+v", got)
	}
}
