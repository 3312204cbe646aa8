package lrmx

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"touyan/store/field"
)

// dated is a date as people write it: 199807, 1998.7, 1998-07-12, 1998年7月, 1998.
// Its text is folded.
const dated = `(\d{4})(?:(\d{2})(\d{2})?|[./年-](\d{1,2})(?:[./月-](\d{1,2})日?|月)?|年)?`

var (
	wholeDate = regexp.MustCompile(`^ *` + dated + `\.? *$`)
	lostZero  = regexp.MustCompile(`^ *\d{4}\.1 *$`)
)

// fold makes one of the signs that people take for each other, rune by rune: the
// folded text has as many runes as the text.
func fold(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		case unicode.IsSpace(r):
			return ' '
		case r >= '‐' && r <= '―':
			return '-'
		}
		switch r {
		case '．', '。', '·':
			return '.'
		case '／':
			return '/'
		case '－', '−', '─', '━', '﹣':
			return '-'
		case '～', '〜', '∼':
			return '~'
		case '（':
			return '('
		case '）':
			return ')'
		case '：':
			return ':'
		}
		return r
	}, text)
}

// dateAt is the date of what dated found, whose groups begin at m[0]. ok is false
// for a date that no calendar has.
func dateAt(m []string) (d field.Date, ok bool) {
	month, day := m[1]+m[3], m[2]+m[4] // of a run of digits, or parted
	text := m[0]
	for _, part := range []string{month, day} {
		if n, _ := strconv.Atoi(part); part != "" {
			text += fmt.Sprintf("-%02d", n)
		}
	}
	d, err := field.DateOf(text)
	return d, err == nil
}

// readDate understands a date of the form. doubt says in a few words why it did
// not. 1985.1 is January or October: programs fill forms from tables, and a table
// that took 1985.10 for a number dropped its last zero.
func readDate(text string) (d field.Date, doubt string) {
	s := fold(text)
	m := wholeDate.FindStringSubmatch(s)
	switch {
	case m == nil:
		return d, "不是日期"
	case lostZero.MatchString(s):
		return d, "可能是1月，也可能是10月"
	}
	d, ok := dateAt(m[1:])
	if !ok {
		return field.Date{}, "不是真实的日期"
	}
	return d, ""
}

// text is what the file says.
func (d Date) text() string {
	if d.Raw != "" {
		if v, _ := readDate(d.Raw); v == d.Value {
			return d.Raw
		}
	}
	return strings.ReplaceAll(d.Value.Office(), ".", "")
}
