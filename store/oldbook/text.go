package oldbook

import (
	"bytes"
	"unicode/utf8"

	"touyan/store/xlsx"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// decode gives a text in UTF-8, without its byte order mark. The encoding is told
// by the bytes: what a page or a declaration says of it is often wrong, for it
// was written by a template and the file by something else.
func decode(data []byte) ([]byte, error) {
	little := len(data) > 1 && data[1] == 0
	switch {
	case bytes.HasPrefix(data, []byte("\xEF\xBB\xBF")):
		data = data[3:]
		if !utf8.Valid(data) {
			return nil, xlsx.Defect("", "它自称是 UTF-8 文字，里面却有不是 UTF-8 的内容")
		}
		return noZeros(data)
	case bytes.HasPrefix(data, []byte("\xFF\xFE")), bytes.HasPrefix(data, []byte("\xFE\xFF")):
		return convert(data, unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM))
	case len(data) > 1 && (little || data[0] == 0):
		order := unicode.BigEndian
		if little {
			order = unicode.LittleEndian
		}
		return convert(data, unicode.UTF16(order, unicode.IgnoreBOM))
	case utf8.Valid(data) && !narrow(data):
		return noZeros(data)
	}
	text, err := convert(data, simplifiedchinese.GB18030)
	if err != nil && utf8.Valid(data) {
		return noZeros(data)
	}
	return text, err
}

// narrow tells of a text that is UTF-8 whether all its characters beyond ASCII
// take two bytes. Chinese takes three there: such a text is Chinese in GB 18030,
// whose bytes happen to be UTF-8 of something else.
func narrow(data []byte) bool {
	found := false
	for _, c := range data {
		if c >= 0xE0 {
			return false
		}
		found = found || c >= 0xC0
	}
	return found
}

// convert decodes a text in which every byte must be of the encoding. A mark of
// replacement (U+FFFD) that stood there already is taken for damage too: it says
// that characters were lost before.
func convert(data []byte, from encoding.Encoding) ([]byte, error) {
	text, err := from.NewDecoder().Bytes(data)
	if err != nil || bytes.ContainsRune(text, utf8.RuneError) {
		return nil, xlsx.Defect("", "看不出它的文字编码，有的内容不成文字")
	}
	return noZeros(text)
}

// noZeros refuses a text with zero bytes: a copy that was broken off leaves them.
func noZeros(text []byte) ([]byte, error) {
	if bytes.IndexByte(text, 0) >= 0 {
		return nil, xlsx.Defect("", "里面有一段是零，多半是复制到一半就拔了 U 盘")
	}
	return text, nil
}
