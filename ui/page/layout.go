package page

import (
	"image/color"
	"strings"

	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
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
// toolkit's wrapped label does not know its height before it has a width, and
// begins lines with a full stop.
func prose(text string, width float32) fyne.CanvasObject {
	look := theme.Current()
	box := container.New(layout.NewCustomPaddedVBoxLayout(look.Space))
	for _, line := range wrapped(text, width, look.Text) {
		box.Add(words(line, look.Ink, look.Text))
	}
	return least(container.New(layout.NewCustomPaddedLayout(0, look.Gap, 0, 0), box), fyne.NewSize(width, 0))
}

// noStart are the signs no line begins with, as Chinese is set; they hang on
// to the character before them.
const noStart = "。，、；：？！”’）》〉］】…"

// wrapped breaks a text into lines: between Chinese characters, and in Latin
// words and numbers only where a line has no other place.
func wrapped(text string, width, size float32) []string {
	var out []string
	for _, paragraph := range strings.Split(text, "\n") {
		line := ""
		for _, piece := range pieces(paragraph) {
			for fyne.MeasureText(line+piece, size, fyne.TextStyle{}).Width > width {
				if line == "" {
					line, piece = cutAt(piece, width, size)
				}
				out = append(out, strings.TrimRight(line, " "))
				line = ""
			}
			line += piece
		}
		out = append(out, line)
	}
	return out
}

// pieces takes a paragraph apart into what must stay together.
func pieces(text string) []string {
	var out []string
	joins := false // the next character belongs to the piece before it
	for _, r := range text {
		narrow := r < 0x2E80 && r != ' ' && !strings.ContainsRune(noStart, r)
		if len(out) > 0 && (joins && narrow || strings.ContainsRune(noStart, r)) {
			out[len(out)-1] += string(r)
		} else {
			out = append(out, string(r))
		}
		joins = narrow
	}
	return out
}

// cutAt cuts a piece that is too long for a line of its own, such as a path.
func cutAt(piece string, width, size float32) (head, rest string) {
	runes := []rune(piece)
	n := 1
	for n < len(runes) && fyne.MeasureText(string(runes[:n+1]), size, fyne.TextStyle{}).Width <= width {
		n++
	}
	return string(runes[:n]), string(runes[n:])
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
	return sheetOver(title, words(says, look.Ink2, look.Text), actions, over, body, under)
}

// sheetOver is a sheet whose line of explanation changes.
func sheetOver(title string, says *canvas.Text, actions Buttons, over, body, under fyne.CanvasObject) fyne.CanvasObject {
	look := theme.Current()
	head := container.NewBorder(nil, nil,
		container.NewVBox(heading(title, look.Heading), says),
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

// besides lays two objects side by side, the second as wide as lists of what is
// missing need.
type besides struct{}

// asideShare is the second's share of the width: what is left has room for a
// form of two columns on the laptops of the offices.
const asideShare = 0.28

// MinSize is for the toolkit.
func (besides) MinSize(objects []fyne.CanvasObject) fyne.Size {
	a, b := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(a.Width+theme.Current().Gap+b.Width, max(a.Height, b.Height))
}

// Layout is for the toolkit.
func (besides) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	right, gap := max(size.Width*asideShare, objects[1].MinSize().Width), theme.Current().Gap
	objects[0].Resize(fyne.NewSize(size.Width-gap-right, size.Height))
	objects[1].Move(fyne.NewPos(size.Width-right, 0))
	objects[1].Resize(fyne.NewSize(right, size.Height))
}
