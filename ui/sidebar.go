package ui

import (
	"strconv"

	"touyan/ui/page"
	"touyan/ui/screen"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
)

// sidebar names the program, the office and the rooms.
type sidebar struct {
	doors   []*door
	content fyne.CanvasObject
}

func newSidebar(office string, rooms []*room, enter func(name string)) *sidebar {
	look := theme.Current()
	s := &sidebar{}
	name := canvas.NewText(productName, look.Accent)
	name.TextSize, name.TextStyle.Bold = look.Heading, true
	top := container.New(layout.NewCustomPaddedVBoxLayout(0),
		container.New(layout.NewCustomPaddedLayout(look.Margin, 0, look.Margin, look.Margin), name),
		container.New(layout.NewCustomPaddedLayout(0, look.Gap, look.Margin, look.Margin), small(fitted(office, look.Sidebar-2*look.Margin), look.Ink2, look.Text)))
	box := container.New(layout.NewCustomPaddedVBoxLayout(0))
	for group := page.Bench; group <= page.Setup; group++ {
		first := true
		for _, r := range rooms {
			if r.Group != group {
				continue
			}
			if first && (group.Word() != "" || len(s.doors) > 0) {
				box.Add(caption(group.Word()))
			}
			first = false
			d := newDoor(r, s, enter)
			s.doors = append(s.doors, d)
			box.Add(d)
		}
	}
	s.content = framed(tight{top: top}, container.NewVScroll(box))
	return s
}

// caption stands above the rooms of a group; an empty one only keeps them apart.
func caption(word string) fyne.CanvasObject {
	look := theme.Current()
	if word == "" {
		return container.New(layout.NewCustomPaddedLayout(look.Gap, look.Gap, look.Margin, look.Margin), line())
	}
	return container.New(layout.NewCustomPaddedLayout(look.Gap+look.Space, look.Space, look.Margin, look.Margin), small(word, look.Ink3, look.Caption))
}

// fitted is a text cut to a width.
func fitted(text string, width float32) string {
	look := theme.Current()
	for r := []rune(text); len(r) > 0; r = r[:len(r)-1] {
		cut := string(r)
		if len(cut) < len(text) {
			cut += "…"
		}
		if fyne.MeasureText(cut, look.Text, fyne.TextStyle{}).Width <= width {
			return cut
		}
	}
	return ""
}

// beside moves the keyboard to another door, up or down.
func (s *sidebar) beside(d *door, by int) {
	for i, other := range s.doors {
		if to := i + by; other == d && to >= 0 && to < len(s.doors) {
			screen.Of(d).Focus(s.doors[to])
			return
		}
	}
}

// mark shows which room one is in.
func (s *sidebar) mark(name string) {
	for _, d := range s.doors {
		if d.open != (d.room.Name == name) {
			d.open = !d.open
			d.Refresh()
		}
	}
}

// wait shows beside a room how many things wait there.
func (s *sidebar) wait(name string, n int) {
	for _, d := range s.doors {
		if d.room.Name == name && d.waiting != n {
			d.waiting = n
			d.Refresh()
		}
	}
}

// door is the line of a room in the sidebar.
type door struct {
	widget.BaseWidget

	room    *room
	of      *sidebar
	enter   func(name string)
	open    bool // one is in the room
	over    bool // the mouse is
	focused bool
	waiting int

	tint, bar, ring *canvas.Rectangle
	label, count    *canvas.Text
}

var (
	_ fyne.Tappable      = (*door)(nil)
	_ fyne.Focusable     = (*door)(nil)
	_ desktop.Hoverable  = (*door)(nil)
	_ desktop.Cursorable = (*door)(nil)
)

func newDoor(r *room, of *sidebar, enter func(string)) *door {
	look := theme.Current()
	d := &door{room: r, of: of, enter: enter,
		tint: canvas.NewRectangle(look.AccentWeak), bar: canvas.NewRectangle(look.Accent), ring: canvas.NewRectangle(nil),
		label: small(r.Label, look.Ink, look.Text), count: small("", look.Accent, look.Text)}
	d.ring.StrokeColor, d.ring.StrokeWidth = look.Accent, look.Hairline
	d.count.TextStyle.Bold = true
	d.ExtendBaseWidget(d)
	return d
}

// Tapped enters the room.
func (d *door) Tapped(*fyne.PointEvent) { d.enter(d.room.Name) }

// TypedKey enters it by the keyboard.
func (d *door) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter, fyne.KeyRight:
		d.enter(d.room.Name)
	case fyne.KeyUp:
		d.of.beside(d, -1)
	case fyne.KeyDown:
		d.of.beside(d, 1)
	default:
		passKey(d, e)
	}
}

// TypedRune does nothing: letters belong to the input method.
func (d *door) TypedRune(rune) {}

// FocusGained shows that the keyboard is here.
func (d *door) FocusGained() { d.focused = true; d.Refresh() }

// FocusLost shows that it is elsewhere.
func (d *door) FocusLost() { d.focused = false; d.Refresh() }

// MouseIn shows that a click would enter.
func (d *door) MouseIn(*desktop.MouseEvent) { d.over = true; d.Refresh() }

// MouseOut is the other half of MouseIn.
func (d *door) MouseOut() { d.over = false; d.Refresh() }

// MouseMoved does nothing.
func (d *door) MouseMoved(*desktop.MouseEvent) {}

// Cursor is a hand.
func (d *door) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer is for the toolkit.
func (d *door) CreateRenderer() fyne.WidgetRenderer { return &doorRenderer{d} }

type doorRenderer struct{ d *door }

func (r *doorRenderer) Destroy() {}

func (r *doorRenderer) Objects() []fyne.CanvasObject {
	d := r.d
	return []fyne.CanvasObject{d.tint, d.bar, d.ring, d.label, d.count}
}

func (r *doorRenderer) MinSize() fyne.Size {
	look := theme.Current()
	return fyne.NewSize(0, look.Row+look.Space)
}

func (r *doorRenderer) Layout(size fyne.Size) {
	look, d := theme.Current(), r.d
	d.tint.Resize(size)
	d.ring.Resize(size)
	d.bar.Resize(fyne.NewSize(look.Bar, size.Height))
	inner := fyne.NewSize(size.Width-3*look.Margin, size.Height)
	d.label.Move(fyne.NewPos(2*look.Margin-look.Space, 0))
	d.label.Resize(inner)
	d.count.Alignment = fyne.TextAlignTrailing
	d.count.Move(fyne.NewPos(2*look.Margin, 0))
	d.count.Resize(inner)
	r.Refresh()
}

func (r *doorRenderer) Refresh() {
	look, d := theme.Current(), r.d
	d.tint.Hidden = !d.open && !d.over
	d.tint.FillColor = look.AccentWeak
	if !d.open {
		d.tint.FillColor = look.Canvas
	}
	d.bar.Hidden = !d.open
	d.ring.Hidden = !d.focused
	d.label.Color = look.Ink
	if d.open {
		d.label.Color = look.Accent
	}
	d.label.TextStyle.Bold = d.open
	d.count.Text = ""
	if d.waiting > 0 {
		d.count.Text = strconv.Itoa(d.waiting)
	}
	for _, o := range r.Objects() {
		canvas.Refresh(o)
	}
}
