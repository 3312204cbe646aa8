package ui

import (
	"slices"

	"touyan/store"
	"touyan/store/examine"
	"touyan/store/field"
	"touyan/ui/page"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// firstRoom is the one a ledger opens in where it has no bench and nobody has
// left another.
const firstRoom = "person"

// keptRoom is the name under which the app remembers the room left last.
const keptRoom = "room"

// Shell is the frame around the pages of an open ledger.
type Shell struct {
	desk    *page.Desk
	rooms   []*room
	present *room
	over    []page.Page // shown over the present room, the last on top
	trail   []string    // the rooms come through, for going back

	side    *sidebar
	top     *topBar
	area    *fyne.Container
	foot    *foot
	content *fyne.Container
	palette *palette // nil while closed

	pressed fyne.ShortcutHandler // what the keys do; the window's canvas asks it
	finder  *page.Finder
	figures page.Figures
	left    bool        // the ledger is closed
	kinds   field.Kinds // as the pages show them
	opened  uint64      // the last operation before the ledger was opened
	turn    int         // of the figures
	waiting []string    // books dropped and not yet taken in
	queued  string      // what was told of them last
	untold  page.Notice // what the foot told before the wall
}

// room is a room and its page.
type room struct {
	page.Room

	page  page.Page // nil until it is first shown
	stale bool      // the ledger has changed since it was filled
}

func newShell(d *page.Desk) *Shell {
	s := &Shell{desk: d, finder: page.NewFinder(d)}
	d.Top = s.Page
	d.Open, d.Close, d.Room, d.Record, d.Tell = s.open, s.close, s.Show, s.record, s.tell
	d.Idle, d.Key, d.Wall, d.Back, d.Begun = s.next, s.key, s.wall, s.askBack, s.begun
	for _, r := range page.Rooms(d) {
		s.rooms = append(s.rooms, &room{Room: r})
	}
	s.opened, s.kinds = lastSeq(d.DB), d.DB.Kinds()
	s.content = container.NewStack()
	s.build()
	s.shortcuts(d.Window.Canvas())
	d.DB.Watch(func(e store.Event) {
		d.Post(func() {
			s.changed()
			if e.Settled {
				s.tell(page.Notice{Text: examine.Settled(e.Op)})
			}
		})
	})
	s.finder.Ready = s.counted
	s.follow()
	s.count()
	return s
}

func lastSeq(db *store.DB) (seq uint64) {
	err := db.View(func(tx *store.Tx) error {
		seq = tx.Seq()
		return nil
	})
	if err != nil {
		fyne.LogError("read the ledger's last operation", err)
	}
	return seq
}

// build puts the parts together in the present look: hairlines between them,
// boxes nowhere.
func (s *Shell) build() {
	look := theme.Current()
	s.side = newSidebar(s.desk.DB.Office().Name, s.rooms, s.Show)
	s.top = newTopBar(s)
	s.foot = newFoot()
	s.area = container.NewStack()
	bar := framed(tight{bottom: line()}, container.NewStack(ground(look.Surface, fyne.NewSize(0, look.TopBar)), s.top.content))
	side := framed(tight{right: line()}, container.NewStack(ground(look.Surface, fyne.NewSize(look.Sidebar, 0)), s.side.content))
	foot := framed(tight{top: line()}, container.NewStack(ground(look.Surface, fyne.NewSize(0, look.Foot)), s.foot.content))
	middle := framed(tight{top: bar}, container.NewStack(ground(look.Canvas, fyne.Size{}), s.area))
	s.content.Objects = []fyne.CanvasObject{framed(tight{left: side, bottom: foot}, middle)}
	s.content.Refresh()
}

// Page returns what is shown.
func (s *Shell) Page() page.Page {
	if n := len(s.over); n > 0 {
		return s.over[n-1]
	}
	return s.present.page
}

// room returns a room by name, nil if there is none.
func (s *Shell) room(name string) *room {
	for _, r := range s.rooms {
		if r.Name == name {
			return r
		}
	}
	return nil
}

// Show goes to a room. What was shown over another room is left.
func (s *Shell) Show(name string) {
	if r := s.room(name); r != nil {
		s.visit(r, func() {})
	}
}

// visit enters a room, once the page shown has settled what it has open, and
// then goes on there.
func (s *Shell) visit(r *room, then func()) {
	s.leave(func() {
		if s.present != nil && s.present != r {
			s.trail = append(s.trail, s.present.Name)
		}
		s.enter(r)
		then()
	})
}

// leave lets the page shown settle what it has open, and then goes on.
func (s *Shell) leave(then func()) {
	s.shut()
	if s.present != nil {
		if l, leaves := s.Page().(page.Leaver); leaves {
			l.Leave(then)
			return
		}
	}
	then()
}

// enter shows a room.
func (s *Shell) enter(r *room) {
	s.present, s.over = r, nil
	if r.page == nil {
		r.page, r.stale = r.Make(), true
	}
	fyne.CurrentApp().Preferences().SetString(keptRoom, r.Name)
	s.place()
	s.refresh()
	s.focus()
	s.remind()
}

// home is the room a ledger opens in.
func (s *Shell) home() string {
	if kept := fyne.CurrentApp().Preferences().String(keptRoom); s.room(kept) != nil {
		return kept
	}
	if s.rooms[0].Group == page.Bench || s.room(firstRoom) == nil {
		return s.rooms[0].Name
	}
	return firstRoom
}

// record goes to the room of a kind and opens a record there.
func (s *Shell) record(kind, id string) {
	r := s.room(kind)
	if r == nil {
		s.desk.OpenPart(kind, id)
		return
	}
	s.visit(r, func() {
		if o, opens := r.page.(page.Opener); opens {
			o.OpenRecord(id)
		}
	})
}

// back goes to the page below, or to the room one came from.
func (s *Shell) back() {
	switch n := len(s.trail); {
	case len(s.over) > 0:
		s.leave(s.close)
	case n > 0:
		r := s.room(s.trail[n-1])
		s.leave(func() {
			s.trail = s.trail[:n-1]
			s.enter(r)
		})
	}
}

// Find narrows what the page lists, as if typed into its find box.
func (s *Shell) Find(text string) { s.Page().Find(text) }

// open shows a page over the present one.
func (s *Shell) open(p page.Page) {
	s.shut()
	s.over = append(s.over, p)
	s.place()
	s.focus()
}

// dropPictures takes pictures of papers out of memory, and the pages that show
// nothing else.
func (s *Shell) dropPictures() {
	top := s.Page()
	s.over = slices.DeleteFunc(s.over, func(p page.Page) bool {
		d, holds := p.(page.Pictured)
		return holds && !d.DropPictures()
	})
	if s.Page() != top {
		s.desk.Window.Canvas().Unfocus()
		s.place()
	}
}

// close goes back to the page below.
func (s *Shell) close() {
	if n := len(s.over); n > 0 {
		s.over = s.over[:n-1]
	}
	s.place()
	s.refresh()
	s.focus()
	s.desk.Post(s.next)
}

// below goes back to the page at a depth: 0 is the room.
func (s *Shell) below(depth int) {
	if depth >= len(s.over) {
		return
	}
	s.leave(func() {
		s.over = s.over[:depth+1]
		s.close()
	})
}

// place shows the page with its path. A page that cannot hide what is personal
// is covered while the screen is on a wall.
func (s *Shell) place() {
	s.desk.Turned()
	p := s.Page()
	content := p.Content()
	if s.covered() {
		content = cover()
	}
	s.area.Objects = []fyne.CanvasObject{content}
	s.area.Refresh()
	path := []string{s.present.Label}
	for _, o := range s.over {
		path = append(path, s.title(o))
	}
	s.top.show(path, s.below)
	s.side.mark(s.present.Name)
}

func (s *Shell) focus() {
	if !s.covered() {
		s.Page().Focus()
	}
}

// remake makes everything anew: in another look, or with more or less to hide.
func (s *Shell) remake() {
	s.shut()
	notice := s.foot.notice
	s.build()
	s.foot.ask(notice)
	for _, r := range s.rooms {
		r.stale = true
		if again, can := r.page.(page.Remaker); can {
			r.page = again.Remake()
		} else if r.page != nil {
			r.page = r.Make()
		}
	}
	for i, p := range s.over {
		if again, can := p.(page.Remaker); can {
			s.over[i] = again.Remake()
		}
	}
	s.place()
	s.refresh()
	if len(s.over) > 0 {
		s.present.page.Refresh()
	}
	s.focus()
	s.counted()
	s.showFigures()
}

// changed follows an operation on the ledger.
func (s *Shell) changed() {
	if now := s.desk.DB.Kinds(); !slices.Equal(now, s.kinds) { // an office's own field is new, or gone
		s.kinds = now
		s.remake()
	}
	for _, r := range s.rooms {
		r.stale = true
	}
	s.refresh()
	s.follow()
	s.count()
}

// begun follows a draft begun or gone: it waits on the bench, and changes no
// record.
func (s *Shell) begun() {
	r := s.room(page.RoomHome)
	if r == nil {
		return
	}
	r.stale = true
	if s.Page() == r.page {
		s.refresh()
	}
	s.count()
}

// refresh fills the page shown, if the ledger has changed since. The rooms not
// shown wait until they are.
func (s *Shell) refresh() {
	if n := len(s.over); n > 0 {
		s.over[n-1].Refresh()
		return
	}
	if s.present != nil && s.present.stale {
		s.present.stale = false
		s.present.page.Refresh()
	}
}

func (s *Shell) tell(n page.Notice) { s.foot.tell(n) }

// askBack asks at the foot whether the last operation is to be taken back, by
// its name.
func (s *Shell) askBack() {
	last := s.figures.Last
	if last.Seq == 0 {
		s.tell(page.Notice{Text: sayNothingBack})
		return
	}
	s.foot.ask(page.Notice{Text: sayBack(last.Name), Choices: []page.Choice{
		{Text: doBack, Do: func() { s.desk.UndoOperation(last) }}, {Text: doNotBack}}})
	s.desk.Window.Canvas().Focus(s.foot.links[0])
}

// Press presses a word at the foot of the window, or at its top right. It reports
// whether there was one.
func (s *Shell) Press(text string) bool {
	for _, l := range slices.Concat(s.foot.links, s.top.words) {
		if l.text.Text == text {
			l.do()
			return true
		}
	}
	return false
}
