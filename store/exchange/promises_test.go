package exchange_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"touyan/store"
	"touyan/store/record"

	"pgregory.net/rapid"
)

// Ensure that merging a book again changes nothing, whatever happened before:
// edits on both sides, hand edits, stale and reordered books.
func TestMergeIsIdempotent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld(t)
		w.history(8)
		db, _ := w.office()
		book := rapid.SampledFrom(w.books).Draw(t, "book")
		w.merge(db, book)
		list, open := ledger(t, db), conflicts(t, db)
		r := receive(t, db, book)
		if r.New+r.Updated+r.Conflicts != 0 || ledger(t, db) != list || !slices.Equal(conflicts(t, db), open) {
			t.Fatalf("the second time: %+v", r)
		}
	})
}

// Ensure that any order of the same books gives the same ledger and the same
// conflicts.
func TestAnyOrderOfBooksGivesTheSameLedger(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld(t)
		w.history(8)
		results := map[string]bool{}
		for range 2 {
			dir := filepath.Join(w.dir, fmt.Sprint("c", len(results), len(w.books)))
			os.Mkdir(dir, 0o700)
			c := newOffice(t, dir, county, clock())
			for _, book := range rapid.Permutation(w.books).Draw(t, "order") {
				receive(t, c, book)
			}
			results[ledger(t, c)+"\n"+strings.Join(conflicts(t, c), "\n")] = true
			c.Close()
			os.RemoveAll(dir)
		}
		if len(results) != 1 {
			t.Fatalf("two orders, two ledgers: %v", results)
		}
	})
}

// Ensure that no value anyone entered is lost: it is in the ledger, among the
// conflicts or in the journal of a ledger that took it in.
func TestNoCellIsLost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld(t)
		w.history(10)
		held := map[string]bool{}
		for _, db := range []*store.DB{w.a, w.b} {
			w.held(db, held)
		}
		for v := range w.typed {
			if !held[v] {
				t.Fatalf("%q is in no ledger, conflict or journal", v)
			}
		}
	})
}

// held collects every value a ledger can still show.
func (w *world) held(db *store.DB, held map[string]bool) {
	view(w.t, db, func(tx *store.Tx) error {
		for row, err := range tx.EveryRow("person") {
			if err != nil {
				return err
			}
			for _, v := range row.Values {
				held[v] = true
			}
			if err := heldByAliases(tx, row.ID, held); err != nil {
				return err
			}
			s, _, err := tx.State("person", row.ID)
			if err != nil {
				return err
			}
			for _, cell := range s {
				for _, v := range cell {
					held[v.Value], held[v.Was] = true, true // a version keeps what it replaced
				}
			}
		}
		for e, err := range tx.Journal() {
			if err != nil {
				return err
			}
			changes, err := tx.Changes(e.Seq)
			if err != nil {
				return err
			}
			for _, c := range changes {
				for _, v := range c.Was {
					held[v] = true
				}
			}
		}
		return nil
	})
}

// heldByAliases collects what lies under the ids a person was found to have
// besides: a value replaced since stays there.
func heldByAliases(tx *store.Tx, id string, held map[string]bool) error {
	for _, alias := range tx.Aliases(id) {
		for _, name := range textFields {
			cell, err := tx.OwnCell("person", alias, name)
			if err != nil {
				return err
			}
			for _, v := range cell {
				held[v.Value] = true
			}
		}
	}
	return nil
}

// Ensure that once books have gone both ways and the conflicts are decided,
// both ledgers agree, and stay so.
func TestOfficesAgreeInTheEnd(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld(t)
		w.history(10)
		w.exchange()
		decideAll(t, w.b)
		w.exchange()
		for _, db := range []*store.DB{w.a, w.b} {
			if open := ofVillages(conflicts(t, db)); len(open) > 0 {
				t.Fatalf("%s still has %v", db.Office().Name, open)
			}
		}
		x, y := ofVillages(strings.Split(ledger(t, w.a), "\n")), ofVillages(strings.Split(ledger(t, w.b), "\n"))
		if !slices.Equal(x, y) {
			t.Fatalf("ledgers differ:\n%s\n---\n%s", strings.Join(x, "\n"), strings.Join(y, "\n"))
		}
	})
}

// ofVillages leaves out the strangers: whoever holds nothing in any village
// belongs to no township's book, and stays with the county that typed them.
func ofVillages(lines []string) []string {
	return slices.DeleteFunc(lines, func(l string) bool { return strings.Contains(l, "来人") })
}

// exchange sends a book each way.
func (w *world) exchange() {
	w.merge(w.b, w.send(w.a, county))
	w.merge(w.a, w.send(w.b, township))
}

func decideAll(t *rapid.T, db *store.DB) {
	do(t, db, func(tx *store.Tx) error {
		list, err := tx.Conflicts()
		if err != nil {
			return err
		}
		for _, c := range list {
			if err := tx.Decide(c.Kind, c.Record, c.Field, c.Versions[len(c.Versions)-1].Value); err != nil {
				return err
			}
		}
		return nil
	})
}

// Ensure that the words of the level that owns a field end the same on both
// sides, whoever else wrote there and in whatever order the books came.
func TestOwnersWordTravels(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld(t)
		say := func(db *store.DB, text string) {
			do(t, db, func(tx *store.Tx) error {
				for p, err := range store.All[record.Post](tx) {
					if err != nil {
						return err
					}
					p.FilingNo = text
					return tx.Put(p)
				}
				return nil
			})
		}
		said := ""
		for i := range rapid.IntRange(1, 6).Draw(t, "steps") {
			switch rapid.IntRange(0, 3).Draw(t, "step") {
			case 0:
				say(w.a, fmt.Sprint("乡", i))
			case 1:
				said = fmt.Sprint("旗", i)
				say(w.b, said)
			case 2:
				w.merge(w.b, w.send(w.a, county))
			case 3:
				w.merge(w.a, w.send(w.b, township))
			}
		}
		w.exchange()
		if said == "" {
			return
		}
		for _, db := range []*store.DB{w.a, w.b} {
			if !strings.Contains(ledger(t, db), "filing_no="+said) {
				t.Fatalf("%s does not show %s:\n%s", db.Office().Name, said, ledger(t, db))
			}
		}
	})
}
