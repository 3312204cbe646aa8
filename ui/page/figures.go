package page

import (
	"time"

	"touyan/store"
)

// Figures is what the frame of the window says of the ledger.
type Figures struct {
	Waits map[string]int // by room
	Saved time.Time      // the last operation; zero if there was none
	Last  Operation
}

// Operation is the last one that can be taken back, among those done since the
// ledger was opened. Without one, Seq is zero.
type Operation struct {
	Seq  uint64
	Name string // of the operation and its book, as people know it
}

// Figures counts beside the UI thread and shows the result on it. Operations up
// to since are too old to be offered for undoing.
func (d *Desk) Figures(turn *int, rooms []Room, since uint64, show func(Figures)) {
	read(d, turn, func(tx *store.Tx) (f Figures, err error) {
		f.Waits = map[string]int{}
		for _, r := range rooms {
			if r.Waits == nil {
				continue
			}
			if f.Waits[r.Name], err = r.Waits(tx); err != nil {
				return f, err
			}
		}
		for e, err := range tx.Journal() {
			if err != nil {
				return f, err
			}
			f.Saved = e.At
			break
		}
		f.Last, err = lastOperation(tx, since)
		return f, err
	}, show)
}

// lastOperation is the newest operation that changed something, was not taken
// back, can be, and is no taking back itself.
func lastOperation(tx *store.Tx, since uint64) (Operation, error) {
	for e, err := range tx.Standing() {
		switch {
		case err != nil || e.Seq <= since:
			return Operation{}, err
		case e.Event, e.Undid > 0:
		case e.Sent == nil:
			if gone, err := tx.Purged(e.Seq); err != nil || gone {
				if err != nil {
					return Operation{}, err
				}
				continue
			}
			name := e.Op
			if e.Batch != nil {
				name += " " + e.Batch.Book
			}
			return Operation{e.Seq, name}, nil
		}
	}
	return Operation{}, nil
}

// UndoOperation takes back an operation.
func (d *Desk) UndoOperation(o Operation) { d.undo(step{o.Seq, "“" + o.Name + "”"}, false) }
