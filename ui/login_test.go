package ui

import (
	"context"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/sample"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// Passwords of invented people.
const (
	firstWord  = "夏营地的井水A1"
	secondWord = "冬营地的羊圈B2"
)

// ticking is a clock that a test turns.
type ticking struct{ at time.Time }

func (c *ticking) now() time.Time { return c.at }

// entries are the journal's entries of one operation, the newest first.
func entries(s *station, op string) (list []store.Entry) {
	s.view(func(tx *store.Tx) error {
		for e, err := range tx.Journal() {
			if err != nil {
				return err
			}
			if e.Op == op {
				list = append(list, e)
			}
		}
		return nil
	})
	return list
}

// guarded shows the login page of an invented township with a first user who
// does everything and others beside him, each with firstWord; it returns the
// recovery code.
func guarded(t testing.TB, now func() time.Time, others ...store.User) (*station, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "前进.touyan")
	build(t, path, sample.OfficeAt(field.Township), true)
	o := options()
	if now != nil {
		o.Now = now
	}
	db, err := store.Open(path, o)
	ok(t, err)
	ctx := context.Background()
	code, err := db.Protect(ctx, "张敏", store.Roles, firstWord)
	ok(t, err)
	for _, u := range others {
		ok(t, db.AddUser(ctx, u.Name, u.Roles, firstWord))
	}
	ok(t, db.Close())
	s := newStationWith(t, o)
	s.Start(path)
	s.settle()
	if s.login == nil {
		t.Fatalf("no login page, but: %s", strings.Join(s.texts(), " "))
	}
	return s, code
}

// admitted is guarded, and its first user is in.
func admitted(t testing.TB, now func() time.Time, others ...store.User) *station {
	t.Helper()
	s, _ := guarded(t, now, others...)
	s.come("张敏", firstWord)
	if s.shell == nil {
		t.Fatalf("nobody is in: %s", strings.Join(s.texts(), " "))
	}
	return s
}

// come types a password and presses Enter, as a person would.
func (s *station) come(user, word string) {
	s.t.Helper()
	s.login.Fill(user, "")
	f := s.win.Canvas().Focused()
	if f == nil {
		s.t.Fatal("the field for the password has no keyboard")
	}
	for _, r := range word {
		f.TypedRune(r)
	}
	f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	s.settle()
}

var group = regexp.MustCompile(`^[2-9A-HJ-NP-Z]{5}$`)

// writeDown reads the recovery code off the screen, answers for the groups asked
// back and returns the code.
func (s *station) writeDown() string {
	s.t.Helper()
	var groups []string
	for _, text := range s.texts() {
		if group.MatchString(text) {
			groups = append(groups, text)
		}
	}
	if len(groups) != 7 {
		s.t.Fatalf("%d groups of a recovery code on a screen that says: %s", len(groups), strings.Join(s.texts(), " | "))
	}
	s.press("我已抄好")
	for _, text := range s.texts() {
		if at := strings.Index("1234567", strings.Trim(text, "第 组")); strings.HasPrefix(text, "第 ") && at >= 0 {
			f := s.win.Canvas().Focused()
			test.Type(f, strings.ToLower(groups[at]))
			f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		}
	}
	s.settle()
	return strings.Join(groups, "-")
}

// Ensure that a ledger with users asks who is there, says what must not be kept
// in it, shows nothing of its records, and opens by Enter.
func TestLogsIn(t *testing.T) {
	s, _ := guarded(t, nil, store.User{Name: "苏和", Roles: []store.Role{store.Clerk}})
	s.mustSay("张敏", "苏和", "经办人、负责人、系统管理员、审计员", "本程序不得存放涉密信息", s.desk.DB.Title())
	if s.shell != nil || s.says("村 ·") {
		t.Error("something of the ledger is shown before anybody is in")
	}
	s.come("苏和", "不对的密码1")
	s.mustSay("密码不对")
	if s.shell != nil || s.win.Canvas().Focused() == nil {
		t.Error("after a wrong password the field has no keyboard")
	}
	s.come("苏和", firstWord)
	if s.shell == nil || s.desk.Who.Name != "苏和" {
		t.Fatalf("not in, but: %s", strings.Join(s.texts(), " "))
	}
	s.mustSay("苏和 · 锁定")
	path := s.desk.DB.Path()
	s.change()
	s.settle()
	s.Open(path)
	s.settle()
	s.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	s.mustSay("请输入密码")
	for _, r := range firstWord { // the last user is chosen
		s.win.Canvas().Focused().TypedRune(r)
	}
	s.press("登录")
	if s.shell == nil || s.desk.Who.Name != "苏和" {
		t.Error("the last user was not chosen")
	}
}

// Ensure that another user is chosen by the arrow keys and by the mouse.
func TestChoosesTheUser(t *testing.T) {
	s, _ := guarded(t, nil, store.User{Name: "苏和", Roles: []store.Role{store.Clerk}})
	f := s.win.Canvas().Focused()
	f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	for _, r := range firstWord {
		f.TypedRune(r)
	}
	f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	s.settle()
	if s.shell == nil || s.desk.Who.Name != "苏和" {
		t.Fatal("Down does not go to the second user")
	}
}

// Ensure that the fifth wrong password closes the field, which counts down,
// and opens again by itself.
func TestWaitsAfterWrongPasswords(t *testing.T) {
	c := &ticking{clock()}
	s, _ := guarded(t, c.now)
	for range 5 {
		s.come("张敏", "不对的密码1")
	}
	s.mustSay("请等 30 秒")
	if s.login.Buttons().Press("登录") {
		t.Error("one may try while one has to wait")
	}
	c.at = c.at.Add(12 * time.Second)
	s.tick()
	s.mustSay("请等 18 秒")
	c.at = c.at.Add(19 * time.Second)
	s.tick()
	if s.says("请等") {
		t.Error("it still waits")
	}
	s.come("张敏", firstWord)
	if s.shell == nil {
		t.Fatalf("not in after the wait: %s", strings.Join(s.texts(), " "))
	}
	if n := len(entries(s, "密码输错")); n != 5 {
		t.Errorf("the journal has %d wrong passwords", n)
	}
}

// Ensure that the recovery code opens the ledger, that a slip of the pen is told
// by its group, and that who comes in so is led to give a new password.
func TestRecovers(t *testing.T) {
	s, code := guarded(t, nil)
	s.press("忘记密码")
	s.press("用恢复码登录")
	s.mustSay("请照封存的纸上")
	groups := strings.Split(code, "-")
	slip := slices.Clone(groups)
	slip[2] = slip[2][:4] + map[bool]string{true: "3", false: "2"}[slip[2][4] == '2']
	s.login.Fill("", strings.Join(slip, "-"))
	s.press("用恢复码登录")
	s.mustSay("第 3 组")
	s.login.Fill("", strings.Join(groups[:4], " "))
	s.press("用恢复码登录")
	s.mustSay("现在填了 4 组")
	s.login.Fill("", strings.ToLower(strings.Join(groups, " ")))
	s.press("用恢复码登录")
	if s.shell == nil {
		t.Fatalf("not in: %s", strings.Join(s.texts(), " "))
	}
	if got := s.shell.Page().Title(); got != "用户" {
		t.Errorf("led to %s", got)
	}
	if len(entries(s, "用恢复码登录")) != 1 {
		t.Error("the journal does not know")
	}
}
