package grid

import (
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
)

// restyle takes over the app's theme, if it is another one than before.
func (g *Grid) restyle() {
	look := theme.Current()
	if look == g.look {
		return
	}
	g.look = look
	g.text, g.strong = newRuler(look.Text, false), newRuler(look.Text, true)
	g.ground.FillColor = look.Surface
	g.foot.Color, g.foot.TextSize = look.Ink2, look.Text
	g.says.Color, g.says.TextSize = look.Ink2, look.Text
	g.measure()
	g.head.restyle()
	g.body.restyle()
}

// measure works out where the columns stand at the theme's text size.
func (g *Grid) measure() {
	g.edges = make([]float32, 1, len(g.widths)+1)
	for i, w := range g.widths {
		g.edges = append(g.edges, g.edges[i]+w*g.look.Scale)
	}
}

// setWidth makes a column as wide, at theme.BaseText, as a person dragged it.
func (g *Grid) setWidth(column int, width float32) {
	g.widths[column] = min(max(width, narrowest), widest)
	g.measure()
	g.redraw()
}

// wide is the width of a column on the screen.
func (g *Grid) wide(column int) float32 { return g.edges[column+1] - g.edges[column] }

// at is where a column begins in the scrolled content: in its place, but for
// the first, which is pushed along so that it is always in sight.
func (g *Grid) at(column int) float32 {
	if column == 0 {
		return g.scroll.Offset.X
	}
	return g.edges[column]
}

// inSight reports whether any of a column shows between the first column and
// the right edge.
func (g *Grid) inSight(column int) bool {
	x := g.scroll.Offset.X
	return column == 0 || g.edges[column+1] > x+g.edges[1] && g.edges[column] < x+g.scroll.Size().Width
}

// content is the size of all rows. The scroll bar at the right edge has room
// of its own, so that it never hides a number.
func (g *Grid) content() fyne.Size {
	return fyne.NewSize(g.edges[len(g.edges)-1]+g.look.ScrollBar, float32(len(g.shown))*g.look.Row)
}

// reveal scrolls as little as shows a row whole.
func (g *Grid) reveal(at int) {
	top := float32(at) * g.look.Row
	to := g.scroll.Offset
	if below := top + g.look.Row - g.scroll.Size().Height; to.Y < below {
		to.Y = below
	}
	to.Y = max(min(to.Y, top), 0)
	if to != g.scroll.Offset {
		g.scroll.ScrollToOffset(to)
	}
	g.scrolled()
}

// CreateRenderer is for the toolkit.
func (g *Grid) CreateRenderer() fyne.WidgetRenderer {
	g.ExtendBaseWidget(g)
	return &frame{g: g, objects: []fyne.CanvasObject{g.ground, g.scroll, g.head.clip, g.foot, g.nobody}}
}

// frame lays head, rows and foot out one below the other.
type frame struct {
	g       *Grid
	objects []fyne.CanvasObject
}

func (f *frame) Layout(size fyne.Size) {
	g := f.g
	g.restyle()
	row := g.look.Row
	middle := fyne.NewSize(size.Width, max(size.Height-2*row, 0))
	g.ground.Resize(size)
	g.head.clip.Resize(fyne.NewSize(size.Width, row))
	g.scroll.Move(fyne.NewPos(0, row))
	g.scroll.Resize(middle)
	g.nobody.Move(fyne.NewPos(0, row))
	g.nobody.Resize(middle)
	g.foot.Move(fyne.NewPos(g.look.Gap, row+middle.Height))
	g.foot.Resize(fyne.NewSize(max(size.Width-2*g.look.Gap, 0), row))
	g.scrolled()
}

// MinSize keeps the head, a few rows and the foot.
func (f *frame) MinSize() fyne.Size {
	f.g.restyle()
	return fyne.NewSize(2*f.g.edges[1], 6*f.g.look.Row)
}

func (f *frame) Refresh() {
	g := f.g
	g.restyle()
	f.Layout(g.Size())
	g.ground.Refresh()
	g.foot.Refresh()
	g.redraw()
}

func (f *frame) Objects() []fyne.CanvasObject { return f.objects }

func (f *frame) Destroy() {}
