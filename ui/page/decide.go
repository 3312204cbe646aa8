package page

import (
	"context"

	"touyan/store"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// decide settles conflicts one way, with a reason, as one operation.
func (d *Desk) decide(chosen []store.Conflict, theirs bool, why string) {
	d.work(sayDeciding, func(context.Context, func(done, total int64)) error {
		return d.DB.Do(opDecide, d.Who, func(tx *store.Tx) error {
			tx.NoteWhy(why)
			for i := range chosen {
				c := &chosen[i]
				value := c.Shown.Value
				if theirs {
					value = c.Theirs().Value
				}
				if err := tx.Decide(c.Kind, c.Record, c.Field, value); err != nil {
					return err
				}
			}
			return nil
		})
	}, func() { d.Tell(Notice{Text: sayDecided(len(chosen), theirs)}) })
}

// stacked is some prose with a table of a given height below it.
func stacked(over, table fyne.CanvasObject, height float32) fyne.CanvasObject {
	return container.NewVBox(over, least(table, fyne.NewSize(theme.Current().Dialog, height)))
}
