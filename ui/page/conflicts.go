package page

import (
	"strings"
	"time"

	"touyan/store"
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
	turn   int
	open   map[string]store.Conflict
}

// NewConflicts makes the page.
func NewConflicts(d *Desk) *Conflicts {
	c := &Conflicts{desk: d, open: map[string]store.Conflict{}}
	c.Grid = grid.New([]grid.Column{
		{Name: "record", Label: headRecord, Type: field.Text, Width: 140},
		{Name: "kind", Label: headKind, Type: field.Text, Width: 80},
		{Name: "label", Label: headField, Type: field.Text, Width: 100},
		{Name: "ours", Label: headOurs, Type: field.Text, Width: 150},
		{Name: "oursBy", Label: headOursBy, Type: field.Text, Width: 236},
		{Name: "theirs", Label: headTheirs, Type: field.Text, Width: 150},
		{Name: "theirsBy", Label: headTheirsBy, Type: field.Text, Width: 270},
	})
	c.Grid.SetEmpty(sayNoConflicts, "", nil)
	c.Grid.OnSelect = func([]string) { c.enable() }
	c.reason = widget.NewSelect(reasons, func(string) { c.enable() })
	c.reason.PlaceHolder = sayReason
	c.buttons = buttons([]Choice{
		{Text: doOurs, Do: func() { c.decide(false) }},
		{Text: doTheirs, Do: func() { c.decide(true) }},
	})
	c.enable()
	c.content = sheet(titleConflicts, sayConflicts, nil, nil, card(c.Grid), c.foot())
	return c
}

// foot is the line a conflict is decided in.
func (c *Conflicts) foot() fyne.CanvasObject {
	look := theme.Current()
	return container.NewHBox(layout.NewSpacer(), container.NewCenter(words(labelReason, look.Ink2, look.Text)),
		least(c.reason, fyne.NewSize(16*look.Text, 0)), c.buttons.row())
}

// Title is the room's name.
func (c *Conflicts) Title() string { return titleConflicts }

// Reason chooses why the next decisions are made.
func (c *Conflicts) Reason(text string) { c.reason.SetSelected(text) }

// conflictRow is a conflict in words.
type conflictRow struct {
	row      grid.Row
	conflict store.Conflict
}

// Refresh reads the conflicts anew.
func (c *Conflicts) Refresh() {
	read(c.desk, &c.turn, c.rows, func(found []conflictRow) {
		clear(c.open)
		var rows []grid.Row
		for _, f := range found {
			rows = append(rows, f.row)
			c.open[f.row.ID] = f.conflict
		}
		c.fill(rows)
		c.enable()
	})
}

func (c *Conflicts) rows(tx *store.Tx) ([]conflictRow, error) {
	now := c.desk.DB.Now()
	open, err := tx.Conflicts()
	if err != nil {
		return nil, err
	}
	names := nameBook{tx: tx, known: map[string]string{}}
	var out []conflictRow
	for _, c := range open {
		kind := tx.Kinds().Kind(c.Kind)
		if kind == nil {
			continue
		}
		theirs := c.Theirs()
		ours, others := cellPair(&names, kind, &c, theirs)
		oursBy, err := saidBy(tx, &c.Shown, now)
		if err != nil {
			return nil, err
		}
		theirsBy, err := saidBy(tx, theirs, now)
		if err != nil {
			return nil, err
		}
		out = append(out, conflictRow{conflict: c, row: grid.Row{ID: c.ID, Cells: []string{
			tx.Name(c.Kind, c.Record), kind.Label, fieldLabel(kind, c.Field), ours, oursBy, others, theirsBy}}})
	}
	return out, nil
}

// cellPair shows both values. Where masking hides what differs, they are shown
// whole: nobody can choose between two rows of dots.
func cellPair(names *nameBook, kind *field.Kind, c *store.Conflict, theirs *store.Version) (string, string) {
	f := kind.Field(c.Field)
	if f == nil { // 作废, or a cell of a newer program
		return orNothing(c.Shown.Value), orNothing(theirs.Value)
	}
	a, b := names.show(f, c.Shown.Value), names.show(f, theirs.Value)
	if a == b {
		a, b = f.Show(c.Shown.Value), f.Show(theirs.Value)
	}
	return orNothing(a), orNothing(b)
}

func orNothing(text string) string {
	if text == "" {
		return sayBlank
	}
	return text
}

func fieldLabel(kind *field.Kind, name string) string {
	if f := kind.Field(name); f != nil {
		return f.Label
	}
	if name == store.VoidCell {
		return labelVoid
	}
	return name
}

// saidBy tells who wrote a version, when, and in which book.
func saidBy(tx *store.Tx, v *store.Version, now time.Time) (string, error) {
	o, err := tx.Origin(v.Dot)
	if err != nil {
		return "", err
	}
	var parts []string
	for _, p := range []string{o.Name, o.Who} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	if !o.At.IsZero() {
		parts = append(parts, sayWhen(o.At, now))
	}
	if o.Book != "" {
		parts = append(parts, "《"+o.Book+"》")
	}
	return strings.Join(parts, " "), nil
}

// enable asks for a selection and a reason before anything can be decided.
func (c *Conflicts) enable() {
	ready := c.reason.Selected != "" && len(c.Grid.Selected()) > 0
	for _, b := range c.buttons {
		if ready {
			b.Enable()
		} else {
			b.Disable()
		}
	}
}

// decide settles the selected cells one way, as one operation.
func (c *Conflicts) decide(theirs bool) {
	d, why := c.desk, c.reason.Selected
	var chosen []store.Conflict
	for _, id := range c.Grid.Selected() {
		chosen = append(chosen, c.open[id])
	}
	if len(chosen) == 0 || why == "" {
		return
	}
	d.decide(chosen, theirs, why)
}
