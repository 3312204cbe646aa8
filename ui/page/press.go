package page

import (
	"touyan/ui/screen"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// comer is what has come to a thing to press.
type comer bool

const (
	byMouse comer = false
	byKeys  comer = true
)

// press is anything drawn that one may press, by mouse or keyboard: a word, a
// line of a list that is no table.
type press struct {
	widget.BaseWidget

	content fyne.CanvasObject
	do      func()
	key     func(fyne.KeyName) bool // keys of its own; nil: Up and Down go to its neighbours
	told    func(by comer, on bool) // the mouse or the keyboard has come or gone; may be nil
	tint    *canvas.Rectangle
	ring    *canvas.Rectangle
}

var (
	_ fyne.Tappable      = (*press)(nil)
	_ fyne.Focusable     = (*press)(nil)
	_ desktop.Hoverable  = (*press)(nil)
	_ desktop.Cursorable = (*press)(nil)
)

func newPress(content fyne.CanvasObject, do func()) *press {
	look := theme.Current()
	p := &press{content: content, do: do, tint: canvas.NewRectangle(look.AccentWeak), ring: canvas.NewRectangle(nil)}
	p.ring.StrokeColor, p.ring.StrokeWidth = look.Accent, look.Hairline
	p.tint.CornerRadius, p.ring.CornerRadius = look.Radius, look.Radius
	p.tint.Hide()
	p.ring.Hide()
	p.ExtendBaseWidget(p)
	return p
}

// pressWord is a word to press, in the colour of links.
func pressWord(text string, do func()) *press {
	look := theme.Current()
	return newPress(container.NewHBox(words(text, look.Info, look.Text)), do)
}

// Tapped does it.
func (p *press) Tapped(*fyne.PointEvent) { p.do() }

// TypedKey does it by the keyboard; other keys are the window's.
func (p *press) TypedKey(e *fyne.KeyEvent) {
	c := screen.Of(p)
	switch {
	case p.key != nil && p.key(e.Name):
	case e.Name == fyne.KeySpace || e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter:
		p.do()
	case c == nil:
	case p.key == nil && e.Name == fyne.KeyDown:
		c.FocusNext()
	case p.key == nil && e.Name == fyne.KeyUp:
		c.FocusPrevious()
	case c.OnTypedKey() != nil:
		c.OnTypedKey()(e)
	}
}

// TypedRune does nothing: letters belong to the input method.
func (p *press) TypedRune(rune) {}

// FocusGained shows that the keyboard is here.
func (p *press) FocusGained() { p.ring.Show(); p.tell(byKeys, true); canvas.Refresh(p) }

// FocusLost shows that it is elsewhere.
func (p *press) FocusLost() { p.ring.Hide(); p.tell(byKeys, false); canvas.Refresh(p) }

// MouseIn shows that a click would do something.
func (p *press) MouseIn(*desktop.MouseEvent) { p.tint.Show(); p.tell(byMouse, true); canvas.Refresh(p) }

// MouseOut is the other half of MouseIn.
func (p *press) MouseOut() { p.tint.Hide(); p.tell(byMouse, false); canvas.Refresh(p) }

func (p *press) tell(by comer, on bool) {
	if p.told != nil {
		p.told(by, on)
	}
}

// MouseMoved does nothing.
func (p *press) MouseMoved(*desktop.MouseEvent) {}

// Cursor is a hand.
func (p *press) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer is for the toolkit.
func (p *press) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewStack(p.tint, p.content, p.ring))
}
