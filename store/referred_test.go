package store_test

import (
	"errors"
	"slices"
	"testing"

	"touyan/store"
)

// noteSent makes everything before it count as sent.
func noteSent(t testing.TB, db *store.DB) {
	t.Helper()
	do(t, db, "上报", func(tx *store.Tx) error { tx.NoteSent(store.Sent{To: "150426"}); return nil })
}

// Ensure that a record later work refers to is told and kept, sent or not.
func TestUndoKeepsWhatLaterWorkRefersTo(t *testing.T) {
	for _, sent := range []bool{false, true} {
		db := newLedger(t, township)
		v, unused := &village{Name: "前进嘎查"}, &village{Name: "红星嘎查"}
		seq := do(t, db, "导入", func(tx *store.Tx) error { return errors.Join(tx.Put(v), tx.Put(unused)) })
		p := &person{Name: "甲", Village: v.ID}
		put(t, db, p)
		if sent {
			noteSent(t, db)
		}
		later, err := db.Undo(seq, clerk, false)
		want := store.Later{Kind: "village", ID: v.ID, Op: "录入", Seq: seq + 1}
		if !errors.Is(err, store.ErrLater) || len(later) != 1 || later[0] != want {
			t.Fatalf("sent %v: Undo = %+v, %v; want %+v", sent, later, err, want)
		}
		if _, err := db.Undo(seq, clerk, true); err != nil {
			t.Fatal(err)
		}
		if r, ok := row(t, db, "village", v.ID); !ok || r.Void != "" {
			t.Errorf("sent %v: the village of a later person is gone: %+v", sent, r)
		}
		if r, ok := row(t, db, "village", unused.ID); ok && r.Void == "" {
			t.Errorf("sent %v: the village nobody refers to stayed", sent)
		}
	}
}

// Ensure that a kept record keeps what it refers to in its turn.
func TestKeptRecordsKeepWhatTheyReferTo(t *testing.T) {
	for _, sent := range []bool{false, true} {
		db := newLedger(t, township)
		v := &village{Name: "前进嘎查"}
		p, q := &person{Name: "甲"}, &person{Name: "乙"}
		seq := do(t, db, "导入", func(tx *store.Tx) error {
			if err := tx.Put(v); err != nil {
				return err
			}
			p.Village, q.Village = v.ID, v.ID
			return errors.Join(tx.Put(p), tx.Put(q))
		})
		p.Phone = "13800001111"
		put(t, db, p)
		if sent {
			noteSent(t, db)
		}
		later, err := db.Undo(seq, clerk, true)
		if err != nil || len(later) != 2 {
			t.Fatalf("sent %v: Undo = %+v, %v", sent, later, err)
		}
		if got := people(t, db); len(got) != 1 || got[0].ID != p.ID {
			t.Errorf("sent %v: people %+v", sent, got)
		}
		if r, ok := row(t, db, "village", v.ID); !ok || r.Void != "" {
			t.Errorf("sent %v: the kept person's village is gone", sent)
		}
	}
}

// Ensure that references the undo itself takes back hold nothing, nor do those
// of work already undone.
func TestUndoneReferencesHoldNothing(t *testing.T) {
	for _, sent := range []bool{false, true} {
		db := newLedger(t, township)
		old := &person{Name: "丙"}
		put(t, db, old)
		v := &village{Name: "前进嘎查"}
		seq := do(t, db, "导入", func(tx *store.Tx) error {
			if err := tx.Put(v); err != nil {
				return err
			}
			old.Village = v.ID
			return errors.Join(tx.Put(old), tx.Put(&person{Name: "甲", Village: v.ID}))
		})
		put(t, db, &person{Name: "乙", Village: v.ID})
		if sent {
			noteSent(t, db)
		}
		if _, err := db.Undo(seq+1, clerk, false); err != nil {
			t.Fatal(err)
		}
		if later, err := db.Undo(seq, clerk, false); err != nil {
			t.Errorf("sent %v: Undo = %+v, %v", sent, later, err)
		}
		if got := value(t, db, "person", old.ID, "village"); got != "" {
			t.Errorf("sent %v: village = %q", sent, got)
		}
	}
}

// Ensure that an older record's changed reference, kept for later work on it,
// keeps what it refers to.
func TestKeptCellKeepsWhatItRefersTo(t *testing.T) {
	db := newLedger(t, township)
	p := &person{Name: "甲"}
	put(t, db, p)
	v, w := &village{Name: "前进嘎查"}, &village{Name: "红星嘎查"}
	seq := do(t, db, "导入", func(tx *store.Tx) error {
		if err := errors.Join(tx.Put(v), tx.Put(w)); err != nil {
			return err
		}
		p.Village = v.ID
		return tx.Put(p)
	})
	p.Village = w.ID
	put(t, db, p)
	later, err := db.Undo(seq, clerk, true)
	if err != nil || len(later) != 2 {
		t.Fatalf("Undo = %+v, %v", later, err)
	}
	if _, ok := row(t, db, "village", w.ID); !ok {
		t.Error("the village moved to is gone")
	}
	if _, ok := row(t, db, "village", v.ID); ok {
		t.Error("the village moved from stayed")
	}
}

// Ensure that a reference which a joined record no longer shows, or shows only
// through its alias, is told as it is shown.
func TestReferringIsWhatIsShown(t *testing.T) {
	db := newLedger(t, township)
	v, w := &village{Name: "前进嘎查"}, &village{Name: "红星嘎查"}
	put(t, db, v)
	put(t, db, w)
	a, b := &person{Name: "甲"}, &person{Name: "甲", Village: v.ID}
	put(t, db, a)
	put(t, db, b)
	referring := func(when string, village *village, want ...string) {
		t.Helper()
		var ids []string
		err := db.View(func(tx *store.Tx) error {
			links, err := tx.Referring(village.ID)
			for _, l := range links {
				ids = append(ids, l.ID)
			}
			return err
		})
		if err != nil || !slices.Equal(ids, want) {
			t.Errorf("%s: %s is referred to by %v, want %v; %v", when, village.Name, ids, want, err)
		}
	}
	seq := same(t, db, a, b)
	referring("joined", v, a.ID)
	p := people(t, db)[0]
	p.Village = w.ID
	put(t, db, p)
	referring("moved", v)
	referring("moved", w, a.ID)
	if _, err := db.Undo(seq, clerk, false); err != nil {
		t.Fatal(err)
	}
	referring("taken apart", v, b.ID)
	referring("taken apart", w, a.ID)
}
