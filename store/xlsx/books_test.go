package xlsx

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// file is one entry of a workbook made by hand.
type file struct {
	name, text string
}

const (
	spaceMain = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	relPrefix = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
)

// minimal gives the entries of a small whole workbook with one sheet.
func minimal(sheet, shared string) []file {
	list := []file{
		{"[Content_Types].xml", `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`},
		{"_rels/.rels", relations("officeDocument", "xl/workbook.xml")},
		{"xl/workbook.xml", `<workbook ` + spaceMain + ` xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="花名册" sheetId="1" r:id="rId1"/></sheets><definedNames><definedName name="_批次">"A1"</definedName></definedNames></workbook>`},
		{"xl/_rels/workbook.xml.rels", relations("worksheet", "worksheets/sheet1.xml", "styles", "styles.xml")},
		{"xl/styles.xml", `<styleSheet ` + spaceMain + `><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts><cellXfs><xf/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>`},
		{"xl/worksheets/sheet1.xml", sheet},
	}
	if shared != "" {
		list[3].text = relations("worksheet", "worksheets/sheet1.xml", "styles", "styles.xml", "sharedStrings", "sharedStrings.xml")
		list = append(list, file{"xl/sharedStrings.xml", shared})
	}
	return list
}

// relations builds a .rels part from pairs of type and target.
func relations(pairs ...string) string {
	b := `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	for i := 0; i < len(pairs); i += 2 {
		b += fmt.Sprintf(`<Relationship Id="rId%d" Type="%s%s" Target="%s"/>`, i/2+1, relPrefix, pairs[i], pairs[i+1])
	}
	return b + `</Relationships>`
}

func sheetXML(rows string) string {
	return `<worksheet ` + spaceMain + `><sheetData>` + rows + `</sheetData></worksheet>`
}

func sharedXML(items ...string) string {
	return `<sst ` + spaceMain + `><si><t>` + strings.Join(items, `</t></si><si><t>`) + `</t></si></sst>`
}

// pack zips entries with the method given.
func pack(t testing.TB, method uint16, files []file) []byte {
	t.Helper()
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	for _, f := range files {
		e, err := w.CreateHeader(&zip.FileHeader{Name: f.name, Method: method})
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(e, f.text)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// rows packs a workbook of one sheet, reads it and gives its table.
func rows(t testing.TB, sheet, shared string) (string, error) {
	t.Helper()
	return table(pack(t, zip.Deflate, minimal(sheet, shared)))
}

// table reads a whole workbook into a text, one line a cell, so that two can be
// compared.
func table(data []byte) (string, error) {
	b, err := NewReader(bytes.NewReader(data), int64(len(data)), DefaultLimits())
	if err != nil {
		return "", err
	}
	return bookTable(b)
}

// bookTable is table for an open workbook, which it closes.
func bookTable(b *Book) (string, error) {
	defer b.Close()
	var w strings.Builder
	fmt.Fprintln(&w, b.Names(), b.Properties(), b.Core(), b.Date1904())
	for _, s := range b.Sheets() {
		fmt.Fprintf(&w, "sheet %+v\n", s)
		merges, err := b.Merges(s.Index)
		if err != nil {
			return "", err
		}
		fmt.Fprintln(&w, merges)
		if err := b.Rows(context.Background(), s.Index, func(r Row) error { return dump(&w, r) }); err != nil {
			return "", err
		}
	}
	return w.String(), nil
}

func dump(w io.Writer, r Row) error {
	fmt.Fprintf(w, "row %d hidden=%v\n", r.Index+1, r.Hidden)
	for _, c := range r.Cells {
		fmt.Fprintf(w, "%s %d %q %s %v %v %v\n", CellName(c.Col, r.Index), c.Type, c.Text, c.Format, c.IsDate, c.Formula, c.Picture)
	}
	return nil
}

// person is one row of an invented roster of 30 columns: 27 texts, 3 numbers.
func person(i int) []any {
	surnames := []string{"白", "包", "陈", "韩", "李", "孟", "乌", "赵"}
	row := []any{
		fmt.Sprintf("%s%c%c", surnames[i%8], rune(0x4E00+i%2000), rune(0x5E00+i*7%1500)),
		fmt.Sprintf("15042619%02d%02d%02d%04d", 50+i%50, 1+i%12, 1+i%28, i%10000),
		[]string{"男", "女"}[i%2], []string{"汉族", "蒙古族", "满族"}[i%3], float64(20000 + i%20000),
		fmt.Sprintf("示例市示例旗示例苏木第%d嘎查%d组%d号", i%97, i%9, i%311), fmt.Sprintf("1380000%04d", i%10000),
		fmt.Sprintf("621700%013d", i), []string{"党支部书记", "嘎查达", "委员", "妇联主席"}[i%4], i % 60, 1500.5 + float64(i%100),
	}
	for len(row) < 30 {
		row = append(row, fmt.Sprintf("项目%d-%d", len(row), i%(len(row)*40)))
	}
	return row
}

// roster writes n people with excelize, as WPS would (shared strings) or as its
// stream writer does (inline strings).
func roster(t testing.TB, n int, shared bool) []byte {
	t.Helper()
	var buf bytes.Buffer
	if shared {
		sharedRoster(t, &buf, n)
		return buf.Bytes()
	}
	f := excelize.NewFile()
	defer f.Close()
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	for i := range n {
		if err := w.SetRow(fmt.Sprintf("A%d", i+1), person(i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := f.Write(&buf); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// sharedRoster writes the roster by hand with a shared string table: the way of
// excelize would take 4 GB for 200,000 rows.
func sharedRoster(t testing.TB, out io.Writer, n int) {
	t.Helper()
	index := map[string]int{}
	var texts []string
	var sheet strings.Builder
	sheet.WriteString(`<worksheet ` + spaceMain + `><sheetData>`)
	for i := range n {
		fmt.Fprintf(&sheet, `<row r="%d" spans="1:30">`, i+1)
		for col, v := range person(i) {
			name := CellName(col, i)
			text, ok := v.(string)
			if !ok {
				fmt.Fprintf(&sheet, `<c r="%s" s="1"><v>%v</v></c>`, name, v)
				continue
			}
			at, seen := index[text]
			if !seen {
				at = len(texts)
				index[text] = at
				texts = append(texts, text)
			}
			fmt.Fprintf(&sheet, `<c r="%s" s="0" t="s"><v>%d</v></c>`, name, at)
		}
		sheet.WriteString(`</row>`)
	}
	sheet.WriteString(`</sheetData></worksheet>`)
	w := zip.NewWriter(out)
	for _, f := range minimal(sheet.String(), sharedXML(texts...)) {
		e, err := w.CreateHeader(&zip.FileHeader{Name: f.name, Method: zip.Deflate, Modified: time.Unix(0, 0)})
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(e, f.text)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

// open opens a workbook that must be good.
func open(t testing.TB, data []byte) *Book {
	t.Helper()
	b, err := NewReader(bytes.NewReader(data), int64(len(data)), DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	return b
}
