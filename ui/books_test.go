package ui

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/sample"
	"touyan/ui/page"

	"fyne.io/fyne/v2"
)

// Ensure that a dropped roster is shown before anything is written, that what
// is good goes in, that the problems name their cells, and that 撤销 at the foot
// restores the ledger.
func TestImportsADroppedRoster(t *testing.T) {
	s := open(t)
	before := s.everything()
	s.drop(s.roster(func(set func(int, string, string)) {
		set(0, "person.phone", "15400009999")
		set(1, "person.birth", "八五年春")
	}))
	w, isWizard := s.shell.Page().(*page.Wizard)
	if !isWizard {
		t.Fatalf("shows %T: %s", s.shell.Page(), strings.Join(s.texts(), " | "))
	}
	s.mustSay("导入“花名册.xlsx”", "更新", "八五年春", "出生年月")
	if !slices.Equal(s.everything(), before) {
		t.Fatal("something was written before it was accepted")
	}
	w.Grid.Select(w.Grid.Shown()[0])
	s.mustSay("这样的样子")
	s.press("接受无误的")
	if _, isList := s.shell.Page().(*page.List); !isList {
		t.Errorf("shows %T after accepting", s.shell.Page())
	}
	s.mustSay("已写入", "撤销")
	if after := s.everything(); slices.Equal(after, before) || !strings.Contains(strings.Join(after, "\n"), "15400009999") {
		t.Error("the new phone is not in the ledger")
	}
	s.link("撤销")
	if !slices.Equal(s.everything(), before) {
		t.Error("undo did not restore the ledger")
	}
	s.mustSay("已撤销批次")
}

// Ensure that 不导入 leaves everything as it was.
func TestDeclinesARoster(t *testing.T) {
	s := open(t)
	before := s.everything()
	s.drop(s.roster(func(set func(int, string, string)) { set(0, "person.phone", "15400009999") }))
	s.press("不导入")
	if _, isList := s.shell.Page().(*page.List); !isList || !slices.Equal(s.everything(), before) {
		t.Error("declining changed the ledger or did not go back")
	}
}

// Ensure that a file that is no workbook is told in a sentence.
func TestRefusesWhatIsNoBook(t *testing.T) {
	s := open(t)
	path := filepath.Join(t.TempDir(), "照片.xlsx")
	ok(t, os.WriteFile(path, []byte("\x89PNG\r\n\x1a\n0000"), 0o600))
	s.drop(path)
	s.mustSay("没有完成", "照片.xlsx", "知道了")
	s.press("知道了")
	if s.desk.Panel() != nil {
		t.Error("the panel stays")
	}
}

// Ensure that the rows with problems can be saved as a book of their own.
func TestSavesTheBadRows(t *testing.T) {
	s := open(t)
	s.drop(s.roster(func(set func(int, string, string)) { set(1, "person.birth", "八五年春") }))
	t.Setenv("HOME", t.TempDir())
	s.press("另存有问题的行")
	s.mustSay("花名册（待改）.xlsx")
	s.press("保存")
	s.mustSay("有问题的行已另存到")
	if _, err := os.Stat(filepath.Join(os.Getenv("HOME"), "花名册（待改）.xlsx")); err != nil {
		t.Error(err)
	}
}

// Ensure that a plan the ledger has overtaken is not written, and that the
// book can be held against the ledger again.
func TestAsksAgainWhenTheLedgerMoved(t *testing.T) {
	s := open(t)
	s.drop(s.roster(func(set func(int, string, string)) { set(0, "person.phone", "15400009999") }))
	phone(t, s.desk.DB, "15400001234")
	s.settle()
	s.press("接受")
	s.mustSay("台账刚有改动")
	s.press("重新核对")
	if _, isWizard := s.shell.Page().(*page.Wizard); !isWizard {
		t.Fatalf("shows %T", s.shell.Page())
	}
	s.press("接受")
	s.mustSay("已写入")
}

// Ensure that a bundle written by 上报 can be merged by the office it is for,
// and that the journal has it.
func TestSendsABundle(t *testing.T) {
	s := openFew(t)
	home := t.TempDir()
	t.Setenv("HOME", home)
	s.press("上报")
	s.press("写出工作簿")
	s.mustSay("已写出", ".xlsx")
	books, err := filepath.Glob(filepath.Join(home, "*.xlsx"))
	if err != nil || len(books) != 1 {
		t.Fatalf("wrote %v, %v", books, err)
	}
	if e := lastEntry(s); e.Op != "上报" || e.Sent == nil {
		t.Errorf("the journal has %+v", e)
	}
	path := filepath.Join(t.TempDir(), "旗.touyan")
	county := sample.OfficeAt(field.County)
	build(t, path, county, false)
	other := reopen(t, path)
	defer other.Close()
	merge(t, other, books[0])
	s.enter(page.RoomBatches)
	s.mustSay("上报", s.desk.DB.Office().Name+"报", "旗县区党委…")
}

// Ensure that a list is printed beside the ledger without a question and opened
// in the office program, also where the path has spaces and Chinese, and that a
// book printed before stays as it is.
func TestPrints(t *testing.T) {
	s := openAs(t, filepath.Join("带头人 台账", "示例 一.touyan"), true)
	list := s.enter("reserve").(*page.List)
	for range 2 {
		list.Print(record.FormNamed("reserve"))
		s.settle()
		s.mustSay("已打印成")
	}
	books, _ := filepath.Glob(filepath.Join(filepath.Dir(s.desk.DB.Path()), "打印", "*后备力量花名册*.xlsx"))
	slices.Sort(books)
	slices.Sort(s.launched)
	if len(books) != 2 || !slices.Equal(books, s.launched) {
		t.Errorf("printed %v and opened %v", books, s.launched)
	}
}

// Ensure that where nothing opens a printed book, that is told with where the
// book lies.
func TestTellsThatNothingOpensABook(t *testing.T) {
	s := open(t)
	s.unlaunched = errors.New("no program")
	s.enter("reserve").(*page.List).Print(record.FormNamed("reserve"))
	s.settle()
	s.mustSay("打不开文件", "装上", filepath.Join("打印", ""))
	s.press("知道了")
}

// Ensure that Escape declines and Enter does the main thing of a panel.
func TestPanelsByKeyboard(t *testing.T) {
	s := open(t)
	t.Setenv("HOME", t.TempDir())
	typed := s.win.Canvas().OnTypedKey()
	s.desk.ChooseBook()
	s.settle()
	typed(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if s.desk.Panel() != nil {
		t.Error("Escape does not close the panel")
	}
	s.press("上报")
	s.press("另选位置")
	s.mustSay("文件名")
	typed(&fyne.KeyEvent{Name: fyne.KeyReturn})
	s.settle()
	s.mustSay("已写出")
}

// Ensure that a book is opened by the keyboard alone: the list of files has it,
// on the first book, and a folder is opened on the way.
func TestChoosesABookByKeyboard(t *testing.T) {
	s := open(t)
	desktop := atDesk(t)
	ok(t, os.Mkdir(filepath.Join(desktop, "上级文件"), 0o700))
	ok(t, os.Rename(s.roster(func(set func(int, string, string)) { set(0, "person.phone", "15400009999") }), filepath.Join(desktop, "上级文件", "花名册.xlsx")))
	s.desk.ChooseBook()
	s.settle()
	s.hit(fyne.KeyReturn)
	s.hit(fyne.KeyReturn)
	if _, isWizard := s.shell.Page().(*page.Wizard); !isWizard {
		t.Fatalf("shows %T: %s", s.shell.Page(), strings.Join(s.texts(), " | "))
	}
}

// Ensure that a book dropped while something waits for an answer does not
// push that aside, and comes when it is answered.
func TestOneThingAtATime(t *testing.T) {
	s := open(t)
	path := s.roster(func(func(int, string, string)) {})
	s.desk.ChooseBook()
	s.settle()
	s.drop(path)
	if _, isWizard := s.shell.Page().(*page.Wizard); isWizard {
		t.Error("the book took over")
	}
	s.mustSay("请先完成眼前的这一步")
	s.press("取消")
	if _, isWizard := s.shell.Page().(*page.Wizard); !isWizard {
		t.Errorf("after the answer %T is shown", s.shell.Page())
	}
}

// Ensure that several books dropped at once are taken in one after the other,
// also past one that is no book, and that the rest can be given up.
func TestTakesBooksInOneAfterTheOther(t *testing.T) {
	s := open(t)
	broken := filepath.Join(t.TempDir(), "照片.xlsx")
	ok(t, os.WriteFile(broken, []byte("\xFF\xD8\xFF no book"), 0o600))
	first, second := s.roster(func(func(int, string, string)) {}), s.roster(func(func(int, string, string)) {})
	s.shell.Receive(first, broken, second, first)
	s.settle()
	s.mustSay("后面还有 3 个工作簿")
	s.press("接受")
	s.mustSay("已写入", "撤销")
	s.mustSay("没有完成", "照片.xlsx")
	s.press("知道了")
	if _, isWizard := s.shell.Page().(*page.Wizard); !isWizard {
		t.Fatalf("after the broken one %T is shown", s.shell.Page())
	}
	s.enter("village")
	s.mustSay("还有 1 个没有收")
	s.link("不收了")
	s.desk.ChooseBook()
	s.settle()
	s.press("取消")
	if _, isWizard := s.shell.Page().(*page.Wizard); isWizard {
		t.Error("a book given up came")
	}
}
