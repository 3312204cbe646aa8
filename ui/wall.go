package ui

import (
	"touyan/ui/page"

	"fyne.io/fyne/v2"
)

// wall begins or ends projecting. What is told at the foot may name somebody:
// it waits until the wall is done.
func (s *Shell) wall() {
	on := !s.desk.Projecting()
	if on {
		s.untold = s.foot.notice
		s.foot.tell(page.Notice{})
	}
	s.desk.Project(on)
	dress(fyne.CurrentApp(), page.KeptLook(), on)
	s.remake()
	if !on && s.foot.notice.Text == "" && s.untold.Text != "" {
		s.foot.ask(s.untold)
	}
	if !on {
		s.untold = page.Notice{}
	}
}

func (s *Shell) covered() bool { return s.covers(s.Page()) }

// covers reports a page that cannot be shown now.
func (s *Shell) covers(p page.Page) bool {
	_, may := p.(page.Projector)
	return s.desk.Projecting() && !may
}

// title is a page's in the path. That of one a wall may not show may be
// somebody's name.
func (s *Shell) title(p page.Page) string {
	if s.covers(p) {
		return sayCoveredName
	}
	return p.Title()
}
