package store_test

import (
	"testing"
	"time"

	"touyan/store"

	"pgregory.net/rapid"
)

// Ids of one source ascend, also within a millisecond and when the clock goes
// back, and two sources never meet.
func TestIDsAscend(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var a, b store.IDs
		seen, last := map[string]bool{}, ""
		at := time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
		for _, step := range rapid.SliceOfN(rapid.IntRange(-2, 2), 1, 50).Draw(t, "milliseconds") {
			at = at.Add(time.Duration(step) * time.Millisecond)
			id, other := a.New(at), b.New(at)
			if id <= last || !store.IsID(id) || seen[id] || seen[other] {
				t.Fatalf("%s after %s, beside %s", id, last, other)
			}
			seen[id], seen[other], last = true, true, id
		}
	})
}
