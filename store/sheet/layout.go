package sheet

import (
	"fmt"
	"math"
	"strings"
	"unicode/utf16"

	"touyan/store/field"
)

// column is one column of a printed table.
type column struct {
	index int // of the form
	head  string
	over  string
	last  *field.Field // nil: computed
	each  bool
	align align
	count bool    // numbers stand in it as numbers
	width float64 // characters of half width
}

// page is a sheet with its layout.
type page struct {
	sheet   *Sheet
	name    string
	title   string
	columns []column
	codes   bool // there is a column of row codes behind the others
	heads   int  // rows of heads
}

// newPage lays a sheet out and checks every text in it.
func newPage(s *Sheet, d *Doc) (*page, error) {
	p := &page{sheet: s, title: s.Title, name: s.Name, heads: 1, codes: d.Carrier != nil}
	if p.title == "" {
		p.title = s.Form.Title
	}
	if p.name == "" {
		p.name = p.title
	}
	p.name = SheetName(p.name)
	shown := s.Columns
	if shown == nil {
		for i := range s.Form.Columns {
			shown = append(shown, i)
		}
	}
	for _, i := range shown {
		c, err := newColumn(s, i)
		if err != nil {
			return nil, err
		}
		if c.over != "" {
			p.heads = 2
		}
		p.columns = append(p.columns, c)
	}
	if err := p.measure(); err != nil {
		return nil, err
	}
	return p, nil
}

func newColumn(s *Sheet, i int) (column, error) {
	fc := &s.Form.Columns[i]
	c := column{index: i, head: fc.Head, over: fc.Over, each: fc.Each, width: fc.Width, align: center}
	if fc.Path == "" {
		c.count = true
		if c.width == 0 {
			c.width = 8
		}
		return c, nil
	}
	_, _, last, err := s.Kinds.Resolve(s.Form.Kind, fc.Path)
	if err != nil {
		return c, fmt.Errorf("form %s: %w", s.Form.Name, err)
	}
	c.last, c.head = last, fc.Label(last)
	usual := 12.0
	switch last.Type {
	case field.Number:
		usual, c.count, c.align = 8, true, right
	case field.Money:
		usual, c.count, c.align = 12, true, right
		if unitOf(c.head) == "" {
			c.head += "（元）"
		}
	case field.Day:
		usual = 10.5
	case field.IDNumber:
		usual = 20
	case field.Phone:
		usual = 13
	case field.Text:
		usual = 22
		if !last.Proper && (last.Max == 0 || last.Max > 60) {
			c.align = left
		}
	}
	if c.width == 0 {
		c.width = usual
	}
	return c, nil
}

// measure checks the texts and narrows columns whose cells need less than the
// form grants them, so that the page is scaled down as little as can be.
func (p *page) measure() error {
	need := make([]float64, len(p.columns))
	for n := range p.sheet.Lines {
		l := &p.sheet.Lines[n]
		p.codes = p.codes || l.Code != ""
		if err := checkText("行码", l.Code); err != nil {
			return err
		}
		for i := range p.columns {
			text := l.cell(p.columns[i].index)
			if text == "" {
				continue
			}
			if fault := textFault(lineEnds(text)); fault != "" {
				return fmt.Errorf("《%s》第%d行的“%s”%s", p.title, n+1, p.columns[i].head, fault)
			}
			need[i] = max(need[i], textWidth(text))
		}
	}
	if len(p.sheet.Lines) > 0 {
		for i := range p.columns {
			p.columns[i].fit(need[i])
		}
	}
	return nil
}

// fit gives a column the width its cells need, at most what the form grants it;
// names of people and places and lists of values, which look broken on two
// lines, may have more.
func (c *column) fit(need float64) {
	limit := c.width
	switch {
	case c.each:
		limit = max(1.5*limit, 17.5)
	case c.last != nil && (c.last.Proper || c.last.Type == field.Ref):
		limit = max(limit, 18)
	case c.last != nil && c.last.Type == field.Day:
		limit = max(limit, 11.5)
	}
	head := textWidth(c.head)
	c.width = min(limit, max(4.5, need+1.2, headWidth(head)+0.6))
	if one := head + 1.2; one > c.width && one <= 1.25*c.width {
		c.width = one // rather than one character on a second line
	}
}

// headWidth is the width of a head on its usual number of lines: two, of a long
// one three or four. A little more, but not the width of a character, makes the
// lines come out even: a program breaks Chinese wherever the line is full.
func headWidth(whole float64) float64 {
	lines := 2.0
	switch {
	case whole <= 6:
		lines = 1
	case whole > 30:
		lines = 4
	case whole > 20:
		lines = 3
	}
	return 2 * math.Ceil(whole/2/lines)
}

// cell is the text of a form column.
func (l *Line) cell(column int) string {
	if column < len(l.Cells) {
		return l.Cells[column]
	}
	return ""
}

// textWidth is the width of the longest line of a text, in characters of half
// width.
func textWidth(text string) float64 {
	most, n := 0, 0
	for _, r := range text {
		switch {
		case r == '\n':
			n = 0
			continue
		case r >= 0x2E80, r == '“', r == '”', r == '·':
			n += 2
		case r >= 0x180B && r <= 0x180E, r >= 0x300 && r <= 0x36F:
		default:
			n++
		}
		most = max(most, n)
	}
	return float64(most)
}

// linesIn is the number of lines a text takes in a column of that width.
func linesIn(text string, width float64) int {
	n := 0
	for line := range strings.SplitSeq(text, "\n") {
		n += max(1, int(math.Ceil(textWidth(line)/(width-0.7))))
	}
	return n
}

// rowHeight is the height in points that shows every text of a row whole.
func (p *page) rowHeight(l *Line) float64 {
	most := 1
	for i := range p.columns {
		if c := &p.columns[i]; len(l.cell(c.index))*2 > int(c.width) {
			most = max(most, linesIn(l.cell(c.index), c.width))
		}
	}
	return max(22, float64(most)*13.5+5)
}

// headHeight is the height of each row of heads.
func (p *page) headHeight() float64 {
	most := 1
	for i := range p.columns {
		c := &p.columns[i]
		n := linesIn(c.head, c.width)
		if p.heads == 2 && c.over == "" {
			n = (n + 1) / 2
		}
		most = max(most, n)
	}
	return max(22, float64(most)*14+6)
}

// width is the number of columns, row codes included.
func (p *page) width() int {
	if p.codes {
		return len(p.columns) + 1
	}
	return len(p.columns)
}

// span is a run of neighbouring columns, both ends included, 0-based.
type span struct{ from, to int }

// thirds divides the columns into up to three runs of about equal width, for
// what stands at the left, in the middle and at the right of a line.
func (p *page) thirds() []span {
	if len(p.columns) < 3 {
		return []span{{0, len(p.columns) - 1}}
	}
	total := 0.0
	for _, c := range p.columns {
		total += c.width
	}
	var out []span
	sum, from := 0.0, 0
	for i, c := range p.columns {
		sum += c.width
		left := len(p.columns) - 1 - i
		if len(out) < 2 && (sum >= total*float64(len(out)+1)/3 || left == 2-len(out)) {
			out = append(out, span{from, i})
			from = i + 1
		}
	}
	return append(out, span{from, len(p.columns) - 1})
}

// widthOf is the width of a run of columns, in characters of half width.
func (p *page) widthOf(s span) (sum float64) {
	for _, c := range p.columns[s.from : s.to+1] {
		sum += c.width
	}
	return sum
}

// SheetName makes the name of a tab out of a title: without the characters
// that tabs cannot have and not longer than they can be.
func SheetName(title string) string {
	name := strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`[]:*?/\'`, r) {
			return -1
		}
		return r
	}, title)
	for len(utf16.Encode([]rune(name))) > 31 {
		r := []rune(name)
		name = string(r[:len(r)-1])
	}
	if name == "" {
		return "表"
	}
	return name
}
