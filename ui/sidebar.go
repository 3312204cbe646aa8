package ui

import (
	"strconv"

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
	box := container.New(layout.NewCustomPaddedVBoxLayout(0),
		container.New(layout.NewCustomPaddedLayout(look.Margin, 0, look.Margin, look.Margin), name),
		container.New(layout.NewCustomPaddedLayout(0, look.Gap, look.Margin, look.Margin), small(office, look.Ink2, look.Text)))
	for _, r := range rooms {
		if r.group != "" {
			box.Add(container.New(layout.NewCustomPaddedLayout(look.Margin, look.Space, look.Margin, look.Margin), small(r.group, look.Ink3, look.Caption)))
		}
		d := newDoor(r, enter)
		s.doors = append(s.doors, d)
		box.Add(d)
	}
	s.content = box
	return s
}

// mark shows which room one is in.
func (s *sidebar) mark(name string) {
	for _, d := range s.doors {
		if d.open != (d.room.name == name) {
			d.open = !d.open
			d.Refresh()
		}
	}
}

// wait shows beside a room how many things wait there.
func (s *sidebar) wait(name string, n int) {
	for _, d := range s.doors {
		if d.room.name == name && d.waiting != n {
			d.waiting = n
			d.Refresh()
		}
	}
}

// door is the line of a room in the sidebar.
type door struct {
	widget.BaseWidget

	room    *room
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

func newDoor(r *room, enter func(string)) *door {
	look := theme.Current()
	d := &door{room: r, enter: enter,
		tint: canvas.NewRectangle(look.AccentWeak), bar: canvas.NewRectangle(look.Accent), ring: canvas.NewRectangle(nil),
		label: small(r.label, look.Ink, look.Text), count: small("", look.Accent, look.Text)}
	d.ring.StrokeColor, d.ring.StrokeWidth = look.Accent, look.Hairline
	d.count.TextStyle.Bold = true
	d.ExtendBaseWidget(d)
	return d
}

// Tapped enters the room.
func (d *door) Tapped(*fyne.PointEvent) { d.enter(d.room.name) }

// TypedKey enters it by the keyboard.
func (d *door) TypedKey(e *fyne.KeyEvent) {
	if e.Name == fyne.KeySpace || e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter {
		d.enter(d.room.name)
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
