package ui

import (
	"slices"
	"testing"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/ui/page"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// answers are the lines under the find box.
func (s *station) answers() []string {
	var out []string
	for _, a := range s.shell.palette.answers {
		out = append(out, a.text.Text)
	}
	return out
}

// Ensure that one box finds people by characters, pinyin, initials, ID number
// and phone, and villages, rooms and commands; that numbers show masked; that
// Enter opens what was found and Escape closes the box.
func TestFindsFromAnywhere(t *testing.T) {
	s := openFew(t)
	s.ctrl(fyne.KeyK)
	for typed, want := range map[string]string{"白音": "白音巴图", "baiyinb": "白音巴图", "bybt": "白音巴图", "154000": "白音巴图",
		"qianjin": "前进嘎查", "hbll": "后备力量", "ty": "开始投影", "密码": "给台账设密码", "heyan": "核验台账"} {
		s.shell.Search(typed)
		if got := s.answers(); !slices.Contains(got, want) {
			t.Errorf("%s finds %v", typed, got)
		}
	}
	s.shell.Search("154000")
	s.mustSay("前进嘎查 党组织书记", "154••••0001")
	s.shell.Search("没有这个人")
	s.mustSay("没有查到")
	box := s.win.Canvas().Focused()
	box.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	box.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if s.shell.palette != nil {
		t.Fatal("Escape leaves the box open")
	}
	s.enter("village")
	s.ctrl(fyne.KeyK)
	s.shell.Search("bybt")
	s.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	s.settle()
	s.mustSay("白音巴图", "前进嘎查 党组织书记", "154••••0001")
	s.shell.Search("hbll")
	test.Tap(s.shell.palette.answers[0])
	s.settle()
	if got := s.shell.Page().Title(); got != "后备力量" {
		t.Errorf("shows %s", got)
	}
}

// Ensure that the find box follows the ledger: who was renamed is found by the
// new name alone, who was made by theirs, and what was undone is not.
func TestFindFollowsTheLedger(t *testing.T) {
	s := openFew(t)
	ok(t, s.desk.DB.Do("更名", tester, func(tx *store.Tx) error {
		for p, err := range store.All[record.Person](tx) {
			if err != nil {
				return err
			}
			p.Name = "李秀英"
			if err := tx.Put(p); err != nil {
				return err
			}
		}
		return tx.Put(&record.Person{Head: field.Head{ID: store.NewID(clock())}, Name: "单晓明", Phone: "15400005555"})
	}))
	s.settle()
	s.mustSay("1 村 · 2 人")
	for typed, want := range map[string]bool{"李秀英": true, "sxm": true, "5555": true, "白音": false} {
		s.shell.Search(typed)
		if got := s.answers(); (len(got) > 0) != want {
			t.Errorf("%s finds %v", typed, got)
		}
	}
	s.shell.shut()
	s.keys(&fyne.ShortcutUndo{})
	s.link("撤销")
	s.shell.Search("sxm")
	if got := s.answers(); len(got) > 0 {
		t.Errorf("finds %v after the undo", got)
	}
	s.mustSay("1 村 · 1 人")
}

// BenchmarkKeystroke is all that happens in the window at a keystroke in the
// find box, in a township: searching, looking up what tells names apart, and
// the lines drawn anew. A frame is 16 ms.
func BenchmarkKeystroke(b *testing.B) {
	s := open(b)
	s.shell.search()
	typed := []string{"b", "by", "byb", "154", "qj"}
	n := 0
	for b.Loop() {
		s.shell.palette.show(typed[n%len(typed)])
		n++
	}
}

// Ensure that on a wall nobody is found by a number that is hidden there, but
// still by name.
func TestFindsNoHiddenNumberOnAWall(t *testing.T) {
	s := openFew(t)
	finder := page.NewFinder(s.desk)
	finder.Refresh()
	s.settle()
	for _, wall := range []bool{false, true} {
		if wall {
			s.function(page.KeyWall)
		}
		if found := len(finder.Find("15400000001", nil, nil)) > 0; found == wall {
			t.Errorf("on a wall %v: found by phone %v", wall, found)
		}
		if len(finder.Find("白音", nil, nil)) == 0 {
			t.Errorf("on a wall %v: not found by name", wall)
		}
	}
}
