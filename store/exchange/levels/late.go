package levels

import (
	"errors"
	"fmt"

	"touyan/store"
)

// takeBackLate takes back a book an office merged some time ago. What it brought
// may have been written over since, and sent on.
func (w *world) takeBackLate(o *office) error {
	var merged []uint64
	if err := o.db.View(func(tx *store.Tx) error {
		for e, err := range tx.Journal() {
			if err != nil {
				return err
			}
			if by, err := tx.Undone(e.Seq); err != nil {
				return err
			} else if e.Batch != nil && by == 0 {
				merged = append(merged, e.Seq)
			}
		}
		return nil
	}); err != nil || len(merged) == 0 {
		return err
	}
	_, err := o.db.Undo(merged[w.pick(len(merged))], clerk, w.pick(2) == 0)
	if errors.Is(err, store.ErrLater) {
		return nil // told what was changed since, the clerk leaves it
	}
	if err != nil {
		return fmt.Errorf("take back a book late at %s: %w", o.Name, err)
	}
	w.counts.Undos++
	return nil
}
