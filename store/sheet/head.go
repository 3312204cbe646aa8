package sheet

import (
	"strings"

	"golang.org/x/text/unicode/norm"

	"touyan/store/field"
)

// Heads of our own that no form has.
const (
	sourceHead   = "来源行号"
	problemHead  = "问题"
	proposalHead = "建议改为"
)

// found is a row (or two) of heads that fits a form.
type found struct {
	form  *field.Form
	row   int // 0-based
	rows  int
	heads []Head
	title string
	score float64
}

// fold makes heads comparable: width, spaces, line ends, stars and what stands
// in brackets do not tell one column from another.
func fold(head string) string {
	s := norm.NFKC.String(head)
	for {
		open := strings.IndexAny(s, "([")
		if open < 0 {
			break
		}
		end := strings.IndexAny(s[open:], ")]")
		if end < 0 {
			break
		}
		s = s[:open] + s[open+end+1:]
	}
	return strings.ToLower(strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\n', '\r', '\t', '*', '"', '“', '”', '「', '」', ':', '、', '/', '\'', '_', '(', ')', '·', '.', '。':
			return -1
		}
		return r
	}, s))
}

// unitOf is the unit a money head names in brackets or behind a stroke: 元 or
// 万元, empty if none.
func unitOf(head string) string {
	s := norm.NFKC.String(head)
	switch {
	case strings.Contains(s, "万元"):
		return "万元"
	case strings.Contains(s, "(元") || strings.Contains(s, "元)") || strings.Contains(s, "/元"):
		return "元"
	}
	return ""
}

// find picks the heads and the form that fit best.
func (r *reading) find(top [][]string) *found {
	var best *found
	for _, f := range r.o.Forms {
		if r.o.Form != "" && f.Name != r.o.Form {
			continue
		}
		m := r.matcher(f)
		for row := range top {
			for rows := 1; rows <= 2 && row+rows <= len(top); rows++ {
				h := m.match(top, row, rows)
				if h == nil {
					continue
				}
				if best == nil || h.score > best.score {
					best = h
				}
			}
		}
	}
	return best
}

// matcher matches heads against one form.
type matcher struct {
	r       *reading
	form    *field.Form
	columns map[string][]int // folded head → form columns
	needed  []int            // without one of these it is not this form
	paths   map[string]int
}

func (r *reading) matcher(f *field.Form) *matcher {
	m := &matcher{r: r, form: f, columns: map[string][]int{}, paths: map[string]int{}}
	for i := range f.Columns {
		c := &f.Columns[i]
		m.claim(c.Head, i)
		if c.Over != "" {
			m.claim(c.Over+c.Head, i)
		}
		for _, a := range c.Aliases {
			m.claim(a, i)
		}
	}
	for i := range f.Columns {
		c := &f.Columns[i]
		if c.Path == "" {
			continue
		}
		m.paths[c.Path] = i
		_, holder, last, err := r.o.Kinds.Resolve(f.Kind, c.Path)
		if err != nil {
			continue
		}
		heads := last.Heads()
		if c.Head != "" {
			// The form names the column its own way: the field's plain label may
			// belong to a neighbour (年龄 beside 出生年月), so it comes last.
			heads = append(heads[1:], heads[0])
		}
		for _, h := range heads {
			m.claim(h, i)
			if c.Over != "" {
				m.claim(c.Over+h, i)
			}
		}
		if last.Name == holder.Named && (holder.Name == "person" || holder.Name == f.Kind) {
			m.needed = append(m.needed, i)
		}
		if holder.Named == "" && last.Type == field.Ref && last.Required {
			m.needed = append(m.needed, i)
		}
	}
	return m
}

func (m *matcher) claim(head string, column int) {
	k := fold(head)
	if k == "" {
		return
	}
	for _, c := range m.columns[k] {
		if c == column {
			return
		}
	}
	m.columns[k] = append(m.columns[k], column)
}

// match tries the heads in one row or two.
func (m *matcher) match(top [][]string, row, rows int) *found {
	h := &found{form: m.form, row: row, rows: rows}
	texts := joinHeads(top, row, rows)
	mapping := m.mapping(texts)
	taken := map[int]bool{}
	own, filled := 0, 0
	for col, text := range texts {
		if fold(text[0]) == "" {
			continue
		}
		filled++
		c := m.column(text, taken, mapping)
		full := strings.Join(text, "/")
		if len(text) == 2 && text[0] == text[1] {
			full = text[0]
		}
		if c >= 0 {
			taken[c] = true
		} else if ownHead(full) {
			own++
		}
		h.heads = append(h.heads, Head{Col: col, Text: full, Column: c})
	}
	if !m.enough(taken, filled-own) {
		return nil
	}
	h.title = titleOver(top, row)
	h.score = float64(len(taken))*2 - float64(filled-own-len(taken))*0.5 - 0.4*float64(len(m.form.Columns)-len(taken)) - float64(rows-1)*0.1
	if h.title != "" && (strings.Contains(fold(h.title), fold(m.form.Title)) || strings.Contains(fold(m.form.Title), fold(h.title))) {
		h.score += 6
	}
	if m.r.o.SheetForms[m.r.name] == m.form.Name {
		h.score += 100
	}
	return h
}

func ownHead(text string) bool {
	f := fold(text)
	return isCodeHead(f) || f == sourceHead || f == problemHead || f == proposalHead
}

// isCodeHead recognises the column of row codes by its folded head.
func isCodeHead(folded string) bool { return strings.HasPrefix(folded, fold(codeHead)) }

// enough asks for the columns without which a row says nothing, and for half
// of the heads to be known.
func (m *matcher) enough(taken map[int]bool, filled int) bool {
	if len(m.r.o.Mapping) > 0 && len(taken) > 0 {
		return m.hasNeeded(taken)
	}
	return len(taken) >= 2 && len(taken)*2 >= filled && m.hasNeeded(taken)
}

func (m *matcher) hasNeeded(taken map[int]bool) bool {
	for _, n := range m.needed {
		if !taken[n] {
			return false
		}
	}
	return true
}

// mapping is what a person said about these heads, now or before.
func (m *matcher) mapping(texts map[int][]string) map[string]string {
	if m.r.o.Mapping != nil || m.r.o.Remembered == nil {
		return m.r.o.Mapping
	}
	var heads []string
	for col := range maxColumn(texts) + 1 {
		if t := texts[col]; t != nil && fold(t[0]) != "" {
			heads = append(heads, strings.Join(t, "/"))
		}
	}
	return m.r.o.Remembered(heads)
}

func maxColumn(texts map[int][]string) int {
	most := -1
	for c := range texts {
		most = max(most, c)
	}
	return most
}

// column finds the form column of a head: as a person said, by both rows
// together, by the lower, by the upper.
func (m *matcher) column(text []string, taken map[int]bool, mapping map[string]string) int {
	for head, path := range mapping {
		if fold(head) == fold(strings.Join(text, "/")) || fold(head) == fold(text[len(text)-1]) {
			if i, ok := m.paths[path]; ok && !taken[i] {
				return i
			}
			return -1
		}
	}
	tries := []string{strings.Join(text, "")}
	if len(text) == 2 {
		if text[0] == text[1] {
			tries = []string{text[0]}
		} else {
			tries = append(tries, text[1]+text[0], text[1])
		}
	}
	for _, t := range tries {
		for _, c := range m.columns[fold(t)] {
			if !taken[c] {
				return c
			}
		}
	}
	return -1
}

// joinHeads gives the heads of each column, upper before lower; a second row
// counts only if it looks like heads.
func joinHeads(top [][]string, row, rows int) map[int][]string {
	out := map[int][]string{}
	for r := row; r < row+rows; r++ {
		for col, text := range top[r] {
			if strings.TrimSpace(text) != "" {
				out[col] = append(out[col], strings.TrimSpace(text))
			}
		}
	}
	return out
}

// titleOver is the first text above the heads.
func titleOver(top [][]string, row int) string {
	for r := 0; r < row; r++ {
		for _, text := range top[r] {
			if t := strings.TrimSpace(text); t != "" {
				return t
			}
		}
	}
	return ""
}
