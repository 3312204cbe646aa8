package page

import (
	"touyan/ui/grid"

	"fyne.io/fyne/v2"
)

// listing is what all pages made around a table have in common.
type listing struct {
	Grid *grid.Grid

	content fyne.CanvasObject
	buttons Buttons
	ids     []string
}

// fill replaces the rows of the table.
func (l *listing) fill(rows []grid.Row) {
	l.ids = l.ids[:0]
	for _, r := range rows {
		l.ids = append(l.ids, r.ID)
	}
	l.Grid.SetRows(rows)
}

// Rows lists the ids of all rows, before sorting and finding.
func (l *listing) Rows() []string { return l.ids }

// Content is the page.
func (l *listing) Content() fyne.CanvasObject { return l.content }

// Buttons are the page's actions.
func (l *listing) Buttons() Buttons { return l.buttons }

// Find narrows the table.
func (l *listing) Find(text string) { l.Grid.Find(text) }

// Focus gives the table the keyboard.
func (l *listing) Focus() { l.Grid.Focus() }
