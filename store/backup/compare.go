package backup

import (
	"context"
	"os"
	"time"

	"touyan/store"
	"touyan/store/disk"
)

// Missing is what a ledger would lack if a copy took its place.
type Missing struct {
	Known bool      // the operations could be counted
	Count int       // of operations since the copy
	Last  time.Time // of the last of them; where they cannot be counted, when the file was last written to
	Ops   []string  // the newest of them, in office words, at most ten
	Other bool      // the copy is of another ledger
}

const namedMost = 10

// Compare holds a copy against an open ledger.
func Compare(ctx context.Context, copyPath string, db *store.DB) (m Missing, err error) {
	mark, ok := store.MarkOf(copyPath)
	if !ok {
		return lastWritten(db.Path())
	}
	now, err := db.Mark()
	if err == nil && !db.Locked() {
		err = db.View(func(tx *store.Tx) error { return m.count(ctx, tx, mark) })
	} else {
		m, err = lastWritten(db.Path())
	}
	m.Other = now.Ledger != "" && now.Ledger != mark.Ledger
	return m, err
}

// count counts the operations after a mark, the newest first.
func (m *Missing) count(ctx context.Context, tx *store.Tx, mark store.Mark) error {
	before := tx.Seq() + 1
	for e, err := range tx.Journal() {
		switch {
		case err != nil:
			return err
		case ctx.Err() != nil:
			return ctx.Err()
		case e.Seq >= before: // pages lead in a circle
			return store.ErrDamaged
		case e.Seq <= mark.Seq && !e.At.After(mark.At): // of a ledger put back meanwhile the numbers alone do not tell
			m.Known = true
			return nil
		}
		before = e.Seq
		if e.Event {
			continue
		}
		if m.Count++; m.Count == 1 {
			m.Last = e.At
		}
		if len(m.Ops) < namedMost {
			m.Ops = append(m.Ops, e.Op)
		}
	}
	m.Known = true
	return nil
}

func lastWritten(ledger string) (Missing, error) {
	info, err := os.Stat(ledger)
	if err != nil {
		return Missing{}, disk.CannotRead(ledger, err)
	}
	return Missing{Last: info.ModTime()}, nil
}
