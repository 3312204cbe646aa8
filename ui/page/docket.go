package page

import (
	"slices"
	"time"

	"touyan/ui/find"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
)

// docket is the table in which things are decided, one record after the other:
// what stood, what we say, what they say, and what is to stand. It has the
// keyboard as a whole, so that one digit decides and Enter goes on.
type docket struct {
	widget.BaseWidget

	desk     *Desk
	matters  []*matter
	shown    []*matter // those found
	at, line int
	text     string          // found by
	empty    string          // said where there is nothing
	sent     time.Time       // when what stood before was sent; zero: not known
	reveal   bool            // private values of the record are shown
	reasons  map[side]string // used last
	written  map[side]bool   // that one was written by hand
	focused  bool
	last     *point // decided last

	changed func()                              // a choice was made or taken back
	done    func()                              // Enter, and nothing is left to decide
	ask     func(p *point, s side, then func()) // takes the answer to a question

	scroll *container.Scroll
	box    *fyne.Container
	width  float32
}

func newDocket(d *Desk) *docket {
	k := &docket{desk: d, reasons: map[side]string{}, written: map[side]bool{}, empty: sayNothingToDo, changed: func() {}, done: func() {}, box: container.New(layout.NewCustomPaddedVBoxLayout(0))}
	k.scroll = container.NewVScroll(k.box)
	k.ExtendBaseWidget(k)
	return k
}

// setMatters shows what is to be decided, and stays where it was.
func (k *docket) setMatters(list []*matter) {
	key, line := "", ""
	if p := k.point(); p != nil {
		key, line = k.matter().key, p.key
	}
	k.matters, k.last = list, nil
	k.narrow()
	k.at, k.line = 0, 0
	for i, m := range k.shown {
		if m.key != key {
			continue
		}
		k.at = i
		k.line = max(slices.IndexFunc(m.points, func(p *point) bool { return p.key == line }), 0)
	}
	k.draw()
}

// first goes to the first point that waits.
func (k *docket) first() {
	k.at, k.line = 0, -1
	if !k.seek() {
		k.at, k.line = 0, 0
	}
	k.draw()
}

// seekText shows only what a text is about.
func (k *docket) seekText(text string) {
	k.text = text
	k.at, k.line = 0, 0
	k.narrow()
	k.draw()
}

func (k *docket) narrow() {
	k.shown = nil
	reader, parts := find.NewReader(), find.Parse(k.text)
	for _, m := range k.matters {
		if len(parts) == 0 || m.found(reader, parts) {
			k.shown = append(k.shown, m)
		}
	}
}

func (k *docket) matter() *matter {
	if k.at < 0 || k.at >= len(k.shown) {
		return nil
	}
	return k.shown[k.at]
}

func (k *docket) point() *point {
	m := k.matter()
	if m == nil || k.line < 0 || k.line >= len(m.points) {
		return nil
	}
	return m.points[k.line]
}

// seek goes to the next point that waits, from the top again after the last;
// false if none does.
func (k *docket) seek() bool {
	if len(k.shown) == 0 {
		return false
	}
	for n := range len(k.shown) + 1 {
		at := (k.at + n) % len(k.shown)
		for i, p := range k.shown[at].points {
			if p.open() && (n > 0 || i > k.line) {
				k.turn(at, i)
				return true
			}
		}
	}
	return false
}

// turn goes to a point. What was unmasked for one record is masked again.
func (k *docket) turn(at, line int) {
	if at != k.at {
		k.reveal = false
		k.scroll.ScrollToTop()
	}
	k.at, k.line = at, line
}

// next goes on by Enter.
func (k *docket) next() {
	if !k.seek() {
		k.draw()
		if _, open := tallyOf(k.matters); open == 0 && len(k.matters) > 0 {
			k.done()
		}
		return
	}
	k.draw()
}

// step walks over the lines, from record to record.
func (k *docket) step(by int) {
	m := k.matter()
	if m == nil {
		return
	}
	switch line := k.line + by; {
	case line >= 0 && line < len(m.points):
		k.line = line
	case by > 0 && k.at+1 < len(k.shown):
		k.turn(k.at+1, 0)
	case by < 0 && k.at > 0:
		k.turn(k.at-1, len(k.shown[k.at-1].points)-1)
	}
	k.draw()
}

// leaf goes to another record.
func (k *docket) leaf(at int) {
	if at = min(max(at, 0), len(k.shown)-1); at >= 0 && at != k.at {
		k.turn(at, 0)
		k.draw()
	}
}

// TypedKey is for the toolkit.
func (k *docket) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyDown:
		k.step(1)
	case fyne.KeyUp:
		k.step(-1)
	case fyne.KeyLeft, fyne.KeyPageUp:
		k.leaf(k.at - 1)
	case fyne.KeyRight, fyne.KeyPageDown:
		k.leaf(k.at + 1)
	case fyne.KeyHome:
		k.leaf(0)
	case fyne.KeyEnd:
		k.leaf(len(k.shown) - 1)
	case fyne.Key1:
		k.choose(ours)
	case fyne.Key2:
		k.choose(theirs)
	case fyne.Key3:
		k.choose(another)
	case fyne.Key4:
		k.askWhy()
	case fyne.Key5:
		k.unmask()
	case fyne.Key0, fyne.KeyDelete, fyne.KeyBackspace:
		k.clear()
	case fyne.KeyReturn, fyne.KeyEnter:
		k.next()
	default:
		if typed := k.desk.Window.Canvas().OnTypedKey(); typed != nil {
			typed(e)
		}
	}
}

// TypedRune does nothing: digits come as keys, letters belong to the input
// method.
func (k *docket) TypedRune(rune) {}

// TypedShortcut has Ctrl+D decide the rest alike, as it fills down in a
// worksheet; other shortcuts are the window's.
func (k *docket) TypedShortcut(s fyne.Shortcut) {
	if c, custom := s.(*desktop.CustomShortcut); custom && c.KeyName == fyne.KeyD && c.Modifier == fyne.KeyModifierShortcutDefault {
		k.alike()
		return
	}
	if window, passes := k.desk.Window.Canvas().(fyne.Shortcutable); passes {
		window.TypedShortcut(s)
	}
}

// FocusGained shows that the keyboard is here.
func (k *docket) FocusGained() { k.focused = true; k.draw() }

// FocusLost shows that it is elsewhere.
func (k *docket) FocusLost() { k.focused = false; k.draw() }

// Tapped takes the keyboard.
func (k *docket) Tapped(*fyne.PointEvent) { k.takeFocus() }

func (k *docket) takeFocus() {
	if k.desk.Panel() == nil {
		k.desk.Window.Canvas().Focus(k)
	}
}

// Resize draws anew for another width: texts are broken into lines.
func (k *docket) Resize(size fyne.Size) {
	k.BaseWidget.Resize(size)
	if size.Width != k.width {
		k.width = size.Width
		k.draw()
	}
}

// MinSize is a head and a few lines; the rest is scrolled.
func (k *docket) MinSize() fyne.Size {
	look := theme.Current()
	return fyne.NewSize(40*look.Text, 6*look.Row)
}

// CreateRenderer is for the toolkit.
func (k *docket) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(k.scroll) }

// word is a text to click that does not take the keyboard from where it is.
type word struct {
	widget.BaseWidget

	content fyne.CanvasObject
	tint    *canvas.Rectangle
	do      func()
}

func newWord(content fyne.CanvasObject, do func()) *word {
	look := theme.Current()
	w := &word{content: content, do: do, tint: canvas.NewRectangle(look.AccentWeak)}
	w.tint.CornerRadius = look.Radius
	w.tint.Hide()
	w.ExtendBaseWidget(w)
	return w
}

// linkWord is one in the colour of links.
func linkWord(text string, do func()) *word {
	look := theme.Current()
	return newWord(words(text, look.Info, look.Text), do)
}

// Tapped does it.
func (w *word) Tapped(*fyne.PointEvent) { w.do() }

// MouseIn shows that a click would do something.
func (w *word) MouseIn(*desktop.MouseEvent) { w.tint.Show(); canvas.Refresh(w) }

// MouseOut is the other half of MouseIn.
func (w *word) MouseOut() { w.tint.Hide(); canvas.Refresh(w) }

// MouseMoved does nothing.
func (w *word) MouseMoved(*desktop.MouseEvent) {}

// Cursor is a hand.
func (w *word) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer is for the toolkit.
func (w *word) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewStack(w.tint, w.content))
}
