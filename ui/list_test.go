package ui

import (
	"slices"
	"strings"
	"testing"

	"touyan/store"
	"touyan/ui/page"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

// ids are those of all records of a kind.
func (s *station) ids(kind string) (out []string) {
	s.view(func(tx *store.Tx) error {
		for row, err := range tx.Rows(kind) {
			if err != nil {
				return err
			}
			out = append(out, row.ID)
		}
		return nil
	})
	return out
}

// value is what is stored in a cell.
func (s *station) value(kind, id, name string) (value string) {
	s.view(func(tx *store.Tx) error {
		row, _, err := tx.Row(kind, id)
		value = tx.Kinds().Kind(kind).Value(row, name)
		return err
	})
	return value
}

// list enters the list of a kind and shows a view of it, empty for none.
func (s *station) list(kind, view string) *page.List {
	s.t.Helper()
	l := s.enter(kind).(*page.List)
	if view != "" && !l.View(view) {
		s.t.Fatalf("no view %s", view)
	}
	l.Grid.Focus()
	s.settle()
	return l
}

// does hands a shortcut to what has the keyboard.
func (s *station) does(k fyne.Shortcut) {
	s.t.Helper()
	s.win.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(k)
	s.settle()
}

// letters are typed one by one, wherever the keyboard is then.
func (s *station) letters(text string) {
	s.t.Helper()
	for _, r := range text {
		s.win.Canvas().Focused().TypedRune(r)
		s.settle()
	}
}

// Ensure that any page can open a list with exactly some records, in their
// order, that a chip says why, and that pressing it shows all again.
func TestNamesNarrowAList(t *testing.T) {
	s := open(t)
	villages := s.ids("village")
	few := []string{villages[5], villages[2], villages[5]}
	for _, entered := range []bool{false, true} {
		if entered {
			s.enter("village")
			s.shell.Find("qj")
			s.settle()
			s.enter("person")
		}
		s.desk.Names("village", "缺后备的村", few)
		s.settle()
		list := s.shell.Page().(*page.List)
		if got := list.Grid.Shown(); !slices.Equal(got, few[:2]) {
			t.Fatalf("shows %d rows", len(got))
		}
		s.mustSay("缺后备的村", "24 个村 · 已筛选 2")
		s.tap("缺后备的村 2")
		if all, shown, _ := list.Grid.Counts(); all != len(villages) || shown != all || s.says("缺后备的村") {
			t.Errorf("after pressing the chip %d of %d are shown", shown, all)
		}
	}
}

// Ensure that a list narrowed from elsewhere shows all it was narrowed to,
// though it was left filtered when the window was last closed.
func TestNamesPutKeptFiltersAside(t *testing.T) {
	s := open(t)
	s.app.Preferences().SetString("village.view", `{"filters":[{"column":"holds.reserves","values":["0"]}]}`)
	villages := s.ids("village")
	s.desk.Names("village", "全部的村", villages)
	s.settle()
	if _, shown, _ := s.shell.Page().(*page.List).Grid.Counts(); shown != len(villages) {
		t.Errorf("shows %d of %d", shown, len(villages))
	}
}

// Ensure that what stands in the find box is still looked for once a view is
// chosen.
func TestAViewKeepsWhatIsLookedFor(t *testing.T) {
	s := open(t)
	l := s.list("village", "")
	s.shell.Find(s.value("village", l.Rows()[0], "name"))
	s.settle()
	_, found, _ := l.Grid.Counts()
	l.View("填报")
	s.settle()
	if all, shown, _ := l.Grid.Counts(); shown != found || shown == all || shown == 0 {
		t.Errorf("%d of %d are shown, %d were found", shown, all, found)
	}
}

// Ensure that the views the program brings show what they say: of each, some
// records and not all.
func TestReadyViews(t *testing.T) {
	s := open(t)
	for _, c := range []struct{ kind, view, says string }{
		{"person", "在任", "身份：一肩挑、书记、主任等 5 项"}, {"person", "书记", "身份：一肩挑、书记"}, {"person", "一肩挑", "身份：一肩挑"},
		{"person", "35岁以下", "年龄：不超过35"}, {"village", "没有后备的村", "后备人数：0"}, {"village", "本年届满", "届满：2026"},
		{"village", "没有书记的村", "书记：（空）"}, {"post", "在任", "在任：在任"}, {"post", "书记待备案", "备案结论：（空）"},
		{"reserve", "在库", "在库：是"},
	} {
		l := s.list(c.kind, c.view)
		if all, shown, _ := l.Grid.Counts(); shown == 0 || shown == all {
			t.Errorf("%s %s shows %d of %d", c.kind, c.view, shown, all)
		}
		s.mustSay(c.says, "已筛选", "视图："+c.view)
	}
}

// Ensure that villages' figures are typed down a column, one Enter each, that
// what is no number is refused and stays to be mended, that Ctrl+D fills down
// and Ctrl+Shift+D brings the figure before, and that each deed is undone as
// one.
func TestEntersFigures(t *testing.T) {
	s := open(t)
	l := s.list("village", "填报")
	ids := l.Grid.Shown()
	was := s.value("village", ids[0], "households")
	l.Grid.SelectCell(ids[0], "households")
	s.letters("101")
	s.key(fyne.KeyReturn)
	s.letters("1o2")
	s.key(fyne.KeyReturn)
	s.mustSay("“1o2”不是数")
	s.key(fyne.KeyBackspace, fyne.KeyBackspace)
	s.letters("02")
	s.key(fyne.KeyReturn, fyne.KeyEscape)
	for i, want := range []string{"101", "102"} {
		if got := s.value("village", ids[i], "households"); got != want {
			t.Errorf("village %d has %s households", i, got)
		}
	}
	s.mustSay("已改 1 条记录的“户数”")
	l.Grid.Select(ids[:4]...)
	s.does(&desktop.CustomShortcut{KeyName: fyne.KeyD, Modifier: fyne.KeyModifierShortcutDefault})
	for _, id := range ids[:4] {
		if got := s.value("village", id, "households"); got != "101" {
			t.Errorf("filled down %s", got)
		}
	}
	s.mustSay("已改 3 条记录的“户数”")
	l.Grid.Select(ids[0])
	s.does(&desktop.CustomShortcut{KeyName: fyne.KeyD, Modifier: fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift})
	if got := s.value("village", ids[0], "households"); got != was {
		t.Errorf("the figure before was %s and is %s", was, got)
	}
}

// Ensure that what is being typed into a cell is stored when another room is
// entered, the window is dressed anew or put on a wall, and that what cannot be
// taken keeps the page.
func TestStoresWhatIsBeingTyped(t *testing.T) {
	for name, leave := range map[string]func(s *station){
		"room":  func(s *station) { s.desk.Room("village") },
		"close": func(s *station) { s.shell.leave(func() {}) },
		"dress": func(s *station) { s.desk.Dress(page.KeptLook()) },
		"wall":  func(s *station) { s.function(page.KeyWall) },
	} {
		t.Run(name, func(t *testing.T) {
			s := openFew(t)
			l := s.list("person", "")
			id := l.Rows()[0]
			l.Grid.SelectCell(id, "skill")
			s.letters("养蜂")
			leave(s)
			s.settle()
			if got := s.value("person", id, "skill"); got != "养蜂" {
				t.Errorf("stored %q", got)
			}
		})
	}
	s := openFew(t)
	l := s.list("village", "填报")
	l.Grid.SelectCell(l.Rows()[0], "households")
	s.letters("1o2")
	s.desk.Room("person")
	s.settle()
	if s.shell.Page() != page.Page(l) {
		t.Error("the page was left")
	}
	s.mustSay("“1o2”不是数")
}

// Ensure that one text typed over a selection changes all its records by one
// operation which one undoing takes back, that a code is typed as its number
// and initials, and that Delete empties.
func TestEditsManyAsOne(t *testing.T) {
	s := open(t)
	l := s.list("person", "")
	ids := l.Grid.Shown()[10:14]
	l.Grid.SelectCell(ids[0], "skill")
	l.Grid.Select(ids...)
	s.letters("养蜂")
	s.key(fyne.KeyReturn)
	for _, id := range ids {
		if got := s.value("person", id, "skill"); got != "养蜂" {
			t.Errorf("skill is %q", got)
		}
	}
	s.mustSay("已改 4 条记录的“特长”")
	s.key(fyne.KeyDelete)
	if got := s.value("person", ids[1], "skill"); got != "" {
		t.Errorf("after Delete skill is %q", got)
	}
	s.link("撤销")
	if got := s.value("person", ids[1], "skill"); got != "养蜂" {
		t.Errorf("after undoing skill is %q", got)
	}
	l.Grid.Focus()
	l.Grid.SelectCell(ids[0], "ethnic")
	s.letters("manzu")
	s.key(fyne.KeyReturn)
	if got := s.value("person", ids[0], "ethnic"); got != "11" {
		t.Errorf("manzu became %q", got)
	}
}

// Ensure that cells which steps fill, or which are reckoned, are not typed
// into, and that the window says why.
func TestSaysWhatIsFixed(t *testing.T) {
	s := open(t)
	for _, c := range []struct{ kind, column, says string }{
		{"post", "to", "“离任时间”由任免、出入库等手续登记"}, {"person", "holds.age", "“年龄”是从别的记录算出来的"}, {"village", "office", "“苏木乡镇”要从已有的记录里选"},
	} {
		before := s.everything()
		l := s.list(c.kind, "")
		l.Grid.SelectCell(l.Rows()[0], c.column)
		s.letters("2")
		s.mustSay(c.says)
		s.key(fyne.KeyDelete)
		if !slices.Equal(before, s.everything()) {
			t.Errorf("%s of %s was changed", c.column, c.kind)
		}
	}
}

// Ensure that a block pasted from a worksheet is shown before it is taken, with
// a sentence for each cell that cannot be, and that the others are stored by
// one operation.
func TestPastesABlock(t *testing.T) {
	s := open(t)
	l := s.list("village", "填报")
	ids := l.Grid.Shown()
	l.Grid.SelectCell(ids[1], "members")
	stood := s.value("village", ids[2], "representatives")
	clipboard := test.NewClipboard()
	clipboard.SetContent("21\t31\r\n22\t三十二个\r\n23\t33\r\n")
	s.does(&fyne.ShortcutPaste{Clipboard: clipboard})
	s.mustSay("粘贴到表里", "1 格不能填", "“三十二个”不是数")
	s.press("写入这 5 格")
	for i, want := range [][2]string{{"21", "31"}, {"22", stood}, {"23", "33"}} {
		if got := [2]string{s.value("village", ids[i+1], "members"), s.value("village", ids[i+1], "representatives")}; got != want {
			t.Errorf("village %d has %v", i, got)
		}
	}
	if e := lastEntry(s); e.Op != "更正" {
		t.Errorf("the operation is %s", e.Op)
	}
	l.Grid.SelectCell(ids[1], "members")
	s.does(&fyne.ShortcutCopy{Clipboard: clipboard})
	if got := clipboard.Content(); got != "21" {
		t.Errorf("copied %q", got)
	}
}

// Ensure that an ID number pasted with the birth it names is taken, while the
// birth alone would contradict what stands there.
func TestPastesWhatBelongsTogether(t *testing.T) {
	s := openFew(t)
	l := s.list("person", "")
	id := l.Rows()[0]
	clipboard := test.NewClipboard()
	clipboard.SetContent("公民身份号码\t出生年月\r\n150426198003121233\t1980.03\r\n")
	l.Grid.SelectCell(id, "name")
	s.does(&fyne.ShortcutPaste{Clipboard: clipboard})
	s.mustSay("将改 2 格")
	s.press("写入这 2 格")
	if got := s.value("person", id, "birth"); got != "1980-03" {
		t.Errorf("born %s", got)
	}
}

// Ensure that a pasted cell which is right only beside one that is refused is
// refused with it, and not when all the others are to be written.
func TestPastesNothingThatLeansOnWhatIsRefused(t *testing.T) {
	s := openFew(t)
	l := s.list("person", "")
	id := l.Rows()[0]
	for _, c := range []struct{ text, says, press string }{
		{"公民身份号码\t出生年月\r\n150426198003121233\t1980.03\r\n", "将改 2 格", "写入这 2 格"},
		{"出生年月\t入党时间\t特长\r\n1970.01\t1990.01\t养蜂\r\n", "将改 1 格，涉及 1 行；2 格不能填", "写入这 1 格"},
	} {
		s.pastes(l, id, "name", c.text, c.says, c.press)
	}
	if got := s.value("person", id, "skill"); got != "养蜂" {
		t.Errorf("the skill is %q", got)
	}
}

// pastes pastes a text at a cell of a list, and answers what is then said.
func (s *station) pastes(l *page.List, id, column, text, says, press string) {
	s.t.Helper()
	clipboard := test.NewClipboard()
	clipboard.SetContent(text)
	l.Grid.SelectCell(id, column)
	s.does(&fyne.ShortcutPaste{Clipboard: clipboard})
	s.mustSay(says)
	s.press(press)
}

// Ensure that a pasted number is taken that differs from the one that stands
// there only where both are masked, and that the same number changes nothing.
func TestPastesWhatIsMasked(t *testing.T) {
	s := openFew(t)
	l := s.list("person", "")
	id := l.Rows()[0]
	for _, c := range []struct{ text, says, press string }{{"15400000001", "将改 0 格", "取消"}, {"15499990001", "将改 1 格", "写入这 1 格"}} {
		s.pastes(l, id, "phone", c.text, c.says, c.press)
	}
	if got := s.value("person", id, "phone"); got != "15499990001" {
		t.Errorf("the phone is %s", got)
	}
}

// Ensure that what is seen is printed: the rows and columns shown, and nothing
// asked.
func TestPrintsWhatIsSeen(t *testing.T) {
	s := open(t)
	l := s.list("village", "没有后备的村")
	l.PrintSeen()
	s.settle()
	s.mustSay("已打印成", "没有后备的村")
	if len(s.launched) != 1 || !strings.Contains(s.launched[0], "没有后备的村") {
		t.Errorf("opened %v", s.launched)
	}
}

// Ensure that filters and the view chosen are there again in the next window,
// but none that name a person.
func TestRemembersViews(t *testing.T) {
	s := open(t)
	l := s.list("person", "书记")
	_, shown, _ := l.Grid.Counts()
	kept := s.app.Preferences().String("person.view")
	if !strings.Contains(kept, "书记") {
		t.Errorf("kept %s", kept)
	}
	s.desk.Dress(page.KeptLook())
	s.settle()
	again := s.shell.Page().(*page.List)
	if _, now, _ := again.Grid.Counts(); now != shown {
		t.Errorf("in another look %d rows instead of %d", now, shown)
	}
	s.function(page.KeyWall)
	s.mustSay("视图：书记", "已筛选")
	if s.shell.Page().(*page.List).Grid.OnEdit != nil {
		t.Error("cells can be changed on a wall")
	}
}
