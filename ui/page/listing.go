package page

import (
	"encoding/json"

	"touyan/ui/grid"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

// listing is what all pages made around a table have in common.
type listing struct {
	Grid *grid.Grid

	content fyne.CanvasObject
	buttons Buttons
	find    *findBox // nil if the page has none
	ids     []string
	former  []string // selected before the page was made anew, until there are rows
}

// fill replaces the rows of the table.
func (l *listing) fill(rows []grid.Row) {
	l.ids = l.ids[:0]
	for _, r := range rows {
		l.ids = append(l.ids, r.ID)
	}
	l.Grid.SetRows(rows)
	if len(l.former) > 0 {
		l.Grid.Select(l.former...)
		l.former = nil
	}
}

// Rows lists the ids of all rows, before sorting and finding.
func (l *listing) Rows() []string { return l.ids }

// Content is the page.
func (l *listing) Content() fyne.CanvasObject { return l.content }

// Buttons are the page's actions.
func (l *listing) Buttons() Buttons { return l.buttons }

// Focus gives the table the keyboard.
func (l *listing) Focus() { l.Grid.Focus() }

// filter makes the find box that narrows the table, to stand above it.
func (l *listing) filter() fyne.CanvasObject {
	look := theme.Current()
	l.find = newFindBox(l.Grid.Find, l.Grid.Focus)
	return container.New(layout.NewCustomPaddedLayout(look.Space, 0, 0, 0),
		container.NewHBox(least(l.find, fyne.NewSize(22*look.Text, 0))))
}

// Find narrows the table, as if typed into the find box.
func (l *listing) Find(text string) {
	if l.find != nil {
		l.find.SetText(text)
		return
	}
	l.Grid.Find(text)
}

// FocusFind gives the find box the keyboard.
func (l *listing) FocusFind() {
	if l.find != nil {
		fyne.CurrentApp().Driver().CanvasForObject(l.Grid).Focus(l.find)
	}
}

// view is how a person left a table: its order and the columns dragged.
type view struct {
	Sort   string             `json:"sort,omitempty"`
	Order  grid.Order         `json:"order,omitempty"`
	Widths map[string]float32 `json:"widths,omitempty"`
}

// keptView is the name of a view among what is remembered of a room.
const keptView = "view"

// keep shows the table as it was left, and remembers how it is left.
func (l *listing) keep(d *Desk, room string) {
	v := view{Widths: map[string]float32{}}
	if err := json.Unmarshal([]byte(d.Kept(room, keptView)), &v); err == nil {
		for column, width := range v.Widths {
			l.Grid.SetWidth(column, width)
		}
		l.Grid.SortBy(v.Sort, v.Order)
	}
	save := func() {
		if text, err := json.Marshal(v); err == nil {
			d.Keep(room, keptView, string(text))
		}
	}
	l.Grid.OnSort = func(column string, order grid.Order) {
		v.Sort, v.Order = column, order
		save()
	}
	l.Grid.OnResize = func(column string, width float32) {
		v.Widths[column] = width
		save()
	}
}

// take makes the table look as another did: found, sorted and selected.
func (l *listing) take(from *listing) {
	l.Grid.SortBy(from.Grid.Sorted())
	l.former = from.Grid.Selected()
	if from.find != nil {
		l.Find(from.find.Text)
	}
}
