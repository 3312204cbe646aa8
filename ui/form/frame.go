package form

import (
	"image/color"

	"touyan/ui/button"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// CreateRenderer is for the toolkit.
func (f *Form) CreateRenderer() fyne.WidgetRenderer {
	f.ExtendBaseWidget(f)
	f.restyle()
	return &frame{f}
}

// frame lays out what is above the fields, the fields, what is below, and what
// floats over them.
type frame struct{ f *Form }

func (r *frame) Layout(size fyne.Size) {
	f := r.f
	top, bottom := float32(0), float32(0)
	if f.offer.Visible() {
		top = f.offer.MinSize().Height
		f.offer.Resize(fyne.NewSize(size.Width, top))
	}
	if f.foot != nil {
		bottom = f.foot.MinSize().Height
		f.foot.Move(fyne.NewPos(0, size.Height-bottom))
		f.foot.Resize(fyne.NewSize(size.Width, bottom))
	}
	f.scroll.Move(fyne.NewPos(0, top))
	f.scroll.Resize(fyne.NewSize(size.Width, max(size.Height-top-bottom, 0)))
	f.scroll.Refresh()
	f.wheel.Move(f.scroll.Position())
	f.wheel.Resize(f.scroll.Size())
	f.place()
}

// MinSize has room for what drops below a cell.
func (r *frame) MinSize() fyne.Size {
	look := theme.Current()
	return fyne.NewSize((labelLeast+entryLeast)*look.Text, 10*look.Row)
}

func (r *frame) Refresh() {
	f := r.f
	if f.look != theme.Current() {
		f.restyle()
		for _, p := range f.parts {
			p.more.Refresh()
		}
		f.over.Refresh()
	}
	if f.stale && f.width > 0 {
		f.arrange(f.width)
	}
	r.Layout(f.Size())
	canvas.Refresh(f)
}

func (r *frame) Objects() []fyne.CanvasObject {
	f := r.f
	out := []fyne.CanvasObject{f.scroll, f.wheel, f.offer}
	if f.foot != nil {
		out = append(out, f.foot)
	}
	if f.float != nil {
		out = append(out, f.float)
	}
	return out
}

func (r *frame) Destroy() {}

// drop lets something float below a cell, or nothing.
func (f *Form) drop(under *cell, what float) {
	if f.float == nil && what == nil {
		return
	}
	f.under, f.float = under, what
	f.place()
	f.BaseWidget.Refresh()
}

// place puts what floats below its cell; above it where there is more room, and
// beside it where there is room neither below nor above.
func (f *Form) place() {
	if f.float == nil {
		return
	}
	all := f.Size()
	size := f.float.MinSize()
	if _, isList := f.float.(*list); isList {
		size.Width = max(size.Width, f.under.frame.Size().Width)
	}
	at := f.under.frame.Position().Add(f.scroll.Position()).Subtract(f.scroll.Offset)
	height := f.under.frame.Size().Height
	below, above := at.Y+height+f.look.Space/2, at.Y-f.look.Space/2-size.Height
	to := fyne.NewPos(min(at.X, max(all.Width-size.Width, 0)), below)
	switch {
	case below+size.Height <= all.Height:
	case above >= 0:
		to.Y = above
	default:
		to.Y = max(all.Height-size.Height, 0)
		if beside := at.X + f.under.frame.Size().Width + f.look.Space; beside+size.Width <= all.Width {
			to.X = beside
		} else if beside := at.X - size.Width - f.look.Space; beside >= 0 {
			to.X = beside
		}
	}
	f.float.Resize(size)
	f.float.Move(to)
}

// reveal scrolls as little as shows a cell whole.
func (f *Form) reveal(c *cell) {
	top, to := c.frame.Position().Y, f.scroll.Offset
	bottom := top + c.frame.Size().Height + f.look.Gap
	if c.note.Visible() {
		bottom += c.note.Size().Height
	}
	to.Y = max(to.Y, bottom-f.scroll.Size().Height)
	to.Y = max(min(to.Y, top-f.look.Gap), 0)
	if to != f.scroll.Offset && f.scroll.Size().Height > 0 {
		f.scroll.ScrollToOffset(to)
		f.place()
	}
}

// ground lies behind the cells: a press on it does not leave the form.
type ground struct {
	widget.BaseWidget

	form *Form
}

var (
	_ fyne.Tappable     = (*ground)(nil)
	_ desktop.Mouseable = (*ground)(nil)
)

func newGround(f *Form) *ground {
	g := &ground{form: f}
	g.ExtendBaseWidget(g)
	return g
}

// MouseDown is for the toolkit.
func (g *ground) MouseDown(*desktop.MouseEvent) { g.form.held = g.form.now != nil }

// MouseUp is for the toolkit.
func (g *ground) MouseUp(*desktop.MouseEvent) {}

// Tapped gives the keyboard back.
func (g *ground) Tapped(*fyne.PointEvent) {
	f := g.form
	f.held = false
	f.drop(nil, nil)
	f.focus(f.now)
}

// CreateRenderer is for the toolkit.
func (g *ground) CreateRenderer() fyne.WidgetRenderer {
	g.ExtendBaseWidget(g)
	return widget.NewSimpleRenderer(canvas.NewRectangle(color.Transparent))
}

// wheel lies over the fields and takes nothing but the turning of the mouse's
// wheel, which each text field would otherwise keep for itself.
type wheel struct {
	widget.BaseWidget

	scroll *container.Scroll
}

var _ fyne.Scrollable = (*wheel)(nil)

func newWheel(scroll *container.Scroll) *wheel {
	w := &wheel{scroll: scroll}
	w.ExtendBaseWidget(w)
	return w
}

// Scrolled scrolls the form.
func (w *wheel) Scrolled(e *fyne.ScrollEvent) { w.scroll.Scrolled(e) }

// CreateRenderer is for the toolkit.
func (w *wheel) CreateRenderer() fyne.WidgetRenderer {
	w.ExtendBaseWidget(w)
	return widget.NewSimpleRenderer(canvas.NewRectangle(color.Transparent))
}

// strip is a line above or below the fields: a sentence and what may be done.
type strip struct {
	widget.BaseWidget

	form    *Form
	says    *canvas.Text
	ground  *canvas.Rectangle
	presses []*press
	buttons []*button.Button // of a foot: what completes the step, then what stands before it
}

func newStrip(f *Form, says string, presses ...*press) *strip {
	s := &strip{form: f, says: canvas.NewText(says, nil), ground: canvas.NewRectangle(nil), presses: presses}
	s.ExtendBaseWidget(s)
	return s
}

// CreateRenderer is for the toolkit.
func (s *strip) CreateRenderer() fyne.WidgetRenderer {
	s.ExtendBaseWidget(s)
	return &stripRenderer{s}
}

type stripRenderer struct{ s *strip }

func (r *stripRenderer) Layout(size fyne.Size) {
	s, look := r.s, theme.Current()
	s.says.TextSize, s.says.Color = look.Text, look.Ink2
	s.ground.FillColor, s.ground.CornerRadius = look.Surface, look.Radius
	s.ground.StrokeColor, s.ground.StrokeWidth = look.Line, look.Hairline
	s.ground.Hidden = len(s.buttons) > 0
	line := fyne.NewSize(size.Width, size.Height)
	if len(s.buttons) == 0 {
		line.Height = look.Row
	}
	s.ground.Resize(line)
	left := look.Gap
	if len(s.buttons) > 0 {
		left = 0
	}
	s.says.Move(fyne.NewPos(left, 0))
	s.says.Resize(fyne.NewSize(s.says.MinSize().Width, line.Height))
	x := left + s.says.MinSize().Width + look.Gap
	for _, p := range s.presses {
		w := p.MinSize().Width
		p.Move(fyne.NewPos(x, 0))
		p.Resize(fyne.NewSize(w, line.Height))
		x += w
	}
	for i, right := 0, size.Width; i < len(s.buttons); i++ {
		b := s.buttons[(len(s.buttons)-i)%len(s.buttons)] // the first is the rightmost
		w := b.MinSize().Width
		b.Move(fyne.NewPos(right-w, look.Gap))
		b.Resize(fyne.NewSize(w, size.Height-look.Gap))
		right -= w + look.Space
	}
}

func (r *stripRenderer) MinSize() fyne.Size {
	look := theme.Current()
	height := look.Row + look.Gap
	for _, b := range r.s.buttons {
		height = max(height, b.MinSize().Height+look.Gap)
	}
	return fyne.NewSize(0, height)
}

func (r *stripRenderer) Refresh() {
	r.Layout(r.s.Size())
	for _, p := range r.s.presses {
		p.Refresh()
	}
	canvas.Refresh(r.s)
}

func (r *stripRenderer) Objects() []fyne.CanvasObject {
	out := []fyne.CanvasObject{r.s.ground, r.s.says}
	for _, p := range r.s.presses {
		out = append(out, p)
	}
	for _, b := range r.s.buttons {
		out = append(out, b)
	}
	return out
}

func (r *stripRenderer) Destroy() {}
