package page

import (
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

// KeyWall begins and ends projecting. No input method takes F11, nobody who
// lives in a spreadsheet presses it (there it makes a chart sheet), and in
// browsers it already means: for everyone to see.
const KeyWall = fyne.KeyF11

const (
	leastScreen = 1366 // the width every page fits
	keyLetters  = 10   // of the room for the names of keys
)

// Keys is the page that lists what the keyboard does.
type Keys struct {
	content fyne.CanvasObject
}

// NewKeys makes the page.
func NewKeys(*Desk) *Keys {
	look := theme.Current()
	cards := container.NewGridWithColumns(len(keyGroups))
	for _, g := range keyGroups {
		box := container.New(layout.NewCustomPaddedVBoxLayout(0),
			container.New(layout.NewCustomPaddedLayout(0, look.Space, 0, 0), heading(g.title, look.Subheading)))
		for _, k := range g.keys {
			keys := words(k.keys, look.Ink, look.Text)
			keys.TextStyle.Bold = true
			box.Add(container.NewBorder(nil, nil, least(keys, fyne.NewSize(keyLetters*look.Text, look.Row)), nil, words(k.says, look.Ink2, look.Text)))
		}
		cards.Add(card(container.New(layout.NewCustomPaddedLayout(look.Gap, look.Gap, look.Gap, look.Gap), box)))
	}
	if cards.MinSize().Width > leastScreen-look.Sidebar-2*look.Margin {
		cards.Layout = layout.NewGridLayout(2)
	}
	return &Keys{content: sheet(titleKeys, sayKeys, nil, nil, container.NewVScroll(container.NewVBox(cards)), nil)}
}

// Title is the room's name.
func (k *Keys) Title() string { return titleKeys }

// Content is the page.
func (k *Keys) Content() fyne.CanvasObject { return k.content }

// Buttons are none.
func (k *Keys) Buttons() Buttons { return nil }

// Find does nothing: all keys are in sight.
func (k *Keys) Find(string) {}

// Focus does nothing: there is nothing to choose.
func (k *Keys) Focus() {}

// Refresh does nothing: the keys do not change.
func (k *Keys) Refresh() {}

// Projects says that nothing of a record stands here.
func (k *Keys) Projects() {}
