package grid

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// closeMark takes a chip away.
const closeMark = "×"

// chips is the line over the head that says what is filtered. It is there
// while anything is.
type chips struct {
	widget.BaseWidget

	g       *Grid
	ground  *canvas.Rectangle
	rule    *canvas.Rectangle
	all     []*chip
	more    *canvas.Text // how many chips had no room
	clear   *press
	objects []fyne.CanvasObject
}

func newChips(g *Grid) *chips {
	c := &chips{g: g, ground: canvas.NewRectangle(nil), rule: canvas.NewRectangle(nil), more: canvas.NewText("", nil)}
	c.clear = newPress(doClearAll, g.unfilter)
	c.Hidden = true
	c.ExtendBaseWidget(c)
	return c
}

func (c *chips) restyle() {
	look := c.g.look
	c.ground.FillColor, c.rule.FillColor = look.Surface, look.Line
	c.more.Color, c.more.TextSize = look.Ink2, look.Text
	c.clear.Refresh()
}

// fill makes a chip for each filter and lays them out from the left, as many
// as have room beside the word that clears all.
func (c *chips) fill() {
	g, look := c.g, c.g.look
	size := c.Size()
	c.ground.Resize(size)
	c.rule.Move(fyne.NewPos(0, size.Height-look.Hairline))
	c.rule.Resize(fyne.NewSize(size.Width, look.Hairline))
	c.objects = append(c.objects[:0:0], c.ground, c.rule)
	c.all = c.all[:0]
	c.more.Text = ""
	room := size.Width - c.clear.MinSize().Width - g.text.width(sayMoreChips(len(g.filters))) - 3*look.Gap
	x, height := look.Gap, c.clear.MinSize().Height
	top := (size.Height - height) / 2
	for i, f := range g.filters {
		column := index(g.columns, f.Column)
		if column < 0 {
			continue
		}
		chip := newChip(g, column, f)
		chip.cut(max(min(room-look.Gap, 24*look.Text), 6*look.Text))
		wide := chip.MinSize().Width
		if x+wide > room && i > 0 {
			c.more.Text = sayMoreChips(len(g.filters) - i)
			break
		}
		chip.Move(fyne.NewPos(x, top))
		chip.Resize(fyne.NewSize(wide, height))
		x += wide + look.Space
		c.all = append(c.all, chip)
		c.objects = append(c.objects, chip)
	}
	if c.more.Text != "" {
		c.more.Move(fyne.NewPos(x+look.Space, top))
		c.more.Resize(fyne.NewSize(g.text.width(c.more.Text), height))
		x += g.text.width(c.more.Text) + 2*look.Space
		c.objects = append(c.objects, c.more)
	}
	c.clear.Move(fyne.NewPos(x, top))
	c.clear.Resize(c.clear.MinSize())
	c.objects = append(c.objects, c.clear)
	canvas.Refresh(c)
}

// CreateRenderer is for the toolkit.
func (c *chips) CreateRenderer() fyne.WidgetRenderer {
	c.ExtendBaseWidget(c)
	return &chipsRenderer{c}
}

type chipsRenderer struct{ c *chips }

func (r *chipsRenderer) Layout(fyne.Size)             {}
func (r *chipsRenderer) MinSize() fyne.Size           { return fyne.NewSize(1, r.c.g.look.Row+r.c.g.look.Space) }
func (r *chipsRenderer) Refresh()                     { r.c.fill() }
func (r *chipsRenderer) Objects() []fyne.CanvasObject { return r.c.objects }
func (r *chipsRenderer) Destroy()                     {}

// chip says one filter. A click on it opens the filter, on its mark takes it
// away.
type chip struct {
	widget.BaseWidget

	g      *Grid
	column int
	filter Filter
	full   string
	ground *canvas.Rectangle
	text   *canvas.Text
	mark   *canvas.Text
}

var (
	_ fyne.Tappable      = (*chip)(nil)
	_ desktop.Cursorable = (*chip)(nil)
)

func newChip(g *Grid, column int, f Filter) *chip {
	look := g.look
	c := &chip{g: g, column: column, filter: f, full: f.say(g.columns[column]),
		ground: canvas.NewRectangle(look.Canvas), text: canvas.NewText("", look.Ink), mark: canvas.NewText(closeMark, look.Ink2)}
	c.ground.CornerRadius, c.ground.StrokeColor, c.ground.StrokeWidth = look.Radius, look.Line, look.Hairline
	c.text.TextSize, c.mark.TextSize = look.Text, look.Text
	c.mark.Alignment = fyne.TextAlignCenter
	c.ExtendBaseWidget(c)
	return c
}

// cut shortens the text so that the chip is no wider than this.
func (c *chip) cut(width float32) {
	c.text.Text = c.g.text.fit(c.full, width-c.g.look.Gap-c.markWidth())
}

func (c *chip) markWidth() float32 { return c.g.look.Text + 2*c.g.look.Space }

// Tapped opens the filter, or takes it away.
func (c *chip) Tapped(e *fyne.PointEvent) {
	if e.Position.X < c.Size().Width-c.markWidth() {
		c.g.sieve(c.column)
		return
	}
	c.g.filter(c.filter, Filter{})
}

// Cursor is a hand.
func (c *chip) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer is for the toolkit.
func (c *chip) CreateRenderer() fyne.WidgetRenderer {
	c.ExtendBaseWidget(c)
	return &chipRenderer{c}
}

type chipRenderer struct{ c *chip }

func (r *chipRenderer) Layout(size fyne.Size) {
	c := r.c
	c.ground.Resize(size)
	c.text.Move(fyne.NewPos(c.g.look.Gap, 0))
	c.text.Resize(fyne.NewSize(size.Width-c.g.look.Gap-c.markWidth(), size.Height))
	c.mark.Move(fyne.NewPos(size.Width-c.markWidth(), 0))
	c.mark.Resize(fyne.NewSize(c.markWidth(), size.Height))
}

func (r *chipRenderer) MinSize() fyne.Size {
	c := r.c
	return fyne.NewSize(c.g.text.width(c.text.Text)+c.g.look.Gap+c.markWidth(), c.g.look.Row-c.g.look.Space)
}

func (r *chipRenderer) Refresh() { r.Layout(r.c.Size()); canvas.Refresh(r.c) }

func (r *chipRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.c.ground, r.c.text, r.c.mark}
}

func (r *chipRenderer) Destroy() {}
