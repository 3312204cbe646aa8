package exchange_test

import (
	"errors"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
)

// Ensure that a township's next book brings back what an office over it took out
// again by undoing an earlier one, though that office had sent it on meanwhile,
// and though the word comes through the county: what the township reports anew is
// not left voided there for good.
func TestNextBookBringsBackWhatWasUndone(t *testing.T) {
	for _, office := range []store.Office{county, city} {
		t.Run(office.Name, func(t *testing.T) { nextBookBringsBack(t, office) })
	}
}

var city = store.Office{Code: "1504", Name: "霞岭市", Level: field.City}

func nextBookBringsBack(t *testing.T, office store.Office) {
	dir, now := t.TempDir(), clock()
	a, between, b := newOffice(t, dir, township, now), newOffice(t, dir, county, now), newOffice(t, dir, office, now)
	closeAll(t, a, between, b)
	threeVillages(t, a)
	first, on, next := filepath.Join(dir, "first.xlsx"), filepath.Join(dir, "on.xlsx"), filepath.Join(dir, "next.xlsx")
	send(t, a, county, first)
	r := receive(t, b, first)
	send(t, b, office, on)
	seq, err := strconv.ParseUint(strings.TrimPrefix(r.Batch, "B"), 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Undo(seq, clerk, false); err != nil {
		t.Fatal(err)
	}
	if got := ledger(t, b); got != "" {
		t.Fatalf("after undo %s still lists\n%s", office.Name, got)
	}
	send(t, a, county, next)
	if office.Level == field.City {
		receive(t, between, next)
		next = filepath.Join(dir, "through.xlsx")
		send(t, between, city, next)
	}
	if r := receive(t, b, next); r.New+r.Updated == 0 {
		t.Errorf("the next book: %+v", r)
	}
	if x, y := ledger(t, a), ledger(t, b); x != y {
		t.Errorf("ledgers differ:\n%s\n---\n%s", x, y)
	}
	if again := receive(t, b, next); again.New+again.Updated+again.Conflicts > 0 {
		t.Errorf("the second time: %+v", again)
	}
}

// Ensure that a book from an office that only has from us what we took back since
// does not bring it in again, and that this office hears of it.
func TestEchoDoesNotBringBackWhatWasUndone(t *testing.T) {
	dir, now := t.TempDir(), clock()
	a, b, above := newOffice(t, dir, township, now), newOffice(t, dir, county, now), newOffice(t, dir, city, now)
	closeAll(t, a, b, above)
	threeVillages(t, a)
	path := func(name string) string { return filepath.Join(dir, name+".xlsx") }
	send(t, a, county, path("first"))
	r := receive(t, b, path("first"))
	send(t, b, city, path("on"))
	receive(t, above, path("on"))
	seq, err := strconv.ParseUint(strings.TrimPrefix(r.Batch, "B"), 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Undo(seq, clerk, false); err != nil {
		t.Fatal(err)
	}
	send(t, above, county, path("echo"))
	if receive(t, b, path("echo")); ledger(t, b) != "" {
		t.Errorf("the echo brought back\n%s", ledger(t, b))
	}
	send(t, b, city, path("taken back"))
	if receive(t, above, path("taken back")); ledger(t, above) != "" {
		t.Errorf("the city still lists\n%s", ledger(t, above))
	}
}

// Ensure that a township keeps somebody it reported though the county took the
// report back and sent its own book down meanwhile: what the county no longer
// wants from a book is no word about the township's people.
func TestTakingBackLeavesTheSenderItsPeople(t *testing.T) {
	dir, now := t.TempDir(), clock()
	a, b := newOffice(t, dir, township, now), newOffice(t, dir, county, now)
	closeAll(t, a, b)
	threeVillages(t, a)
	path := func(name string) string { return filepath.Join(dir, name+".xlsx") }
	send(t, a, county, path("first"))
	receive(t, b, path("first"))
	do(t, a, func(tx *store.Tx) error {
		for v, err := range store.All[record.Village](tx) {
			if err != nil {
				return err
			}
			p := person("新来的", field.Date{Year: 1990, Month: 3, Day: 5}, 301, "13800009999")
			return errors.Join(tx.Put(p), tx.Put(&record.Post{Person: p.ID, Village: v.ID, Position: record.VillageCommitteeMember, From: field.Date{Year: 2026, Month: 1}}))
		}
		return nil
	})
	before := ledger(t, a)
	send(t, a, county, path("second"))
	r := receive(t, b, path("second"))
	send(t, b, township, path("down")) // now the county's book has left, and undoing marks what it brought
	seq, err := strconv.ParseUint(strings.TrimPrefix(r.Batch, "B"), 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Undo(seq, clerk, false); err != nil {
		t.Fatal(err)
	}
	send(t, b, township, path("after"))
	receive(t, a, path("after"))
	if got := ledger(t, a); got != before {
		t.Errorf("the township has\n%s\nwant\n%s", got, before)
	}
	send(t, a, county, path("third"))
	receive(t, b, path("third"))
	if x, y := ledger(t, a), ledger(t, b); x != y {
		t.Errorf("ledgers differ:\n%s\n---\n%s", x, y)
	}
}
