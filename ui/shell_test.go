package ui

import (
	"slices"
	"strings"
	"testing"

	"touyan/ui/page"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

// Ensure that the rooms stand in the groups of the work, in their order, and
// that groups without a room are not drawn.
func TestRoomsStandInGroups(t *testing.T) {
	s := open(t)
	var captions []string
	for _, text := range s.texts() {
		if slices.Contains([]string{"台账", "选", "育", "管", "促", "收发", "统计"}, text) {
			captions = append(captions, text)
		}
	}
	if want := []string{"台账", "选", "管", "收发", "统计"}; !slices.Equal(captions, want) {
		t.Errorf("draws %v, want %v", captions, want)
	}
	last := page.Bench
	for _, d := range s.shell.side.doors {
		if d.room.Group < last {
			t.Errorf("%s stands below a later group", d.room.Label)
		}
		last = d.room.Group
	}
}

// Ensure that what waits in a room is counted beside it, and no longer once it
// is done.
func TestCountsWhatWaits(t *testing.T) {
	s, _ := conflicted(t)
	count := func() string {
		for _, d := range s.shell.side.doors {
			if d.room.Name == page.RoomConflicts {
				return d.count.Text
			}
		}
		return "no door"
	}
	if got := count(); got != "1" {
		t.Fatalf("counts %q", got)
	}
	s.enter(page.RoomConflicts)
	s.hit(fyne.Key1)
	s.hit(fyne.Key1)
	s.press("裁定 1 处")
	if got := count(); got != "" {
		t.Errorf("after the decision counts %q", got)
	}
}

// Ensure that the path leads back, and so does Alt+Left, through pages and
// rooms.
func TestGoesBack(t *testing.T) {
	s := open(t)
	s.enter("village")
	s.drop(s.roster(func(func(int, string, string)) {}))
	if n := len(s.shell.top.links); n != 2 {
		t.Fatalf("the path has %d parts", n)
	}
	test.Tap(s.shell.top.links[0])
	s.settle()
	if s.shell.Page().Title() != "嘎查村" {
		t.Errorf("the path led to %s", s.shell.Page().Title())
	}
	s.enter("reserve")
	back := &desktop.CustomShortcut{KeyName: fyne.KeyLeft, Modifier: fyne.KeyModifierAlt}
	for _, want := range []string{"嘎查村", "人员", "人员"} {
		s.keys(back)
		if got := s.shell.Page().Title(); got != want {
			t.Errorf("went back to %s, want %s", got, want)
		}
	}
}

// Ensure that the keys lead to the rooms, to the list of keys and between the
// parts of the window, and that a question is answered first.
func TestKeysLeadAround(t *testing.T) {
	s := open(t)
	s.ctrl(fyne.Key2)
	if got := s.shell.Page().Title(); got != "嘎查村" {
		t.Errorf("Ctrl+2 leads to %s", got)
	}
	s.ctrl(fyne.Key9)
	s.function(fyne.KeyF1)
	s.mustSay("快捷键", "Ctrl+K", "F11")
	s.function(fyne.KeyF6)
	focused, onDoor := s.win.Canvas().Focused().(*door)
	if !onDoor || focused.room.Name != page.RoomKeys {
		t.Fatalf("F6 gives the keyboard to %T", s.win.Canvas().Focused())
	}
	for range 5 {
		s.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyUp})
	}
	s.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	s.settle()
	if got := s.shell.Page().Title(); got != "自定义项" {
		t.Errorf("five doors up stands %s", got)
	}
	list := s.enter("person").(*page.List)
	list.Grid.Focus()
	s.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyF1})
	if got := s.shell.Page().Title(); got != "快捷键" {
		t.Errorf("F1 in a table leads to %s", got)
	}
	s.enter("person")
	s.desk.ChooseBook()
	s.settle()
	s.ctrl(fyne.Key1)
	if s.desk.Panel() == nil || s.shell.Page().Title() != "人员" {
		t.Error("Ctrl+1 went past a question")
	}
	s.press("取消")
	s.ctrl(fyne.KeyP)
	s.mustSay("《")
}

// Ensure that Ctrl+Z asks by name at the foot, that Enter takes the operation
// back, and that without one it says so.
func TestTakesBackTheLastOperation(t *testing.T) {
	s := open(t)
	s.keys(&fyne.ShortcutUndo{})
	s.mustSay("没有可以撤销的操作")
	before := s.everything()
	phone(t, s.desk.DB, "15400007777")
	s.settle()
	s.link("知道了")
	s.mustSay("上一步：更正")
	s.keys(&fyne.ShortcutUndo{})
	s.mustSay("撤销“更正”？", "不撤销")
	s.link("不撤销")
	s.keys(&fyne.ShortcutUndo{})
	s.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	s.settle()
	s.mustSay("已撤销“更正”")
	if !slices.Equal(s.everything(), before) {
		t.Error("the ledger is another")
	}
	s.keys(&fyne.ShortcutUndo{})
	s.mustSay("没有可以撤销的操作")
}

// Ensure that density and contrast switch in the open window, that the page
// keeps what was found in it, and that the next window looks the same.
func TestLookSwitchesLive(t *testing.T) {
	s := open(t)
	s.shell.Find("by")
	s.settle()
	_, found, _ := s.shell.Page().(*page.List).Grid.Counts()
	s.desk.Dress(page.Look{Density: theme.Large, Strong: true})
	s.settle()
	list := s.shell.Page().(*page.List)
	if _, shown, _ := list.Grid.Counts(); shown != found {
		t.Errorf("shows %d rows instead of %d", shown, found)
	}
	if look := theme.Current(); look.Text != 17 || look.Line == look.Button {
		t.Errorf("text %v, buttons as black as lines: %v", look.Text, look.Line == look.Button)
	}
	s.enter(page.RoomSettings)
	s.mustSay("大字", "高对比")
	New(s.app, options(), tester)
	if look := theme.Current(); look.Text != 17 {
		t.Errorf("the next window has text %v", look.Text)
	}
}

// Ensure that F11 hides everything personal, also in a room entered later, in
// a detail and under the find box; that a page which cannot hide it is covered
// and a question set aside; and that F11 brings all of it back.
func TestProjecting(t *testing.T) {
	s, _ := conflicted(t)
	s.enter("person")
	s.desk.ChooseBook()
	s.settle()
	s.function(page.KeyWall)
	if s.desk.Panel() != nil || !s.says("正在投影") || theme.Current().Text != 20 {
		t.Errorf("a panel stays, or nothing says that it projects, or text is %v", theme.Current().Text)
	}
	list := s.shell.Page().(*page.List)
	list.Grid.OnOpen(list.Rows()[0])
	s.settle()
	s.mustSay("投影时不显示这一页")
	s.function(fyne.KeyEscape)
	s.shell.Search("白音")
	if screen := strings.Join(s.texts(), " "); strings.Contains(screen, "154") || strings.Contains(screen, "1978") {
		t.Errorf("something personal can be read: %s", screen)
	}
	s.enter(page.RoomConflicts)
	s.mustSay("白音巴图", "联系电话")
	if s.says("154") || s.says("2222") {
		t.Error("a disputed phone can be read")
	}
	s.function(page.KeyWall)
	s.mustSay("154••••2222", "选择要导入的工作簿")
	s.press("取消")
	if theme.Current().Text != 14 {
		t.Errorf("text stays %v", theme.Current().Text)
	}
}

// Ensure that every room, the find box and the start fit the smallest screen of
// the offices in every look, so that the window never grows beyond it.
func TestFitsTheSmallestScreen(t *testing.T) {
	fits := func(s *station, where string) {
		t.Helper()
		if least := s.win.Content().MinSize(); least.Width > 1366 || least.Height > 768 {
			t.Errorf("%s wants %v", where, least)
		}
	}
	start := newStation(t)
	for _, l := range []page.Look{{Density: theme.Dense}, {}, {Density: theme.Large, Strong: true}} {
		start.Start("")
		start.desk.Dress(l)
		start.ask(page.Stop{Text: "“没有.touyan”：找不到台账文件，它可能被移动或改了名。", Path: "没有.touyan", Lost: true})
		fits(start, "start")
	}
	s, _ := conflicted(t)
	for _, l := range []page.Look{{Density: theme.Dense}, {}, {Density: theme.Large, Strong: true}} {
		for _, wall := range []bool{false, true} {
			s.desk.Dress(l)
			if s.desk.Projecting() != wall {
				s.function(page.KeyWall)
			}
			for _, d := range s.shell.side.doors {
				s.shell.Show(d.room.Name)
				s.settle()
				fits(s, d.room.Name)
			}
			s.win.Resize(fyne.NewSize(1366, 768))
			s.shell.Search("")
			if pop := s.shell.palette.pop; pop.Content.Size().Height > 768 {
				t.Errorf("the find box is %v high", pop.Content.Size().Height)
			}
			s.shell.shut()
		}
		s.function(page.KeyWall)
	}
}
