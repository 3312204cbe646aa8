package main

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"touyan/store/sheet/byhand"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// call runs touyanctl and returns what it exits with and what it says.
func call(t *testing.T, args ...string) (code int, out, said string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code = run(context.Background(), args, &stdout, &stderr)
	return code, stdout.String(), stderr.String()
}

// wantCall is call for what must go well.
func wantCall(t *testing.T, args ...string) string {
	t.Helper()
	code, out, said := call(t, args...)
	if code != exitDone {
		t.Fatalf("%v: exit %d: %s", args, code, said)
	}
	return out
}

func newLedger(t *testing.T, dir string) string {
	t.Helper()
	ledger := filepath.Join(dir, "台账.touyan")
	wantCall(t, "init", "--ledger", ledger, "--level", "township", "--office", "150426201", "--name", "白音花苏木")
	return ledger
}

// write makes a book with one sheet, cells parted by |.
func write(t *testing.T, path, password string, lines ...string) string {
	t.Helper()
	if err := byhand.Write(path, password, byhand.Sheet{Name: "Sheet1", Text: strings.Join(lines, "\n")}); err != nil {
		t.Fatal(err)
	}
	return path
}

var goodLines = []string{"两委成员花名册", "嘎查村|姓名|性别|出生年月|身份证号|职务", "前进嘎查|巴特尔|男|1985.03|150426198503074517|支书兼嘎查达", "前进嘎查|李秀云|女|1990.10||支委"}

// repack writes a zip again with some of its entries changed; nil leaves one
// out, and names that were not there are added.
func repack(t *testing.T, from, to string, entries map[string][]byte) {
	t.Helper()
	r, err := zip.OpenReader(from)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	out, err := os.Create(to)
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	w := zip.NewWriter(out)
	defer w.Close()
	for _, f := range r.File {
		if _, ours := entries[f.Name]; ours {
			continue
		}
		if err := w.Copy(f); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(entries)) {
		e, err := w.Create(name)
		if err == nil {
			_, err = e.Write(entries[name])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// boast writes a book one part of which says it unpacks to 3 GB.
func boast(t *testing.T, to string) {
	t.Helper()
	out, err := os.Create(to)
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	var packed bytes.Buffer
	c, _ := flate.NewWriter(&packed, 6)
	io.WriteString(c, "<styleSheet/>")
	c.Close()
	w := zip.NewWriter(out)
	defer w.Close()
	e, err := w.CreateRaw(&zip.FileHeader{Name: "xl/styles.xml", Method: zip.Deflate, CRC32: crc32.ChecksumIEEE([]byte("<styleSheet/>")),
		CompressedSize64: uint64(packed.Len()), UncompressedSize64: 3 << 30})
	if err == nil {
		_, err = e.Write(packed.Bytes())
	}
	if err != nil {
		t.Fatal(err)
	}
}

// compound is the head of an OLE2 file with one stream: what an .xls begins
// with.
func compound(stream string) []byte {
	b := make([]byte, 4096)
	copy(b, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
	for i, u := range utf16.Encode([]rune(stream)) {
		binary.LittleEndian.PutUint16(b[1024+2*i:], u)
	}
	binary.LittleEndian.PutUint16(b[1024+64:], uint16(2*len(stream)+2))
	return b
}

// Ensure that a file that cannot be taken in is refused with a sentence that
// says what it is and what to do, and that nothing is written.
func TestBadBooks(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	good := write(t, at("好.xlsx"), "", goodLines...)
	raw, err := os.ReadFile(good)
	if err != nil {
		t.Fatal(err)
	}
	put := func(name string, b []byte) string {
		if err := os.WriteFile(at(name), b, 0o600); err != nil {
			t.Fatal(err)
		}
		return at(name)
	}
	cases := []struct{ name, path, what, remedy string }{
		{"encrypted", write(t, at("加密.xlsx"), "秘密1", goodLines...), "加了密码", "TOUYAN_BOOK_PASSWORD"},
		{"cut in half", put("半截.xlsx", raw[:len(raw)/2]), "损坏", "重新发一份"},
		{"one bit flipped", put("翻转.xlsx", flipped(t, raw)), "损坏", "重新发一份"},
		{"older than .xls", put("很旧.xls", []byte("\x09\x04\x06\x00\x00\x00\x10\x00")), "Excel 95", "另存为"},
		{"old format under a new name, cut", put("改名.xlsx", compound("Workbook")), "损坏", "另存为"},
		{"text without heads", put("文本.xlsx", []byte("品名,数量\n铁锹,3\n")), "没有找到认识的表头", "--form"},
		{"web page without tables", put("网页.xls", []byte("<html><p>请登录</p></html>")), "网页", "另存为"},
		{"picture", put("照片.xlsx", []byte("\xFF\xD8\xFF\xE0 a photo of a roster")), "照片", ".xlsx"},
		{"nothing in it", put("空.xlsx", nil), "空的", "再复制一次"},
		{"a folder", dir, "文件夹", "请选里面的文件"},
		{"not there", at("没有.xlsx"), "找不到“没有.xlsx”", "请核对文件名"},
		{"a word document", put("说明.xlsx", zipped(t, "word/document.xml")), "Word", "请选扩展名为 .xlsx"},
		{"an empty argument", "", "请写明文件名", ""},
		{"another table", write(t, at("物资.xlsx"), "", "物资台账", "品名|数量|单价", "铁锹|3|25"), "没有找到认识的表头", "--form"},
	}
	add := func(name, file, what, remedy string, make func(path string)) {
		make(at(file))
		cases = append(cases, struct{ name, path, what, remedy string }{name, at(file), what, remedy})
	}
	add("macro", "宏.xlsm", "宏", "另存为", func(p string) {
		types := strings.ReplaceAll(string(entry(t, good, "[Content_Types].xml")), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml")
		repack(t, good, p, map[string][]byte{"[Content_Types].xml": []byte(types), "xl/vbaProject.bin": compound("VBA")})
	})
	add("oversized", "太大.xlsx", "100 MB", "请", func(p string) {
		put("太大.xlsx", raw)
		if err := os.Truncate(p, 101<<20); err != nil {
			t.Fatal(err)
		}
	})
	add("bomb", "炸弹.xlsx", "大得不正常", "请用 WPS", func(p string) {
		repack(t, good, p, map[string][]byte{"xl/worksheets/sheet9.xml": make([]byte, 64<<20)})
	})
	add("says 3 GB", "三GB.xlsx", "3072 MB", "请用 WPS", func(p string) { boast(t, p) })
	add("column XFD", "很宽.xlsx", "XFD", "删去", func(p string) {
		f, err := excelize.OpenFile(good)
		if err == nil {
			err = f.SetCellStr("Sheet1", "XFD5", "x")
		}
		if err == nil {
			err = f.SaveAs(p)
		}
		if err != nil {
			t.Fatal(err)
		}
	})
	ledger := newLedger(t, dir)
	newer := at("新版.xlsx")
	wantCall(t, "import", good, "--ledger", ledger)
	wantCall(t, "print", "--form", "committee", "--out", newer, "--ledger", ledger)
	add("newer version", "新版.xlsx", "更新版本", "升级", func(p string) {
		f, err := excelize.OpenFile(p)
		if err == nil {
			err = f.SetCellStr("_交接", "B1", "9")
		}
		if err == nil {
			err = f.Save()
		}
		if err != nil {
			t.Fatal(err)
		}
	})
	before := lists(t, ledger)
	for _, c := range cases {
		for _, verb := range []string{"import", "merge"} {
			code, out, said := call(t, verb, c.path, "--ledger", ledger)
			want := exitRefused
			if c.name == "encrypted" || c.path == "" { // a password not given is a wrong call
				want = exitUsage
			}
			if code != want || verb == "import" && out != "" {
				t.Errorf("%s: %s exits %d, answers %s", c.name, verb, code, out)
			}
			if !strings.Contains(said, c.what) || !strings.Contains(said, c.remedy) {
				t.Errorf("%s: %s says %q, want %q and %q", c.name, verb, said, c.what, c.remedy)
			}
			if strings.Contains(said, dir+"/") {
				t.Errorf("%s: a path in %q", c.name, said)
			}
		}
	}
	if after := lists(t, ledger); after != before {
		t.Errorf("the ledger changed:\n%s\nwas\n%s", after, before)
	}
}

// lists is all a ledger shows.
func lists(t *testing.T, ledger string) string {
	t.Helper()
	out := wantCall(t, "batches", "--json", "--ledger", ledger)
	for _, kind := range []string{"office", "village", "person", "post", "reserve"} {
		out += wantCall(t, "list", kind, "--json", "--ledger", ledger)
	}
	return out
}

func entry(t *testing.T, path, name string) []byte {
	t.Helper()
	r, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	f, err := r.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	b, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// flipped is the book with one bit of its sheet turned over.
func flipped(t *testing.T, raw []byte) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	out := bytes.Clone(raw)
	for _, f := range z.File {
		if f.Name == "xl/worksheets/sheet1.xml" {
			at, err := f.DataOffset()
			if err != nil {
				t.Fatal(err)
			}
			out[at+int64(f.CompressedSize64)/2] ^= 4
		}
	}
	return out
}

// zipped is an archive with one file.
func zipped(t *testing.T, name string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	_, err := z.Create(name)
	if err := errors.Join(err, z.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Ensure that a roster is taken in alike whatever format it was saved in, and
// whatever its name says.
func TestOtherFormats(t *testing.T) {
	dir := t.TempDir()
	books := filepath.Join("..", "..", "store", "oldbook", "testdata")
	text, err := os.ReadFile(filepath.Join(books, "roster.csv"))
	if err != nil {
		t.Fatal(err)
	}
	gbk, err := simplifiedchinese.GBK.NewEncoder().Bytes(text)
	if err != nil {
		t.Fatal(err)
	}
	renamed := filepath.Join(dir, "改名.xls")
	if err := os.WriteFile(renamed, gbk, 0o600); err != nil {
		t.Fatal(err)
	}
	type answer struct{ Rows, New, Updated, Same, Conflicts, Refused int }
	taken := func(book string, more ...string) (a answer, people string) {
		t.Helper()
		ledger := newLedger(t, t.TempDir())
		_, out, said := call(t, append([]string{"import", book, "--json", "--ledger", ledger}, more...)...)
		if err := json.Unmarshal([]byte(out), &a); err != nil {
			t.Fatalf("%s: %v %s", book, err, said)
		}
		var list []map[string]any
		if err := json.Unmarshal([]byte(wantCall(t, "list", "person", "--json", "--ledger", ledger)), &list); err != nil {
			t.Fatal(err)
		}
		var lines []string
		for _, p := range list {
			lines = append(lines, fmt.Sprint(p["name"], p["idno"], p["phone"]))
		}
		slices.Sort(lines)
		return a, strings.Join(lines, "\n")
	}
	all, allPeople := taken(filepath.Join(books, "roster.xlsx"))
	first, firstPeople := taken(filepath.Join(books, "roster.xlsx"), "--sheet", "两委花名册")
	if all.New == 0 || all.Rows != first.Rows+2 {
		t.Fatalf("the .xlsx itself gives %+v and %+v", all, first)
	}
	for _, name := range []string{"roster.xls", "roster.xml", "roster.html", "roster.csv", renamed} {
		want, wantPeople := all, allPeople
		if name == renamed || name == "roster.csv" { // which has room for one sheet
			want, wantPeople = first, firstPeople
		}
		if !filepath.IsAbs(name) {
			name = filepath.Join(books, name)
		}
		if got, people := taken(name); got != want || people != wantPeople {
			t.Errorf("%s: %+v, want %+v\n%s", name, got, want, people)
		}
	}
}

// Ensure that a book with a password opens with it, and that a wrong one is
// said to be wrong.
func TestEncryptedBook(t *testing.T) {
	dir := t.TempDir()
	ledger := newLedger(t, dir)
	book := write(t, filepath.Join(dir, "加密.xlsx"), "秘密1", goodLines...)
	t.Setenv("TOUYAN_BOOK_PASSWORD", "不对")
	if code, _, said := call(t, "import", book, "--ledger", ledger); code != exitRefused || !strings.Contains(said, "密码不对") {
		t.Errorf("wrong password: exit %d, %s", code, said)
	}
	t.Setenv("TOUYAN_BOOK_PASSWORD", "秘密1")
	wantCall(t, "import", book, "--ledger", ledger)
	plain := write(t, filepath.Join(dir, "平常.xlsx"), "", goodLines...)
	wantCall(t, "import", plain, "--ledger", ledger) // the password is there for other books
	old := filepath.Join("..", "..", "store", "oldbook", "testdata", "roster_password.xls")
	if _, _, said := call(t, "import", old, "--ledger", newLedger(t, t.TempDir())); !strings.Contains(said, "读42行") {
		t.Errorf("an .xls with its password: %s", said)
	}
	t.Setenv("TOUYAN_BOOK_PASSWORD", "")
	if code, _, said := call(t, "import", old, "--ledger", ledger); code != exitUsage || !strings.Contains(said, "TOUYAN_BOOK_PASSWORD") {
		t.Errorf("an .xls without its password: exit %d, %s", code, said)
	}
}

// Ensure that import answers one object of the promised shape, whether all is
// well or not.
func TestImportAnswer(t *testing.T) {
	dir := t.TempDir()
	ledger := newLedger(t, dir)
	type answer struct {
		Batch, Book, Form, Sheet                     string
		Rows, New, Updated, Same, Conflicts, Refused int
		Problems                                     []struct{ Sheet, Cell, Label, Value, Message string }
	}
	ask := func(want int, args ...string) (a answer) {
		t.Helper()
		code, out, said := call(t, append(args, "--json", "--ledger", ledger)...)
		if code != want {
			t.Fatalf("%v: exit %d: %s", args, code, said)
		}
		var object map[string]json.RawMessage
		if err := json.Unmarshal([]byte(out), &object); err != nil {
			t.Fatalf("%s: %v", out, err)
		}
		for _, key := range []string{"batch", "book", "form", "sheet", "rows", "new", "updated", "same", "conflicts", "refused", "problems"} {
			if v, ok := object[key]; !ok || string(v) == "null" {
				t.Errorf("%v: no %s in %s", args, key, out)
			}
		}
		if err := json.Unmarshal([]byte(out), &a); err != nil {
			t.Fatal(err)
		}
		return a
	}
	good := write(t, filepath.Join(dir, "好.xlsx"), "", goodLines...)
	bad := write(t, filepath.Join(dir, "坏.xlsx"), "", append(goodLines[:3:3], "前进嘎查|李秀云|女|1990.1||支委", "前进嘎查|王建业|男|1972.03||大队长", "合计|3人")...)

	if a := ask(exitDone, "import", good, "--dry-run"); a.Batch != "" || a.Rows != 2 || a.New != 6 {
		t.Errorf("dry: %+v", a)
	}
	if a := ask(exitRefused, "import", bad, "--strict"); a.Batch != "" || len(a.Problems) != 2 {
		t.Errorf("strict: %+v", a)
	}
	if out := wantCall(t, "list", "person", "--json", "--ledger", ledger); strings.Join(strings.Fields(out), "") != "[]" {
		t.Errorf("written: %s", out)
	}
	mend := filepath.Join(dir, "待改.xlsx")
	a := ask(exitRefused, "import", bad, "--errors", mend)
	p := a.Problems[0]
	if a.Batch == "" || a.Book != "坏.xlsx" || a.Form != "嘎查村“两委”成员花名册" || a.Sheet != "Sheet1" || a.Rows != 3 || a.Refused != 1 || len(a.Problems) != 2 ||
		p.Sheet != "Sheet1" || p.Cell != "D4" || p.Label != "出生年月" || p.Value != "1990.1" || !strings.Contains(p.Message, "1990.10") {
		t.Errorf("import: %+v", a)
	}
	f, err := excelize.OpenFile(mend)
	if err != nil {
		t.Fatal(err)
	}
	for cell, text := range map[string]string{"E3": "1990.10", "G4": "支委"} {
		if err := f.SetCellStr("Sheet1", cell, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Save(); err != nil {
		t.Fatal(err)
	}
	f.Close()
	if a := ask(exitDone, "import", mend); a.Rows != 2 || a.New != 1 || a.Updated != 1 || len(a.Problems) != 0 {
		t.Errorf("mended: %+v", a)
	}
	if a := ask(exitDone, "import", good); a.New != 0 || a.Updated != 0 || a.Same == 0 {
		t.Errorf("again: %+v", a)
	}
}
