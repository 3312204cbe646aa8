package form

import (
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// markSize is a mark's size beside that of a caption.
const markSize = 0.75

// press is a word one may press. It takes the keyboard from nobody: the form
// is told before the toolkit unfocuses the cell one was in.
type press struct {
	widget.BaseWidget

	form    *Form
	text    *canvas.Text
	under   *canvas.Rectangle
	quiet   bool   // a mark rather than a word
	small   bool   // beside a note
	reserve string // keeps the room of this word, whatever it says
	do      func()
}

var (
	_ fyne.Tappable      = (*press)(nil)
	_ desktop.Mouseable  = (*press)(nil)
	_ desktop.Hoverable  = (*press)(nil)
	_ desktop.Cursorable = (*press)(nil)
)

func newPress(f *Form, text string, do func()) *press {
	p := &press{form: f, text: canvas.NewText(text, nil), under: canvas.NewRectangle(nil), do: do}
	p.text.Alignment = fyne.TextAlignCenter
	p.under.Hide()
	p.ExtendBaseWidget(p)
	return p
}

// set changes the word; without one there is nothing to press.
func (p *press) set(text string) {
	if p.text.Text == text {
		return
	}
	p.text.Text = text
	p.Refresh()
}

func (p *press) size() float32 {
	look := theme.Current()
	if p.quiet {
		return look.Caption * markSize
	}
	if p.small {
		return look.Caption
	}
	return look.Text
}

// MouseDown is for the toolkit.
func (p *press) MouseDown(*desktop.MouseEvent) { p.form.held = true }

// MouseUp is for the toolkit.
func (p *press) MouseUp(*desktop.MouseEvent) {}

// Tapped does what the word says.
func (p *press) Tapped(*fyne.PointEvent) {
	p.form.held = false
	if p.text.Text != "" {
		p.do()
	}
}

// MouseIn is for the toolkit.
func (p *press) MouseIn(*desktop.MouseEvent) {
	p.under.Show()
	canvas.Refresh(p)
}

// MouseMoved is for the toolkit.
func (p *press) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is for the toolkit.
func (p *press) MouseOut() {
	p.form.release()
	p.under.Hide()
	canvas.Refresh(p)
}

// Cursor is a hand.
func (p *press) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer is for the toolkit.
func (p *press) CreateRenderer() fyne.WidgetRenderer {
	p.ExtendBaseWidget(p)
	r := &pressRenderer{p}
	r.Refresh()
	return r
}

type pressRenderer struct{ p *press }

func (r *pressRenderer) style() {
	look, p := theme.Current(), r.p
	p.text.TextSize, p.text.Color = p.size(), look.Info
	if p.quiet {
		p.text.Color = look.Ink3
	}
	p.under.FillColor = look.Color(hover, 0)
	p.under.CornerRadius = look.Radius
}

func (r *pressRenderer) Layout(size fyne.Size) {
	r.p.text.Resize(size)
	r.p.under.Resize(size)
}

func (r *pressRenderer) MinSize() fyne.Size {
	look := theme.Current()
	text := r.p.text.Text
	if r.p.reserve != "" {
		text = r.p.reserve
	}
	return fyne.MeasureText(text, r.p.size(), fyne.TextStyle{}).AddWidthHeight(2*look.Gap, 0)
}

func (r *pressRenderer) Refresh() {
	r.style()
	r.Layout(r.p.Size())
	canvas.Refresh(r.p)
}

func (r *pressRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.p.under, r.p.text}
}

func (r *pressRenderer) Destroy() {}
