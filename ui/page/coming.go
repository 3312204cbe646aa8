package page

import (
	"strconv"

	"touyan/store/field"
	"touyan/ui/grid"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

// comingRows is how many conflicts stand above the problems of a book; the
// others are scrolled to.
const comingRows = 4

// fillComing makes the table of the conflicts the book would bring.
func (r *Review) fillComing() {
	if len(r.plan.Coming) == 0 {
		return
	}
	r.Coming = grid.New([]grid.Column{
		{Name: "record", Label: headRecord, Type: field.Text, Width: 120},
		{Name: "label", Label: headField, Type: field.Text, Width: 88},
		{Name: "base", Label: headBase, Type: field.Text, Width: 108},
		{Name: "shown", Label: headShown, Type: field.Text, Width: 108},
		{Name: "shownBy", Label: headBy, Type: field.Text, Width: 196},
		{Name: "theirs", Label: headTheirs, Type: field.Text, Width: 140},
		{Name: "theirsBy", Label: headBy, Type: field.Text, Width: 236},
		{Name: "place", Label: headPlace, Type: field.Text, Width: 116},
	})
	now := r.desk.DB.Now()
	var rows []grid.Row
	for i, of := range r.plan.Coming {
		d := onScreen(of, now)
		r.coming = append(r.coming, d)
		rows = append(rows, grid.Row{ID: strconv.Itoa(i), Cells: []string{
			d.Name, d.Label, d.base, d.shown, d.shownBy, d.against(), d.others[0].by, sayPlace(&d)}})
	}
	r.Coming.OnSelect = func(ids []string) { r.selected(r.Grid, ids) }
	r.Coming.SetRows(rows)
}

// body is the table of problems, that of conflicts, or one above the other.
func (r *Review) body() fyne.CanvasObject {
	if r.Coming == nil {
		return card(r.Grid)
	}
	look := theme.Current()
	coming := captioned(sayComing(len(r.coming)), card(r.Coming))
	if len(r.plan.Problems) == 0 {
		return coming
	}
	rows := min(len(r.coming), comingRows) + 2 // the head and the foot besides
	over := least(coming, fyne.NewSize(0, float32(rows+1)*look.Row))
	return container.NewBorder(over, nil, nil, nil, captioned(sayProblems(len(r.plan.Problems)), card(r.Grid)))
}

// captioned is a table with a line above it.
func captioned(text string, table fyne.CanvasObject) fyne.CanvasObject {
	look := theme.Current()
	line := container.New(layout.NewCustomPaddedLayout(look.Gap, look.Space, 0, 0), words(text, look.Ink2, look.Text))
	return container.NewBorder(line, nil, nil, nil, table)
}

// Find narrows both tables.
func (r *Review) Find(text string) {
	r.Grid.Find(text)
	if r.Coming != nil {
		r.Coming.Find(text)
	}
}

// Focus gives the keyboard to the problems, and where there are none to the
// conflicts.
func (r *Review) Focus() {
	if r.Coming != nil && len(r.plan.Problems) == 0 {
		r.Coming.Focus()
		return
	}
	r.Grid.Focus()
}
