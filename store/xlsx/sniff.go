package xlsx

import (
	"bytes"
	"encoding/binary"
	"io"
	"strings"
	"unicode/utf8"
)

const (
	zipMagic = "PK\x03\x04"
	oleMagic = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
)

// Resave is what to do with a book that cannot be read as it is.
const Resave = "请用 WPS 或 Excel 打开它，另存为“Excel 文件（*.xlsx）”，再选另存的那个文件。"

// otherFiles are kinds of files people choose by mistake, by their first bytes.
var otherFiles = []struct{ magic, kind string }{
	{"%PDF", "一个 PDF 文件"},
	{"Rar!", "一个 RAR 压缩包"},
	{"7z\xBC\xAF\x27\x1C", "一个 7z 压缩包"},
	{"\x1F\x8B", "一个 gzip 压缩包"},
	{"\xFF\xD8\xFF", "一张照片"},
	{"\x89PNG", "一张图片"},
	{"GIF8", "一张图片"},
	{"{\\rtf", "一个文字文档"},
	{"MZ\x90\x00", "一个程序"},
}

// sniff looks at the content, never at the name, and tells what a file is that
// cannot be an .xlsx; nil if it begins like one. Some of what is refused here
// store/oldbook reads.
func sniff(r io.ReaderAt, size int64) error {
	if size == 0 {
		return Refuse(Empty, "这个文件是空的，里面一个字节也没有，多半是复制时没有写完。请从原处再复制一次。")
	}
	head := make([]byte, min(size, 4096))
	if n, err := r.ReadAt(head, 0); n < len(head) {
		return FromDisk(err)
	}
	if bytes.HasPrefix(head, []byte(zipMagic)) {
		return nil
	}
	if bytes.HasPrefix(head, []byte(oleMagic)) {
		return sniffCompound(r, size)
	}
	if len(head) > 4 && head[0] == 0x09 && head[2] <= 0x08 && head[3] == 0 && (head[1] == 0 || head[1] == 2 || head[1] == 4 || head[1] == 8) {
		return Refuse(OldFormat, "这是旧格式的 Excel 工作簿（.xls），不能直接读取。%s", Resave)
	}
	if len(bytes.Trim(head, "\x00")) == 0 {
		return Defect("", "文件开头全是零，多半是复制到一半就拔了 U 盘")
	}
	for _, other := range otherFiles {
		if bytes.HasPrefix(head, []byte(other.magic)) {
			return Refuse(NotWorkbook, "这不是 Excel 工作簿，而是%s。请选扩展名为 .xlsx 或 .xls 的工作簿。", other.kind)
		}
	}
	return sniffText(head)
}

// sniffText tells the text files that are named .xls from each other.
func sniffText(head []byte) error {
	text := bytes.ToLower(bytes.ReplaceAll(head, []byte{0}, nil)) // also finds UTF-16
	switch {
	case bytes.Contains(text, []byte("urn:schemas-microsoft-com:office:spreadsheet")), bytes.Contains(text, []byte("excel.sheet")):
		return Refuse(Spreadsheet2003XML, "这是“XML 表格 2003”格式的文件，常由网页系统导出，不能直接读取。%s", Resave)
	case bytes.Contains(text, []byte("<html")), bytes.Contains(text, []byte("<!doctype html")), bytes.Contains(text, []byte("<table")), bytes.Contains(text, []byte("<meta")):
		return Refuse(HTML, "这个文件其实是一张网页，只是名字像 Excel 工作簿，常由网页系统导出。%s", Resave)
	}
	utf16 := bytes.HasPrefix(head, []byte{0xFF, 0xFE}) || bytes.HasPrefix(head, []byte{0xFE, 0xFF})
	control := bytes.IndexFunc(head, func(r rune) bool {
		return r < ' ' && r != '\t' && r != '\n' && r != '\r' && r != utf8.RuneError
	}) >= 0
	if utf16 || !control {
		return Refuse(PlainText, "这是一个纯文本文件（如 CSV），不是 Excel 工作簿。%s", Resave)
	}
	return Refuse(NotWorkbook, "这不是 Excel 工作簿，或者文件开头已损坏。请选扩展名为 .xlsx 或 .xls 的工作簿；确是工作簿的，请让对方重新发一份。")
}

// sniffCompound tells what an OLE2 file is by the streams in its directory: an
// encrypted .xlsx, an old workbook, something else. Directory entries are 128
// bytes long, at multiples of 128.
func sniffCompound(r io.ReaderAt, size int64) error {
	old := Refuse(OldFormat, "这是旧格式的工作簿（.xls 或 WPS 的 .et），不能直接读取。%s", Resave)
	if size > DefaultLimits().File {
		return old
	}
	streams := []struct {
		name []byte
		err  error
	}{
		{wide("EncryptedPackage"), NeedsPassword()},
		{wide("Workbook"), old},
		{wide("Book"), old},
		{wide("WordDocument"), Refuse(NotWorkbook, "这不是 Excel 工作簿，而是一个 Word（WPS 文字）文档。请选扩展名为 .xlsx 或 .xls 的工作簿。")},
		{wide("PowerPoint Document"), Refuse(NotWorkbook, "这不是 Excel 工作簿，而是一个演示文稿。请选扩展名为 .xlsx 或 .xls 的工作簿。")},
	}
	block := make([]byte, 256<<10)
	for at := int64(0); at < size; at += int64(len(block)) {
		n, err := r.ReadAt(block, at)
		if err != nil && err != io.EOF {
			return FromDisk(err)
		}
		for i := 0; i+128 <= n; i += 128 {
			item := block[i : i+128]
			length := int(binary.LittleEndian.Uint16(item[64:])) - 2
			for _, s := range streams {
				if length == len(s.name) && bytes.Equal(item[:length], s.name) && item[66] == 2 {
					return s.err
				}
			}
		}
	}
	return old
}

// wide is ASCII text in UTF-16, as OLE2 directories hold names.
func wide(s string) []byte {
	b := make([]byte, 0, 2*len(s))
	for i := range len(s) {
		b = append(b, s[i], 0)
	}
	return b
}

// refuseOthers tells by the names of the entries what a zip is that is no .xlsx.
func (z *archive) refuseOthers() error {
	binary := false
	for name := range z.byName {
		if strings.HasSuffix(name, "vbaproject.bin") {
			return macroRefused()
		}
		binary = binary || name == "xl/workbook.bin"
	}
	switch {
	case binary:
		return Refuse(NotWorkbook, "这是二进制工作簿（.xlsb），不能直接读取。%s", Resave)
	case z.byName["mimetype"] != nil || z.byName["content.xml"] != nil:
		return Refuse(NotWorkbook, "这是 OpenDocument 格式的文件（如 .ods），不能直接读取。%s", Resave)
	case z.byName["word/document.xml"] != nil:
		return Refuse(NotWorkbook, "这不是 Excel 工作簿，而是一个 Word（WPS 文字）文档。请选扩展名为 .xlsx 或 .xls 的工作簿。")
	case z.byName["ppt/presentation.xml"] != nil:
		return Refuse(NotWorkbook, "这不是 Excel 工作簿，而是一个演示文稿。请选扩展名为 .xlsx 或 .xls 的工作簿。")
	case z.byName[contentTypesPart] == nil:
		return Refuse(NotWorkbook, "这不是 Excel 工作簿，而是一个压缩包。请先解压，再选里面的 .xlsx 工作簿。")
	}
	return nil
}

func macroRefused() *Error {
	return Refuse(Macro, "这个工作簿带有宏（可以自己运行的程序），为安全起见不读取。请用 WPS 打开，另存为不带宏的“Excel 文件（*.xlsx）”，再选另存的那个文件。")
}
