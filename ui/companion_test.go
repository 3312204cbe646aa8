package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/paper"
	"touyan/store/sample"
	"touyan/ui/page"

	"fyne.io/fyne/v2"
)

// Ensure that the papers listed in a report are written beside it by one press,
// that the county is told which have not come where it merges the workbook alone,
// and that dropping the file on the list takes them in.
func TestPapersGoAlong(t *testing.T) {
	s := openFew(t)
	desktop := atDesk(t)
	s.person()
	s.drops(papersIn(t, "毕业证书.jpg", "入党志愿书.pdf")...)
	s.enter(page.RoomSend)
	s.hit(fyne.KeyReturn)
	s.mustSay("已写出", "写附件包（2 份）")
	s.press("写附件包（2 份）")
	s.mustSay("附件包写好，2 份", "请和工作簿一起拷走")
	if s.says("写附件包（2 份）") {
		t.Error("it is offered again")
	}
	book := books(t, desktop)[0]
	packed := paper.CompanionNames(book)
	if len(packed) != 1 {
		t.Fatalf("beside the book lie %v", packed)
	}
	aside := filepath.Join(t.TempDir(), filepath.Base(packed[0]))
	ok(t, os.Rename(packed[0], aside))

	c := countyWindow(t)
	c.drop(book)
	c.press("合并")
	c.mustSay("还有 2 份附件没有收到")
	c.link("看没有收到的")
	c.mustSay("没有收到的附件", "毕业证书", "入党志愿书", "白音巴图", "星露苏木")
	c.drops(aside)
	c.mustSay("收到附件 2 份", "原件都收到了")
	c.chinese("the list")
}

// Ensure that a report with its companion beside it, dropped together, comes in
// with its papers, and that a companion that is none is told in a sentence.
func TestCompanionIsDroppedWithItsBook(t *testing.T) {
	s := openFew(t)
	desktop := atDesk(t)
	s.person()
	s.drops(papersIn(t, "毕业证书.jpg")...)
	s.enter(page.RoomSend)
	s.hit(fyne.KeyReturn)
	s.press("写附件包（1 份）")
	book := books(t, desktop)[0]

	c := countyWindow(t)
	c.drops(append(paper.CompanionNames(book), book)...)
	c.press("合并")
	c.mustSay("收到附件 1 份")
	c.view(func(tx *store.Tx) error {
		list, err := paper.NotYetReceived(tx)
		if len(list) > 0 {
			t.Errorf("%d have not come", len(list))
		}
		return err
	})
	bad := filepath.Join(t.TempDir(), "别的.附件包")
	ok(t, os.WriteFile(bad, []byte(strings.Repeat("坏", 40)), 0o600))
	c.drops(bad)
	c.mustSay("不是头雁的附件包")
}

// countyWindow shows a county that knows nothing yet.
func countyWindow(t testing.TB) *station {
	t.Helper()
	path := filepath.Join(t.TempDir(), "旗.touyan")
	build(t, path, sample.OfficeAt(field.County), false)
	s := newStation(t)
	s.Start(path)
	s.settle()
	return s
}
