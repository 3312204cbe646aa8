package grid

import (
	"fmt"
	"slices"
	"strings"

	"touyan/ui/screen"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Bar is what stands over a grid to choose a view of it and its columns:
// 视图：书记 ▾  列 ▾. Whoever shows it stores the views.
type Bar struct {
	widget.BaseWidget

	OnViews func(views []View) // views were saved, renamed or deleted
	OnView  func(v View)       // a person chose a view, which the grid shows now

	g       *Grid
	views   []View
	view    *press
	columns *press
}

// NewBar makes the bar of a grid.
func NewBar(g *Grid) *Bar {
	b := &Bar{g: g}
	b.view = newPress("", b.open)
	b.columns = newPress(doColumns, func() { newChooser(g, b.columns) })
	b.view.quiet, b.columns.quiet = true, true
	b.view.opens, b.columns.opens = true, true
	g.follow = append(g.follow, b.tell)
	b.ExtendBaseWidget(b)
	b.tell()
	return b
}

// CreateRenderer is for the toolkit.
func (b *Bar) CreateRenderer() fyne.WidgetRenderer {
	b.ExtendBaseWidget(b)
	return widget.NewSimpleRenderer(container.NewHBox(b.view, b.columns))
}

// SetViews gives the views to choose from.
func (b *Bar) SetViews(views []View) {
	b.views = slices.Clone(views)
	b.tell()
}

// Views returns them.
func (b *Bar) Views() []View { return slices.Clone(b.views) }

// at is the place of the view the grid was last set to, -1 if it has none.
func (b *Bar) at() int {
	return slices.IndexFunc(b.views, func(v View) bool { return v.Name == b.g.view })
}

// altered reports whether a person has changed that view since.
func (b *Bar) altered() bool {
	at := b.at()
	return at >= 0 && !b.g.shows(b.views[at])
}

// tell names the view.
func (b *Bar) tell() {
	text := sayViews
	if b.at() >= 0 {
		text += joinLabel + b.g.view
		if b.altered() {
			text += sayChanged
		}
	}
	b.view.set(text, false)
	b.Refresh()
}

// items are the views, and what can be done with them.
func (b *Bar) items() []*fyne.MenuItem {
	items := []*fyne.MenuItem{{Label: doAsGiven, Checked: b.at() < 0, Action: func() { b.choose(View{}) }}}
	for _, v := range b.views {
		items = append(items, &fyne.MenuItem{Label: v.Name, Checked: v.Name == b.g.view, Action: func() { b.choose(v) }})
	}
	items = append(items, fyne.NewMenuItemSeparator())
	if at := b.at(); at >= 0 {
		name := b.views[at].Name
		save := fyne.NewMenuItem(fmt.Sprintf(doSaveTo, name), func() { b.store(at) })
		save.Disabled = !b.altered()
		return append(items, save,
			fyne.NewMenuItem(doSaveAs, b.saveAs),
			fyne.NewMenuItem(doRename, func() { b.rename(at) }),
			fyne.NewMenuItem(doDelete, func() { b.remove(at) }))
	}
	return append(items, fyne.NewMenuItem(doSaveAs, b.saveAs))
}

// open shows them below the word.
func (b *Bar) open() {
	window := screen.Of(b.view)
	if window == nil {
		return
	}
	menu := widget.NewPopUpMenu(fyne.NewMenu("", b.items()...), window)
	menu.ShowAtRelativePosition(fyne.NewPos(0, b.view.Size().Height+theme.Current().Space), b.view)
}

// choose shows a view. The empty one shows all rows and columns as they come.
// What one looks for stays, for it still stands in the find box.
func (b *Bar) choose(v View) {
	v.Query = b.g.query
	b.g.SetView(v)
	if b.g.OnView != nil {
		b.g.OnView()
	}
	if b.OnView != nil {
		b.OnView(v)
	}
}

// store puts what is seen in the place of a view.
func (b *Bar) store(at int) {
	b.views[at] = b.g.View()
	b.stored()
}

func (b *Bar) stored() {
	b.tell()
	if b.OnViews != nil {
		b.OnViews(b.Views())
	}
	if b.g.OnView != nil { // the view has another name now
		b.g.OnView()
	}
}

// named says what is wrong with a name for the view at a place; -1 is a new
// one.
func (b *Bar) named(name string, at int) string {
	same := slices.IndexFunc(b.views, func(v View) bool { return v.Name == name })
	switch {
	case name == "":
		return sayNameless
	case name == doAsGiven || same >= 0 && same != at:
		return sayNameTaken(name)
	}
	return ""
}

func (b *Bar) saveAs() {
	askName(b.view, b.g.text, "", func(name string) string {
		name = strings.TrimSpace(name)
		if wrong := b.named(name, -1); wrong != "" {
			return wrong
		}
		b.g.view = name
		b.views = append(b.views, b.g.View())
		b.stored()
		return ""
	})
}

func (b *Bar) rename(at int) {
	askName(b.view, b.g.text, b.views[at].Name, func(name string) string {
		name = strings.TrimSpace(name)
		if wrong := b.named(name, at); wrong != "" {
			return wrong
		}
		b.views[at].Name, b.g.view = name, name
		b.stored()
		return ""
	})
}

func (b *Bar) remove(at int) {
	name := b.views[at].Name
	askDelete(b.view, sayDeleteView(name), fmt.Sprintf(doDeleteFor, name), func() {
		b.views = slices.Delete(b.views, at, at+1)
		b.g.view = ""
		b.stored()
	})
}
