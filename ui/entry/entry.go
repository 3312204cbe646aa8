// Package entry is the text field in which Chinese is typed. It keeps the window
// of the input method at the caret, and leaves to the program's window the keys
// by which one gets about. What is typed is for others to check and to store.
package entry

import (
	"touyan/ui/screen"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
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

// New makes an entry of one line.
func New() *Entry {
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

// Focused reports whether the entry has the keyboard.
func (e *Entry) Focused() bool { return e.focused }

// FocusLost leaves it where it is.
func (e *Entry) FocusLost() {
	e.focused = false
	e.Entry.FocusLost()
}

// TypedKey leaves the keys by which one gets about, and Escape, to the window.
func (e *Entry) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyF1, fyne.KeyF6, fyne.KeyF11, fyne.KeyEscape:
		if c := screen.Of(e.self); c != nil && c.OnTypedKey() != nil {
			c.OnTypedKey()(k)
			return
		}
	}
	e.Entry.TypedKey(k)
}

// TypedShortcut passes on what is no editing: the toolkit hands a focused widget
// every shortcut and asks nobody else.
func (e *Entry) TypedShortcut(s fyne.Shortcut) {
	if c, custom := s.(*desktop.CustomShortcut); custom && !edits(c) {
		pass(screen.Of(e.self), s)
		return
	}
	e.Entry.TypedShortcut(s)
	switch s := s.(type) {
	case *fyne.ShortcutCopy:
		screen.TellCopied(e.self, s.Clipboard)
	case *fyne.ShortcutCut:
		screen.TellCopied(e.self, s.Clipboard)
	}
}

// KeyDown also tells the window that somebody is there: the toolkit tells it of
// no key that goes to a field.
func (e *Entry) KeyDown(k *fyne.KeyEvent) {
	e.Entry.KeyDown(k)
	if c, tells := screen.Of(e.self).(desktop.Canvas); tells && c.OnKeyDown() != nil {
		c.OnKeyDown()(k)
	}
}

// edits reports a shortcut by which one moves and deletes within a text.
func edits(s *desktop.CustomShortcut) bool {
	switch s.KeyName {
	case fyne.KeyLeft, fyne.KeyRight, fyne.KeyBackspace, fyne.KeyDelete:
		return s.Modifier&fyne.KeyModifierShortcutDefault != 0
	}
	return false
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

// pass hands a shortcut to whatever the window has for it.
func pass(window fyne.Canvas, s fyne.Shortcut) {
	if handler, ok := window.(fyne.Shortcutable); ok {
		handler.TypedShortcut(s)
	}
}
