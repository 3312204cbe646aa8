package page

import (
	"sync"

	"touyan/store"
	"touyan/store/check"
	"touyan/store/field"
)

// examined is what the rules found last. The count beside the room, the room
// itself and the pages of records ask for the same findings: they are looked
// for once for each state of the ledger, by one at a time.
type examined struct {
	mu    sync.Mutex
	known bool
	seq   uint64     // of the ledger looked through
	asOf  field.Date // the day it was looked at
	found []check.Problem
}

// findings is all that the rules find today. The list is shared and must not be
// changed. Drafts are no part of it.
func (d *Desk) findings(tx *store.Tx) ([]check.Problem, error) {
	e, asOf := &d.examined, field.DateAt(d.DB.Now())
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.known && e.seq == tx.Worked() && e.asOf == asOf {
		return e.found, nil
	}
	found, err := check.Run(tx, asOf)
	if err == nil {
		e.known, e.seq, e.asOf, e.found = true, tx.Worked(), asOf, found
	}
	return found, err
}

// countFindings is how many there are.
func (d *Desk) countFindings(tx *store.Tx) (int, error) {
	found, err := d.findings(tx)
	return len(found), err
}
