//go:build linux

package exchange_test

import (
	"os"
	"strings"
)

// hostileFile is one file of the corpus.
type hostileFile struct {
	name, class string
	make        func() []byte
}

// hostileFiles are all of the corpus, by class: what they are made against.
func hostileFiles() []hostileFile {
	var all []hostileFile
	for _, c := range []struct {
		class string
		files map[string]func() []byte
	}{
		{"压缩包：炸弹和谎报", hostileZips()},
		{"工作簿里的 XML", hostileParts()},
		{"行、列、格", hostileCells()},
		{"公式、宏、链接", activeContent()},
		{"不是 .xlsx 的表格", otherBooks()},
		{"不是表格", noBooks()},
	} {
		for _, name := range sortedNames(c.files) {
			all = append(all, hostileFile{name, c.class, c.files[name]})
		}
	}
	return all
}

// noBooks are files chosen by mistake, or sent under a false name.
func noBooks() map[string]func() []byte {
	text := func(s string) func() []byte { return func() []byte { return []byte(s) } }
	withPart := func(name string) func() []byte {
		return func() []byte { return packed(append(aBook(), part{name: name, text: "x"})) }
	}
	return map[string]func() []byte{
		"空文件.xlsx":         text(""),
		"全是零.xlsx":         text(strings.Repeat("\x00", 5000)),
		"照片改名.xlsx":        text("\xFF\xD8\xFF\xE0\x00\x10JFIF" + strings.Repeat("photo", 100)),
		"PDF改名.xlsx":       text("%PDF-1.7\n1 0 obj\n"),
		"RAR改名.xlsx":       text("Rar!\x1A\x07\x00"),
		"程序改名.xlsx":        text("MZ\x90\x00\x03\x00\x00\x00"),
		"杂乱字节.xlsx":        text("\x01\x02\x03\x04\x05\x06\x07\x08"),
		"只有两个字节.xlsx":      text("PK"),
		"文字文档改名.xlsx":      withPart("word/document.xml"),
		"演示文稿改名.xlsx":      withPart("ppt/presentation.xml"),
		"ODS改名.xlsx":       withPart("content.xml"),
		"二进制工作簿.xlsb":      withPart("xl/workbook.bin"),
		"一般压缩包.xlsx":       func() []byte { return packed([]part{{name: "照片/1.jpg", text: "x"}}) },
		"网页登录页.xls":        text("<!DOCTYPE html><html><body><form>请登录</form></body></html>"),
		"单个文件网页.xls":       text("MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n<html>"),
		"别的XML.xml":        text(`<?xml version="1.0"?><config><a/></config>`),
		"报错的JSON.xls":      text(`{"code":500,"msg":"导出失败"}`),
		"富文本改名.xls":        text(`{\rtf1\ansi 花名册}`),
		"Excel4的工作簿.xls":   text("\x09\x04\x06\x00\x00\x00\x10\x00"),
		"加密但循环二十亿次.xlsx":   func() []byte { return endlessSpins() },
		"OLE2里没有工作簿.xls":   func() []byte { return renamedStream("Workbook", "Contents") },
		"OLE2里是Word文档.xls": func() []byte { return renamedStream("Workbook", "WordDocument") },
		"Excel95的流.xls":    func() []byte { return renamedStream("Workbook", "Book") },
	}
}

const xmlSpaces = `xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"`

// otherBooks are .xls, XML of 2003, web pages and text with something wrong, and
// some with nothing wrong.
func otherBooks() map[string]func() []byte {
	text := func(s string) func() []byte { return func() []byte { return []byte(s) } }
	ml := func(before, rows string) func() []byte {
		return text(before + `<Workbook ` + xmlSpaces + `><Worksheet ss:Name="花名册"><Table>` + rows + `</Table></Worksheet></Workbook>`)
	}
	const heads = "嘎查村,姓名,性别,备注\n"
	return map[string]func() []byte{
		"平常的.xls":        func() []byte { return rosterXLS(func([]byte) {}) },
		"截断的.xls":        func() []byte { return rosterXLS(func([]byte) {})[:9000] },
		"分块表各指自己.xls":    func() []byte { return rosterXLS(circles) },
		"分块表在文件之外.xls":   func() []byte { return rosterXLS(func(b []byte) { put32(b, 76, 1<<20) }) },
		"自称四十亿个分块.xls":   func() []byte { return rosterXLS(func(b []byte) { put32(b, 44, 0xFFFFFFFF) }) },
		"字符串自称十亿条.xls":   func() []byte { return rosterXLS(func(b []byte) { boastStrings(b, 1<<30) }) },
		"字符串少说一条.xls":    func() []byte { return rosterXLS(func(b []byte) { boastStrings(b, 100) }) },
		"网页截断.xls":       text("<html><body><table><tr><td>嘎查村<td>姓名</tr><tr><td>前进嘎查"),
		"网页套两百层表.xls":    text(strings.Repeat("<table><tr><td>", 200)),
		"网页一千张空表.xls":    text(strings.Repeat("<table></table>", 1500)),
		"网页一格占一千列.xls":   text("<table>" + strings.Repeat("<tr>"+strings.Repeat("<td colspan=1000 rowspan=65534></td>", 20)+"</tr>", 500) + "<tr><td>姓名</table>"),
		"网页里有脚本.xls":     text(`<table><tr><th>嘎查村<th>姓名<th>备注</tr><tr><td>前进嘎查<td>白某某<td onclick="alert(1)">好<script>alert("<td>坏")</script></table>`),
		"XML表格一亿个笑.xml":  ml(`<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]>`, `<Row><Cell><Data ss:Type="String">&lol2;</Data></Cell></Row>`),
		"XML表格读外部文件.xml": ml(`<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>`, `<Row><Cell><Data ss:Type="String">&e;</Data></Cell></Row>`),
		"XML表格嵌套很深.xml":  ml("", strings.Repeat("<Row>", 5000)),
		"XML表格行号很大.xml":  ml("", `<Row ss:Index="2147483647"><Cell><Data ss:Type="String">x</Data></Cell></Row>`),
		"XML表格行号倒退.xml":  ml("", `<Row ss:Index="9"/><Row ss:Index="3"/>`),
		"XML表格截断.xml":    text(`<?xml version="1.0"?><Workbook ` + xmlSpaces + `><Worksheet ss:Name="花名册"><Table><Row>`),
		"引号没有结束.csv":     text(heads + "前进嘎查,白某某,男,\"值班\n前进嘎查,陈某某,女,\n"),
		"后半段是零.csv":      text(heads + "前进嘎查,白某某,男,好\n" + strings.Repeat("\x00", 5000)),
		"三百列.csv":        text(strings.Repeat("姓名,", 300) + "\n"),
		"一格四万字.csv":      text(heads + "前进嘎查,白某某,男," + strings.Repeat("长", 40_000) + "\n"),
		"公式注入.csv":       text(heads + "前进嘎查,白某某,男,=cmd|' /C calc'!A0\n前进嘎查,陈某某,女,'+1+1\n前进嘎查,吴某某,女,＝HYPERLINK(1)\n"),
		"国标编码改名.xls":     text("\xB8\xC2\xB2\xE9\xB4\xE5\t\xD0\xD5\xC3\xFB\t\xD0\xD4\xB1\xF0\n\xC7\xB0\xBD\xF8\xB8\xC2\xB2\xE9\t\xB0\xD7\xC4\xB3\xC4\xB3\t\xC4\xD0\n"),
		"编码不成文字.csv":     text("姓名,性别\n\xFF\xFF\xFF,男\n"),
		"前导零和等号.csv":     text(heads + "前进嘎查,白某某,男,=\"007\"\n"),
		"加了密码的.xlsx":     func() []byte { return withPassword() },
	}
}

// rosterXLS is an honest .xls with a change.
func rosterXLS(change func(b []byte)) []byte {
	b, err := os.ReadFile("../oldbook/testdata/roster.xls")
	if err != nil {
		panic(err)
	}
	change(b)
	return b
}
