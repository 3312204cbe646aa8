package ui

import (
	"testing"

	"touyan/ui/page"
)

// Ensure that a step asked for twice, before what it needs was read, asks once.
func TestStepPressedTwiceAsksOnce(t *testing.T) {
	s := open(t)
	s.desk.ChangeTerm("")
	s.desk.ChangeTerm("")
	s.settle()
	p := s.desk.Panel()
	if p == nil {
		t.Fatal("nothing was asked")
	}
	p.Hide()
	if again := s.desk.Panel(); again != nil {
		t.Errorf("asked again: %q", again.Title)
	}
}

// Ensure that a question still being read for is not put over another page.
func TestQuestionStaysWithItsPage(t *testing.T) {
	s := open(t)
	s.enter(page.RoomBatches)
	s.desk.ChangeTerm("")
	s.desk.Room(page.RoomProblems)
	s.settle()
	if p := s.desk.Panel(); p != nil {
		t.Errorf("asked over another page: %q", p.Title)
	}
}
