package store_test

import (
	"errors"
	"testing"

	"touyan/store"
	"touyan/store/field"
)

// do runs an operation and returns its number.
func do(t testing.TB, db *store.DB, name string, f func(*store.Tx) error) (seq uint64) {
	t.Helper()
	err := db.Do(name, clerk, func(tx *store.Tx) error {
		seq = tx.Seq()
		return f(tx)
	})
	if err != nil {
		t.Fatal(err)
	}
	return seq
}

func row(t testing.TB, db *store.DB, kind, id string) (r field.Row, ok bool) {
	t.Helper()
	err := db.View(func(tx *store.Tx) (err error) {
		r, ok, err = tx.Row(kind, id)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return r, ok
}

func value(t testing.TB, db *store.DB, kind, id, name string) string {
	t.Helper()
	r, _ := row(t, db, kind, id)
	return kinds.Kind(kind).Value(r, name)
}

// Ensure that an edit of joined records, a voiding and a decision write into
// the canonical record alone, so that taking the joining back parts them again.
func TestEditOfJoinedRecordsLeavesTheAliasItsCells(t *testing.T) {
	edits := map[string]func(tx *store.Tx, id string) error{
		"edit": func(tx *store.Tx, id string) error {
			p, err := store.Get[person](tx, id)
			if err != nil {
				return err
			}
			p.Name = "乙"
			return tx.Put(p)
		},
		"void":   func(tx *store.Tx, id string) error { return tx.Void("person", id, "重复录入") },
		"decide": func(tx *store.Tx, id string) error { return tx.Decide("person", id, "name", "乙") },
	}
	for name, edit := range edits {
		t.Run(name, func(t *testing.T) {
			db := newLedger(t, township)
			a, b := &person{Name: "甲"}, &person{Name: "甲", Phone: "13800001111"}
			put(t, db, a)
			put(t, db, b)
			join := do(t, db, "并为一人", func(tx *store.Tx) error { return tx.Same("person", a.ID, b.ID) })
			if got := value(t, db, "person", a.ID, "phone"); got != "13800001111" {
				t.Fatalf("joined phone = %q", got)
			}
			do(t, db, "改", func(tx *store.Tx) error { return edit(tx, b.ID) })
			if _, err := db.Undo(join, clerk, true); err != nil {
				t.Fatal(err)
			}
			if got := value(t, db, "person", a.ID, "phone"); got != "" {
				t.Errorf("the canonical record kept the alias's phone %q", got)
			}
			if got := value(t, db, "person", b.ID, "phone"); got != "13800001111" {
				t.Errorf("the alias's phone = %q", got)
			}
			r, _ := row(t, db, "person", a.ID)
			if r.Void == "" && value(t, db, "person", a.ID, "name") != "乙" {
				t.Errorf("the edit is lost: %+v", r)
			}
		})
	}
}

// Ensure that putting back a record whose reference is shown under another id
// changes nothing.
func TestCanonicalReferenceIsNoChange(t *testing.T) {
	db := newLedger(t, township)
	v, w := &village{Name: "前进嘎查"}, &village{Name: "前进嘎查"}
	put(t, db, v)
	put(t, db, w)
	p := &person{Name: "甲", Village: w.ID}
	put(t, db, p)
	do(t, db, "并为一村", func(tx *store.Tx) error { return tx.Same("village", v.ID, w.ID) })
	put(t, db, people(t, db)[0])
	db.View(func(tx *store.Tx) error {
		if tx.Seq() != 4 {
			t.Errorf("last operation is %d, want 4", tx.Seq())
		}
		return nil
	})
}

// Ensure that work on the record an undone one was found to be counts as later
// work on both.
func TestLaterWorkIsFoundThroughAliases(t *testing.T) {
	db := newLedger(t, township)
	a := &person{Name: "甲"}
	put(t, db, a)
	b := &person{Name: "甲", Phone: "13800001111"}
	seq := do(t, db, "导入", func(tx *store.Tx) error {
		if err := tx.Put(b); err != nil {
			return err
		}
		return tx.Same("person", a.ID, b.ID)
	})
	p := people(t, db)[0]
	p.Phone = "13900002222"
	put(t, db, p)
	later, err := db.Undo(seq, clerk, false)
	if !errors.Is(err, store.ErrLater) || len(later) != 1 || later[0].ID != b.ID {
		t.Fatalf("Undo = %+v, %v", later, err)
	}
	if _, err := db.Undo(seq, clerk, true); err != nil {
		t.Fatal(err)
	}
	if got := value(t, db, "person", a.ID, "phone"); got != "13900002222" {
		t.Errorf("phone = %q", got)
	}
}

// Ensure that a record created and then changed by one batch counts as created:
// any later work on it is told and keeps it.
func TestCreatedThenChangedCountsAsCreated(t *testing.T) {
	db := newLedger(t, township)
	var id string
	seq, err := stagePeople(db, 1, func(s *store.Stage) error {
		s.Later(func(tx *store.Tx) error {
			for p, err := range store.All[person](tx) {
				if err != nil {
					return err
				}
				p.Phone, id = "13800001111", p.ID
				return tx.Put(p)
			}
			return nil
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	p := people(t, db)[0]
	p.Name = "乙"
	put(t, db, p)
	later, err := db.Undo(seq, clerk, false)
	if !errors.Is(err, store.ErrLater) || len(later) != 1 || later[0].Field != "" {
		t.Fatalf("Undo = %+v, %v", later, err)
	}
	if _, err := db.Undo(seq, clerk, true); err != nil {
		t.Fatal(err)
	}
	if got := people(t, db); len(got) != 1 || got[0].ID != id || got[0].Phone != "13800001111" {
		t.Errorf("kept %+v", got)
	}
}

// phones lists the standing values of a person's phone, the shown one first.
func phones(t testing.TB, db *store.DB, id string) (out []string) {
	t.Helper()
	out = append(out, value(t, db, "person", id, "phone"))
	db.View(func(tx *store.Tx) error {
		s, _, err := tx.State("person", id)
		for _, v := range s["phone"].Standing(field.NoLevel) {
			if v.Value != out[0] {
				out = append(out, v.Value)
			}
		}
		return err
	})
	return out
}

// Ensure that undoing a sent batch brings a conflict back that stood before it,
// here and at whoever received the batch.
func TestUndoOfSentBatchSettlesNothing(t *testing.T) {
	batches := map[string]func(tx *store.Tx, p *person) error{
		"edit": func(tx *store.Tx, p *person) error {
			q, err := store.Get[person](tx, p.ID)
			if err != nil {
				return err
			}
			q.Phone = "3"
			return tx.Put(q)
		},
		"decision": func(tx *store.Tx, p *person) error { return tx.Decide("person", p.ID, "phone", "3") },
		"decision for theirs": func(tx *store.Tx, p *person) error {
			return tx.Decide("person", p.ID, "phone", "2")
		},
		"book with a decision": func(tx *store.Tx, p *person) error {
			s, _, err := tx.State("person", p.ID)
			if err != nil {
				return err
			}
			v := store.Version{Dot: store.Dot{Ledger: "\xffcounty.", Counter: 7}, Value: "3", Level: field.County, Office: county.Code, Decision: true}
			v.Knew = s["phone"].Known().With(store.Writing{Dot: store.Dot{Ledger: v.Ledger, Counter: 3}, Record: p.ID})
			_, err = tx.JoinState("person", p.ID, store.State{"phone": {v}})
			return err
		},
		"book that adds to the conflict": func(tx *store.Tx, p *person) error {
			v := store.Version{Dot: store.Dot{Ledger: "\xffbanner.", Counter: 7}, Value: "3", Level: field.County, Office: "150427"}
			_, err := tx.JoinState("person", p.ID, store.State{"phone": {v}})
			return err
		},
	}
	for name, batch := range batches {
		t.Run(name, func(t *testing.T) {
			db, other := newLedger(t, township), newLedger(t, county)
			p := &person{Name: "甲", Phone: "1"}
			put(t, db, p)
			do(t, db, "合并", func(tx *store.Tx) error {
				v := store.Version{Dot: store.Dot{Ledger: "\xffcounty.", Counter: 3}, Value: "2", Level: field.County, Office: county.Code}
				_, err := tx.JoinState("person", p.ID, store.State{"phone": {v}})
				return err
			})
			if got := phones(t, db, p.ID); len(got) != 2 || got[0] != "1" {
				t.Fatalf("before: %q", got)
			}
			seq := do(t, db, "合并", func(tx *store.Tx) error { return batch(tx, p) })
			send(t, db, other)
			noteSent(t, db)
			if _, err := db.Undo(seq, clerk, false); err != nil {
				t.Fatal(err)
			}
			if got := phones(t, db, p.ID); len(got) != 2 || got[0] != "1" || got[1] != "2" {
				t.Errorf("after: %q, want 1 shown and 2 against it", got)
			}
			send(t, db, other)
			if got := phones(t, other, p.ID); len(got) != 2 || got[0] != "2" || got[1] != "1" {
				t.Errorf("at the county: %q, want 2 shown and 1 against it", got)
			}
		})
	}
}
