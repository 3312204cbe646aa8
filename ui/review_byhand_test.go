package ui

import (
	"fmt"
	"path/filepath"
	"slices"
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

// handWritten changes cells of a book as a clerk does in a spreadsheet program.
func handWritten(t testing.TB, path, sheet, name string, cells map[string]string) {
	t.Helper()
	ok(t, byhand.Change(path, func(b byhand.Book) error {
		rows, heads, err := headed(b, sheet)
		if err != nil {
			return err
		}
		column := slices.Index(rows[heads], "姓名")
		at := slices.IndexFunc(rows, func(row []string) bool { return column < len(row) && row[column] == name })
		if at < 0 {
			return fmt.Errorf("no %s in %s", name, sheet)
		}
		return typeInto(b, sheet, rows[heads], at, cells)
	}))
}

// handAdded writes a row of its own below the others.
func handAdded(t testing.TB, path, sheet string, cells map[string]string) {
	t.Helper()
	ok(t, byhand.Change(path, func(b byhand.Book) error {
		rows, heads, err := headed(b, sheet)
		if err != nil {
			return err
		}
		last := heads
		for n := heads + 1; n < len(rows) && slices.Contains(rows[n], "白音巴图"); n++ {
			last = n
		}
		return typeInto(b, sheet, rows[heads], last+1, cells)
	}))
}

// headed are the rows of a sheet, and which of them are the heads.
func headed(b byhand.Book, sheet string) (rows [][]string, heads int, err error) {
	rows, err = b.Rows(sheet)
	heads = slices.IndexFunc(rows, func(row []string) bool { return slices.Contains(row, "姓名") })
	if err == nil && heads < 0 {
		err = fmt.Errorf("no heads in %s", sheet)
	}
	return rows, heads, err
}

// typeInto types texts into a row, by the heads of their columns.
func typeInto(b byhand.Book, sheet string, heads []string, row int, cells map[string]string) error {
	for head, text := range cells {
		if err := b.Set(sheet, row, slices.Index(heads, head), text); err != nil {
			return err
		}
	}
	return nil
}

// overtyped is a township shown its own book, in which somebody typed another
// person over the 书记.
func overtyped(t *testing.T) (s *station, person string) {
	s = openFew(t)
	person = firstPerson(t, s.desk.DB, func(p *record.Person) { p.IDNo = "150499197803050013" })
	path := filepath.Join(t.TempDir(), "退回.xlsx")
	sendTo(t, s.desk.DB, path, sample.OfficeAt(field.County))
	handWritten(t, path, "人员", "白音巴图", map[string]string{"姓名": "孙志远", "公民身份号码": "150499199006013011", "出生年月": "1990.06.01", "联系电话": "15400005555"})
	s.settle()
	s.drop(path)
	s.mustSay("换人还是更正", "“白音巴图”整行改写成了“孙志远”", "还是白音巴图本人", "白音巴图离任，孙志远接任")
	return s, person
}

// Ensure that a row typed over is asked about: 更正 changes the person it was
// sent for, and 撤销 takes it back.
func TestOvertypedIsCorrected(t *testing.T) {
	s, person := overtyped(t)
	before := s.everything()
	s.hit(fyne.Key1)
	s.mustSay("都已选定")
	s.press("合并")
	p := personOf(t, s.desk.DB, person)
	if p.Name != "孙志远" || p.IDNo != "150499199006013011" || p.Phone != "15400005555" {
		t.Errorf("the ledger has %+v", p)
	}
	s.link("撤销")
	if !slices.Equal(s.everything(), before) {
		t.Error("undo did not give the ledger back")
	}
}

// Ensure that 换人 asks when and why, ends the post of the one, gives it to the
// other as a person of his own, and is taken back with the merge.
func TestOvertypedIsReplaced(t *testing.T) {
	s, person := overtyped(t)
	before := s.everything()
	s.hit(fyne.Key2)
	s.mustSay("孙志远接替白音巴图", "前进嘎查 党组织书记", "离任时间", "离任原因")
	s.write("2026.02")
	s.key(fyne.KeyTab)
	s.write("退休")
	s.key(fyne.KeyTab)
	s.tap("完成")
	s.mustSay("都已选定", "2026.02 白音巴图离任，孙志远接任")
	s.press("合并")
	s.mustSay("已写入")
	if p := personOf(t, s.desk.DB, person); p.Name != "白音巴图" || p.IDNo != "150499197803050013" {
		t.Errorf("the ledger has %+v", p)
	}
	var held []string
	s.view(func(tx *store.Tx) error {
		for p, err := range store.All[record.Post](tx) {
			if err != nil {
				return err
			}
			held = append(held, tx.Name("person", p.Person)+" "+p.From.Office()+"-"+p.To.Office())
		}
		return nil
	})
	slices.Sort(held)
	if want := []string{"孙志远 2026.02-", "白音巴图 2024.03-2026.02"}; !slices.Equal(held, want) {
		t.Errorf("posts %q, want %q", held, want)
	}
	s.link("撤销")
	if !slices.Equal(s.everything(), before) {
		t.Error("undo did not give the ledger back")
	}
}

// Ensure that somebody typed into a book by hand who may be one the ledger has
// is asked about, and that the answer makes them one, or keeps them two.
func TestNamesakesAreAsked(t *testing.T) {
	for key, people := range map[fyne.KeyName]int{fyne.Key1: 1, fyne.Key2: 2} {
		s := openFew(t)
		path := filepath.Join(t.TempDir(), "退回.xlsx")
		sendTo(t, s.desk.DB, path, sample.OfficeAt(field.County))
		handAdded(t, path, "人员", map[string]string{"姓名": "白音巴图", "联系电话": "15400005555"})
		s.drop(path)
		s.mustSay("是不是同一个人", "同一个人：并成一条", "是两个人：各记一条", "联系电话 154••••5555", "出生年月 1978.03")
		s.function(page.KeyWall)
		if s.says("1978") || s.says("5555") {
			t.Error("a wall shows who they are")
		}
		s.function(page.KeyWall)
		s.hit(key)
		s.press("合并")
		n := 0
		for _, line := range s.everything() {
			if strings.HasPrefix(line, "person ") {
				n++
			}
		}
		if n != people {
			t.Errorf("%s: %d people", key, n)
		}
	}
}

// Ensure that a book of which much did not come back is not merged before a
// person has read so and said that it is to be merged all the same.
func TestMergesAShrunkenBookOnlyWhenTold(t *testing.T) {
	s := open(t)
	path := filepath.Join(t.TempDir(), "退回.xlsx")
	sendTo(t, s.desk.DB, path, sample.OfficeAt(field.County))
	ok(t, byhand.Change(path, func(b byhand.Book) error {
		rows, heads, err := headed(b, "人员")
		for n := heads + 1; err == nil && n < heads+40; n++ {
			for column := range rows[n] {
				if err = b.Set("人员", n, column, ""); err != nil {
					return err
				}
			}
		}
		return err
	}))
	s.drop(path)
	s.press("合并")
	s.mustSay("这一本先不要合并", "交回的簿里缺了39行")
	s.press("不合并")
	if _, still := s.shell.Page().(*page.Review); !still {
		t.Fatalf("shows %T", s.shell.Page())
	}
	s.press("合并")
	s.press("看过了，仍要合并")
	if lastEntry(s).Batch == nil {
		t.Error("nothing was merged")
	}
}
