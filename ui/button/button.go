// Package button is the toolkit's button as offices expect it: once Tab has led
// to it, Enter presses it like the space bar, and the keys by which one gets
// about stay the window's. What it does is for others to say.
package button

import (
	"touyan/ui/screen"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Button is a button with a text.
type Button struct {
	widget.Button
}

// New makes a button that calls do.
func New(text string, do func()) *Button {
	b := &Button{}
	b.Text, b.OnTapped = text, do
	b.ExtendBaseWidget(b)
	return b
}

// TypedKey presses by Enter or the space bar, and leaves the rest to the window.
func (b *Button) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		b.Tapped(nil)
		return
	}
	if c := screen.Of(b); c != nil && c.OnTypedKey() != nil {
		c.OnTypedKey()(k)
	}
}
