package examine

import (
	"testing"

	"touyan/store"
)

// A township of 20,000 people: what the look costs beside the opening it comes
// before.
func BenchmarkBeforeOpening(b *testing.B) {
	path := newLedger(b, 20_000)
	b.Run("look in a child", func(b *testing.B) {
		for b.Loop() {
			if v := File(b.Context(), path); v.State != Good {
				b.Fatal(v)
			}
		}
	})
	b.Run("look alone", func(b *testing.B) {
		for b.Loop() {
			if v := look(path); v.State != Good {
				b.Fatal(v)
			}
		}
	})
	b.Run("Open", func(b *testing.B) {
		for b.Loop() {
			db, err := store.Open(path, options())
			if err != nil {
				b.Fatal(err)
			}
			if err := db.Close(); err != nil {
				b.Fatal(err)
			}
		}
	})
}
