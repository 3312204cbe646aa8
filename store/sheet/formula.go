package sheet

import (
	"regexp"
	"strconv"
	"strings"

	"touyan/store/xlsx"
)

// inserted is a run of rows that came into a sheet: behind row after, by more
// rows. Rows count from 1.
type inserted struct{ after, more int }

// row is where a row of before stands now.
func (s inserted) row(n int) int {
	if n > s.after {
		return n + s.more
	}
	return n
}

// last is where the last row of a range stands now: a range that ends with the
// row behind which others came in takes them in.
func (s inserted) last(first, n int) int {
	if n == s.after && first <= n {
		return n + s.more
	}
	return s.row(n)
}

// reference is a cell, or a range of cells, in a formula or an attribute. What
// names another sheet stands before it, with its !.
var reference = regexp.MustCompile(`((?:'(?:[^']|'')+'|[\p{L}\p{N}_.]+)!)?(\$?[A-Z]{1,3})(\$?)([0-9]{1,7})(?::(\$?[A-Z]{1,3})(\$?)([0-9]{1,7}))?`)

// move rewrites the references of a formula to where their cells stand now. own
// is the name of the sheet the rows came into; here tells that the formula
// stands in that sheet itself, so that what names no sheet means it.
func (s inserted) move(formula, own string, here bool) string {
	return eachReference(formula, func(m []string) string {
		if !means(m[1], own, here) {
			return m[0]
		}
		first, _ := strconv.Atoi(m[4])
		out := m[1] + m[2] + m[3]
		if m[7] == "" {
			return out + strconv.Itoa(s.row(first))
		}
		last, _ := strconv.Atoi(m[7])
		return out + strconv.Itoa(s.row(first)) + ":" + m[5] + m[6] + strconv.Itoa(s.last(first, last))
	})
}

// copied rewrites a formula for a cell so many rows and columns further on: what
// is not fixed by $ moves along.
func copied(formula string, rows, columns int) string {
	along := func(column, fixed, row string) string {
		if !strings.HasPrefix(column, "$") {
			if c, ok := columnIndex(column); ok && c+columns >= 0 {
				column = strings.TrimRight(xlsx.CellName(c+columns, 0), "1")
			}
		}
		n, _ := strconv.Atoi(row)
		if fixed == "" {
			n = max(1, n+rows)
		}
		return column + fixed + strconv.Itoa(n)
	}
	return eachReference(formula, func(m []string) string {
		out := m[1] + along(m[2], m[3], m[4])
		if m[7] != "" {
			out += ":" + along(m[5], m[6], m[7])
		}
		return out
	})
}

// columnIndex is the 0-based number of a column by its letters.
func columnIndex(letters string) (n int, ok bool) {
	for _, r := range letters {
		n = n*26 + int(r-'A') + 1
	}
	return n - 1, n > 0
}

// means reports whether a reference is to the sheet called own.
func means(sheet, own string, here bool) bool {
	if sheet == "" {
		return here
	}
	name := strings.TrimSuffix(sheet, "!")
	if unquoted, ok := strings.CutPrefix(name, "'"); ok {
		name = strings.ReplaceAll(strings.TrimSuffix(unquoted, "'"), "''", "'")
	}
	return strings.EqualFold(name, own)
}

// eachReference rewrites the references of a formula, those in texts between
// quotation marks and the names of functions left alone.
func eachReference(formula string, rewrite func(m []string) string) string {
	var out strings.Builder
	for i, part := range strings.Split(formula, `"`) {
		if i > 0 {
			out.WriteByte('"')
		}
		if i%2 == 1 {
			out.WriteString(part)
			continue
		}
		at := 0
		for _, m := range reference.FindAllStringSubmatchIndex(part, -1) {
			if !standsAlone(part, m[0], m[1]) {
				continue
			}
			groups := make([]string, 8)
			for g := range groups {
				if m[2*g] >= 0 {
					groups[g] = part[m[2*g]:m[2*g+1]]
				}
			}
			out.WriteString(part[at:m[0]])
			out.WriteString(rewrite(groups))
			at = m[1]
		}
		out.WriteString(part[at:])
	}
	return out.String()
}

// standsAlone reports that what looks like a reference is no part of a longer
// name (LOG10, F1_合计) or of a function called.
func standsAlone(text string, from, to int) bool {
	name := func(b byte) bool {
		return b == '_' || b == '.' || b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z' || b >= 0x80
	}
	if from > 0 && (name(text[from-1]) || text[from-1] == '$') {
		return false
	}
	return to >= len(text) || !name(text[to]) && text[to] != '('
}
