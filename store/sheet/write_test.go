package sheet_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/sheet"
	"touyan/store/xlsx"
)

var update = flag.Bool("update", false, "write the golden files anew")

// write writes a book into a folder of the test.
func write(t testing.TB, d sheet.Doc) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "book.xlsx")
	if err := sheet.Write(t.Context(), path, d, nil); err != nil {
		t.Fatal(err)
	}
	return path
}

// bookText shows a workbook as text: every cell behind its name, numbers
// behind #, then what is merged.
func bookText(t testing.TB, path string) string {
	t.Helper()
	b := openBook(t, path)
	var out strings.Builder
	for _, s := range b.Sheets() {
		fmt.Fprintf(&out, "== %s %s\n", s.Name, map[xlsx.State]string{xlsx.Hidden: "(hidden)"}[s.State])
		err := b.Rows(t.Context(), s.Index, func(r xlsx.Row) error {
			for _, c := range r.Cells {
				mark := ""
				if c.Type == xlsx.Number {
					mark = "#"
				}
				fmt.Fprintf(&out, "%s %s%q\n", xlsx.CellName(c.Col, r.Index), mark, c.Text)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		merges, err := b.Merges(s.Index)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range merges {
			fmt.Fprintf(&out, "%s:%s\n", xlsx.CellName(m.FirstCol, m.FirstRow), xlsx.CellName(m.LastCol, m.LastRow))
		}
	}
	return out.String()
}

// Ensure that a book is printed as it was looked at and found good: title,
// unit, date and code, two rows of heads, the table, the line for signatures,
// the cover before and the hidden sheet behind it.
func TestPrinted(t *testing.T) {
	d, _ := printed(11, 3, formNamed("committee"))
	d.Sample, d.Note = true, "年龄计算到2026年11月"
	d.Cover = [][2]string{{"", "上报数据包"}, {"填报单位", d.Unit}, {"人数", "3"}}
	d.Carrier = &sheet.Carrier{Book: "b-7", Rows: [][]string{{"row", "", "x"}}}
	got := bookText(t, write(t, d))
	golden := filepath.Join("testdata", "committee.txt")
	if *update {
		must(t, os.MkdirAll("testdata", 0o777))
		must(t, os.WriteFile(golden, []byte(got), 0o666))
	}
	want, err := os.ReadFile(golden)
	must(t, err)
	if got != string(want) {
		t.Errorf("printed differently; look at it, then run the test with -update\n%s", got)
	}
}

// Ensure that the unit above a narrow table is not cut: where its third is too
// narrow the line runs across all columns.
func TestUnitAboveNarrowTable(t *testing.T) {
	f := &field.Form{Name: "slip", Title: "交接清单", Kind: "office"}
	for _, head := range []string{"项目", "内容", "备注"} {
		f.Columns = append(f.Columns, field.Column{Head: head, Width: 16, Compute: func(field.Line) string { return "" }})
	}
	d := sheet.Doc{Unit: "某旗幸福苏木", Made: made, Sheets: []sheet.Sheet{{Name: f.Title, Form: f, Kinds: record.Kinds(), Lines: []sheet.Line{{Cells: []string{"台账", "", ""}}}}}}
	got := bookText(t, write(t, d))
	if !strings.Contains(got, "填报单位（盖章）：某旗幸福苏木\\u3000") || !strings.Contains(got, "A2:C2\n") {
		t.Error(got)
	}
}

// Ensure that nothing is made of a text but what it is: no formula, no number,
// no escape, no lost space; and that numbers are numbers where they are exact.
func TestTextsKept(t *testing.T) {
	f := &field.Form{Name: "village", Title: "村", Kind: "village", Columns: []field.Column{{Path: "name"}, {Path: "households"}, {Path: "income"}}}
	texts := []string{"=1+1", "+86", "_x0041_", " 前 后 ", "a\nb\tc", "1E5", "007", "𠮷", "ᠮᠣᠩᠭᠣᠯ\u202fᠤᠨ", "<&>\"'", strings.Repeat("长", 32767), "\uFFFD", "甲\r\n乙"}
	s := sheet.Sheet{Form: f, Kinds: record.Kinds()}
	for _, text := range texts {
		s.Lines = append(s.Lines, sheet.Line{Cells: []string{text, "12", "1234.50"}})
	}
	odd := [][2]string{{"007", "12.345678901234567890"}, {"••••", "90071992547409.93"}, {"2、1", "0.10"}, {"1E5", "-3"}}
	for _, n := range odd {
		s.Lines = append(s.Lines, sheet.Line{Cells: []string{"数", n[0], n[1]}})
	}
	b := openBook(t, write(t, sheet.Doc{Sheets: []sheet.Sheet{s}, Made: made}))
	got := map[int]xlsx.Row{}
	must(t, b.Rows(t.Context(), 0, func(r xlsx.Row) error {
		r.Cells = slices.Clone(r.Cells)
		got[r.Index] = r
		return nil
	}))
	for i, text := range texts {
		c := got[3+i].Cells
		if want := strings.ReplaceAll(text, "\r\n", "\n"); c[0].Type != xlsx.Text || c[0].Text != want || c[0].Format != "@" {
			t.Errorf("%.20q became %.20q (%s)", text, c[0].Text, c[0].Format)
		}
		if c[1].Type != xlsx.Number || c[1].Text != "12" || c[2].Type != xlsx.Number || c[2].Text != "1234.5" {
			t.Errorf("numbers became %+v", c[1:])
		}
	}
	for i, want := range [][2]xlsx.Type{{xlsx.Text, xlsx.Text}, {xlsx.Text, xlsx.Text}, {xlsx.Text, xlsx.Number}, {xlsx.Text, xlsx.Number}} {
		c := got[3+len(texts)+i].Cells
		if c[1].Type != want[0] || c[2].Type != want[1] || want[1] == xlsx.Text && c[2].Text != odd[i][1] {
			t.Errorf("%v became %+v", odd[i], c[1:])
		}
	}
}

// Ensure that code columns offer their words, short lists in the cell and long
// ones from the hidden sheet, on the rows of the table and below it, but not on
// the line for signatures; that a cell of several values is only offered them;
// and that nobody types into the row codes.
func TestDropLists(t *testing.T) {
	var many []field.Item
	for i := range 60 {
		many = append(many, field.Item{Code: fmt.Sprint(i), Word: fmt.Sprint("很长很长的词", i)})
	}
	list := field.NewCodeList("many", "多", "默认值", many)
	var texts [3]string
	k := &field.Kind{Name: "k", Label: "类", Fields: []field.Field{
		field.Coded(&texts[0], "long", "长表", list), field.YesNo(&texts[1], "short", "短表"), field.Coded(&texts[2], "again", "又一", list)}}
	k = k.Extend()
	f := &field.Form{Name: "f", Title: "表", Kind: "k", Columns: []field.Column{{Path: "long"}, {Path: "short", Each: true}, {Path: "again"}}}
	path := write(t, sheet.Doc{Made: made, Sheets: []sheet.Sheet{{Form: f, Kinds: field.Kinds{k}, Lines: []sheet.Line{{Code: sheet.RowCode("1"), Cells: []string{"", "", ""}}}, Spare: 2}}})
	book, err := excelize.OpenFile(path)
	must(t, err)
	defer book.Close()
	rules, err := book.GetDataValidations("表")
	must(t, err)
	var got []string
	for _, r := range rules {
		style := "-"
		if r.ShowErrorMessage {
			style = *r.ErrorStyle
		}
		got = append(got, fmt.Sprint(r.Sqref, " ", r.Formula1, " ", style))
	}
	want := []string{
		"A4:A6 A9:A208 _字典!$A$1:$A$60 warning",
		"B4:B6 B9:B208 \"是,否\" -",
		"C4:C6 C9:C208 _字典!$A$1:$A$60 warning",
		"D4:D6 FALSE stop",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if shown, err := book.GetSheetVisible("_字典"); err != nil || shown {
		t.Errorf("the sheet of lists is shown: %v", err)
	}
}

// Ensure that a protected sheet can still be sorted, filtered and have its rows
// deleted: no cell of the table is locked, the heads are.
func TestProtect(t *testing.T) {
	d, _ := printed(2, 2, formNamed("village"))
	d.Protect = true
	d.Carrier = &sheet.Carrier{Book: "b"}
	book, err := excelize.OpenFile(write(t, d))
	must(t, err)
	defer book.Close()
	name := book.GetSheetName(0)
	for cell, locked := range map[string]bool{"A1": true, "A3": true, "A4": false, "D4": false, "T4": false, "D9": false} {
		id, err := book.GetCellStyle(name, cell)
		must(t, err)
		style, err := book.GetStyle(id)
		must(t, err)
		if got := style.Protection == nil || style.Protection.Locked; got != locked {
			t.Errorf("%s locked: %v, want %v", cell, got, locked)
		}
	}
	p, err := book.GetSheetProtection(name)
	must(t, err)
	if !p.Sort || !p.AutoFilter || !p.InsertRows || !p.DeleteRows || !p.FormatCells || p.DeleteColumns || p.InsertColumns {
		t.Errorf("protection %+v", p)
	}
}

// office runs LibreOffice on a file and gives the folder of the result.
func office(t *testing.T, path, format string) string {
	t.Helper()
	program, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("soffice is not installed")
	}
	out := t.TempDir()
	cmd := exec.Command(program, "--headless", "-env:UserInstallation=file://"+t.TempDir(), "--convert-to", format, "--outdir", out, path)
	if text, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	return filepath.Join(out, strings.TrimSuffix(filepath.Base(path), ".xlsx")+"."+format)
}

// Ensure that LibreOffice opening and saving a book changes no cell of it, and
// keeps what it says of itself.
func TestLibreOffice(t *testing.T) {
	d, _ := printed(9, 30, allForms()...)
	d.Cover = [][2]string{{"", "上报数据包"}, {"填报单位", d.Unit}}
	d.Carrier = &sheet.Carrier{Book: "b-2", Rows: [][]string{{"a", "", "长长的"}, {"b"}}}
	path := write(t, d)
	saved := office(t, path, "xlsx")
	if before, after := bookText(t, path), bookText(t, saved); sorted(before) != sorted(after) {
		b, a := strings.Split(before, "\n"), strings.Split(after, "\n")
		for i := range min(len(b), len(a)) {
			if b[i] != a[i] {
				t.Fatalf("line %d: %s became %s", i, b[i], a[i])
			}
		}
		t.Fatalf("%d lines became %d", len(b), len(a))
	}
	c, found, err := sheet.ReadCarrier(t.Context(), openBook(t, saved))
	if err != nil || !found || c.Book != "b-2" || len(c.Rows) != 2 || c.Rows[0][2] != "长长的" {
		t.Errorf("carrier %+v, %v, %v", c, found, err)
	}
}

func sorted(text string) string {
	lines := strings.Split(text, "\n")
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// Ensure that a printed roster is as wide as one A4 page lying down, repeats its
// heads on every page, and prints no row codes.
func TestPages(t *testing.T) {
	d, _ := printed(3, 80, formNamed("committee"))
	d.Carrier = &sheet.Carrier{Book: "b"}
	pdf := office(t, write(t, d), "pdf")
	program, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("pdftotext is not installed")
	}
	out, err := exec.Command(program, "-layout", pdf, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	pages := strings.Split(strings.TrimSuffix(string(out), "\f"), "\f")
	if len(pages) < 2 || len(pages) > 4 {
		t.Fatalf("%d pages for 80 rows", len(pages))
	}
	for i, p := range pages {
		for _, text := range []string{"身份证号", "备注", "批次码：HJ2K-88QX", "页，共"} {
			if !strings.Contains(p, text) {
				t.Errorf("page %d lacks %q", i+1, text)
			}
		}
		if strings.Contains(p, "勿改") {
			t.Errorf("page %d has the row codes", i+1)
		}
	}
	if !strings.Contains(pages[len(pages)-1], "填表人：") || !strings.Contains(pages[0], "填报单位（盖章）：某旗幸福苏木") {
		t.Error("the line above or below the table is missing")
	}
}

// Ensure that a failing write leaves the old file as it was and none of its own.
func TestWriteFails(t *testing.T) {
	long, _ := printed(1, 2, formNamed("village"))
	long.Sheets[0].Lines[1].Cells[3] = strings.Repeat("长", 32768)
	control, _ := printed(1, 2, formNamed("village"))
	control.Sheets[0].Lines[1].Cells[3] = "前进\x07村"
	broken, _ := printed(1, 2, formNamed("village"))
	broken.Sheets[0].Lines[1].Cells[3] = "前进\xff村"
	twice, _ := printed(1, 2, formNamed("village"), formNamed("village"))
	wrong, _ := printed(1, 2, formNamed("village"))
	wrong.Carrier = &sheet.Carrier{Book: "b\"x"}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	for name, c := range map[string]struct {
		ctx  context.Context
		doc  sheet.Doc
		want string
	}{
		"a text too long":         {t.Context(), long, "《嘎查村基本情况表》第2行的“嘎查村”有32768个字，超过一个单元格最多的32767个"},
		"a control character":     {t.Context(), control, "第3个字是无法显示的字符"},
		"not UTF-8":               {t.Context(), broken, "第3个字是无法显示的字符"},
		"one name for two sheets": {t.Context(), twice, "两张表都叫"},
		"no sheets":               {t.Context(), sheet.Doc{}, "没有要导出的表"},
		"an id that is none":      {t.Context(), wrong, "book id"},
		"cancelled":               {cancelled, large(), context.Canceled.Error()},
	} {
		folder := t.TempDir()
		path := filepath.Join(folder, "book.xlsx")
		must(t, os.WriteFile(path, []byte("old"), 0o666))
		err := sheet.Write(c.ctx, path, c.doc, nil)
		if err == nil || !strings.Contains(err.Error(), c.want) || (name == "cancelled") != errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", name, err)
		}
		old, _ := os.ReadFile(path)
		if files, _ := os.ReadDir(folder); len(files) != 1 || string(old) != "old" {
			t.Errorf("%s: %d files, %q", name, len(files), old)
		}
	}
}

func large() sheet.Doc {
	d, _ := printed(1, 600, formNamed("village"))
	return d
}

// Ensure that what stands in the way of the target is told, and that nothing of
// ours is left beside it.
func TestWriteBlocked(t *testing.T) {
	d, _ := printed(1, 2, formNamed("village"))
	folder := t.TempDir()
	path := filepath.Join(folder, "book.xlsx")
	must(t, os.Mkdir(path, 0o777))
	for path, want := range map[string]string{
		path: "“book.xlsx”是一个文件夹，不能当作文件来写",
		filepath.Join(folder, "没有", "book.xlsx"):        "找不到文件夹“没有”，“book.xlsx”没有写成",
		filepath.Join(folder, strings.Repeat("长", 300)): "太长",
	} {
		for name, err := range map[string]error{"a book": sheet.Write(t.Context(), path, d, nil), "bad rows": sheet.WriteErrors(t.Context(), path, nil)} {
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %v, want %s", name, err, want)
			}
		}
	}
	if files, _ := os.ReadDir(folder); len(files) != 1 {
		t.Errorf("%d files left", len(files))
	}
}

// Ensure that what is to be done before a book takes its name is done once the
// book is there, and that its error leaves the old file and nothing else.
func TestWriteBefore(t *testing.T) {
	d, _ := printed(1, 2, formNamed("village"))
	folder := t.TempDir()
	path := filepath.Join(folder, "book.xlsx")
	must(t, os.WriteFile(path, []byte("old"), 0o666))
	refused := errors.New("没有记下")
	d.Before = func() error {
		if files, _ := os.ReadDir(folder); len(files) != 2 {
			t.Errorf("%d files before the book takes its name", len(files))
		}
		return refused
	}
	err := sheet.Write(t.Context(), path, d, nil)
	old, _ := os.ReadFile(path)
	if files, _ := os.ReadDir(folder); err != refused || len(files) != 1 || string(old) != "old" {
		t.Errorf("%v, %d files, %q", err, len(files), old)
	}
}

// Ensure that an older file is replaced by the whole new one, that the same
// document gives the same bytes, and that progress comes to an end.
func TestWriteReplaces(t *testing.T) {
	folder := t.TempDir()
	one, two := filepath.Join(folder, "1.xlsx"), filepath.Join(folder, "2.xlsx")
	must(t, os.WriteFile(one, []byte("old"), 0o666))
	last, all := 0, 0
	must(t, sheet.Write(t.Context(), one, large(), func(done, total int) {
		if done < last {
			t.Errorf("progress went back from %d to %d", last, done)
		}
		last, all = done, total
	}))
	if last == 0 || last > all {
		t.Errorf("progress ended at %d of %d", last, all)
	}
	must(t, sheet.Write(t.Context(), two, large(), nil))
	a, err := os.ReadFile(one)
	must(t, err)
	b, err := os.ReadFile(two)
	must(t, err)
	if string(a) != string(b) {
		t.Error("the same document gave other bytes")
	}
}
