package chart

import (
	"image/color"
	"slices"

	"touyan/ui/theme"

	"fyne.io/fyne/v2"
)

// Sizes of Line, in text sizes.
const (
	leastWidth  = 12
	leastHeight = 7 // of what is above the axis
)

// Line shows how a number went over a few years or months, up from zero. One
// that is not known leaves a gap; its text, if it has one, says why.
type Line struct {
	ground

	points []Item
}

// NewLine makes a chart of points in order of time, labelled with their times;
// where nothing of them is known it shows a sentence.
func NewLine(points []Item, sentence string) *Line {
	l := &Line{points: points}
	l.lay(l, sentence)
	return l
}

// Set shows other points.
func (l *Line) Set(points []Item) {
	l.points = points
	l.renew()
}

func (l *Line) empty() bool { return !slices.ContainsFunc(l.points, Item.known) }

func (l *Line) cells() []cell {
	var out []cell
	for i, point := range l.points {
		out = append(out, cell{0, i, point})
	}
	return out
}

func (l *Line) least(look *theme.Theme, _ float32) fyne.Size {
	return fyne.NewSize(leastWidth*look.Text, leastHeight*look.Text+high(look.Caption))
}

// plot is where points lie.
type plot struct {
	look   *theme.Theme
	points []Item
	size   fyne.Size
	axis   float32 // where zero is
	top    float32 // where the highest value is
	most   float64
}

func (l *Line) plot(look *theme.Theme, size fyne.Size) *plot {
	g := &plot{look: look, points: l.points, size: size}
	g.top = high(look.Text) + g.clear()
	g.axis = max(size.Height-high(look.Caption)-look.Space, g.top)
	for _, p := range l.points {
		g.most = max(g.most, p.amount())
	}
	return g
}

// clear is how far from a point its text is.
func (g *plot) clear() float32 { return g.look.Bar + g.look.Space/2 }

// column is how wide the room of a point is.
func (g *plot) column() float32 { return g.size.Width / float32(len(g.points)) }

// at is where a point lies.
func (g *plot) at(i int) fyne.Position {
	y := g.axis - share(g.points[i].amount(), g.most)*(g.axis-g.top)
	return fyne.NewPos((float32(i)+0.5)*g.column(), y)
}

func (l *Line) draw(p *pen, size fyne.Size) {
	look, g := p.look, l.plot(p.look, size)
	p.area(look.Line, boxed(0, g.axis, size.Width, look.Hairline))
	for i, point := range l.points {
		if i+1 < len(l.points) && point.known() && l.points[i+1].known() {
			tone := point.Tone
			if l.points[i+1].Tone != tone {
				tone = Plain
			}
			p.stroke(tone.colour(look), g.at(i), g.at(i+1))
		}
	}
	for i, point := range l.points {
		if point.known() {
			p.dot(point.Tone.colour(look), g.at(i), look.Bar)
		}
	}
	labels, texts := g.labels(), g.texts()
	for i, point := range l.points {
		var unsaid []string
		if !p.writeAt(labels, i, point.Label, look.Ink2, look.Caption) {
			unsaid = []string{point.Label, point.Text}
		}
		if !p.writeAt(texts, i, point.Text, look.Ink, look.Text) {
			unsaid = []string{point.Label, point.Text}
		}
		p.spot(0, i, boxed(float32(i)*g.column(), 0, g.column(), size.Height), unsaid)
	}
}

// writeAt writes a text of a point where it was placed, and reports whether
// there is nothing of it left to say.
func (p *pen) writeAt(placed map[int]box, i int, text string, c color.Color, size float32) bool {
	in, has := placed[i]
	if !has {
		return text == ""
	}
	return p.write(text, c, size, fyne.TextAlignLeading, in)
}
