package page

import (
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
)

// hint tells more of what the mouse or the keyboard has come to: a box beside
// it, over the page, that takes no clicks.
type hint struct {
	widget.BaseWidget

	box *fyne.Container
}

func newHint() *hint {
	t := &hint{box: container.NewStack()}
	t.Hidden = true
	t.ExtendBaseWidget(t)
	return t
}

// at shows a heading and sentences below an object, above it where there is
// more room; within is the page, which holds the hint and does not lay it out.
func (t *hint) at(o, within fyne.CanvasObject, title string, lines []string) {
	look := theme.Current()
	ground := canvas.NewRectangle(look.Surface)
	ground.StrokeColor, ground.StrokeWidth, ground.CornerRadius = look.Ink3, look.Hairline, look.Radius
	text := container.New(layout.NewCustomPaddedVBoxLayout(look.Space / 2))
	first := words(title, look.Ink, look.Text)
	first.TextStyle.Bold = true
	text.Add(first)
	width := min(30*look.Text, within.Size().Width-4*look.Margin)
	for _, l := range lines {
		for _, part := range wrapped(l, width, look.Text) {
			text.Add(words(part, look.Ink, look.Text))
		}
	}
	t.box.Objects = []fyne.CanvasObject{ground, container.New(layout.NewCustomPaddedLayout(look.Space, look.Space, look.Gap, look.Gap), text)}
	size := t.box.MinSize()
	driver := fyne.CurrentApp().Driver()
	pos := driver.AbsolutePositionForObject(o).Subtract(driver.AbsolutePositionForObject(within))
	pos.X = max(min(pos.X+look.Gap, within.Size().Width-size.Width-look.Margin), 0)
	below := pos.Y + o.Size().Height + look.Space/2
	if below+size.Height > within.Size().Height && pos.Y-size.Height-look.Space/2 >= 0 {
		pos.Y -= size.Height + look.Space/2
	} else {
		pos.Y = below
	}
	t.Move(pos)
	t.Resize(size)
	t.Show()
	t.Refresh()
}

// hide takes the hint away, and what it told with it.
func (t *hint) hide() {
	if t.Visible() {
		t.box.Objects = nil
		t.Hide()
	}
}

// CreateRenderer is for the toolkit.
func (t *hint) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(t.box) }
