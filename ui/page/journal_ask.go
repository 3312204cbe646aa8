package page

import (
	"strings"

	"touyan/store/field"
	"touyan/ui/button"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
)

// journalAsked are the fields above the journal: each narrows it once it is
// left, or by Enter.
type journalAsked struct {
	desk                      *Desk
	who, op, record, from, to *leftEntry
	events                    *widget.Check
	clear                     *button.Button
	told                      func(journalFilter)
	content                   fyne.CanvasObject
}

func newJournalAsked(d *Desk, told func(journalFilter)) *journalAsked {
	a := &journalAsked{desk: d, told: told}
	look := theme.Current()
	row := container.NewHBox()
	add := func(label, hint string, width float32) *leftEntry {
		e := newLeftEntry("", func(string) { a.apply() })
		e.SetPlaceHolder(hint)
		if label != "" {
			row.Add(container.NewCenter(words(label, look.Ink2, look.Text)))
		}
		row.Add(least(e, fyne.NewSize(width*look.Text, 0)))
		return e
	}
	a.who = add("", hintWho, 6)
	a.op = add("", hintOp, 7)
	a.record = add("", hintRecord, 9)
	a.from = add(labelFromDay, hintDay, 7)
	a.to = add(labelToDay, hintDay, 7)
	if !d.Reads() {
		a.record.Disable()
	}
	a.events = widget.NewCheck(sayEventsOnly, func(bool) { a.apply() })
	row.Add(a.events)
	a.clear = button.New(doClearFilter, func() {
		a.show(journalFilter{})
		a.apply()
	})
	a.clear.Disable()
	row.Add(a.clear)
	a.content = container.New(layout.NewCustomPaddedLayout(look.Space, 0, 0, 0), row)
	return a
}

// apply tells what is asked for. A day that is none is told at the foot.
func (a *journalAsked) apply() {
	enable(a.clear, a.events.Checked || strings.TrimSpace(a.who.Text+a.op.Text+a.record.Text+a.from.Text+a.to.Text) != "")
	f := journalFilter{who: strings.TrimSpace(a.who.Text), op: strings.TrimSpace(a.op.Text), record: strings.TrimSpace(a.record.Text), events: a.events.Checked}
	for _, day := range []struct {
		from *leftEntry
		to   *field.Date
	}{{a.from, &f.from}, {a.to, &f.to}} {
		d, problem := readDay(day.from.Text)
		if problem != "" {
			a.desk.Tell(Notice{Text: problem})
			return
		}
		*day.to = d
	}
	a.told(f)
}

// show puts a filter into the fields.
func (a *journalAsked) show(f journalFilter) {
	a.who.SetText(f.who)
	a.op.SetText(f.op)
	a.record.SetText(f.record)
	a.from.SetText(f.from.Office())
	a.to.SetText(f.to.Office())
	a.events.Checked = f.events
	a.events.Refresh()
	enable(a.clear, f != journalFilter{})
}

// readDay reads a day as offices write it. A month or a year alone is a day
// too: comparing stops where one of the two says no more.
func readDay(text string) (d field.Date, problem string) {
	if strings.TrimSpace(text) == "" {
		return d, ""
	}
	f := field.On(&d, "day", labelDay)
	canonical, p := f.Read(field.Input{Text: text})
	if p != nil {
		return d, p.Message
	}
	d, _ = field.DateOf(canonical) // what was just read is one
	return d, ""
}
