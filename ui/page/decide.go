package page

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"touyan/store"
	"touyan/store/exchange"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// decision is a conflict with the value that is to stand.
type decision struct {
	of    exchange.Dispute
	value string
}

// ruling is what several decisions have in common: why they are made, and whose
// word they take, in words.
type ruling struct{ why, taken string }

// settle finds the value of one cell after the other, asking where there are
// several against the one shown, and then decides them all.
func (d *Desk) settle(todo []dispute, done []decision, theirs bool, how ruling) {
	for i := range todo {
		c := &todo[i]
		switch {
		case !theirs:
			done = append(done, decision{c.Dispute, c.Shown.Value})
		case len(c.others) == 1:
			done = append(done, decision{c.Dispute, c.others[0].value})
		default:
			d.askValue(c, func(value string) {
				d.settle(todo[i+1:], append(done, decision{c.Dispute, value}), theirs, how)
			})
			return
		}
	}
	d.decide(done, how)
}

// decide settles conflicts, with a reason, as one operation that can be taken
// back.
func (d *Desk) decide(chosen []decision, how ruling) {
	var seq uint64
	d.work(sayDeciding, func(context.Context, func(done, total int64)) error {
		return d.DB.Do(opDecide, d.Who, func(tx *store.Tx) error {
			seq = tx.Seq()
			tx.NoteWhy(how.why)
			for _, c := range chosen {
				if err := stillOpen(tx, &c.of); err != nil {
					return err
				}
				if err := tx.Decide(c.of.Conflict.Kind, c.of.Conflict.Record, c.of.Conflict.Field, c.value); err != nil {
					return err
				}
			}
			return nil
		})
	}, func() {
		d.Tell(Notice{Text: sayDecided(len(chosen), how.taken), Choices: []Choice{
			{Text: doUndo, Do: func() { d.undo(step{seq, stepDecision}, false) }}}})
	})
}

// stillOpen refuses to decide what was decided meanwhile, or of which another
// value has come that nobody looked at.
func stillOpen(tx *store.Tx, of *exchange.Dispute) error {
	now, open, err := tx.Conflict(of.Conflict.Kind, of.Conflict.Record, of.Conflict.Field)
	if err != nil {
		return err
	}
	same := func(a, b store.Version) bool { return a.Dot == b.Dot && a.Value == b.Value }
	switch {
	case !open:
		return errors.New(sayDecidedBefore(of.Name, of.Label))
	case !slices.EqualFunc(now.Versions, of.Conflict.Versions, same):
		return errors.New(sayOthersCame(of.Name, of.Label))
	}
	return nil
}

// askValue asks which of several values is to stand. None is proposed: each
// overrules the rest.
func (d *Desk) askValue(c *dispute, then func(value string)) {
	look := theme.Current()
	var texts []string
	for i, o := range c.others {
		texts = append(texts, fmt.Sprintf("%d. %s　%s", i+1, o.text, o.by))
	}
	var p *Panel
	choice := widget.NewRadioGroup(texts, func(string) { p.buttons[1].Enable() })
	choice.Required = true
	body := container.NewVBox(prose(sayValues(c), look.WideDialog),
		least(flush(choice), fyne.NewSize(0, float32(len(texts))*look.Row)))
	p = d.Show(titleValues, body, wide, Choice{Text: doCancel}, Choice{Text: doTakeValue, Main: true, Do: func() {
		if i := slices.Index(texts, choice.Selected); i >= 0 {
			then(c.others[i].value)
		}
	}})
	p.buttons[1].Disable()
}
