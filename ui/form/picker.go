package form

import (
	"strconv"
	"time"

	"touyan/store/field"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// picker is a month one picks a day of. Weeks begin on Monday. The keys walk:
// arrows by days and weeks, PageUp and PageDown by months, with Shift by
// years; what is typed meanwhile leads it to that year and month.
type picker struct {
	widget.BaseWidget

	cell   *cell
	day    time.Time // the one at the mark, at noon UTC
	over   int       // the box under the mouse, -1 for none
	walked bool      // by keys or mouse, not by typing

	paper             paper
	mark, ring, hover *canvas.Rectangle
	boxes             []pickerBox
	texts             []*canvas.Text
}

// pickerBox is a part of the picker one may press.
type pickerBox struct {
	text string
	at   fyne.Position
	size fyne.Size
	do   func()
	day  int // of the month, 0 for what is no day
}

var (
	_ float             = (*picker)(nil)
	_ fyne.Tappable     = (*picker)(nil)
	_ fyne.Scrollable   = (*picker)(nil)
	_ desktop.Mouseable = (*picker)(nil)
	_ desktop.Hoverable = (*picker)(nil)
)

// somewhere is where a calendar begins that knows neither a date nor today.
const somewhere = "2000"

// newPicker shows the month of what stands in a cell, or this one.
func newPicker(c *cell) *picker {
	p := &picker{cell: c, over: -1, paper: newPaper(), mark: canvas.NewRectangle(nil),
		ring: canvas.NewRectangle(nil), hover: canvas.NewRectangle(nil)}
	if !p.goTo(c.value) {
		now := c.rec.form.o.Today
		if !p.goTo(now.String()) {
			p.goTo(somewhere)
		}
	}
	p.ExtendBaseWidget(p)
	return p
}

// goTo shows a date, which may be a month or a year. It reports whether the
// text is one.
func (p *picker) goTo(canonical string) bool {
	d, err := field.DateOf(canonical)
	if err != nil || d.IsZero() {
		return false
	}
	p.day = time.Date(d.Year, time.Month(max(d.Month, 1)), max(d.Day, 1), 12, 0, 0, 0, time.UTC)
	return true
}

// typed follows the date being typed.
func (p *picker) typed(string) {
	p.walked = false
	if p.cell.bad == nil && p.goTo(p.cell.value) {
		p.Refresh()
	}
}

func (p *picker) key(name fyne.KeyName) bool {
	months := 1
	if p.cell.rec.form.shift {
		months = 12
	}
	switch name {
	case fyne.KeyLeft:
		p.walk(0, -1)
	case fyne.KeyRight:
		p.walk(0, 1)
	case fyne.KeyUp:
		p.walk(0, -7)
	case fyne.KeyDown:
		p.walk(0, 7)
	case fyne.KeyPageUp:
		p.walk(-months, 0)
	case fyne.KeyPageDown:
		p.walk(months, 0)
	case fyne.KeyHome:
		p.walk(0, 1-p.day.Day())
	case fyne.KeyEnd:
		p.walk(0, days(p.day)-p.day.Day())
	case fyne.KeyReturn, fyne.KeyEnter:
		if !p.walked && p.cell.value != "" { // what stands there may be a month, and stays one
			p.cell.rec.form.drop(nil, nil)
			return false
		}
		p.take(p.day.Format(time.DateOnly))
		return false // and on to the next cell
	case fyne.KeyEscape, fyne.KeyF4:
		p.cell.rec.form.drop(nil, nil)
	default:
		return false
	}
	return true
}

// walk moves the mark. A month with fewer days has it at its last.
func (p *picker) walk(months, by int) {
	if months != 0 {
		first := time.Date(p.day.Year(), p.day.Month()+time.Month(months), 1, 12, 0, 0, 0, time.UTC)
		p.day = first.AddDate(0, 0, min(p.day.Day(), days(first))-1)
	}
	p.day, p.walked = p.day.AddDate(0, 0, by), true
	p.Refresh()
}

// days is how many the month of a day has.
func days(in time.Time) int { return time.Date(in.Year(), in.Month()+1, 0, 0, 0, 0, 0, time.UTC).Day() }

func (p *picker) take(canonical string) {
	p.cell.choose(canonical)
	p.cell.rec.form.drop(nil, nil)
}

// Scrolled walks by months.
func (p *picker) Scrolled(e *fyne.ScrollEvent) {
	if e.Scrolled.DY > 0 {
		p.walk(-1, 0)
	} else {
		p.walk(1, 0)
	}
}

// MouseDown keeps the form from taking the press for leaving it.
func (p *picker) MouseDown(*desktop.MouseEvent) { p.cell.rec.form.held = true }

// MouseUp is for the toolkit.
func (p *picker) MouseUp(*desktop.MouseEvent) {}

// Tapped does what is under the mouse.
func (p *picker) Tapped(e *fyne.PointEvent) {
	f := p.cell.rec.form
	f.held = false
	if i := p.boxAt(e.Position); i >= 0 {
		p.boxes[i].do()
	}
	open := f.float
	f.focus(p.cell)
	p.cell.selectAll()
	f.drop(p.cell, open) // walking on leaves it open
}

func (p *picker) boxAt(at fyne.Position) int {
	for i, b := range p.boxes {
		if b.do != nil && at.X >= b.at.X && at.Y >= b.at.Y && at.X < b.at.X+b.size.Width && at.Y < b.at.Y+b.size.Height {
			return i
		}
	}
	return -1
}

// MouseIn is for the toolkit.
func (p *picker) MouseIn(e *desktop.MouseEvent) { p.MouseMoved(e) }

// MouseMoved shows what a press would take.
func (p *picker) MouseMoved(e *desktop.MouseEvent) {
	if i := p.boxAt(e.Position); i != p.over {
		p.over = i
		p.Refresh()
	}
}

// MouseOut is for the toolkit.
func (p *picker) MouseOut() {
	p.cell.rec.form.release()
	p.over = -1
	p.Refresh()
}

// build lists what stands on the picker: the month with what walks it, the days
// of the week, the days, and what takes less or other than a day.
func (p *picker) build() {
	look := theme.Current()
	box := fyne.NewSize(look.Row+look.Gap, look.Row)
	margin := look.Gap
	put := func(text string, column, row, columns float32, do func()) {
		p.boxes = append(p.boxes, pickerBox{text: text, do: do,
			at: fyne.NewPos(margin+column*box.Width, margin+row*box.Height), size: fyne.NewSize(columns*box.Width, box.Height)})
	}
	p.boxes = p.boxes[:0]
	put(yearBack, 0, 0, 1, func() { p.walk(-12, 0) })
	put(monthBack, 1, 0, 1, func() { p.walk(-1, 0) })
	put(sayMonth(p.day.Year(), int(p.day.Month())), 2, 0, 3, nil)
	put(monthForth, 5, 0, 1, func() { p.walk(1, 0) })
	put(yearForth, 6, 0, 1, func() { p.walk(12, 0) })
	for i, d := range []rune(weekdays) {
		put(string(d), float32(i), 1, 1, nil)
	}
	first := p.day.AddDate(0, 0, 1-p.day.Day())
	blank := (int(first.Weekday()) + 6) % 7
	for d := 1; d <= days(p.day); d++ {
		at := blank + d - 1
		day := first.AddDate(0, 0, d-1).Format(time.DateOnly)
		put(strconv.Itoa(d), float32(at%7), float32(2+at/7), 1, func() { p.take(day) })
		p.boxes[len(p.boxes)-1].day = d
	}
	if now := p.cell.rec.form.o.Today; !now.IsZero() {
		put(doToday, 0, 8, 3, func() { p.take(now.String()) })
	}
	put(doMonth, 4, 8, 3, func() { p.take(p.day.Format("2006-01")) })
	for len(p.texts) < len(p.boxes) {
		t := canvas.NewText("", nil)
		t.Alignment = fyne.TextAlignCenter
		p.texts = append(p.texts, t)
	}
}

// CreateRenderer is for the toolkit.
func (p *picker) CreateRenderer() fyne.WidgetRenderer {
	p.ExtendBaseWidget(p)
	p.build()
	return &pickerRenderer{p}
}

type pickerRenderer struct{ p *picker }

func (r *pickerRenderer) MinSize() fyne.Size {
	look := theme.Current()
	return fyne.NewSize(7*(look.Row+look.Gap)+2*look.Gap, 9*look.Row+2*look.Gap)
}

func (r *pickerRenderer) Layout(size fyne.Size) {
	p, look := r.p, theme.Current()
	p.paper.lay(size)
	p.mark.FillColor, p.mark.CornerRadius = look.Accent, look.Radius
	p.ring.FillColor, p.ring.StrokeColor, p.ring.StrokeWidth, p.ring.CornerRadius = nil, look.Accent, look.Hairline, look.Radius
	p.hover.FillColor, p.hover.CornerRadius = look.Color(hover, 0), look.Radius
	p.ring.Hide()
	p.hover.Hide()
	now := p.cell.rec.form.o.Today
	for i, t := range p.texts {
		t.Hidden = i >= len(p.boxes)
		if t.Hidden {
			continue
		}
		b := p.boxes[i]
		t.Text, t.Color, t.TextSize, t.TextStyle.Bold = b.text, look.Ink, look.Text, false
		switch {
		case b.day == p.day.Day():
			t.Color = look.OnAccent
			lay(p.mark, b)
		case b.day == 0 && b.do == nil && i > 2:
			t.Color, t.TextSize = look.Ink3, look.Caption
		case b.day == 0 && b.do == nil:
			t.TextStyle.Bold = true
		case b.text == doToday || b.text == doMonth:
			t.Color = look.Info
		}
		if b.day > 0 && b.day != p.day.Day() && now == (field.Date{Year: p.day.Year(), Month: int(p.day.Month()), Day: b.day}) {
			lay(p.ring, b)
		}
		if i == p.over && b.day != p.day.Day() {
			lay(p.hover, b)
		}
		t.Move(b.at)
		t.Resize(b.size)
	}
}

// lay puts a rectangle behind a box.
func lay(r *canvas.Rectangle, b pickerBox) {
	edge := theme.Current().Hairline
	r.Move(b.at.AddXY(edge, edge))
	r.Resize(b.size.SubtractWidthHeight(2*edge, 2*edge))
	r.Show()
}

func (r *pickerRenderer) Refresh() {
	r.p.build()
	r.Layout(r.p.Size())
	canvas.Refresh(r.p)
}

func (r *pickerRenderer) Objects() []fyne.CanvasObject {
	p := r.p
	out := []fyne.CanvasObject{p.paper.edge, p.paper.ground, p.mark, p.ring, p.hover}
	for _, t := range p.texts {
		out = append(out, t)
	}
	return out
}

func (r *pickerRenderer) Destroy() {}
