package xlsx

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
)

// Ensure that every way of writing a cell is read with its type, its text and
// its number format.
func TestCells(t *testing.T) {
	shared := sharedXML("甲", ` a&amp;b &#x4E2D; _x0041__x005F_x_xD83D__xDE00_`, "", "</t><rPh sb='0' eb='1'><t>拼音</t></rPh><t xml:space='preserve'>乙 ")
	shared = strings.Replace(shared, "</sst>", `<si><r><rPr><b/></rPr><t>粗</t></r><r><t xml:space="preserve"> 细</t></r><phoneticPr fontId="1"/></si></sst>`, 1)
	for name, c := range map[string]struct{ rows, want string }{
		"shared string":              {`<row r="1"><c r="A1" t="s"><v>0</v></c></row>`, `A1 2 "甲" General false false false`},
		"entities and escapes":       {`<row r="1"><c r="A1" t="s"><v>1</v></c></row>`, `A1 2 " a&b 中 A_x😀" General false false false`},
		"empty shared string":        {`<row r="1"><c r="A1" t="s"><v>2</v></c></row>`, `A1 2 "" General false false false`},
		"phonetic guide left out":    {`<row r="1"><c r="A1" t="s"><v>3</v></c></row>`, `A1 2 "乙 " General false false false`},
		"rich text":                  {`<row r="1"><c r="A1" t="s"><v>4</v></c></row>`, `A1 2 "粗 细" General false false false`},
		"inline string":              {`<row r="1"><c r="A1" t="inlineStr"><is><t>甲&#10;乙</t></is></c></row>`, `A1 2 "甲\n乙" General false false false`},
		"inline rich text":           {`<row r="1"><c r="A1" t="inlineStr"><is><r><t>甲</t></r><r><t>乙</t></r></is></c></row>`, `A1 2 "甲乙" General false false false`},
		"CDATA and line ends":        {"<row r='1'><c r='A1' t='inlineStr'><is><t>a\r\nb\rc<![CDATA[<&>]]></t></is></c></row>", `A1 2 "a\nb\nc<&>" General false false false`},
		"number":                     {`<row r="1"><c r="A1"><v>1.50404197501012E+17</v></c></row>`, `A1 1 "1.50404197501012E+17" General false false false`},
		"number with empty style":    {`<row r="1"><c r="A1" s=""><v> 5 </v></c></row>`, `A1 1 "5" General false false false`},
		"words where a number goes":  {`<row r="1"><c r="A1"><v>无</v></c></row>`, `A1 2 "无" General false false false`},
		"date by builtin format":     {`<row r="1"><c r="A1" s="1"><v>27470</v></c></row>`, `A1 1 "27470" yyyy/m/d true false false`},
		"date by own format":         {`<row r="1"><c r="A1" s="2" t="n"><v>27470</v></c></row>`, `A1 1 "27470" yyyy"年"m"月" true false false`},
		"text in a date format":      {`<row r="1"><c r="A1" s="1" t="str"><v>1975年</v></c></row>`, `A1 2 "1975年" yyyy/m/d false false false`},
		"ISO date":                   {`<row r="1"><c r="A1" t="d"><v>1975-03-17</v></c></row>`, `A1 5 "1975-03-17" General false false false`},
		"boolean":                    {`<row r="1"><c r="A1" t="b"><v>1</v></c></row>`, `A1 3 "TRUE" General false false false`},
		"error value":                {`<row r="1"><c r="A1" t="e"><f>A2</f><v>#N/A</v></c></row>`, `A1 4 "#N/A" General false true false`},
		"formula with number":        {`<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row>`, `A1 1 "2" General false true false`},
		"formula with empty text":    {`<row r="1"><c r="A1" t="str"><f>""</f><v></v></c></row>`, `A1 2 "" General false true false`},
		"formula never computed":     {`<row r="1"><c r="A1"><f>1+1</f><v></v></c></row>`, `A1 4 "" General false true false`},
		"formula string no value":    {`<row r="1"><c r="A1" t="str"><f>1+1</f></c></row>`, `A1 4 "" General false true false`},
		"picture in the cell":        {`<row r="1"><c r="A1" t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c></row>`, `A1 0 "" General false false true`},
		"blank cells are left out":   {`<row r="1"><c r="A1" s="1"/><c r="B1" t="s"><v></v></c><c r="C1"><v>1</v></c></row>`, `C1 1 "1" General false false false`},
		"no names":                   {`<row><c><v>1</v></c><c/><c><v>2</v></c></row>`, "A1 1 \"1\" General false false false\nC1 1 \"2\" General false false false"},
		"cells out of order":         {`<row r="1"><c r="C1"><v>3</v></c><c r="A1"><v>1</v></c></row>`, "A1 1 \"1\" General false false false\nC1 1 \"3\" General false false false"},
		"styled blanks far right":    {`<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="1"/></row>`, `A1 1 "1" General false false false`},
		"extension in row and cell":  {`<row r="1"><c r="A1"><v>1</v><extLst><ext><x14:y xmlns:x14="u"/></ext></extLst></c><extLst/></row>`, `A1 1 "1" General false false false`},
		"comment and instruction":    {`<!-- a > b --><row r="1"><?x y?><c r="A1"><v>1<!-- - -->2</v></c></row>`, `A1 1 "12" General false false false`},
		"spaces and quotes in a tag": {"<row r = '1' ><c\n r='A1'\tt = \"n\" ><v >1</v ></c ></row >", `A1 1 "1" General false false false`},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := rows(t, sheetXML(c.rows), shared)
			if err != nil {
				t.Fatal(err)
			}
			want := "row 1 hidden=false\n" + c.want + "\n"
			if !strings.HasSuffix(got, want) {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// Ensure that each thing a sheet must not hold is refused with its code and,
// where there is one, the name of the cell.
func TestRefusedSheets(t *testing.T) {
	one := func(cell string) string { return sheetXML(`<row r="1">` + cell + `</row>`) }
	whole := one(`<c r="A1"><v>1</v></c>`)
	for name, c := range map[string]struct {
		sheet string
		code  Code
		cell  string
	}{
		"shared index out of range": {one(`<c r="B1" t="s"><v>999999</v></c>`), Damaged, "B1"},
		"negative shared index":     {one(`<c r="B1" t="s"><v>-1</v></c>`), Damaged, "B1"},
		"style out of range":        {one(`<c r="B1" s="9"><v>1</v></c>`), Damaged, "B1"},
		"unknown type":              {one(`<c r="B1" t="q"><v>1</v></c>`), Damaged, "B1"},
		"bad boolean":               {one(`<c r="B1" t="b"><v>2</v></c>`), Damaged, "B1"},
		"the same attribute twice":  {one(`<c r="B1" r="A1"><v>1</v></c>`), Damaged, ""},
		"two values":                {one(`<c r="B1"><v>1</v><v>2</v></c>`), Damaged, "B1"},
		"the same cell twice":       {one(`<c r="B1"><v>1</v></c><c r="B1"><v>2</v></c>`), Damaged, "B1"},
		"cell of another row":       {one(`<c r="B2"><v>1</v></c>`), Damaged, ""},
		"bad cell name":             {one(`<c r="1B"><v>1</v></c>`), Damaged, ""},
		"content in column XFD":     {one(`<c r="XFD1"><v>1</v></c>`), TooWide, "XFD1"},
		"content in column 257":     {one(`<c r="IW1"><v>1</v></c>`), TooWide, "IW1"},
		"column beyond any sheet":   {one(`<c r="XFE1"/>`), Damaged, "XFE1"},
		"text too long":             {one(`<c r="B1" t="inlineStr"><is><t>` + strings.Repeat("长", 32768) + `</t></is></c>`), TooLong, "B1"},
		"rich text too long":        {one(`<c r="B1" t="inlineStr"><is>` + strings.Repeat(`<r><t>`+strings.Repeat("长", 1000)+`</t></r>`, 33) + `</is></c>`), TooLong, "B1"},
		"row 2147483647":            {sheetXML(`<row r="2147483647"/>`), TooMany, ""},
		"row 1048577":               {sheetXML(`<row r="1048577"/>`), TooMany, ""},
		"row 0":                     {sheetXML(`<row r="0"/>`), Damaged, ""},
		"rows out of order":         {sheetXML(`<row r="2"/><row r="1"/>`), Damaged, ""},
		"control character":         {one("<c r='A1' t='inlineStr'><is><t>\x01</t></is></c>"), Damaged, ""},
		"control character by code": {one("<c r='A1' t='inlineStr'><is><t>&#1;</t></is></c>"), Damaged, ""},
		"not UTF-8":                 {one("<c r='A1' t='inlineStr'><is><t>\xD6\xD0</t></is></c>"), Damaged, ""},
		"unknown entity":            {one("<c r='A1' t='inlineStr'><is><t>&x;</t></is></c>"), Damaged, ""},
		"bare ampersand":            {one("<c r='A1' t='inlineStr'><is><t>a & b</t></is></c>"), Damaged, ""},
		"DTD":                       {`<!DOCTYPE w [<!ENTITY a "b">]>` + whole, Damaged, ""},
		"GBK":                       {`<?xml version="1.0" encoding="GBK"?>` + whole, Damaged, ""},
		"UTF-16":                    {"\xFF\xFE<\x00w\x00", Damaged, ""},
		"UTF-16 without mark":       {"<\x00w\x00", Damaged, ""},
		"cut in half":               {whole[:len(whole)/2], Damaged, ""},
		"root not closed":           {strings.TrimSuffix(whole, "</worksheet>"), Damaged, ""},
		"tags crossed":              {sheetXML(`<row r="1"><c r="A1"><v>1</c></v></row>`), Damaged, ""},
		"words between rows":        {sheetXML(`<row r="1"/>x`), Damaged, ""},
		"unknown element":           {sheetXML(`<rows><row r="1"/></rows>`), Damaged, ""},
		"another namespace":         {strings.Replace(whole, "/main", "/other", 1), Damaged, ""},
		"no sheetData":              {`<worksheet ` + spaceMain + `/>`, Damaged, ""},
		"two sheetData":             {strings.Replace(whole, "</worksheet>", "<sheetData/></worksheet>", 1), Damaged, ""},
		"content after the root":    {whole + "<x/>", Damaged, ""},
		"empty":                     {"", Damaged, ""},
		"bad merge":                 {strings.Replace(whole, "</worksheet>", `<mergeCells><mergeCell ref="A:B"/></mergeCells></worksheet>`, 1), Damaged, ""},
		"deep nesting":              {strings.Repeat("<a>", 1000), Damaged, ""},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := rows(t, c.sheet, "")
			var refused *Error
			if !errors.As(err, &refused) {
				t.Fatalf("error %v, table %s", err, got)
			}
			if refused.Code != c.code || refused.Cell != c.cell {
				t.Errorf("code %d cell %q, want %d %q: %v", refused.Code, refused.Cell, c.code, c.cell, err)
			}
			if !strings.HasSuffix(err.Error(), "。") || !strings.Contains(err.Error(), "请") {
				t.Errorf("not a sentence that says what to do: %s", err)
			}
		})
	}
}

// Ensure that a prefix on the main namespace, a byte order mark and the strict
// namespaces change nothing.
func TestOtherSpellings(t *testing.T) {
	plain := sheetXML(`<row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c></row>`)
	want, err := rows(t, plain, "")
	if err != nil {
		t.Fatal(err)
	}
	prefixed := strings.NewReplacer("</", "</x:", "<", "<x:", "xmlns=", "xmlns:x=").Replace(plain)
	strict := strings.Replace(plain, "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main", 1)
	for name, sheet := range map[string]string{"prefix": prefixed, "mark": bom + plain, "declaration": bom + `<?xml version='1.0' encoding='utf-8'?>` + "\r\n" + plain, "strict": strict} {
		if got, err := rows(t, sheet, ""); err != nil || got != want {
			t.Errorf("%s: %v\n%s", name, err, got)
		}
	}
}

// Ensure that a tag or a text that lies across the blocks of the scanner is
// read whole.
func TestBlockBoundaries(t *testing.T) {
	for pad := scanBlock - 400; pad < scanBlock; pad++ {
		sheet := sheetXML(strings.Repeat(" ", pad) + `<row r="1"><c r="A1" t="inlineStr"><is><t>甲&amp;乙</t></is></c><!-- c --><c r="B1"><v><![CDATA[5]]></v></c></row>`)
		r := &rowReader{scanner: newScanner(strings.NewReader(sheet), "sheet", 1<<20), book: &Book{lim: DefaultLimits(), strings: &stringTable{}}, row: -1}
		var w strings.Builder
		r.visit = func(row Row) error { return dump(&w, row) }
		if err := r.readSheet(); err != nil {
			t.Fatalf("pad %d: %v", pad, err)
		}
		if want := "row 1 hidden=false\nA1 2 \"甲&乙\" General false false false\nB1 1 \"5\" General false false false\n"; w.String() != want {
			t.Fatalf("pad %d: %s", pad, w.String())
		}
	}
}

// Ensure that a cancelled context ends the reading with its error, and an error
// of the visit comes back as it is.
func TestStopping(t *testing.T) {
	b := open(t, roster(t, 2000, true))
	ctx, cancel := context.WithCancel(context.Background())
	seen := 0
	err := b.Rows(ctx, 0, func(Row) error { seen++; cancel(); return nil })
	if !errors.Is(err, context.Canceled) || seen == 2000 {
		t.Errorf("after %d rows: %v", seen, err)
	}
	stop := errors.New("stop")
	if err := b.Rows(context.Background(), 0, func(Row) error { return stop }); err != stop {
		t.Errorf("got %v", err)
	}
}

// Ensure that a panic of the caller's visit is not taken for damage.
func TestPanicOfVisit(t *testing.T) {
	b := open(t, roster(t, 2, true))
	defer func() {
		if p := recover(); p != "mine" {
			t.Errorf("recovered %v", p)
		}
	}()
	b.Rows(context.Background(), 0, func(Row) error { panic("mine") })
}

// Ensure that progress grows to the whole of the sheet.
func TestProgress(t *testing.T) {
	b := open(t, roster(t, 2000, true))
	last, all := int64(0), int64(0)
	b.Progress = func(done, total int64) {
		if done <= last || done > total {
			t.Errorf("progress %d after %d of %d", done, last, total)
		}
		last, all = done, total
	}
	if err := b.Rows(context.Background(), 0, func(Row) error { return nil }); err != nil || last != all || all == 0 {
		t.Errorf("ended at %d of %d: %v", last, all, err)
	}
}

// Ensure that cell names are those people read, and are read back.
func TestCellNames(t *testing.T) {
	for _, c := range []struct {
		col, row int
		name     string
	}{{0, 0, "A1"}, {5, 11, "F12"}, {25, 0, "Z1"}, {26, 0, "AA1"}, {255, 9, "IV10"}, {701, 0, "ZZ1"}, {702, 0, "AAA1"}, {16383, 1048575, "XFD1048576"}} {
		if got := CellName(c.col, c.row); got != c.name {
			t.Errorf("CellName(%d, %d) = %s, want %s", c.col, c.row, got, c.name)
		}
		if col, row, ok := parseCell([]byte(c.name)); col != c.col || row != c.row || !ok {
			t.Errorf("parseCell(%s) = %d, %d, %v", c.name, col, row, ok)
		}
	}
	for _, name := range []string{"", "A", "1", "A0", "A1B", "A1048577", "A99999999999999999999", "AAAAAAAA1", "A-1", "甲1"} {
		if col, row, ok := parseCell([]byte(name)); ok {
			t.Errorf("parseCell(%s) = %d, %d", name, col, row)
		}
	}
}

// Ensure that serial dates are the days Excel shows, in both systems.
func TestSerial(t *testing.T) {
	for _, c := range []struct {
		text string
		d04  bool
		want string
	}{
		{"1", false, "1900-01-01"}, {"59", false, "1900-02-28"}, {"60", false, ""}, {"61", false, "1900-03-01"},
		{"27470", false, "1975-03-17"}, {"27470.75", false, "1975-03-17"}, {"2.747E4", false, "1975-03-17"},
		{"2958465", false, "9999-12-31"}, {"2958466", false, ""}, {"0", false, ""}, {"0.5", false, ""}, {"-1", false, ""},
		{"0", true, "1904-01-01"}, {"26008", true, "1975-03-17"}, {"2957003", true, "9999-12-31"}, {"2957004", true, ""},
		{"", false, ""}, {"NaN", false, ""}, {"Inf", false, ""}, {"0x10", false, ""}, {"1_0", false, ""}, {"1e400", false, ""}, {"1975-03", false, ""},
	} {
		y, m, d, ok := Serial(c.text, c.d04)
		got := ""
		if ok {
			got = time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC).Format("2006-01-02")
		}
		if got != c.want {
			t.Errorf("Serial(%q, %v) = %q, want %q", c.text, c.d04, got, c.want)
		}
	}
}

// Ensure that number formats are told to be dates or not as Excel shows them.
func TestDateFormats(t *testing.T) {
	for code, want := range map[string]bool{
		"General": false, "@": false, "0.00": false, "0.00E+00": false, "##0.0E+0": false, `0"年"`: false, `0"month"`: false,
		"[Red]0": false, "[$-804]0": false, "_d0": false, `\d0`: false, "0;[Red]yyyy": false, `"unclosed`: false, "[unclosed": false, "G/通用格式": false,
		"yyyy/m/d": true, `yyyy"年"m"月"`: true, "[$-804]yyyy-mm-dd;@": true, "[h]:mm": true, "[mm]": true, "h:mm AM/PM": true, "aaaa": true, "e/m/d": true, "YYYY.MM": true,
		`[DBNum1][$-804]yyyy"年"`: true, "mmm-yy": true,
	} {
		if got := IsDateFormat(code); got != want {
			t.Errorf("isDateFormat(%q) = %v", code, got)
		}
	}
}

// Ensure that merged ranges are the same asked before the rows and after, also
// behind a sheet that looks closed in a comment.
func TestMerges(t *testing.T) {
	tail := `</sheetData><mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="$D$4"/></mergeCells>`
	for name, c := range map[string]struct {
		rows string
		ok   bool
	}{
		"rows": {`<row r="1"><c r="A1"><v>1</v></c></row>`, true},
		"none": {``, true},
		"sham": {`<!-- </sheetData><mergeCells><mergeCell ref="F1:G2"/></mergeCells></worksheet> -->`, false},
	} {
		sheet := strings.Replace(sheetXML(c.rows), "</sheetData></", tail+"</", 1)
		if c.rows == "" {
			sheet = strings.Replace(sheet, "<sheetData></sheetData>", "<sheetData/>", 1)
		}
		b := open(t, pack(t, 8, minimal(sheet, "")))
		before, err := b.Merges(0)
		if err == nil {
			err = b.Rows(t.Context(), 0, func(Row) error { return nil })
		}
		if (err == nil) != c.ok {
			t.Errorf("%s: %v", name, err)
		}
		if want := []Range{{0, 0, 1, 1}, {3, 3, 3, 3}}; c.ok && !slices.Equal(before, want) {
			t.Errorf("%s: %v", name, before)
		}
	}
}
