package exchange_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"touyan/store"
	"touyan/store/record"
	"touyan/store/work"
)

// Ensure that a joining by hand travels, that everybody's word on either record
// stands until somebody decides, and that taking it back travels too and leaves
// each record what it had, at whichever office.
func TestJoiningTravelsThereAndBack(t *testing.T) {
	dir, now := t.TempDir(), clock()
	a, b := newOffice(t, dir, township, now), newOffice(t, dir, county, now)
	closeAll(t, a, b)
	threeVillages(t, a)
	p, q := personCalled(t, a, "白音达来"), personCalled(t, a, "李秀云")
	if p.ID > q.ID {
		p, q = q, p
	}
	books := 0
	exchange := func(from, to *store.DB) {
		t.Helper()
		books++
		path := filepath.Join(dir, strings.Repeat("b", books)+".xlsx")
		send(t, from, to.Office(), path)
		before := len(conflicts(t, to))
		r := receive(t, to, path)
		if got := len(conflicts(t, to)) - before; r.Conflicts != max(got, 0) {
			t.Errorf("book %d: the report speaks of %d conflicts, there are %d more", books, r.Conflicts, got)
		}
		if again := receive(t, to, path); again.New+again.Updated+again.Conflicts > 0 {
			t.Errorf("book %d the second time: %+v", books, again)
		}
	}
	exchange(a, b)
	seq := uint64(0)
	do(t, a, func(tx *store.Tx) error { seq = tx.Seq(); return tx.Same("person", p.ID, q.ID) })
	exchange(a, b)
	for _, db := range []*store.DB{a, b} {
		if got := heldPhones(t, db, p.ID); !slices.Equal(got, slices.Sorted(slices.Values([]string{p.Phone, q.Phone}))) {
			t.Errorf("%s, joined: %v", db.Office().Name, got)
		}
	}
	do(t, b, func(tx *store.Tx) error {
		p, err := store.Get[record.Person](tx, q.ID)
		if err != nil {
			return err
		}
		p.Phone = "19900000003"
		return tx.Put(p)
	})
	exchange(b, a)
	if got := heldPhones(t, a, p.ID); len(got) != 2 || !slices.Contains(got, "19900000003") {
		t.Errorf("edited at the county: %v", got)
	}
	if _, err := a.Undo(seq, clerk, false); err != nil {
		t.Fatal(err)
	}
	exchange(a, b)
	exchange(b, a)
	exchange(a, b)
	if x, y := ledger(t, a), ledger(t, b); x != y {
		t.Errorf("taken apart, ledgers differ:\n%s\n---\n%s", x, y)
	}
	for _, db := range []*store.DB{a, b} {
		if got := heldPhones(t, db, q.ID); !slices.Equal(got, []string{q.Phone}) {
			t.Errorf("%s, taken apart: %v", db.Office().Name, got)
		}
	}
}

func personCalled(t failer, db *store.DB, name string) (found *record.Person) {
	view(t, db, func(tx *store.Tx) error {
		for p, err := range store.All[record.Person](tx) {
			if err != nil {
				return err
			}
			if p.Name == name {
				found = p
			}
		}
		return nil
	})
	return found
}

func heldPhones(t failer, db *store.DB, id string) (out []string) {
	view(t, db, func(tx *store.Tx) error {
		s, _, err := tx.State("person", id)
		for _, v := range s["phone"] {
			out = append(out, v.Value)
		}
		return err
	})
	slices.Sort(out)
	return slices.Compact(out)
}

// Ensure that a person of two townships, joined at the county by the equal
// number, can be said to be two, that this travels, and that no later book joins
// them again by itself.
func TestWhatWasPartedStaysApart(t *testing.T) {
	dir, now := t.TempDir(), clock()
	a, b := newOffice(t, dir, township, now), newOffice(t, dir, county, now)
	closeAll(t, a, b)
	threeVillages(t, a)
	same := personCalled(t, a, "李秀云")
	twin := &record.Person{Name: same.Name, IDNo: same.IDNo, Birth: same.Birth, Sex: same.Sex, Phone: "13900000009"}
	do(t, b, func(tx *store.Tx) error { return tx.Put(twin) })
	books := 0
	pass := func(from, to *store.DB) {
		t.Helper()
		books++
		path := filepath.Join(dir, fmt.Sprint("book", books, ".xlsx"))
		send(t, from, to.Office(), path)
		receive(t, to, path)
	}
	count := func(db *store.DB) (n int) {
		view(t, db, func(tx *store.Tx) error {
			for p, err := range store.All[record.Person](tx) {
				if err != nil {
					return err
				}
				if p.Name == "李秀云" {
					n++
				}
			}
			return nil
		})
		return n
	}
	pass(a, b)
	if count(b) != 1 {
		t.Fatalf("the county has %d", count(b))
	}
	joined := same.ID
	do(t, b, func(tx *store.Tx) error {
		joined = tx.Canonical(same.ID)
		return work.Split(tx, "person", joined, "两个人共用了号码")
	})
	if count(b) != 2 {
		t.Fatalf("parted, the county has %d", count(b))
	}
	pass(b, a)
	pass(a, b)
	pass(a, b)
	if count(b) != 2 || count(a) > 2 {
		t.Errorf("joined again: %d and %d", count(a), count(b))
	}
	do(t, b, func(tx *store.Tx) error {
		return work.Join(tx, work.Joining{Kind: "person", A: same.ID, B: twin.ID, Why: "核实是同一人"})
	})
	pass(b, a)
	pass(a, b)
	if count(b) != 1 || count(a) != 1 {
		t.Errorf("joined by hand: %d and %d", count(a), count(b))
	}
}
