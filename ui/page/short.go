package page

import (
	"image/color"
	"sort"

	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
)

// short is one line of text, cut off with … where it has no more room.
func short(text string, c color.Color, align fyne.TextAlign) *fyne.Container {
	t := words("", c, theme.Current().Text)
	t.Alignment = align
	return container.New(&shortening{full: text}, t)
}

// shorter is short that would rather be smaller than cut off.
func shorter(text string, c color.Color) *fyne.Container {
	return container.New(&shortening{full: text, shrinks: true}, words("", c, theme.Current().Text))
}

// cutOff reports whether a short text is not told in full.
func cutOff(o *fyne.Container) bool {
	return o.Objects[0].(*canvas.Text).Text != o.Layout.(*shortening).full
}

type shortening struct {
	full    string
	shrinks bool
}

// MinSize is for the toolkit.
func (*shortening) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, objects[0].MinSize().Height)
}

// Layout is for the toolkit.
func (s *shortening) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	t, look := objects[0].(*canvas.Text), theme.Current()
	t.Resize(size)
	cut, at := shortened(s.full, size.Width, t.TextSize, t.TextStyle), t.TextSize
	if s.shrinks {
		at = look.Text
		if fyne.MeasureText(s.full, at, t.TextStyle).Width > size.Width {
			at = look.Caption
		}
		cut = shortened(s.full, size.Width, at, t.TextStyle)
	}
	if cut != t.Text || at != t.TextSize {
		t.Text, t.TextSize = cut, at
		t.Refresh()
	}
}

// shortened is a text cut to a width.
func shortened(text string, width, size float32, style fyne.TextStyle) string {
	fits := func(s string) bool { return fyne.MeasureText(s, size, style).Width <= width }
	if text == "" || fits(text) {
		return text
	}
	r := []rune(text)
	n := sort.Search(len(r), func(n int) bool { return !fits(string(r[:n+1]) + "…") })
	return string(r[:n]) + "…"
}

// inColumns lays out objects side by side: widths in text sizes, 0 for what
// takes all that is left.
type inColumns struct{ widths []float32 }

// MinSize is for the toolkit.
func (c inColumns) MinSize(objects []fyne.CanvasObject) fyne.Size {
	look := theme.Current()
	size := fyne.Size{}
	for i, o := range objects {
		size.Width += c.widths[i] * look.Text
		size.Height = max(size.Height, o.MinSize().Height)
	}
	return size.AddWidthHeight(float32(len(objects)-1)*look.Gap, 0)
}

// Layout is for the toolkit.
func (c inColumns) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	look := theme.Current()
	left := size.Width - c.MinSize(objects).Width
	x := float32(0)
	for i, o := range objects {
		w := c.widths[i] * look.Text
		if w == 0 {
			w = max(left, 0)
		}
		h := o.MinSize().Height
		o.Move(fyne.NewPos(x, (size.Height-h)/2))
		o.Resize(fyne.NewSize(w, h))
		x += w + look.Gap
	}
}
