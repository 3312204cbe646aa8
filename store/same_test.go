package store_test

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
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
// whoever sends first, and that a cell the twins agree on is no conflict.
func TestTwinsAreJoinedAlikeEverywhere(t *testing.T) {
	a, b := newLedger(t, township), newLedger(t, county)
	keep, alias := twins(t, a)
	send(t, a, b)
	same(t, a, keep, alias)
	same(t, b, keep, alias)
	x, y := state(t, a, keep.ID), state(t, b, keep.ID)
	if !reflect.DeepEqual(x["phone"], y["phone"]) {
		t.Errorf("township %+v, county %+v", x["phone"], y["phone"])
	}
	if c := x["name"]; len(c) != 2 || c.Conflict(field.NoLevel) {
		t.Errorf("name = %+v, want the word of both", c)
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

// Ensure that what one ledger wrote in one record is not taken for overwritten
// by what it wrote later in another, whichever is found to be the other.
func TestJoiningOverwritesNothing(t *testing.T) {
	for _, elderFirst := range []bool{true, false} {
		db := newLedger(t, township)
		a, b := &person{Name: "甲", Phone: "1"}, &person{Name: "甲"}
		put(t, db, a)
		put(t, db, b)
		elder, younger := a, b
		if !elderFirst {
			elder, younger = b, a
		}
		elder.Phone = "5"
		put(t, db, elder)
		younger.Phone = "6"
		put(t, db, younger)
		younger.Phone = "7"
		put(t, db, younger)
		same(t, db, a, b)
		if got := phones(t, db, a.ID); !slices.Equal(got, []string{"7", "5"}) {
			t.Errorf("elder first %v: %q, want the latest word and the other record's", elderFirst, got)
		}
	}
}

// Ensure that who writes into a conflict of three, or decides it, replaces what
// he saw and nothing else.
func TestWritingCoversWhatWasSeen(t *testing.T) {
	db := newLedger(t, township)
	var three []*person
	for _, phone := range []string{"a", "b", "a"} {
		p := &person{Name: "甲", Phone: phone}
		put(t, db, p)
		three = append(three, p)
	}
	same(t, db, three[0], three[1])
	late := &person{Name: "甲", Phone: "d"}
	put(t, db, late)
	same(t, db, three[1], three[2])
	if got := phones(t, db, three[0].ID); !slices.Equal(got, []string{"a", "b"}) {
		t.Fatalf("joined: %q", got)
	}
	p, err := get(db, three[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	p.Phone = "c"
	put(t, db, p)
	if got := phones(t, db, p.ID); !slices.Equal(got, []string{"c", "b"}) {
		t.Errorf("after the edit: %q, want both a replaced and b against it", got)
	}
	do(t, db, "裁定", func(tx *store.Tx) error { return tx.Decide("person", p.ID, "phone", "c") })
	same(t, db, p, late)
	if got := phones(t, db, p.ID); len(got) != 2 || !slices.Contains(got, "c") || !slices.Contains(got, "d") {
		t.Errorf("after the decision: %q, want c and d, which was not decided about", got)
	}
}

func get(db *store.DB, id string) (p *person, err error) {
	err = db.View(func(tx *store.Tx) (err error) { p, err = store.Get[person](tx, id); return err })
	return p, err
}

// Ensure that what comes in under a joined record's id lies with the record it
// was written in, and is there when the two are taken apart.
func TestNewsOfAnAliasStaysItsOwn(t *testing.T) {
	db, other := newLedger(t, township), newLedger(t, county)
	keep, alias := twins(t, db)
	send(t, db, other)
	alias.Phone = "9"
	put(t, other, alias)
	seq := same(t, db, keep, alias)
	news := state(t, other, alias.ID)
	do(t, db, "合并", func(tx *store.Tx) error {
		_, err := tx.JoinState("person", keep.ID, news)
		return err
	})
	if got := phones(t, db, keep.ID); len(got) != 2 || !slices.Contains(got, "1") || !slices.Contains(got, "9") {
		t.Errorf("joined: %q, want 1 and 9", got)
	}
	if _, err := db.Undo(seq, clerk, false); err != nil {
		t.Fatal(err)
	}
	if got := phones(t, db, keep.ID); !slices.Equal(got, []string{"1"}) {
		t.Errorf("taken apart, the one: %q", got)
	}
	if got := phones(t, db, alias.ID); !slices.Equal(got, []string{"9"}) {
		t.Errorf("taken apart, the other: %q", got)
	}
}

// Ensure that a finding taken back can be made again, and that neither the
// finding nor its taking back is lost over the other.
func TestSameAgainAfterParting(t *testing.T) {
	db, other := newLedger(t, township), newLedger(t, county)
	keep, alias := twins(t, db)
	seq := same(t, db, keep, alias)
	noteSent(t, db)
	if _, err := db.Undo(seq, clerk, false); err != nil {
		t.Fatal(err)
	}
	for _, want := range []int{2, 1} {
		if got := len(people(t, db)); got != want {
			t.Fatalf("%d people, want %d", got, want)
		}
		send(t, db, other)
		if got := len(people(t, other)); want == 2 && got != want {
			t.Fatalf("%d people at the county, want %d", got, want)
		}
		same(t, db, keep, alias)
	}
}

// Ensure that a record linked to two others by two offices is one with both.
func TestFindingsAddUp(t *testing.T) {
	db, other := newLedger(t, township), newLedger(t, county)
	var three []*person
	for range 3 {
		p := &person{Name: "甲"}
		put(t, db, p)
		three = append(three, p)
	}
	send(t, db, other)
	same(t, db, three[0], three[2])
	same(t, other, three[1], three[2])
	cell, err := store.Cell(nil), error(nil)
	other.View(func(tx *store.Tx) error { cell, err = tx.OwnCell("person", three[2].ID, store.SameCell); return err })
	if err != nil {
		t.Fatal(err)
	}
	seq := do(t, db, "合并", func(tx *store.Tx) error {
		if _, err := tx.JoinState("person", three[2].ID, store.State{store.SameCell: cell}); err != nil {
			return err
		}
		list, err := tx.Conflicts()
		if len(list) > 0 {
			t.Errorf("conflicts %+v: what was found does not contradict", list)
		}
		return err
	})
	if got := people(t, db); len(got) != 1 || got[0].ID != three[0].ID {
		t.Errorf("people %+v, want one under the smallest id", got)
	}
	reopened := open(t, copyOf(t, db))
	if got := people(t, reopened); len(got) != 1 {
		t.Errorf("reopened: people %+v", got)
	}
	if _, err := db.Undo(seq, clerk, false); err != nil {
		t.Fatal(err)
	}
	if got := people(t, db); len(got) != 2 {
		t.Errorf("taken back: people %+v", got)
	}
}

func copyOf(t *testing.T, db *store.DB) string {
	t.Helper()
	b, err := os.ReadFile(db.Path())
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "copy.touyan")
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
