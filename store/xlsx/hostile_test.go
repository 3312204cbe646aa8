package xlsx

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"github.com/xuri/excelize/v2"
)

// refusal reads a whole workbook that must be refused, checks that the message
// says what to do and that little memory was asked for, and gives the code.
func refusal(t *testing.T, data []byte) Code {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	got, err := table(data)
	runtime.ReadMemStats(&after)
	if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used > 64 {
		t.Errorf("asked for %d MB", used)
	}
	var refused *Error
	if !errors.As(err, &refused) {
		t.Fatalf("error %v, table\n%.500s", err, got)
	}
	if !strings.Contains(err.Error(), "请") || !strings.HasSuffix(err.Error(), "。") {
		t.Errorf("not a sentence that says what to do: %v", err)
	}
	return refused.Code
}

// compound makes the head of an OLE2 file with one stream of the name given.
func compound(stream string) []byte {
	data := make([]byte, 4096)
	copy(data, oleMagic)
	name := wide(stream)
	copy(data[1024:], name)
	data[1024+64] = byte(len(name) + 2)
	data[1024+66] = 2
	return data
}

// Ensure that each file that is no workbook is called by what it is.
func TestLookalikes(t *testing.T) {
	other := func(name string) []byte { return pack(t, deflated, append(sample(), file{name, "x"})) }
	for name, c := range map[string]struct {
		data []byte
		code Code
	}{
		"empty":                {nil, Empty},
		"one byte":             {[]byte("P"), PlainText},
		"only zeros":           {make([]byte, 5000), Damaged},
		"xls":                  {compound("Workbook"), OldFormat},
		"xls of Excel 95":      {compound("Book"), OldFormat},
		"xls of Excel 4":       {[]byte("\x09\x04\x06\x00\x00\x00\x10\x00"), OldFormat},
		"unknown OLE2":         {compound("Contents"), OldFormat},
		"Word":                 {compound("WordDocument"), NotWorkbook},
		"encrypted":            {compound("EncryptedPackage"), Encrypted},
		"XML of 2003":          {[]byte(`<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>`), Spreadsheet2003XML},
		"web page":             {[]byte("\r\n<HTML><table><tr><td>姓名</td></tr></table></HTML>"), HTML},
		"bare table":           {[]byte("<TABLE border=1><tr>"), HTML},
		"CSV":                  {[]byte("姓名,电话\r\n"), PlainText},
		"CSV of columns MZ":    {[]byte("MZ,BM\r\n"), PlainText},
		"CSV in GBK":           {[]byte("\xD0\xD5\xC3\xFB,\xB5\xE7\xBB\xB0\r\n"), PlainText},
		"CSV in UTF-16":        {[]byte("\xFF\xFE\xD3\x59\x0D\x54\x09\x00"), PlainText},
		"PDF":                  {[]byte("%PDF-1.7 ..."), NotWorkbook},
		"photo":                {[]byte("\xFF\xD8\xFF\xE0\x00\x10JFIF"), NotWorkbook},
		"noise":                {[]byte("\x01\x02\x03\x04\x05\x06"), NotWorkbook},
		"some zip":             {pack(t, deflated, []file{{"a.txt", "x"}}), NotWorkbook},
		"docx":                 {other("word/document.xml"), NotWorkbook},
		"pptx":                 {other("ppt/presentation.xml"), NotWorkbook},
		"ods":                  {other("mimetype"), NotWorkbook},
		"xlsb":                 {other("xl/workbook.bin"), NotWorkbook},
		"xlsm":                 {other("xl/vbaProject.bin"), Macro},
		"only the start":       {pack(t, deflated, sample())[:500], Damaged},
		"zip of no entries":    {rawZip{}.bytes(t), NotWorkbook},
		"zip with a password":  {rawZip{entries: raw(sample(), deflated, flagEncrypted, false)}.bytes(t), Encrypted},
		"macros by their type": {pack(t, deflated, replaced(0, "sheet.main", "macroEnabled.main")), Macro},
		"macro sheet":          {pack(t, deflated, replaced(3, "relationships/worksheet", "relationships/xlMacrosheet")), Macro},
	} {
		t.Run(name, func(t *testing.T) {
			if got := refusal(t, c.data); got != c.code {
				_, err := table(c.data)
				t.Errorf("code %d, want %d: %v", got, c.code, err)
			}
		})
	}
}

// replaced is the sample with a change in one of its parts.
func replaced(part int, old, new string) []file {
	files := sample()
	files[part].text = strings.Replace(files[part].text, old, new, 1)
	return files
}

// Ensure that a zip made to cost much, or to mislead, is refused before it does.
func TestHostileZips(t *testing.T) {
	with := func(change func(z *rawZip)) []byte {
		z := rawZip{entries: raw(sample(), deflated, 0, false)}
		change(&z)
		return z.bytes(t)
	}
	sheet := 5 // of the sample
	million := bytes.Repeat([]byte(`<row/>`), 5<<20)
	for name, c := range map[string]struct {
		data []byte
		code Code
	}{
		"part that declares 3 GB":    {with(func(z *rawZip) { z.entries[4].size = 3 << 30 }), DeclaredHuge},
		"parts that declare 1.1 GB":  {with(func(z *rawZip) { z.entries[4].size, z.entries[5].size = 590<<20, 590<<20 }), DeclaredHuge},
		"part that declares 2^62":    {with(func(z *rawZip) { z.entries[4].size, z.entries[4].zip64 = 1<<62, true }), DeclaredHuge},
		"bomb that owns up":          {with(func(z *rawZip) { z.entries[sheet].data = million }), DeclaredHuge},
		"bomb that declares little":  {with(func(z *rawZip) { z.entries[sheet].data, z.entries[sheet].size = million, 1000 }), Damaged},
		"part shorter than declared": {with(func(z *rawZip) { z.entries[sheet].size = 100_000 }), Damaged},
		"same name twice":            {with(func(z *rawZip) { z.entries = append(z.entries, z.entries[sheet]) }), Damaged},
		"same name but for its case": {with(func(z *rawZip) {
			z.entries = append(z.entries, rawEntry{name: "XL\\WorkSheets/sheet1.xml", data: []byte("x")})
		}), Damaged},
		"two names for one part": {with(func(z *rawZip) { z.entries[sheet].localName = "xl/worksheets/sheet2.xml" }), Damaged},
		"unknown compression":    {with(func(z *rawZip) { z.entries[sheet].method = 12 }), Damaged},
		"overlapping parts": {with(func(z *rawZip) {
			z.entries = append(z.entries, rawEntry{name: z.entries[0].name, data: z.entries[0].data, at: 0})
			z.entries[0].at = 1
		}), Damaged},
		"fewer entries than there are": {with(func(z *rawZip) { z.count = -1 }), Damaged},
		"more entries than there are":  {with(func(z *rawZip) { z.count = 1 }), Damaged},
		"2,001 entries": {with(func(z *rawZip) {
			for len(z.entries) < 2001 {
				z.entries = append(z.entries, rawEntry{name: strings.Repeat("x", len(z.entries)), data: []byte("x")})
			}
		}), TooMany},
	} {
		t.Run(name, func(t *testing.T) {
			if got := refusal(t, c.data); got != c.code {
				_, err := table(c.data)
				t.Errorf("code %d, want %d: %v", got, c.code, err)
			}
		})
	}
}

// Ensure that bytes behind the end of the zip, as some mail gates add, change nothing.
func TestTail(t *testing.T) {
	want, _ := table(rawZip{entries: raw(sample(), deflated, 0, false)}.bytes(t))
	got, err := table(rawZip{entries: raw(sample(), deflated, 0, false), tail: "\r\n\x00\x00"}.bytes(t))
	if err != nil || got != want {
		t.Errorf("%v\n%s", err, got)
	}
}

// Ensure that parts made to cost much are refused.
func TestHostileParts(t *testing.T) {
	laughs := `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;">]>` + sharedXML("&lol2;")
	one := sheetXML(`<row r="1"><c r="A1" t="s"><v>0</v></c></row>`)
	wideRows := strings.Builder{}
	for i := range 2000 {
		wideRows.WriteString(`<row><c r="` + CellName(16383, i) + `"><v>1</v></c></row>`)
	}
	small := DefaultLimits()
	small.SharedStrings, small.Merges = 1000, 2
	for name, c := range map[string]struct {
		sheet, shared string
		lim           Limits
		code          Code
	}{
		"billion laughs":          {one, laughs, DefaultLimits(), Damaged},
		"external entity":         {one, `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>` + sharedXML("&e;"), DefaultLimits(), Damaged},
		"2,000 rows to XFD":       {sheetXML(wideRows.String()), "", DefaultLimits(), TooWide},
		"row of 20,000 cells":     {sheetXML(`<row>` + strings.Repeat(`<c r="A1"><v>1</v></c>`, 20_000) + `</row>`), "", DefaultLimits(), Damaged},
		"endless tag":             {sheetXML(`<row a="` + strings.Repeat("x", 3<<20) + `"/>`), "", DefaultLimits(), DeclaredHuge},
		"tag of many attributes":  {sheetXML(`<row ` + manyAttributes() + `/>`), "", DefaultLimits(), Damaged},
		"more strings than room":  {one, sharedXML(make([]string, 300)...), small, TooLarge},
		"longer strings":          {one, sharedXML(strings.Repeat("字", 500)), small, TooLarge},
		"string too long":         {one, sharedXML(strings.Repeat("字", 32768)), DefaultLimits(), TooLong},
		"string of endless runs":  {one, `<sst ` + spaceMain + `><si>` + strings.Repeat(`<r><t>abcdefgh</t></r>`, 40_000) + `</si></sst>`, DefaultLimits(), TooLong},
		"string table of another": {one, strings.ReplaceAll(sharedXML("x"), "sst", "tss"), DefaultLimits(), Damaged},
		"too many merges":         {strings.Replace(one, "</worksheet>", "<mergeCells>"+strings.Repeat(`<mergeCell ref="A1:B2"/>`, 3)+"</mergeCells></worksheet>", 1), sharedXML("x"), small, TooMany},
	} {
		t.Run(name, func(t *testing.T) {
			data := pack(t, deflated, minimal(c.sheet, c.shared))
			b, err := NewReader(bytes.NewReader(data), int64(len(data)), c.lim)
			if err == nil {
				err = b.Rows(t.Context(), 0, func(Row) error { return nil })
			}
			var refused *Error
			if !errors.As(err, &refused) || refused.Code != c.code {
				t.Errorf("want code %d: %v", c.code, err)
			}
		})
	}
}

// Ensure that a file larger than allowed is refused by its size.
func TestFileTooLarge(t *testing.T) {
	data := pack(t, deflated, sample())
	lim := DefaultLimits()
	lim.File = 100
	var refused *Error
	if _, err := NewReader(bytes.NewReader(data), int64(len(data)), lim); !errors.As(err, &refused) || refused.Code != TooLarge {
		t.Errorf("got %v", err)
	}
}

// Ensure that a path that leads to no file is refused with the sentence of the
// disk, and that a disk that stops in the middle is told without its own words.
func TestNoFile(t *testing.T) {
	for path, want := range map[string]string{t.TempDir(): "是一个文件夹，请选里面的文件", filepath.Join(t.TempDir(), "none.xlsx"): "找不到“none.xlsx”"} {
		var refused *Error
		if _, err := Open(path, DefaultLimits()); !errors.As(err, &refused) || refused.Code != Unreadable || !strings.Contains(refused.Message, want) {
			t.Errorf("%s: %v", path, err)
		}
	}
	data := pack(t, deflated, sample())
	for want, fault := range map[string]error{
		"读“花名册.xlsx”时磁盘没有应答":  &os.PathError{Op: "read", Path: "花名册.xlsx", Err: syscall.EIO},
		"读这个文件时磁盘出错，没有采用任何内容": errors.New("no bytes"),
	} {
		var refused *Error
		_, err := NewReader(pulledOut{bytes.NewReader(data), fault}, int64(len(data)), DefaultLimits())
		if !errors.As(err, &refused) || refused.Code != Unreadable || !strings.HasPrefix(refused.Message, want) || !errors.Is(err, fault) {
			t.Errorf("%v is told as %v", fault, err)
		}
	}
}

// pulledOut gives its first bytes and then no more.
type pulledOut struct {
	*bytes.Reader
	fault error
}

func (r pulledOut) ReadAt(b []byte, at int64) (int, error) {
	if at > 0 {
		return 0, r.fault
	}
	return r.Reader.ReadAt(b, at)
}

// Ensure that an encrypted workbook opens with its password only, and that a
// flipped bit in it is an error or changes nothing.
func TestEncrypted(t *testing.T) {
	plain := pack(t, stored, sample()) // excelize seals books under 4 KB so that nobody can open them
	want, err := table(plain)
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := excelize.Encrypt(plain, &excelize.Options{Password: "密码1"})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "sealed.xlsx")
	write := func(data []byte) {
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	read := func(password string) (string, error) {
		b, err := OpenEncrypted(path, password, DefaultLimits())
		if err != nil {
			return "", err
		}
		return bookTable(b)
	}
	write(sealed)
	var refused *Error
	if _, err := Open(path, DefaultLimits()); !errors.As(err, &refused) || refused.Code != Encrypted {
		t.Errorf("without a password: %v", err)
	}
	if _, err := read("wrong"); !errors.As(err, &refused) || refused.Code != WrongPassword {
		t.Errorf("with a wrong password: %v", err)
	}
	if got, err := read("密码1"); err != nil || got != want {
		t.Errorf("with the password: %v\n%s", err, got)
	}
	for i := 0; i < 8*len(sealed); i += 4001 {
		sealed[i/8] ^= 1 << (i % 8)
		write(sealed)
		if got, err := read("密码1"); err == nil && got != want || err != nil && !errors.As(err, &refused) {
			t.Errorf("bit %d: %v\n%s", i, err, got)
		}
		sealed[i/8] ^= 1 << (i % 8)
	}
	write(plain)
	if got, err := read(""); err != nil || got != want {
		t.Errorf("not encrypted at all: %v", err)
	}
	if sealed, err = excelize.Encrypt(plain, &excelize.Options{Password: ProtectedPassword}); err != nil {
		t.Fatal(err)
	}
	write(sealed)
	for _, password := range []string{"", "anything"} {
		if got, err := read(password); err != nil || got != want {
			t.Errorf("only its structure protected, with password %q: %v", password, err)
		}
	}
}

// Ensure that a file asking for endless key derivation is refused at once.
func TestEndlessSpins(t *testing.T) {
	data := append(compound("EncryptedPackage"), `<p:encryptedKey spinCount="2000000000" />`...)
	path := filepath.Join(t.TempDir(), "spin.xlsx")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	var refused *Error
	if _, err := OpenEncrypted(path, "x", DefaultLimits()); !errors.As(err, &refused) || refused.Code != Damaged {
		t.Errorf("got %v", err)
	}
}

func manyAttributes() string {
	var w strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&w, `a%d="" `, i)
	}
	return w.String()
}
