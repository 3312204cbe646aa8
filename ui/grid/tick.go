package grid

import (
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// tick is a line of a list one ticks: a box, a text and a word in grey at the
// right. A click anywhere on it ticks.
type tick struct {
	widget.BaseWidget

	ruler *ruler
	under *canvas.Rectangle // seen under the mouse, and where the keys stand
	box   *canvas.Rectangle
	hook  [2]*canvas.Line // what a ticked box holds
	text  *canvas.Text
	aside *canvas.Text
	full  string
	on    bool
	lit   bool // the keys stand here
	fixed bool // it cannot be changed
	do    func()
}

var (
	_ fyne.Tappable     = (*tick)(nil)
	_ desktop.Hoverable = (*tick)(nil)
)

func newTick(r *ruler) *tick {
	t := &tick{ruler: r, under: canvas.NewRectangle(nil), box: canvas.NewRectangle(nil),
		text: canvas.NewText("", nil), aside: canvas.NewText("", nil)}
	t.hook = [2]*canvas.Line{canvas.NewLine(nil), canvas.NewLine(nil)}
	t.aside.Alignment = fyne.TextAlignTrailing
	t.ExtendBaseWidget(t)
	return t
}

// set shows an item.
func (t *tick) set(text, aside string, on bool, do func()) {
	t.full, t.aside.Text, t.on, t.do = oneLine(text), aside, on, do
	t.Refresh()
}

// Tapped ticks.
func (t *tick) Tapped(*fyne.PointEvent) {
	if !t.fixed && t.do != nil {
		t.do()
	}
}

// MouseIn is for the toolkit.
func (t *tick) MouseIn(*desktop.MouseEvent) { t.light(!t.fixed) }

// MouseMoved is for the toolkit.
func (t *tick) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is for the toolkit.
func (t *tick) MouseOut() { t.light(false) }

func (t *tick) light(on bool) {
	t.under.Hidden = !on && !t.lit
	canvas.Refresh(t)
}

// CreateRenderer is for the toolkit.
func (t *tick) CreateRenderer() fyne.WidgetRenderer {
	t.ExtendBaseWidget(t)
	r := &tickRenderer{t}
	r.style()
	return r
}

type tickRenderer struct{ t *tick }

func (r *tickRenderer) style() {
	look, t := theme.Current(), r.t
	t.under.FillColor, t.under.CornerRadius = look.Tint(look.Ink), look.Radius
	t.under.Hidden = !t.lit
	t.box.CornerRadius, t.box.StrokeWidth = look.Radius/2, look.Hairline
	t.box.FillColor, t.box.StrokeColor = look.Surface, look.Ink3
	if t.on {
		t.box.FillColor, t.box.StrokeColor = look.Accent, look.Accent
		if t.fixed {
			t.box.FillColor, t.box.StrokeColor = look.Ink3, look.Ink3
		}
	}
	for _, l := range t.hook {
		l.Hidden, l.StrokeColor, l.StrokeWidth = !t.on, look.OnAccent, 2*look.Hairline
	}
	t.text.Color, t.text.TextSize = look.Ink, look.Text
	t.aside.Color, t.aside.TextSize = look.Ink3, look.Text
}

func (r *tickRenderer) Layout(size fyne.Size) {
	look, t := theme.Current(), r.t
	t.under.Resize(size)
	side := look.Text
	x, y := look.Space, (size.Height-side)/2
	t.box.Move(fyne.NewPos(x, y))
	t.box.Resize(fyne.NewSquareSize(side))
	t.hook[0].Position1, t.hook[0].Position2 = fyne.NewPos(x+side*.2, y+side*.52), fyne.NewPos(x+side*.42, y+side*.74)
	t.hook[1].Position1, t.hook[1].Position2 = t.hook[0].Position2, fyne.NewPos(x+side*.8, y+side*.28)
	aside := fyne.MeasureText(t.aside.Text, look.Text, fyne.TextStyle{}).Width
	left := x + side + look.Gap
	right := size.Width - 2*look.ScrollBarAtRest // a list may scroll
	inner := max(right-left-aside-look.Gap, 0)
	t.text.Text = t.ruler.fit(t.full, inner)
	t.text.Move(fyne.NewPos(left, 0))
	t.text.Resize(fyne.NewSize(inner, size.Height))
	t.aside.Move(fyne.NewPos(right-aside, 0))
	t.aside.Resize(fyne.NewSize(aside, size.Height))
}

func (r *tickRenderer) MinSize() fyne.Size {
	look := theme.Current()
	return fyne.NewSize(8*look.Text, look.Row-look.Space)
}

func (r *tickRenderer) Refresh() {
	r.style()
	r.Layout(r.t.Size())
	canvas.Refresh(r.t)
}

func (r *tickRenderer) Objects() []fyne.CanvasObject {
	t := r.t
	return []fyne.CanvasObject{t.under, t.box, t.hook[0], t.hook[1], t.text, t.aside}
}

func (r *tickRenderer) Destroy() {}
