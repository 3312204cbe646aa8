package ui

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"touyan/store"
	"touyan/store/record"
	"touyan/store/sheet/byhand"
	"touyan/ui/page"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

// keeping is admitted on the page of users.
func keeping(t testing.TB, others ...store.User) *station {
	t.Helper()
	s := admitted(t, nil, others...)
	s.enter(page.RoomUsers)
	return s
}

func (s *station) pick(name string) {
	s.t.Helper()
	s.shell.Page().(*page.Users).Pick(name)
	s.settle()
}

// Ensure that a user is added with the roles ticked, that every mistake is told
// at its field while it is typed, and that he can log in.
func TestAddsAUser(t *testing.T) {
	s := keeping(t)
	s.press("新增用户")
	s.desk.FillUser(page.UserAnswers{Name: "张敏", Roles: []store.Role{}, New: "12345678", Again: "1"})
	s.mustSay("不要与已有的用户重名", "请至少选择一个角色", "密码至少 8 个字符", "两次输入的密码不一样")
	if s.desk.Panel().Buttons().Press("新增") {
		t.Error("what is wrong can be entered")
	}
	s.desk.FillUser(page.UserAnswers{Name: "其木格", Roles: []store.Role{store.Clerk, store.Lead}, New: secondWord, Again: secondWord})
	if s.says("请至少") || s.says("不一样") {
		t.Error("it still complains")
	}
	s.press("新增")
	s.mustSay("其木格", "经办人、负责人", "3 人能打开"[2:])
	s.locks()
	s.come("其木格", secondWord)
	if s.shell == nil || s.desk.Who.Name != "其木格" {
		t.Error("he cannot log in")
	}
}

// Ensure that no English reaches the screens of who has users.
func TestScreensOfUsersAreChinese(t *testing.T) {
	s, _ := guarded(t, nil, store.User{Name: "苏和", Roles: []store.Role{store.Clerk}})
	s.chinese("login")
	s.press("忘记密码")
	s.chinese("the recovery code")
	s.press("用密码登录")
	s.come("张敏", firstWord)
	s.walk("users", 1, func() {
		s.shell.Show(page.RoomUsers)
		s.settle()
		s.pick("苏和")
	})
	for _, room := range []string{page.RoomJournal, page.RoomSettings} {
		s.enter(room)
		s.chinese(room)
	}
}

// Ensure that the last administrator stays one, and is told so at the roles.
func TestKeepsTheLastAdministrator(t *testing.T) {
	s := keeping(t, store.User{Name: "苏和", Roles: []store.Role{store.Clerk}})
	s.pick("张敏")
	s.press("改角色")
	s.desk.FillUser(page.UserAnswers{Roles: []store.Role{store.Clerk}})
	s.press("保存")
	s.mustSay("台账至少要留一名系统管理员", "张敏的角色")
	s.press("取消")
	s.press("停用")
	s.press("停用“张敏”")
	s.mustSay("台账至少要留一名系统管理员")
	s.press("知道了")
	s.pick("苏和")
	s.press("改角色")
	s.desk.FillUser(page.UserAnswers{Roles: []store.Role{store.Lead}})
	s.press("保存")
	s.mustSay("苏和现在是负责人")
}

// Ensure that a user is removed by a button with his name, after it was told
// what that means, and is not let in any more.
func TestRemovesAUser(t *testing.T) {
	s := keeping(t, store.User{Name: "苏和", Roles: []store.Role{store.Clerk}})
	s.pick("苏和")
	s.press("停用")
	s.mustSay("全部换锁", "大约要")
	s.press("停用“苏和”")
	if n := len(s.desk.DB.Users()); n != 1 {
		t.Fatalf("%d users", n)
	}
	s.locks()
	if s.says("苏和") {
		t.Error("he can still be chosen")
	}
}

// Ensure that passwords are reset by the administrator and changed by oneself,
// the old one being asked for, and that a wrong old one is told at its field.
func TestChangesPasswords(t *testing.T) {
	s := keeping(t, store.User{Name: "苏和", Roles: []store.Role{store.Clerk}})
	s.pick("苏和")
	s.press("重设密码")
	s.desk.FillUser(page.UserAnswers{New: secondWord, Again: secondWord})
	s.press("重设密码")
	s.mustSay("苏和的密码重设好了")
	s.locks()
	s.come("苏和", secondWord)
	s.enter(page.RoomUsers)
	for _, no := range []string{"新增用户", "改角色", "重设密码", "停用", "更换恢复码", "更换密钥"} {
		if s.shell.Page().Buttons().Press(no) {
			t.Errorf("a 经办人 may press %s", no)
			s.putAway()
		}
	}
	s.mustSay("您不是系统管理员")
	s.press("修改我的密码")
	s.desk.FillUser(page.UserAnswers{Old: "不对的密码1", New: firstWord, Again: firstWord})
	s.press("保存")
	s.mustSay("密码不对", "现在的密码")
	s.desk.FillUser(page.UserAnswers{Old: secondWord, New: firstWord, Again: firstWord})
	s.press("保存")
	s.mustSay("密码改好了")
	s.locks()
	s.come("苏和", firstWord)
	if s.login != nil {
		t.Error("the new password does not open")
	}
}

// Ensure that a new recovery code is shown once, asked back, and takes the place
// of the old one; that what was printed of it is gone afterwards; and that the
// keys can be changed.
func TestChangesTheRecoveryCode(t *testing.T) {
	s, old := guarded(t, nil)
	s.come("张敏", firstWord)
	s.enter(page.RoomUsers)
	s.press("更换密钥")
	s.press("更换密钥")
	s.mustSay("密钥换好了")
	s.press("更换恢复码")
	s.press("换一个恢复码")
	s.tap("打印…")
	s.settle()
	if len(s.launched) != 1 {
		t.Fatalf("printed %v", s.launched)
	}
	if _, err := os.Stat(s.launched[0]); err != nil {
		t.Error(err)
	}
	s.press("我已抄好")
	s.press("核对")
	s.mustSay("与下面的不一样")
	code := s.writeDown()
	left, _ := filepath.Glob(filepath.Join(filepath.Dir(s.launched[0]), "*"))
	if len(left) != 0 {
		t.Errorf("left of the code: %v", left)
	}
	s.locks()
	s.press("忘记密码")
	s.login.Fill("", old)
	s.press("用恢复码登录")
	s.mustSay("已经换过新的")
	s.login.Fill("", code)
	s.press("用恢复码登录")
	if s.login != nil {
		t.Errorf("the new code does not open: %s", strings.Join(s.texts(), " "))
	}
}

// Ensure that what was printed of a recovery code goes, too, where the code was
// never told back: with the next to be shown the ledger.
func TestPrintedCodeLeftBehindGoes(t *testing.T) {
	s := admitted(t, nil, store.User{Name: "苏和", Roles: []store.Role{store.Clerk}})
	s.enter(page.RoomUsers)
	s.press("更换恢复码")
	s.press("换一个恢复码")
	s.tap("打印…")
	s.settle()
	s.locks()
	if _, err := os.Stat(s.launched[0]); err != nil {
		t.Fatal(err)
	}
	s.come("苏和", firstWord)
	if _, err := os.Stat(s.launched[0]); !os.IsNotExist(err) {
		t.Errorf("the printed code is still there: %v", err)
	}
}

// Ensure that an open ledger says so at its foot and is given a first user in
// the settings, whose name and lock stand in the bar then.
func TestProtectsAnOpenLedger(t *testing.T) {
	s := openAt(t, false)
	path := filepath.Join(t.TempDir(), "前进.touyan")
	ok(t, store.Create(path, s.desk.DB.Office(), false, options()))
	s.change()
	s.settle()
	s.Open(path)
	s.settle()
	s.mustSay("没有设密码")
	s.enter(page.RoomSettings)
	s.press("设密码")
	s.desk.FillUser(page.UserAnswers{Name: "张敏", New: firstWord, Again: firstWord})
	s.press("设密码")
	s.writeDown()
	if s.desk.DB.Open() || s.says("没有设密码") {
		t.Error("it is still open")
	}
	s.mustSay("张敏 · 锁定")
	s.locks()
	s.come("张敏", firstWord)
	if s.login != nil {
		t.Error("not back")
	}
}

// cellsOf are the texts of a book.
func cellsOf(t testing.TB, path string) (cells []string) {
	t.Helper()
	ok(t, byhand.Change(path, func(b byhand.Book) error {
		rows, err := b.Rows("交接清单")
		for _, r := range rows {
			cells = append(cells, r...)
		}
		return err
	}))
	return cells
}

// Ensure that a leaver's work is handed over: what is open is listed, the list
// to sign is printed, and his access ends with a word in the journal.
func TestHandsOver(t *testing.T) {
	s := keeping(t, store.User{Name: "苏和", Roles: []store.Role{store.Clerk}})
	s.pick("苏和")
	s.press("交接")
	s.mustSay("苏和的交接", "没有办完的事", "张敏")
	s.press("打印交接清单")
	if len(s.launched) != 1 || !strings.Contains(s.launched[0], "交接清单") {
		t.Fatalf("printed %v", s.launched)
	}
	text := strings.Join(cellsOf(t, s.launched[0]), " ")
	for _, want := range []string{"移交人", "苏和", "接手人", "张敏", "监交人（签字）", "留痕", "没有办完的事", "人员（条）"} {
		if !strings.Contains(text, want) {
			t.Errorf("the list does not say %s: %s", want, text)
		}
	}
	s.press("停用“苏和”")
	s.press("停用“苏和”")
	s.mustSay("苏和的工作交给了张敏")
	if e := entries(s, "交接"); len(e) != 1 || e[0].Object != "苏和 → 张敏" || len(s.desk.DB.Users()) != 1 {
		t.Errorf("the journal has %+v", e)
	}
}

// Ensure that a batch waits for approval, that a 经办人 sees why he may not, and
// that a 负责人 approves it once.
func TestApprovesABatch(t *testing.T) {
	s := admitted(t, nil, store.User{Name: "苏和", Roles: []store.Role{store.Clerk}}, store.User{Name: "其木格", Roles: []store.Role{store.Lead}})
	take := func() {
		ok(t, s.desk.DB.Do("导入", tester, func(tx *store.Tx) error {
			tx.NoteBatch(store.Batch{Book: "花名册.xlsx", Rows: 1, New: 1})
			return tx.Put(&record.Person{Name: "额尔敦"})
		}))
		s.settle()
	}
	take()
	first := func() {
		l := s.enter(page.RoomBatches).(*page.Batches)
		l.Grid.Select(l.Rows()[0])
		s.settle()
	}
	first()
	s.mustSay("未审核", "审核（自己经办的）")
	s.locks()
	s.come("苏和", firstWord)
	first()
	s.mustSay("审核（由负责人办）")
	s.locks()
	s.come("其木格", firstWord)
	first()
	s.press("审核")
	s.press("审核通过批次")
	s.mustSay("已审核 其木格")
	if s.shell.Page().Buttons().Press("审核") {
		t.Error("approved twice")
	}
	s.locks()
	s.come("张敏", firstWord)
	for _, name := range []string{"其木格", "苏和"} {
		for _, u := range s.desk.DB.Users() {
			if u.Name == name {
				ok(t, s.desk.DB.RemoveUser(context.Background(), u.ID))
			}
		}
	}
	take()
	first()
	s.press("审核")
	s.press("审核通过批次")
	if e := entries(s, store.OpApprove); len(e) != 2 || !strings.Contains(e[0].Object, "本单位只有一名负责人") {
		t.Errorf("the journal has %+v", e)
	}
}

// Ensure that an administrator without a key adds and removes people, that what
// waits for a holder of the keys is told, and that it is done when one comes in.
func TestKeysWaitForTheirHolder(t *testing.T) {
	s, _ := guarded(t, nil, store.User{Name: "管理员甲", Roles: []store.Role{store.Admin}}, store.User{Name: "苏和", Roles: []store.Role{store.Clerk}})
	s.come("管理员甲", firstWord)
	s.enter(page.RoomUsers)
	s.press("新增用户")
	s.desk.FillUser(page.UserAnswers{Name: "其木格", Roles: []store.Role{store.Clerk}, New: secondWord, Again: secondWord})
	s.press("新增")
	s.mustSay("待负责人登录移交")
	s.pick("苏和")
	s.press("交接")
	s.mustSay("您的角色看不到")
	s.press("取消")
	s.press("停用")
	s.press("停用“苏和”")
	s.mustSay("还有密钥没有换")
	s.locks()
	s.come("张敏", firstWord)
	s.enter(page.RoomUsers)
	if s.desk.DB.Stale() || s.says("还有密钥没有换") || s.says("待负责人登录移交") {
		t.Error("the keys still wait")
	}
	s.locks()
	s.come("其木格", secondWord)
	if got := s.enter("person").(*page.List); len(got.Rows()) == 0 {
		t.Error("the new clerk sees nobody")
	}
}

// Ensure that the time after which a ledger locks itself is chosen in the
// settings by an administrator alone, and that nothing of it can be taken back.
func TestChoosesWhenToLock(t *testing.T) {
	s := admitted(t, nil, store.User{Name: "苏和", Roles: []store.Role{store.Clerk}})
	choose := func() *widget.Select {
		for _, o := range test.LaidOutObjects(s.enter(page.RoomSettings).Content()) {
			if list, is := o.(*widget.Select); is {
				return list
			}
		}
		t.Fatal("nothing to choose from")
		return nil
	}
	if list := choose(); list.Disabled() || list.Selected != "15 分钟" {
		t.Errorf("offers %s", list.Selected)
	} else {
		list.SetSelected("5 分钟")
		s.settle()
	}
	s.mustSay("5 分钟没有人动")
	s.ctrl(fyne.KeyZ)
	s.mustSay("没有可以撤销的操作")
	s.locks()
	s.come("苏和", firstWord)
	if got := s.desk.LockAfter(); got != 5*time.Minute {
		t.Errorf("locks after %v", got)
	}
	if list := choose(); !list.Disabled() || list.Selected != "5 分钟" {
		t.Error("a 经办人 may choose")
	}
	s.mustSay("您不是系统管理员")
}
