package xlsx

import (
	"cmp"
	"context"
	"encoding/binary"
	"slices"
	"unicode/utf8"
)

// Memory is a workbook being put together in memory, by the reader of another
// format. Its Book is read like any other.
type Memory struct {
	lim    Limits
	tables []*Table
	used   int64 // bytes
}

// Table is a sheet of a Memory. Its cells lie packed and may come in any order.
type Table struct {
	Name   string
	State  State
	NoGrid bool // a chart or a macro sheet

	in      *Memory
	rows    []packedRow
	packed  []byte
	formats []string
	dates   []bool         // by format: it shows a date
	index   map[string]int // of formats
	merges  []Range
	hidden  map[int]bool
	cells   []Cell // of the row being visited
}

// packedRow is a run of cells of one row. A row may have several runs, until
// the table is in order.
type packedRow struct {
	index    int
	from, to int // in Table.packed
}

const (
	packedType    = 0x0F
	packedDate    = 0x10
	packedFormula = 0x20
)

// rowCharge is what a row counts beside its cells.
const rowCharge = 24

// NewMemory makes an empty one that holds as much as the limits allow.
func NewMemory(lim Limits) *Memory { return &Memory{lim: lim} }

// Table adds a sheet behind the others.
func (m *Memory) Table(name string) (*Table, error) {
	if len(m.tables) == maxSheets {
		return nil, manySheets()
	}
	t := &Table{Name: name, in: m, index: map[string]int{}, hidden: map[int]bool{}}
	m.tables = append(m.tables, t)
	return t, nil
}

// DropBlank takes the sheets away that hold nothing.
func (m *Memory) DropBlank() { m.tables = slices.DeleteFunc(m.tables, (*Table).Blank) }

// Book gives the workbook. It needs no closing.
func (m *Memory) Book(date1904 bool) *Book {
	b := &Book{date1904: date1904, merges: map[int][]Range{}, tables: m.tables}
	for i, t := range m.tables {
		slices.SortStableFunc(t.rows, func(a, b packedRow) int { return cmp.Compare(a.index, b.index) })
		b.sheets = append(b.sheets, sheetPart{Sheet: Sheet{Index: i, Name: t.Name, State: t.State, Grid: !t.NoGrid}})
	}
	return b
}

// Put puts a cell into a row (0-based). Its date is told by its format.
func (t *Table) Put(row int, c Cell) error {
	switch {
	case row >= maxRows:
		return manyRows(t.Name, row+1)
	case c.Col >= t.in.lim.Columns:
		return tooWide(t.Name, c.Col, row, t.in.lim.Columns)
	case tooManyUnits(c.Text, t.in.lim.Text):
		return tooLong("", CellName(c.Col, row), t.in.lim.Text)
	case t.in.used > t.in.lim.SharedStrings:
		return Refuse(TooLarge, "这个工作簿的内容超过 %s。请分成几个工作簿后再试。", megabytes(t.in.lim.SharedStrings))
	}
	if n := len(t.rows); n == 0 || t.rows[n-1].index != row {
		t.rows = append(t.rows, packedRow{row, len(t.packed), len(t.packed)})
		t.in.used += rowCharge
	}
	if c.Format == "" {
		c.Format = "General"
	}
	format, known := t.index[c.Format]
	if !known {
		format = len(t.formats)
		t.formats, t.dates, t.index[c.Format] = append(t.formats, c.Format), append(t.dates, IsDateFormat(c.Format)), format
	}
	flags := byte(c.Type)
	if c.Type == Number && t.dates[format] {
		flags |= packedDate
	}
	if c.Formula {
		flags |= packedFormula
	}
	t.packed = binary.AppendUvarint(append(t.packed, flags), uint64(c.Col))
	t.packed = binary.AppendUvarint(t.packed, uint64(format))
	t.packed = binary.AppendUvarint(t.packed, uint64(len(c.Text)))
	t.packed = append(t.packed, c.Text...)
	run := &t.rows[len(t.rows)-1]
	t.in.used += int64(len(t.packed) - run.to)
	run.to = len(t.packed)
	return nil
}

// tooManyUnits tells whether a text has more UTF-16 units than a cell holds.
func tooManyUnits(text string, most int) bool {
	if len(text) <= most {
		return false
	}
	n := 0
	for _, r := range text {
		if n++; r > 0xFFFF {
			n++
		}
	}
	return n > most || !utf8.ValidString(text) && len(text) > 3*most
}

// Merge notes a merged range.
func (t *Table) Merge(area Range) error {
	if len(t.merges) == t.in.lim.Merges {
		return manyMerges(t.Name, t.in.lim.Merges)
	}
	area.LastRow, area.LastCol = min(area.LastRow, maxRows-1), min(area.LastCol, maxColumns-1)
	if area.FirstRow > area.LastRow || area.FirstCol > area.LastCol {
		return Defect("", "工作表“%s”的一处合并区域超出了表格", t.Name)
	}
	t.merges = append(t.merges, area)
	return nil
}

// Hide notes that a row is hidden.
func (t *Table) Hide(row int) {
	if row < maxRows {
		t.hidden[row] = true
	}
}

// Blank reports that no cell was put in.
func (t *Table) Blank() bool { return len(t.rows) == 0 }

// readTable is read for a table in memory.
func (b *Book) readTable(ctx context.Context, sheet int, visit func(Row) error) error {
	t := b.tables[sheet]
	b.merges[sheet] = t.merges
	if visit == nil {
		return nil
	}
	const often = 256 // rows
	for i, visited := 0, 0; i < len(t.rows); visited++ {
		if visited%often == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
			if b.Progress != nil {
				b.Progress(int64(i), int64(len(t.rows)))
			}
		}
		row := Row{Index: t.rows[i].index, Hidden: t.hidden[t.rows[i].index]}
		t.cells = t.cells[:0]
		for ; i < len(t.rows) && t.rows[i].index == row.Index && len(t.cells) <= t.in.lim.Columns; i++ {
			t.unpack(string(t.packed[t.rows[i].from:t.rows[i].to]))
		}
		if err := t.inOrder(row.Index); err != nil {
			return err
		}
		row.Cells = t.cells
		if err := visit(row); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// unpack appends the cells of a run to those of the row.
func (t *Table) unpack(run string) {
	number := func() int {
		n, shift := 0, 0
		for i := 0; ; i++ {
			n |= int(run[i]&0x7F) << shift
			if shift += 7; run[i] < 0x80 {
				run = run[i+1:]
				return n
			}
		}
	}
	for len(run) > 0 && len(t.cells) <= t.in.lim.Columns { // more means that a column comes twice
		flags := run[0]
		run = run[1:]
		c := Cell{Type: Type(flags & packedType), IsDate: flags&packedDate != 0, Formula: flags&packedFormula != 0, Col: number()}
		c.Format = t.formats[number()]
		n := number()
		c.Text, run = run[:n], run[n:]
		t.cells = append(t.cells, c)
	}
}

// inOrder puts the cells of a row in order; two of one column contradict each
// other.
func (t *Table) inOrder(row int) error {
	slices.SortStableFunc(t.cells, func(a, b Cell) int { return cmp.Compare(a.Col, b.Col) })
	for i := 1; i < len(t.cells); i++ {
		if t.cells[i].Col == t.cells[i-1].Col {
			name := CellName(t.cells[i].Col, row)
			e := Defect("", "工作表“%s”的 %s 格，它出现了两次", t.Name, name)
			e.Cell = name
			return e
		}
	}
	return nil
}
