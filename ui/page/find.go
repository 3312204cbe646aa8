package page

import (
	"touyan/ui/entry"

	"fyne.io/fyne/v2"
)

// findBox narrows a table as one types. Escape empties it, Enter and Down go
// to what was found.
type findBox struct {
	entry.Entry

	leave func()
}

func newFindBox(find func(text string), leave func()) *findBox {
	f := &findBox{leave: leave}
	f.Extend(f)
	f.PlaceHolder = hintFind
	f.OnChanged = find
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
		f.Entry.TypedKey(e)
	}
}
