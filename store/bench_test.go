package store_test

import (
	"testing"

	"touyan/store"
)

// BenchmarkOpen20k opens a ledger of 20,000 people and lists them all, as the
// window does at its start.
func BenchmarkOpen20k(b *testing.B) {
	db := newLedger(b, township)
	if _, err := stagePeople(db, 20_000, func(*store.Stage) error { return nil }); err != nil {
		b.Fatal(err)
	}
	if err := db.Close(); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		again, err := store.Open(db.Path(), options())
		if err != nil {
			b.Fatal(err)
		}
		n := 0
		again.View(func(tx *store.Tx) error {
			for range tx.Rows("person") {
				n++
			}
			return nil
		})
		if n != 20_000 {
			b.Fatal(n)
		}
		again.Close()
	}
}
