package page

import (
	"context"
	"fmt"
	"slices"

	"touyan/store"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// decision is a conflict with the value that is to stand.
type decision struct {
	conflict store.Conflict
	value    string
}

// decide settles conflicts, with a reason, as one operation.
func (d *Desk) decide(chosen []decision, theirs bool, why string) {
	d.work(sayDeciding, func(context.Context, func(done, total int64)) error {
		return d.DB.Do(opDecide, d.Who, func(tx *store.Tx) error {
			tx.NoteWhy(why)
			for _, c := range chosen {
				if err := tx.Decide(c.conflict.Kind, c.conflict.Record, c.conflict.Field, c.value); err != nil {
					return err
				}
			}
			return nil
		})
	}, func() { d.Tell(Notice{Text: sayDecided(len(chosen), theirs)}) })
}

// askValue asks which of several values of other offices is to stand. None is
// proposed: each overrules the rest.
func (d *Desk) askValue(c *conflictRow, then func(value string)) {
	look := theme.Current()
	var texts []string
	for i, o := range c.others {
		texts = append(texts, fmt.Sprintf("%d. %s　%s", i+1, o.text, o.by))
	}
	var p *Panel
	choice := widget.NewRadioGroup(texts, func(string) { p.buttons[1].Enable() })
	choice.Required = true
	body := container.NewVBox(prose(sayValues(c.record, c.label, len(texts)), look.WideDialog),
		least(flush(choice), fyne.NewSize(0, float32(len(texts))*look.Row)))
	p = d.Show(titleValues, body, wide, Choice{Text: doCancel}, Choice{Text: doTakeValue, Main: true, Do: func() {
		if i := slices.Index(texts, choice.Selected); i >= 0 {
			then(c.others[i].version.Value)
		}
	}})
	p.buttons[1].Disable()
}

// stacked is some prose with a table of a given height below it.
func stacked(over, table fyne.CanvasObject, height float32) fyne.CanvasObject {
	return container.NewVBox(over, least(table, fyne.NewSize(theme.Current().Dialog, height)))
}
