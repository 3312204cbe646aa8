package form

import (
	"touyan/ui/screen"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Entry is a text field in which Chinese is typed. The toolkit leaves the input
// method where the system put it, in a corner of the screen; Entry moves its
// window to the caret. It is never bound to data: a phrase that comes in at
// once would be cut short.
type Entry struct {
	widget.Entry

	self    fyne.Widget
	focused bool
}

// NewEntry makes an entry of one line.
func NewEntry() *Entry {
	e := new(Entry)
	e.Extend(e)
	return e
}

// Extend is called once by a widget that embeds an Entry. OnCursorChanged is
// taken from then on.
func (e *Entry) Extend(self fyne.Widget) {
	e.self = self
	e.Wrapping = fyne.TextWrap(fyne.TextTruncateClip)
	e.OnCursorChanged = e.place
	e.ExtendBaseWidget(self)
}

// FocusGained brings the input method along.
func (e *Entry) FocusGained() {
	e.focused = true
	e.Entry.FocusGained()
	e.place()
}

// FocusLost leaves it where it is.
func (e *Entry) FocusLost() {
	e.focused = false
	e.Entry.FocusLost()
}

// place puts the window of the input method below the caret. A line longer
// than its field is scrolled by the toolkit, which does not say how far: the
// caret is then taken to be at the right edge.
func (e *Entry) place() {
	if !e.focused {
		return
	}
	driver := fyne.CurrentApp().Driver()
	c := screen.Of(e.self)
	if c == nil {
		return
	}
	for _, w := range driver.AllWindows() {
		if w.Canvas() != c {
			continue
		}
		at, size := e.CursorPosition(), e.Size()
		at = fyne.NewPos(min(at.X, size.Width), min(at.Y, size.Height))
		height := min(e.MinSize().Height, size.Height)
		placeInputMethod(w, driver.AbsolutePositionForObject(e.self).Add(at), height, c.Scale())
	}
}
