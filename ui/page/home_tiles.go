package page

import (
	"image/color"
	"strings"

	"touyan/store/check"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

// lightColour is the colour of a light.
func lightColour(c check.Colour) color.Color {
	look := theme.Current()
	switch c {
	case check.Red:
		return look.Bad
	case check.Yellow:
		return look.Warn
	}
	return look.Good
}

// lamp is a light with its letter, for who cannot tell the colours.
func lamp(c check.Colour) fyne.CanvasObject {
	look := theme.Current()
	ground := canvas.NewRectangle(lightColour(c))
	ground.CornerRadius = look.Radius
	letter := words(c.String(), look.OnAccent, look.Caption)
	letter.TextStyle.Bold = true
	letter.Alignment = fyne.TextAlignCenter
	side := look.Text + look.Gap
	return container.NewCenter(least(container.NewStack(ground, letter), fyne.NewSize(side, side)))
}

// tiles lays small objects of one size out in rows, as many in each as there is
// room for.
type tiles struct {
	width   float32 // there is
	least   float32 // of one
	columns int
	even    bool // there are four, to stand in one row, two or four
}

func (t *tiles) gap() float32 { return theme.Current().Gap - theme.Current().Space/2 }

// fit takes note of the room there is.
func (t *tiles) fit(width float32) {
	gap := t.gap()
	t.width = width
	t.columns = max(int((width+gap)/(t.least+gap)), 1)
	if t.even {
		switch {
		case t.columns >= 4:
			t.columns = 4
		case t.columns == 3:
			t.columns = 2
		}
	}
}

// MinSize is for the toolkit.
func (t *tiles) MinSize(objects []fyne.CanvasObject) fyne.Size {
	if len(objects) == 0 {
		return fyne.Size{}
	}
	gap, columns := t.gap(), max(t.columns, 1)
	rows := float32((len(objects) + columns - 1) / columns)
	return fyne.NewSize(t.least, rows*highest(objects)+(rows-1)*gap)
}

// Layout is for the toolkit.
func (t *tiles) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	gap, columns, height := t.gap(), max(t.columns, 1), highest(objects)
	width := (size.Width - float32(columns-1)*gap) / float32(columns)
	for i, o := range objects {
		o.Move(fyne.NewPos(float32(i%columns)*(width+gap), float32(i/columns)*(height+gap)))
		o.Resize(fyne.NewSize(width, height))
	}
}

func highest(objects []fyne.CanvasObject) (height float32) {
	for _, o := range objects {
		height = max(height, o.MinSize().Height)
	}
	return height
}

// nameLetters are those of a name that is told in full; few are longer.
const nameLetters = 8

// newTiles makes a tile for each place.
func (h *Home) newTiles() fyne.CanvasObject {
	look := theme.Current()
	h.tiles.least = lamp(check.Red).MinSize().Width + nameLetters*look.Caption + look.Gap - 2 + 2*look.Space
	if h.roomy {
		h.tiles.least = 15 * look.Text
	}
	h.tiles.fit(h.tiles.width)
	box := container.New(h.tiles)
	var made []*press
	for i := range h.found.regions {
		p := h.tile(&h.found.regions[i])
		p.key = func(key fyne.KeyName) bool { return h.walk(made, i, key) }
		made = append(made, p)
		box.Add(p)
	}
	return box
}

// tile is one place; hovering tells why it stands so.
func (h *Home) tile(at *region) *press {
	look := theme.Current()
	ground := canvas.NewRectangle(look.Tint(lightColour(at.colour)))
	ground.CornerRadius = look.Radius
	text := container.New(layout.NewCustomPaddedVBoxLayout(0), shorter(at.name, look.Ink))
	if under := h.under(at); under != "" {
		line := short(under, look.Ink2, fyne.TextAlignLeading)
		line.Objects[0].(*canvas.Text).TextSize = look.Caption
		text.Add(line)
	}
	row := container.NewBorder(nil, nil, lamp(at.colour), nil, container.NewVBox(layout.NewSpacer(), text, layout.NewSpacer()))
	inside := container.New(layout.NewCustomPaddedLayout(look.Space, look.Space, look.Gap-2, look.Space), row)
	p := h.press(container.NewStack(ground, inside), func() { h.open(at) })
	reveal := p.told
	p.told = func(by comer, on bool) {
		reveal(by, on)
		ground.StrokeWidth = 0
		if on {
			ground.StrokeColor, ground.StrokeWidth = lightColour(at.colour), look.Hairline
			h.hint.at(p, h.content, at.title(), h.desk.reasons(at))
		} else {
			h.hint.hide()
		}
		ground.Refresh()
	}
	return p
}

// under is the second line of a tile: the counts of an office; why a village
// stands so, where there is room for that.
func (h *Home) under(at *region) string {
	if at.alone() {
		if !h.roomy {
			return ""
		}
		return h.desk.reasons(at)[0]
	}
	var counts []string
	for _, c := range []check.Colour{check.Red, check.Yellow, check.Green} {
		if n := at.count(c); n > 0 {
			counts = append(counts, sayCount(c, n))
		}
	}
	return strings.Join(counts, " ")
}

// walk goes from tile to tile by the arrows; out of them above and below.
func (h *Home) walk(made []*press, at int, key fyne.KeyName) bool {
	to := at
	switch key {
	case fyne.KeyLeft:
		to--
	case fyne.KeyRight:
		to++
	case fyne.KeyUp:
		to -= h.tiles.columns
	case fyne.KeyDown:
		to += h.tiles.columns
	default:
		return false
	}
	c := h.desk.Window.Canvas()
	switch {
	case to >= 0 && to < len(made):
		c.Focus(made[to])
	case key == fyne.KeyDown && at/h.tiles.columns < (len(made)-1)/h.tiles.columns:
		c.Focus(made[len(made)-1])
	case key == fyne.KeyDown:
		c.Focus(made[len(made)-1])
		c.FocusNext()
	case key == fyne.KeyUp:
		c.Focus(made[0])
		c.FocusPrevious()
	}
	return true
}

// title is what a place is called where it is told of.
func (p *region) title() string {
	if p.alone() {
		return p.lights[0].Place
	}
	return p.name
}

// reasons tell why a place stands as it does: a village's own; of an office the
// villages that do not stand well.
func (d *Desk) reasons(p *region) []string {
	var out []string
	if !p.alone() {
		for _, c := range []check.Colour{check.Red, check.Yellow} {
			var names []string
			for _, l := range p.lights {
				if l.Colour == c {
					names = append(names, l.Name)
				}
			}
			if len(names) > 0 {
				out = append(out, sayVillagesOf(c, names))
			}
		}
	} else {
		for _, r := range p.lights[0].Reasons {
			text := r.Text
			if d.Projecting() && r.Plain != "" {
				text = r.Plain
			}
			out = append(out, text+"。")
		}
	}
	if len(out) == 0 {
		out = append(out, sayAllWell)
	}
	return out
}
