package page

import (
	"context"
	"errors"
	"strings"

	"touyan/store"
	"touyan/store/backup"
	"touyan/store/exchange"
	"touyan/store/field"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// verdictsOf are the choices made for cells in dispute.
func verdictsOf(matters []*matter) (out []exchange.Verdict) {
	for _, m := range matters {
		for _, p := range m.points {
			if p.dispute != nil && p.side != undecided {
				c := p.dispute.Conflict
				out = append(out, exchange.Verdict{Kind: c.Kind, Record: c.Record, Field: c.Field, Value: p.value, Why: p.why, About: sayAbout(m.name, p.label)})
			}
		}
	}
	return out
}

// merge writes the book with all that was decided. One that must not come in
// without a person who looked at it is asked about first.
func (r *Review) merge() {
	if held := r.plan.Held(); held != "" && r.looked != held {
		r.desk.Show(titleHeld, prose(held+sayHeldLook, theme.Current().Dialog), narrow,
			Choice{Text: doNotMerge, Do: r.Focus}, Choice{Text: doMergeAllTheSame, Do: func() {
				r.looked = held
				r.merge()
			}})
		return
	}
	var steps []func(*store.Tx) error
	for _, m := range r.matters {
		for _, p := range m.points {
			if step := p.step(); step != nil {
				steps = append(steps, step)
			}
		}
	}
	r.plan.Decide(verdictsOf(r.matters))
	r.plan.Also(steps...)
	plan := r.plan
	var came arrival
	r.desk.Attempt(sayWriting(plan.Book), func(ctx context.Context, tell func(done, total int64)) (err error) {
		came, err = r.desk.apply(ctx, plan, backup.Merge, tell)
		return err
	}, func(err error) {
		var refused *field.Problem
		switch {
		case errors.Is(err, context.Canceled):
			r.desk.Tell(Notice{Text: sayNothingWritten})
		case errors.Is(err, store.ErrStale):
			r.change(nil, nil, r.Focus)
		case errors.As(err, &refused):
			r.desk.Say(titleFailed, refused.Message)
		case err != nil:
			r.desk.Fail(err)
		default:
			r.desk.closes(r)
			r.desk.accepted(came)
		}
	})
}

// askMerge is the last step: what will be written, to look at once more.
func (r *Review) askMerge() {
	if r.desk.Busy() {
		return
	}
	look := theme.Current()
	c := r.counts()
	decided, open := tallyOf(r.matters)
	box := container.NewVBox()
	questions := 0
	for _, m := range r.matters {
		for _, p := range m.points {
			if p.side == undecided || !p.asks() {
				continue
			}
			if p.question != nil {
				questions++
			}
			box.Add(paragraph(r.docket.sayChoice(m, p), look.WideDialog-look.Margin, look.Ink))
		}
	}
	says := sayMergeCounts(c[lookNew], c[lookUpdated], decided-questions, open, questions)
	if open > 0 {
		says += sayLaterDecides
	}
	scroll := container.NewVScroll(box)
	scroll.SetMinSize(fyne.NewSize(look.WideDialog, min(box.MinSize().Height, 10*look.Row)))
	r.desk.Show(titleMerge, container.NewBorder(prose(says, look.WideDialog), nil, nil, nil, scroll), wide,
		Choice{Text: doCancel, Do: r.Focus}, Choice{Text: r.main.Text, Main: true, Do: r.merge})
}

// sayChoice is a choice made, as the screen may show it.
func (k *docket) sayChoice(m *matter, p *point) string {
	taken := p.words()[p.side-1]
	if p.question != nil {
		return strings.TrimSpace(sayAbout(m.name, "") + "：" + taken + " " + p.text)
	}
	text := p.text
	if f := p.field(); f != nil && f.Type != field.Ref {
		text = k.desk.Shown(f, p.value)
	} else if p.side == ours {
		text = p.dispute.Shown.Text
	} else if p.side == theirs && text == "" {
		text = p.dispute.Others[0].Text
	}
	return sayChosen(m.name, p.label, taken, or(text, sayBlank), p.why)
}
