package page

import (
	"slices"
	"strconv"
	"strings"

	"touyan/store/exchange"
	"touyan/store/field"
	"touyan/ui/grid"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
)

// Review shows what a book would do to the ledger before it does it: counts,
// and every problem with its place and its remedy.
type Review struct {
	listing

	desk    *Desk
	path    string
	stamped bool
	plan    *exchange.Plan
	Coming  *grid.Grid // the conflicts the book would bring; nil if it brings none
	coming  []dispute
	whole   *widget.Label // the problem or the conflict selected, in full
}

func newReview(d *Desk, path string, stamped bool, plan *exchange.Plan) *Review {
	r := &Review{desk: d, path: path, stamped: stamped, plan: plan}
	r.Grid = grid.New([]grid.Column{
		{Name: "sheet", Label: headSheet, Type: field.Text, Width: 110},
		{Name: "cell", Label: headCell, Type: field.Code, Width: 76},
		{Name: "label", Label: headField, Type: field.Text, Width: 120},
		{Name: "value", Label: headValue, Type: field.Text, Width: 160},
		{Name: "message", Label: headProblem, Type: field.Text, Width: 510},
		{Name: "proposal", Label: headProposal, Type: field.Text, Width: 140},
	})
	r.Grid.SetEmpty(sayNoProblems, "", nil)
	r.Grid.OnSelect = func(ids []string) { r.selected(r.Coming, ids) }
	r.fill(r.rows())
	r.fillComing()
	r.buttons = buttons(r.choices())
	if good(plan) == 0 {
		r.buttons[len(r.buttons)-1].Disable()
	}
	r.content = sheet(r.heading(), r.says(), r.buttons, r.figures(), r.body(), r.foot())
	return r
}

// Title is what is done with the book, and its name.
func (r *Review) Title() string { return r.verb() + " " + r.plan.Book }

// Refresh does nothing: a plan that the ledger has overtaken is refused when it
// is accepted.
func (r *Review) Refresh() {}

func (r *Review) verb() string {
	if r.stamped {
		return verbMerge
	}
	return verbImport
}

func (r *Review) heading() string { return r.verb() + "“" + r.plan.Book + "”" }

// says is what the program took the book for.
func (r *Review) says() string {
	if r.stamped {
		return sayFrom(r.plan.From, r.plan.Rows)
	}
	return sayTakenFor(r.plan.Form, r.plan.Sheet, r.plan.Rows)
}

func (r *Review) choices() []Choice {
	out := []Choice{{Text: doNotTake, Do: r.desk.Close}}
	if len(r.asides()) > 0 {
		out = append(out, Choice{Text: doListAside, Do: func() { r.desk.listAsides(r.asides()) }})
	}
	if r.plan.HasBad() {
		out = append(out, Choice{Text: doSaveBad, Do: func() { r.desk.saveBad(r.plan) }})
	}
	return append(out, Choice{Text: doAccept(good(r.plan), len(r.plan.Problems) > 0 || r.plan.Refused > 0), Main: true, Do: func() { r.desk.accept(r.plan, func() { r.desk.Close(); r.desk.Receive(r.path) }) }})
}

// good is how many rows of the book can be taken in.
func good(p *exchange.Plan) int { return max(p.Rows-p.Refused, 0) }

func (r *Review) rows() []grid.Row {
	var out []grid.Row
	for i, p := range r.plan.Problems {
		out = append(out, grid.Row{ID: strconv.Itoa(i), Cells: []string{p.Sheet, p.Cell, p.Label, p.Value, p.Message, p.Proposal}})
	}
	return out
}

// figures is the line of counts.
func (r *Review) figures() fyne.CanvasObject {
	look := theme.Current()
	row := container.NewHBox()
	for _, f := range []struct {
		label string
		n     int
		grave bool
	}{
		{countNew, r.plan.New, false}, {countUpdated, r.plan.Updated, false}, {countSame, r.plan.Same, false},
		{countConflicts, r.plan.Conflicts, true}, {countRefused, r.plan.Refused, true}, {countProblems, len(r.plan.Problems), true},
	} {
		ink := look.Ink
		switch {
		case f.n == 0:
			ink = look.Ink3
		case f.grave:
			ink = look.Warn
		}
		number := words(strconv.Itoa(f.n), ink, look.Heading)
		number.TextStyle.Bold = true
		number.Alignment = fyne.TextAlignCenter
		label := words(f.label, look.Ink2, look.Text)
		label.Alignment = fyne.TextAlignCenter
		row.Add(card(least(container.New(layout.NewCustomPaddedLayout(look.Gap, look.Gap, look.Margin, look.Margin),
			container.NewVBox(number, label)), fyne.NewSize(7*look.Text, 0))))
	}
	return container.New(layout.NewCustomPaddedLayout(look.Gap, 0, 0, 0), row)
}

// asides are what the book holds and the ledger will not, and the other way
// round: a line for each.
func (r *Review) asides() []string { return asides(r.plan, r.stamped) }

func asides(plan *exchange.Plan, stamped bool) []string {
	var out []string
	if len(plan.Absent) > 0 {
		out = append(out, sayAbsent(plan.Absent))
	}
	if len(plan.Unclaimed) > 0 {
		out = append(out, sayUnclaimed(plan.Unclaimed))
	}
	left := slices.Clone(plan.Left)
	if stamped { // a ledger wrote the foot itself
		left = slices.DeleteFunc(left, func(l exchange.Left) bool { return l.Why == leftFoot })
	}
	if len(left) > 0 {
		out = append(out, sayLeft(left))
	}
	if len(plan.Skipped) > 0 {
		out = append(out, saySkipped(plan.Skipped))
	}
	return out
}

// listAsides shows in full what the foot has room for the beginning of.
func (d *Desk) listAsides(lines []string) {
	look := theme.Current()
	text := prose(strings.Join(lines, "\n"), look.WideDialog-look.Margin)
	scroll := container.NewVScroll(text)
	scroll.SetMinSize(fyne.NewSize(look.WideDialog, min(text.MinSize().Height, 14*look.Row)))
	d.Show(titleAside, scroll, wide, Choice{Text: doClose, Main: true})
}

// foot says the selected problem in full, and a line each of what is passed
// over.
func (r *Review) foot() fyne.CanvasObject {
	look := theme.Current()
	r.whole = widget.NewLabel("")
	r.whole.Wrapping = fyne.TextWrapWord
	box := container.NewVBox()
	if len(r.plan.Problems)+len(r.coming) > 0 {
		r.describe()
		box.Add(least(flush(r.whole), fyne.NewSize(0, 2*look.Row)))
	}
	for _, text := range r.asides() {
		line := widget.NewLabel(text)
		line.Truncation = fyne.TextTruncateEllipsis
		box.Add(flush(line))
	}
	if len(box.Objects) == 0 {
		return nil
	}
	return box
}

// selected follows a selection in one of the tables: the other gives its own up.
func (r *Review) selected(other *grid.Grid, ids []string) {
	if len(ids) > 0 && other != nil {
		other.Select()
	}
	r.describe()
}

// describe says in full what is selected.
func (r *Review) describe() {
	if r.Coming != nil {
		if ids := r.Coming.Selected(); len(ids) > 0 {
			n, _ := strconv.Atoi(ids[0]) // ids are ours
			r.whole.SetText(sayDispute(&r.coming[n]))
			return
		}
	}
	ids := r.Grid.Selected()
	switch {
	case len(ids) > 0:
		n, _ := strconv.Atoi(ids[0])
		r.whole.SetText(sayProblem(&r.plan.Problems[n]))
	case len(r.plan.Problems) > 0:
		r.whole.SetText(saySelectProblem)
	default:
		r.whole.SetText(saySelectDispute)
	}
}
