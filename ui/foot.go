package ui

import (
	"touyan/ui/page"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
)

// foot is the line at the bottom: how the ledger stands, what was done last
// and may be undone, and how much there is. A backup is told of here once
// there are any to tell of.
type foot struct {
	saved, kept, sample, counts *canvas.Text
	place                       *fyne.Container // of what is told, or of the last operation
	notice                      page.Notice     // what is told; empty if nothing
	done                        string          // the last operation; empty if there is none to take back
	back                        func()          // asks whether to take it back
	links                       []*link
	content                     fyne.CanvasObject
}

func newFoot() *foot {
	look := theme.Current()
	f := &foot{saved: small("", look.Ink2, look.Text), kept: small("", look.Ink2, look.Text), sample: small("", look.Warn, look.Text), counts: small("", look.Ink2, look.Text)}
	f.sample.TextStyle.Bold = true
	f.place = container.NewHBox()
	f.content = container.New(layout.NewCustomPaddedLayout(0, 0, look.Margin, look.Margin),
		container.NewBorder(nil, nil, container.NewHBox(f.saved, f.kept, f.sample), f.counts,
			container.New(layout.NewCustomPaddedLayout(0, 0, look.Margin, look.Margin), f.place)))
	return f
}

// state tells when something was saved last, and what there is to know of the
// ledger as a whole; empty: nothing.
func (f *foot) state(saved, mark string) {
	f.saved.Text, f.sample.Text = saved, mark
	if mark != "" {
		f.sample.Text = between + mark
	}
	f.content.Refresh()
}

// backup tells in a few words how the copies stand.
func (f *foot) backup(line string) {
	f.kept.Text = ""
	if line != "" {
		f.kept.Text = between + line
	}
	f.content.Refresh()
}

func (f *foot) count(counts string) {
	f.counts.Text = counts
	f.content.Refresh()
}

// last names the last operation, and what asks to take it back. It stands where
// nothing is told.
func (f *foot) last(name string, back func()) {
	f.done, f.back = name, back
	if f.notice.Text == "" {
		f.tell(page.Notice{})
	}
}

// tell shows a notice in the place of the one before.
func (f *foot) tell(n page.Notice) {
	if n.Text != "" {
		n.Choices = append(n.Choices[:len(n.Choices):len(n.Choices)], page.Choice{Text: doDismiss})
	}
	f.ask(n)
}

// ask shows a notice that its own choices take away.
func (f *foot) ask(n page.Notice) {
	look := theme.Current()
	f.notice, f.links, f.place.Objects = n, nil, nil
	switch {
	case n.Text != "":
		f.place.Add(small(n.Text, look.Ink, look.Text))
	case f.done != "":
		f.place.Add(small(sayLast(f.done), look.Ink2, look.Text))
		f.add(doBack, f.back)
	}
	for _, c := range n.Choices {
		f.add(c.Text, func() {
			f.tell(page.Notice{})
			if c.Do != nil {
				c.Do()
			}
		})
	}
	f.content.Refresh()
}

func (f *foot) add(text string, do func()) {
	l := newLink(text, do)
	f.links = append(f.links, l)
	f.place.Add(l)
}

// link is a word that does something, small enough for the foot.
type link struct {
	widget.BaseWidget

	text  *canvas.Text
	do    func()
	still bool // leads nowhere, and is there for its text
	ring  *canvas.Rectangle
}

var (
	_ fyne.Tappable      = (*link)(nil)
	_ fyne.Focusable     = (*link)(nil)
	_ desktop.Cursorable = (*link)(nil)
)

func newLink(text string, do func()) *link {
	look := theme.Current()
	l := &link{text: small(text, look.Info, look.Text), do: do, ring: canvas.NewRectangle(nil)}
	l.text.TextStyle.Bold = true
	l.text.Alignment = fyne.TextAlignCenter
	l.ring.StrokeColor, l.ring.StrokeWidth = look.Accent, look.Hairline
	l.ring.Hide()
	l.ExtendBaseWidget(l)
	return l
}

// Tapped does it.
func (l *link) Tapped(*fyne.PointEvent) {
	if !l.still {
		l.do()
	}
}

// TypedKey does it by the keyboard.
func (l *link) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		l.Tapped(nil)
	default:
		passKey(l, e)
	}
}

// TypedRune does nothing: letters belong to the input method.
func (l *link) TypedRune(rune) {}

// FocusGained shows that the keyboard is here.
func (l *link) FocusGained() { l.ring.Show() }

// FocusLost shows that it is elsewhere.
func (l *link) FocusLost() { l.ring.Hide() }

// Cursor is a hand where it leads somewhere.
func (l *link) Cursor() desktop.Cursor {
	if l.still {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// CreateRenderer is for the toolkit.
func (l *link) CreateRenderer() fyne.WidgetRenderer {
	gap := theme.Current().Gap
	return widget.NewSimpleRenderer(container.NewStack(l.ring, container.New(layout.NewCustomPaddedLayout(0, 0, gap, gap), l.text)))
}
