package grid

import (
	"slices"

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
	g.chips.restyle()
	g.head.restyle()
	g.body.restyle()
	g.tip.restyle()
}

// measure works out where the columns stand at the theme's text size.
func (g *Grid) measure() {
	g.edges = make([]float32, 1, len(g.seen)+1)
	for i, column := range g.seen {
		g.edges = append(g.edges, g.edges[i]+g.widths[column]*g.look.Scale)
	}
}

// setWidth makes a column as wide, at theme.BaseText, as a person dragged it.
func (g *Grid) setWidth(column int, width float32) {
	g.widths[column] = min(max(width, narrowest), widest)
	g.measure()
	g.redraw()
}

// shownAt is the column at a place among those shown.
func (g *Grid) shownAt(place int) *Column { return &g.columns[g.seen[place]] }

// place is where a column stands among those shown, the first if it is hidden.
func (g *Grid) place(column int) int { return max(slices.Index(g.seen, column), 0) }

// wide is the width on the screen of the column at a place.
func (g *Grid) wide(place int) float32 { return g.edges[place+1] - g.edges[place] }

// at is where the column at a place begins in the scrolled content: in its
// place, but for the first, which is pushed along so that it is always in
// sight.
func (g *Grid) at(place int) float32 {
	if place == 0 {
		return g.scroll.Offset.X
	}
	return g.edges[place]
}

// inSight reports whether any of a column shows between the first column and
// the right edge.
func (g *Grid) inSight(place int) bool {
	x := g.scroll.Offset.X
	return place == 0 || g.edges[place+1] > x+g.edges[1] && g.edges[place] < x+g.scroll.Size().Width
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
	g.scrollTo(to)
}

// revealColumn scrolls sideways as little as shows a column whole beside the
// first one.
func (g *Grid) revealColumn(place int) {
	to := g.scroll.Offset
	if place == 0 {
		return
	}
	if beyond := g.edges[place+1] + g.look.ScrollBar - g.scroll.Size().Width; to.X < beyond {
		to.X = beyond
	}
	to.X = max(min(to.X, g.edges[place]-g.edges[1]), 0)
	g.scrollTo(to)
}

func (g *Grid) scrollTo(to fyne.Position) {
	if to != g.scroll.Offset {
		g.scroll.ScrollToOffset(to)
	}
	g.scrolled()
}

// CreateRenderer is for the toolkit.
func (g *Grid) CreateRenderer() fyne.WidgetRenderer {
	g.ExtendBaseWidget(g)
	return &frame{g: g, objects: []fyne.CanvasObject{g.ground, g.scroll, g.chips, g.head.clip, g.foot, g.nobody, g.tip}}
}

// frame lays chips, head, rows and foot out one below the other.
type frame struct {
	g       *Grid
	objects []fyne.CanvasObject
}

func (f *frame) Layout(size fyne.Size) {
	g := f.g
	g.restyle()
	row := g.look.Row
	top := float32(0)
	g.chips.Hidden = len(g.filters) == 0
	if !g.chips.Hidden {
		top = g.look.Row + g.look.Space
		g.chips.Resize(fyne.NewSize(size.Width, top))
		g.chips.fill()
	}
	middle := fyne.NewSize(size.Width, max(size.Height-top-2*row, 0))
	g.ground.Resize(size)
	g.head.clip.Move(fyne.NewPos(0, top))
	g.head.clip.Resize(fyne.NewSize(size.Width, row))
	g.scroll.Move(fyne.NewPos(0, top+row))
	g.scroll.Resize(middle)
	g.nobody.Move(fyne.NewPos(0, top+row))
	g.nobody.Resize(middle)
	g.foot.Move(fyne.NewPos(g.look.Gap, top+row+middle.Height))
	g.foot.Resize(fyne.NewSize(max(size.Width-2*g.look.Gap, 0), row))
	g.tip.Resize(g.tip.MinSize())
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
