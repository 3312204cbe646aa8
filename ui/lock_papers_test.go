package ui

import (
	"image"
	"runtime"
	"testing"
	"weak"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
)

// Ensure that locking closes the page a paper is seen large on, with pages over
// and below it kept, that no picture of a paper stays in memory, neither large
// nor small, nor one that was being read, and that the cards are there again
// afterwards.
func TestLocksPapersAway(t *testing.T) {
	s := admitted(t, nil)
	s.bare()
	s.drops(papersIn(t, "毕业证书.jpg", "合影.jpg")...)
	below := s.shell.Page()
	s.key(fyne.KeyDown, fyne.KeyReturn)
	s.mustSay("第 1 份，共 2 份")
	large := s.pictures()
	if len(large) != 1 {
		t.Fatalf("%d pictures are seen", len(large))
	}
	s.locks()
	runtime.GC()
	runtime.GC()
	for _, p := range large {
		if p.Value() != nil {
			t.Error("a picture is still in memory")
		}
	}
	s.come("张敏", firstWord)
	if s.shell.Page() != below {
		t.Fatalf("back at %s", s.shell.Page().Title())
	}
	s.mustSay("附件 2", "毕业证书")
	if n := len(s.pictures()); n != 2 {
		t.Errorf("%d cards with pictures", n)
	}
	s.key(fyne.KeyDown, fyne.KeyReturn)
	s.press("改登记")
	above := s.shell.Page()
	small := s.pictures()
	s.locks()
	s.come("张敏", firstWord)
	if s.shell.Page() != above || len(small) != 0 {
		t.Errorf("back at %s, not at what lay over the picture", s.shell.Page().Title())
	}
	s.desk.Close()
	s.settle()
	if s.shell.Page() != below {
		t.Errorf("below lies %s", s.shell.Page().Title())
	}
	s.mustSay("附件 2")
	if n := len(s.pictures()); n != 2 {
		t.Errorf("%d cards with pictures", n)
	}
}

// pictures are the photos on the canvas.
func (s *station) pictures() (list []weak.Pointer[image.YCbCr]) {
	for _, o := range test.LaidOutObjects(s.win.Canvas().Content()) {
		if c, is := o.(*canvas.Image); is {
			if photo, is := c.Image.(*image.YCbCr); is {
				list = append(list, weak.Make(photo))
			}
		}
	}
	return list
}
