package oldbook

import (
	"strings"
	"testing"

	"touyan/store/xlsx"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// texts are the cells of a book as lines, without formats that say nothing.
func texts(s string) string {
	return strings.ReplaceAll(s, " General", "")
}

// Ensure that text with separators is read as its writer meant it, every cell a
// text, in the encodings offices use.
func TestCSV(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"commas":               {"姓名,电话\r\n白某,007\r\n", `A1 "姓名"|B1 "电话"|A2 "白某"|B2 "007"`},
		"tabs, with commas":    {"姓名\t住址\n白某\t甲,乙,丙\n", `A1 "姓名"|B1 "住址"|A2 "白某"|B2 "甲,乙,丙"`},
		"semicolons":           {"姓名;电话\n白某;1,2\n陈某;3", `A1 "姓名"|B1 "电话"|A2 "白某"|B2 "1,2"|A3 "陈某"|B3 "3"`},
		"says its separator":   {"sep=;\n姓名,甲;乙\n", `A1 "姓名,甲"|B1 "乙"`},
		"line break in a cell": {"姓名,备注\n白某,\"第一行\n第二行,\"\"引\"\"\"\n", `A1 "姓名"|B1 "备注"|A2 "白某"|B2 "第一行\n第二行,\"引\""`},
		"kept from changing":   {`="0123",'=1+1,'+86,'-3,'@a,'甲,"=""07"""` + "\n", `A1 "0123"|B1 "=1+1"|C1 "+86"|D1 "-3"|E1 "@a"|F1 "'甲"|G1 "07"`},
		"looks like a formula": {"=1+1,＝2,@x,+3,-4\n", `A1 "=1+1"|B1 "＝2"|C1 "@x"|D1 "+3"|E1 "-4"`},
		"old line ends":        {"甲,乙\r丙,丁\r", `A1 "甲"|B1 "乙"|A2 "丙"|B2 "丁"`},
		"blank lines":          {"甲\n\n,\n乙", `A1 "甲"|A4 "乙"`},
		"an error":             {"#N/A\n", `A1 error "#N/A"`},
	} {
		got, err := read([]byte(c.in), xlsx.PlainText, "")
		got = strings.TrimPrefix(strings.ReplaceAll(strings.ReplaceAll(strings.TrimSpace(texts(got)), "\n", "|"), " text ", " "), "[名册 0 true]|")
		if err != nil || got != c.want {
			t.Errorf("%s: %v\n got %s\nwant %s", name, err, got, c.want)
		}
	}
	for name, c := range map[string]struct {
		in   string
		code xlsx.Code
		part string
	}{
		"quote left open": {"甲,\"乙\n丙\n", xlsx.Damaged, "第 1 行起有一个引号没有结束"},
		"zeros":           {"甲,乙\n丙" + strings.Repeat("\x00", 100), xlsx.Damaged, "U 盘"},
		"no text":         {"甲,乙\n\xFF\xFF\xFF\xFF", xlsx.Damaged, "文字编码"},
		"some XML":        {"<?xml version=\"1.0\"?><a/>", xlsx.NotWorkbook, "XML"},
		"too wide":        {strings.Repeat("x,", 300), xlsx.TooWide, "IW1"},
		"too long":        {strings.Repeat("字", 33000), xlsx.TooLong, "A1"},
		"web archive":     {"MIME-Version: 1.0\r\n", xlsx.NotWorkbook, "mht"},
	} {
		_, err := read([]byte(c.in), xlsx.PlainText, "")
		t.Run(name, func(t *testing.T) { wantRefused(t, err, c.code, c.part) })
	}
}

// Ensure that the encoding is told by the bytes, whatever else says another.
func TestEncodings(t *testing.T) {
	const csv = "姓名,民族\n白某某,蒙古族\n"
	want, err := read([]byte(csv), xlsx.PlainText, "")
	if err != nil || !strings.Contains(want, "蒙古族") {
		t.Fatalf("%v %s", err, want)
	}
	for name, e := range map[string]encoding.Encoding{
		"GBK": simplifiedchinese.GBK, "GB 18030": simplifiedchinese.GB18030, "UTF-8 with its mark": unicode.UTF8BOM,
		"UTF-16": unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "UTF-16 big-endian": unicode.UTF16(unicode.BigEndian, unicode.UseBOM),
	} {
		data, err := e.NewEncoder().Bytes([]byte(csv))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := read(data, xlsx.PlainText, ""); err != nil || got != want {
			t.Errorf("%s: %v\n%s", name, err, got)
		}
	}
	short, err := simplifiedchinese.GBK.NewEncoder().Bytes([]byte("聊,隆,毛\n")) // its bytes are UTF-8 too
	if err != nil {
		t.Fatal(err)
	}
	if got, err := read(short, xlsx.PlainText, ""); err != nil || !strings.Contains(got, "聊") {
		t.Errorf("GBK that looks like UTF-8: %v\n%s", err, got)
	}
}

// Ensure that the tables of a page are read as a browser shows them.
func TestHTML(t *testing.T) {
	page := `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset=gbk><style>td {color: red} <td>no</td></style><title>花名册</title></head><body>
	<p>导出时间</p><table border=1><caption>两委花名册</caption>
	<tr><th rowspan=2>姓名</th><th colspan="2">联系&nbsp;方式</th><TD>备注
	<tr><td>电话<td>住  址</td><td></td></tr>
	<tr style="display: none"><td>白<b>某</b>某</td><td x:num="13800000001">1.38E+10</td><td>第一行<br>第二行<p>第三行</p></td><td style="mso-number-format:'\@'" x:num>007</td></tr>
	<tr><td>A&amp;B &lt;x&gt; &#33945;</td><td x:num>1,234.50</td><td x:str>012</td><td x:num="31107">1985年3月</td></tr>
	</table><table><tr><td>  </td></tr></table>
	<table><tr><td>外<table><tr><td>里</td></tr></table>面</td></tr></table><script>"<table><tr><td>no"</script></body></html>`
	want := `[表格1 0 true]
{1 0 2 0}
{1 1 1 2}
A1 text "两委花名册" General
A2 text "姓名" General
B2 text "联系\u00a0方式" General
D2 text "备注" General
B3 text "电话" General
C3 text "住 址" General
A4 text "白某某" General hidden
B4 number "13800000001" General hidden
C4 text "第一行\n第二行\n第三行" General hidden
D4 text "007" General hidden
A5 text "A&B <x> 蒙" General
B5 number "1234.50" General
C5 text "012" General
D5 text "1985年3月" General
[表格2 0 true]
A1 text "外面" General
[表格3 0 true]
A1 text "里" General
`
	if got, err := read([]byte(page), xlsx.HTML, ""); err != nil || got != want {
		t.Errorf("%v\n got %s\nwant %s", err, got, want)
	}
	if got, err := read([]byte("<table><tr><td>甲</table>"), xlsx.HTML, ""); err != nil || got != "[名册 0 true]\nA1 text \"甲\" General\n" {
		t.Errorf("a single table: %v\n%s", err, got)
	}
	for name, c := range map[string]struct {
		in   string
		code xlsx.Code
		part string
	}{
		"cut behind":    {"<html><table><tr><td>甲</td></tr></table>", xlsx.Damaged, "断了"},
		"cut":           {"<table><tr><td>甲</td></tr><tr><td>乙", xlsx.Damaged, "没有结束"},
		"no table":      {"<html><p>登录</p></html>", xlsx.NotWorkbook, "没有表格"},
		"blank tables":  {"<table><tr><td> </td></tr></table>", xlsx.NotWorkbook, "没有表格"},
		"tables nested": {strings.Repeat("<table><td>", 200), xlsx.Damaged, "嵌套太深"},
		"too wide":      {"<table><tr><td colspan=1000></td><td>x</td></tr></table>", xlsx.TooWide, "ALM1"},
		"many tables":   {strings.Repeat("<table></table>", 1001), xlsx.TooMany, "工作表"},
		"endless tag":   {"<table><tr><td a='" + strings.Repeat("x", 5<<20), xlsx.Damaged, "长得不合情理"},
	} {
		_, err := read([]byte(c.in), xlsx.HTML, "")
		t.Run(name, func(t *testing.T) { wantRefused(t, err, c.code, c.part) })
	}
}

const sheetSpaces = `xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns:html="http://www.w3.org/TR/REC-html40"`

// markedUp is a workbook in the XML of Excel 2003 with one table.
func markedUp(rows string) string {
	return `<?xml version="1.0" encoding="gb2312"?><?mso-application progid="Excel.Sheet"?><Workbook ` + sheetSpaces + `><Styles><Style ss:ID="s1"><NumberFormat ss:Format="yyyy&quot;年&quot;m&quot;月&quot;"/></Style><Style ss:ID="s2"><NumberFormat ss:Format="Short Date"/></Style></Styles>` +
		`<Worksheet ss:Name="花名册"><Table>` + rows + `</Table></Worksheet></Workbook>` + "\r\n"
}

// Ensure that the XML of Excel 2003 is read with its gaps, merged cells, types and
// the texts of rich ones.
func TestSpreadsheetML(t *testing.T) {
	in := markedUp(`<Column ss:Width="9"/><Row><Cell ss:MergeAcross="2"><Data ss:Type="String">两委&#10;花名册</Data></Cell><Cell><Data ss:Type="String">后</Data></Cell></Row>
	<Row ss:Index="4" ss:Hidden="1"><Cell ss:MergeDown="1"><Data ss:Type="String">前进嘎查</Data></Cell><Cell ss:Index="3"><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40"><B>白</B><Font html:Color="#FF0000">某</Font>某</ss:Data><Comment><ss:Data>批注</ss:Data></Comment></Cell>
	<Cell ss:StyleID="s1"><Data ss:Type="DateTime">1985-03-07T00:00:00.000</Data></Cell><Cell ss:StyleID="s2"><Data ss:Type="Number">31113</Data></Cell><Cell><Data ss:Type="DateTime">1985-03-07T00:00:00.000</Data></Cell></Row>
	<Row><Cell><Data ss:Type="String">陈某</Data></Cell><Cell ss:Formula="=1/0"><Data ss:Type="Error">#DIV/0!</Data></Cell><Cell ss:Formula="=A1"/><Cell><Data ss:Type="Boolean">1</Data></Cell></Row>
	<Row><Cell/><Cell><Data ss:Type="Number">1.5E3</Data></Cell></Row>`)
	in = strings.Replace(in, "</Workbook>", `<Worksheet ss:Name="藏"><WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet></Workbook>`, 1)
	want := `[花名册 0 true]
{0 0 0 2}
{3 0 4 0}
A1 text "两委\n花名册" General
D1 text "后" General
A4 text "前进嘎查" General hidden
C4 text "白某某" General hidden
D4 number "31113" yyyy"年"m"月" date hidden
E4 number "31113" yyyy/m/d date hidden
F4 iso "1985-03-07T00:00:00.000" General hidden
B5 text "陈某" General
C5 error "#DIV/0!" General formula
D5 error "" General formula
E5 bool "TRUE" General
B6 number "1.5E3" General
[藏 1 true]
`
	gbk, err := simplifiedchinese.GBK.NewEncoder().String(in)
	if err != nil {
		t.Fatal(err)
	}
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(in)
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string]string{"UTF-8": in, "GBK": gbk, "UTF-16": utf16} {
		if got, err := read([]byte(data), xlsx.Spreadsheet2003XML, ""); err != nil || got != want {
			t.Errorf("%s: %v\n got %s\nwant %s", name, err, got, want)
		}
	}
	for name, c := range map[string]struct {
		in   string
		code xlsx.Code
		part string
	}{
		"cut":             {in[:len(in)-100], xlsx.Damaged, "断了"},
		"another root":    {"<Workbook/>", xlsx.NotWorkbook, "不是工作簿"},
		"no sheet":        {"<Workbook " + sheetSpaces + "/>", xlsx.Damaged, "一张工作表也没有"},
		"billion laughs":  {`<!DOCTYPE x [<!ENTITY a "aaaaaaaa">]>` + markedUp("<Row><Cell><Data>&a;</Data></Cell></Row>"), xlsx.Damaged, "DTD"},
		"unknown entity":  {markedUp("<Row><Cell><Data>&nbsp;</Data></Cell></Row>"), xlsx.Damaged, "写坏"},
		"rows backwards":  {markedUp(`<Row ss:Index="3"/><Row ss:Index="2"/>`), xlsx.Damaged, "排在"},
		"cells backwards": {markedUp(`<Row><Cell ss:Index="3"/><Cell ss:Index="3"/></Row>`), xlsx.Damaged, "颠倒"},
		"two values":      {markedUp(`<Row><Cell><Data>1</Data><Data>2</Data></Cell></Row>`), xlsx.Damaged, "两个值"},
		"no number":       {markedUp(`<Row><Cell><Data ss:Type="Number">x</Data></Cell></Row>`), xlsx.Damaged, "A1"},
		"no such index":   {markedUp(`<Row ss:Index="-1"/>`), xlsx.Damaged, "Index"},
		"last row":        {markedUp(`<Row ss:Index="2000000"><Cell><Data>x</Data></Cell></Row>`), xlsx.TooMany, "2000000"},
		"too wide":        {markedUp(`<Row><Cell ss:Index="257"><Data>x</Data></Cell></Row>`), xlsx.TooWide, "IW1"},
		"deep":            {markedUp(strings.Repeat("<a>", 300)), xlsx.Damaged, "嵌套太深"},
		"text behind":     {markedUp("") + "x", xlsx.Damaged, "正文之外"},
	} {
		_, err := read([]byte(c.in), xlsx.Spreadsheet2003XML, "")
		t.Run(name, func(t *testing.T) { wantRefused(t, err, c.code, c.part) })
	}
}
