package page

import (
	"fmt"

	"touyan/store/check"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

// unless are parts that are told only where there is somebody.
var unless = map[string]bool{check.AgeUnknown: true, check.NoEducation: true, check.Graduate: true}

// figureCards are the figures, side by side.
func (h *Home) figureCards() fyne.CanvasObject {
	h.cards.least = 15 * theme.Current().Text
	h.cards.fit(h.cards.width)
	row := container.New(h.cards)
	for _, f := range h.found.figures {
		row.Add(h.figureCard(f))
	}
	return row
}

// figureCard is a number and a bar for each part of it; all lead to names.
func (h *Home) figureCard(f check.Figure) fyne.CanvasObject {
	look := theme.Current()
	number, unit := sayFigure(f)
	figure := heading(number, look.Figure)
	foot := func(o fyne.CanvasObject) fyne.CanvasObject {
		return container.NewVBox(layout.NewSpacer(), container.New(layout.NewCustomPaddedLayout(0, look.Space, 0, 0), o))
	}
	head := container.NewBorder(nil, nil, figure, foot(words(figureWords[f.Name], look.Ink, look.Text)), foot(short(unit, look.Ink2, fyne.TextAlignLeading)))
	names := func(p check.Figure) func() {
		return func() { h.desk.Names(p.Kind, titleOfPart(f.Name, p.Name), p.IDs) }
	}
	box := container.New(layout.NewCustomPaddedVBoxLayout(0), h.press(container.New(layout.NewCustomPaddedLayout(0, 0, look.Space, look.Space), head), names(f)))
	for _, p := range f.Parts {
		if len(p.IDs) == 0 && unless[p.Name] {
			continue
		}
		box.Add(h.press(container.New(layout.NewCustomPaddedLayout(0, 0, look.Space, look.Space), h.figureLine(p)), names(p)))
	}
	return card(container.New(layout.NewCustomPaddedLayout(look.Space, look.Gap, look.Gap, look.Gap), box))
}

// figureColumns are the widths of a part's line, in text sizes: what, how much
// of it, how many.
var figureColumns = inColumns{[]float32{6.5, 0, 3}}

func (h *Home) figureLine(p check.Figure) fyne.CanvasObject {
	look := theme.Current()
	c := look.Info
	if p.Name == check.Blanks && len(p.IDs) > 0 {
		c = look.Bad
	}
	count := words(fmt.Sprint(len(p.IDs)), look.Ink, look.Text)
	count.Alignment = fyne.TextAlignTrailing
	share := float32(0)
	if p.Of > 0 {
		share = min(float32(len(p.IDs))/float32(p.Of), 1)
	}
	track, fill := canvas.NewRectangle(look.Button), canvas.NewRectangle(c)
	bar := container.New(filling(share), track, fill)
	line := container.New(figureColumns, short(figureWords[p.Name], look.Ink2, fyne.TextAlignLeading), bar, count)
	height := look.Row - look.Gap
	if h.roomy {
		height = look.Row
	}
	return least(line, fyne.NewSize(0, height))
}

// filling lays out a track and how much of it is full.
type filling float32

// MinSize is for the toolkit.
func (filling) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, theme.Current().Gap)
}

// Layout is for the toolkit.
func (s filling) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Resize(size)
	objects[1].Resize(fyne.NewSize(size.Width*float32(s), size.Height))
}
