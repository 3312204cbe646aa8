package form

import (
	"math"
	"unicode/utf8"

	"touyan/store/field"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// block is a section on screen.
type block struct {
	title *canvas.Text
	cells []*cell
	part  *part
}

// Widths, in characters of the theme's text.
const (
	labelLeast = 5  // a label column is no narrower
	labelMost  = 12 // and no wider
	entryLeast = 15 // a column whose entries would be narrower is not made
	drawerWord = 4  // the word at the end of a line
)

// bodyLayout places all cells in a width; their heights follow.
type bodyLayout struct{ f *Form }

// MinSize is for the toolkit.
func (l bodyLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(0, l.f.height) }

// Layout is for the toolkit.
func (l bodyLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	if size.Width != l.f.width {
		l.f.arrange(size.Width)
	}
	if len(l.f.body.Objects) > 0 {
		l.f.body.Objects[0].Resize(size)
	}
}

// arrange lays everything out in a width.
func (f *Form) arrange(width float32) {
	look := f.look
	f.ask()
	f.width, f.stale = width, false
	room := float32(math.Floor(float64(width - look.ScrollBar)))
	labels := f.labels(room)
	y := look.Space
	for i, b := range f.blocks {
		if i > 0 {
			y += look.Gap
		}
		if b.title != nil {
			size := b.title.MinSize()
			b.title.Move(fyne.NewPos(0, y))
			b.title.Resize(size)
			y += whole(size.Height) + look.Gap
		}
		y = f.flow(asked(b.cells), y, room, labels)
		if b.part != nil {
			y = b.part.arrange(y, room)
		}
	}
	f.height = y + look.Gap
}

// labels gives the width of each column's labels, for as many columns as the
// room has.
func (f *Form) labels(room float32) []float32 {
	look := f.look
	columns := 2
	if f.o.Columns > 0 {
		columns = f.o.Columns
	}
	for ; ; columns-- {
		widths := make([]float32, columns)
		for i := range widths {
			widths[i] = labelLeast * look.Text
		}
		for _, b := range f.blocks {
			cells := asked(b.cells)
			for i, column := range columnsOf(cells, columns) {
				widths[column] = max(widths[column], cells[i].label.MinSize().Width)
			}
		}
		fits := true
		for i := range widths {
			widths[i] = whole(min(widths[i], labelMost*look.Text)) + look.Gap
			fits = fits && (room+look.Margin)/float32(columns)-look.Margin >= widths[i]+entryLeast*look.Text
		}
		if fits || columns == 1 {
			return widths
		}
	}
}

// columnsOf deals cells out from left to right; what is wide has a row to
// itself.
func columnsOf(cells []*cell, columns int) []int {
	out := make([]int, len(cells))
	column := 0
	for i, c := range cells {
		if c.wide {
			column = 0
		}
		out[i] = column
		if column++; c.wide || column == columns {
			column = 0
		}
	}
	return out
}

// asked are the cells that are asked for.
func asked(cells []*cell) []*cell {
	var out []*cell
	for _, c := range cells {
		if !c.off {
			out = append(out, c)
		}
	}
	return out
}

// flow places the cells of a section below y and returns where they end.
func (f *Form) flow(cells []*cell, y, room float32, labels []float32) float32 {
	look := f.look
	step := whole((room + look.Margin) / float32(len(labels)))
	tall := float32(0)
	for i, column := range columnsOf(cells, len(labels)) {
		c := cells[i]
		if column == 0 && i > 0 {
			y += tall + look.Gap
			tall = 0
		}
		x := float32(column) * step
		width := min(step-look.Margin, room-x)
		if c.wide {
			width = room
		}
		c.label.Move(fyne.NewPos(x, y-look.Hairline))
		c.label.Resize(fyne.NewSize(labels[column], look.Row))
		tall = max(tall, c.place(fyne.NewPos(x+labels[column], y), width-labels[column], 0))
	}
	if len(cells) > 0 {
		y += tall + look.Gap
	}
	return y
}

// place puts the entry of a cell and what is said about it, which may be wider
// where there is room for it; it returns their height.
func (c *cell) place(at fyne.Position, width, room float32) float32 {
	f := c.rec.form
	look := f.look
	height := look.Row
	if c.input == nil {
		line := fyne.MeasureText(today, look.Text, fyne.TextStyle{}).Height
		off := (look.Row - line) / 2
		text := width
		if c.button != nil {
			text -= c.button.MinSize().Width
			c.button.Move(at.AddXY(text, 0))
			c.button.Resize(fyne.NewSize(c.button.MinSize().Width, look.Row))
		}
		height = max(whole(c.plain.fit(text)+2*off), look.Row)
		c.plain.Move(at.AddXY(0, off-look.Hairline))
		c.plain.Resize(fyne.NewSize(text, height-2*off))
	} else {
		if c.wide {
			height += whole(fyne.MeasureText(today, look.Text, fyne.TextStyle{}).Height)
		}
		size := fyne.NewSize(width, height)
		c.frame.Move(at)
		c.frame.Resize(size)
		c.input.Move(at.AddXY(look.Space, 0))
		c.input.Resize(size.SubtractWidthHeight(look.Space, 0))
	}
	if !c.note.Visible() {
		return height
	}
	width = max(width, room)
	below := whole(c.note.fit(width))
	c.note.Move(at.AddXY(0, height+look.Space/2))
	c.note.Resize(fyne.NewSize(width, below))
	return height + look.Space/2 + below
}

// whole rounds up to what the screen draws sharp.
func whole(x float32) float32 { return float32(math.Ceil(float64(x))) }

// weight is how much of a table's width a field asks for, in characters.
func weight(fd *field.Field) float32 {
	w := float32(9)
	switch fd.Type {
	case field.IDNumber:
		w = 13
	case field.Text:
		w = 10
		if !fd.Proper {
			w = 16
		}
	case field.Number:
		w = 6
	}
	return max(w, float32(utf8.RuneCountInString(fd.Label))+2)
}

// arrange lays the table out below y and returns where it ends.
func (p *part) arrange(y, room float32) float32 {
	look := p.form.look
	last := float32(0)
	if p.form.o.NewID != nil || p.form.o.AskVoid != nil {
		last = drawerWord * look.Text
	}
	var total float32
	for _, fd := range p.fields {
		total += weight(fd)
	}
	left := look.Space // for the frames, which the edge of the form would cut
	unit := (room - last - left) / total
	x := make([]float32, len(p.fields)+1)
	x[0] = left
	for i, fd := range p.fields {
		x[i+1] = whole(x[i] + unit*weight(fd))
	}
	for i, h := range p.heads {
		h.Move(fyne.NewPos(x[i]+look.Space+look.Gap/2, y))
		h.Resize(fyne.NewSize(x[i+1]-x[i], look.Row))
	}
	y += look.Row
	p.rule.Move(fyne.NewPos(0, y))
	p.rule.Resize(fyne.NewSize(room, look.Hairline))
	y += look.Space
	for _, r := range p.records {
		tall := look.Row
		for i, c := range r.cells {
			if c.off {
				continue
			}
			at := fyne.NewPos(x[i], y)
			if c.input == nil {
				at.X += look.Space + look.Gap/2 // below its head, as the texts in frames are
			}
			next := i + 1
			for next < len(r.cells) && !r.cells[next].note.Visible() {
				next++
			}
			tall = max(tall, c.place(at, x[i+1]-at.X-look.Space, x[next]-at.X-look.Space))
		}
		end := p.removes[r]
		end.Move(fyne.NewPos(room-last, y))
		end.Resize(fyne.NewSize(last, look.Row))
		y += tall + look.Space
	}
	size := p.more.MinSize()
	p.more.Move(fyne.NewPos(-look.Gap, y))
	p.more.Resize(fyne.NewSize(size.Width, look.Row))
	p.more.Hidden = p.form.o.NewID == nil
	if !p.more.Hidden {
		y += look.Row + look.Space
	}
	return y
}

// restyle takes over the app's theme, and what the cells now say.
func (f *Form) restyle() {
	if look := theme.Current(); look != f.look {
		f.look = look
		f.stale = true
	}
	look := f.look
	for _, b := range f.blocks {
		if b.title != nil {
			b.title.Color, b.title.TextSize = look.Ink, look.Subheading
		}
		if b.part == nil {
			continue
		}
		b.part.rule.FillColor = look.Line
		for _, h := range b.part.heads {
			h.Color, h.TextSize = look.Ink2, look.Caption
		}
	}
	for _, c := range f.owner.cells {
		c.label.Text, c.label.Color, c.label.TextSize = c.title(), look.Ink2, look.Text
	}
	for _, r := range f.records() {
		for _, c := range r.cells {
			c.style()
		}
	}
}

// redo lays out anew what has changed its height.
func (f *Form) redo() {
	if !f.stale || f.width == 0 {
		return
	}
	f.arrange(f.width)
	f.Refresh()
}

// noted is told whether a sentence came or went.
func (f *Form) noted(c *cell, changed bool) {
	if changed {
		f.stale = true
		c.style()
		c.note.Refresh()
	}
}
