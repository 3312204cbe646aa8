package form

import (
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// float is what drops below a cell, a list or a calendar. The cell keeps the
// keyboard and hands it the keys; key reports whether one was used up.
type float interface {
	fyne.CanvasObject
	key(name fyne.KeyName) bool
	typed(text string)
}

// paper is the ground of a float with its edge.
type paper struct{ edge, ground *canvas.Rectangle }

func newPaper() paper { return paper{canvas.NewRectangle(nil), canvas.NewRectangle(nil)} }

// lay covers a size. Two areas one in the other give a sharp edge at any scale.
func (p paper) lay(size fyne.Size) {
	look := theme.Current()
	p.edge.FillColor, p.edge.CornerRadius = look.Ink3, look.Radius
	p.ground.FillColor, p.ground.CornerRadius = look.Surface, look.Radius
	p.edge.Resize(size)
	p.ground.Move(fyne.NewSquareOffsetPos(look.Hairline))
	p.ground.Resize(size.SubtractWidthHeight(2*look.Hairline, 2*look.Hairline))
}
