package grid

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// grip is how near the edge between two heads the mouse takes hold of it.
const grip = 5

// head is the line of labels. A click sorts, the mark right of a label opens
// its filter, an edge drags.
type head struct {
	widget.BaseWidget

	g       *Grid
	clip    *container.Clip
	ground  *canvas.Rectangle
	under   *canvas.Rectangle
	rule    *canvas.Rectangle
	texts   []*canvas.Text // of the columns shown
	marks   []chevron      // right of them, opening their filters
	edges   []*canvas.Rectangle
	objects []fyne.CanvasObject

	dragged int // place of the column whose right edge is being dragged, -1 if none
	over    int // and whose right edge is under the mouse, -1 if none
	hover   int // place of the column under the mouse, -1 if none
}

var (
	_ fyne.Tappable          = (*head)(nil)
	_ fyne.SecondaryTappable = (*head)(nil)
	_ fyne.Draggable         = (*head)(nil)
	_ desktop.Hoverable      = (*head)(nil)
	_ desktop.Cursorable     = (*head)(nil)
)

func newHead(g *Grid) *head {
	h := &head{g: g, dragged: -1, over: -1, hover: -1, ground: canvas.NewRectangle(nil),
		under: canvas.NewRectangle(nil), rule: canvas.NewRectangle(nil)}
	h.build()
	h.clip = container.NewClip(h)
	h.clip.ExtendBaseWidget(h.clip)
	h.ExtendBaseWidget(h)
	return h
}

// build makes the label, mark and edge of each column shown. Those of the
// first lie over all others.
func (h *head) build() {
	h.texts, h.marks, h.edges = nil, nil, nil
	h.objects = []fyne.CanvasObject{h.ground}
	for place := range h.g.seen {
		text, mark, edge := canvas.NewText("", nil), newChevron(), canvas.NewRectangle(nil)
		text.TextStyle.Bold = true
		text.Alignment = h.g.shownAt(place).align()
		h.texts, h.marks, h.edges = append(h.texts, text), append(h.marks, mark), append(h.edges, edge)
		if place > 0 {
			h.objects = append(h.objects, text, mark[0], mark[1], edge)
		}
	}
	h.objects = append(h.objects, h.under, h.texts[0], h.marks[0][0], h.marks[0][1], h.edges[0], h.rule)
}

// rebuild follows another choice of columns.
func (h *head) rebuild() {
	h.over, h.hover, h.dragged = -1, -1, -1
	h.build()
	h.restyle()
	h.place()
}

func (h *head) restyle() {
	look := h.g.look
	h.ground.FillColor, h.under.FillColor, h.rule.FillColor = look.Canvas, look.Canvas, look.Line
	for i, t := range h.texts {
		t.Color, t.TextSize = look.Ink2, look.Text
		h.edges[i].FillColor = look.Line
	}
}

// place puts the labels over their columns.
func (h *head) place() {
	g, look := h.g, h.g.look
	x := g.scroll.Offset.X
	for i, t := range h.texts {
		shows := g.inSight(i)
		t.Hidden, h.edges[i].Hidden = !shows, !shows
		h.marks[i].hide(true)
		if !shows {
			continue
		}
		inner := g.wide(i) - 2*look.Gap
		left := g.at(i) - x
		if h.marked(i, inner) {
			h.placeMark(i, left)
			inner -= h.markWidth() - look.Gap
		}
		if label := h.label(i, inner); t.Text != label {
			t.Text = label
			t.Refresh()
		}
		t.Move(fyne.NewPos(left+look.Gap, 0))
		t.Resize(fyne.NewSize(inner, look.Row))
		h.edges[i].Move(fyne.NewPos(left+g.wide(i)-look.Hairline, look.Row/4))
		h.edges[i].Resize(fyne.NewSize(look.Hairline, look.Row/2))
	}
	h.under.Resize(fyne.NewSize(g.edges[1], look.Row))
	h.ground.Resize(h.Size())
	h.rule.Move(fyne.NewPos(0, look.Row-look.Hairline))
	h.rule.Resize(fyne.NewSize(h.Size().Width, look.Hairline))
	canvas.Refresh(h)
}

// marked reports whether the mark of filtering shows: where the label leaves
// room for it, under the mouse, and always where the column is filtered.
func (h *head) marked(place int, inner float32) bool {
	g := h.g
	if g.Bare {
		return false
	}
	label := g.strong.width(g.shownAt(place).Label) + h.sortWidth(g.seen[place])
	return label <= inner-h.markWidth()+g.look.Gap || place == h.hover || g.isFiltered(g.seen[place])
}

func (h *head) placeMark(place int, left float32) {
	g, mark := h.g, h.marks[place]
	mark.hide(false)
	ink := g.look.Ink3
	if g.isFiltered(g.seen[place]) {
		ink = g.look.Accent
	}
	mark.paint(ink, 1.2*g.look.Hairline)
	mark.place(fyne.NewPos(left+g.wide(place)-h.markWidth()/2, g.look.Row/2), g.look.Text)
}

// markWidth is the room of a mark, up to the edge.
func (h *head) markWidth() float32 { return h.g.look.Text + h.g.look.Space }

func (g *Grid) isFiltered(column int) bool {
	return slices.ContainsFunc(g.filters, func(f Filter) bool { return f.Column == g.columns[column].Name })
}

// sortMark shows the order of a column.
func (h *head) sortMark(column int) string {
	if column != h.g.column {
		return ""
	}
	switch h.g.order {
	case Ascending:
		return " ▲"
	case Descending:
		return " ▼"
	}
	return ""
}

func (h *head) sortWidth(column int) float32 { return h.g.strong.width(h.sortMark(column)) }

// label is the head of a column and the mark of its order, which stays when
// the label must be cut.
func (h *head) label(place int, width float32) string {
	g := h.g
	mark := h.sortMark(g.seen[place])
	return g.strong.fit(g.shownAt(place).Label, width-g.strong.width(mark)) + mark
}

// columnAt returns the place of the column at a distance from the left, -1 if
// there is none.
func (h *head) columnAt(x float32) int {
	g := h.g
	for i := range g.seen {
		left := g.at(i) - g.scroll.Offset.X
		if x >= left && x < left+g.wide(i) {
			return i
		}
	}
	return -1
}

// edgeAt returns the column whose right edge is within reach, -1 if none. The
// edges that lie under the first column are out of it.
func (h *head) edgeAt(x float32) int {
	g := h.g
	for i := range g.seen {
		right := g.at(i) + g.wide(i) - g.scroll.Offset.X
		if i > 0 && right < g.edges[1]+grip {
			continue
		}
		if x > right-grip && x < right+grip {
			return i
		}
	}
	return -1
}

// Tapped sorts, or opens the filter where its mark is.
func (h *head) Tapped(e *fyne.PointEvent) {
	g := h.g
	place := h.columnAt(e.Position.X)
	if h.edgeAt(e.Position.X) >= 0 || place < 0 {
		return
	}
	right := g.at(place) + g.wide(place) - g.scroll.Offset.X
	if !h.marks[place].hidden() && e.Position.X >= right-h.markWidth() {
		g.sieve(g.seen[place])
		return
	}
	g.sortBy(g.seen[place])
}

// TappedSecondary opens the filter.
func (h *head) TappedSecondary(e *fyne.PointEvent) {
	if place := h.columnAt(e.Position.X); place >= 0 && !h.g.Bare {
		h.g.sieve(h.g.seen[place])
	}
}

// Dragged makes the column wider or narrower whose edge the drag began at.
func (h *head) Dragged(e *fyne.DragEvent) {
	g := h.g
	if h.dragged < 0 {
		if h.dragged = h.edgeAt(e.Position.X - e.Dragged.DX); h.dragged < 0 {
			return
		}
	}
	left := g.at(h.dragged) - g.scroll.Offset.X
	g.setWidth(g.seen[h.dragged], (e.Position.X-left)/g.look.Scale)
}

// DragEnd tells the new width.
func (h *head) DragEnd() {
	g, place := h.g, h.dragged
	h.dragged = -1
	if place < 0 {
		return
	}
	if g.OnResize != nil {
		g.OnResize(g.shownAt(place).Name, g.widths[g.seen[place]])
	}
	g.changed()
}

// MouseIn is for the toolkit.
func (h *head) MouseIn(e *desktop.MouseEvent) { h.MouseMoved(e) }

// MouseMoved shows the mark of the column under the mouse, and where an edge
// can be dragged.
func (h *head) MouseMoved(e *desktop.MouseEvent) {
	h.over = h.edgeAt(e.Position.X)
	h.point(h.columnAt(e.Position.X))
}

// MouseOut hides both.
func (h *head) MouseOut() {
	h.over = -1
	h.point(-1)
}

func (h *head) point(place int) {
	if place != h.hover {
		h.hover = place
		h.place()
	}
}

// Cursor is a double arrow over an edge.
func (h *head) Cursor() desktop.Cursor {
	if h.over >= 0 || h.dragged >= 0 {
		return desktop.HResizeCursor
	}
	return desktop.DefaultCursor
}

// CreateRenderer is for the toolkit.
func (h *head) CreateRenderer() fyne.WidgetRenderer {
	h.ExtendBaseWidget(h)
	return &headRenderer{h}
}

type headRenderer struct{ h *head }

func (r *headRenderer) Layout(fyne.Size)             { r.h.place() }
func (r *headRenderer) MinSize() fyne.Size           { return fyne.NewSize(1, r.h.g.look.Row) }
func (r *headRenderer) Objects() []fyne.CanvasObject { return r.h.objects }
func (r *headRenderer) Destroy()                     {}

func (r *headRenderer) Refresh() {
	r.h.g.restyle()
	r.h.place()
}
