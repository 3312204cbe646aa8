package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"touyan/store"
	"touyan/store/paper"
	"touyan/store/record"
	"touyan/ui/page"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// voidedOne is a station whose person has two papers, one of them void.
func voidedOne(t *testing.T) (s *station, person string) {
	t.Helper()
	s = openFew(t)
	person = s.person()
	s.drops(papersIn(t, "毕业证书.jpg", "合影.jpg")...)
	s.key(fyne.KeyDown, fyne.KeyReturn)
	s.press("作废")
	s.key(fyne.Key3)
	return s, person
}

// voidedPage goes to the voided records and selects the first.
func (s *station) voidedPage() {
	s.t.Helper()
	s.enter(page.RoomSettings)
	s.press("看作废的记录")
	p, is := s.shell.Page().(*page.Voided)
	if !is || len(p.Rows()) == 0 {
		s.t.Fatalf("no voided records: %s", s.told())
	}
	p.Grid.Select(p.Rows()[0])
	s.settle()
}

func (s *station) sealedFiles() int {
	entries, err := os.ReadDir(paper.Dir(s.desk.DB.Path()))
	if err != nil && !os.IsNotExist(err) {
		s.t.Fatal(err)
	}
	return len(entries)
}

// Ensure that a voided paper is purged by a reason typed and a press on its
// name, after it was said what goes and what stays; that Enter alone does not do
// it; that its file is gone, and that nothing offers to take it back.
func TestPurgesAVoidedPaper(t *testing.T) {
	s, _ := voidedOne(t)
	s.voidedPage()
	s.mustSay("毕业证书", "与另一份重复", "彻底清除由负责人办")
	s.press("彻底清除")
	s.mustSay("彻底清除“", "也不能撤销", "请不要写个人信息", "本人要求删除")
	for range 4 {
		s.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	}
	test.Type(s.win.Canvas().Focused(), "本人来信")
	s.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	s.settle()
	s.mustSay("“毕业证书”（白音巴图的附件）和它的原件", "从此谁也看不到、找不回，不能撤销", "和它的原件", "留痕只留下这件事", "以前的备份里还有它", "台账文件要重写一遍", "中途请不要关机")
	s.chinese("the question")
	s.function(fyne.KeyReturn)
	if s.sealedFiles() != 2 || s.desk.Panel() == nil {
		t.Fatal("Enter alone purges")
	}
	s.press("彻底清除“")
	s.mustSay("已彻底清除 1 条记录和 1 份原件，台账文件已重写。", "没有作废的记录。")
	if s.sealedFiles() != 1 {
		t.Errorf("%d files are kept", s.sealedFiles())
	}
	var why string
	s.view(func(tx *store.Tx) error {
		for e, err := range tx.Journal() {
			if e.Op == store.OpPurge || err != nil {
				why = e.Why
				return err
			}
		}
		return nil
	})
	if why != "本人来信" {
		t.Errorf("journalled with %q", why)
	}
	s.ctrl(fyne.KeyZ)
	if s.says(paper.OpVoid) || !s.says(paper.OpAttach) { // of two papers, one is still there
		t.Errorf("offered for taking back: %s", s.told())
	}
}

// Ensure that the entry of an operation whose records were purged says so and
// cannot be taken back.
func TestWhatWasPurgedIsNotTakenBack(t *testing.T) {
	s, _ := voidedOne(t)
	s.voidedPage()
	s.press("看这一条")
	if !s.says("作废附件") || !s.shell.Page().Buttons().Press("撤销") {
		t.Fatalf("a voiding cannot be taken back: %s", s.told())
	}
	s.settle()
	s.press("取消")
	s.shell.Page().(interface{ Focus() }).Focus()
	s.desk.Close()
	s.settle()
	s.press("彻底清除")
	s.key(fyne.Key1)
	s.press("彻底清除“")
	var seq uint64
	s.view(func(tx *store.Tx) error {
		for e, err := range tx.Journal() {
			if e.Op == paper.OpVoid || err != nil {
				seq = e.Seq
				return err
			}
		}
		return nil
	})
	j := s.enter(page.RoomJournal).(*page.Journal)
	for _, row := range j.Rows() {
		j.Grid.OnOpen(row)
		s.settle()
		if s.says("它改过的记录已彻底清除，不能撤销") {
			if s.shell.Page().Buttons().Press("撤销") {
				t.Error("it can be pressed all the same")
			}
			return
		}
		s.desk.Close()
		s.settle()
	}
	t.Errorf("entry %d does not say that its record was purged", seq)
}

// Ensure that the page of a voided person is where it is purged from, and that
// its papers go with it.
func TestPurgesAPersonWithItsPapers(t *testing.T) {
	s, person := voidedOne(t)
	ok(t, s.desk.DB.Do("作废", tester, func(tx *store.Tx) error { return tx.Void("person", person, "不是本苏木的人") }))
	s.settle()
	s.enter("person")
	s.desk.Record("person", person)
	s.settle()
	s.mustSay("作废的记录", "不是本苏木的人")
	s.press("彻底清除")
	s.key(fyne.Key1)
	s.mustSay("和它的 2 份附件、原件", "任职、后备等别的记录还在")
	s.press("彻底清除“白音巴图”")
	s.mustSay("已彻底清除 3 条记录和 2 份原件")
	if s.sealedFiles() != 0 {
		t.Errorf("%d files are kept", s.sealedFiles())
	}
	if told := strings.Join(s.everything(), "\n"); strings.Contains(told, "白音巴图") || strings.Contains(told, "毕业证书") {
		t.Error("it still says so")
	}
}

// Ensure that a 经办人 sees what is void and cannot purge it, and is told who can.
func TestPurgingTakesALeader(t *testing.T) {
	s := admitted(t, nil, store.User{Name: "苏和", Roles: []store.Role{store.Clerk}})
	ok(t, s.desk.DB.Do("作废", tester, func(tx *store.Tx) error {
		for p, err := range store.All[record.Person](tx) {
			if err != nil {
				return err
			}
			return tx.Void("person", p.ID, "重复录入")
		}
		return nil
	}))
	s.settle()
	s.locks()
	s.come("苏和", firstWord)
	s.voidedPage()
	s.mustSay("重复录入", "您不是负责人")
	if s.shell.Page().Buttons().Press("彻底清除") {
		t.Error("a 经办人 may purge")
	}
}

// Ensure that a purge whose file cannot be written anew is told as what it is,
// and that the writing is offered until it succeeds.
func TestPurgeOffersToWriteAnew(t *testing.T) {
	s, _ := voidedOne(t)
	path := s.desk.DB.Path()
	blocked := filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+".rewriting", "里面")
	ok(t, os.MkdirAll(blocked, 0o700))
	s.voidedPage()
	s.press("彻底清除")
	s.key(fyne.Key1)
	s.press("彻底清除“")
	s.mustSay("已经彻底清除", "台账文件没有重写成", "请现在重写一遍")
	if s.shell.Press("撤销") {
		t.Error("the foot offers to take back what is purged")
	}
	s.press("现在重写")
	s.mustSay("台账文件没有重写成")
	ok(t, os.RemoveAll(filepath.Dir(blocked)))
	s.press("现在重写")
	s.mustSay("台账文件已重写，清除的内容不再留在文件里。")
	if s.sealedFiles() != 1 {
		t.Errorf("%d files are kept", s.sealedFiles())
	}
}
