package page

import (
	"touyan/store/field"
	"touyan/ui/entry"
	"touyan/ui/form"
	"touyan/ui/screen"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
)

// mostChoices is how many words of a code are in sight below a cell.
const mostChoices = 9

// cellEditor is what a cell of a list is typed into: the forms' own entry,
// which brings the input method along. Where the cell is a code, its words drop
// below and are chosen by number, pinyin or the arrows.
type cellEditor struct {
	entry.Entry

	take  func(fyne.KeyName, bool) bool
	left  func()
	shift bool

	codes *form.Codes // nil: the cell is no code
	items []form.Choice
	at    int // the one Enter takes, -1 for what stands there
	top   int
	chose bool // something was typed or walked to

	ground, mark *canvas.Rectangle
	texts, hints []*canvas.Text
}

func newCellEditor(f *field.Field, today field.Date) *cellEditor {
	e := &cellEditor{at: -1}
	e.Extend(e)
	e.OnChanged = e.typed
	if f != nil && f.Type == field.Code {
		e.codes = form.NewCodes(f.Codes)
		e.items = e.codes.Find("")
		e.ground, e.mark = canvas.NewRectangle(nil), canvas.NewRectangle(nil)
		for range mostChoices {
			hint := canvas.NewText("", nil)
			hint.Alignment = fyne.TextAlignTrailing
			e.texts, e.hints = append(e.texts, canvas.NewText("", nil)), append(e.hints, hint)
		}
	}
	return e
}

// Value is what was typed, or the word of a code that it means.
func (e *cellEditor) Value() string {
	if e.chose && e.at >= 0 && e.at < len(e.items) {
		return e.items[e.at].Text
	}
	return e.Text
}

// SetValue gives the text to begin with, and selects it.
func (e *cellEditor) SetValue(text string) {
	e.SetText(text)
	e.TypedShortcut(&fyne.ShortcutSelectAll{})
	e.chose = false
	if e.codes == nil {
		return
	}
	e.items, e.at, e.top = e.codes.Find(""), -1, 0
	for i, item := range e.items {
		if item.Text == text {
			e.at = i
		}
	}
	e.drop()
}

// SetKeys is for the grid.
func (e *cellEditor) SetKeys(take func(fyne.KeyName, bool) bool) { e.take = take }

// SetLeft is for the grid.
func (e *cellEditor) SetLeft(left func()) { e.left = left }

// AcceptsTab keeps Tab for the grid.
func (e *cellEditor) AcceptsTab() bool { return e.take != nil }

// typed narrows the words of a code to what was typed so far.
func (e *cellEditor) typed(text string) {
	if e.codes == nil {
		return
	}
	e.items, e.at, e.top, e.chose = e.codes.Find(text), -1, 0, true
	if text != "" && len(e.items) > 0 {
		e.at = 0
	}
	e.drop()
}

// TypedKey walks the words of a code; all other keys are the grid's first.
func (e *cellEditor) TypedKey(k *fyne.KeyEvent) {
	if e.codes != nil && (k.Name == fyne.KeyDown || k.Name == fyne.KeyUp) && len(e.items) > 0 {
		step := 1
		if k.Name == fyne.KeyUp {
			step = -1
		}
		e.at, e.chose = min(max(e.at+step, 0), len(e.items)-1), true
		e.drop()
		return
	}
	if e.take == nil || !e.take(k.Name, e.shift) {
		e.Entry.TypedKey(k)
	}
}

// KeyDown and KeyUp keep track of Shift, which TypedKey is not told of.
func (e *cellEditor) KeyDown(k *fyne.KeyEvent) {
	e.shifted(k.Name, true)
	e.Entry.KeyDown(k)
}

// KeyUp is the other half of KeyDown.
func (e *cellEditor) KeyUp(k *fyne.KeyEvent) {
	e.shifted(k.Name, false)
	e.Entry.KeyUp(k)
}

func (e *cellEditor) shifted(key fyne.KeyName, down bool) {
	if key == desktop.KeyShiftLeft || key == desktop.KeyShiftRight {
		e.shift = down
	}
}

// FocusLost tells the grid.
func (e *cellEditor) FocusLost() {
	e.shift = false
	e.Entry.FocusLost()
	if e.left != nil {
		e.left()
	}
}

// drop draws the words below the cell, or above it where there is no room.
func (e *cellEditor) drop() {
	look := theme.Current()
	if e.at >= 0 {
		e.top = min(max(e.top, e.at-mostChoices+1), e.at)
	}
	n := min(len(e.items)-e.top, mostChoices)
	width, high := max(e.Size().Width, 11*look.Text), float32(n)*look.Row
	y := e.Size().Height
	if c := screen.Of(e); c != nil {
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(e)
		if at.Y+y+high > c.Size().Height-look.Foot-2*look.Row {
			y = -high
		}
	}
	place := func(o fyne.CanvasObject, x, top, w, h float32) {
		o.Move(fyne.NewPos(x, y+top))
		o.Resize(fyne.NewSize(w, h))
	}
	e.ground.FillColor, e.ground.StrokeColor, e.ground.StrokeWidth = look.Surface, look.Ink3, look.Hairline
	e.ground.Hidden = n == 0
	place(e.ground, 0, 0, width, high)
	e.mark.FillColor, e.mark.Hidden = look.AccentWeak, e.at < 0
	place(e.mark, look.Hairline, float32(e.at-e.top)*look.Row, width-2*look.Hairline, look.Row)
	for i := range e.texts {
		text, hint := e.texts[i], e.hints[i]
		text.Hidden, hint.Hidden = i >= n, i >= n
		if i >= n {
			continue
		}
		item := e.items[e.top+i]
		text.Text, text.Color, text.TextSize = item.Text, look.Ink, look.Text
		hint.Text, hint.Color, hint.TextSize = item.Hint, look.Ink2, look.Caption
		place(text, look.Gap, float32(i)*look.Row, width-2*look.Gap, look.Row)
		place(hint, look.Gap, float32(i)*look.Row, width-2*look.Gap, look.Row)
	}
	canvas.Refresh(e)
}

// CreateRenderer is for the toolkit.
func (e *cellEditor) CreateRenderer() fyne.WidgetRenderer {
	inner := e.Entry.CreateRenderer()
	if e.codes == nil {
		return inner
	}
	return &cellEditorRenderer{WidgetRenderer: inner, e: e}
}

type cellEditorRenderer struct {
	fyne.WidgetRenderer

	e *cellEditor
}

func (r *cellEditorRenderer) Layout(size fyne.Size) {
	r.WidgetRenderer.Layout(size)
	r.e.drop()
}

func (r *cellEditorRenderer) Objects() []fyne.CanvasObject {
	e := r.e
	out := append(r.WidgetRenderer.Objects()[:len(r.WidgetRenderer.Objects()):len(r.WidgetRenderer.Objects())], e.ground, e.mark)
	for i := range e.texts {
		out = append(out, e.texts[i], e.hints[i])
	}
	return out
}
