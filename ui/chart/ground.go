package chart

import (
	"touyan/ui/screen"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// drawn is a chart as its ground knows it.
type drawn interface {
	fyne.Widget
	// cells are the items there are spots for.
	cells() []cell
	// empty reports that there is nothing to draw.
	empty() bool
	// least is the smallest size it can be read at, once it is so wide.
	least(look *theme.Theme, width float32) fyne.Size
	draw(p *pen, size fyne.Size)
}

// cell is an item and its place among the others, for the arrow keys.
type cell struct {
	row, column int
	item        Item
}

// ground is what all charts have in common: the sentence of an empty one, the
// spots of the others and what is told of the one the mouse or keyboard is at.
type ground struct {
	widget.BaseWidget

	chart  drawn
	nobody *widget.Label
	spots  []located
	told   *spot
}

// lay prepares the ground of a chart.
func (g *ground) lay(chart drawn, sentence string) {
	g.chart = chart
	g.nobody = widget.NewLabel(sentence)
	g.nobody.Wrapping = fyne.TextWrapWord
	g.ExtendBaseWidget(chart)
	g.renew()
}

// renew follows the items. Spots stay where there is still an item, so that the
// keyboard does too; where there is none any more it goes to what is near.
func (g *ground) renew() {
	old := g.spots
	var left *spot // by the keyboard
	for _, p := range old {
		if p.at().focused {
			left = p.at()
		}
	}
	g.spots, g.told = nil, nil
	var cells []cell
	if !g.chart.empty() {
		cells = g.chart.cells()
	}
	for _, c := range cells {
		p := kept(old, c)
		if p == nil {
			p = newSpot(g, c)
		}
		p.at().cell = c
		g.spots = append(g.spots, p)
		if p.at() == left {
			left = nil
		}
	}
	g.chart.Refresh()
	if left != nil {
		g.rescue(left)
	}
}

// kept is the spot an item had before, if it can be the same.
func kept(old []located, c cell) located {
	for _, p := range old {
		s := p.at()
		if s.row == c.row && s.column == c.column && (s.item.Open != nil) == (c.item.Open != nil) {
			return p
		}
	}
	return nil
}

// rescue takes the keyboard from a spot that is no more.
func (g *ground) rescue(from *spot) {
	c := screen.Of(g.chart)
	if c == nil {
		return
	}
	to := g.nearest(from.row, from.column, func(*press) bool { return true })
	if to == nil {
		c.Unfocus()
		return
	}
	c.Focus(to)
}

// tell has told in full, or no longer, what is drawn at a spot.
func (g *ground) tell(s *spot, on bool) {
	before := g.told
	switch {
	case on:
		g.told = s
	case g.told == s:
		g.told = nil
	}
	if before != g.told && (len(s.unsaid) > 0 || before != nil && len(before.unsaid) > 0) {
		g.chart.Refresh()
	}
}

// CreateRenderer is for the toolkit, which forgets those of what was not seen
// for a while and lays new ones out only when the size changes.
func (g *ground) CreateRenderer() fyne.WidgetRenderer {
	r := &renderer{g: g}
	r.Layout(g.Size())
	return r
}

type renderer struct {
	g       *ground
	objects []fyne.CanvasObject
}

func (r *renderer) Destroy() {}

func (r *renderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *renderer) MinSize() fyne.Size {
	look, g := theme.Current(), r.g
	if g.chart.empty() {
		return g.nobody.MinSize().Max(fyne.NewSize(leastSentence*look.Text, look.Row))
	}
	return g.chart.least(look, g.Size().Width)
}

// Layout draws the chart anew, as large as it is now.
func (r *renderer) Layout(size fyne.Size) {
	g := r.g
	if g.chart.empty() {
		g.nobody.Move(fyne.Position{})
		g.nobody.Resize(size)
		r.objects = []fyne.CanvasObject{g.nobody}
		return
	}
	p := &pen{look: theme.Current(), g: g}
	for _, s := range g.spots {
		s.at().Hidden, s.at().unsaid = true, nil
		p.objects = append(p.objects, s)
	}
	g.chart.draw(p, size)
	if g.told != nil && len(g.told.unsaid) > 0 {
		p.tip(g.told, size)
	}
	r.objects = p.objects
}

func (r *renderer) Refresh() {
	r.Layout(r.g.Size())
	for _, o := range r.objects {
		if w, own := o.(fyne.Widget); own { // the others are new
			w.Refresh()
		}
	}
	canvas.Refresh(r.g.chart)
}
