package page

import (
	"encoding/json"

	"touyan/store"
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
	find    *findBox  // nil if the page has none
	bar     *grid.Bar // nil if it has none
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
	box := container.NewHBox(least(l.find, fyne.NewSize(22*look.Text, 0)))
	line := container.NewBorder(nil, nil, box, nil)
	if l.bar != nil {
		line = container.NewBorder(nil, nil, box, l.bar)
	}
	return container.New(layout.NewCustomPaddedLayout(look.Space, 0, 0, 0), line)
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

// keptView is the name of what is remembered of how a table was left.
const keptView = "view"

// keep shows the table as it was left, and remembers how it is left: order and
// columns. What it was narrowed by is forgotten: it stands in records.
func (l *listing) keep(d *Desk, room string) {
	var v grid.View
	if err := json.Unmarshal([]byte(d.Kept(room, keptView)), &v); err == nil {
		l.Grid.SetView(v)
	}
	save := func() {
		v := l.Grid.View()
		v.Name, v.Query, v.Filters = "", "", nil
		if text, err := json.Marshal(v); err == nil {
			d.Keep(room, keptView, string(text))
		}
	}
	l.Grid.OnSort = func(string, grid.Order) { save() }
	l.Grid.OnResize = func(string, float32) { save() }
	l.Grid.OnView = save
}

// settingViews names the saved views of a room among the settings of the
// ledger: they hold texts of records, and so lie where the records lie.
const settingViews = "views/"

// views gives the table the views that come with it and those a person saved.
func (l *listing) views(d *Desk, room string, made []grid.View) {
	l.bar = grid.NewBar(l.Grid)
	var saved []grid.View
	if err := d.DB.View(func(tx *store.Tx) error { return tx.Setting(settingViews+room, &saved) }); err != nil {
		d.Fail(err)
	}
	if saved == nil {
		saved = made
	}
	l.bar.SetViews(saved)
	l.bar.OnViews = func(views []grid.View) {
		d.running.Go(func() {
			if err := d.DB.KeepSetting(settingViews+room, views); err != nil {
				d.Post(func() { d.Fail(err) })
			}
		})
	}
}

// take makes the table look as another did: narrowed, sorted and selected.
func (l *listing) take(from *listing) {
	l.Grid.SetView(from.Grid.View())
	l.former = from.Grid.Selected()
	if from.find != nil {
		l.Find(from.find.Text)
	}
}
