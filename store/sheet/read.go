package sheet

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"touyan/store/field"
	"touyan/store/xlsx"
)

// Value is one cell of a table, read as its column's field.
type Value struct {
	Raw     string         // as it stands in the book, or as a person mended it
	Text    string         // canonical; for references and names the tidied name
	Each    []string       // columns that list several values: each, canonical
	Problem *field.Problem // why Text is empty although Raw is not
	Mended  bool           // see Table.Mend
	Was     string         // of a mended cell: as it stands in the book
}

// InBook is what stands in the book, whatever it was mended to.
func (v *Value) InBook() string {
	if v.Mended {
		return v.Was
	}
	return v.Raw
}

// Row is one data row.
type Row struct {
	Number  int    // as the spreadsheet counts
	Source  int    // in a book of bad rows: the row in the book they came from, 0 elsewhere
	Code    string // 行码
	BadCode string // what stands there instead of one
	Values  []Value
	Extra   map[int]string // cells of unclaimed columns, by column
}

// Head is one column of the book.
type Head struct {
	Col    int    // 0-based
	Text   string // two rows of heads are joined by /; empty for a column without a head
	Column int    // of the form, -1 if none claims it
	Also   []int  // the form's columns of 是 and 否 that the head names together
	Sure   Certainty
}

// Certainty is how a head came to its column.
type Certainty int

// The certainties.
const (
	Unmatched Certainty = iota
	Likely              // by the head without what stands in brackets, or by its lower row alone
	Sure                // by a head the form knows
	Told                // a person said so, now or of a book with the same heads
)

// Own reports a column of the program's own: 行码, and what a book of bad rows
// adds.
func (h *Head) Own() bool { return h.Column < 0 && ownHead(h.Text) }

// Columns are the form columns the head stands for.
func (h *Head) Columns() []int {
	if h.Column < 0 {
		return h.Also
	}
	return []int{h.Column}
}

// Left is a row that was left out, and why.
type Left struct {
	Number    int
	Text, Why string
}

// Table is one table found in a book.
type Table struct {
	Sheet    string
	Index    int // of the sheet in the book
	Title    string
	Unit     string      // 万元, where a line above the heads says so of all money
	Form     *field.Form // behind its own columns stand the fields it does not print
	Has      []bool      // by form column: the book has it
	Heads    []Head
	HeadRow  int  // first row of the heads, as the spreadsheet counts
	HeadRows int  // 1 or 2
	Mended   bool // it is a book of bad rows that came back: 来源行号 stands in it
	Left     []Left

	cols    []int                  // by form column: the book's, -1 if it has none
	mends   map[int]map[int]string // by row and form column
	held    []held
	extra   map[int]bool // columns of the book that hold something and are unclaimed
	decoder *decoder
}

// Cell names the cell that a form column of a row was read from: F12, or the
// row where the book has no such column.
func (t *Table) Cell(row *Row, column int) string {
	if c := t.cols[column]; c >= 0 {
		return xlsx.CellName(c, row.Number-1)
	}
	return fmt.Sprint("第", row.Number, "行")
}

// ReadOptions says what to look for.
type ReadOptions struct {
	Forms      []*field.Form
	Kinds      field.Kinds
	Form       string            // name of the form a person chose; empty: found out
	Sheet      string            // name of the sheet a person chose; empty: all
	SheetForms map[string]string // sheet → form, as the book's carrier says
	Mapping    map[string]string // head → path; an empty path leaves the column out
	Remembered func(heads []string) map[string]string
	Progress   func(done, total int64)
}

// Read finds the tables of a book: in every visible sheet those whose heads
// are a known form's. skipped are the sheets that have none. An error names
// what was seen instead of any table.
func Read(ctx context.Context, b *xlsx.Book, o ReadOptions) (tables []*Table, skipped []string, err error) {
	b.Progress = o.Progress
	matchers, err := o.matchers()
	if err != nil {
		return nil, nil, err
	}
	var seen []string
	for i, s := range b.Sheets() {
		if o.Sheet != "" && s.Name != o.Sheet || o.Sheet == "" && s.State != xlsx.Visible || !s.Grid {
			continue
		}
		r := &reading{ctx: ctx, book: b, o: &o, index: i, name: s.Name, matchers: matchers, remembered: map[string]map[string]string{}}
		found, heads, err := r.tables()
		if err != nil {
			return nil, nil, err
		}
		tables = append(tables, found...)
		if len(found) == 0 {
			seen = append(seen, fmt.Sprintf("“%s”%s", s.Name, heads))
			if heads != noTable {
				skipped = append(skipped, s.Name)
			}
		}
	}
	switch {
	case len(tables) > 0:
		return tables, skipped, nil
	case o.Sheet != "" && len(seen) == 0:
		return nil, nil, fmt.Errorf("没有名为“%s”的工作表，请核对工作表名", o.Sheet)
	case len(seen) == 0:
		return nil, nil, errors.New("里面没有可见的工作表，请检查是不是选错了文件")
	}
	return nil, nil, fmt.Errorf("没有找到认识的表头（看过：%s）；请确认表头里有姓名、嘎查村这样的栏目，或用 --form 指明是哪张表", strings.Join(seen, "；"))
}

func (o *ReadOptions) matchers() ([]*matcher, error) {
	var out []*matcher
	heads := speller{}
	for _, f := range o.Forms {
		if o.Form != "" && f.Name != o.Form {
			continue
		}
		m, err := newMatcher(o.Kinds, f, o.SheetForms == nil, heads)
		if err != nil {
			return nil, fmt.Errorf("form %s: %w", f.Name, err)
		}
		out = append(out, m)
	}
	return out, nil
}

// reading is one sheet being read.
type reading struct {
	ctx        context.Context
	book       *xlsx.Book
	o          *ReadOptions
	index      int
	name       string
	matchers   []*matcher
	remembered map[string]map[string]string // by heads
	merges     []xlsx.Range
}

// lookRows is how far down heads are looked for.
const lookRows = 20

// tables finds and reads the sheet's tables, one below the other; none and the
// heads seen if there is none.
func (r *reading) tables() (tables []*Table, heads string, err error) {
	if r.merges, err = r.book.Merges(r.index); err != nil {
		return nil, "", err
	}
	for from := 0; from >= 0; {
		top, err := r.top(from)
		if err != nil {
			return nil, "", err
		}
		h := r.find(top)
		if h == nil {
			return tables, describeTop(top), nil
		}
		h.row += from
		var t *Table
		if t, from, err = r.table(h); err != nil {
			return nil, "", err
		}
		tables = append(tables, t)
	}
	return tables, "", nil
}

// table reads the rows below the heads, up to the next heads that are others;
// next is where those stand, -1 if there are none.
func (r *reading) table(h *found) (t *Table, next int, err error) {
	has := make([]bool, len(h.matcher.form.Columns))
	for _, x := range h.heads {
		for _, c := range x.Columns() {
			has[c] = true
		}
	}
	form, at := h.matcher.trimmed(has)
	t = &Table{Sheet: r.name, Index: r.index, Title: h.title, Unit: h.unit, Form: form, Heads: h.heads, HeadRow: h.row + 1, HeadRows: h.rows,
		Has: make([]bool, len(form.Columns)), cols: make([]int, len(form.Columns))}
	for i := range t.cols {
		t.cols[i] = -1
	}
	for i := range t.Heads {
		x := &t.Heads[i]
		for n, c := range x.Also {
			x.Also[n] = at[c]
		}
		if x.Column >= 0 {
			x.Column = at[x.Column]
		}
		for _, c := range x.Columns() {
			t.Has[c], t.cols[c] = true, x.Col
		}
	}
	d, err := newData(r, t, h)
	if err != nil {
		return nil, 0, err
	}
	next, err = d.read(h.row + h.rows)
	return t, next, err
}

// top reads the first rows from one on, merged cells spread over their range: a
// title over the table stands in every column it covers.
func (r *reading) top(from int) ([][]string, error) {
	top := make([][]string, lookRows)
	put := func(row, col int, text string) {
		if row -= from; row >= 0 && row < lookRows {
			for len(top[row]) <= col {
				top[row] = append(top[row], "")
			}
			top[row][col] = text
		}
	}
	err := r.book.Rows(r.ctx, r.index, func(row xlsx.Row) error {
		if row.Index >= from+lookRows {
			return errEnough
		}
		for _, c := range row.Cells {
			put(row.Index, c.Col, c.Text)
		}
		return nil
	})
	if err != nil && !errors.Is(err, errEnough) {
		return nil, err
	}
	for _, m := range r.merges {
		y := m.FirstRow - from
		if y < 0 || y >= lookRows || len(top[y]) <= m.FirstCol || top[y][m.FirstCol] == "" {
			continue
		}
		for row := m.FirstRow; row <= min(m.LastRow, from+lookRows-1); row++ {
			for col := m.FirstCol; col <= min(m.LastCol, 300); col++ {
				put(row, col, top[y][m.FirstCol])
			}
		}
	}
	return top, nil
}

// errEnough ends a reading early, when what is needed was seen.
var errEnough = errors.New("enough was read")

// noTable is what is seen in a sheet with nothing like a table.
const noTable = "，里面没有表格"

func describeTop(top [][]string) string {
	for _, row := range top {
		texts := slices.DeleteFunc(slices.Clone(row), func(s string) bool { return strings.TrimSpace(s) == "" })
		if texts = slices.Compact(texts); len(texts) > 2 {
			return "，最像表头的一行是：" + strings.Join(texts[:min(6, len(texts))], "、")
		}
	}
	return noTable
}
