package ui

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
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
	if want := []string{"台账", "选", "收发"}; !slices.Equal(captions, want) {
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
	c := s.enter(page.RoomConflicts).(*page.Conflicts)
	c.Grid.Select(c.Rows()[0])
	c.Reason("核实后以本级为准")
	s.press("采用本级")
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
	s.ctrl(fyne.Key1)
	if got := s.shell.Page().Title(); got != "嘎查村" {
		t.Errorf("Ctrl+1 leads to %s", got)
	}
	s.ctrl(fyne.Key9)
	s.function(fyne.KeyF1)
	s.mustSay("快捷键", "Ctrl+K", "F11")
	s.function(fyne.KeyF6)
	focused, onDoor := s.win.Canvas().Focused().(*door)
	if !onDoor || focused.room.Name != page.RoomKeys {
		t.Fatalf("F6 gives the keyboard to %T", s.win.Canvas().Focused())
	}
	for range 2 {
		s.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyUp})
	}
	s.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	s.settle()
	if got := s.shell.Page().Title(); got != "冲突" {
		t.Errorf("two doors up stands %s", got)
	}
	list := s.enter("person").(*page.List)
	list.Grid.Focus()
	s.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyF1})
	if got := s.shell.Page().Title(); got != "快捷键" {
		t.Errorf("F1 in a table leads to %s", got)
	}
	s.enter("person")
	s.press("上报")
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
		"qianjin": "前进嘎查", "hbll": "后备力量", "ty": "开始投影"} {
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
	s.mustSay("白音巴图 · 人员", "154••••0001")
	s.press("关闭")
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
	s.press("上报")
	s.function(page.KeyWall)
	if s.desk.Panel() != nil || !s.says("正在投影") || theme.Current().Text != 20 {
		t.Errorf("a panel stays, or nothing says that it projects, or text is %v", theme.Current().Text)
	}
	list := s.shell.Page().(*page.List)
	list.Grid.OnOpen(list.Rows()[0])
	s.settle()
	s.press("关闭")
	s.shell.Search("白音")
	if screen := strings.Join(s.texts(), " "); strings.Contains(screen, "154") || strings.Contains(screen, "1978") {
		t.Errorf("something personal can be read: %s", screen)
	}
	s.enter(page.RoomConflicts)
	s.mustSay("投影时不显示这一页")
	if s.says("1540") || s.shell.Page().Buttons().Press("采用") && s.says("请选择原因") {
		t.Error("the covered page shows or does something")
	}
	s.function(page.KeyWall)
	s.mustSay("154••••2222", "上报", "选择保存位置")
	s.press("取消")
	if theme.Current().Text != 14 {
		t.Errorf("text stays %v", theme.Current().Text)
	}
}

// Ensure that the size of the window, the room left, widths and order of
// columns are remembered, and nothing of any record.
func TestRemembersHowItWasLeft(t *testing.T) {
	s := open(t)
	list := s.enter("village").(*page.List)
	list.Grid.OnResize("name", 222)
	list.Grid.OnSort("name", 2)
	s.shell.Find("qj")
	s.win.Resize(fyne.NewSize(1500, 800))
	path := s.desk.DB.Path()
	s.close()
	again := &station{Window: New(s.app, options(), tester), t: t, posted: make(chan func(), 1<<12)}
	again.post = func(f func()) { again.posted <- f }
	t.Cleanup(again.leave)
	if got := again.win.Canvas().Size(); got.Width != 1500 {
		t.Errorf("the window is %v", got)
	}
	again.Start("")
	again.settle()
	if again.shell == nil || again.desk.DB.Path() != path {
		t.Fatal("another ledger is open, or none")
	}
	left := again.shell.Page().(*page.List)
	if column, order := left.Grid.Sorted(); left.Title() != "嘎查村" || column != "name" || order != 2 {
		t.Errorf("shows %s sorted by %q %v", left.Title(), column, order)
	}
	var names []string
	again.view(func(tx *store.Tx) error {
		for _, kind := range []string{"person", "village"} {
			for row, err := range tx.Rows(kind) {
				if err != nil {
					return err
				}
				names = append(names, row.ID, row.Values[max(tx.Kinds().Kind(kind).Index("name"), 0)])
			}
		}
		return nil
	})
	for _, key := range []string{"village.view", "person.view", "room"} {
		for _, name := range names {
			if kept := s.app.Preferences().String(key); strings.Contains(kept, name) {
				t.Errorf("%s holds %s", key, name)
			}
		}
	}
}

// Ensure that the first run asks level, office and name, says what is wrong
// with them, makes the ledger, offers to import the old roster, and that who
// works here stands in the journal.
func TestFirstRun(t *testing.T) {
	s := newStation(t)
	home := t.TempDir()
	t.Setenv("HOME", home)
	s.Start("")
	s.settle()
	for _, c := range []struct{ unit, code, name, says string }{
		{"", "150426201", "张敏", "请填写单位名称"},
		{"前进苏木", "1504262", "张敏", "9 位或 12 位数字"},
		{"前进苏木", "15042620A", "张敏", "9 位或 12 位数字"},
		{"前进苏木", "150426201", " ", "请填写您的姓名"},
	} {
		s.start.Fill(field.Township, c.unit, c.code, c.name)
		s.press("新建台账")
		s.mustSay(c.says)
	}
	s.start.Fill(field.Township, "前进苏木", "150426201", "乌兰")
	s.press("新建台账")
	s.press("保存")
	if s.shell == nil {
		t.Fatalf("nothing opened: %s", strings.Join(s.texts(), " | "))
	}
	s.mustSay("台账建好了", "导入花名册", "前进苏木", "乌兰")
	s.press("以后再说")
	if _, err := os.Stat(filepath.Join(home, "前进苏木.touyan")); err != nil {
		t.Error(err)
	}
	if e := lastEntry(s); e.Who.Name != "乌兰" || e.Op != "建立台账" {
		t.Errorf("the journal has %+v", e)
	}
	if s.says("示例数据") {
		t.Error("a real ledger is called a sample")
	}
}

// Ensure that the name typed in the settings is the journal's from then on,
// that an empty one is not taken, and that who never said a name is asked.
func TestSignsWithAName(t *testing.T) {
	s := open(t)
	for _, c := range []struct{ typed, stays string }{{"乌兰", "乌兰"}, {"  ", "乌兰"}} {
		settings := s.enter(page.RoomSettings)
		for _, o := range test.LaidOutObjects(settings.Content()) {
			if box, isBox := o.(interface {
				fyne.Focusable
				SetText(string)
			}); isBox {
				s.win.Canvas().Focus(box)
				box.SetText(c.typed)
				s.win.Canvas().Unfocus()
			}
		}
		s.settle()
		if got := s.shell.top.user.text.Text; got != c.stays {
			t.Errorf("after typing %q the window says %q", c.typed, got)
		}
	}
	list := s.enter("person").(*page.List)
	s.drop(s.roster(func(set func(int, string, string)) { set(0, "person.phone", "15400009999") }))
	s.press("接受")
	if e := lastEntry(s); e.Who.Name != "乌兰" {
		t.Errorf("the journal has %+v", e)
	}
	if len(list.Rows()) == 0 {
		t.Error("the list is empty")
	}
	nobody := &station{Window: New(test.NewTempApp(t), options(), store.Actor{}), t: t, posted: make(chan func(), 1<<12)}
	nobody.post = func(f func()) { nobody.posted <- f }
	t.Cleanup(nobody.leave)
	path := s.desk.DB.Path()
	s.leave()
	s.shell = nil
	nobody.Start(path)
	nobody.settle()
	nobody.mustSay("请在设置里填上您的姓名")
	nobody.link("去填写")
	nobody.mustSay("您的姓名")
}

// Ensure that ledgers opened before are offered at the start, that books taken
// in before are in the menu of 导入, and that another ledger can be opened
// without leaving the program.
func TestOffersWhatWasUsedLately(t *testing.T) {
	s := open(t)
	book := s.roster(func(func(int, string, string)) {})
	s.drop(book)
	s.press("不导入")
	s.press("导入")
	s.mustSay("选择工作簿", "花名册.xlsx　在")
	tops := s.win.Canvas().Overlays()
	tops.Remove(tops.Top())
	s.enter(page.RoomSettings)
	s.press("换一本台账")
	if s.shell != nil {
		t.Fatal("the ledger is still open")
	}
	s.mustSay("打开已有的台账", "示例")
	s.press("示例")
	if s.shell == nil || s.shell.Page().Title() != "设置" {
		t.Error("the ledger is not back where it was left")
	}
}

// Ensure that work shows how far it is, and stops when told so.
func TestWorkCountsAndStops(t *testing.T) {
	s := open(t)
	stopped := errors.New("not stopped")
	s.desk.Attempt("正在读取", func(ctx context.Context, tell func(done, total int64)) error {
		tell(3000, 20_000)
		<-ctx.Done()
		return ctx.Err()
	}, func(err error) { stopped = err })
	for s.desk.Panel() == nil || !s.says("已处理 3,000 / 20,000") {
		select {
		case f := <-s.posted:
			f()
		case <-time.After(time.Minute):
			t.Fatalf("shows no progress: %s", strings.Join(s.texts(), " | "))
		}
	}
	s.press("取消")
	if !errors.Is(stopped, context.Canceled) {
		t.Errorf("ended with %v", stopped)
	}
}

// Ensure that the system's dialog is asked where there is one, also for paths
// with spaces, that choosing nothing does nothing, and that ours serves when
// the system's fails.
func TestAsksTheSystemsDialog(t *testing.T) {
	s := open(t)
	book := filepath.Join(t.TempDir(), "带头人 材料", "前进 花名册.xlsx")
	ok(t, os.MkdirAll(filepath.Dir(book), 0o700))
	plain, err := os.ReadFile(s.roster(func(func(int, string, string)) {}))
	ok(t, err)
	ok(t, os.WriteFile(book, plain, 0o600))
	var asked page.Ask
	answer := func(path string, err error) {
		s.desk.Native = func(_ context.Context, a page.Ask) (string, error) { asked = a; return path, err }
	}
	answer("", page.ErrNoChoice)
	s.press("导入")
	if s.desk.Panel() != nil || asked.Title != "选择要导入的工作簿" || asked.Save {
		t.Errorf("asked %+v, and a panel: %v", asked, s.desk.Panel() != nil)
	}
	answer("", errors.New("no dialog"))
	s.press("导入")
	s.mustSay("选择要导入的工作簿", "打开")
	s.press("取消")
	answer(book, nil)
	s.press("导入")
	s.mustSay("导入“前进 花名册.xlsx”")
}
