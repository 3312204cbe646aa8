package lrmx

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// declaration is the first line of a document, with the encoding it claims.
var declaration = regexp.MustCompile(`^<\?xml\s[^>]*?(?:encoding\s*=\s*["']([A-Za-z0-9_.-]+)["'][^>]*?)?\?>`)

// foreign are the first bytes of files that people take for a .lrmx.
var foreign = []string{"PK\x03\x04", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "%PDF-", "Rar!", "7z\xBC\xAF"}

// decode gives the document in UTF-8, without byte order mark and declaration.
// Bytes tell the encoding better than the declaration, which often was written by
// a template and the file by something else; it decides where the bytes are in
// doubt.
func decode(data []byte) ([]byte, error) {
	if len(data) == 0 {
		return nil, defect(nil, "里面是空的")
	}
	for _, start := range foreign {
		if bytes.HasPrefix(data, []byte(start)) {
			return nil, refuse(NotForm, "这不是任免审批表（.lrmx）文件，而是 Office 文档、PDF 或压缩包。压缩包请先解压；Word 版的表请在任免审批表软件里另存为 .lrmx，再选那个文件。")
		}
	}
	text, err := decoded(data)
	if err != nil {
		return nil, err
	}
	if bytes.IndexByte(text, 0) >= 0 {
		return nil, defect(nil, "里面有一段是零，多半是复制到一半就拔了 U 盘")
	}
	text = bytes.TrimLeft(text, " \t\r\n")
	return text[len(declaration.Find(text)):], nil
}

func decoded(data []byte) ([]byte, error) {
	if bytes.HasPrefix(data, []byte("\xFF\xFE")) || bytes.HasPrefix(data, []byte("\xFE\xFF")) {
		return convert(data, unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM))
	}
	data, marked := bytes.CutPrefix(data, []byte("\xEF\xBB\xBF"))
	claim := ""
	if m := declaration.FindSubmatch(bytes.TrimLeft(data, " \t\r\n")); m != nil {
		claim = strings.ToLower(string(m[1]))
	}
	valid, several := utf8.Valid(data), mostly(data)
	switch {
	case valid && (marked || several || !strings.HasPrefix(claim, "gb")):
		return data, nil
	case !valid && (marked || several):
		return nil, defect(nil, "有的文字残缺不全，多半没有复制完，或者 U 盘出了错")
	}
	return convert(data, simplifiedchinese.GB18030)
}

// mostly reports whether the characters beyond ASCII are for the most part UTF-8
// as Chinese takes it, three bytes each: then the text is UTF-8, and what is not
// is damage. Chinese in GB 18030 hardly ever looks like that.
func mostly(data []byte) bool {
	three, other := 0, 0
	for len(data) > 0 {
		r, n := utf8.DecodeRune(data)
		switch {
		case r < utf8.RuneSelf:
		case n == 3:
			three++
		default:
			other++
		}
		data = data[n:]
	}
	return three > other
}

// convert decodes a text in which every byte must be of the encoding.
func convert(data []byte, from encoding.Encoding) ([]byte, error) {
	text, err := from.NewDecoder().Bytes(data)
	if err != nil || bytes.ContainsRune(text, utf8.RuneError) {
		return nil, defect(err, "看不出它的文字编码，有的内容不成文字")
	}
	return text, nil
}
