package store_test

import (
	"errors"
	"testing"

	"touyan/store"
)

// Ensure that what undoing would do is told before it is done, with what was
// changed again meanwhile, and that nothing is done by looking.
func TestReturn(t *testing.T) {
	db := newLedger(t, township)
	p := &person{Name: "甲", Phone: "13800001111"}
	put(t, db, p)
	edit := func(number string) (seq uint64) {
		t.Helper()
		err := db.Do("更正", clerk, func(tx *store.Tx) error {
			seq = tx.Seq()
			p, err := store.Get[person](tx, p.ID)
			if err != nil {
				return err
			}
			p.Phone = number
			return tx.Put(p)
		})
		if err != nil {
			t.Fatal(err)
		}
		return seq
	}
	first := edit("13900002222")
	look := func(seq uint64) (r store.Return) {
		t.Helper()
		if err := db.View(func(tx *store.Tx) (err error) {
			r, err = tx.Return(seq)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		return r
	}
	if r := look(first); len(r.Changes) != 1 || r.Changes[0].Was["phone"] != "13800001111" || len(r.Later) != 0 || r.Sent || r.Undone {
		t.Errorf("undoing would do %+v", r)
	}
	second := edit("13900003333")
	if r := look(first); len(r.Later) != 1 || r.Later[0].Seq != second {
		t.Errorf("after a later edit it would do %+v", r)
	}
	if err := db.Do("上报", clerk, func(tx *store.Tx) error { tx.NoteSent(store.Sent{To: "150426"}); return nil }); err != nil {
		t.Fatal(err)
	}
	if r := look(second); !r.Sent {
		t.Error("a book has left, and that is not told")
	}
	if _, err := db.Undo(second, clerk, false); err != nil {
		t.Fatal(err)
	}
	if r := look(second); !r.Undone {
		t.Error("what was taken back would be taken back again")
	}
	err := db.View(func(tx *store.Tx) error { _, err := tx.Return(99); return err })
	if !errors.Is(err, store.ErrNoBatch) {
		t.Errorf("an operation that never was gives %v", err)
	}
}
