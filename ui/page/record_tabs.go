package page

import (
	"image/color"
	"slices"

	"touyan/ui/screen"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

// leaf is one tab of a record's page.
type leaf struct {
	name  string
	label string
	body  func() fyne.CanvasObject // made when it is first shown
	focus func()                   // gives what it shows the keyboard
	find  func(text string)        // narrows it; nil if there is nothing to narrow
}

// tabs are the words above the leaves of a record. Left and Right go from one
// to the next, Enter and Down go into the leaf.
type tabs struct {
	leaves  []leaf
	now     int
	made    map[string]fyne.CanvasObject
	words   []*press
	labels  []*canvas.Text
	bars    []*canvas.Rectangle
	content *fyne.Container
	show    func(fyne.CanvasObject)
}

func newTabs(leaves []leaf, now string, show func(fyne.CanvasObject)) *tabs {
	look := theme.Current()
	t := &tabs{leaves: leaves, made: map[string]fyne.CanvasObject{}, show: show, content: container.New(layout.NewCustomPaddedHBoxLayout(0))}
	for i, l := range leaves {
		if l.name == now {
			t.now = i
		}
		label, bar := words(l.label, look.Ink2, look.Text), canvas.NewRectangle(look.Accent)
		label.Alignment = fyne.TextAlignCenter
		bar.SetMinSize(fyne.NewSize(0, look.Bar))
		text := container.New(layout.NewCustomPaddedLayout(0, 0, look.Gap+look.Space, look.Gap+look.Space), label)
		p := newPress(container.NewBorder(nil, bar, nil, nil, least(text, fyne.NewSize(0, look.Row))), func() { t.press(i) })
		p.key = t.key
		t.words, t.labels, t.bars = append(t.words, p), append(t.labels, label), append(t.bars, bar)
		t.content.Add(p)
	}
	t.mark()
	return t
}

// key walks along the words.
func (t *tabs) key(name fyne.KeyName) bool {
	switch name {
	case fyne.KeyLeft:
		t.walk(-1)
	case fyne.KeyRight:
		t.walk(1)
	case fyne.KeyDown, fyne.KeyReturn, fyne.KeyEnter:
		t.leaves[t.now].focus()
	default:
		return false
	}
	return true
}

func (t *tabs) walk(by int) {
	t.open((t.now + by + len(t.leaves)) % len(t.leaves))
	t.focus()
}

func (t *tabs) press(i int) {
	t.open(i)
	t.focus()
}

// focus gives the word of the leaf shown the keyboard.
func (t *tabs) focus() {
	if c := screen.Of(t.words[t.now]); c != nil {
		c.Focus(t.words[t.now])
	}
}

func (t *tabs) open(i int) {
	t.now = i
	t.mark()
	l := t.leaves[i]
	if t.made[l.name] == nil {
		t.made[l.name] = l.body()
	}
	t.show(t.made[l.name])
}

// name is the leaf shown.
func (t *tabs) name() string { return t.leaves[t.now].name }

// to shows a leaf by name. If one of the words has the keyboard, that of the leaf
// has it now.
func (t *tabs) to(name string) {
	for i, l := range t.leaves {
		if l.name != name {
			continue
		}
		t.open(i)
		if t.focused() {
			t.focus()
		}
	}
}

func (t *tabs) focused() bool {
	c := screen.Of(t.words[t.now])
	return c != nil && slices.ContainsFunc(t.words, func(p *press) bool { return p == c.Focused() })
}

// relabel writes a word anew, for it counts.
func (t *tabs) relabel(name, label string) {
	for i, l := range t.leaves {
		if l.name == name && t.labels[i].Text != label {
			t.labels[i].Text = label
			t.content.Refresh()
		}
	}
}

func (t *tabs) mark() {
	look := theme.Current()
	for i, l := range t.labels {
		l.Color, l.TextStyle.Bold = look.Ink2, i == t.now
		if i == t.now {
			l.Color = look.Ink
		}
		t.bars[i].FillColor = color.Transparent
		if i == t.now {
			t.bars[i].FillColor = look.Accent
		}
	}
	t.content.Refresh()
}
