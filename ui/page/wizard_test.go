package page

import (
	"testing"
)

// Ensure that who does not wait for the book to be held against the ledger has
// taken back the word to accept it: a row mended later does not write the book.
func TestNotWaitingIsNotAccepting(t *testing.T) {
	posted := make(chan func(), 8)
	d := &Desk{Post: func(f func()) { posted <- f }, Tell: func(Notice) {}}
	w := &Wizard{desk: d}
	w.holding, w.held = true, make(chan struct{})
	w.check = &checking{w: w, through: true}
	w.settled(func() { t.Error("went on without being held") })
	d.Stop()
	for len(posted) > 0 {
		(<-posted)()
	}
	if w.check.through {
		t.Error("the next row mended accepts the book")
	}
}
