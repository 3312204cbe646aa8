package store_test

import (
	"reflect"
	"testing"

	"touyan/store"
	"touyan/store/field"
)

// twins writes two records in one operation, so that their cells share a dot.
func twins(t testing.TB, db *store.DB) (keep, alias *person) {
	t.Helper()
	keep, alias = &person{Name: "甲", Phone: "1"}, &person{Name: "甲", Phone: "2"}
	do(t, db, "导入", func(tx *store.Tx) error {
		if err := tx.Put(keep); err != nil {
			return err
		}
		return tx.Put(alias)
	})
	return keep, alias
}

func same(t testing.TB, db *store.DB, a, b *person) (seq uint64) {
	t.Helper()
	return do(t, db, "并为一人", func(tx *store.Tx) error { return tx.Same("person", a.ID, b.ID) })
}

func state(t testing.TB, db *store.DB, id string) (s store.State) {
	t.Helper()
	err := db.View(func(tx *store.Tx) (err error) {
		s, _, err = tx.State("person", id)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Ensure that of two values one operation wrote into two records, an edit of
// the joined record replaces the one that was shown and not the other, even
// when an old book brings the other again.
func TestEditOfTwinsCoversWhatWasShown(t *testing.T) {
	db := newLedger(t, township)
	keep, alias := twins(t, db)
	before := state(t, db, alias.ID)
	same(t, db, keep, alias)
	shown := phones(t, db, keep.ID)
	if len(shown) != 2 {
		t.Fatalf("joined: %q, want both phones", shown)
	}
	stands := func(when string) {
		t.Helper()
		if got := phones(t, db, keep.ID); len(got) != 2 || got[0] != "3" && got[1] != "3" || got[0] != shown[1] && got[1] != shown[1] {
			t.Errorf("%s: %q, want 3 and %s", when, got, shown[1])
		}
	}
	p := people(t, db)[0]
	p.Phone = "3"
	put(t, db, p)
	stands("after the edit")
	do(t, db, "合并", func(tx *store.Tx) error {
		_, err := tx.JoinState("person", alias.ID, before)
		return err
	})
	if got := state(t, db, keep.ID)["phone"]; !got.Conflict(field.NoLevel) {
		t.Errorf("after an old book: %+v", got)
	}
}

// Ensure that two offices which join the same twins hold the same afterwards,
// whoever sends first, and that a cell the twins agree on keeps its stamp.
func TestTwinsAreJoinedAlikeEverywhere(t *testing.T) {
	a, b := newLedger(t, township), newLedger(t, county)
	keep, alias := twins(t, a)
	send(t, a, b)
	name := state(t, a, alias.ID)["name"]
	same(t, a, keep, alias)
	same(t, b, keep, alias)
	x, y := state(t, a, keep.ID), state(t, b, keep.ID)
	if !reflect.DeepEqual(x["phone"], y["phone"]) {
		t.Errorf("township %+v, county %+v", x["phone"], y["phone"])
	}
	if !reflect.DeepEqual(x["name"], name) {
		t.Errorf("name = %+v, want %+v", x["name"], name)
	}
	send(t, a, b)
	send(t, b, a)
	if x, y := state(t, a, keep.ID), state(t, b, keep.ID); !reflect.DeepEqual(x["phone"], y["phone"]) {
		t.Errorf("exchanged: township %+v, county %+v", x["phone"], y["phone"])
	}
}

// Ensure that a twin which is itself joined to a third keeps its value, and
// that taking the joining back leaves each record what it held.
func TestTwinsPartAgain(t *testing.T) {
	for _, sent := range []bool{false, true} {
		db := newLedger(t, township)
		keep, alias := twins(t, db)
		third := &person{Name: "甲"}
		put(t, db, third)
		same(t, db, alias, third)
		kept, held := state(t, db, keep.ID), state(t, db, alias.ID)
		seq := same(t, db, keep, third)
		if got := phones(t, db, third.ID); len(got) != 2 {
			t.Errorf("sent %v: joined: %q", sent, got)
		}
		if sent {
			noteSent(t, db)
		}
		if _, err := db.Undo(seq, clerk, false); err != nil {
			t.Fatal(err)
		}
		if got := state(t, db, keep.ID); !reflect.DeepEqual(got["phone"], kept["phone"]) {
			t.Errorf("sent %v: the first holds %+v, want %+v", sent, got["phone"], kept["phone"])
		}
		if got := phones(t, db, alias.ID); len(got) != 1 || got[0] != "2" {
			t.Errorf("sent %v: the second shows %q", sent, got)
		}
		if got := state(t, db, alias.ID); !sent && !reflect.DeepEqual(got["phone"], held["phone"]) {
			t.Errorf("the second holds %+v, want %+v", got["phone"], held["phone"])
		}
	}
}
