package page

import (
	"time"

	"touyan/store"
)

// Figures is what the frame of the window says of the ledger.
type Figures struct {
	Villages, People, Conflicts int
	Saved                       time.Time // the last operation; zero if there was none
}

// Figures counts beside the UI thread and shows the result on it.
func (d *Desk) Figures(turn *int, show func(Figures)) {
	read(d, turn, func(tx *store.Tx) (f Figures, err error) {
		for kind, n := range map[string]*int{"village": &f.Villages, "person": &f.People} {
			for _, err := range tx.Rows(kind) {
				if err != nil {
					return f, err
				}
				*n++
			}
		}
		open, err := tx.Conflicts()
		if err != nil {
			return f, err
		}
		f.Conflicts = len(open)
		for e, err := range tx.Journal() {
			f.Saved = e.At
			return f, err
		}
		return f, nil
	}, show)
}
