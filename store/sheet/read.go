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
	Cell    string         // F12
	Raw     string         // as it stands in the book
	Text    string         // canonical; for references and names the tidied name
	Each    []string       // columns that list several values: each, canonical
	Problem *field.Problem // why Text is empty although Raw is not
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
	Text   string // two rows of heads are joined by /
	Column int    // of the form, -1 if none claims it
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
	Form     *field.Form
	Has      []bool // by form column: the book has it
	Heads    []Head
	HeadRow  int // first row of the heads, as the spreadsheet counts
	HeadRows int // 1 or 2
	Rows     []Row
	Left     []Left
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

// Read finds the tables of a book: in every visible sheet the one whose heads
// are a known form's. An error names what was seen instead.
func Read(ctx context.Context, b *xlsx.Book, o ReadOptions) ([]*Table, error) {
	b.Progress = o.Progress
	var tables []*Table
	var seen []string
	for i, s := range b.Sheets() {
		if o.Sheet != "" && s.Name != o.Sheet || o.Sheet == "" && s.State != xlsx.Visible {
			continue
		}
		r := &reading{ctx: ctx, book: b, o: &o, index: i, name: s.Name}
		t, heads, err := r.table()
		if err != nil {
			return nil, err
		}
		if t != nil {
			tables = append(tables, t)
			continue
		}
		seen = append(seen, fmt.Sprintf("“%s”%s", s.Name, heads))
	}
	switch {
	case len(tables) > 0:
		return tables, nil
	case o.Sheet != "" && len(seen) == 0:
		return nil, fmt.Errorf("没有名为“%s”的工作表，请核对工作表名", o.Sheet)
	case len(seen) == 0:
		return nil, errors.New("里面没有可见的工作表，请检查是不是选错了文件")
	}
	return nil, fmt.Errorf("没有找到认识的表头（看过：%s）；请确认表头里有姓名、嘎查村这样的栏目，或用 --form 指明是哪张表", strings.Join(seen, "；"))
}

// reading is one sheet being read.
type reading struct {
	ctx   context.Context
	book  *xlsx.Book
	o     *ReadOptions
	index int
	name  string

	merged map[[2]int]int // first cell of a range merged downwards → its last row
}

// lookRows is how far down heads are looked for.
const lookRows = 20

// table finds and reads the sheet's table; nil and the heads seen if it has
// none.
func (r *reading) table() (*Table, string, error) {
	merges, err := r.book.Merges(r.index)
	if err != nil {
		return nil, "", err
	}
	top, err := r.top(merges)
	if err != nil {
		return nil, "", err
	}
	h := r.find(top)
	if h == nil {
		return nil, describeTop(top), nil
	}
	t := &Table{Sheet: r.name, Index: r.index, Title: h.title, Form: h.form, Heads: h.heads, HeadRow: h.row + 1, HeadRows: h.rows,
		Has: make([]bool, len(h.form.Columns))}
	for _, x := range t.Heads {
		if x.Column >= 0 {
			t.Has[x.Column] = true
		}
	}
	d, err := newData(r, t, merges)
	if err != nil {
		return nil, "", err
	}
	return t, "", d.read(h.row + h.rows)
}

// top reads the first rows, merged cells spread over their range: a title over
// the table stands in every column it covers.
func (r *reading) top(merges []xlsx.Range) ([][]string, error) {
	top := make([][]string, lookRows)
	err := r.book.Rows(r.ctx, r.index, func(row xlsx.Row) error {
		if row.Index >= lookRows {
			return errEnough
		}
		for _, c := range row.Cells {
			for len(top[row.Index]) <= c.Col {
				top[row.Index] = append(top[row.Index], "")
			}
			top[row.Index][c.Col] = c.Text
		}
		return nil
	})
	if err != nil && !errors.Is(err, errEnough) {
		return nil, err
	}
	for _, m := range merges {
		if m.FirstRow >= lookRows || len(top[m.FirstRow]) <= m.FirstCol {
			continue
		}
		text := top[m.FirstRow][m.FirstCol]
		for y := m.FirstRow; y <= min(m.LastRow, lookRows-1) && text != ""; y++ {
			for len(top[y]) <= min(m.LastCol, 300) {
				top[y] = append(top[y], "")
			}
			for x := m.FirstCol; x <= min(m.LastCol, 300); x++ {
				top[y][x] = text
			}
		}
	}
	return top, nil
}

// errEnough ends a reading early, when what is needed was seen.
var errEnough = errors.New("enough was read")

func describeTop(top [][]string) string {
	for _, row := range top {
		texts := slices.DeleteFunc(slices.Clone(row), func(s string) bool { return strings.TrimSpace(s) == "" })
		if len(texts) > 2 {
			return "，最像表头的一行是：" + strings.Join(texts[:min(6, len(texts))], "、")
		}
	}
	return "，里面没有表格"
}
