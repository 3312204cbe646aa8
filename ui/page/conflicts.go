package page

import (
	"touyan/store/exchange"
	"touyan/store/field"
	"touyan/ui/grid"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
)

// Conflicts is the cells of which two offices say different things, neither
// knowing of the other's word.
type Conflicts struct {
	listing

	desk   *Desk
	reason *widget.Select
	whole  *widget.Label // the conflict selected, in full
	turn   int
	open   map[string]dispute
}

// NewConflicts makes the page.
func NewConflicts(d *Desk) *Conflicts {
	c := &Conflicts{desk: d, open: map[string]dispute{}}
	c.Grid = grid.New([]grid.Column{
		{Name: "record", Label: headRecord, Type: field.Text, Width: 120},
		{Name: "kind", Label: headKind, Type: field.Text, Width: 76},
		{Name: "label", Label: headField, Type: field.Text, Width: 88},
		{Name: "base", Label: headBase, Type: field.Text, Width: 108},
		{Name: "shown", Label: headShown, Type: field.Text, Width: 108},
		{Name: "shownBy", Label: headBy, Type: field.Text, Width: 196},
		{Name: "theirs", Label: headTheirs, Type: field.Text, Width: 196},
		{Name: "theirsBy", Label: headBy, Type: field.Text, Width: 224},
	})
	c.Grid.SetEmpty(sayNoConflicts, "", nil)
	c.Grid.OnSelect = func([]string) { c.enable() }
	c.reason = widget.NewSelect(reasons, func(string) { c.enable() })
	c.reason.PlaceHolder = sayReason
	c.whole = widget.NewLabel("")
	c.whole.Wrapping = fyne.TextWrapWord
	c.buttons = buttons([]Choice{
		{Text: doOurs, Do: func() { c.decide(false) }},
		{Text: doTheirs, Do: func() { c.decide(true) }},
	})
	c.enable()
	c.content = sheet(titleConflicts, sayConflicts, nil, nil, card(c.Grid), c.foot())
	return c
}

// foot is the conflict selected, in full, and the line it is decided in.
func (c *Conflicts) foot() fyne.CanvasObject {
	look := theme.Current()
	line := container.NewHBox(layout.NewSpacer(), container.NewCenter(words(labelReason, look.Ink2, look.Text)),
		least(c.reason, fyne.NewSize(16*look.Text, 0)), c.buttons.row())
	return container.NewVBox(least(flush(c.whole), fyne.NewSize(0, 2*look.Row)), line)
}

// Title is the room's name.
func (c *Conflicts) Title() string { return titleConflicts }

// Reason chooses why the next decisions are made.
func (c *Conflicts) Reason(text string) { c.reason.SetSelected(text) }

// Refresh reads the conflicts anew.
func (c *Conflicts) Refresh() {
	read(c.desk, &c.turn, exchange.Disputes, func(found []exchange.Dispute) {
		clear(c.open)
		now := c.desk.DB.Now()
		var rows []grid.Row
		for _, f := range found {
			d := onScreen(f, now)
			rows = append(rows, grid.Row{ID: f.Conflict.ID, Cells: []string{
				d.Name, d.Kind.Label, d.Label, d.base, d.shown, d.shownBy, d.against(), d.others[0].by}})
			c.open[f.Conflict.ID] = d
		}
		c.fill(rows)
		c.enable()
	})
}

// selected are the conflicts selected; none of a list that has just been
// replaced.
func (c *Conflicts) selected() []dispute {
	var out []dispute
	for _, id := range c.Grid.Selected() {
		if d, ok := c.open[id]; ok {
			out = append(out, d)
		}
	}
	return out
}

// allOwn reports whether this office wrote all the values shown: only then they
// are 本级.
func allOwn(list []dispute) bool {
	for _, d := range list {
		if !d.Shown.Own {
			return false
		}
	}
	return true
}

// enable asks for a selection and a reason before anything can be decided, and
// says what the buttons would take.
func (c *Conflicts) enable() {
	chosen := c.selected()
	text := ""
	if len(chosen) == 1 {
		text = sayDispute(&chosen[0])
	}
	c.whole.SetText(text)
	ours := doOurs
	if !allOwn(chosen) {
		ours = doShown
	}
	c.buttons[0].SetText(ours)
	for _, b := range c.buttons {
		if c.reason.Selected != "" && len(chosen) > 0 {
			b.Enable()
		} else {
			b.Disable()
		}
	}
}

// decide settles the selected cells one way, as one operation.
func (c *Conflicts) decide(theirs bool) {
	chosen, why := c.selected(), c.reason.Selected
	if len(chosen) == 0 || why == "" {
		c.desk.Tell(Notice{Text: sayNoneChosen})
		return
	}
	taken := wordTheirs
	switch {
	case theirs:
	case allOwn(chosen):
		taken = wordOwn
	default:
		taken = wordShown
	}
	c.desk.settle(chosen, nil, theirs, ruling{why, taken})
}
