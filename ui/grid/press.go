package grid

import (
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// press is a text one may press.
type press struct {
	widget.BaseWidget

	text  *canvas.Text
	under *canvas.Rectangle // seen under the mouse
	off   bool              // there is nothing to do now
	down  chevron
	opens bool // something opens below it
	quiet bool // in the colour of text, not of what one may press
	do    func()
}

var (
	_ fyne.Tappable      = (*press)(nil)
	_ desktop.Hoverable  = (*press)(nil)
	_ desktop.Cursorable = (*press)(nil)
)

func newPress(text string, do func()) *press {
	w := &press{text: canvas.NewText(text, nil), under: canvas.NewRectangle(nil), down: newChevron(), do: do}
	w.text.Alignment = fyne.TextAlignCenter
	w.under.Hide()
	w.ExtendBaseWidget(w)
	return w
}

func (w *press) set(text string, off bool) {
	if w.text.Text != text || w.off != off {
		w.text.Text, w.off = text, off
		w.Refresh()
	}
}

// Tapped does what it says.
func (w *press) Tapped(*fyne.PointEvent) {
	if !w.off {
		w.do()
	}
}

// MouseIn is for the toolkit.
func (w *press) MouseIn(*desktop.MouseEvent) {
	w.under.Hidden = w.off
	canvas.Refresh(w)
}

// MouseMoved is for the toolkit.
func (w *press) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is for the toolkit.
func (w *press) MouseOut() {
	w.under.Hide()
	canvas.Refresh(w)
}

// Cursor is a hand.
func (w *press) Cursor() desktop.Cursor {
	if w.off {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// CreateRenderer is for the toolkit.
func (w *press) CreateRenderer() fyne.WidgetRenderer {
	w.ExtendBaseWidget(w)
	r := &pressRenderer{w}
	r.style()
	return r
}

type pressRenderer struct{ w *press }

func (r *pressRenderer) style() {
	look, w := theme.Current(), r.w
	w.text.TextSize, w.text.Color = look.Text, look.Info
	switch {
	case w.off:
		w.text.Color = look.Ink3
	case w.quiet:
		w.text.Color = look.Ink
	}
	w.down.hide(!w.opens)
	w.down.paint(look.Ink3, 1.2*look.Hairline)
	w.under.FillColor, w.under.CornerRadius = look.Tint(look.Ink), look.Radius
}

func (r *pressRenderer) Layout(size fyne.Size) {
	r.w.under.Resize(size)
	if r.w.opens {
		look := theme.Current()
		r.w.down.place(fyne.NewPos(size.Width-look.Gap-look.Text/2+look.Space, size.Height/2), look.Text)
		size.Width -= look.Text
	}
	r.w.text.Resize(size)
}

func (r *pressRenderer) MinSize() fyne.Size {
	look := theme.Current()
	width := fyne.MeasureText(r.w.text.Text, look.Text, fyne.TextStyle{}).Width
	if r.w.opens {
		width += look.Text
	}
	return fyne.NewSize(width+2*look.Gap, look.Row-look.Space)
}

func (r *pressRenderer) Refresh() {
	r.style()
	r.Layout(r.w.Size())
	canvas.Refresh(r.w)
}

func (r *pressRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.w.under, r.w.text, r.w.down[0], r.w.down[1]}
}

func (r *pressRenderer) Destroy() {}
