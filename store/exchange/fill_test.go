package exchange_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"touyan/store"
	"touyan/store/exchange"
	"touyan/store/record"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

// countyBlank is a form as a county makes one: a title over merged cells, who
// fills it in, heads of two rows, some ruled rows with their numbers, a sum, and
// what is to be signed; with drop-lists, formats, print set-up and a picture.
func countyBlank(t failer, path string, ruled int) {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	try := func(err error) {
		if err != nil {
			t.Fatalf("make blank: %v", err)
		}
	}
	const s = "附件2"
	try(f.SetSheetName("Sheet1", s))
	set := func(cell string, v any) { try(f.SetCellValue(s, cell, v)) }
	set("A1", "2026年嘎查村基本情况统计表")
	try(f.MergeCell(s, "A1", "H1"))
	set("A2", "填报单位（盖章）：")
	set("F2", "填报时间：")
	for cell, head := range map[string]string{"A3": "序号", "B3": "苏木乡镇", "C3": "嘎查村名称", "D3": "人口情况", "D4": "户数", "E4": "人口", "F3": "集体经济收入（万元）", "G3": "人均", "H3": "县里另记"} {
		set(cell, head)
	}
	for _, m := range [][2]string{{"A3", "A4"}, {"B3", "B4"}, {"C3", "C4"}, {"D3", "E3"}, {"F3", "F4"}, {"G3", "G4"}, {"H3", "H4"}} {
		try(f.MergeCell(s, m[0], m[1]))
	}
	box := []excelize.Border{{Type: "left", Style: 1, Color: "000000"}, {Type: "right", Style: 1, Color: "000000"}, {Type: "top", Style: 1, Color: "000000"}, {Type: "bottom", Style: 1, Color: "000000"}}
	style := must(f.NewStyle(&excelize.Style{Border: box, Alignment: &excelize.Alignment{Horizontal: "center"}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"FFF8E1"}}}))
	last := 4 + ruled
	try(f.SetCellStyle(s, "A5", fmt.Sprint("H", last), style))
	for i := range ruled {
		set(fmt.Sprint("A", 5+i), i+1)
		try(f.SetCellFormula(s, fmt.Sprint("G", 5+i), fmt.Sprintf("IF(E%d=0,0,F%d/E%d)", 5+i, 5+i, 5+i)))
		try(f.SetRowHeight(s, 5+i, 24))
	}
	set(fmt.Sprint("A", last+1), "合计")
	try(f.MergeCell(s, fmt.Sprint("A", last+1), fmt.Sprint("C", last+1)))
	try(f.SetCellFormula(s, fmt.Sprint("D", last+1), fmt.Sprintf("SUM(D5:D%d)", last)))
	set(fmt.Sprint("A", last+2), "单位负责人：")
	set(fmt.Sprint("E", last+2), "填表人：")
	dv := excelize.NewDataValidation(true)
	dv.SetSqref(fmt.Sprintf("H5:H%d", last))
	try(dv.SetDropList([]string{"是", "否"}))
	try(f.AddDataValidation(s, dv))
	red := must(f.NewConditionalStyle(&excelize.Style{Font: &excelize.Font{Color: "9A0511"}}))
	try(f.SetConditionalFormat(s, fmt.Sprintf("E5:E%d", last), []excelize.ConditionalFormatOptions{{Type: "cell", Criteria: "<", Value: "100", Format: &red}}))
	try(f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: s, RefersTo: "'附件2'!$3:$4"}))
	try(f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", Scope: s, RefersTo: fmt.Sprintf("'附件2'!$A$1:$H$%d", last+2)}))
	try(f.SetHeaderFooter(s, &excelize.HeaderFooterOptions{OddFooter: "&C第 &P 页"}))
	try(f.SetPanes(s, &excelize.Panes{Freeze: true, YSplit: 4, TopLeftCell: "A5", ActivePane: "bottomLeft"}))
	var dot bytes.Buffer
	try(png.Encode(&dot, image.NewGray(image.Rect(0, 0, 4, 4))))
	try(f.AddPictureFromBytes(s, fmt.Sprint("H", last+2), &excelize.Picture{Extension: ".png", File: dot.Bytes(), Format: &excelize.GraphicOptions{}}))
	must(f.NewSheet("填表说明"))
	try(f.SetCellStr("填表说明", "A1", "一、按年末数填写。"))
	try(f.SetCellFormula("填表说明", "B1", fmt.Sprintf("SUM(附件2!E5:E%d)", last)))
	try(f.AddComment(s, excelize.Comment{Cell: fmt.Sprint("A", last+1), Author: "旗", Paragraph: []excelize.RichTextRun{{Text: "自动合计"}}}))
	try(f.SaveAs(path))
}

// populous fills an office with villages of which everything is known.
func populous(t failer, db *store.DB, villages int) {
	t.Helper()
	do(t, db, func(tx *store.Tx) error {
		for i := range villages {
			households, people, income := int64(100+i), int64(300+7*i), int64(1234567*(i+1))
			v := &record.Village{Office: store.OfficeID(township.Code), Name: fmt.Sprintf("%c号嘎查", '甲'+i), Households: &households, Population: &people, Income: &income}
			if i%3 == 1 {
				v.Income = nil
			}
			if err := tx.Put(v); err != nil {
				return err
			}
		}
		return nil
	})
}

func fillOrder(blank, out string) exchange.FillOrder {
	return exchange.FillOrder{Blank: blank, Out: out, Form: exchange.FormNamed(record.Kinds(), "village"), AsOf: march}
}

// entries unpacks a workbook.
func entries(t failer, path string) map[string]string {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	defer z.Close()
	out := map[string]string{}
	for _, e := range z.File {
		r := must(e.Open())
		out[e.Name] = string(must(io.ReadAll(r)))
	}
	return out
}

// Ensure that a blank with fewer ruled rows than there are villages is filled
// whole: rows come in like the last one, formulas and sums follow, what stands
// below moves down, and everything else is as its makers wrote it.
func TestFillsACountysBlank(t *testing.T) {
	dir := t.TempDir()
	db := newOffice(t, dir, township, clock())
	closeAll(t, db)
	populous(t, db, 8)
	blank, out := filepath.Join(dir, "空表.xlsx"), filepath.Join(dir, "已填.xlsx")
	countyBlank(t, blank, 5)
	was := must(os.ReadFile(blank))
	filled, err := exchange.Fill(t.Context(), db, clerk, fillOrder(blank, out))
	if err != nil {
		t.Fatal(err, errors.Unwrap(err))
	}
	if !bytes.Equal(was, must(os.ReadFile(blank))) {
		t.Error("the blank was written to")
	}
	if filled.Rows != 8 || len(filled.Open) != 2 {
		t.Errorf("filled %+v", filled)
	}
	f := must(excelize.OpenFile(out))
	defer f.Close()
	get := func(cell string) string { return must(f.GetCellValue("附件2", cell)) }
	formula := func(cell string) string { return must(f.GetCellFormula("附件2", cell)) }
	for cell, want := range map[string]string{"A1": "2026年嘎查村基本情况统计表", "A2": "填报单位（盖章）：白音花苏木", "A5": "1", "A12": "8", "B5": "白音花苏木", "F5": "1.234567",
		"F6": "", "A13": "合计", "D13": "828", "A14": "单位负责人："} {
		if got := get(cell); got != want {
			t.Errorf("%s says %q, want %q", cell, got, want)
		}
	}
	for cell, want := range map[string]string{"G5": "IF(E5=0,0,F5/E5)", "G12": "IF(E12=0,0,F12/E12)", "D13": "SUM(D5:D12)", "E13": "SUM(E5:E12)", "F13": "SUM(F5:F12)"} {
		if got := formula(cell); got != want {
			t.Errorf("%s has %q, want %q", cell, got, want)
		}
	}
	if a, b := must(f.GetCellStyle("附件2", "C9")), must(f.GetCellStyle("附件2", "C12")); a != b {
		t.Error("a row that came in looks otherwise")
	}
	if got := must(f.GetCellFormula("填表说明", "B1")); got != "SUM(附件2!E5:E12)" {
		t.Errorf("the other sheet has %q", got)
	}
	if c := must(f.GetComments("附件2")); len(c) != 1 || c[0].Cell != "A13" {
		t.Errorf("comments %+v", c)
	}
	if h := must(f.GetRowHeight("附件2", 12)); h != 24 {
		t.Errorf("it is %v high", h)
	}
	var merged []string
	for _, m := range must(f.GetMergeCells("附件2")) {
		merged = append(merged, m.GetStartAxis()+":"+m.GetEndAxis())
	}
	if got := strings.Join(merged, " "); !strings.Contains(got, "A13:C13") || !strings.Contains(got, "A1:H1") {
		t.Errorf("merged %s", got)
	}
	if dv := must(f.GetDataValidations("附件2")); len(dv) != 1 || dv[0].Sqref != "H5:H12" {
		t.Errorf("drop-lists %+v", dv)
	}
	for _, n := range f.GetDefinedName() {
		if n.Name == "_xlnm.Print_Area" && n.RefersTo != "'附件2'!$A$1:$H$14" {
			t.Errorf("prints %s", n.RefersTo)
		}
	}
	before, after := entries(t, blank), entries(t, out)
	for name, body := range before {
		switch name {
		case "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/worksheets/sheet2.xml", "xl/comments1.xml", "xl/drawings/drawing1.xml", "xl/calcChain.xml", "[Content_Types].xml", "xl/_rels/workbook.xml.rels":
		default:
			if after[name] != body {
				t.Errorf("%s is not as it was", name)
			}
		}
	}
	if !strings.Contains(after["xl/drawings/drawing1.xml"], "<xdr:row>13</xdr:row>") {
		t.Error("the picture did not move along")
	}
}

// Ensure that the rows a blank has left over, with their numbers and formulas,
// are read back as none.
func TestRowsLeftOverAreNoRows(t *testing.T) {
	dir := t.TempDir()
	db := newOffice(t, dir, township, clock())
	closeAll(t, db)
	populous(t, db, 3)
	blank, out := filepath.Join(dir, "空表.xlsx"), filepath.Join(dir, "已填.xlsx")
	countyBlank(t, blank, 9)
	if _, err := exchange.Fill(t.Context(), db, clerk, fillOrder(blank, out)); err != nil {
		t.Fatal(err)
	}
	if p := plan(t, db, out, exchange.Options{}); p.Rows != 3 || p.New+p.Updated != 0 || len(p.Problems) != 0 {
		t.Errorf("reads back %+v", p.Report)
	}
}

// Ensure that a mapping a person gave once fills the same blank ever after, that
// a blank is never written over, and that a formula in the ledger stays a text.
func TestFillRemembersAndRefuses(t *testing.T) {
	dir := t.TempDir()
	db := newOffice(t, dir, township, clock())
	closeAll(t, db)
	populous(t, db, 2)
	do(t, db, func(tx *store.Tx) error {
		for v, err := range store.All[record.Village](tx) {
			if err != nil {
				return err
			}
			v.Note = "=1+1"
			return tx.Put(v)
		}
		return nil
	})
	blank, out := filepath.Join(dir, "空表.xlsx"), filepath.Join(dir, "已填.xlsx")
	countyBlank(t, blank, 5)
	o := fillOrder(blank, out)
	o.Mapping = map[string]string{"县里另记": "note", "人均": ""}
	if _, err := exchange.Fill(t.Context(), db, clerk, o); err != nil {
		t.Fatal(err)
	}
	filled, err := exchange.Fill(t.Context(), db, clerk, fillOrder(blank, out))
	if err != nil || len(filled.Open) != 0 {
		t.Errorf("asks again for %q, %v", filled.Open, err)
	}
	f := must(excelize.OpenFile(out))
	defer f.Close()
	texts := must(f.GetCellValue("附件2", "H5")) + must(f.GetCellValue("附件2", "H6"))
	if texts != "=1+1" || must(f.GetCellFormula("附件2", "H5"))+must(f.GetCellFormula("附件2", "H6")) != "" {
		t.Errorf("a text became a formula: %q", texts)
	}
	if _, err := exchange.Fill(t.Context(), db, clerk, fillOrder(blank, blank)); err == nil || !strings.Contains(err.Error(), "空白表本身") {
		t.Errorf("writes over the blank: %v", err)
	}
}

// Ensure that whatever the order of its heads, however many rows are ruled and
// however many there are to fill, a filled blank that is read back changes
// nothing.
func TestFilledBlankReadsBackTheSame(t *testing.T) {
	dir := t.TempDir()
	db := newOffice(t, dir, township, clock())
	closeAll(t, db)
	populous(t, db, 9)
	rapid.Check(t, func(t *rapid.T) {
		heads := rapid.Permutation([]string{"序号", "苏木乡镇", "嘎查村名称", "户数", "人口", "集体经济收入（元）", "村类型", "备注"}).Draw(t, "heads")
		ruled := rapid.IntRange(0, 14).Draw(t, "ruled rows")
		f := excelize.NewFile()
		style := must(f.NewStyle(&excelize.Style{Border: []excelize.Border{{Type: "left", Style: 1, Color: "000000"}}}))
		for i, h := range heads {
			cell := must(excelize.CoordinatesToCellName(i+1, 2))
			if err := f.SetCellStr("Sheet1", cell, h); err != nil {
				t.Fatalf("%v", err)
			}
		}
		if ruled > 0 {
			if err := f.SetCellStyle("Sheet1", "A3", must(excelize.CoordinatesToCellName(len(heads), 2+ruled)), style); err != nil {
				t.Fatalf("%v", err)
			}
		}
		blank, out := filepath.Join(dir, "b.xlsx"), filepath.Join(dir, "o.xlsx")
		if err := f.SaveAs(blank); err != nil {
			t.Fatalf("%v", err)
		}
		f.Close()
		filled, err := exchange.Fill(t.Context(), db, clerk, fillOrder(blank, out))
		if err != nil || filled.Rows != 9 {
			t.Fatalf("filled %+v, %v", filled, err)
		}
		if p := plan(t, db, out, exchange.Options{}); p.New+p.Updated != 0 || len(p.Problems) != 0 || p.Rows != 9 {
			t.Fatalf("reads back: %+v", p.Report)
		}
	})
}

// namedBlank is a blank whose rows are named beforehand: each village has its row,
// and one that nobody knows.
func namedBlank(t failer, path string, names ...string) {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for i, row := range append([][]string{{"嘎查村户数人口表"}, {"序号", "嘎查村", "户数", "人口", "备注"}}, make([][]string, len(names)+1)...) {
		switch n := i - 2; {
		case n == len(names):
			row = []string{"合计"}
		case n >= 0:
			row = []string{fmt.Sprint(n + 1), names[n]}
		}
		if i > 1 {
			row = append(row, make([]string, 5-len(row))...)
		}
		if err := f.SetSheetRow("Sheet1", fmt.Sprint("A", i+1), &row); err != nil {
			t.Fatalf("%v", err)
		}
	}
	if err := f.SaveAs(path); err != nil {
		t.Fatalf("%v", err)
	}
}

// Ensure that a blank whose rows are named beforehand is filled row by row where
// the names say, however they write them, in its own order; that a name nobody
// knows keeps its row empty, what has no row is told, and the sum stands.
func TestFillsNamedRows(t *testing.T) {
	dir := t.TempDir()
	db := newOffice(t, dir, township, clock())
	closeAll(t, db)
	populous(t, db, 4) // 甲号 乙号… by code point
	blank, out := filepath.Join(dir, "空表.xlsx"), filepath.Join(dir, "已填.xlsx")
	var names []string
	view(t, db, func(tx *store.Tx) error {
		for v, err := range store.All[record.Village](tx) {
			if err != nil {
				return err
			}
			names = append(names, v.Name)
		}
		return nil
	})
	namedBlank(t, blank, names[2], "没有的嘎查", strings.TrimSuffix(names[0], "嘎查"), names[1])
	filled, err := exchange.Fill(t.Context(), db, clerk, fillOrder(blank, out))
	if err != nil {
		t.Fatal(err)
	}
	if filled.Rows != 3 || strings.Join(filled.Left, " ") != names[3] || strings.Join(filled.Empty, " ") != "没有的嘎查" {
		t.Errorf("filled %+v", filled)
	}
	f := must(excelize.OpenFile(out))
	defer f.Close()
	for cell, want := range map[string]string{"B3": names[2], "C3": "102", "D3": "314", "B4": "没有的嘎查", "C4": "", "B5": strings.TrimSuffix(names[0], "嘎查"), "C5": "100", "C6": "101", "A7": "合计"} {
		if got := must(f.GetCellValue("Sheet1", cell)); got != want {
			t.Errorf("%s says %q, want %q", cell, got, want)
		}
	}
	if got := must(f.GetCellFormula("Sheet1", "C7")); got != "SUM(C3:C6)" {
		t.Errorf("the sum is %q", got)
	}

	namedBlank(t, blank, "没有的嘎查", "也没有的嘎查")
	if _, err := exchange.Fill(t.Context(), db, clerk, fillOrder(blank, out)); err == nil || !strings.Contains(err.Error(), "没有的嘎查") {
		t.Errorf("a blank of nobody's villages: %v", err)
	}
}
