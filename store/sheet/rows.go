package sheet

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"touyan/store/field"
	"touyan/store/xlsx"
)

// data reads the rows below the heads.
type data struct {
	r       *reading
	t       *Table
	matcher *matcher
	*decoder
	naming []int // columns of the book without which a row names nothing

	cells []xlsx.Cell // of the row at hand, by column; Col is -1 where there is none
	own   int         // how many cells the row itself has
	down  []downward  // by column: the merged cell that speaks for rows below it
	spans map[[2]int]xlsx.Range

	spellings map[int][]string // of the heads, by column

	blank  int // blank rows on end
	last   int // the last data row, 0-based; -1 if none yet
	packed packing
}

// downward is a merged cell that speaks for the rows below it too.
type downward struct {
	last int // row
	cell xlsx.Cell
}

func newData(r *reading, t *Table, h *found) (*data, error) {
	t.extra, t.decoder = map[int]bool{}, &decoder{date1904: r.book.Date1904(), code: -1, source: -1, place: -1}
	d := &data{r: r, t: t, matcher: h.matcher, decoder: t.decoder, last: -1, spans: map[[2]int]xlsx.Range{}, spellings: map[int][]string{}}
	for i := range t.Heads {
		head := &t.Heads[i]
		d.grow(head.Col)
		d.heads[head.Col] = head
		rd, err := newReader(r.o.Kinds, t.Form, head, h.unit)
		if err != nil {
			return nil, err
		}
		d.columns[head.Col] = rd
		if rd != nil && rd.naming {
			d.naming = append(d.naming, head.Col)
		}
		switch f := fold(head.Text); {
		case head.Column >= 0:
		case isCodeHead(f):
			d.code = head.Col
		case f == sourceHead:
			d.source, t.Mended = head.Col, true
		}
	}
	for _, m := range r.merges {
		if m.FirstRow >= h.row+h.rows {
			d.spans[[2]int{m.FirstRow, m.FirstCol}] = m
		}
	}
	d.findPlace()
	return d, nil
}

func (d *data) grow(col int) {
	for len(d.cells) <= col {
		d.cells = append(d.cells, xlsx.Cell{Col: -1})
		d.columns, d.heads, d.down = append(d.columns, nil), append(d.heads, nil), append(d.down, downward{last: -1})
		d.known = append(d.known, nil)
	}
}

// read reads the rows from the first below the heads. next is where another
// table begins, -1 if none does.
func (d *data) read(from int) (next int, err error) {
	due := from
	err = d.r.book.Rows(d.r.ctx, d.r.index, func(row xlsx.Row) error {
		if row.Index < from {
			return nil
		}
		d.blank += row.Index - due
		due = row.Index + 1
		if d.load(row); d.own == 0 {
			d.blank++
			return nil
		}
		if d.otherHeads() {
			return errOther
		}
		d.row(row.Index)
		return nil
	})
	if errors.Is(err, errOther) {
		return max(d.last+1, from), nil
	}
	return -1, err
}

// errOther ends a table where the heads of another one stand.
var errOther = errors.New("another table begins")

// load lays the row's cells out by column, those of merged cells above it
// included.
func (d *data) load(row xlsx.Row) {
	for i := range d.cells {
		d.cells[i].Col = -1
	}
	d.own = 0
	for _, c := range row.Cells {
		d.grow(c.Col)
		if c.Type != xlsx.ErrorValue && !c.Formula && strings.TrimSpace(c.Text) == "" {
			continue
		}
		d.cells[c.Col] = c
		d.own++
		if m, ok := d.spans[[2]int{row.Index, c.Col}]; ok && m.LastRow > m.FirstRow {
			for col := m.FirstCol; col <= min(m.LastCol, len(d.cells)-1); col++ {
				d.down[col] = downward{m.LastRow, c}
			}
		}
	}
	for col := range d.down {
		if row.Index <= d.down[col].last && d.cells[col].Col < 0 {
			d.cells[col] = d.down[col].cell
			d.cells[col].Col = col
		}
	}
}

func (d *data) row(index int) {
	code, coded := "", false
	if d.code >= 0 && d.cells[d.code].Col >= 0 {
		code, coded = ParseRowCode(d.cells[d.code].Text)
	}
	if !coded {
		if d.onlyNumbered() {
			d.blank++
			return
		}
		if d.place >= 0 && d.placed(index) {
			return
		}
		if why := d.aside(index); why != "" {
			d.t.Left = append(d.t.Left, Left{index + 1, d.text(), why})
			return
		}
	}
	d.blank, d.last = 0, index
	d.hold(index, code)
}

// placed takes in a line that names the village of the rows below it.
func (d *data) placed(index int) bool {
	text, alone := d.alone(index)
	if !alone {
		return false
	}
	name := placeIn(text)
	if name != "" {
		d.places = append(d.places, Value{Raw: text, Text: name})
	}
	return name != ""
}

// aside tells why a row is none of the data: a sum, a foot, a note, the heads
// repeated for the next page.
func (d *data) aside(index int) string {
	switch {
	case d.repeated():
		return "重复的表头"
	case d.counted():
		return "栏次"
	case d.example():
		return "示例行"
	case !d.foreign(index):
		return ""
	case d.sum():
		return "合计行"
	case d.foot():
		return "表尾"
	case d.blank >= 3:
		return "表后的内容"
	}
	if text, ok := d.alone(index); ok && !isCount(text) {
		return "说明文字"
	}
	return ""
}

// example reports a row that shows how the table is to be filled.
func (d *data) example() bool {
	is := false
	d.texts(func(_ int, text string) bool {
		is = slices.Contains([]string{"例", "示例", "样例", "举例", "例如", "范例"}, spell(text))
		return false
	})
	return is
}

// texts visits the row's own and inherited cells in order.
func (d *data) texts(visit func(col int, text string) bool) {
	for col := range d.cells {
		if d.cells[col].Col >= 0 && !visit(col, strings.TrimSpace(d.cells[col].Text)) {
			return
		}
	}
}

// text is the row as one line.
func (d *data) text() string {
	var parts []string
	d.texts(func(_ int, text string) bool { parts = append(parts, text); return true })
	return strings.Join(parts, " ")
}

// onlyNumbered reports a row prepared for later: nothing but its number, and
// formulas that wait for what will stand beside them.
func (d *data) onlyNumbered() bool {
	only := true
	d.texts(func(col int, text string) bool {
		rd, c := d.columns[col], &d.cells[col]
		waits := c.Formula && (text == "" || c.Type == xlsx.ErrorValue || rd == nil || rd.field == nil)
		only = waits || rd != nil && rd.field == nil && isCount(text)
		return only
	})
	return only
}

// alone returns the only text of a row, or one spread over three columns and
// more.
func (d *data) alone(index int) (string, bool) {
	text, at, n := "", 0, 0
	d.texts(func(col int, s string) bool {
		if n == 0 {
			text, at = s, col
		}
		n++
		return true
	})
	m, merged := d.spans[[2]int{index, at}]
	wide := merged && m.LastCol-m.FirstCol >= 2
	rd := d.columns[at]
	return text, wide && d.own == 1 || n == 1 && (rd == nil || !rd.naming)
}

// foreign reports a row that gives none of the cells a record needs.
func (d *data) foreign(index int) bool {
	if _, wide := d.alone(index); wide {
		return true
	}
	for _, col := range d.naming {
		c := d.cells[col]
		if c.Col < 0 {
			continue
		}
		text := spell(c.Text)
		if !strings.ContainsAny(c.Text, "：:") && len([]rune(text)) <= 30 && !isSum(text) && !isCount(text) {
			return false
		}
	}
	return true
}

// repeated reports the heads printed again.
func (d *data) repeated() bool {
	same, n := true, 0
	d.texts(func(col int, text string) bool {
		n++
		h := d.heads[col]
		same = h != nil && slices.Contains(d.spelled(h), spell(text))
		return same
	})
	return n > 1 && same
}

// spelled are the ways a head may stand there again: whole, or one of its rows.
func (d *data) spelled(h *Head) []string {
	s := d.spellings[h.Col]
	if s == nil {
		s = []string{spell(h.Text)}
		for _, part := range strings.Split(h.Text, "/") {
			s = append(s, spell(part))
		}
		d.spellings[h.Col] = s
	}
	return s
}

// otherHeads reports a row of heads that are not the table's own. A row of data
// is known by its first cells.
func (d *data) otherHeads() bool {
	known, n := 0, 0
	d.texts(func(_ int, text string) bool {
		n++
		if len(text) <= longestHead && len(d.matcher.exact[spell(text)]) > 0 {
			known++
		}
		return n < 4 || known*2 >= n
	})
	return known >= 3 && known*5 >= n*3 && !d.repeated()
}

const longestHead = 60 // bytes

// counted reports the row that numbers the columns: 1 2 3 …, or 甲 乙 1 2.
func (d *data) counted() bool {
	n, want := 0, 1
	ok := true
	d.texts(func(_ int, text string) bool {
		n++
		if strings.Contains("甲乙丙丁", text) {
			return true
		}
		ok = text == strconv.Itoa(want)
		want++
		return ok
	})
	return ok && n >= 4
}

func isSum(folded string) bool {
	for _, w := range []string{"合计", "总计", "小计", "共计", "累计"} {
		if strings.HasSuffix(folded, w) && len([]rune(folded)) <= 16 {
			return true
		}
		if rest, ok := strings.CutPrefix(folded, w); ok && isCount(rest) {
			return true
		}
	}
	return false
}

// isCount reports a bare number, with its 人 or 个 if it has one.
func isCount(text string) bool {
	text = strings.TrimRight(field.Tidy(text), "人名个户村.、")
	if text == "" {
		return false
	}
	_, err := strconv.ParseFloat(text, 64)
	return err == nil
}

func (d *data) sum() bool {
	sum := false
	d.texts(func(_ int, text string) bool {
		sum = isSum(fold(text)) || isSum(spell(text))
		return !sum
	})
	return sum
}

// footWords begin the lines below a table.
var footWords = []string{"填表人", "填报人", "审核", "审批", "单位负责人", "负责人", "制表", "联系电话", "联系人", "填表说明", "填报说明", "说明", "注", "备注", "填报单位", "填报时间", "填报日期", "填表时间", "填表日期", "报送", "单位", "主要领导签字", "签字", "盖章", "经办人", "公示期", "受理单位", "监督电话", "落款"}

func (d *data) foot() bool {
	foot := false
	d.texts(func(col int, text string) bool {
		f := spell(text)
		foot = slices.ContainsFunc(footWords, func(w string) bool { return strings.HasPrefix(f, w) })
		return false
	})
	return foot
}
