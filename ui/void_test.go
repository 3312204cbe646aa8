package ui

import (
	"path/filepath"
	"testing"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/sample"
	"touyan/ui/page"

	"fyne.io/fyne/v2"
)

// Ensure that a person entered by mistake is voided from the page, for a reason
// picked by a digit, with what is nothing without them as was told before; that
// what was being typed is saved first; and that one press takes all of it back.
func TestVoidsAPerson(t *testing.T) {
	s := openFew(t)
	id := s.person()
	s.tap("民族")
	s.write("蒙古族")
	s.press("作废")
	s.mustSay("作废“白音巴图”", "登记错了的才作废", "请办“离任…”", "任职 1 条、后备力量 1 条", "重复登记")
	s.chinese("the question")
	s.key(fyne.Key2)
	s.mustSay("已作废人员“白音巴图”，一起作废任职 1 条、后备力量 1 条。", "撤销")
	if list, is := s.shell.Page().(*page.List); !is || len(list.Rows()) != 0 {
		t.Fatalf("after it: %s", s.told())
	}
	for _, kind := range []string{"post", "reserve"} {
		if n := len(s.enter(kind).(*page.List).Rows()); n != 0 {
			t.Errorf("%d records of %s are left", n, kind)
		}
	}
	s.link("撤销")
	for _, kind := range []string{"person", "post", "reserve"} {
		if n := len(s.enter(kind).(*page.List).Rows()); n != 1 {
			t.Errorf("taken back, there are %d of %s", n, kind)
		}
	}
	if got := s.value("person", id, "ethnic"); got == "" {
		t.Error("what was typed before is lost")
	}
}

// Ensure that a reason can be typed, and that thinking better of it leaves all as
// it was.
func TestVoidsForATypedReason(t *testing.T) {
	s := openFew(t)
	s.only("reserve")
	s.press("作废")
	s.mustSay("请办“出库…”")
	s.press("取消")
	if op := s.lastOp(); op == "作废" {
		t.Fatal("voided all the same")
	}
	s.press("作废")
	for range 3 {
		s.key(fyne.KeyDown)
	}
	s.write("村名看错")
	s.key(fyne.KeyReturn)
	s.mustSay("已作废后备力量")
	s.enter(page.RoomSettings)
	s.press("看作废的记录")
	s.mustSay("村名看错")
}

// Ensure that each page of a record offers to void it, whatever state it is in.
func TestVoidIsOffered(t *testing.T) {
	s := openFew(t)
	change(s, func(p *record.Post) { p.To = field.Date{Year: 2026, Month: 1} })
	s.settle()
	for _, kind := range []string{"person", "village", "post", "reserve"} {
		if s.only(kind); !s.offers("作废") {
			t.Errorf("no way to void a %s: %s", kind, s.told())
		}
	}
}

// Ensure that a county is told why it cannot void an office that others still
// belong to.
func TestVoidIsRefusedWithWhatToDo(t *testing.T) {
	path := filepath.Join(t.TempDir(), "旗.touyan")
	build(t, path, sample.OfficeAt(field.County), true)
	s := newStation(t)
	s.Start(path)
	s.settle()
	s.enter("office")
	own := store.OfficeID(s.desk.DB.Office().Code)
	for _, id := range s.ids("office") {
		if id == own {
			continue
		}
		s.desk.Record("office", id)
		s.settle()
		s.press("作废")
		s.mustSay("记录写着“", "请先把它们改成别的")
		return
	}
	t.Fatal("the county knows no other office")
}
