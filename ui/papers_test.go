package ui

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"touyan/store"
	"touyan/store/paper"
	"touyan/store/record"
	"touyan/ui/page"

	"fyne.io/fyne/v2"
)

// drops drops several files on the window at once.
func (s *station) drops(paths ...string) {
	s.t.Helper()
	s.shell.Receive(paths...)
	s.settle()
}

// titles are those of an owner's papers that count.
func (s *station) titles(owner string) (out []string) {
	s.t.Helper()
	s.view(func(tx *store.Tx) error {
		for p, err := range paper.Of(tx, owner) {
			if err != nil {
				return err
			}
			out = append(out, p.Title)
		}
		return nil
	})
	return out
}

// entry is the newest of the journal.
func (s *station) entry() (last store.Entry) {
	s.t.Helper()
	s.view(func(tx *store.Tx) error {
		for e, err := range tx.Journal() {
			last = e
			return err
		}
		return nil
	})
	return last
}

// chooses answers the system's file dialog.
func (s *station) chooses(path string) {
	s.desk.Native = func(context.Context, page.Ask) (string, error) { return path, nil }
}

// Ensure that files dropped on a person's page are attached, each with its own
// verdict, that they are listed, counted on the tab and taken back by one press.
func TestPapersAreDropped(t *testing.T) {
	s := openFew(t)
	id := s.person()
	s.tap("附件")
	s.mustSay("还没有附件", "添加附件…")
	s.drops(papersIn(t, "毕业证书.jpg", "入党志愿书.pdf", "简历.docx", "合影.jpg")...)
	s.mustSay("附件添加结果", "添加了 3 份，1 份没有添加。", "“简历.docx”是 Word 文档", "输出为 PDF")
	s.press("知道了")
	s.mustSay("附件 3", "毕业证书", "学历和教育培训材料", "入党志愿书", "1 页", "合影", "类别未填", "已添加 3 份附件。")
	if got := s.titles(id); len(got) != 3 {
		t.Errorf("attached %q", got)
	}
	s.chinesePapers("the tab")
	s.link("撤销")
	if got := s.titles(id); len(got) != 0 {
		t.Errorf("taken back, and there are %q", got)
	}
	s.mustSay("还没有附件")
}

// Ensure that of many files dropped at once each bad one is told by its own
// sentence, and that none of them stops the others: a folder, an empty file, one
// that is gone, one cut short, one that calls itself a picture, and one twice.
func TestPapersAreDroppedWithBadOnes(t *testing.T) {
	s := openFew(t)
	id := s.person()
	good := papersIn(t, "毕业证书.jpg", "合影.jpg", "入党志愿书.pdf")
	dir := t.TempDir()
	at := func(name string, b []byte) string {
		path := filepath.Join(dir, name)
		ok(t, os.WriteFile(path, b, 0o600))
		return path
	}
	ok(t, os.Mkdir(filepath.Join(dir, "扫描件"), 0o700))
	whole, err := os.ReadFile(good[0])
	ok(t, err)
	s.drops(filepath.Join(dir, "扫描件"), good[0], at("空的.jpg", nil), filepath.Join(dir, "走了.png"), good[1],
		at("半截.jpg", whole[:len(whole)/2]), at("假的.png", []byte("不是图片")), at("再来一次.jpg", whole), good[2])
	s.mustSay("添加了 3 份，6 份没有添加。", "“扫描件”", "“空的.jpg”", "“走了.png”", "“半截.jpg”", "“假的.png”", "同一份")
	s.press("知道了")
	if got := s.titles(id); len(got) != 3 {
		t.Errorf("attached %q", got)
	}
	s.mustSay("附件 3", "一次可以拖几份")
}

// Ensure that a 经办人 sees that a paper on discipline is there and that it is
// not for him, on its card and where it is opened, and is told so of one he drops.
func TestPapersOnDisciplineAreClosed(t *testing.T) {
	s := admitted(t, nil, store.User{Name: "苏和", Roles: []store.Role{store.Clerk}})
	id := s.bare()
	s.drops(papersIn(t, "警告处分决定.jpg", "毕业证书.jpg")...)
	s.mustSay("处理处分材料")
	if n := len(s.pictures()); n != 2 {
		t.Fatalf("%d cards with pictures", n)
	}
	s.locks()
	s.come("苏和", firstWord)
	s.enter("person").(*page.List).Grid.OnOpen(id)
	s.settle()
	s.tap("附件 2")
	s.mustSay("只有负责人能看")
	if n := len(s.pictures()); n != 1 {
		t.Errorf("%d cards with pictures", n)
	}
	s.key(fyne.KeyDown, fyne.KeyRight, fyne.KeyReturn)
	s.mustSay("“警告处分决定”的原件是处理处分材料，只有负责人能看；请由负责人登录后打开。")
	for _, no := range []string{"替换", "另存为", "用系统程序打开"} {
		if s.shell.Page().Buttons().Press(no) {
			t.Errorf("%s can be pressed", no)
			s.putAway()
		}
	}
	s.press("改登记")
	s.press("看所属")
	s.drops(papersIn(t, "毕业证书.jpg", "荣誉证书.pdf", "合影.jpg", "诫勉决定.pdf")[2:]...)
	s.mustSay("添加了 1 份，1 份没有添加。", "“诫勉决定.pdf”看名称是处理处分材料", "请由负责人登录后添加")
	s.press("知道了")
	s.press("核对原件")
	s.mustSay("其中 1 份是处理处分材料，由负责人登录后核对")
}

// Ensure that a file is attached by the button, on a person's and on a village's
// page, and that the page shows it whichever tab was open before.
func TestPapersAreChosen(t *testing.T) {
	s := openFew(t)
	files := papersIn(t, "村民会议决议.jpg", "身份证.jpg")
	village := s.village()
	s.tap("附件")
	s.chooses(files[0])
	s.press("添加附件")
	s.mustSay("已添加附件“村民会议决议”。", "会议记录和决议")
	if got := s.titles(village); !slices.Equal(got, []string{"村民会议决议"}) {
		t.Errorf("the village has %q", got)
	}
	id := s.person()
	s.drops(files[1])
	s.mustSay("附件 1", "身份证")
	if got := s.titles(id); !slices.Equal(got, []string{"身份证"}) {
		t.Errorf("the person has %q", got)
	}
}

// chinesePapers is chinese where the names of formats may stand.
func (s *station) chinesePapers(where string) {
	s.t.Helper()
	for _, text := range s.texts() {
		for _, word := range foreign.FindAllString(text, -1) {
			if !allowed[word] && word != "PDF" && !strings.HasPrefix(text, "/") {
				s.t.Errorf("%s: %q in %q", where, word, text)
			}
		}
	}
}

// Ensure that a paper is seen large by the keyboard, that the arrows turn over
// to the others, Enter enlarges, and Escape comes back to the card.
func TestPapersAreSeenLarge(t *testing.T) {
	s := openFew(t)
	s.person()
	s.drops(papersIn(t, "毕业证书.jpg", "入党志愿书.pdf", "合影.jpg")...)
	s.key(fyne.KeyDown, fyne.KeyReturn)
	s.mustSay("第 1 份，共 3 份", "毕业证书")
	s.key(fyne.KeyReturn)
	s.mustSay("看整页")
	s.key(fyne.KeyDown, fyne.KeyPageDown, fyne.KeyUp, fyne.KeySpace)
	s.mustSay("放大")
	s.key(fyne.KeyRight)
	s.mustSay("第 2 份，共 3 份", "入党志愿书", "PDF 不在这里显示")
	s.chinesePapers("a PDF seen large")
	s.key(fyne.KeyRight, fyne.KeyRight)
	s.mustSay("第 3 份，共 3 份", "合影")
	s.key(fyne.KeyLeft, fyne.KeyLeft, fyne.KeyLeft)
	s.mustSay("第 1 份")
	s.press("下一份")
	s.mustSay("第 2 份")
	s.key(fyne.KeyEscape)
	s.mustSay("附件 3", "把照片、扫描件或 PDF 拖进窗口")
	s.key(fyne.KeyDown, fyne.KeyRight, fyne.KeyRight, fyne.KeyLeft, fyne.KeyReturn)
	s.mustSay("第 2 份")
}

// Ensure that an open copy is asked about first, written where it was said and
// journalled; and that one for another program is opened there.
func TestPapersLeaveOnlyWhenAsked(t *testing.T) {
	s := openFew(t)
	s.person()
	files := papersIn(t, "入党志愿书.pdf")
	s.drops(files...)
	s.key(fyne.KeyDown, fyne.KeyReturn)
	s.press("用系统程序打开")
	s.mustSay("写出的副本没有加密", "记入留痕", "“打印”文件夹")
	s.press("取消")
	if s.entry().Op == paper.OpExport || len(s.launched) > 0 {
		t.Fatal("a copy was written without a word")
	}
	s.press("用系统程序打开")
	s.press("写出副本并打开")
	want, err := os.ReadFile(files[0])
	ok(t, err)
	if len(s.launched) != 1 || filepath.Base(s.launched[0]) != "入党志愿书.pdf" {
		t.Fatalf("opened %q", s.launched)
	}
	if got, err := os.ReadFile(s.launched[0]); err != nil || !bytes.Equal(got, want) {
		t.Errorf("the copy: %v", err)
	}
	if e := s.entry(); e.Op != "导出附件" || !strings.Contains(e.Detail, "入党志愿书") || e.Who.Name != tester.Name {
		t.Errorf("journalled as %+v", e)
	}
	out := filepath.Join(t.TempDir(), "交出.pdf")
	s.chooses(out)
	s.press("另存为")
	s.press("写出副本")
	if got, err := os.ReadFile(out); err != nil || !bytes.Equal(got, want) {
		t.Errorf("the copy: %v", err)
	}
	s.mustSay("已写出没有加密的副本“交出.pdf”")
	s.ctrl(fyne.KeyZ)
	s.mustSay(paper.OpAttach) // what is offered for taking back is no export
}

// Ensure that a paper is replaced, and made void with a reason, both to be
// taken back, and that with the last one the large view goes.
func TestPapersAreReplacedAndVoid(t *testing.T) {
	s := openFew(t)
	id := s.person()
	files := papersIn(t, "毕业证书.jpg", "重扫.pdf", "坏.docx")
	s.drops(files[0])
	s.key(fyne.KeyDown, fyne.KeyReturn)
	s.chooses(files[2])
	s.press("替换")
	s.mustSay("没有完成", "Word 文档")
	s.press("知道了")
	s.chooses(files[1])
	s.press("替换")
	s.mustSay("已替换“毕业证书”的原件。", "PDF 不在这里显示", "毕业证书")
	s.press("作废")
	s.mustSay("作废附件“毕业证书”", "与另一份重复")
	s.key(fyne.Key3)
	if got := s.titles(id); len(got) != 0 {
		t.Errorf("void, and there is %q", got)
	}
	if e := s.entry(); e.Op != paper.OpVoid || e.Why != "与另一份重复" {
		t.Errorf("journalled as %s %s", e.Op, e.Why)
	}
	s.mustSay("已作废附件“毕业证书”。", "还没有附件")
	s.tap("记录")
	s.mustSay("附件 毕业证书", "作废原因", "与另一份重复", paper.OpReplace)
	s.link("撤销")
	if got := s.titles(id); !slices.Equal(got, []string{"毕业证书"}) {
		t.Errorf("taken back, and there is %q", got)
	}
}

// Ensure that a paper's record is mended by hand, but not what its file tells.
func TestPapersAreDescribed(t *testing.T) {
	s := openFew(t)
	s.person()
	s.drops(papersIn(t, "合影.jpg")...)
	s.key(fyne.KeyDown, fyne.KeyReturn)
	s.press("改登记")
	s.mustSay("材料名称", "材料类别", "材料形成时间", "原件编号", "白音巴图")
	s.key(fyne.KeyEscape)
	s.mustSay("第 1 份，共 1 份")
	s.press("改登记")
	s.press("看所属")
	if got := s.shell.Page().Title(); got != "白音巴图" {
		t.Errorf("its owner is %s", got)
	}
	s.enter("village")
	var id string
	s.view(func(tx *store.Tx) error {
		for p, err := range store.All[record.Paper](tx) {
			id = p.ID
			return err
		}
		return nil
	})
	s.desk.Record("paper", id) // from a list of what changed: it has no room
	s.settle()
	s.press("看原件")
	s.mustSay("第 1 份，共 1 份", "合影")
}

// Ensure that a file that is gone is marked on its card and told where it is
// opened, that the check lists it with what belongs to no paper, and that this
// is moved away when a person says so.
func TestPapersThatAreNotWhole(t *testing.T) {
	s := openFew(t)
	s.person()
	s.drops(papersIn(t, "毕业证书.jpg", "合影.jpg")...)
	dir := paper.Dir(s.desk.DB.Path())
	s.press("核对原件")
	s.mustSay("共有 2 份原件", "都在原处，没有改动")
	s.press("知道了")
	var gone string
	s.view(func(tx *store.Tx) error {
		for p, err := range store.All[record.Paper](tx) {
			if err != nil {
				return err
			}
			if p.Title == "毕业证书" {
				kept, _, err := tx.Paper(p.Content)
				gone = kept.File
				return err
			}
		}
		return nil
	})
	ok(t, os.Remove(filepath.Join(dir, gone)))
	ok(t, os.WriteFile(filepath.Join(dir, "说明.txt"), nil, 0o600))
	s.shell.Page().Refresh()
	s.settle()
	s.mustSay("原件不在")
	s.key(fyne.KeyDown, fyne.KeyReturn)
	s.mustSay("“毕业证书”的原件不在附件文件夹“示例.附件”里", "从备份恢复")
	s.key(fyne.KeyEscape)
	s.press("核对原件")
	s.mustSay("下面 1 份有问题", "“毕业证书”的原件不在", "1 个文件不属于任何附件", "“说明.txt”不是头雁放的文件。")
	s.press("移到")
	s.mustSay("已把 1 个文件移到“无主”文件夹。")
	if _, err := os.Stat(filepath.Join(dir, "无主", "说明.txt")); err != nil {
		t.Error(err)
	}
}

// Ensure that no wall shows a paper: neither on a person's page, nor on a
// village's, nor large.
func TestNoWallShowsPapers(t *testing.T) {
	s := openFew(t)
	s.person()
	s.drops(papersIn(t, "毕业证书.jpg")...)
	s.function(page.KeyWall)
	if s.says("毕业证书") || s.says("附件 1") {
		t.Errorf("on a wall: %s", s.told())
	}
	s.function(page.KeyWall)
	s.mustSay("毕业证书")
	s.tap("附件 1")
	s.key(fyne.KeyDown, fyne.KeyReturn)
	s.mustSay("第 1 份")
	s.function(page.KeyWall)
	if s.says("毕业证书") {
		t.Errorf("large on a wall: %s", s.told())
	}
	s.function(page.KeyWall)
	s.mustSay("第 1 份", "毕业证书")
	s.village()
	s.drops(papersIn(t, "村民会议决议.jpg")...)
	s.mustSay("村民会议决议")
	s.function(page.KeyWall)
	if s.says("村民会议决议") || s.says("附件 1") {
		t.Errorf("a village on a wall: %s", s.told())
	}
}

// Ensure that a photo dropped where nobody's page is open says where it goes,
// and that a book dropped on a person's page is still imported.
func TestDropsGoWhereTheyBelong(t *testing.T) {
	s := openFew(t)
	photo := papersIn(t, "合影.jpg")[0]
	s.enter("person")
	s.drops(photo)
	s.mustSay("照片和 PDF 请先打开某个人或某个嘎查村的页面，再拖进来。")
	id := s.person()
	s.drops(photo, s.roster(func(func(int, string, string)) {}))
	if got := s.titles(id); !slices.Equal(got, []string{"合影"}) {
		t.Errorf("attached %q", got)
	}
	if _, is := s.shell.Page().(*page.Wizard); !is {
		t.Errorf("the book is not imported: %s", s.told())
	}
}
