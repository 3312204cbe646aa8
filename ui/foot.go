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
// and may be undone, and how much there is.
type foot struct {
	saved, sample, counts *canvas.Text
	notice                *fyne.Container
	links                 []*link
	content               fyne.CanvasObject
}

func newFoot() *foot {
	look := theme.Current()
	f := &foot{saved: small("", look.Ink2, look.Text), sample: small("", look.Warn, look.Text), counts: small("", look.Ink2, look.Text)}
	f.sample.TextStyle.Bold = true
	f.notice = container.NewHBox()
	f.content = container.New(layout.NewCustomPaddedLayout(0, 0, look.Margin, look.Margin),
		container.NewHBox(f.saved, f.sample, container.New(layout.NewCustomPaddedLayout(0, 0, look.Margin, 0), f.notice), layout.NewSpacer(), f.counts))
	return f
}

func (f *foot) state(saved string, sample bool, counts string) {
	f.saved.Text, f.counts.Text, f.sample.Text = saved, counts, ""
	if sample {
		f.sample.Text = saySample
	}
	f.content.Refresh()
}

// tell shows a notice in the place of the one before.
func (f *foot) tell(n page.Notice) {
	look := theme.Current()
	f.links = nil
	f.notice.Objects = nil
	if n.Text != "" {
		f.notice.Add(small(n.Text, look.Ink, look.Text))
		for _, c := range append(n.Choices, page.Choice{Text: doDismiss}) {
			l := newLink(c.Text, func() {
				f.tell(page.Notice{})
				if c.Do != nil {
					c.Do()
				}
			})
			f.links = append(f.links, l)
			f.notice.Add(l)
		}
	}
	f.content.Refresh()
}

// link is a word that does something, small enough for the foot.
type link struct {
	widget.BaseWidget

	text    *canvas.Text
	do      func()
	focused bool
	ring    *canvas.Rectangle
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
func (l *link) Tapped(*fyne.PointEvent) { l.do() }

// TypedKey does it by the keyboard.
func (l *link) TypedKey(e *fyne.KeyEvent) {
	if e.Name == fyne.KeySpace || e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter {
		l.do()
	}
}

// TypedRune does nothing: letters belong to the input method.
func (l *link) TypedRune(rune) {}

// FocusGained shows that the keyboard is here.
func (l *link) FocusGained() { l.ring.Show() }

// FocusLost shows that it is elsewhere.
func (l *link) FocusLost() { l.ring.Hide() }

// Cursor is a hand.
func (l *link) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer is for the toolkit.
func (l *link) CreateRenderer() fyne.WidgetRenderer {
	gap := theme.Current().Gap
	return widget.NewSimpleRenderer(container.NewStack(l.ring, container.New(layout.NewCustomPaddedLayout(0, 0, gap, gap), l.text)))
}
