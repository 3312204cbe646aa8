package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// opened is a select of many things: it opens a list that is found in by
// typing, not the toolkit's menu, which draws them all.
type opened struct {
	widget.Select

	open func()
}

func newOpened(open func()) *opened {
	o := &opened{open: open}
	o.ExtendBaseWidget(o)
	return o
}

// show shows what is chosen.
func (o *opened) show(text string) {
	o.Options = []string{text}
	o.SetSelectedIndex(0)
}

// Tapped opens the list.
func (o *opened) Tapped(*fyne.PointEvent) { o.open() }

// TypedKey opens the list by the keys that open a menu.
func (o *opened) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeySpace, fyne.KeyUp, fyne.KeyDown:
		o.open()
	}
}
