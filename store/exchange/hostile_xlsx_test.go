//go:build linux

package exchange_test

import (
	"fmt"
	"strings"
)

func hostileZips() map[string]func() []byte {
	with := func(change func(p *part)) func() []byte {
		return func() []byte { return changed(sheetName, change) }
	}
	more := func(parts ...part) func() []byte {
		return func() []byte { return packed(append(aBook(), parts...)) }
	}
	return map[string]func() []byte{
		"平常的.xlsx":       more(),
		"炸弹.xlsx":        with(func(p *part) { p.text = sheet(strings.Repeat("<row/>", 8<<20)) }),
		"炸弹说自己很小.xlsx":   with(func(p *part) { p.text, p.size = sheet(strings.Repeat("<row/>", 4<<20)), 1000 }),
		"自称三GB.xlsx":     with(func(p *part) { p.size = 3 << 30 }),
		"自称很多EB.xlsx":    with(func(p *part) { p.size = 1 << 62 }),
		"比自称的短.xlsx":     with(func(p *part) { p.size = 100_000 }),
		"校验和不对.xlsx":     with(func(p *part) { p.badCRC = true }),
		"不认识的压缩方法.xlsx":  with(func(p *part) { p.method = 12 }),
		"压缩包自己有密码.xlsx":  with(func(p *part) { p.flags = 1 }),
		"同名两份.xlsx":      more(part{name: sheetName, text: sheet("")}),
		"大小写不同的同名.xlsx":  more(part{name: "XL/Worksheets/SHEET1.xml", text: sheet("")}),
		"往上级目录写.xlsx":    more(part{name: "../../../../autorun.inf", text: "x"}),
		"绝对路径.xlsx":      more(part{name: "/etc/cron.d/x", text: "x"}),
		"两千零一个部分.xlsx":   func() []byte { return packed(append(aBook(), manyParts(2001)...)) },
		"压缩包套压缩包.xlsx":   texts(sheetName, string(packed(aBook()))),
		"截去一半.xlsx":      func() []byte { b := packed(aBook()); return b[:len(b)/2] },
		"只剩目录.xlsx":      func() []byte { b := packed(aBook()); return b[len(b)/2:] },
		"尾巴上多几个字节.xlsx":  func() []byte { return append(packed(aBook()), "\r\n\x00\x00"...) },
		"翻转一个比特.xlsx":    func() []byte { b := packed(aBook()); b[len(b)*6/10] ^= 4; return b },
		"没有内容类型.xlsx":    func() []byte { return packed(aBook()[1:]) },
		"没有工作表那一部分.xlsx": func() []byte { return packed(aBook()[:5]) },
	}
}

func manyParts(n int) []part {
	var out []part
	for i := range n {
		out = append(out, part{name: fmt.Sprint("x", i)})
	}
	return out
}

func hostileParts() map[string]func() []byte {
	laughs := `<!DOCTYPE lolz [<!ENTITY a "哈哈哈哈"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>`
	names := `<definedNames>` + strings.Repeat(`<definedName name="x">1</definedName>`, 100_001) + `</definedNames></workbook>`
	return map[string]func() []byte{
		"一亿个笑.xlsx":      texts(sheetName, laughs+strings.Replace(sheet(""), "白某某", "&c;", 1)),
		"读外部文件.xlsx":     texts(sheetName, `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>`+strings.Replace(sheet(""), "白某某", "&e;", 1)),
		"标记嵌套五千层.xlsx":   rows(`<row><c><is>` + strings.Repeat("<t>", 5000)),
		"标记长得没完.xlsx":    rows(`<row a="` + strings.Repeat("x", 4<<20) + `"/>`),
		"一个标记一千个属性.xlsx": rows(`<row ` + attributes(1000) + `/>`),
		"控制字符.xlsx":      rows("<row><c t=\"inlineStr\"><is><t>\x01</t></is></c></row>"),
		"不是UTF-8.xlsx":   rows("<row><c t=\"inlineStr\"><is><t>\xD0\xD5</t></is></c></row>"),
		"自称GBK.xlsx":     texts(sheetName, `<?xml version="1.0" encoding="GBK"?>`+sheet("")),
		"XML只有一半.xlsx":   texts(sheetName, sheet("")[:300]),
		"内容有两份.xlsx":     replaced(sheetName, "</worksheet>", "<sheetData/></worksheet>"),
		"正文之外还有.xlsx":    texts(sheetName, sheet("")+"<x/>"),
		"名字空间不对.xlsx":    replaced(sheetName, "spreadsheetml/2006/main", "wordprocessingml/2006/main"),
		"工作表指向工作簿.xlsx":  replaced(workbookLinks, "worksheets/sheet1.xml", "workbook.xml"),
		"工作表在磁盘外.xlsx":   replaced(workbookLinks, `Target="worksheets/sheet1.xml"`, `Target="file:///C:/x.xml" TargetMode="External"`),
		"一千零一张工作表.xlsx":  replaced(workbookName, `<sheets>`, `<sheets>`+strings.Repeat(`<sheet name="x" sheetId="1" r:id="rId1"/>`, 1000)),
		"十万个名称.xlsx":     replaced(workbookName, "</workbook>", names),
		"十万种格式.xlsx":     replaced("xl/styles.xml", "</cellXfs>", strings.Repeat(`<xf numFmtId="14"/>`, 100_001)+"</cellXfs>"),
		"二十万处合并.xlsx":    replaced(sheetName, "</worksheet>", "<mergeCells>"+strings.Repeat(`<mergeCell ref="A1:B2"/>`, 200_001)+"</mergeCells></worksheet>"),
		"整张表合并.xlsx":     replaced(sheetName, "</worksheet>", `<mergeCells><mergeCell ref="A9:XFD1048576"/></mergeCells></worksheet>`),
	}
}

func attributes(n int) string {
	var w strings.Builder
	for i := range n {
		fmt.Fprintf(&w, `a%d="" `, i)
	}
	return w.String()
}

func hostileCells() map[string]func() []byte {
	cell := func(attrs, inside string) func() []byte {
		return rows(`<row r="3"><c r="A3" t="inlineStr"><is><t>前进嘎查</t></is></c><c r="B3" t="inlineStr"><is><t>陈某某</t></is></c><c ` + attrs + `>` + inside + `</c></row>`)
	}
	return map[string]func() []byte{
		"行号二十亿.xlsx":    rows(`<row r="2147483647"><c><v>1</v></c></row>`),
		"行号超过最后一行.xlsx": rows(`<row r="1048577"><c><v>1</v></c></row>`),
		"只有最后一行.xlsx":   rows(`<row r="1048576"><c r="B1048576" t="inlineStr"><is><t>陈某某</t></is></c></row>`),
		"行号倒退.xlsx":     rows(`<row r="2"/>`),
		"两千行伸到XFD.xlsx": rows(wideRows(2000)),
		"同一格两次.xlsx":    cell(`r="B3"`, `<v>1</v>`),
		"格子在别的行.xlsx":   cell(`r="C9"`, `<v>1</v>`),
		"格名不成话.xlsx":    cell(`r="1C"`, `<v>1</v>`),
		"文字在字符串表外.xlsx": cell(`r="C3" t="s"`, `<v>999999</v>`),
		"格式在格式表外.xlsx":  cell(`r="C3" s="999"`, `<v>1</v>`),
		"类型不认识.xlsx":    cell(`r="C3" t="z"`, `<v>1</v>`),
		"一格四万字.xlsx":    cell(`r="C3" t="inlineStr"`, `<is><t>`+strings.Repeat("长", 40_000)+`</t></is>`),
		"一格两个值.xlsx":    cell(`r="C3"`, `<v>1</v><v>2</v>`),
		"身份证号成了数.xlsx": func() []byte {
			return changed(sheetName, func(p *part) {
				p.text = strings.Replace(sheet(`<row r="3"><c r="B3" t="inlineStr"><is><t>陈某某</t></is></c><c r="C3"><v>1.50426198503074E+17</v></c></row>`), "备注", "公民身份号码", 1)
			})
		},
	}
}

// wideRows are rows whose only cell stands in the last column there is.
func wideRows(n int) string {
	var w strings.Builder
	for i := range n {
		fmt.Fprintf(&w, `<row r="%d"><c r="XFD%d"><v>1</v></c></row>`, i+10, i+10)
	}
	return w.String()
}

// activeContent is what would do something elsewhere. Here it is a value or
// nothing.
func activeContent() map[string]func() []byte {
	note := func(attrs, inside string) func() []byte {
		return rows(`<row r="3"><c r="A3" t="inlineStr"><is><t>前进嘎查</t></is></c><c r="B3" t="inlineStr"><is><t>陈某某</t></is></c><c r="C3" ` + attrs + `>` + inside + `</c></row>`)
	}
	typed := func(text string) func() []byte { return note(`t="inlineStr"`, `<is><t>`+text+`</t></is>`) }
	return map[string]func() []byte{
		"带宏.xlsm":       func() []byte { return packed(append(aBook(), part{name: "xl/vbaProject.bin", text: "x"})) },
		"宏写在类型里.xlsx":   replaced("[Content_Types].xml", "application/xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
		"宏表.xlsx":       replaced(workbookLinks, "/worksheet\"", "/xlMacrosheet\""),
		"公式有结果.xlsx":    note(`t="str"`, `<f>A2&amp;"x"</f><v>算好的</v>`),
		"公式没有结果.xlsx":   note("", `<f>1+1</f>`),
		"公式出错.xlsx":     note(`t="e"`, `<f>1/0</f><v>#DIV/0!</v>`),
		"公式引用外部簿.xlsx":  note(`t="str"`, `<f>[1]Sheet1!$A$1</f><v>外部的值</v>`),
		"公式是DDE.xlsx":   note(`t="str"`, `<f>cmd|'/C calc'!A0</f><v>DDE的值</v>`),
		"公式是超链接.xlsx":   note(`t="str"`, `<f>HYPERLINK("http://example.invalid","点我")</f><v>点我</v>`),
		"公式里的图片.xlsx":   note(`t="str"`, `<f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v>`),
		"文字是DDE.xlsx":   typed(`=cmd|' /C calc'!A0`),
		"文字以等号开头.xlsx":  typed("=1+1"),
		"文字以加号开头.xlsx":  typed("+86 138"),
		"文字以减号开头.xlsx":  typed("-2+3"),
		"文字以at开头.xlsx":  typed("@SUM(1)"),
		"文字以全角等号.xlsx":  typed("＝1+1"),
		"文字以制表符开头.xlsx": typed("\t=1+1"),
		"外部链接.xlsx":     replaced(workbookLinks, "</Relationships>", `<Relationship Id="rId9" Type="`+relationSpace+`/externalLink" Target="\\10.0.0.1\share\x.xlsx" TargetMode="External"/></Relationships>`),
	}
}
