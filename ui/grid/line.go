package grid

import (
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
)

// line is one row drawn. Lines are few, as many as fit the window, and are
// taken from row to row while a person scrolls.
type line struct {
	g   *Grid
	box *fyne.Container

	tint  *canvas.Rectangle         // behind a selected row
	rule  *canvas.Rectangle         // hairline below
	under *canvas.Rectangle         // behind the first cell, hides what scrolls under it
	edge  *canvas.Rectangle         // right of the first cell, once something has
	bar   *canvas.Rectangle         // the mark of a selected row
	spots map[int]*canvas.Rectangle // behind marked cells, by place; made when needed
	texts []*canvas.Text            // of the columns shown

	at int // place among the rows shown
}

func newLine(g *Grid) *line {
	look := g.look
	l := &line{g: g, at: -1,
		tint: canvas.NewRectangle(look.AccentWeak), rule: canvas.NewRectangle(look.Line),
		under: canvas.NewRectangle(look.Surface), edge: canvas.NewRectangle(look.Line),
		bar: canvas.NewRectangle(look.Accent)}
	l.box = container.NewWithoutLayout(l.tint)
	for place := range g.seen {
		t := canvas.NewText("", look.Ink)
		t.TextSize = look.Text
		t.Alignment = g.shownAt(place).align()
		l.texts = append(l.texts, t)
		if place > 0 {
			l.box.Objects = append(l.box.Objects, t)
		}
	}
	l.box.Objects = append(l.box.Objects, l.under, l.texts[0], l.edge, l.rule, l.bar)
	return l
}

// draw shows the row at a place.
func (l *line) draw(at int) {
	l.at = at
	l.mark()
	l.place()
}

// mark shows whether the row is selected.
func (l *line) mark() {
	chosen := l.g.pick.has(l.at)
	l.tint.Hidden, l.bar.Hidden = !chosen, !chosen
	ground := l.g.look.Surface
	if chosen {
		ground = l.g.look.AccentWeak
	}
	if m, marked := l.g.row(l.at).Marks[0]; marked {
		ground = l.g.look.Tint(l.g.tone(m.Tone))
	}
	fill(l.under, ground)
	canvas.Refresh(l.box)
}

func fill(r *canvas.Rectangle, c color.Color) {
	if r.FillColor != c {
		r.FillColor = c
		r.Refresh()
	}
}

// place puts the cells in sight where the columns are, cut to their width, and
// leaves out the others.
func (l *line) place() {
	g, look := l.g, l.g.look
	width := max(g.content().Width, g.scroll.Size().Width)
	height := look.Row
	l.box.Move(fyne.NewPos(0, float32(l.at)*height))
	l.box.Resize(fyne.NewSize(width, height))
	l.tint.Resize(l.box.Size())
	l.rule.Move(fyne.NewPos(0, height-look.Hairline))
	l.rule.Resize(fyne.NewSize(width, look.Hairline))

	row := g.row(l.at)
	for i, t := range l.texts {
		t.Hidden = !g.inSight(i)
		if t.Hidden {
			continue
		}
		inner := g.wide(i) - 2*look.Gap
		ink := look.Ink
		if m, marked := row.Marks[g.seen[i]]; marked {
			ink = g.tone(m.Tone)
		}
		if text := g.text.fit(row.cell(g.seen[i]), inner); t.Text != text || t.Color != ink {
			t.Text, t.Color = text, ink
			t.Refresh()
		}
		t.Move(fyne.NewPos(g.at(i)+look.Gap, 0))
		t.Resize(fyne.NewSize(inner, height))
	}
	l.placeSpots(row)

	x := g.scroll.Offset.X
	l.bar.Move(fyne.NewPos(x, 0))
	l.bar.Resize(fyne.NewSize(look.Bar, height))
	l.under.Move(fyne.NewPos(x, 0))
	l.under.Resize(fyne.NewSize(g.edges[1], height))
	l.edge.Hidden = x <= 0
	l.edge.Move(fyne.NewPos(x+g.edges[1]-look.Hairline, 0))
	l.edge.Resize(fyne.NewSize(look.Hairline, height))
}

// placeSpots tints the marked cells. The first one's ground is tinted by mark.
func (l *line) placeSpots(row *Row) {
	for _, spot := range l.spots {
		spot.Hidden = true
	}
	for column, m := range row.Marks {
		place := slices.Index(l.g.seen, column)
		if place <= 0 {
			continue
		}
		spot, ok := l.spots[place]
		if !ok {
			spot = canvas.NewRectangle(nil)
			if l.spots == nil {
				l.spots = map[int]*canvas.Rectangle{}
			}
			l.spots[place] = spot
			l.box.Objects = slices.Insert(l.box.Objects, 1, fyne.CanvasObject(spot)) // over the tint, under the texts
		}
		spot.Hidden = false
		fill(spot, l.g.look.Tint(l.g.tone(m.Tone)))
		spot.Move(fyne.NewPos(l.g.at(place), 0))
		spot.Resize(fyne.NewSize(l.g.wide(place)-l.g.look.Hairline, l.g.look.Row-l.g.look.Hairline))
	}
}

// tone is the colour of a tone.
func (g *Grid) tone(t Tone) color.Color {
	switch t {
	case Refused:
		return g.look.Bad
	case Doubtful:
		return g.look.Warn
	}
	return g.look.Good
}
