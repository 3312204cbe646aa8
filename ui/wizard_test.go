package ui

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"touyan/store"
	"touyan/store/record"
	"touyan/store/sheet/byhand"
	"touyan/ui/page"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// typedRoster is as an office types one: a head nobody knows, a month that lost
// its zero, no name, a post that is none, and a line typed twice.
const typedRoster = `嘎查村“两委”成员花名册
序号|嘎查村|姓名|性别|出生年月|身份证号|政治面貌|职务|任现职时间|联系方式|爱好
1|向阳嘎查|巴特尔|男|1980.03||中共党员|党支部书记|2021.01|13800001111|摔跤
2|向阳嘎查|李秀云|女|1985.1||群众|村委会委员|2021.01|13800002222|
3|向阳嘎查||男|1990.05||群众|村委会委员|2021.01||
4|向阳嘎查|王建业|男|1979.05||群众|放羊|2021.01||
5|向阳嘎查|空缺|||||村委会主任|||
6|向阳嘎查|巴特尔|男|1980.03||中共党员|党支部书记|2021.01|13800001111|
`

// sheetOf types a worksheet and saves it as a workbook.
func sheetOf(t testing.TB, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "花名册.xlsx")
	ok(t, byhand.Write(path, "", byhand.Sheet{Name: "两委", Text: text}))
	return path
}

// hit presses a key where the keyboard is.
func (s *station) hit(name fyne.KeyName) {
	s.t.Helper()
	e := &fyne.KeyEvent{Name: name}
	if f := s.win.Canvas().Focused(); f != nil {
		f.TypedKey(e)
	} else {
		s.win.Canvas().OnTypedKey()(e)
	}
	s.settle()
}

// replace types over what the entry with the keyboard holds, which is selected.
func (s *station) replace(text string) {
	s.t.Helper()
	f := s.win.Canvas().Focused()
	if f == nil {
		s.t.Fatalf("nothing has the keyboard on a screen that says: %s", strings.Join(s.texts(), " | "))
	}
	test.Type(f, text)
}

func (s *station) wizard() *page.Wizard {
	s.t.Helper()
	w, is := s.shell.Page().(*page.Wizard)
	if !is {
		s.t.Fatalf("shows %T: %s", s.shell.Page(), strings.Join(s.texts(), " | "))
	}
	return w
}

// posts lists who is in the ledger with which posts.
func (s *station) posts() []string {
	var out []string
	s.view(func(tx *store.Tx) error {
		for p, err := range store.All[record.Post](tx) {
			if err != nil {
				return err
			}
			out = append(out, tx.Name("person", p.Person)+" "+tx.Kinds().Kind("post").Field("position").Show(p.Position))
		}
		return nil
	})
	slices.Sort(out)
	return out
}

// Ensure that a book with four mistakes is mended by the keyboard alone and
// then accepted whole: each mistake is told in its sentence, the counts follow,
// and 撤销 takes the whole back.
func TestMendsFourMistakes(t *testing.T) {
	s := openAt(t, false)
	before := s.everything()
	s.drop(sheetOf(t, typedRoster))
	s.mustSay("对列", "爱好", "没有对上", "摔跤")
	s.press("继续核对")
	s.mustSay("有问题 4", "新增 1", "不导入 1", "接受无误的 1 行")
	s.press("全部改好后接受")
	s.mustSay("第 4 行 李秀云", "出生年月", "1985")
	s.replace("1985.10")
	s.mustSay("可以导入：1985.10", "书中写的是“1985.1”")
	s.hit(fyne.KeyReturn)
	s.mustSay("第 5 行")
	s.replace("孟和")
	s.hit(fyne.KeyReturn)
	s.mustSay("第 6 行 王建业", "放羊")
	s.replace("妇联主席")
	s.hit(fyne.KeyReturn)
	s.mustSay("第 8 行", "重复")
	s.hit(fyne.KeyReturn) // leaves the double out
	s.mustSay("已写入", "撤销")
	if got, want := strings.Join(s.posts(), "，"), "孟和 村委会委员，巴特尔 党组织书记，李秀云 村委会委员，王建业 妇联主席"; got != want {
		t.Errorf("the ledger has %s, want %s", got, want)
	}
	s.link("撤销")
	if !slices.Equal(s.everything(), before) {
		t.Error("undo did not restore the ledger")
	}
}

// Ensure that a row is mended from the table by Enter, that Escape leaves it as
// it was, that the counts above filter, that a row left out comes back, and
// that a cell typed back to what the book says counts as not mended.
func TestMendsARow(t *testing.T) {
	s := openAt(t, false)
	s.drop(sheetOf(t, typedRoster))
	s.press("继续核对")
	w := s.wizard()
	if got := len(w.Grid.Shown()); got != 4 {
		t.Fatalf("shows %d rows, not the four with problems", got)
	}
	s.hit(fyne.KeyReturn)
	s.mustSay("第 4 行 李秀云")
	s.hit(fyne.KeyEscape)
	if s.desk.Panel() != nil {
		t.Fatal("Escape does not leave the row")
	}
	s.hit(fyne.KeyReturn)
	s.replace("198510")
	s.hit(fyne.KeyReturn)
	s.mustSay("有问题 3", "新增 2")
	s.press("新增")
	s.mustSay("1985.10")
	w.Grid.Select("1")
	s.press("改这一行")
	s.press("取消")
	s.press("不导入这一行")
	s.mustSay("不导入 2", "新增 1")
	s.press("不导入 2")
	w.Grid.Select("1")
	s.press("恢复这一行")
	s.mustSay("不导入 1", "新增 2")
	s.chinese("rows")
}

// Ensure that a head is matched by hand, that what is below it is read, and
// that the next book with these heads is not asked about.
func TestMatchesAHead(t *testing.T) {
	s := openAt(t, false)
	path := sheetOf(t, strings.ReplaceAll(typedRoster, "爱好", "手边的号"))
	s.drop(path)
	s.mustSay("手边的号")
	s.hit(fyne.KeyReturn)
	s.mustSay("“手边的号”对应哪一栏")
	s.replace("beizhu")
	s.hit(fyne.KeyReturn)
	s.mustSay("已指定", "备注")
	s.press("继续核对")
	s.press("接受无误的")
	s.mustSay("已写入")
	s.drop(path)
	s.mustSay("有问题 ")
	s.press("2 对列")
	s.mustSay("已指定")
	s.chinese("heads")
}

// Ensure that a book whose heads nobody knows is asked about, not refused, and
// that a sheet can be chosen.
func TestAsksForTheSheet(t *testing.T) {
	s := openAt(t, false)
	s.drop(sheetOf(t, "甲|乙|丙\n1|2|3\n4|5|6"))
	s.mustSay("没有认出表头", "两委", "甲 乙 丙")
	s.press("读取这张表")
	s.mustSay("没有认出表头")
	s.press("不导入")

	s.drop(sheetOf(t, typedRoster))
	s.press("1 选表")
	s.mustSay("嘎查村“两委”成员花名册", "6 行")
	s.press("读取这张表")
	s.mustSay("爱好")
	s.press("3 核对")
	s.mustSay("有问题 4")
}

// Ensure that a ledger that moved while rows were mended loses none of it.
func TestKeepsWhatWasMended(t *testing.T) {
	s := openFew(t)
	s.drop(sheetOf(t, typedRoster))
	s.press("继续核对")
	s.hit(fyne.KeyReturn)
	s.replace("1985.10")
	s.hit(fyne.KeyReturn)
	phone(t, s.desk.DB, "15400001234")
	s.settle()
	s.press("接受无误的")
	s.mustSay("台账刚有改动")
	s.press("重新核对")
	s.mustSay("有问题 3", "新增 2")
	s.press("接受无误的")
	s.mustSay("已写入")
}
