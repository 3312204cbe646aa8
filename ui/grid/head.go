package grid

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// grip is how near the edge between two heads the mouse takes hold of it.
const grip = 5

// head is the line of labels. A click sorts, an edge drags.
type head struct {
	widget.BaseWidget

	g       *Grid
	clip    *container.Clip
	ground  *canvas.Rectangle
	under   *canvas.Rectangle
	rule    *canvas.Rectangle
	texts   []*canvas.Text
	edges   []*canvas.Rectangle
	objects []fyne.CanvasObject

	dragged int // column whose right edge is being dragged, -1 if none
	over    int // column whose right edge is under the mouse, -1 if none
}

var (
	_ fyne.Tappable      = (*head)(nil)
	_ fyne.Draggable     = (*head)(nil)
	_ desktop.Hoverable  = (*head)(nil)
	_ desktop.Cursorable = (*head)(nil)
)

func newHead(g *Grid) *head {
	h := &head{g: g, dragged: -1, over: -1, ground: canvas.NewRectangle(nil),
		under: canvas.NewRectangle(nil), rule: canvas.NewRectangle(nil)}
	h.objects = []fyne.CanvasObject{h.ground}
	for i, c := range g.columns {
		text, edge := canvas.NewText("", nil), canvas.NewRectangle(nil)
		text.TextStyle.Bold = true
		text.Alignment = c.align()
		h.texts, h.edges = append(h.texts, text), append(h.edges, edge)
		if i > 0 {
			h.objects = append(h.objects, text, edge)
		}
	}
	h.objects = append(h.objects, h.under, h.texts[0], h.edges[0], h.rule)
	h.clip = container.NewClip(h)
	h.clip.ExtendBaseWidget(h.clip)
	h.ExtendBaseWidget(h)
	return h
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
		if !shows {
			continue
		}
		inner := g.wide(i) - 2*look.Gap
		if label := h.label(i, inner); t.Text != label {
			t.Text = label
			t.Refresh()
		}
		left := g.at(i) - x
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

// label is the head of a column and the mark of its order, which stays when
// the label must be cut.
func (h *head) label(column int, width float32) string {
	g := h.g
	mark := ""
	if column == g.column {
		switch g.order {
		case Ascending:
			mark = "▲"
		case Descending:
			mark = "▼"
		}
	}
	if mark == "" {
		return g.strong.fit(g.columns[column].Label, width)
	}
	return g.strong.fit(g.columns[column].Label, width-g.strong.width(" "+mark)) + " " + mark
}

// columnAt returns the column at a distance from the left, -1 if none.
func (h *head) columnAt(x float32) int {
	g := h.g
	for i := range g.columns {
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
	for i := range g.columns {
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

// Tapped sorts.
func (h *head) Tapped(e *fyne.PointEvent) {
	if h.edgeAt(e.Position.X) >= 0 {
		return
	}
	if c := h.columnAt(e.Position.X); c >= 0 {
		h.g.sortBy(c)
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
	g.setWidth(h.dragged, (e.Position.X-left)/g.look.Scale)
}

// DragEnd tells the new width.
func (h *head) DragEnd() {
	g, column := h.g, h.dragged
	h.dragged = -1
	if column >= 0 && g.OnResize != nil {
		g.OnResize(g.columns[column].Name, g.widths[column])
	}
}

// MouseIn, MouseMoved, MouseOut and Cursor show where an edge can be dragged.
func (h *head) MouseIn(e *desktop.MouseEvent) { h.MouseMoved(e) }

// MouseMoved notes the edge under the mouse.
func (h *head) MouseMoved(e *desktop.MouseEvent) { h.over = h.edgeAt(e.Position.X) }

// MouseOut notes that there is none.
func (h *head) MouseOut() { h.over = -1 }

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
