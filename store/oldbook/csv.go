package oldbook

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"touyan/store/xlsx"
)

// readCSV reads text with separators. No cell is a number: 007 stays 007.
func readCSV(text []byte, name string, lim xlsx.Limits) (*xlsx.Book, error) {
	if bytes.HasPrefix(bytes.TrimSpace(text), []byte("<")) {
		return nil, xlsx.Refuse(xlsx.NotWorkbook, "这是一个 XML 或网页文件，里面没有认得出的表格。请确认选对了文件；确是表格的，%s", strings.TrimPrefix(xlsx.Resave, "请"))
	}
	separator, text := separator(text)
	book := xlsx.NewMemory(lim)
	table, err := book.Table(name)
	if err != nil {
		return nil, err
	}
	r := &csvReader{rest: text, separator: separator, ends: string(separator) + "\r\n", table: table}
	for row := 0; len(r.rest) > 0; row++ {
		if err := r.record(row); err != nil {
			return nil, err
		}
	}
	return book.Book(false), nil
}

// lookLines is how many lines tell the separator.
const lookLines = 20

// separator is the one that most of the first lines have outside quotes, the
// more frequent of two, and a comma if they have none. A first line sep=; says it
// (Excel's own way).
func separator(text []byte) (byte, []byte) {
	if line, rest, _ := bytes.Cut(text, []byte("\n")); len(line) >= 5 && strings.EqualFold(string(line[:4]), "sep=") && len(bytes.TrimSpace(line[5:])) == 0 {
		return line[4], rest
	}
	var count, lines, last [utf8.RuneSelf]int // how often, in how many lines, in which last
	quoted := false
	for i, line := 0, 1; i < len(text) && line <= lookLines; i++ {
		switch c := text[i]; {
		case c == '"':
			quoted = !quoted
		case quoted || c >= utf8.RuneSelf:
		case c == '\n':
			line++
		default:
			if count[c]++; last[c] != line {
				last[c] = line
				lines[c]++
			}
		}
	}
	best := byte(',')
	for _, c := range []byte("\t;") {
		if lines[c] > lines[best] || lines[c] == lines[best] && count[c] > count[best] {
			best = c
		}
	}
	return best, text
}

type csvReader struct {
	rest      []byte
	separator byte
	ends      string // what ends a field: the separator and line breaks
	table     *xlsx.Table
	field     []byte
}

// record reads a row.
func (r *csvReader) record(row int) error {
	for col := 0; ; col++ {
		last, err := r.next(row)
		if err != nil {
			return err
		}
		if text := unguarded(string(r.field)); text != "" {
			if err := r.table.Put(row, shown(col, text)); err != nil {
				return err
			}
		}
		if last {
			return nil
		}
	}
}

// next reads a field; last says that the row ends behind it.
func (r *csvReader) next(row int) (last bool, err error) {
	r.field = r.field[:0]
	if len(r.rest) > 0 && r.rest[0] == '"' {
		if err := r.quoted(row); err != nil {
			return false, err
		}
	}
	n := bytes.IndexAny(r.rest, r.ends)
	if n < 0 {
		n = len(r.rest)
	}
	r.field = append(r.field, r.rest[:n]...)
	r.rest = r.rest[n:]
	switch {
	case len(r.rest) == 0:
		return true, nil
	case r.rest[0] == r.separator:
		r.rest = r.rest[1:]
		return false, nil
	}
	if bytes.HasPrefix(r.rest, []byte("\r\n")) {
		r.rest = r.rest[1:]
	}
	r.rest = r.rest[1:]
	return true, nil
}

// quoted reads the part of a field that stands in quotes, where a separator and
// a line break are text, and two quotes are one.
func (r *csvReader) quoted(row int) error {
	rest := r.rest[1:]
	for {
		n := bytes.IndexByte(rest, '"')
		if n < 0 {
			return xlsx.Defect("", "从第 %d 行起有一个引号没有结束，后面的内容多半丢了", row+1)
		}
		r.field = append(r.field, rest[:n]...)
		if rest = rest[n+1:]; len(rest) == 0 || rest[0] != '"' {
			break
		}
		r.field, rest = append(r.field, '"'), rest[1:]
	}
	r.rest = rest
	return nil
}

// unguarded takes off what programs put around a text to keep a spreadsheet from
// changing it: ="0123" is 0123, and the quote before = + - @ says only that what
// follows is no formula.
func unguarded(text string) string {
	if inner, is := strings.CutPrefix(text, `="`); is && strings.HasSuffix(inner, `"`) {
		return strings.ReplaceAll(strings.TrimSuffix(inner, `"`), `""`, `"`)
	}
	if rest, is := strings.CutPrefix(text, "'"); is && rest != "" && strings.ContainsRune("=+-@\t\r＝＋－＠", []rune(rest)[0]) {
		return rest
	}
	return text
}
