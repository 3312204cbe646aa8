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
	open   map[string]conflictRow
}

// NewConflicts makes the page.
func NewConflicts(d *Desk) *Conflicts {
	c := &Conflicts{desk: d, open: map[string]conflictRow{}}
	c.Grid = grid.New([]grid.Column{
		{Name: "record", Label: headRecord, Type: field.Text, Width: 140},
		{Name: "kind", Label: headKind, Type: field.Text, Width: 80},
		{Name: "label", Label: headField, Type: field.Text, Width: 100},
		{Name: "ours", Label: headOurs, Type: field.Text, Width: 150},
		{Name: "oursBy", Label: headOursBy, Type: field.Text, Width: 216},
		{Name: "theirs", Label: headTheirs, Type: field.Text, Width: 200},
		{Name: "theirsBy", Label: headTheirsBy, Type: field.Text, Width: 250},
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
	row           grid.Row
	conflict      store.Conflict
	record, label string
	others        []otherValue // one for each value against ours, at least one
}

// otherValue is what another office says, in words, and who said it.
type otherValue struct {
	version  *store.Version
	text, by string
}

// Refresh reads the conflicts anew.
func (c *Conflicts) Refresh() {
	read(c.desk, &c.turn, c.rows, func(found []conflictRow) {
		clear(c.open)
		var rows []grid.Row
		for _, f := range found {
			rows = append(rows, f.row)
			c.open[f.row.ID] = f
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
		r := conflictRow{conflict: c, record: tx.Name(c.Kind, c.Record), label: fieldLabel(kind, c.Field)}
		ours := r.show(&names, kind)
		oursBy, err := saidBy(tx, &c.Shown, now)
		if err != nil {
			return nil, err
		}
		theirs := r.others[0].text
		if n := len(r.others) - 1; n > 0 {
			theirs = sayFurther(n) + theirs
		}
		for i := range r.others {
			if r.others[i].by, err = saidBy(tx, r.others[i].version, now); err != nil {
				return nil, err
			}
		}
		r.row = grid.Row{ID: c.ID, Cells: []string{r.record, kind.Label, r.label, ours, oursBy, theirs, r.others[0].by}}
		out = append(out, r)
	}
	return out, nil
}

// against are the versions that say something else than ours, one for each
// value; two references to records found to be one say the same.
func against(tx *store.Tx, f *field.Field, c *store.Conflict) []*store.Version {
	said := func(v *store.Version) string {
		if f != nil && f.Type == field.Ref {
			return tx.Canonical(v.Value)
		}
		return v.Value
	}
	seen := map[string]bool{said(&c.Shown): true}
	var out []*store.Version
	for i := range c.Versions {
		if v := &c.Versions[i]; !seen[said(v)] {
			seen[said(v)] = true
			out = append(out, v)
		}
	}
	if len(out) == 0 {
		out = append(out, c.Theirs())
	}
	return out
}

// show puts the values in words. Where masking hides what differs, they are
// shown whole: nobody can choose between two rows of dots.
func (r *conflictRow) show(names *nameBook, kind *field.Kind) (ours string) {
	f := kind.Field(r.conflict.Field)
	versions := append([]*store.Version{&r.conflict.Shown}, against(names.tx, f, &r.conflict)...)
	show := func(value string) string { return value }
	if f != nil { // else 作废, or a cell of a newer program
		show = func(value string) string { return names.show(f, value) }
	}
	seen := map[string]bool{}
	for _, v := range versions {
		seen[show(v.Value)] = true
	}
	if f != nil && len(seen) < len(versions) {
		show = f.Show
	}
	for _, v := range versions[1:] {
		r.others = append(r.others, otherValue{version: v, text: orNothing(show(v.Value))})
	}
	return orNothing(show(r.conflict.Shown.Value))
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
	why := c.reason.Selected
	var chosen []conflictRow
	for _, id := range c.Grid.Selected() {
		chosen = append(chosen, c.open[id])
	}
	if len(chosen) == 0 || why == "" {
		return
	}
	c.settle(chosen, nil, theirs, why)
}

// settle finds the value of one cell after the other, asking where other
// offices say several things, and then decides them all.
func (c *Conflicts) settle(todo []conflictRow, done []decision, theirs bool, why string) {
	for i := range todo {
		r := &todo[i]
		switch {
		case !theirs:
			done = append(done, decision{r.conflict, r.conflict.Shown.Value})
		case len(r.others) == 1:
			done = append(done, decision{r.conflict, r.others[0].version.Value})
		default:
			c.desk.askValue(r, func(value string) {
				c.settle(todo[i+1:], append(done, decision{r.conflict, value}), theirs, why)
			})
			return
		}
	}
	c.desk.decide(done, theirs, why)
}
