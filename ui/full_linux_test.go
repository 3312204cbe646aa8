package ui

import (
	"os"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// Ensure that on a full disk a save is refused with the sentence, that what was
// typed stays in its field, and that leaving it again once there is space saves.
func TestWhatIsTypedStaysOnAFullDisk(t *testing.T) {
	if !apart(t) {
		return
	}
	s := openFew(t)
	before := s.lastOp()
	s.person()
	s.key(fyne.KeyDown)
	for n := 0; n < 40 && !focusedOn(s, "籍贯"); n++ {
		s.key(fyne.KeyTab)
	}
	const typed = "内蒙古赤峰"
	s.write(typed)
	info, err := os.Stat(s.desk.DB.Path())
	ok(t, err)
	lift := fullDisk(t, uint64(info.Size())/2)
	back := &desktop.CustomShortcut{KeyName: fyne.KeyLeft, Modifier: fyne.KeyModifierAlt}
	s.keys(back)
	s.mustSay("磁盘已满")
	lift()
	if got := s.lastOp(); got != before {
		t.Errorf("on a full disk %s was saved", got)
	}
	s.press("知道了")
	s.mustSay(typed)
	if got := s.shell.Page().Title(); got != "白音巴图" {
		t.Fatalf("the page is %s", got)
	}
	s.keys(back)
	s.mustSay("已保存白音巴图的籍贯")
	if got := s.lastOp(); got != "登记" {
		t.Errorf("once there is space the last operation is %s", got)
	}
}
