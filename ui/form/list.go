package form

import (
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// A list is as wide as its first choices need, within bounds.
const (
	mostMeasured = 40
	widest       = 36 // characters
)

// mostShown is how many choices are seen at once.
const mostShown = 8

// toMake is the choice of something that is not there yet.
const toMake = "\x00"

// list drops below a cell and shows what it may hold.
type list struct {
	widget.BaseWidget

	cell   *cell
	items  []Choice
	at     int // the one Enter takes, -1 for none
	top    int // the first one seen
	typing bool

	paper        paper
	mark, bar    *canvas.Rectangle
	texts, hints []*canvas.Text
	more         *canvas.Text
}

var (
	_ float             = (*list)(nil)
	_ fyne.Tappable     = (*list)(nil)
	_ fyne.Scrollable   = (*list)(nil)
	_ desktop.Mouseable = (*list)(nil)
	_ desktop.Hoverable = (*list)(nil)
)

// newList shows all a cell may hold, at what it holds.
func newList(c *cell) *list {
	l := &list{cell: c, items: c.chooser().find(""), at: -1, paper: newPaper(),
		mark: canvas.NewRectangle(nil), bar: canvas.NewRectangle(nil), more: canvas.NewText("", nil)}
	for range mostShown {
		hint := canvas.NewText("", nil)
		hint.Alignment = fyne.TextAlignTrailing
		l.texts, l.hints = append(l.texts, canvas.NewText("", nil)), append(l.hints, hint)
	}
	for i, item := range l.items {
		if item.ID == c.value && c.value != "" {
			l.at = i
		}
	}
	l.top = max(min(l.at-mostShown/2, len(l.items)-mostShown), 0)
	l.ExtendBaseWidget(l)
	return l
}

// typed narrows the list to what was typed so far.
func (l *list) typed(text string) {
	l.items, l.at, l.top, l.typing = l.cell.chooser().find(text), -1, 0, true
	if name := l.cell.named(text); name != "" {
		l.items = append([]Choice{{ID: toMake, Text: doMake(name)}}, l.items...) // first: a name typed in full must not become a longer one
	}
	if text != "" && len(l.items) > 0 {
		l.at = 0
	}
	l.cell.rec.form.place()
	l.Refresh()
}

func (l *list) key(name fyne.KeyName) bool {
	f := l.cell.rec.form
	switch name {
	case fyne.KeyDown:
		l.move(l.at + 1)
	case fyne.KeyUp:
		l.move(l.at - 1)
	case fyne.KeyPageDown:
		l.move(l.at + mostShown - 1)
	case fyne.KeyPageUp:
		l.move(l.at - mostShown + 1)
	case fyne.KeyReturn, fyne.KeyEnter:
		return l.take() // else on to the next cell
	case fyne.KeyTab:
		if l.typing && l.cell.bad != nil { // an exact word stands as it was typed
			return l.take()
		}
		return false
	case fyne.KeyEscape, fyne.KeyF4:
		f.drop(nil, nil)
	default:
		return false
	}
	return true
}

// take puts the choice at the mark into the cell. An emptied cell stays empty.
// It reports whether the choice is to be made first: one does not go on then.
func (l *list) take() bool {
	c := l.cell
	f := c.rec.form
	f.drop(nil, nil)
	if l.at < 0 || l.at >= len(l.items) {
		return false
	}
	if l.items[l.at].ID != toMake {
		c.choose(l.items[l.at].ID)
		return false
	}
	f.o.Make(c.field.Target, c.named(c.text), func(id string) {
		f.Renew()
		c.choose(id)
		f.focus(c)
		f.step(c, false)
	})
	return true
}

func (l *list) move(at int) {
	l.at = max(min(at, len(l.items)-1), 0)
	if l.at < l.top {
		l.top = l.at
	}
	if l.at >= l.top+mostShown {
		l.top = l.at - mostShown + 1
	}
	l.Refresh()
}

func (l *list) rowAt(y float32) int {
	i := int((y-theme.Current().Hairline)/theme.Current().Row) + l.top
	if y < 0 || i >= min(l.top+mostShown, len(l.items)) {
		return -1
	}
	return i
}

// Scrolled moves the list, not the form behind it.
func (l *list) Scrolled(e *fyne.ScrollEvent) {
	step := 1
	if e.Scrolled.DY > 0 {
		step = -1
	}
	l.top = max(min(l.top+step, len(l.items)-mostShown), 0)
	l.Refresh()
}

// MouseDown keeps the form from taking the press for leaving it.
func (l *list) MouseDown(*desktop.MouseEvent) { l.cell.rec.form.held = true }

// MouseUp is for the toolkit.
func (l *list) MouseUp(*desktop.MouseEvent) {}

// Tapped takes the choice under the mouse.
func (l *list) Tapped(e *fyne.PointEvent) {
	f := l.cell.rec.form
	f.held = false
	if i := l.rowAt(e.Position.Y); i >= 0 {
		l.at = i
		if l.take() {
			return
		}
	}
	f.focus(l.cell)
	l.cell.selectAll()
}

// MouseIn is for the toolkit.
func (l *list) MouseIn(*desktop.MouseEvent) {}

// MouseMoved marks the choice under the mouse.
func (l *list) MouseMoved(e *desktop.MouseEvent) {
	if i := l.rowAt(e.Position.Y); i >= 0 && i != l.at {
		l.at = i
		l.Refresh()
	}
}

// MouseOut is for the toolkit.
func (l *list) MouseOut() { l.cell.rec.form.release() }

// CreateRenderer is for the toolkit.
func (l *list) CreateRenderer() fyne.WidgetRenderer {
	l.ExtendBaseWidget(l)
	return &listRenderer{l}
}

type listRenderer struct{ l *list }

// rows is how many lines are shown: choices, and one that says what is not.
func (l *list) rows() (choices int, says string) {
	switch n := len(l.items); {
	case n == 0:
		return 0, sayNoMatch
	case n > mostShown:
		return mostShown, sayMore(n - mostShown)
	default:
		return n, ""
	}
}

func (r *listRenderer) MinSize() fyne.Size {
	look := theme.Current()
	n, says := r.l.rows()
	height := float32(n)*look.Row + 2*look.Hairline
	if says != "" {
		height += look.Row
	}
	width := 12 * look.Text
	for _, item := range r.l.items[:min(len(r.l.items), mostMeasured)] {
		text := fyne.MeasureText(item.Text, look.Text, fyne.TextStyle{}).Width
		if item.Hint != "" {
			text += fyne.MeasureText(item.Hint, look.Caption, fyne.TextStyle{}).Width + look.Margin
		}
		width = max(width, text+2*look.Gap+look.Bar)
	}
	return fyne.NewSize(whole(min(width, widest*look.Text)), height)
}

func (r *listRenderer) Layout(size fyne.Size) {
	l, look := r.l, theme.Current()
	edge := look.Hairline
	l.paper.lay(size)
	n, says := l.rows()
	y := edge
	l.mark.Hide()
	l.bar.Hide()
	for i := range mostShown {
		text, hint := l.texts[i], l.hints[i]
		text.Hidden, hint.Hidden = i >= n, i >= n
		if i >= n {
			continue
		}
		item := l.items[l.top+i]
		if l.top+i == l.at {
			l.mark.FillColor, l.bar.FillColor = look.AccentWeak, look.Accent
			l.mark.Move(fyne.NewPos(edge, y))
			l.mark.Resize(fyne.NewSize(size.Width-2*edge, look.Row))
			l.bar.Move(fyne.NewPos(edge, y))
			l.bar.Resize(fyne.NewSize(look.Bar, look.Row))
			l.mark.Show()
			l.bar.Show()
		}
		text.Text, text.Color, text.TextSize = item.Text, look.Ink, look.Text
		hint.Text, hint.Color, hint.TextSize = item.Hint, look.Ink3, look.Caption
		for _, t := range []*canvas.Text{text, hint} {
			t.Move(fyne.NewPos(look.Gap+look.Bar, y))
			t.Resize(fyne.NewSize(size.Width-2*look.Gap-look.Bar, look.Row))
		}
		y += look.Row
	}
	l.more.Text, l.more.Color, l.more.TextSize = says, look.Ink3, look.Caption
	l.more.Move(fyne.NewPos(look.Gap+look.Bar, y))
	l.more.Resize(fyne.NewSize(size.Width, look.Row))
	l.more.Hidden = says == ""
}

func (r *listRenderer) Refresh() {
	r.Layout(r.l.Size())
	canvas.Refresh(r.l)
}

func (r *listRenderer) Objects() []fyne.CanvasObject {
	l := r.l
	out := []fyne.CanvasObject{l.paper.edge, l.paper.ground, l.mark, l.bar, l.more}
	for i := range l.texts {
		out = append(out, l.texts[i], l.hints[i])
	}
	return out
}

func (r *listRenderer) Destroy() {}
