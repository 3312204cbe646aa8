package sheet

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"touyan/store/record"
	"touyan/store/xlsx"

	"golang.org/x/text/unicode/norm"
)

// Ensure that what heads fold to stays the same however often they are folded,
// and that brackets left open lose nothing.
func FuzzHead(f *testing.F) {
	for _, s := range []string{"姓  名", "出生年月\n（阳历）", "年报酬(万元)", "工资/元", "学历（在职", "*联系电话：", "）（", "ＡＢ①"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			return
		}
		if once := spell(s); spell(once) != once {
			t.Errorf("%q is spelled %q, then %q", s, once, spell(once))
		}
		if fold(s) == "" && spell(s) != "" && !strings.ContainsAny(norm.NFKC.String(s), "([【〔)]】〕") {
			t.Errorf("%q folds to nothing", s)
		}
		if unit := unitOf(s); unit != "" && !strings.Contains(norm.NFKC.String(s), unit) {
			t.Errorf("%q is in %s", s, unit)
		}
		if text, ok := constant(s); ok && `"`+text+`"` != s {
			t.Errorf("%q holds %q", s, text)
		}
	})
}

// Ensure that whatever stands in a sheet, reading it ends in tables whose cells
// are values or problems, or in a sentence.
func FuzzTable(f *testing.F) {
	for _, s := range []string{
		"村干部花名册\n序号|姓名|性别|出生年月|联系电话\n1|白音巴图|男|1985.3|13800000000\n2|李秀云|女|七五年|x",
		"姓名|职务\n|村书记\n甲",
		"序号||姓名\n||\n合计|2|",
		"苏木乡镇|嘎查村|姓名|公民身份号码|任职时间\n白音花|一队|甲|15042619850301001X|2021年1月",
	} {
		f.Add(s)
	}
	kinds, forms := record.Kinds(), record.Forms()
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 2000 || strings.Count(text, "|") > 200 || strings.Count(text, "\n") > 40 || !utf8.ValidString(text) {
			return
		}
		data := workbookOf(t, text)
		b, err := xlsx.NewReader(bytes.NewReader(data), int64(len(data)), xlsx.DefaultLimits())
		if err != nil {
			return // a character no sheet may hold
		}
		defer b.Close()
		tables, _, err := Read(context.Background(), b, ReadOptions{Kinds: kinds, Forms: forms})
		if err != nil {
			return
		}
		for _, table := range tables {
			if table.Form == nil {
				t.Fatal("a table of no form")
			}
		}
	})
}

// workbookOf is the least workbook that holds the texts, a row a line, cells
// parted by |: packages that write one take too long for this.
func workbookOf(t *testing.T, text string) []byte {
	t.Helper()
	var rows bytes.Buffer
	for line := range strings.SplitSeq(text, "\n") {
		rows.WriteString("<row>")
		for cell := range strings.SplitSeq(line, "|") {
			rows.WriteString(`<c t="inlineStr"><is><t xml:space="preserve">`)
			xml.EscapeText(&rows, []byte(cell))
			rows.WriteString("</t></is></c>")
		}
		rows.WriteString("</row>")
	}
	const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	const space = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	const relations = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="` + office
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, part := range [][2]string{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`},
		{"_rels/.rels", relations + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", `<workbook ` + space + ` xmlns:r="` + office + `"><sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", relations + `/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`},
		{"xl/worksheets/sheet1.xml", `<worksheet ` + space + `><sheetData>` + rows.String() + `</sheetData></worksheet>`},
	} {
		w, err := z.CreateHeader(&zip.FileHeader{Name: part[0], Method: zip.Store})
		if err == nil {
			_, err = io.WriteString(w, part[1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
