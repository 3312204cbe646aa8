package xlsx

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// strangeTexts are those that a reader or a writer may get wrong. Half a surrogate
// pair (_xD83D_) is not among them: excelize drops it, we keep it as written.
var strangeTexts = []string{
	"白某某", " 前后有空格 ", "不间断\u00a0空格", "全角１２３", "第一行\n第二行", "制表\t符", "<>&\"'", "]]>", "_x0041_", "_x005F_x0041_", "_x00",
	"😀𠮷", "=1+1", "150404197501012345", "1.50404197501012E+17", "007", "TRUE", "", "\u200b零宽", "ᠮᠣᠩᠭᠣᠯ", strings.Repeat("长", 32767),
}

// Ensure that books written by excelize, with shared or inline strings, are read
// as excelize reads them.
func TestPeer(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for round := range 40 {
		data := peerBook(t, rng, round%2 == 0)
		want := peerTable(t, data)
		b := open(t, data)
		var got [][]string
		err := b.Rows(t.Context(), 0, func(r Row) error {
			for len(got) <= r.Index {
				got = append(got, nil)
			}
			for _, c := range r.Cells {
				for len(got[r.Index]) < c.Col {
					got[r.Index] = append(got[r.Index], "")
				}
				got[r.Index] = append(got[r.Index], strings.Clone(c.Text))
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		trim(&got)
		if !slices.EqualFunc(got, want, slices.Equal) {
			t.Fatalf("round %d\n got %.2000q\nwant %.2000q", round, got, want)
		}
	}
}

// peerBook writes a sparse random sheet.
func peerBook(t *testing.T, rng *rand.Rand, stream bool) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	var rows [][]any
	for range 1 + rng.IntN(30) {
		row := make([]any, rng.IntN(12))
		for i := range row {
			switch rng.IntN(6) {
			case 0, 1, 2:
				row[i] = strangeTexts[rng.IntN(len(strangeTexts))]
			case 3:
				row[i] = rng.IntN(100000) - 500
			case 4:
				row[i] = rng.Float64() * 1e6
			}
		}
		rows = append(rows, row)
	}
	check := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	if stream {
		w, err := f.NewStreamWriter("Sheet1")
		check(err)
		for i, row := range rows {
			check(w.SetRow(CellName(0, i), row))
		}
		check(w.Flush())
	} else {
		for i, row := range rows {
			check(f.SetSheetRow("Sheet1", CellName(0, i), &row))
		}
	}
	var buf bytes.Buffer
	check(f.Write(&buf))
	return buf.Bytes()
}

func peerTable(t *testing.T, data []byte) [][]string {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	trim(&rows)
	return rows
}

// trim drops blanks at the ends of rows and empty rows at the end.
func trim(rows *[][]string) {
	for i, row := range *rows {
		for len(row) > 0 && row[len(row)-1] == "" {
			row = row[:len(row)-1]
		}
		(*rows)[i] = row
	}
	for n := len(*rows); n > 0 && len((*rows)[n-1]) == 0; n-- {
		*rows = (*rows)[:n-1]
	}
}

// Ensure that dates, formulas, merges, sheet states, names and properties that
// excelize writes are read.
func TestPeerFeatures(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	check := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	date, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	check(err)
	check(f.SetCellValue("Sheet1", "A1", 27470))
	check(f.SetCellStyle("Sheet1", "A1", "A1", date))
	check(f.SetCellValue("Sheet1", "B1", true))
	check(f.SetCellFormula("Sheet1", "C1", "A1+1"))
	check(f.SetCellRichText("Sheet1", "D1", []excelize.RichTextRun{{Text: "粗", Font: &excelize.Font{Bold: true}}, {Text: " 细"}}))
	check(f.MergeCell("Sheet1", "A3", "C4"))
	check(f.SetRowVisible("Sheet1", 1, false))
	for name, veryHidden := range map[string]bool{"_交接": false, "_字典": true} {
		_, err := f.NewSheet(name)
		check(err)
		check(f.SetSheetVisible(name, false, veryHidden))
	}
	check(f.SetDefinedName(&excelize.DefinedName{Name: "_批次", RefersTo: `"7K2M & <x>"`}))
	check(f.SetDefinedName(&excelize.DefinedName{Name: "区域", RefersTo: "Sheet1!$A$1:$D$1", Scope: "Sheet1"}))
	check(f.SetCustomProps(excelize.CustomProperty{Name: "批次", Value: "7K2M <&>"}))
	check(f.SetDocProps(&excelize.DocProperties{Title: "花名册", Identifier: "id1", Category: "c"}))
	var buf bytes.Buffer
	check(f.Write(&buf))

	b := open(t, buf.Bytes())
	got, err := bookTable(b)
	check(err)
	for _, want := range []string{
		`A1 1 "27470" yyyy/m/d true false`, `B1 3 "TRUE"`, `C1 4 "" General false true`, `D1 2 "粗 细"`, "row 1 hidden=true", "[{2 0 3 2}]",
		`Name:_交接 State:1`, `Name:_字典 State:2`, `{_批次 -1 "7K2M & <x>" false}`, "{区域 0 Sheet1!$A$1:$D$1 false}", "批次:7K2M <&>", "title:花名册", "identifier:id1",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in\n%s", want, got)
		}
	}
}

// peerSheet is what encoding/xml makes of a sheet.
type peerSheet struct {
	XMLName xml.Name
	Data    []struct {
		Rows []struct {
			R     string `xml:"r,attr"`
			Cells []struct {
				R string   `xml:"r,attr"`
				T string   `xml:"t,attr"`
				F []string `xml:"f"`
				V []string `xml:"v"`
			} `xml:"c"`
		} `xml:"row"`
	} `xml:"sheetData"`
}

// Ensure that no sheet, whatever it holds, makes the reader panic, and that what
// it accepts is well-formed XML whose rows, numbers and shared strings encoding/xml
// finds too.
func FuzzSheet(f *testing.F) {
	for _, rows := range []string{
		`<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="inlineStr"><is><t xml:space="preserve"> a&amp;b</t></is></c></row>`,
		`<row r='7' hidden="true"><c r="B7" s="1"><f>A1</f><v>27470</v></c><c t="e"><v>#N/A</v></c></row><!-- x --><row><c><v>1</v></c></row>`,
		`<row><c r="B1"><v>2</v></c><c r="A1"><v><![CDATA[1]]></v></c></row>`,
		`<row><c t="b"><v>1</v></c><c t="d"><v>1975-03-17</v></c><c t="str"><v>_x0041_</v></c><c/></row>`,
	} {
		f.Add([]byte(sheetXML(rows)))
	}
	f.Add([]byte(bom + `<?xml version="1.0" encoding="UTF-8"?><x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData/><x:mergeCells><x:mergeCell ref="A1:B2"/></x:mergeCells></x:worksheet>`))
	f.Fuzz(func(t *testing.T, sheet []byte) {
		book := &Book{lim: DefaultLimits(), strings: &stringTable{limit: 1000}, styles: []style{{"General", false}, {"yyyy/m/d", true}}}
		book.strings.add([]byte("\x01")) // which no sheet can hold itself
		book.strings.seal()
		var got []string
		r := &rowReader{scanner: newScanner(bytes.NewReader(sheet), "sheet", int64(len(sheet))), book: book, sheet: "s", row: -1}
		r.visit = func(row Row) error {
			got = append(got, fmt.Sprint("row ", row.Index+1))
			last := -1
			for _, c := range row.Cells {
				if c.Col <= last {
					t.Errorf("column %d after %d", c.Col, last)
				}
				last = c.Col
				if c.Text == "\x01" {
					got = append(got, CellName(c.Col, row.Index)+" shared")
				}
				if c.Type == Number {
					if _, err := strconv.ParseFloat(c.Text, 64); err != nil && !strings.Contains(err.Error(), "range") {
						t.Error(err)
					}
					got = append(got, CellName(c.Col, row.Index)+" "+c.Text)
				}
			}
			return nil
		}
		if err := r.readSheet(); err != nil {
			return
		}
		var peer peerSheet
		if err := xml.Unmarshal(sheet, &peer); err != nil {
			return // it is stricter about characters in names, "--" in comments and "]]>"
		}
		if want := peer.list(); !slices.Equal(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	})
}

// list gives the rows and the numbers as FuzzSheet lists them.
func (p peerSheet) list() []string {
	var list []string
	row := 0
	for _, data := range p.Data {
		for _, r := range data.Rows {
			row++
			if n, err := strconv.Atoi(strings.TrimSpace(r.R)); err == nil {
				row = n
			}
			list = append(list, fmt.Sprint("row ", row))
			col := -1
			numbers := map[int]string{}
			for _, c := range r.Cells {
				col++
				if at, _, ok := parseCell([]byte(c.R)); ok {
					col = at
				}
				picture := strings.Contains(strings.Join(c.F, ""), "DISPIMG(")
				if len(c.V) == 1 && c.T == "s" && strings.Trim(c.V[0], "0 \t\r\n") == "" && strings.Contains(c.V[0], "0") && !picture {
					numbers[col] = "shared"
				}
				if len(c.V) == 1 && (c.T == "" || c.T == "n") && IsNumber([]byte(strings.TrimSpace(c.V[0]))) && !picture {
					numbers[col] = strings.TrimSpace(c.V[0])
				}
			}
			for _, col := range slices.Sorted(maps.Keys(numbers)) {
				list = append(list, CellName(col, row-1)+" "+numbers[col])
			}
		}
	}
	return list
}
