package ui

import (
	"os"
	"path/filepath"
	"testing"

	"touyan/store"
	"touyan/store/backup"
	"touyan/store/field"
	"touyan/store/sample"
	"touyan/ui/page"
)

// openKept shows a township of which copies are made.
func openKept(t *testing.T) *station {
	path := filepath.Join(t.TempDir(), "前进.touyan")
	build(t, path, sample.OfficeAt(field.Township), true)
	s := newStation(t)
	s.KeepBackups()
	s.Start(path)
	s.settle()
	return s
}

func copies(t *testing.T, s *station) []backup.Copy {
	t.Helper()
	list, err := backup.List(backup.Folder(s.desk.DB.Path()))
	ok(t, err)
	return list
}

// Ensure that a copy is made by hand, told at the foot and in the journal, that
// what came after it is told, and that it is put back by its date, with what
// was there kept beside, and the ledger open again.
func TestBackupIsMadeAndPutBack(t *testing.T) {
	s := openKept(t)
	b := s.enter(page.RoomBackups).(*page.Backups)
	s.mustSay("还没有备份")
	s.press("立即备份")
	s.mustSay("备份 今天 09:30", "完好", "手动")
	if n := len(copies(t, s)); n != 1 || len(entries(s, "备份")) != 1 {
		t.Fatalf("%d copies", n)
	}
	id := phone(t, s.desk.DB, "15400008888")
	s.settle()
	b.Refresh()
	s.settle()
	s.mustSay("之后的 1 步操作还没有备进去", "更正")
	b.Grid.Select(b.Rows()[0])
	s.press("核对这一份")
	s.mustSay("是完好的")
	s.press("恢复…")
	s.mustSay("更正", "不会删除")
	path := s.desk.DB.Path()
	s.press("恢复 2026.03.02 09:30 的备份")
	if s.shell == nil || s.desk.DB.Path() != path {
		t.Fatalf("the ledger did not open again: %s", s.told())
	}
	s.mustSay("台账已恢复，用的是：2026-03-02 0930 手动")
	if phoneOf(t, s.desk.DB, id) == "15400008888" {
		t.Error("the ledger is as it was before")
	}
	if len(entries(s, "恢复备份")) != 1 {
		t.Error("the journal does not tell of it")
	}
	aside, err := filepath.Glob(filepath.Join(filepath.Dir(path), "前进 恢复前*.touyan"))
	if err != nil || len(aside) != 1 {
		t.Errorf("beside it lies %v, %v", aside, err)
	}
	s.chinese("backups")
}

// Ensure that a copy that is damaged is told as that, and is not put back.
func TestBrokenCopyIsTold(t *testing.T) {
	s := openKept(t)
	b := s.enter(page.RoomBackups).(*page.Backups)
	s.press("立即备份")
	c := copies(t, s)[0]
	f, err := os.OpenFile(c.Path, os.O_RDWR, 0)
	ok(t, err)
	_, err = f.WriteAt([]byte("坏了"), 9000)
	ok(t, err)
	ok(t, f.Close())
	b.Refresh()
	s.settle()
	s.mustSay("损坏")
	b.Grid.Select(b.Rows()[0])
	s.press("恢复…")
	s.press("恢复 2026.03.02 09:30 的备份")
	if s.shell == nil {
		t.Fatalf("the ledger is not open: %s", s.told())
	}
	s.mustSay("没有完成")
}

// Ensure that copies are made before and after an import, and at the end.
func TestBackupsAroundAnImport(t *testing.T) {
	s := openKept(t)
	s.enter("person")
	s.drop(s.roster(func(set func(row int, path, text string)) { set(0, "person.phone", "15400007777") }))
	s.press("接受")
	why := map[backup.Reason]bool{}
	for _, c := range copies(t, s) {
		why[c.Reason] = true
	}
	if !why[backup.Import.Before()] || !why[backup.Import.After()] {
		t.Errorf("copies for %v", why)
	}
	phone(t, s.desk.DB, "15400009999")
	folder := backup.Folder(s.desk.DB.Path())
	s.settle()
	s.leave()
	list, err := backup.List(folder)
	ok(t, err)
	if list[0].Reason != backup.AtExit {
		t.Errorf("the last copy is for %s", list[0].Reason)
	}
}

// Ensure that closing the window makes the last copy beside the UI thread, that
// whoever calls it off stays with the ledger, and that the next time it closes
// with one copy.
func TestClosingMakesTheLastCopy(t *testing.T) {
	s := openKept(t)
	phone(t, s.desk.DB, "15400009999")
	s.settle()
	folder := backup.Folder(s.desk.DB.Path())
	goOn := s.slow() // the copy cannot be noted yet
	s.close()
	for s.desk.Panel() == nil { // until the progress is shown
		(<-s.posted)()
	}
	said := s.says("正在做退出前的备份")
	if !s.desk.Panel().Buttons().Press("取消") {
		t.Error("cannot be called off")
	}
	goOn()
	if !said {
		t.Error("it is not told what goes on")
	}
	if s.desk.DB.View(func(*store.Tx) error { return nil }) != nil {
		t.Fatal("the ledger is closed")
	}
	phone(t, s.desk.DB, "15400009998")
	s.settle()
	s.close()
	s.settle()
	if s.desk.DB.View(func(*store.Tx) error { return nil }) == nil {
		t.Error("the ledger is open")
	}
	list, err := backup.List(folder)
	ok(t, err)
	if s.keeper != nil || len(list) != 2 || list[0].Reason != backup.AtExit || list[1].Reason != backup.AtExit {
		t.Errorf("there are %v", list)
	}
}

// Ensure that after a login the foot tells of the copies there are.
func TestCopiesAreKnownAfterALogin(t *testing.T) {
	s := openKept(t)
	path := s.desk.DB.Path()
	if _, err := s.desk.DB.Protect(t.Context(), "张敏", store.Roles, firstWord); err != nil {
		t.Fatal(err)
	}
	s.leave()
	s.shell = nil
	s.Start(path)
	s.settle()
	s.come("张敏", firstWord)
	s.mustSay("备份 今天 09:30")
}
