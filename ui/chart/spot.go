package chart

import (
	"touyan/ui/screen"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// located is a spot or a press.
type located interface {
	fyne.Widget
	at() *spot
}

// spot is where an item is drawn, below what is drawn of it. The mouse there
// has the item told in full.
type spot struct {
	widget.BaseWidget
	cell

	of         *ground
	unsaid     []string // what there was no room for, with what it belongs to
	focused    bool
	tint, ring *canvas.Rectangle
}

// press is a spot that may be opened, by mouse or keyboard.
type press struct{ spot }

var (
	_ desktop.Hoverable  = (*spot)(nil)
	_ fyne.Tappable      = (*press)(nil)
	_ fyne.Focusable     = (*press)(nil)
	_ desktop.Hoverable  = (*press)(nil)
	_ desktop.Cursorable = (*press)(nil)
)

func newSpot(g *ground, c cell) located {
	if c.item.Open == nil {
		s := &spot{}
		s.lay(g, c)
		s.ExtendBaseWidget(s)
		return s
	}
	p := &press{}
	p.lay(g, c)
	p.ExtendBaseWidget(p)
	return p
}

func (s *spot) lay(g *ground, c cell) {
	s.of, s.cell = g, c
	s.tint, s.ring = canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	s.tint.Hide()
	s.ring.Hide()
}

func (s *spot) at() *spot { return s }

// MouseIn has the item told.
func (s *spot) MouseIn(*desktop.MouseEvent) { s.of.tell(s, true) }

// MouseMoved does nothing.
func (s *spot) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is the other half of MouseIn.
func (s *spot) MouseOut() { s.of.tell(s, false) }

// MouseIn shows that a click would open it.
func (p *press) MouseIn(*desktop.MouseEvent) { p.tint.Show(); p.of.tell(&p.spot, true); p.Refresh() }

// MouseOut is the other half of MouseIn.
func (p *press) MouseOut() { p.tint.Hide(); p.of.tell(&p.spot, false); p.Refresh() }

// Cursor is a hand.
func (p *press) Cursor() desktop.Cursor { return desktop.PointerCursor }

// Tapped opens it.
func (p *press) Tapped(*fyne.PointEvent) { p.item.Open() }

// TypedKey opens it by the keyboard; arrows go to its neighbours, and keys
// nothing is done with are the window's.
func (p *press) TypedKey(e *fyne.KeyEvent) {
	var to *press
	switch e.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		p.item.Open()
		return
	case fyne.KeyUp:
		to = p.of.to(p, -1, 0)
	case fyne.KeyDown:
		to = p.of.to(p, 1, 0)
	case fyne.KeyLeft:
		to = p.of.to(p, 0, -1)
	case fyne.KeyRight:
		to = p.of.to(p, 0, 1)
	}
	c := screen.Of(p)
	switch {
	case c == nil:
	case to != nil:
		c.Focus(to)
	case c.OnTypedKey() != nil:
		c.OnTypedKey()(e)
	}
}

// TypedRune does nothing: letters belong to the input method.
func (p *press) TypedRune(rune) {}

// FocusGained shows that the keyboard is here.
func (p *press) FocusGained() { p.hold(true) }

// FocusLost shows that it is elsewhere.
func (p *press) FocusLost() { p.hold(false) }

func (p *press) hold(on bool) {
	p.focused, p.ring.Hidden = on, !on
	p.of.tell(&p.spot, on)
	p.Refresh()
}

// CreateRenderer is for the toolkit.
func (s *spot) CreateRenderer() fyne.WidgetRenderer { return &spotRenderer{s} }

type spotRenderer struct{ s *spot }

func (r *spotRenderer) Destroy() {}

func (r *spotRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.s.tint, r.s.ring}
}

func (r *spotRenderer) MinSize() fyne.Size { return fyne.Size{} }

func (r *spotRenderer) Layout(size fyne.Size) {
	r.s.tint.Resize(size)
	r.s.ring.Resize(size)
}

func (r *spotRenderer) Refresh() {
	look, s := theme.Current(), r.s
	s.tint.FillColor, s.tint.CornerRadius = look.AccentWeak, look.Radius
	s.ring.StrokeColor, s.ring.StrokeWidth, s.ring.CornerRadius = look.Accent, look.Hairline, look.Radius
	s.tint.Refresh()
	s.ring.Refresh()
}
