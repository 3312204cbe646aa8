package form

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
)

func (s *station) picker() *picker {
	s.t.Helper()
	p, ok := s.float.(*picker)
	if !ok {
		s.t.Fatal("no calendar is open")
	}
	return p
}

func (s *station) picks(want string) {
	s.t.Helper()
	if got := s.picker().day.Format(time.DateOnly); got != want {
		s.t.Errorf("the calendar is at %s, want %s", got, want)
	}
}

// pressBox presses a part of the calendar.
func (s *station) pressBox(text string) {
	s.t.Helper()
	p := s.picker()
	for _, b := range p.boxes {
		if b.text == text && b.do != nil {
			s.click(p, b.at.AddXY(b.size.Width/2, b.size.Height/2))
			return
		}
	}
	s.t.Fatalf("the calendar has no %s", text)
}

// Ensure that the calendar is walked by days, weeks, months and years with the
// keyboard, and that Enter takes the day and goes on.
func TestPickerByKeyboard(t *testing.T) {
	s := newMember(t, Options{})
	s.Focus("birth")
	s.keys("F4")
	s.picks("2026-03-02")
	for _, c := range []struct{ key, want string }{
		{"Left", "2026-03-01"}, {"Left", "2026-02-28"}, {"Up", "2026-02-21"}, {"Down", "2026-02-28"}, {"Right", "2026-03-01"}, {"End", "2026-03-31"},
		{"PageUp", "2026-02-28"}, {"Shift+PageUp", "2025-02-28"}, {"Shift+PageUp", "2024-02-28"}, {"Right", "2024-02-29"},
		{"Shift+PageDown", "2025-02-28"}, {"PageDown", "2025-03-28"}, {"Home", "2025-03-01"},
	} {
		s.keys(c.key)
		s.picks(c.want)
	}
	s.mustSay("2025年3月")
	s.keys("Return")
	s.holds("birth", "2025.03.01", "2025-03-01")
	s.at("joined")
}

// Ensure that weeks begin on Monday.
func TestWeeksBeginOnMonday(t *testing.T) {
	s := newMember(t, Options{})
	s.Focus("birth")
	s.keys("F4") // 1 March 2026 is a Sunday
	p := s.picker()
	var column = map[string]float32{}
	for _, b := range p.boxes {
		column[b.text] = b.at.X
	}
	for day, name := range map[string]string{"1": "日", "2": "一", "8": "日", "14": "六", "31": "二"} {
		if column[day] != column[name] {
			t.Errorf("the %s. does not stand below %s", day, name)
		}
	}
	if s.picker().day.Weekday() != time.Monday {
		t.Error("the clock of the test is wrong")
	}
}

// Ensure that the mouse walks months and years without leaving the calendar,
// and takes a day, a month only, or today.
func TestPickerByMouse(t *testing.T) {
	s := newMember(t, Options{})
	c := s.cell("birth")
	s.click(c.button, fyne.NewPos(1, 1))
	s.pressBox(yearBack)
	s.pressBox(monthForth)
	s.picks("2025-04-02")
	s.pressBox("15")
	s.holds("birth", "2025.04.15", "2025-04-15")
	s.at("birth")
	if s.float != nil {
		t.Error("the calendar stays open")
	}
	s.click(c.button, fyne.NewPos(1, 1))
	s.pressBox(monthBack)
	s.pressBox(doMonth)
	s.holds("birth", "2025.03", "2025-03")
	s.click(c.button, fyne.NewPos(1, 1))
	s.pressBox(yearForth)
	s.picker().Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -10)})
	s.picks("2026-04-01")
	s.pressBox(doToday)
	s.holds("birth", "2026.03.02", "2026-03-02")
}

// Ensure that what is typed while the calendar is open leads it there, and that
// a month that was typed or stood there stays a month.
func TestPickerFollowsTyping(t *testing.T) {
	s := newMember(t, Options{})
	s.Focus("birth")
	s.keys("F4", "1978")
	s.picks("1978-01-01")
	s.keys(".05")
	s.picks("1978-05-01")
	s.keys("Return")
	s.holds("birth", "1978.05", "1978-05")
	s.Focus("birth")
	s.keys("F4", "Return")
	s.holds("birth", "1978.05", "1978-05")
	s.Focus("birth")
	s.keys("F4", "Right", "Return")
	s.holds("birth", "1978.05.02", "1978-05-02")
}
