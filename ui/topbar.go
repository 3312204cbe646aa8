package ui

import (
	"image/color"

	"touyan/ui/page"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
)

// topBar is the line above the page: where one is, the find box, the key for
// the wall and who works here.
type topBar struct {
	crumbs  *fyne.Container
	links   []*link // of the path, from the room on
	find    *findButton
	user    *link
	words   []*link // all three at the right
	content fyne.CanvasObject
}

func newTopBar(s *Shell) *topBar {
	look := theme.Current()
	t := &topBar{crumbs: container.New(layout.NewCustomPaddedHBoxLayout(0))}
	t.find = newFindButton(s.search)
	wall := newLink(sayWallKey, s.wall)
	if s.desk.Projecting() {
		wall = newLink(sayOnWall, s.wall)
		wall.text.Color = look.Accent
	}
	numbers := newLink(sayNumbers, s.numbers)
	if s.desk.ShowsNumbers() {
		numbers = newLink(sayNumbersOn, s.numbers)
		numbers.text.Color = look.Accent
	}
	if !s.desk.Reads() || s.desk.Projecting() {
		numbers.Hide()
	}
	t.user = newLink(s.desk.Who.Name, func() { s.Show(page.RoomSettings) })
	if lock := s.desk.Lock; lock != nil {
		t.user = newLink(s.desk.Who.Name+sayLockKey, lock)
	}
	t.user.text.Color = look.Ink2
	t.words = []*link{numbers, wall, t.user}
	right := container.NewHBox(numbers, wall, t.user)
	t.content = container.New(layout.NewCustomPaddedLayout(0, 0, look.Margin-look.Gap, look.Margin-look.Gap),
		container.New(acrossTop{}, middle(t.crumbs), middle(sized(t.find, fyne.NewSize(26*look.Text, look.Row))), middle(right)))
	return t
}

// numbers shows identity and phone numbers until the ledger is locked or closed,
// or masks them again.
func (s *Shell) numbers() {
	if s.desk.ShowNumbers(!s.desk.ShowsNumbers()) {
		s.remake()
	}
}

// acrossTop keeps the second of three objects in the middle of the bar, where
// the eye finds it on every page, unless a long path pushes it aside.
type acrossTop struct{}

// MinSize is for the toolkit.
func (acrossTop) MinSize(three []fyne.CanvasObject) (size fyne.Size) {
	for _, o := range three {
		size = fyne.NewSize(size.Width+o.MinSize().Width, max(size.Height, o.MinSize().Height))
	}
	return size
}

// Layout is for the toolkit.
func (acrossTop) Layout(three []fyne.CanvasObject, size fyne.Size) {
	left, right := three[0].MinSize().Width, size.Width-three[2].MinSize().Width
	width := three[1].MinSize().Width
	gap := theme.Current().Gap
	at := [3]float32{0, min(max((size.Width-width)/2, left+gap), right-gap-width), right}
	for i, o := range three {
		o.Resize(fyne.NewSize(o.MinSize().Width, size.Height))
		o.Move(fyne.NewPos(at[i], 0))
	}
}

// sign shows who works here.
func (t *topBar) sign(name string) {
	t.user.text.Text = name
	t.content.Refresh()
}

// middle keeps an object as high as it is, halfway down.
func middle(o fyne.CanvasObject) fyne.CanvasObject { return container.NewCenter(o) }

// pathText is how much of a page's title stands in the path: the rest stands
// on the page.
const pathText = 24

// show writes the path; all but its end lead back.
func (t *topBar) show(path []string, below func(depth int)) {
	look := theme.Current()
	t.links, t.crumbs.Objects = nil, nil
	for i, text := range path {
		if r := []rune(text); len(r) > pathText {
			text = string(r[:pathText]) + "…"
		}
		l := newLink(text, func() { below(i) })
		l.text.Color = look.Ink2
		if i == len(path)-1 {
			l.still = true
			l.text.Color = look.Ink
		}
		t.links = append(t.links, l)
		if i > 0 {
			t.crumbs.Add(small(pathArrow, look.Ink3, look.Text))
		}
		t.crumbs.Add(l)
	}
	t.content.Refresh()
}

// findButton looks like a text field and opens the find box.
type findButton struct {
	widget.BaseWidget

	open func()
}

var (
	_ fyne.Tappable      = (*findButton)(nil)
	_ desktop.Cursorable = (*findButton)(nil)
)

func newFindButton(open func()) *findButton {
	b := &findButton{open: open}
	b.ExtendBaseWidget(b)
	return b
}

// Tapped opens the find box.
func (b *findButton) Tapped(*fyne.PointEvent) { b.open() }

// Cursor is that of a text.
func (b *findButton) Cursor() desktop.Cursor { return desktop.TextCursor }

// CreateRenderer is for the toolkit.
func (b *findButton) CreateRenderer() fyne.WidgetRenderer {
	look := theme.Current()
	field := canvas.NewRectangle(look.Canvas)
	field.StrokeColor, field.StrokeWidth, field.CornerRadius = look.Line, look.Hairline, look.Radius
	text := container.NewBorder(nil, nil, small(hintFind, look.Ink3, look.Text), small(keysFind, look.Ink3, look.Text))
	return widget.NewSimpleRenderer(container.NewStack(field, container.New(layout.NewCustomPaddedLayout(0, 0, look.Gap, look.Gap), text)))
}

// cover is what stands in the place of a page that no wall may show.
func cover() fyne.CanvasObject {
	look := theme.Current()
	title := small(sayCovered, look.Ink, look.Heading)
	title.TextStyle.Bold = true
	why := small(sayCoveredWhy, look.Ink2, look.Text)
	title.Alignment, why.Alignment = fyne.TextAlignCenter, fyne.TextAlignCenter
	return container.NewStack(canvas.NewRectangle(color.Transparent), container.NewCenter(container.NewVBox(title, why)))
}
