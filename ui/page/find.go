package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// findBox narrows a table as one types. Escape empties it, Enter and Down go
// to what was found.
type findBox struct {
	widget.Entry

	leave func()
}

func newFindBox(find func(text string), leave func()) *findBox {
	f := &findBox{leave: leave}
	f.PlaceHolder = hintFind
	f.OnChanged = find
	f.ExtendBaseWidget(f)
	return f
}

// TypedKey handles the keys that leave the box, and leaves the others to it.
func (f *findBox) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyEscape:
		f.SetText("")
		f.leave()
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeyDown:
		f.leave()
	default:
		passKey(f, &f.Entry, e)
	}
}

// TypedShortcut is for the toolkit.
func (f *findBox) TypedShortcut(s fyne.Shortcut) { passShortcut(f, &f.Entry, s) }
