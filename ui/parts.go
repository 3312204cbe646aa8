package ui

import (
	"image/color"

	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
)

// line is a hairline, upright or level as it is placed.
func line() *canvas.Rectangle {
	look := theme.Current()
	return ground(look.Line, fyne.NewSquareSize(look.Hairline))
}

// ground is a coloured area of at least a size.
func ground(c color.Color, size fyne.Size) *canvas.Rectangle {
	r := canvas.NewRectangle(c)
	r.SetMinSize(size)
	return r
}

// sized makes an object at least so large.
func sized(o fyne.CanvasObject, size fyne.Size) fyne.CanvasObject {
	return container.NewStack(ground(color.Transparent, size), o)
}

// tight lays a middle out between edges, with no gaps. Edges may be missing.
type tight struct{ top, bottom, left, right fyne.CanvasObject }

func framed(t tight, middle fyne.CanvasObject) *fyne.Container {
	all := []fyne.CanvasObject{middle}
	for _, o := range []fyne.CanvasObject{t.top, t.bottom, t.left, t.right} {
		if o != nil {
			all = append(all, o)
		}
	}
	return container.New(t, all...)
}

func least(o fyne.CanvasObject) fyne.Size {
	if o == nil {
		return fyne.Size{}
	}
	return o.MinSize()
}

// MinSize is for the toolkit.
func (t tight) MinSize(objects []fyne.CanvasObject) fyne.Size {
	level := least(t.left).Width + least(t.right).Width + objects[0].MinSize().Width
	upright := max(least(t.left).Height, least(t.right).Height, objects[0].MinSize().Height)
	return fyne.NewSize(max(level, least(t.top).Width, least(t.bottom).Width),
		upright+least(t.top).Height+least(t.bottom).Height)
}

// Layout is for the toolkit.
func (t tight) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	top, bottom := least(t.top).Height, least(t.bottom).Height
	left, right := least(t.left).Width, least(t.right).Width
	height := max(size.Height-top-bottom, 0)
	put := func(o fyne.CanvasObject, x, y, w, h float32) {
		if o != nil {
			o.Move(fyne.NewPos(x, y))
			o.Resize(fyne.NewSize(w, h))
		}
	}
	put(t.top, 0, 0, size.Width, top)
	put(t.bottom, 0, size.Height-bottom, size.Width, bottom)
	put(t.left, 0, top, left, height)
	put(t.right, size.Width-right, top, right, height)
	put(objects[0], left, top, max(size.Width-left-right, 0), height)
}

// small is one line of text.
func small(text string, c color.Color, size float32) *canvas.Text {
	t := canvas.NewText(text, c)
	t.TextSize = size
	return t
}
