package lrmx

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"touyan/store/field"
)

// Line is a period of a 简历.
type Line struct {
	From   field.Date // never zero in what Lines gives
	To     field.Date // zero: until now
	During bool       // 其间: what was done beside the work of another period
	Text   string     // trimmed; "\n" where the 简历 goes on in a line of its own
}

// Lines takes a 简历 apart. A line that begins with two dates, or with one and a
// dash, is a Line; one that also has 其间 or a bracket before the dates is During,
// and so are indented ones behind it until the bracket closes. Indented lines
// without dates go on the line before. What is left is in rest, line by line, in
// order. Every character that is no blank and no part of the dates or of （其间：）
// is in a Line or in rest.
//
// Here 1998.1 is January, unlike in a Date: people type a 简历, and no table made a
// number of it.
func Lines(resume string) (lines []Line, rest []string) {
	var u unraveller
	for raw := range strings.SplitSeq(oneLineEnd(resume), "\n") {
		if text := strings.TrimSpace(raw); text != "" {
			first, _ := utf8.DecodeRuneInString(raw)
			u.take(text, unicode.IsSpace(first))
		}
	}
	u.finish()
	return u.lines, u.rest
}

var (
	// Of folded texts, each as far as it goes.
	period = regexp.MustCompile(`^` + dated + ` {0,3}(?:(?:-{1,4}|~{1,2}|至|到) {0,3}(?:` + dated + `|至今|迄今|(?:今|现在|目前)(?: |$))|至今|-{1,4}|~{1,2}|至(?: |$))`)
	during = regexp.MustCompile(`^(?:(\() *)?(?:[其期]间 *:? *)?`)
	// 其间 that stands in a line of its own.
	aside = regexp.MustCompile(`^(?:\( *)?[其期]间 *:?$`)
)

// unraveller takes a 简历 apart line by line.
type unraveller struct {
	lines []Line
	rest  []string

	pending string   // 其间 without dates: it belongs to the next line if that has any
	indent  bool     // of pending
	parts   []string // the lines of the last Line's text
	going   bool     // indented lines go on the last Line
	open    bool     // the last Line stands in a bracket that has not closed
	depth   int      // brackets open in its text
}

// take reads the next line, trimmed and not empty.
func (u *unraveller) take(text string, indented bool) {
	before, wasIndented := u.pending, u.indent
	u.pending = ""
	if before != "" {
		if _, _, ok := splitPeriod(text); ok {
			text, indented = before+text, wasIndented
		} else {
			u.rest = append(u.rest, before)
		}
	}
	folded := fold(text)
	if aside.MatchString(folded) {
		u.pending, u.indent = text, indented
		return
	}
	mark := during.FindStringSubmatch(folded)
	line, said, ok := splitPeriod(after(text, mark[0]))
	if !ok || mark[1] != "" && closesFirst(said) {
		u.undated(text, indented)
		return
	}
	open := mark[1] != "" || u.open && indented
	line.During = mark[0] != "" || u.open && indented
	u.end()
	u.lines = append(u.lines, line)
	u.going, u.open = true, open
	u.add(strings.TrimSpace(said))
}

// undated reads a line that does not begin with dates.
func (u *unraveller) undated(text string, indented bool) {
	if u.going && indented {
		u.add(text)
		return
	}
	u.end()
	u.rest = append(u.rest, text)
}

// add goes on with the text of the last Line.
func (u *unraveller) add(text string) {
	if text != "" {
		u.parts = append(u.parts, text)
	}
	var unopened bool
	if u.depth, unopened = brackets(u.depth, text); unopened {
		u.open = false
	}
}

// end gives the last Line its text. The bracket around a During is not part of it.
func (u *unraveller) end() {
	if u.going {
		last := &u.lines[len(u.lines)-1]
		last.Text = strings.Join(u.parts, "\n")
		if last.During {
			last.Text = unclosed(last.Text)
		}
	}
	u.parts, u.going, u.open, u.depth = nil, false, false, 0
}

func (u *unraveller) finish() {
	if u.pending != "" {
		u.rest = append(u.rest, u.pending)
	}
	u.end()
}

// splitPeriod takes the dates off a line; said is what stands right behind them.
func splitPeriod(text string) (l Line, said string, ok bool) {
	folded := fold(text)
	m := period.FindStringSubmatch(folded)
	if m == nil {
		return l, "", false
	}
	const groups = 5 // of dated
	if l.From, ok = dateAt(m[1 : 1+groups]); !ok {
		return l, "", false
	}
	if to := m[1+groups:]; to[0] != "" {
		if l.To, ok = dateAt(to); !ok {
			return l, "", false
		}
	}
	if next := strings.TrimPrefix(folded, m[0]); next != "" && next[0] >= '0' && next[0] <= '9' {
		return l, "", false // the number goes on: no date
	}
	return l, after(text, m[0]), true
}

// after is the text behind its first characters, as many as the folded ones.
func after(text, folded string) string {
	for range folded {
		_, n := utf8.DecodeRuneInString(text)
		text = text[n:]
	}
	return text
}

// brackets counts what is open behind a text; unopened says that one was closed
// that had not been opened.
func brackets(depth int, text string) (open int, unopened bool) {
	for _, r := range text {
		switch r {
		case '（', '(':
			depth++
		case '）', ')':
			if depth == 0 {
				unopened = true
				continue
			}
			depth--
		}
	}
	return depth, unopened
}

// unclosed takes off the bracket at the end that closes none in the text.
func unclosed(text string) string {
	last, n := utf8.DecodeLastRuneInString(text)
	if last != '）' && last != ')' {
		return text
	}
	if depth, _ := brackets(0, text[:len(text)-n]); depth > 0 {
		return text
	}
	return strings.TrimSpace(text[:len(text)-n])
}

// closesFirst tells by what stands right behind the dates that nothing else is in
// their bracket, as in （1998.07--2001.05）某旗: that says nothing of 其间.
func closesFirst(said string) bool {
	r, n := utf8.DecodeRuneInString(said)
	return (r == '）' || r == ')') && len(said) > n
}

// column is where the texts of a 简历 begin: behind 1998.07--2001.05 and two spaces.
const column = 18

// Text puts a 简历 together in the usual manner: dates in a column of 18
// characters, what goes on indented as far, 其间 in brackets, then rest. Lines takes
// it apart into the same lines and rest, if Lines gave them. A Line without From has
// spaces for dates.
func Text(lines []Line, rest []string) string {
	var out []string
	margin := strings.Repeat(" ", column)
	for _, l := range lines {
		parts := strings.Split(l.Text, "\n")
		if l.During {
			parts[0] = margin + "（其间：" + l.dates("至今") + " " + parts[0]
			if depth, _ := brackets(0, l.Text); depth == 0 {
				parts[len(parts)-1] += "）"
			}
		} else {
			dates := l.dates("")
			pad := max(column-utf8.RuneCountInString(dates), 2)
			parts[0] = strings.TrimRight(dates+strings.Repeat(" ", pad)+parts[0], " ")
		}
		out = append(out, parts[0])
		for _, part := range parts[1:] {
			out = append(out, margin+part)
		}
	}
	return strings.Join(append(out, rest...), "\n")
}

// dates is the period as it is written; now stands for an end that is open.
func (l Line) dates(now string) string {
	switch {
	case l.From.IsZero():
		return ""
	case l.To.IsZero():
		return l.From.Office() + "--" + now
	}
	return l.From.Office() + "--" + l.To.Office()
}
