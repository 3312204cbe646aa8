package grid

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// body is the scrolled content: as large as all rows together, with lines only
// where the window shows some. It takes the mouse and the keys.
type body struct {
	widget.BaseWidget

	g       *Grid
	lines   []*line // in use
	spare   []*line
	ring    *canvas.Rectangle // around the cell the keys move from
	objects []fyne.CanvasObject

	offset  float32 // horizontal scroll the lines are placed for
	view    float32 // and the width of the window
	shift   bool
	focused bool
	down    [2]int // rows under the last two presses: a double click is two on one row
}

func newBody(g *Grid) *body {
	b := &body{g: g, ring: canvas.NewRectangle(nil), down: [2]int{-1, -1}}
	b.ExtendBaseWidget(b)
	return b
}

// restyle lets go of lines drawn in another look or of other columns.
func (b *body) restyle() {
	b.lines, b.spare = nil, nil
	b.ring.StrokeColor, b.ring.StrokeWidth = b.g.look.Accent, 2*b.g.look.Hairline
}

// fill draws a line for each row in sight. Lines whose rows are still in sight
// stay as they are, unless all must be drawn anew.
func (b *body) fill(all bool) {
	g := b.g
	row := g.look.Row
	height, offset := g.scroll.Size().Height, g.scroll.Offset
	first := max(int(offset.Y/row), 0)
	last := min(int((offset.Y+height)/row), len(g.shown)-1)
	if height <= 0 {
		last = first - 1
	}
	sideways := offset.X != b.offset || g.scroll.Size().Width != b.view
	b.offset, b.view = offset.X, g.scroll.Size().Width

	have := make(map[int]bool, len(b.lines))
	kept := b.lines[:0]
	for _, l := range b.lines {
		if l.at < first || l.at > last {
			b.spare = append(b.spare, l)
			continue
		}
		have[l.at] = true
		kept = append(kept, l)
		switch {
		case all:
			l.draw(l.at)
		case sideways:
			l.place()
		}
	}
	b.lines = kept
	for at := first; at <= last; at++ {
		if !have[at] {
			l := b.take()
			l.draw(at)
			b.lines = append(b.lines, l)
		}
	}
	b.placeRing()
	b.gather()
	if g.OnEnd != nil && last >= 0 && last == len(g.shown)-1 {
		g.OnEnd()
	}
}

func (b *body) take() *line {
	if n := len(b.spare); n > 0 {
		l := b.spare[n-1]
		b.spare = b.spare[:n-1]
		return l
	}
	return newLine(b.g)
}

// gather lists what the toolkit draws.
func (b *body) gather() {
	b.objects = b.objects[:0]
	for _, l := range b.lines {
		b.objects = append(b.objects, l.box)
	}
	b.objects = append(b.objects, b.ring)
	if e := b.g.edit; e != nil {
		b.objects = append(b.objects, e.ground, e.editor)
	}
	canvas.Refresh(b)
}

// placeRing puts the ring around the cell at the cursor, or the editor over it.
func (b *body) placeRing() {
	g := b.g
	at := g.pick.cursor
	there := at >= 0 && at < len(g.shown)
	b.ring.Hidden = !there || !b.focused || g.edit != nil
	if !there {
		return
	}
	pos, size := g.cellBox(at, g.place(g.current))
	b.ring.Move(pos)
	b.ring.Resize(size)
	if g.edit != nil {
		g.edit.place(pos, size)
	}
}

// cellBox is where a cell stands in the scrolled content.
func (g *Grid) cellBox(at, place int) (fyne.Position, fyne.Size) {
	return fyne.NewPos(g.at(place), float32(at)*g.look.Row), fyne.NewSize(g.wide(place), g.look.Row)
}

// mark shows the selection anew without drawing the texts again.
func (b *body) mark() {
	for _, l := range b.lines {
		l.mark()
	}
	b.placeRing()
	canvas.Refresh(b)
}

// CreateRenderer is for the toolkit.
func (b *body) CreateRenderer() fyne.WidgetRenderer {
	b.ExtendBaseWidget(b)
	return &bodyRenderer{b}
}

type bodyRenderer struct{ b *body }

func (r *bodyRenderer) Layout(fyne.Size)             { r.b.fill(false) }
func (r *bodyRenderer) MinSize() fyne.Size           { return r.b.g.content() }
func (r *bodyRenderer) Objects() []fyne.CanvasObject { return r.b.objects }
func (r *bodyRenderer) Destroy()                     {}

func (r *bodyRenderer) Refresh() {
	r.b.g.restyle()
	r.b.fill(true)
}
