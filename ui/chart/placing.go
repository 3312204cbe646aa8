package chart

import "fyne.io/fyne/v2"

// within is a text at a height, moved so that it lies in the chart.
func (g *plot) within(text string, x, y, size float32) box {
	width := min(wide(text, size), g.size.Width)
	return boxed(max(min(x, g.size.Width-width), 0), y, width, high(size))
}

// labels are where times are written below the axis: all, or every second,
// third, counted from the last, if that is what there is room for.
func (g *plot) labels() map[int]box {
	last := len(g.points) - 1
	for step := 1; ; step++ {
		var order []int
		for i := last; i >= 0; i -= step {
			order = append(order, i)
		}
		placed := g.place(order, g.label)
		if len(placed) == len(order) {
			return placed
		}
	}
}

func (g *plot) label(i int) box {
	text, size := g.points[i].Label, g.look.Caption
	return g.within(text, g.at(i).X-wide(text, size)/2, g.axis+g.look.Space, size)
}

// texts are where values are written: at all points, or at the last, the first
// and the highest, as many of them as there is room for.
func (g *plot) texts() map[int]box {
	var all, known []int
	for i, p := range g.points {
		if p.Text != "" {
			all = append(all, i)
		}
		if p.Text != "" && p.known() {
			known = append(known, i)
		}
	}
	if placed := g.place(all, g.text); len(placed) == len(all) || len(known) == 0 {
		return placed
	}
	highest := known[0]
	for _, i := range known {
		if g.points[i].amount() > g.points[highest].amount() {
			highest = i
		}
	}
	return g.place([]int{known[len(known)-1], known[0], highest}, g.text)
}

// place places texts, those first that come first, and leaves out what would
// run into one that stands.
func (g *plot) place(order []int, where func(int) box) map[int]box {
	placed := map[int]box{}
	for _, i := range order {
		b, free := where(i), true
		for _, other := range placed {
			free = free && !b.meets(other, g.look.Space)
		}
		if free {
			placed[i] = b
		}
	}
	return placed
}

// text is where the value of a point is written: the first of some places
// around it that the line does not go through. What is not known stands on the
// axis.
func (g *plot) text(i int) box {
	p, at, size := g.points[i], g.at(i), g.look.Text
	width, height := wide(p.Text, size), high(size)
	left, middle, right := at.X-width, at.X-width/2, at.X
	above, below := at.Y-g.clear()-height, at.Y+g.clear()
	if !p.known() {
		return g.within(p.Text, middle, g.axis-height, size)
	}
	for _, where := range []fyne.Position{{X: middle, Y: above}, {X: left, Y: above}, {X: right, Y: above},
		{X: middle, Y: below}, {X: left, Y: below}, {X: right, Y: below}} {
		if b := g.within(p.Text, where.X, where.Y, size); b.Y+height <= g.axis && !g.crosses(b) {
			return b
		}
	}
	return g.within(p.Text, middle, above, size)
}

// crosses reports that the line, or a point of it, lies in a box.
func (g *plot) crosses(b box) bool {
	for i, p := range g.points {
		if !p.known() {
			continue
		}
		from, to := g.at(i), g.at(i)
		if i+1 < len(g.points) && g.points[i+1].known() {
			to = g.at(i + 1)
		}
		first, last := max(from.X, b.X), min(to.X, b.X+b.Width) // what of it is above or below the box
		if first > last {
			continue
		}
		slope := float32(0)
		if to.X > from.X {
			slope = (to.Y - from.Y) / (to.X - from.X)
		}
		y, z := from.Y+slope*(first-from.X), from.Y+slope*(last-from.X)
		if max(y, z) > b.Y && min(y, z) < b.Y+b.Height {
			return true
		}
	}
	return false
}
