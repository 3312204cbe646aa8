package sheet

import (
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"touyan/store/xlsx"
)

// Heads of our own that no form has.
const (
	sourceHead   = "来源行号"
	problemHead  = "问题"
	proposalHead = "建议改为"
)

// found is a row (or two) of heads that fits a form.
type found struct {
	matcher *matcher
	row     int // 0-based
	rows    int
	heads   []Head
	title   string
	unit    string // 万元, if the rows above say that for the whole table
	score   float64
}

// fold makes heads comparable: width, spaces, line ends, stars and strokes do
// not tell one column from another. Nor does what stands in brackets, mostly;
// where it does (学历（在职）), spell keeps it.
func fold(head string) string {
	var out strings.Builder
	depth := 0
	for _, r := range norm.NFKC.String(head) {
		switch {
		case strings.ContainsRune("([【〔", r):
			depth++
		case strings.ContainsRune(")]】〕", r):
			depth = max(0, depth-1)
		case depth == 0:
			out.WriteRune(r)
		}
	}
	if depth > 0 {
		return spell(head)
	}
	return spell(out.String())
}

// spell is fold with what stands in brackets kept.
func spell(head string) string {
	if !strings.ContainsFunc(head, spelledOtherwise) {
		return head // as nearly every cell of a roster is
	}
	kept := strings.Map(func(r rune) rune {
		if r <= ' ' || strings.ContainsRune("*\"“”‘’「」《》:、/\\'_()[]【】〔〕·.。,;-|\u3000\u200b\ufeff", r) {
			return -1
		}
		return r
	}, norm.NFKC.String(head))
	return norm.NFKC.String(strings.ToLower(kept)) // what a stroke parted may compose
}

// speller remembers what heads fold to: every form asks of every text in the
// first rows of a sheet.
type speller map[string][2]string

func (m speller) of(head string) (spelled, folded string) {
	s, ok := m[head]
	if !ok {
		s = [2]string{spell(head), fold(head)}
		m[head] = s
	}
	return s[0], s[1]
}

func spelledOtherwise(r rune) bool {
	return (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 0x3400 || r > 0x9FFF)
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

// find picks the heads and the form that fit best. What the book's carrier
// says about the sheet is tried first, for it is nearly always so.
func (r *reading) find(top [][]string) *found {
	if m := r.hinted(); m != nil {
		if h := r.bestOf(top, []*matcher{m}); h != nil {
			return h
		}
	}
	return r.bestOf(top, r.matchers)
}

func (r *reading) hinted() *matcher {
	for _, m := range r.matchers {
		if r.o.SheetForms[r.name] == m.form.Name {
			return m
		}
	}
	return nil
}

func (r *reading) bestOf(top [][]string, matchers []*matcher) *found {
	var best *found
	for row := range top {
		for rows := 1; rows <= 2 && row+rows <= len(top); rows++ {
			t := r.try(top, row, rows)
			if t == nil {
				continue
			}
			for _, m := range matchers {
				if !m.hopeful(t) {
					continue
				}
				if h := m.match(r, top, t); h != nil && (best == nil || h.score > best.score) {
					best = h
				}
			}
		}
	}
	return best
}

// try is one row, or two, that may be heads, with what every matcher asks of
// them.
type try struct {
	row, rows int
	texts     [][]string
	keys      [][]string // by column: the spellings under which a form may know it
	mapping   map[string]string
}

func (r *reading) try(top [][]string, row, rows int) *try {
	t := &try{row: row, rows: rows, texts: joinHeads(top, row, rows)}
	if len(t.texts) < 2 || len(r.matchers) == 0 {
		return nil
	}
	t.mapping = r.mapping(t.texts)
	heads := r.matchers[0].heads // all of a reading's matchers share it
	for _, text := range t.texts {
		var keys []string
		for _, s := range append(text, strings.Join(text, "")) {
			spelled, folded := heads.of(s)
			keys = append(keys, spelled, folded)
		}
		t.keys = append(t.keys, keys)
	}
	return t
}

// hopeful passes over rows that are none of a form's heads at little cost.
func (m *matcher) hopeful(t *try) bool {
	known := 0
	for _, keys := range t.keys {
		if slices.ContainsFunc(keys, func(k string) bool { return len(m.exact[k]) > 0 || len(m.loose[k]) > 0 }) {
			known++
		}
	}
	return known >= 2 || len(t.mapping) > 0
}

// match tries the heads in one row or two.
func (m *matcher) match(r *reading, top [][]string, t *try) *found {
	row, rows, texts, mapping := t.row, t.rows, t.texts, t.mapping
	h := &found{matcher: m, row: row, rows: rows}
	taken := map[int]bool{}
	known, filled, joined := 0, 0, 0
	for col := range texts {
		text := texts[col]
		if len(text) == 0 || m.spell(text[0]) == "" {
			continue
		}
		head := Head{Col: col, Text: headText(text), Column: -1}
		if col == 0 || !slices.Equal(text, texts[col-1]) { // a head merged over two columns speaks of the first
			head.Column, head.Sure = m.column(text, taken, mapping)
		}
		if len(text) == 2 && head.Column >= 0 && (text[0] == text[1] || slices.Contains(m.exact[m.spell(text[0]+text[1])], head.Column)) {
			joined++
		}
		if head.Column < 0 {
			if head.Also = m.several(text, taken, mapping); head.Also != nil {
				head.Sure = Sure
			}
		}
		for _, c := range head.Columns() {
			taken[c] = true
		}
		if !ownHead(head.Text) {
			filled++
			if head.Column >= 0 || head.Also != nil {
				known++
			}
		}
		h.heads = append(h.heads, head)
	}
	if len(taken) == 0 {
		return nil
	}
	h.title, h.unit = above(top, row)
	if !m.enough(r, h, taken, known, filled) {
		return nil
	}
	own := 0
	for c := range taken {
		if c < m.columns && m.form.Columns[c].Path != "" {
			own++
		}
	}
	// What a form has and the row lacks is a share of the form: a wide form
	// does not lose against a narrow one that knows fewer of these heads.
	missing := float64(m.printed-own) / float64(max(1, m.printed))
	h.score = float64(own)*2 + float64(known-own) - float64(filled-known)*0.5 - 4*missing
	if rows == 2 && joined == 0 {
		h.score -= 0.1
	} else if rows == 2 {
		h.score += 0.1 // the upper row is heads too, and no title
	}
	h.score += m.called(h.title)*6 + m.called(r.name)*3
	if m.register && !strings.Contains(spell(h.title), spell(m.form.Title)) {
		h.score -= 4 // offices write forms; registers come from ledgers and say so
	}
	if r.o.SheetForms[r.name] == m.form.Name {
		h.score += 100
	}
	return h
}

// headText is what a column is called when its heads are shown.
func headText(text []string) string {
	if len(text) == 2 && text[0] == text[1] {
		return text[0]
	}
	return strings.Join(text, "/")
}

func ownHead(text string) bool {
	f := fold(text)
	return isCodeHead(f) || f == sourceHead || f == problemHead || f == proposalHead
}

// isCodeHead recognises the column of row codes by its folded head.
func isCodeHead(folded string) bool { return strings.HasPrefix(folded, foldedCodeHead) }

var foldedCodeHead = fold(codeHead)

// enough asks for the columns without which a row says nothing, and for half
// of the heads, or five of them, to be known.
func (m *matcher) enough(r *reading, h *found, taken map[int]bool, known, filled int) bool {
	for _, n := range m.needed {
		if !taken[n] {
			return false
		}
	}
	named := r.o.Form != "" || r.o.SheetForms[r.name] == m.form.Name || m.called(h.title) > 0 || m.called(r.name) > 0
	switch {
	case m.form.Titled && !named:
		return false
	case len(r.o.Mapping) > 0:
		return len(taken) > 0
	case len(taken) < 2 || known < 5 && known*2 < filled:
		return false
	case named:
		return true
	}
	return len(m.telling) == 0 || slices.ContainsFunc(m.telling, func(c int) bool { return taken[c] })
}

// mapping is what a person said about these heads, now or before.
func (r *reading) mapping(texts [][]string) map[string]string {
	if r.o.Mapping != nil || r.o.Remembered == nil {
		return r.o.Mapping
	}
	var heads []string
	for _, t := range texts {
		if len(t) > 0 && !ownHead(headText(t)) {
			heads = append(heads, headText(t))
		}
	}
	key := strings.Join(heads, "\n")
	m, asked := r.remembered[key]
	if !asked {
		m = r.o.Remembered(heads)
		r.remembered[key] = m
	}
	return m
}

// HeadTexts are the heads by which a corrected mapping is remembered: those of
// the columns somebody else named.
func (t *Table) HeadTexts() []string {
	var out []string
	for _, h := range t.Heads {
		if h.Text != "" && !ownHead(h.Text) {
			out = append(out, h.Text)
		}
	}
	return out
}

// Unclaimed are the heads of columns that hold something and no field takes.
func (t *Table) Unclaimed() []string {
	var out []string
	for i := range t.Heads {
		if t.extra[t.Heads[i].Col] {
			out = append(out, t.HeadName(&t.Heads[i]))
		}
	}
	return out
}

// HeadName is what a column is called, also one without a head.
func (t *Table) HeadName(h *Head) string {
	if h.Text != "" {
		return h.Text
	}
	return "第" + strings.TrimRight(xlsx.CellName(h.Col, 0), "1") + "列（没有表头）"
}

// joinHeads gives the heads of each column, upper before lower.
func joinHeads(top [][]string, row, rows int) [][]string {
	var out [][]string
	for r := row; r < row+rows; r++ {
		for col, text := range top[r] {
			if text = strings.TrimSpace(text); text == "" {
				continue
			}
			for len(out) <= col {
				out = append(out, nil)
			}
			out[col] = append(out[col], text)
		}
	}
	return out
}

// above is the title over the heads, and the unit all of the table's money is
// in. A mark such as 附件1 is no title.
func above(top [][]string, row int) (title, unit string) {
	for r := 0; r < row; r++ {
		for _, text := range top[r] {
			f := spell(text)
			units := strings.HasPrefix(f, "单位") || strings.HasPrefix(f, "金额单位") || strings.HasPrefix(f, "计量单位")
			if units && strings.Contains(f, "万元") {
				unit = "万元" // also 单位：户、人、万元
			}
			if title == "" && !units && f != "" && !strings.HasPrefix(f, "附件") && !strings.HasPrefix(f, "附表") && !strings.HasPrefix(f, "填报") {
				title = strings.TrimSpace(text)
			}
		}
	}
	return title, unit
}
