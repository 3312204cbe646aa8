package ui

import "touyan/ui/page"

// follow has the find box know the ledger as it is now, where who is in reads it.
func (s *Shell) follow() {
	if s.desk.Reads() {
		s.finder.Refresh()
	}
}

// count reads the figures at the foot and beside the rooms.
func (s *Shell) count() {
	var rooms []page.Room
	for _, r := range s.rooms {
		rooms = append(rooms, r.Room)
	}
	s.desk.Figures(&s.turn, rooms, s.opened, func(f page.Figures) {
		if s.figures = f; !s.desk.Reads() {
			s.figures.Last = page.Operation{}
		}
		s.showFigures()
	})
}

func (s *Shell) showFigures() {
	f := s.figures
	mark := ""
	switch db := s.desk.DB; {
	case db.Sample():
		mark = saySample
	case db.Open():
		mark = sayNoPassword
	}
	s.foot.state(saySaved(f.Saved, s.desk.DB.Now()), mark)
	s.backedUp()
	s.foot.last(f.Last.Name, s.askBack)
	for _, r := range s.rooms {
		s.side.wait(r.Name, f.Waits[r.Name])
	}
}

// counted follows the finder, which knows how much there is.
func (s *Shell) counted() {
	if s.desk.Reads() {
		s.foot.count(sayCounts(s.finder.Counts()))
	}
}
