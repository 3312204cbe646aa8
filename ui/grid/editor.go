package grid

import (
	"touyan/ui/entry"

	"fyne.io/fyne/v2"
)

// Editor is what a cell is edited with. The grid makes one for each cell, lays
// it over the cell and focuses it; from then on every key is its own, and so
// an input method works in it as anywhere else.
type Editor interface {
	fyne.CanvasObject
	fyne.Focusable

	// Value is what was typed.
	Value() string
	// SetValue gives the text to begin with, and selects it.
	SetValue(text string)
	// SetKeys is called once: the editor asks take about every key before it
	// uses it itself, Tab among them, and leaves alone what take reports as
	// taken. Only while a list of its own is open may it keep the arrows, Enter
	// and Escape. Keys that an input method uses never come to either.
	SetKeys(take func(key fyne.KeyName, shift bool) (taken bool))
	// SetLeft is called once: the editor calls left when it loses the keyboard.
	SetLeft(left func())
}

// plain is the Editor of a text.
type plain struct {
	entry.Entry

	take  func(fyne.KeyName, bool) bool
	left  func()
	tab   bool // Tab is asked about, and does not move the focus
	shift bool
}

var _ Editor = (*plain)(nil)

func newPlain() *plain {
	e := &plain{}
	e.Extend(e)
	return e
}

func (e *plain) Value() string { return e.Text }

func (e *plain) SetValue(text string) {
	e.SetText(text)
	e.TypedShortcut(&fyne.ShortcutSelectAll{})
}

func (e *plain) SetKeys(take func(fyne.KeyName, bool) bool) { e.take, e.tab = take, true }

func (e *plain) SetLeft(left func()) { e.left = left }

// AcceptsTab keeps Tab from moving the focus.
func (e *plain) AcceptsTab() bool { return e.tab }

func (e *plain) TypedKey(k *fyne.KeyEvent) {
	if e.take == nil || !e.take(k.Name, e.shift) {
		e.Entry.TypedKey(k)
	}
}

func (e *plain) KeyDown(k *fyne.KeyEvent) {
	if isShift(k.Name) {
		e.shift = true
	}
	e.Entry.KeyDown(k)
}

func (e *plain) KeyUp(k *fyne.KeyEvent) {
	if isShift(k.Name) {
		e.shift = false
	}
	e.Entry.KeyUp(k)
}

func (e *plain) FocusLost() {
	e.shift = false
	e.Entry.FocusLost()
	if e.left != nil {
		e.left()
	}
}
