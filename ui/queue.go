package ui

import (
	"path/filepath"
	"slices"

	"touyan/ui/page"
)

// Receive takes in books that were dropped on the window, one after the other.
// While something waits for an answer they wait too, and that is told.
func (s *Shell) Receive(paths ...string) {
	if !s.desk.Reads() {
		s.tell(page.Notice{Text: sayReadsNoBook})
		return
	}
	paths = page.WithoutCompanions(paths)
	if d, takes := s.Page().(page.Dropper); takes && !s.covered() {
		if paths = d.Drop(paths); len(paths) == 0 {
			return
		}
	}
	if len(paths) > 0 && !slices.ContainsFunc(paths, func(p string) bool { return !page.IsPaper(p) }) {
		s.desk.TellWherePapersGo()
		return
	}
	if s.desk.TakesMany(paths) && len(s.waiting) == 0 && !s.hindered() {
		s.desk.TakeInAll(paths)
		return
	}
	s.waiting = append(s.waiting, paths...)
	if s.hindered() {
		s.queued = sayBusyFirst(len(s.waiting))
		s.tell(page.Notice{Text: s.queued})
		return
	}
	s.next()
}

// hindered reports whether a book would push something aside.
func (s *Shell) hindered() bool {
	switch s.Page().(type) {
	case *page.Review, *page.Wizard:
		return true
	}
	return s.desk.Busy()
}

// next takes in the book that waits longest, if nothing is in its way.
func (s *Shell) next() {
	if len(s.waiting) == 0 || s.hindered() {
		return
	}
	path := s.waiting[0]
	s.waiting = s.waiting[1:]
	s.tellQueue(path)
	s.desk.Receive(path)
}

// tellQueue says how many books still wait, but not in the place of what was
// told of the book before: its 撤销 stands there.
func (s *Shell) tellQueue(path string) {
	if now := s.foot.notice.Text; now != "" && now != s.queued {
		return
	}
	s.queued = ""
	if n := len(s.waiting); n > 0 {
		s.queued = sayQueue(filepath.Base(path), n)
	}
	s.tell(page.Notice{Text: s.queued})
}

// remind asks what becomes of the books that wait, when a person goes elsewhere
// instead of answering for the one before them.
func (s *Shell) remind() {
	if n := len(s.waiting); n > 0 {
		s.tell(page.Notice{Text: sayStillWaiting(n), Choices: []page.Choice{
			{Text: doReceiveNext, Do: s.next}, {Text: doReceiveNone, Do: func() { s.waiting = nil }}}})
	}
}
