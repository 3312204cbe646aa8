package page

import (
	"encoding/json"
	"slices"

	"touyan/ui/grid"
	"touyan/ui/screen"
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
	l.Grid.OnFind = l.FocusFind
	return container.New(layout.NewCustomPaddedLayout(look.Space, 0, 0, 0),
		container.NewHBox(least(l.find, fyne.NewSize(22*look.Text, 0))))
}

// barred makes the find box with the views of a room beside it: made, those
// that come with the page, and a person's own.
func (l *listing) barred(d *Desk, room string, made []grid.View, tells func(column string) bool) fyne.CanvasObject {
	bar := grid.NewBar(l.Grid)
	bar.SetViews(d.viewsOf(room, made))
	bar.OnViews = func(views []grid.View) { d.keepViews(room, made, views, tells) }
	bar.OnView = func(grid.View) { l.Grid.Focus() }
	return container.NewBorder(nil, nil, l.filter(), container.NewCenter(bar))
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
		screen.Of(l.Grid).Focus(l.find)
	}
}

// keptView is the name of what a table shows among what is remembered of a
// room.
const keptView = "view"

// keep shows the table as it was left, and remembers how it is left: nothing
// that stands in a record. tells names the columns whose texts tell of a
// person; nil: all.
func (l *listing) keep(d *Desk, room string, tells func(column string) bool) {
	var v grid.View
	if err := json.Unmarshal([]byte(d.Kept(room, keptView)), &v); err == nil {
		l.Grid.SetView(v)
	}
	save := func(v grid.View) {
		if text, err := json.Marshal(keepable(v, tells)); err == nil {
			d.Keep(room, keptView, string(text))
		}
	}
	l.Grid.OnView = func() { save(l.Grid.View()) }
	l.Grid.OnSort = func(column string, order grid.Order) {
		v := l.Grid.View()
		v.Sort, v.Order = column, order
		save(v)
	}
	l.Grid.OnResize = func(column string, width float32) {
		v := l.Grid.View()
		if at := slices.IndexFunc(v.Columns, func(c grid.ViewColumn) bool { return c.Name == column }); at >= 0 {
			v.Columns[at].Width = width
		}
		save(v)
	}
}

// take makes the table look as another did: found, filtered, sorted and
// selected.
func (l *listing) take(from *listing) {
	l.Grid.SetView(from.Grid.View())
	l.former = from.Grid.Selected()
	if from.find != nil {
		l.Find(from.find.Text)
	}
}
