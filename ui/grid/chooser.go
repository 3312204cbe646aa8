package grid

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// mostColumns is how many columns are in sight at once.
const mostColumns = 14

// chooser is the panel in which columns are shown, hidden and moved. What is
// done in it is done at once.
type chooser struct {
	g     *Grid
	popup *widget.PopUp
	list  *widget.List
}

func newChooser(g *Grid, under fyne.CanvasObject) *chooser {
	c := &chooser{g: g}
	c.list = widget.NewList(func() int { return len(g.layout) }, func() fyne.CanvasObject { return newPlace(g.text) }, c.draw)
	c.list.HideSeparators = true
	line := newPlace(g.text).MinSize().Height + g.look.Space
	c.popup = drop(container.NewVBox(
		sized(c.list, 20*g.look.Text, float32(min(len(g.layout), mostColumns))*line),
		row(newPress(doClose, func() { c.popup.Hide() }), newPress(doReset, c.reset))),
		under, fyne.NewPos(0, under.Size().Height))
	return c
}

func (c *chooser) draw(id widget.ListItemID, o fyne.CanvasObject) {
	g, p := c.g, o.(*placed)
	column := g.layout[id]
	p.tick.fixed = id == 0
	aside := ""
	if id == 0 {
		aside = sayFirstStays
	}
	p.tick.set(g.columns[column].Label, aside, !g.hidden[column], func() { c.toggle(column) })
	p.move(id > 0, func(step int) { c.move(id, step) })
	p.up.set("↑", id <= 1)
	p.down.set("↓", id == len(g.layout)-1)
}

func (c *chooser) toggle(column int) {
	hidden := slices.Clone(c.g.hidden)
	hidden[column] = !hidden[column]
	c.show(c.g.layout, hidden)
}

// move takes the column at a place up or down. Nothing goes before the first.
func (c *chooser) move(at, step int) {
	order := slices.Clone(c.g.layout)
	if to := at + step; at > 0 && to > 0 && to < len(order) {
		order[at], order[to] = order[to], order[at]
		c.show(order, c.g.hidden)
	}
}

// reset shows all columns as they come, in their own width.
func (c *chooser) reset() {
	g := c.g
	order := make([]int, len(g.columns))
	for i := range order {
		order[i], g.widths[i] = i, g.columns[i].width()
	}
	c.show(order, make([]bool, len(g.columns)))
}

func (c *chooser) show(order []int, hidden []bool) {
	c.g.see(order, hidden)
	c.list.Refresh()
	c.g.changed()
}

// placed is a line of the chooser: a column to tick, and where it goes.
type placed struct {
	widget.BaseWidget

	tick     *tick
	up, down *press
	box      *fyne.Container
	step     func(step int)
}

func newPlace(r *ruler) *placed {
	p := &placed{tick: newTick(r)}
	p.up = newPress("↑", func() { p.step(-1) })
	p.down = newPress("↓", func() { p.step(1) })
	p.box = container.NewBorder(nil, nil, nil, container.NewHBox(p.up, p.down), p.tick)
	p.ExtendBaseWidget(p)
	return p
}

// move says where a press on the arrows leads; the first column has none.
func (p *placed) move(movable bool, by func(step int)) {
	p.up.Hidden, p.down.Hidden = !movable, !movable
	p.step = by
	p.box.Refresh() // the line of the first column is wider
}

// CreateRenderer is for the toolkit.
func (p *placed) CreateRenderer() fyne.WidgetRenderer {
	p.ExtendBaseWidget(p)
	return widget.NewSimpleRenderer(p.box)
}
