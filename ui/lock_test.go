package ui

import (
	"context"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"touyan/store"
	"touyan/store/record"
	"touyan/ui/page"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

// personal are names and numbers of the people of a ledger.
func personal(s *station) (list []string) {
	s.view(func(tx *store.Tx) error {
		for p, err := range store.All[record.Person](tx) {
			if err != nil {
				return err
			}
			list = append(list, p.Name)
			for _, text := range []string{p.IDNo, p.Phone} {
				if text != "" {
					list = append(list, text)
				}
			}
		}
		return nil
	})
	return list
}

// canvasTexts are all texts in the window, seen or not.
func (s *station) canvasTexts() string {
	c := s.win.Canvas()
	var out []string
	for _, root := range append([]fyne.CanvasObject{c.Content()}, c.Overlays().List()...) {
		for _, o := range test.LaidOutObjects(root) {
			if text, is := o.(*canvas.Text); is {
				out = append(out, text.Text)
			}
		}
	}
	return strings.Join(out, "\n")
}

// locks presses Ctrl+L where the keyboard is.
func (s *station) locks() {
	s.t.Helper()
	s.keys(&desktop.CustomShortcut{KeyName: fyne.KeyL, Modifier: fyne.KeyModifierShortcutDefault})
	if s.login == nil {
		s.t.Fatal("Ctrl+L does not lock")
	}
}

// Ensure that a locked window holds nothing personal anywhere on its canvas, that
// its keys and dropped books do nothing, and that the ledger's keys are gone.
func TestLocksEverythingAway(t *testing.T) {
	s := admitted(t, nil)
	list := s.enter("person").(*page.List)
	names := personal(s)
	list.Grid.OnOpen(list.Rows()[0])
	s.settle()
	s.ctrl(fyne.KeyK)
	db := s.desk.DB
	s.locks()
	if !db.Locked() {
		t.Error("the keys are still there")
	}
	check := func(when string) {
		t.Helper()
		texts := s.canvasTexts()
		for _, name := range names {
			if strings.Contains(texts, name) {
				t.Fatalf("%s: %s can be read", when, name)
			}
		}
		if s.login == nil || s.win.Canvas().Overlays().Top() != nil {
			t.Fatalf("%s: not locked, or something lies over it", when)
		}
	}
	check("locked")
	if strings.Contains(s.win.Title(), db.Title()) && strings.Contains(s.win.Title(), names[0]) {
		t.Errorf("the title is %s", s.win.Title())
	}
	for _, key := range []fyne.KeyName{fyne.KeyK, fyne.KeyZ, fyne.Key2, fyne.KeyP, fyne.KeyN} {
		s.ctrl(key)
	}
	for _, key := range []fyne.KeyName{fyne.KeyF1, fyne.KeyF6, fyne.KeyF11, fyne.KeyEscape, fyne.KeyReturn} {
		s.function(key)
	}
	s.dropped([]fyne.URI{nil}[:0])
	check("after keys")
	s.come("张敏", firstWord)
	if s.shell == nil || s.login != nil {
		t.Fatal("not back")
	}
	s.mustSay(names[0][:3])
}

// Ensure that the same user finds the page, the field, the caret and what he had
// typed, and that a draft of it was kept meanwhile.
func TestComesBackToTheSameField(t *testing.T) {
	s := admitted(t, nil)
	list := s.enter("person").(*page.List)
	list.Grid.OnOpen(list.Rows()[0])
	s.settle()
	for range 90 { // to a field one types into
		s.win.Canvas().FocusNext()
		if _, types := s.win.Canvas().Focused().(interface{ CursorPosition() fyne.Position }); types && textOf(s.win.Canvas().Focused()) != "" {
			break
		}
	}
	field := s.win.Canvas().Focused()
	before := s.shell.Page()
	test.Type(field, "额")
	field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	box, is := field.(interface{ CursorPosition() fyne.Position })
	if !is {
		t.Fatalf("the keyboard is at a %T", field)
	}
	caret := box.CursorPosition()
	typed := textOf(field)
	s.locks()
	s.come("张敏", firstWord)
	if s.shell.Page() != before {
		t.Error("another page is shown")
	}
	if got := s.win.Canvas().Focused(); got != field {
		t.Errorf("the keyboard is at %T", got)
	}
	if got := textOf(field); got != typed || !strings.Contains(got, "额") {
		t.Errorf("the field holds %q, and held %q", got, typed)
	}
	if got := box.CursorPosition(); got != caret {
		t.Errorf("the caret is at %v, and was at %v", got, caret)
	}
}

// textOf is what stands in a field.
func textOf(f fyne.Focusable) string { return reflect.ValueOf(f).Elem().FieldByName("Text").String() }

// Ensure that a question waits behind the lock with what was typed into it, and
// is there again afterwards.
func TestAQuestionWaitsBehindTheLock(t *testing.T) {
	s := admitted(t, nil)
	s.enter(page.RoomUsers)
	s.press("新增用户")
	s.desk.FillUser(page.UserAnswers{Name: "其木格", New: secondWord})
	s.locks()
	if s.says("其木格") || s.says("新增用户") {
		t.Error("the question can be read")
	}
	s.come("张敏", firstWord)
	s.mustSay("新增用户", "其木格")
	if s.desk.Panel() == nil {
		t.Fatal("the question is gone")
	}
	s.press("取消")
}

// Ensure that another user begins anew, on the bench and with his own rooms, and
// that what the one before had asked is gone.
func TestAnotherUserBeginsAnew(t *testing.T) {
	s := admitted(t, nil, store.User{Name: "苏和", Roles: []store.Role{store.Clerk}})
	s.enter(page.RoomUsers)
	s.press("新增用户")
	s.locks()
	s.come("苏和", firstWord)
	if s.desk.Who.Name != "苏和" || s.desk.Panel() != nil {
		t.Fatalf("%s works, over him: %v", s.desk.Who.Name, s.desk.Panel())
	}
	if got := s.shell.Page().Title(); got != "工作台" {
		t.Errorf("begins at %s", got)
	}
}

// Ensure that the window locks itself after so long without input as the ledger
// says, and after the machine slept, but not while somebody types.
func TestLocksByItself(t *testing.T) {
	c := &ticking{clock()}
	s := admitted(t, c.now)
	pass := func(d time.Duration) { // a minute at a time, as the clock is looked at
		for ; d > 0; d -= time.Minute {
			c.at = c.at.Add(time.Minute)
			s.tick()
			s.settle()
		}
	}
	pass(time.Minute)
	pass(14 * time.Minute)
	if s.login != nil {
		t.Fatal("locked too early")
	}
	s.stir()
	pass(14 * time.Minute)
	if s.login != nil {
		t.Fatal("input does not count")
	}
	pass(2 * time.Minute)
	if s.login == nil {
		t.Fatal("does not lock itself")
	}
	s.come("张敏", firstWord)
	pass(time.Minute)
	c.at = c.at.Add(3 * time.Minute) // asleep
	s.tick()
	s.settle()
	if s.login == nil {
		t.Error("does not lock after sleep")
	}
	s.come("张敏", firstWord)
	ok(t, s.desk.DB.KeepSetting("设置", "", tester, "lock-minutes", 5))
	s.desk.ReadLockAfter()
	s.settle()
	pass(time.Minute)
	pass(6 * time.Minute)
	if s.login == nil {
		t.Error("the ledger's own time is not kept")
	}
	if !s.desk.DB.Locked() {
		t.Error("the keys are still there")
	}
}

// Ensure that keys and the mouse count as somebody being there, wherever the
// keyboard is.
func TestHearsInput(t *testing.T) {
	c := &ticking{clock()}
	s := admitted(t, c.now)
	heard := func(what string, do func()) {
		t.Helper()
		c.at = c.at.Add(time.Minute)
		do()
		if !s.idle.since.Equal(c.at) {
			t.Errorf("%s is not heard", what)
		}
	}
	heard("the mouse", func() { s.win.Canvas().Content().(desktop.Hoverable).MouseMoved(nil) })
	if canvas, is := s.win.Canvas().(desktop.Canvas); is {
		heard("a key", func() { canvas.OnKeyDown()(&fyne.KeyEvent{Name: fyne.KeyDown}) })
		s.enter("person")
		s.ctrl(fyne.KeyF)
		heard("typing", func() {
			s.win.Canvas().Focused().(desktop.Keyable).KeyDown(&fyne.KeyEvent{Name: fyne.KeyA})
		})
	}
}

// Ensure that an import that runs is finished behind the lock, and only then
// the keys go; what it tells is there when one is back.
func TestWorkEndsBehindTheLock(t *testing.T) {
	s := admitted(t, nil)
	db := s.desk.DB
	begun, go1 := make(chan bool), make(chan bool)
	var failed error
	s.desk.Attempt("正在导入", func(context.Context, func(done, total int64)) error {
		close(begun)
		<-go1
		for range 3 { // as the steps of a batch
			if failed = db.Do("录入", tester, func(tx *store.Tx) error { return tx.Put(&record.Person{Name: "额尔敦"}) }); failed != nil {
				return failed
			}
		}
		return nil
	}, func(err error) { s.desk.Tell(page.Notice{Text: "导入完了"}) })
	<-begun
	s.lock()
	if s.login == nil || db.Locked() {
		t.Error("the screen is not covered at once, or the keys went before the work was done")
	}
	// He is back before it is done: he waits for it.
	s.login.Fill("张敏", firstWord)
	s.login.Buttons().Press("登录")
	s.mustSay("手头的工作还在收尾")
	close(go1)
	s.settle()
	if failed != nil {
		t.Errorf("the work failed: %v", failed)
	}
	if s.login != nil {
		t.Fatalf("not back: %s", strings.Join(s.texts(), " "))
	}
	s.mustSay("导入完了")
	if n := len(entries(s, "登录")); n != 2 {
		t.Errorf("%d logins in the journal: the ledger was never locked", n)
	}
}

// Ensure that the clipboard is emptied of what was copied here, and of nothing
// else.
func TestForgetsWhatWasCopied(t *testing.T) {
	s := admitted(t, nil)
	clip := s.app.Clipboard()
	for _, c := range []struct {
		copied, there, stays string
	}{{"15400000001", "15400000001", ""}, {"15400000001", "别的程序里的", "别的程序里的"}} {
		s.desk.Copied(c.copied)
		clip.SetContent(c.there)
		s.locks()
		if got := clip.Content(); got != c.stays {
			t.Errorf("the clipboard holds %q", got)
		}
		s.come("张敏", firstWord)
	}
}

// Ensure that the rooms, the find box and dropped books follow the roles, and
// that nothing fails on the way into any room.
func TestRoomsFollowTheRoles(t *testing.T) {
	users := []store.User{{Name: "管理员甲", Roles: []store.Role{store.Admin}}, {Name: "审计员甲", Roles: []store.Role{store.Auditor}}, {Name: "经办人甲", Roles: []store.Role{store.Clerk}}}
	for _, c := range []struct {
		name    string
		rooms   []string
		without []string
	}{
		{"管理员甲", []string{"用户", "留痕", "设置"}, []string{"人员", "嘎查村", "批次"}},
		{"审计员甲", []string{"留痕"}, []string{"用户", "人员", "设置"}},
		{"经办人甲", []string{"人员", "批次", "用户", "设置"}, nil},
	} {
		s, _ := guarded(t, nil, users...)
		s.come(c.name, firstWord)
		if s.shell == nil {
			t.Fatalf("%s is not in: %s", c.name, strings.Join(s.texts(), " "))
		}
		var rooms []string
		for _, d := range s.shell.side.doors {
			rooms = append(rooms, d.room.Label)
			s.enter(d.room.Name)
			if s.desk.Panel() != nil {
				t.Errorf("%s in %s: %s", c.name, d.room.Label, strings.Join(s.texts(), " "))
				s.putAway()
			}
		}
		for _, want := range c.rooms {
			if !slices.Contains(rooms, want) {
				t.Errorf("%s has no %s but %v", c.name, want, rooms)
			}
		}
		for _, not := range c.without {
			if slices.Contains(rooms, not) {
				t.Errorf("%s has %s", c.name, not)
			}
		}
		if c.without != nil && len(rooms) > 4 {
			t.Errorf("%s has %v", c.name, rooms)
		}
		if c.name != "经办人甲" {
			s.shell.Receive(filepath.Join(t.TempDir(), "花名册.xlsx"))
			s.mustSay("您的角色看不到记录")
			s.shell.Search("导入")
			if s.says("导入工作簿") {
				t.Errorf("%s is offered to import", c.name)
			}
		}
		s.leave()
	}
}
