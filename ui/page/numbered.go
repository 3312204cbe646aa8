package page

import (
	"slices"
	"strings"

	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

// numbered is a short list from which a digit picks, and a line to write
// something else in where that will do.
type numbered struct {
	desk  *Desk
	items []string
	then  func(i int, text string)
	panel *Panel
	lines []*press
	entry *keyEntry // nil: nothing else will do
}

// pickNumbered asks for one of a few things. typed is the label of a line to
// write something else in, empty if nothing else will do; then hears -1 for what
// is written there.
func (d *Desk) pickNumbered(title, says string, items []string, typed string, then func(i int, text string), cancelled func()) {
	look := theme.Current()
	n := &numbered{desk: d, items: items, then: then}
	box := container.New(layout.NewCustomPaddedVBoxLayout(0), paragraph(says, look.Dialog, look.Ink2), gap())
	for i, text := range items {
		line := newPress(inset(container.NewBorder(nil, nil, least(words(sayDigit(i+1), look.Ink2, look.Text), fyne.NewSize(2*look.Text, 0)), nil,
			words(text, look.Ink, look.Text)), look.Space, look.Gap), func() { n.take(i) })
		line.key = func(name fyne.KeyName) bool { return n.key(i, name) }
		n.lines = append(n.lines, line)
		box.Add(line)
	}
	choices := []Choice{{Text: doCancel, Do: cancelled}}
	if typed != "" {
		n.entry = newKeyEntry()
		box.Add(gap())
		box.Add(container.NewBorder(nil, nil, least(container.NewCenter(words(typed, look.Ink2, look.Text)), fyne.NewSize(6*look.Text, 0)), nil, n.entry))
		choices = append(choices, Choice{Text: doUseThis, Do: func() { then(-1, strings.TrimSpace(n.entry.Text)) }})
	}
	n.panel = d.Show(title, box, narrow, choices...)
	if typed != "" {
		n.listen()
	}
	n.focus(0)
}

func (n *numbered) take(i int) {
	n.panel.Hide()
	n.then(i, n.items[i])
}

// focus gives a line the keyboard; the one written in is the last.
func (n *numbered) focus(i int) {
	switch c := n.desk.Window.Canvas(); {
	case i >= 0 && i < len(n.lines):
		c.Focus(n.lines[i])
	case i == len(n.lines) && n.entry != nil:
		c.Focus(n.entry)
	}
}

// key picks by a digit from any line, and walks.
func (n *numbered) key(at int, name fyne.KeyName) bool {
	i := slices.Index(digitKeys, name)
	switch {
	case i >= 0 && i < len(n.items):
		n.take(i)
	case name == fyne.KeyDown:
		n.focus(at + 1)
	case name == fyne.KeyUp:
		n.focus(at - 1)
	default:
		return false
	}
	return true
}

// listen has the line written in answer Enter, Escape and Up.
func (n *numbered) listen() {
	n.panel.buttons[1].Disable()
	n.entry.OnChanged = func(text string) { enable(n.panel.buttons[1], strings.TrimSpace(text) != "") }
	n.entry.OnSubmitted = func(string) { n.panel.Buttons().Press(doUseThis) }
	n.entry.keys = func(name fyne.KeyName) bool {
		if name == fyne.KeyUp {
			n.focus(len(n.lines) - 1)
			return true
		}
		return n.panel.escaped(name)
	}
}

// digitKeys pick the lines of a short list.
var digitKeys = []fyne.KeyName{fyne.Key1, fyne.Key2, fyne.Key3, fyne.Key4, fyne.Key5, fyne.Key6, fyne.Key7, fyne.Key8, fyne.Key9}
