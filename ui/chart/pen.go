package chart

import (
	"image/color"
	"slices"
	"sort"
	"strings"

	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// Sizes in text sizes: what a chart needs to be read.
const (
	leastSentence = 16
	leastLabel    = 4
	leastBar      = 4
	mostText      = 12 // of a value; longer ones are cut where there is no room
)

// pen draws a chart anew.
type pen struct {
	look    *theme.Theme
	g       *ground
	objects []fyne.CanvasObject
}

// box is where something is drawn.
type box struct {
	fyne.Position
	fyne.Size
}

func boxed(x, y, width, height float32) box {
	return box{fyne.NewPos(x, y), fyne.NewSize(width, height)}
}

// meets reports that two boxes have less than a gap between them.
func (b box) meets(o box, gap float32) bool {
	return b.X < o.X+o.Width+gap && o.X < b.X+b.Width+gap && b.Y < o.Y+o.Height && o.Y < b.Y+b.Height
}

// wide is the width of a text.
func wide(text string, size float32) float32 {
	return fyne.MeasureText(text, size, fyne.TextStyle{}).Width
}

// high is the height of a line of text.
func high(size float32) float32 { return fyne.MeasureText("0", size, fyne.TextStyle{}).Height }

// fit is a text, or as much of it as leaves room for an ellipsis, or nothing.
func fit(text string, width, size float32) string {
	const ellipsis = "…"
	if text == "" || wide(text, size) <= width {
		return text
	}
	r := []rune(text)
	n := sort.Search(len(r), func(n int) bool { return wide(string(r[:n])+ellipsis, size) > width })
	if n == 0 {
		return ""
	}
	return string(r[:n-1]) + ellipsis
}

// write writes a text in a box, cut if it is too long, and reports whether all
// of it is there.
func (p *pen) write(text string, c color.Color, size float32, align fyne.TextAlign, in box) bool {
	t := canvas.NewText(fit(text, in.Width, size), c)
	t.TextSize, t.Alignment = size, align
	t.Move(in.Position)
	t.Resize(in.Size)
	p.objects = append(p.objects, t)
	return t.Text == text
}

// area fills a box.
func (p *pen) area(c color.Color, in box) *canvas.Rectangle {
	r := canvas.NewRectangle(c)
	r.Move(in.Position)
	r.Resize(in.Size)
	p.objects = append(p.objects, r)
	return r
}

// stroke draws a line between two points.
func (p *pen) stroke(c color.Color, from, to fyne.Position) {
	l := canvas.NewLine(c)
	l.Position1, l.Position2, l.StrokeWidth = from, to, 2*p.look.Hairline
	p.objects = append(p.objects, l)
}

// dot draws a disc around a point.
func (p *pen) dot(c color.Color, at fyne.Position, radius float32) {
	d := canvas.NewCircle(c)
	d.Move(at.SubtractXY(radius, radius))
	d.Resize(fyne.NewSquareSize(2 * radius))
	p.objects = append(p.objects, d)
}

// spot lays the spot of an item, if it has one. What there was no room to write
// is told of it on demand.
func (p *pen) spot(row, column int, in box, unsaid []string) {
	unsaid = slices.DeleteFunc(unsaid, func(w string) bool { return w == "" })
	for _, o := range p.g.spots {
		if s := o.at(); s.row == row && s.column == column {
			s.Hidden = len(unsaid) == 0 && s.item.Open == nil
			s.unsaid = unsaid
			o.Move(in.Position)
			o.Resize(in.Size)
			return
		}
	}
}

// tip tells what is unsaid of a spot, on one line or one each: below it, above
// where there is no room below, and over it where there is none either.
func (p *pen) tip(s *spot, within fyne.Size) {
	look := p.look
	lines, most := []string{strings.Join(s.unsaid, " ")}, within.Width-2*look.Gap
	if wide(lines[0], look.Text) > most {
		lines = s.unsaid
	}
	var width float32
	for _, line := range lines {
		width = max(width, min(wide(line, look.Text), most))
	}
	height := high(look.Text)
	size := fyne.NewSize(width+2*look.Gap, float32(len(lines))*height+look.Space)
	at := s.Position()
	at.X = max(min(at.X, within.Width-size.Width), 0)
	switch below := at.Y + s.Size().Height; {
	case below+size.Height <= within.Height:
		at.Y = below
	case at.Y >= size.Height:
		at.Y -= size.Height
	default:
		at.Y = max(min(at.Y, within.Height-size.Height), 0)
	}
	ground := p.area(look.Surface, box{at, size})
	ground.StrokeColor, ground.StrokeWidth, ground.CornerRadius = look.Ink3, look.Hairline, look.Radius
	for i, line := range lines {
		top := at.Y + look.Space/2 + float32(i)*height
		p.write(line, look.Ink, look.Text, fyne.TextAlignLeading, boxed(at.X+look.Gap, top, width, height))
	}
}
