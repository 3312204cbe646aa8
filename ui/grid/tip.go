package grid

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

const (
	tipDelay = 400 * time.Millisecond // before a cell under the mouse is told in full
	tipLines = 8                      // more of a text is read by opening its record
)

// tip shows in full what a cell has no room for, and the sentence of a marked
// one: under the mouse, or at the cursor.
type tip struct {
	widget.BaseWidget

	g       *Grid
	ground  *canvas.Rectangle
	texts   []*canvas.Text
	objects []fyne.CanvasObject
	at      [2]int // row and place of the column under the mouse, -1 for none
	delay   time.Duration
}

func newTip(g *Grid) *tip {
	t := &tip{g: g, ground: canvas.NewRectangle(nil), at: [2]int{-1, -1}, delay: tipDelay}
	t.objects = []fyne.CanvasObject{t.ground}
	t.Hidden = true
	t.ExtendBaseWidget(t)
	return t
}

func (t *tip) restyle() {
	look := t.g.look
	t.ground.FillColor, t.ground.StrokeColor = look.Surface, look.Ink3
	t.ground.StrokeWidth, t.ground.CornerRadius = look.Hairline, look.Radius
	t.hide()
}

func (t *tip) hide() {
	if !t.Hidden {
		t.Hide()
	}
}

// hover notes the cell under the mouse and tells it after a while, if there is
// anything to tell.
func (t *tip) hover(at, place int) {
	cell := [2]int{at, place}
	if cell == t.at {
		return
	}
	t.at = cell
	t.hide()
	if t.g.tellable(at, place) == nil {
		return
	}
	if t.delay == 0 {
		t.show(at, place)
		return
	}
	time.AfterFunc(t.delay, func() {
		t.g.post(func() {
			if t.at == cell {
				t.show(at, place)
			}
		})
	})
}

// tellable is what there is to tell of a cell: its text where it is cut off,
// and the sentence of its mark.
func (g *Grid) tellable(at, place int) []string {
	if at < 0 || at >= len(g.shown) || place < 0 || place >= len(g.seen) {
		return nil
	}
	var out []string
	row, column := g.row(at), g.seen[place]
	if text := oneLine(row.cell(column)); g.text.fit(text, g.wide(place)-2*g.look.Gap) != text {
		out = append(out, text)
	}
	if note := row.Marks[column].Note; note != "" {
		out = append(out, note)
	}
	return out
}

// show tells a cell below it, or above where there is no room below.
func (t *tip) show(at, place int) {
	g := t.g
	paragraphs := g.tellable(at, place)
	if paragraphs == nil {
		t.hide()
		return
	}
	t.write(paragraphs, min(30*g.look.Text, g.Size().Width-2*g.look.Gap))
	size := t.MinSize()
	pos, cell := g.cellBox(at, place)
	pos = pos.Subtract(g.scroll.Offset).Add(g.scroll.Position())
	below := pos.Y + cell.Height
	pos.X = max(min(pos.X, g.Size().Width-size.Width), 0)
	if below+size.Height > g.Size().Height && pos.Y >= size.Height {
		pos.Y -= size.Height
	} else {
		pos.Y = below
	}
	t.Move(pos)
	t.Resize(size)
	t.Show()
	t.Refresh()
}

// write breaks paragraphs into lines.
func (t *tip) write(paragraphs []string, width float32) {
	g := t.g
	t.texts = t.texts[:0]
	for _, p := range paragraphs {
		for _, s := range g.text.wrap(p, width) {
			text := canvas.NewText(s, g.look.Ink)
			text.TextSize = g.look.Text
			t.texts = append(t.texts, text)
		}
	}
	if len(t.texts) > tipLines {
		t.texts = t.texts[:tipLines]
		t.texts[tipLines-1].Text += ellipsis
	}
	t.objects = append(t.objects[:0:0], t.ground)
	for _, text := range t.texts {
		t.objects = append(t.objects, text)
	}
}

// cursor tells the cell at the cursor if it is marked.
func (t *tip) cursor() {
	g := t.g
	place := g.place(g.current)
	at := g.pick.cursor
	if at < 0 || at >= len(g.shown) || !g.body.focused || g.row(at).Marks[g.seen[place]].Note == "" {
		t.hide()
		return
	}
	t.show(at, place)
}

// CreateRenderer is for the toolkit.
func (t *tip) CreateRenderer() fyne.WidgetRenderer {
	t.ExtendBaseWidget(t)
	return &tipRenderer{t}
}

type tipRenderer struct{ t *tip }

func (r *tipRenderer) Layout(size fyne.Size) {
	look := r.t.g.look
	r.t.ground.Resize(size)
	for i, text := range r.t.texts {
		text.Move(fyne.NewPos(look.Gap, look.Space+float32(i)*r.height()))
		text.Resize(fyne.NewSize(size.Width-2*look.Gap, r.height()))
	}
}

func (r *tipRenderer) height() float32 { return 1.5 * r.t.g.look.Text }

func (r *tipRenderer) MinSize() fyne.Size {
	look := r.t.g.look
	var width float32
	for _, text := range r.t.texts {
		width = max(width, r.t.g.text.width(text.Text))
	}
	return fyne.NewSize(width+2*look.Gap, float32(len(r.t.texts))*r.height()+2*look.Space)
}

func (r *tipRenderer) Refresh() {
	r.Layout(r.t.Size())
	canvas.Refresh(r.t)
}

func (r *tipRenderer) Objects() []fyne.CanvasObject { return slices.Clone(r.t.objects) }

func (r *tipRenderer) Destroy() {}

var _ desktop.Hoverable = (*body)(nil)

// MouseIn is for the toolkit.
func (b *body) MouseIn(e *desktop.MouseEvent) { b.MouseMoved(e) }

// MouseMoved follows the cell under the mouse.
func (b *body) MouseMoved(e *desktop.MouseEvent) {
	b.g.tip.hover(b.g.cellAt(e.Position))
}

// MouseOut forgets it.
func (b *body) MouseOut() { b.g.tip.hover(-1, -1) }

// cellAt returns the row and the place of the column at a point of the
// scrolled content, -1 for what is beside them.
func (g *Grid) cellAt(p fyne.Position) (at, place int) {
	at = int(p.Y / g.look.Row)
	if p.Y < 0 || at >= len(g.shown) {
		at = -1
	}
	return at, g.head.columnAt(p.X - g.scroll.Offset.X)
}
