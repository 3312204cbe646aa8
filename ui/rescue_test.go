package ui

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"touyan/store/backup"
	"touyan/store/examine"
	"touyan/store/field"
	"touyan/store/pages"
	"touyan/store/record"
	"touyan/store/sample"

	"fyne.io/fyne/v2"
)

func TestMain(m *testing.M) {
	examine.Main(os.Args)
	os.Exit(m.Run())
}

// newExaminer is a window that looks at ledgers before it opens them.
func newExaminer(t testing.TB) *station {
	s := newStation(t)
	s.Examine = examine.File
	return s
}

// copyFile is the backup of the tests.
func copyFile(from, to string) error {
	b, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, b, 0o600)
}

// Ensure that a damaged ledger is told with the newest backup and what would be
// missing, that restoring asks first, and that the ledger then opens.
func TestRestoresADamagedLedger(t *testing.T) {
	path := filepath.Join(t.TempDir(), "前进苏木台账.touyan")
	kept := filepath.Join(t.TempDir(), "备份.touyan")
	build(t, path, sample.OfficeAt(field.Township), false)
	ok(t, copyFile(path, kept))
	ok(t, os.Truncate(path, 20_000))
	s := newExaminer(t)
	s.Rescue = examine.Rescue{
		Find: func(_ context.Context, ledger string) (examine.Offer, bool) {
			return examine.Offer{From: kept, Made: time.Date(2026, 3, 1, 17, 5, 0, 0, time.Local), Counted: true, Count: 3, Last: clock()}, ledger == path
		},
		Restore: func(_ context.Context, ledger string, o examine.Offer, _ func(done, total int64)) error {
			return copyFile(o.From, ledger)
		},
	}
	s.Start(path)
	s.settle()
	s.mustSay("台账没有打开", "“前进苏木台账.touyan”：台账文件不完整，后面缺了一截", "最新的完好备份是 2026年3月1日 17:05 的", "缺少在它之后做的 3 步操作，最后一步在 2026年3月2日 09:30", "恢复这份备份", "再试一次", "另选台账")
	s.press("恢复这份备份")
	s.mustSay("现在的文件会改名留在原处")
	s.press("不恢复")
	if s.shell != nil {
		t.Fatal("a damaged ledger opened")
	}
	s.function(fyne.KeyReturn) // the main button, no field having the keyboard
	s.mustSay("现在的文件会改名留在原处")
	s.function(fyne.KeyReturn)
	if s.shell == nil {
		t.Fatalf("the restored ledger did not open: %v", s.texts())
	}
}

// Ensure that where the last operation did not reach the disk whole, what was
// there before it is offered first, beside the newest backup, and that taking it
// opens the ledger without that operation alone and says so.
func TestRestoresWhatWasBeforeTheLastOperation(t *testing.T) {
	s := openFew(t)
	s.Rescue, s.Examine = backup.Rescue(""), examine.File
	path, person := s.desk.DB.Path(), s.ids("person")[0]
	_, err := backup.Make(t.Context(), s.desk.DB, backup.Folder(path), backup.ByHand, nil)
	ok(t, err)
	for _, phone := range []string{"15400000002", "15400000003"} {
		change(s, func(p *record.Person) { p.Phone = phone })
	}
	s.leave()
	s.shell = nil
	b, err := os.ReadFile(path)
	ok(t, err)
	last := pages.Roots(bytes.NewReader(b))[0]
	clear(b[last.Tree*uint64(last.PageSize):][:last.PageSize])
	ok(t, os.WriteFile(path, b, 0o600))
	s.Start(path)
	s.settle()
	s.mustSay("台账文件已损坏", "最后一次保存没有写完整", "最多缺少最后一步操作", "最新的完好备份是", "恢复这份备份")
	s.chinese("the start page")
	s.press("恢复到最后一步之前")
	s.mustSay("恢复台账", "现在的文件会改名留在原处")
	s.press("恢复")
	s.mustSay("台账已恢复，用的是：最后一步之前的内容。")
	if got := s.value("person", person, "phone"); got != "15400000002" {
		t.Errorf("the phone is %s", got)
	}
}

// Ensure that each thing that can be wrong with a file is told on the start
// page, that where a backup would help and there is none that is told too, and
// that trying again opens what was put right meanwhile.
func TestTellsWhatTheLookFound(t *testing.T) {
	path := filepath.Join(t.TempDir(), "台账.touyan")
	build(t, path, sample.OfficeAt(field.Township), false)
	whole, err := os.ReadFile(path)
	ok(t, err)
	const none = "没有找到可以恢复的备份"
	for want, c := range map[string]struct {
		data []byte
		lost bool
	}{
		"台账文件是空的": {nil, true},
		"台账文件不完整": {whole[:len(whole)/4], true},
		"台账文件已损坏": {append(make([]byte, 8192), whole[8192:]...), true},
		"不是头雁台账":  {[]byte("PK\x03\x04 花名册"), true},
	} {
		ok(t, os.WriteFile(path, c.data, 0o600))
		s := newExaminer(t)
		s.Start(path)
		s.settle()
		s.mustSay(want)
		if s.says(none) != c.lost || s.shell != nil {
			t.Errorf("%s: on the screen %v", want, s.texts())
		}
		ok(t, os.WriteFile(path, whole, 0o600))
		s.press("再试一次")
		if s.shell == nil {
			t.Errorf("%s: the ledger put right did not open", want)
		}
		s.leave()
		s.shell = nil
	}
}

// Ensure that a page the ledger begins with and that does not hold is told when
// it is opened, with the way to look at the rest, and not at the next opening.
func TestTellsOfATornPage(t *testing.T) {
	path := filepath.Join(t.TempDir(), "台账.touyan")
	build(t, path, sample.OfficeAt(field.Township), false)
	whole, err := os.ReadFile(path)
	ok(t, err)
	whole[4096+65] ^= 1
	ok(t, os.WriteFile(path, whole, 0o600))
	s := newExaminer(t)
	s.Start(path)
	s.settle()
	s.mustSay("打开台账时发现异常", "最近一次保存可能没有留下", "核验台账")
	s.press("核验台账")
	s.mustSay("没有发现问题")
	s.leave()
	s.shell = nil
	s.Start(path)
	s.settle()
	if s.shell == nil || s.says("打开台账时发现异常") {
		t.Errorf("told again: %v", s.texts())
	}
}

// Ensure that a look that takes long says so, can be stopped, and leaves the
// page that asks for a ledger.
func TestALookCanBeStopped(t *testing.T) {
	path := filepath.Join(t.TempDir(), "台账.touyan")
	build(t, path, sample.OfficeAt(field.Township), false)
	s := newStation(t)
	s.Examine = func(ctx context.Context, path string) examine.Verdict {
		<-ctx.Done()
		return examine.File(ctx, path)
	}
	s.Start(path)
	for s.desk.Panel() == nil { // it comes by itself
		(<-s.posted)()
	}
	s.mustSay("正在检查台账…")
	s.press("取消")
	if s.shell != nil || s.says("台账没有打开") {
		t.Errorf("stopped: %v", s.texts())
	}
	s.mustSay("打开已有的台账")
}

// Ensure that a second copy beside the ledger is told of at the foot.
func TestTellsOfASecondCopy(t *testing.T) {
	path := filepath.Join(t.TempDir(), "台账.touyan")
	build(t, path, sample.OfficeAt(field.Township), false)
	ok(t, copyFile(path, filepath.Join(filepath.Dir(path), "台账 冲突副本.touyan")))
	s := newExaminer(t)
	s.Start(path)
	s.settle()
	if s.shell == nil || s.shell.foot.notice.Text == "" {
		t.Fatalf("nothing is told: %v", s.texts())
	}
	if want := "台账旁边还有“台账 冲突副本.touyan”"; !s.says(want) {
		t.Errorf("told: %s", s.shell.foot.notice.Text)
	}
}
