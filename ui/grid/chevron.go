package grid

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// chevron is the sign of what opens downwards. It is drawn, for not every font
// has it.
type chevron [2]*canvas.Line

func newChevron() chevron { return chevron{canvas.NewLine(nil), canvas.NewLine(nil)} }

func (c chevron) hide(hidden bool) { c[0].Hidden, c[1].Hidden = hidden, hidden }

func (c chevron) hidden() bool { return c[0].Hidden }

// paint sets colour and thickness.
func (c chevron) paint(ink color.Color, stroke float32) {
	for _, l := range c {
		if l.StrokeColor != ink || l.StrokeWidth != stroke {
			l.StrokeColor, l.StrokeWidth = ink, stroke
			l.Refresh()
		}
	}
}

// place draws it around a point, as wide as half a letter.
func (c chevron) place(center fyne.Position, text float32) {
	half, deep := text*.28, text*.14
	tip := center.AddXY(0, deep)
	c[0].Position1, c[0].Position2 = center.AddXY(-half, -deep), tip
	c[1].Position1, c[1].Position2 = tip, center.AddXY(half, -deep)
}
