package sheet

import (
	"strconv"
	"strings"

	"touyan/store/field"
	"touyan/store/xlsx"
)

// data reads the rows below the heads.
type data struct {
	r       *reading
	t       *Table
	columns map[int]*reader // by column of the book
	code    int             // column of the row codes, -1
	source  int             // column of 来源行号, -1
	ours    map[int]bool    // columns of our own that say nothing of the record
	down    map[int]downward
	blank   int  // blank rows in a row
	ended   bool // a foot (填表人 …) was seen
}

// downward is a merged cell that speaks for the rows below it too.
type downward struct {
	last int
	cell xlsx.Cell
	name string
}

func newData(r *reading, t *Table, merges []xlsx.Range) (*data, error) {
	d := &data{r: r, t: t, columns: map[int]*reader{}, code: -1, source: -1, ours: map[int]bool{}, down: map[int]downward{}}
	for _, h := range t.Heads {
		switch f := fold(h.Text); {
		case h.Column >= 0:
			rd, err := newReader(r, t.Form, h)
			if err != nil {
				return nil, err
			}
			d.columns[h.Col] = rd
		case isCodeHead(f):
			d.code = h.Col
		case f == sourceHead:
			d.source = h.Col
		case f == problemHead || f == proposalHead:
			d.ours[h.Col] = true
		}
	}
	d.spread(merges)
	return d, nil
}

// spread notes the cells merged downwards in the data: a village written once
// for all of its people.
func (d *data) spread(merges []xlsx.Range) {
	for _, m := range merges {
		if m.FirstRow < d.t.HeadRow-1+d.t.HeadRows || m.LastRow == m.FirstRow {
			continue
		}
		for col := m.FirstCol; col <= min(m.LastCol, 300); col++ {
			if d.r.merged == nil {
				d.r.merged = map[[2]int]int{}
			}
			d.r.merged[[2]int{m.FirstRow, col}] = m.LastRow
		}
	}
}

// read reads all rows from the first below the heads.
func (d *data) read(from int) error {
	next := from
	return d.r.book.Rows(d.r.ctx, d.r.index, func(row xlsx.Row) error {
		if row.Index < from {
			return nil
		}
		d.blank += row.Index - next
		next = row.Index + 1
		d.row(row)
		return nil
	})
}

func (d *data) row(row xlsx.Row) {
	cells := map[int]xlsx.Cell{}
	for _, c := range row.Cells {
		if c.Type != xlsx.Blank && strings.TrimSpace(c.Text) != "" || c.Type == xlsx.ErrorValue || c.Formula {
			cells[c.Col] = c
		}
		if last, ok := d.r.merged[[2]int{row.Index, c.Col}]; ok {
			d.down[c.Col] = downward{last, c, xlsx.CellName(c.Col, row.Index)}
		}
	}
	own := len(cells)
	if d.code >= 0 {
		if _, only := cells[d.code]; only && own == 1 {
			own = 1 // a row cleared but for its code is still that row
		}
	}
	if own == 0 {
		d.blank++
		return
	}
	if why := d.aside(cells); why != "" {
		d.t.Left = append(d.t.Left, Left{row.Index + 1, textOf(cells), why})
		return
	}
	d.blank = 0
	d.take(row, cells)
}

// aside tells why a row is none of the data: a sum, a foot, a note, the heads
// repeated for the next page.
func (d *data) aside(cells map[int]xlsx.Cell) string {
	first, filled := "", 0
	for col := 0; col <= maxCell(cells); col++ {
		c, ok := cells[col]
		if !ok {
			continue
		}
		filled++
		if first == "" {
			first = fold(c.Text)
		}
		for _, w := range []string{"合计", "总计", "小计"} {
			if f := fold(c.Text); f == w || strings.HasSuffix(f, w) && len([]rune(f)) <= 12 {
				return "合计行"
			}
		}
	}
	for _, w := range []string{"填表人", "填报人", "审核", "单位负责人", "负责人", "制表", "联系电话", "填表说明", "说明", "注", "备注", "填报单位", "填报时间"} {
		if strings.HasPrefix(first, w) && (filled <= 6 && d.foreign(cells)) {
			d.ended = true
			return "表尾"
		}
	}
	if d.repeated(cells) {
		return "重复的表头"
	}
	if d.blank >= 3 && d.foreign(cells) {
		return "表后的内容"
	}
	return ""
}

// foreign reports a row that gives none of the cells a record needs.
func (d *data) foreign(cells map[int]xlsx.Cell) bool {
	for col, rd := range d.columns {
		if c, ok := cells[col]; ok && rd.naming && len([]rune(c.Text)) <= 30 && !strings.ContainsAny(c.Text, "：:") {
			return false
		}
	}
	return true
}

// repeated reports the heads printed again.
func (d *data) repeated(cells map[int]xlsx.Cell) bool {
	same, n := 0, 0
	for _, h := range d.t.Heads {
		if c, ok := cells[h.Col]; ok {
			n++
			parts := strings.Split(h.Text, "/")
			if fold(c.Text) == fold(h.Text) || fold(c.Text) == fold(parts[len(parts)-1]) || fold(c.Text) == fold(parts[0]) {
				same++
			}
		}
	}
	return n > 1 && same == n
}

func maxCell(cells map[int]xlsx.Cell) int {
	most := -1
	for c := range cells {
		most = max(most, c)
	}
	return most
}

func textOf(cells map[int]xlsx.Cell) string {
	var parts []string
	for col := 0; col <= maxCell(cells); col++ {
		if c, ok := cells[col]; ok {
			parts = append(parts, strings.TrimSpace(c.Text))
		}
	}
	return strings.Join(parts, " ")
}

// take reads a data row.
func (d *data) take(row xlsx.Row, cells map[int]xlsx.Cell) {
	out := Row{Number: row.Index + 1, Values: make([]Value, len(d.t.Form.Columns))}
	for _, h := range d.t.Heads {
		c, ok := cells[h.Col]
		name := xlsx.CellName(h.Col, row.Index)
		if down, under := d.down[h.Col]; !ok && under && row.Index <= down.last {
			c, ok = down.cell, true
		}
		rd := d.columns[h.Col]
		switch {
		case rd != nil && ok:
			out.Values[h.Column] = rd.value(c, name, d.r.book.Date1904())
		case rd != nil:
			out.Values[h.Column] = Value{Cell: name}
		case !ok || d.ours[h.Col]:
		case h.Col == d.code:
			d.rowCode(&out, c.Text)
		case h.Col == d.source:
			out.Source, _ = strconv.Atoi(field.Tidy(c.Text))
		default:
			if out.Extra == nil {
				out.Extra = map[int]string{}
			}
			out.Extra[h.Col] = c.Text
		}
	}
	d.t.Rows = append(d.t.Rows, out)
}

func (d *data) rowCode(out *Row, text string) {
	code, ok := ParseRowCode(text)
	if !ok {
		out.BadCode = field.Tidy(text)
		return
	}
	out.Code = code
}
