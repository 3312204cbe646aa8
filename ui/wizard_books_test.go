package ui

import (
	"path/filepath"
	"strings"
	"testing"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/sample"
	"touyan/store/sheet/byhand"
	"touyan/ui/page"

	"fyne.io/fyne/v2"
)

// strike presses a key where the keyboard is, and waits for nothing.
func (s *station) strike(name fyne.KeyName) {
	s.t.Helper()
	f := s.win.Canvas().Focused()
	if f == nil {
		s.t.Fatalf("nothing has the keyboard on a screen that says: %s", strings.Join(s.texts(), " | "))
	}
	f.TypedKey(&fyne.KeyEvent{Name: name})
}

// Ensure that a mend shows and the next row can be opened and mended while the
// book is still held against the ledger, and that accepting waits for that and
// takes all of it.
func TestMendsWhileTheBookIsPlanned(t *testing.T) {
	s := openAt(t, false)
	s.drop(sheetOf(t, typedRoster))
	s.press("继续核对")
	s.strike(fyne.KeyReturn)
	s.replace("1985.10")
	s.strike(fyne.KeyReturn)
	s.mustSay("有问题 3")
	s.strike(fyne.KeyReturn) // the next row opens though nothing was posted yet
	s.mustSay("第 5 行")
	s.replace("孟和")
	s.strike(fyne.KeyReturn)
	s.mustSay("有问题 2")
	if !s.shell.Page().Buttons().Press("全部 ") {
		t.Fatal("the rows cannot be listed meanwhile")
	}
	s.mustSay("核对中", "孟和", "1985.10")
	s.press("接受无误的")
	s.mustSay("已写入")
	if got, want := strings.Join(s.posts(), "，"), "孟和 村委会委员，巴特尔 党组织书记，李秀云 村委会委员"; got != want {
		t.Errorf("the ledger has %s, want %s", got, want)
	}
}

// Ensure that a row mended wrongly comes back with its problem, and that typing
// it as the book has it again counts as not mended.
func TestMendsWrongly(t *testing.T) {
	s := openAt(t, false)
	s.drop(sheetOf(t, typedRoster))
	s.press("继续核对")
	s.hit(fyne.KeyReturn)
	s.replace("八五年春")
	s.strike(fyne.KeyReturn)
	s.settle()
	s.mustSay("有问题 4")
	s.wizard().Grid.Select("1")
	s.mustSay("八五年春")
	s.press("改这一行")
	s.replace("1985.1")
	s.hit(fyne.KeyReturn)
	s.press("有问题")
	s.wizard().Grid.Select("1")
	s.mustSay("有问题 4", "1985.1")
}

// Ensure that a book with a password asks for it, again if it is wrong, and is
// then read like any other, also once more for other columns.
func TestOpensALockedBook(t *testing.T) {
	s := openAt(t, false)
	path := filepath.Join(t.TempDir(), "加密 花名册.xlsx")
	ok(t, byhand.Write(path, "蒙古包1", byhand.Sheet{Name: "两委", Text: typedRoster}))
	s.drop(path)
	s.mustSay("“加密 花名册.xlsx”设有密码")
	s.replace("不对")
	s.hit(fyne.KeyReturn)
	s.mustSay("密码不对")
	s.replace("蒙古包1")
	s.hit(fyne.KeyReturn)
	s.mustSay("对列", "爱好")
	s.hit(fyne.KeyReturn)
	s.replace("beizhu")
	s.hit(fyne.KeyReturn)
	s.mustSay("已指定", "备注")
	s.press("1 选表")
	s.mustSay("两委")
	s.press("读取这张表")
	s.press("继续核对")
	s.mustSay("有问题 4")
}

// twoTables types a book of a committee and a reserve, each with a mistake.
func twoTables(t testing.TB) string {
	path := filepath.Join(t.TempDir(), "两张表.xlsx")
	ok(t, byhand.Write(path, "", byhand.Sheet{Name: "两委", Text: `嘎查村“两委”成员花名册
序号|嘎查村|姓名|性别|出生年月|政治面貌|职务|任现职时间
1|向阳嘎查|巴特尔|男|1980.03|中共党员|党支部书记|2021.01
2|向阳嘎查|李秀云|女|八五年春|群众|村委会委员|2021.01`}, byhand.Sheet{Name: "后备", Text: `后备力量花名册
序号|嘎查村|姓名|性别|出生年月|政治面貌|人员来源|入库时间|成熟度
1|向阳嘎查|孟和|男|1992.04|中共党员|本土摸排|2024.03|近期可用
2|向阳嘎查|苏日娜|女|1995.06|中共党员|本土摸排|去年|近期可用`}))
	return path
}

// Ensure that the tables of one book are gone through one after the other, and
// accepted together, by the keyboard.
func TestReadsSeveralTables(t *testing.T) {
	s := openAt(t, false)
	s.drop(twoTables(t))
	if s.says("继续核对") {
		s.press("继续核对")
	}
	s.mustSay("两委（有问题 1）", "李秀云", "接受无误的 2 行")
	s.press("全部改好后接受")
	s.mustSay("两委 第 4 行 李秀云")
	s.replace("1985.10")
	s.hit(fyne.KeyReturn)
	s.mustSay("后备 第 4 行 苏日娜")
	s.replace("2025.07")
	s.hit(fyne.KeyReturn)
	s.mustSay("已写入")
	n := 0
	s.view(func(tx *store.Tx) error {
		for r, err := range store.All[record.Reserve](tx) {
			if err != nil {
				return err
			}
			if tx.Name("person", r.Person) == "苏日娜" && r.Entered == (field.Date{Year: 2025, Month: 7}) {
				n++
			}
		}
		return nil
	})
	if got := strings.Join(s.posts(), "，"); n != 1 || got != "巴特尔 党组织书记，李秀云 村委会委员" {
		t.Errorf("the ledger has %s and %d reserves", got, n)
	}
}

// Ensure that one table of a book can be read alone.
func TestReadsOneTableOfSeveral(t *testing.T) {
	s := openAt(t, false)
	s.drop(twoTables(t))
	s.press("1 选表")
	s.mustSay("后备力量花名册", "嘎查村“两委”成员花名册", "2 行")
	s.wizard().Grid.Select("1")
	s.press("读取这张表")
	s.press("继续核对")
	s.mustSay("后备力量花名册", "苏日娜")
	s.press("接受无误的")
	if got := s.posts(); len(got) != 0 {
		t.Errorf("the other table came too: %v", got)
	}
}

// Ensure that a return whose stamps are damaged is told so, and can be read as a
// plain roster after what that means was said; declining leaves all as it was.
func TestReadsADamagedReturnAsARoster(t *testing.T) {
	s := openFew(t)
	path := filepath.Join(t.TempDir(), "回传.xlsx")
	sendTo(t, s.desk.DB, path, sample.OfficeAt(field.County))
	s.settle()
	phone(t, s.desk.DB, "15400008888")
	ok(t, byhand.Change(path, func(b byhand.Book) error { return b.Set("_交接", 2, 0, "stamp") }))
	before := s.everything()
	s.drop(path)
	s.mustSay("交接信息读不出来", "按普通花名册", "看不出对方改过哪些栏目")
	s.chinese("damaged")
	s.press("取消")
	s.drop(path)
	s.press("按普通花名册读取")
	s.wizard()
	if s.says("继续核对") {
		s.press("继续核对")
	}
	s.mustSay("更新 1")
	if after := s.everything(); strings.Join(after, "\n") != strings.Join(before, "\n") {
		t.Error("something was written before it was accepted")
	}
	s.press("不导入")
}

// Ensure that the wizard is covered on a wall and a row being mended set aside,
// and that what was typed is there again afterwards.
func TestWizardOnAWall(t *testing.T) {
	s := openAt(t, false)
	s.drop(sheetOf(t, typedRoster))
	s.press("继续核对")
	s.hit(fyne.KeyReturn)
	s.replace("1985.10")
	s.function(page.KeyWall)
	s.mustSay("投影时不显示这一页")
	if s.says("1985") || s.says("13800002222") || s.says("李秀云") {
		t.Error("the wall shows the book")
	}
	s.function(page.KeyWall)
	s.mustSay("可以导入：1985.10")
	s.press("改好")
	s.mustSay("有问题 3")
}

// Ensure that each mistake is told with its sheet, its cell, what stands there
// and what to do, and that a proposal is taken by one press.
func TestTellsWhereAndWhat(t *testing.T) {
	s := openAt(t, false)
	s.drop(sheetOf(t, `嘎查村“两委”成员花名册
序号|嘎查村|姓名|性别|出生年月|身份证号|政治面貌|职务|任现职时间|联系电话
1|向阳嘎查|巴特尔|男|1985.13||中共党员|党支部书记|2021.01|13800001111
2|向阳嘎查|李秀云|女|1985.10|150499198510011234|群众|村委会委员|2021.01|13800002222
3|向阳嘎查|孟和|男|1990.05|1.50499E+17|群众|村委会委员|2021.01|
4|向阳嘎查|王建业|男|1979.05||群众|村委会委员|2021.01|138
5||苏日娜|女|1979.05||群众|村委会委员|2021.01|
6|向阳嘎查|白音|男|1979.05||党员群众|村委会委员|2021.01|
`))
	if s.says("继续核对") {
		s.press("继续核对")
	}
	w := s.wizard()
	for i, want := range [][]string{
		{"两委 第 3 行 巴特尔", "E3 出生年月", "1985.13", "请"},
		{"第 4 行 李秀云", "F4", "150499198510011234"},
		{"第 5 行 孟和", "F5", "1.50499E+17", "请"},
		{"第 6 行 王建业", "J6 联系电话", "“138”", "应为11位"},
		{"第 7 行 苏日娜", "嘎查村"},
		{"第 8 行 白音", "G8 政治面貌", "党员群众", "请"},
	} {
		w.Grid.Select(w.Grid.Shown()[i])
		s.mustSay(want...)
	}
	s.chinese("mistakes")
}
