package ui

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"touyan/store"
	"touyan/store/field"
	"touyan/ui/page"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

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
	again.Post = func(f func()) { again.posted <- f }
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
	s.mustSay("谁来管这本台账", "一人多岗")
	s.desk.FillUser(page.UserAnswers{Name: "乌兰", New: firstWord, Again: firstWord})
	s.press("选择位置")
	s.press("保存")
	if s.shell == nil {
		t.Fatalf("nothing opened: %s", strings.Join(s.texts(), " | "))
	}
	s.writeDown()
	s.mustSay("台账建好了", "导入花名册", "前进苏木", "乌兰")
	s.press("以后再说")
	if _, err := os.Stat(filepath.Join(home, "前进苏木.touyan")); err != nil {
		t.Error(err)
	}
	if made := entries(s, "建立台账"); len(made) != 1 || made[0].Who.Name != "乌兰" {
		t.Errorf("the journal has %+v", made)
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
	nobody.Post = func(f func()) { nobody.posted <- f }
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
