package ui

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
)

// Ensure that identity and phone numbers are shown everywhere by one press, with
// one entry in the journal, are masked on a wall, and are masked again by
// locking.
func TestNumbersForTheSession(t *testing.T) {
	c := &ticking{clock()}
	s := admitted(t, c.now)
	s.person()
	if phonesSeen(s) != 0 {
		t.Fatal("a phone is shown at once")
	}
	s.tap("显示号码")
	if phonesSeen(s) != 2 {
		t.Errorf("%d phones are shown, want that of the head and that of the form", phonesSeen(s))
	}
	if text := strings.Join(s.texts(), " "); strings.Count(text, "••••") != 1 || strings.Count(text, " 显示 ") != 1 {
		t.Errorf("something besides the income is masked still: %s", text)
	}
	s.shell.close()
	s.settle()
	s.person()
	if n := len(entries(s, "显示证件号码和电话（本次）")); n != 1 || phonesSeen(s) == 0 {
		t.Errorf("%d entries, %d phones", n, phonesSeen(s))
	}
	s.function(fyne.KeyF11)
	if phonesSeen(s) != 0 {
		t.Error("a wall shows a phone")
	}
	s.function(fyne.KeyF11)
	s.ctrl(fyne.KeyL)
	s.come("张敏", firstWord)
	if phonesSeen(s) != 0 || s.desk.ShowsNumbers() {
		t.Error("what was shown for the session is shown after it")
	}
	s.mustSay("••••")
}

var phoneNumber = regexp.MustCompile(`^1[0-9]{10}$`)

// phonesSeen counts the phones on the screen in full.
func phonesSeen(s *station) (n int) {
	for _, text := range s.texts() {
		if phoneNumber.MatchString(text) {
			n++
		}
	}
	return n
}

// Ensure that showing what is private of a record is journalled once, however
// often one looks.
func TestRevealingIsJournalledOnce(t *testing.T) {
	s := open(t)
	s.person()
	for range 2 {
		s.tap("显示")
		s.tap("隐藏")
	}
	list := entries(s, "显示隐藏的内容")
	if len(list) != 1 || list[0].Object != "人员" || list[0].Detail == "" {
		t.Errorf("the journal has %+v", list)
	}
}

// Ensure that a number copied from the ledger leaves the clipboard after a
// minute, that another's text stays, and that leaving empties it too.
func TestNumbersLeaveTheClipboard(t *testing.T) {
	c := &ticking{clock()}
	s := admitted(t, c.now)
	clip := fyne.CurrentApp().Clipboard()
	put := func(text string) { clip.SetContent(text); s.desk.Copied(text); s.settle() }
	put("15400002222")
	c.at = c.at.Add(59 * time.Second)
	s.tick()
	if clip.Content() == "" {
		t.Error("it left early")
	}
	c.at = c.at.Add(time.Second)
	s.tick()
	if clip.Content() != "" {
		t.Error("a phone stays in the clipboard")
	}
	put("15400002222")
	clip.SetContent("别处来的")
	c.at = c.at.Add(time.Minute)
	s.tick()
	if clip.Content() != "别处来的" {
		t.Error("what came from elsewhere was taken")
	}
	put("前进嘎查")
	c.at = c.at.Add(time.Minute)
	s.tick()
	if clip.Content() != "前进嘎查" {
		t.Error("a name was taken")
	}
	if n := len(entries(s, "复制证件号码或电话")); n != 2 {
		t.Errorf("%d entries of copying", n)
	}
	put("150499199005120026")
	s.leave()
	if clip.Content() != "" {
		t.Error("a number stays behind")
	}
}
