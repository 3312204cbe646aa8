package page

import (
	"path/filepath"
	"slices"
	"strings"

	"touyan/ui/button"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// menuBelow opens a menu below a button, as far left as it must to stay in the
// window.
func (d *Desk) menuBelow(b *button.Button, items []*fyne.MenuItem) {
	d.menu, d.menuShown = items, nil
	at := fyne.NewPos(0, b.Size().Height+theme.Current().Space)
	menu := widget.NewPopUpMenu(fyne.NewMenu("", items...), d.Window.Canvas())
	edge := fyne.CurrentApp().Driver().AbsolutePositionForObject(b).X
	if beyond := edge + menu.MinSize().Width + theme.Current().Margin - d.Window.Canvas().Size().Width; beyond > 0 {
		at.X = -beyond
	}
	d.menuShown = menu
	menu.ShowAtRelativePosition(at, b)
}

// Pick takes an item of the menu opened last, as a person would. It reports
// whether there was one that begins so.
func (d *Desk) Pick(text string) bool {
	for _, item := range d.menu {
		if strings.HasPrefix(item.Label, text) && item.Action != nil {
			if d.menuShown != nil {
				d.menuShown.Hide()
			}
			item.Action()
			return true
		}
	}
	return false
}

// Offers reports an item of the menu opened last.
func (d *Desk) Offers(text string) bool {
	return slices.ContainsFunc(d.menu, func(i *fyne.MenuItem) bool { return strings.HasPrefix(i.Label, text) })
}

// importBelow asks for a book: any, or one of those used lately if there are.
func (d *Desk) importBelow(b *button.Button) {
	recent := RecentBooks.Files()
	if len(recent) == 0 {
		d.ChooseBook()
		return
	}
	items := []*fyne.MenuItem{fyne.NewMenuItem(doChooseBook, d.ChooseBook), fyne.NewMenuItemSeparator()}
	for _, path := range recent {
		items = append(items, fyne.NewMenuItem(sayRecent(path), func() { d.Receive(path) }))
	}
	d.menuBelow(b, items)
}

// sayRecent is the name of a file and the folder it lies in, for there are
// many of one name.
func sayRecent(path string) string {
	return filepath.Base(path) + wordIn + filepath.Base(filepath.Dir(path))
}
