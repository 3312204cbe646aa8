package ui

import (
	"touyan/store"
	"touyan/store/field"
	"touyan/ui/page"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
)

// firstRoom is the one a ledger opens in.
const firstRoom = "person"

// Shell is the frame around the pages of an open ledger.
type Shell struct {
	desk    *page.Desk
	rooms   []*room
	present *room
	over    page.Page // shown over the present room, such as a book under review; nil if none

	side    *sidebar
	path    *canvas.Text
	find    *findBox
	area    *fyne.Container
	foot    *foot
	content fyne.CanvasObject
	turn    int // of the figures
}

// room is a page that is always there.
type room struct {
	name, label string
	group       string // the caption above it in the sidebar; empty: under the one before
	make        func() page.Page
	page        page.Page // nil until it is first shown
	stale       bool      // the ledger has changed since it was filled
}

func newShell(d *page.Desk) *Shell {
	s := &Shell{desk: d, rooms: rooms(d)}
	d.Open, d.Close, d.Room, d.Tell = s.open, s.close, s.Show, s.tell
	look := theme.Current()
	s.side = newSidebar(d.DB.Office().Name, s.rooms, s.Show)
	s.path = canvas.NewText("", look.Ink2)
	s.path.TextSize = look.Text
	s.find = newFindBox(func(text string) { s.Page().Find(text) }, func() { s.Page().Focus() })
	s.area = container.NewStack()
	s.foot = newFoot()
	s.content = s.frame()
	d.Window.Canvas().AddShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyK, Modifier: fyne.KeyModifierShortcutDefault},
		func(fyne.Shortcut) { d.Window.Canvas().Focus(s.find) })
	d.DB.Watch(func(store.Event) { d.Post(s.changed) })
	s.count()
	return s
}

// rooms are a list of every kind, and what comes and goes. A township has no
// offices below it, and needs no list of them.
func rooms(d *page.Desk) []*room {
	var out []*room
	for _, k := range d.DB.Kinds() {
		if k.Name == "office" && d.DB.Office().Level <= field.Township {
			continue
		}
		out = append(out, &room{name: k.Name, label: k.Label, make: func() page.Page { return page.NewList(d, k) }})
	}
	out[0].group = groupLedger
	return append(out,
		&room{name: page.RoomBatches, label: roomBatches, group: groupExchange, make: func() page.Page { return page.NewBatches(d) }},
		&room{name: page.RoomConflicts, label: roomConflicts, make: func() page.Page { return page.NewConflicts(d) }})
}

// frame puts the parts together: hairlines between them, boxes nowhere.
func (s *Shell) frame() fyne.CanvasObject {
	look := theme.Current()
	top := container.New(layout.NewCustomPaddedLayout(0, 0, look.Margin, look.Margin),
		container.NewBorder(nil, nil, s.path, container.NewCenter(sized(s.find, fyne.NewSize(26*look.Text, 0)))))
	bar := framed(tight{bottom: line()}, container.NewStack(ground(look.Surface, fyne.NewSize(0, look.TopBar)), top))
	side := framed(tight{right: line()}, container.NewStack(ground(look.Surface, fyne.NewSize(look.Sidebar, 0)), s.side.content))
	foot := framed(tight{top: line()}, container.NewStack(ground(look.Surface, fyne.NewSize(0, look.Foot)), s.foot.content))
	page := framed(tight{top: bar}, container.NewStack(ground(look.Canvas, fyne.Size{}), s.area))
	return framed(tight{left: side, bottom: foot}, page)
}

// Page returns what is shown.
func (s *Shell) Page() page.Page {
	if s.over != nil {
		return s.over
	}
	return s.present.page
}

// Show goes to a room. What was shown over another room is left.
func (s *Shell) Show(name string) {
	for _, r := range s.rooms {
		if r.name != name {
			continue
		}
		s.Find("")
		s.present, s.over = r, nil
		if r.page == nil {
			r.page, r.stale = r.make(), true
		}
		s.place()
		s.refresh()
		r.page.Focus()
	}
}

// Find narrows what the page lists, as if typed into the find box.
func (s *Shell) Find(text string) { s.find.SetText(text) }

// open shows a page over the room.
func (s *Shell) open(p page.Page) {
	s.Find("")
	s.over = p
	s.place()
	p.Focus()
}

// close goes back to the room.
func (s *Shell) close() {
	s.Find("")
	s.over = nil
	s.place()
	s.refresh()
	s.present.page.Focus()
}

// place shows the page with its path.
func (s *Shell) place() {
	s.area.Objects = []fyne.CanvasObject{s.Page().Content()}
	s.area.Refresh()
	s.path.Text = s.present.label
	if s.over != nil {
		s.path.Text += pathArrow + s.over.Title()
	}
	s.path.Refresh()
	s.side.mark(s.present.name)
}

// changed follows an operation on the ledger.
func (s *Shell) changed() {
	for _, r := range s.rooms {
		r.stale = true
	}
	s.refresh()
	s.count()
}

// refresh fills the page shown, if the ledger has changed since. The rooms not
// shown wait until they are.
func (s *Shell) refresh() {
	if s.over != nil {
		s.over.Refresh()
		return
	}
	if s.present != nil && s.present.stale {
		s.present.stale = false
		s.present.page.Refresh()
	}
}

// count tells the figures at the foot and beside the rooms.
func (s *Shell) count() {
	s.desk.Figures(&s.turn, func(f page.Figures) {
		s.foot.state(saySaved(f.Saved, s.desk.DB.Now()), s.desk.DB.Sample(), sayCounts(f.Villages, f.People))
		s.side.wait(page.RoomConflicts, f.Conflicts)
	})
}

func (s *Shell) tell(n page.Notice) { s.foot.tell(n) }

// Press presses a word at the foot of the window. It reports whether there was
// one.
func (s *Shell) Press(text string) bool {
	for _, l := range s.foot.links {
		if l.text.Text == text {
			l.do()
			return true
		}
	}
	return false
}

// Receive takes in a book that was dropped on the window; of several, the first.
func (s *Shell) Receive(path string, of int) {
	if s.desk.Panel() != nil || s.over != nil {
		s.tell(page.Notice{Text: sayBusyFirst})
		return
	}
	if of > 1 {
		s.tell(page.Notice{Text: sayOneBook})
	}
	s.desk.Receive(path)
}
