package grid

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
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

// entry is the plain Editor.
type entry struct {
	widget.Entry

	take  func(fyne.KeyName, bool) bool
	left  func()
	tab   bool // Tab is asked about, and does not move the focus
	shift bool
}

var _ Editor = (*entry)(nil)

func newEntry() *entry {
	e := &entry{}
	e.Wrapping = fyne.TextWrap(fyne.TextTruncateClip)
	e.ExtendBaseWidget(e)
	return e
}

func (e *entry) Value() string { return e.Text }

func (e *entry) SetValue(text string) {
	e.SetText(text)
	e.TypedShortcut(&fyne.ShortcutSelectAll{})
}

func (e *entry) SetKeys(take func(fyne.KeyName, bool) bool) { e.take, e.tab = take, true }

func (e *entry) SetLeft(left func()) { e.left = left }

// AcceptsTab keeps Tab from moving the focus.
func (e *entry) AcceptsTab() bool { return e.tab }

func (e *entry) TypedKey(k *fyne.KeyEvent) {
	if e.take == nil || !e.take(k.Name, e.shift) {
		e.Entry.TypedKey(k)
	}
}

func (e *entry) KeyDown(k *fyne.KeyEvent) {
	if isShift(k.Name) {
		e.shift = true
	}
	e.Entry.KeyDown(k)
}

func (e *entry) KeyUp(k *fyne.KeyEvent) {
	if isShift(k.Name) {
		e.shift = false
	}
	e.Entry.KeyUp(k)
}

func (e *entry) FocusLost() {
	e.shift = false
	e.Entry.FocusLost()
	if e.left != nil {
		e.left()
	}
}
