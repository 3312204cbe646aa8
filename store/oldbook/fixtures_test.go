package oldbook_test

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"touyan/store/oldbook"
	"touyan/store/xlsx"

	"github.com/xuri/excelize/v2"
)

// With -update the books in testdata are made anew, all by LibreOffice from one
// that is written here: it computes the formulas.
var update = flag.Bool("update", false, "make the books in testdata anew (needs soffice)")

// fixtures are the books of testdata, each with the filter that writes it.
var fixtures = []struct{ name, filter string }{
	{"roster.xlsx", "xlsx:Calc MS Excel 2007 XML"},
	{"roster.xls", "xls:MS Excel 97"},
	{"roster.xml", "xml:MS Excel 2003 XML"},
	{"roster.html", "html:HTML (StarCalc)"},
	{"roster.csv", "csv:Text - txt - csv (StarCalc):44,34,76,1"},
}

func TestMain(m *testing.M) {
	flag.Parse()
	if *update {
		if err := makeFixtures(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	os.Exit(m.Run())
}

func makeFixtures() error {
	dir, err := os.MkdirTemp("", "roster")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	book := filepath.Join(dir, "roster.xlsx")
	if err := makeRoster(book, 40); err != nil {
		return err
	}
	flat, err := flatten(dir, book)
	if err != nil {
		return err
	}
	for _, f := range fixtures {
		from := book
		if strings.HasSuffix(f.name, ".xml") {
			from = flat
		}
		if err := convert(from, f.filter, "testdata"); err != nil {
			return err
		}
	}
	return nil
}

// flatten gives the book as LibreOffice's own XML without the thousands of empty
// columns at the right, over which its filter for the XML of Excel 2003 stumbles.
func flatten(dir, book string) (string, error) {
	if err := convert(book, "fods", dir); err != nil {
		return "", err
	}
	flat := filepath.Join(dir, "roster.fods")
	text, err := os.ReadFile(flat)
	if err != nil {
		return "", err
	}
	empty := regexp.MustCompile(`<table:table-c[^>]*number-columns-repeated="16\d{3}"[^>]*/>`)
	below := regexp.MustCompile(`<table:table-row[^>]*number-rows-repeated="10\d{5}"[^>]*>\s*</table:table-row>`)
	return flat, os.WriteFile(flat, below.ReplaceAll(empty.ReplaceAll(text, nil), nil), 0o600)
}

func convert(book, filter, to string) error {
	if out, err := exec.Command("soffice", "--headless", "--convert-to", filter, "--outdir", to, book).CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", filter, err, out)
	}
	return nil
}

// makeRoster writes a roster of invented people with what cells may hold: texts,
// ID numbers as texts, dates of both precisions, numbers, formulas, rich text, an
// error, merged and hidden ones.
func makeRoster(path string, people int) error {
	f := excelize.NewFile()
	defer f.Close()
	const sheet = "两委花名册"
	month, day := `yyyy"年"m"月"`, "yyyy-mm-dd"
	var errs []error
	style := func(s *excelize.Style) int {
		id, err := f.NewStyle(s)
		errs = append(errs, err)
		return id
	}
	monthStyle, dayStyle, textStyle := style(&excelize.Style{CustomNumFmt: &month}), style(&excelize.Style{CustomNumFmt: &day}), style(&excelize.Style{NumFmt: 49})
	put := func(sheet string, row int, cells ...any) {
		for i, c := range cells {
			if c != nil {
				errs = append(errs, f.SetCellValue(sheet, xlsx.CellName(i, row), c))
			}
		}
	}
	errs = append(errs, f.SetSheetName("Sheet1", sheet))
	put(sheet, 0, "白音花苏木嘎查村“两委”成员花名册")
	put(sheet, 1, "序号", "嘎查村", "姓名", "性别", "民族", "出生年月", "公民身份号码", "联系电话", "学历", "职务", "任职时间", "备注")
	errs = append(errs, f.MergeCell(sheet, "A1", "L1"))
	for i := range people {
		row := 2 + i
		birth := 24000 + 97*i
		put(sheet, row, i+1, []string{"前进嘎查", "红星嘎查", "查干村"}[i/14%3], invented(i), []string{"男", "女"}[i%2], []string{"蒙古族", "汉族"}[i%2],
			birth, idNumber(birth, i), 13800000001+i, []string{"高中", "大专", "本科"}[i%3], []string{"支书兼嘎查达", "支委", "委员"}[min(i%14, 2)], 44200+i, remark(i))
		if i >= 6 && i <= 9 {
			errs = append(errs, f.SetCellValue(sheet, xlsx.CellName(11, row), nil)) // formulas come there
		}
		errs = append(errs, f.SetCellStyle(sheet, xlsx.CellName(5, row), xlsx.CellName(5, row), monthStyle),
			f.SetCellStyle(sheet, xlsx.CellName(10, row), xlsx.CellName(10, row), dayStyle), f.SetCellStyle(sheet, xlsx.CellName(6, row), xlsx.CellName(6, row), textStyle))
	}
	errs = append(errs, f.SetCellRichText(sheet, "C6", []excelize.RichTextRun{{Text: "乌"}, {Text: "兰", Font: &excelize.Font{Bold: true}}, {Text: "图雅"}}),
		f.SetCellFormula(sheet, "L9", `"算出"&"的"`), f.SetCellFormula(sheet, "L10", "1/0"), f.SetCellFormula(sheet, "L11", "2*3.5"), f.SetCellFormula(sheet, "L12", `IF(1=1,"是","否")`))
	for _, hidden := range []string{"藏起", "后备"} {
		_, err := f.NewSheet(hidden)
		errs = append(errs, err)
	}
	put("藏起", 0, "姓名", "不该读")
	errs = append(errs, f.SetSheetVisible("藏起", false))
	put("后备", 0, "后备力量花名册")
	put("后备", 1, "嘎查村", "姓名", "性别", "公民身份号码", "出生年月")
	put("后备", 2, "查干村", "包力道", "男", idNumber(33000, 7), "1990.05")
	put("后备", 3, nil, "韩德木", "女", idNumber(33100, 8), 1990.08)
	errs = append(errs, f.MergeCell("后备", "A1", "E1"), f.MergeCell("后备", "A3", "A4"))
	for _, s := range []string{sheet, "藏起", "后备"} {
		errs = append(errs, f.SetColWidth(s, "A", "L", 12))
	}
	return errors.Join(append(errs, f.SaveAs(path))...)
}

// invented gives a name nobody is meant by.
func invented(i int) string {
	return string([]rune("白陈孟韩吴包")[i%6]) + string([]rune("音那苏德乌日娜")[i%7]) + string([]rune("图拉格木其尔")[i/6%6])
}

// remark is a text of some length, in characters of one byte and of two.
func remark(i int) string {
	if i%3 == 0 {
		return fmt.Sprintf("remark %d: %s", i, strings.Repeat("plain ASCII text, ", 12))
	}
	return fmt.Sprintf("备注%d：%s", i, strings.Repeat("值班、巡查、走访农牧户，", 12))
}

// idNumber makes one of an invented person born on a serial date, with its check
// digit.
func idNumber(birth, i int) string {
	y, m, d, _ := xlsx.Serial(fmt.Sprint(birth), false)
	s := fmt.Sprintf("150426%04d%02d%02d%03d", y, m, d, 100+i*2+(i+1)%2)
	sum := 0
	for n, c := range s {
		sum += int(c-'0') * []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}[n]
	}
	return s + string("10X98765432"[sum%11])
}

// openAny opens a book as the program does.
func openAny(path, password string) (*xlsx.Book, error) {
	b, err := xlsx.OpenEncrypted(path, password, xlsx.DefaultLimits())
	if refused, ok := errors.AsType[*xlsx.Error](err); ok && oldbook.Reads(refused.Code) {
		return oldbook.Open(path, refused.Code, password, xlsx.DefaultLimits())
	}
	return b, err
}

// readAny is openAny for a book in memory.
func readAny(data []byte, password string) (*xlsx.Book, error) {
	b, err := xlsx.NewReader(strings.NewReader(string(data)), int64(len(data)), xlsx.DefaultLimits())
	if refused, ok := errors.AsType[*xlsx.Error](err); ok && oldbook.Reads(refused.Code) {
		return oldbook.Read(data, "名册", refused.Code, password, xlsx.DefaultLimits())
	}
	return b, err
}

func fixture(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}
