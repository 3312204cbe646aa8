package page

import (
	"image/color"

	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
)

// words is one line of text.
func words(text string, c color.Color, size float32) *canvas.Text {
	t := canvas.NewText(text, c)
	t.TextSize = size
	return t
}

func heading(text string, size float32) *canvas.Text {
	t := words(text, theme.Current().Ink, size)
	t.TextStyle.Bold = true
	return t
}

// prose is text of several lines, as high as it needs at the given width. The
// toolkit's wrapped label does not know its height before it has a width.
func prose(text string, width float32) fyne.CanvasObject {
	l := widget.NewLabel(text)
	l.Wrapping = fyne.TextWrapWord
	l.Resize(fyne.NewSize(width, 1))
	return least(flush(l), fyne.NewSize(width, l.MinSize().Height))
}

// flush takes away the padding a label has, so that its text begins where
// headings do.
func flush(o fyne.CanvasObject) fyne.CanvasObject {
	gap := theme.Current().Gap
	return container.New(layout.NewCustomPaddedLayout(-gap/2, -gap/2, -gap, -gap), o)
}

// least makes an object at least so large.
func least(o fyne.CanvasObject, size fyne.Size) *fyne.Container {
	floor := canvas.NewRectangle(color.Transparent)
	floor.SetMinSize(size)
	return container.NewStack(floor, o)
}

// card is a white ground with a hairline around it.
func card(o fyne.CanvasObject) fyne.CanvasObject {
	look := theme.Current()
	ground := canvas.NewRectangle(look.Surface)
	ground.StrokeColor, ground.StrokeWidth, ground.CornerRadius = look.Line, look.Hairline, look.Radius
	edge := look.Hairline
	return container.NewStack(ground, container.New(layout.NewCustomPaddedLayout(edge, edge, edge, edge), o))
}

// sheet is a page: heading, one line of explanation, actions at the right, and
// below them what the page is about.
func sheet(title, says string, actions Buttons, over, body, under fyne.CanvasObject) fyne.CanvasObject {
	look := theme.Current()
	head := container.NewBorder(nil, nil,
		container.NewVBox(heading(title, look.Heading), words(says, look.Ink2, look.Text)),
		container.NewVBox(actions.row()))
	top := container.NewVBox(head)
	if over != nil {
		top.Add(over)
	}
	top = container.New(layout.NewCustomPaddedLayout(0, look.Gap, 0, 0), top)
	if under != nil {
		under = container.New(layout.NewCustomPaddedLayout(look.Gap, 0, 0, 0), under)
	}
	return container.New(layout.NewCustomPaddedLayout(look.Margin, look.Margin, look.Margin, look.Margin),
		container.NewBorder(top, under, nil, nil, body))
}
