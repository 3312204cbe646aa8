package exchange

import (
	"encoding/binary"
	"slices"
	"strings"

	"touyan/store/field"
	"touyan/store/sheet"
)

// RowState is what becomes of a row of a book, as the review shows it.
type RowState uint8

// The states. Every row has one: a row with a problem waits for a person,
// whatever else it does; its good cells come in unless it is refused as a whole.
const (
	RowSkipped RowState = iota // nothing comes of it: a person left it out, or the post it speaks of is vacant
	RowSame
	RowUpdated
	RowNew
	RowFaulty
)

// String is the state's word.
func (s RowState) String() string {
	return [...]string{"不导入", "相同", "更新", "新增", "有问题"}[s]
}

// RowAt names a data row of a book: which of its tables, which row of that.
type RowAt struct{ Table, Row int }

// ReviewColumn is one column of a table under review, in the order of the book.
type ReviewColumn struct {
	Head   string       // as it stands in the book
	Label  string       // of the column it was matched to; empty if none was
	Column int          // of the form, for Mend; -1 if none
	Field  *field.Field // that it is read as; nil for a computed column and for one nothing takes

	col int // of the book
}

// ReviewRow is one row under review. Cells stand in the order of Columns.
type ReviewRow struct {
	RowAt
	Number   int // as the spreadsheet counts
	State    RowState
	Refused  bool // nothing of it comes in
	LeftOut  bool // a person said so
	Cells    []ReviewCell
	Problems []Problem // all of them, those of the whole row too
}

// ReviewCell is one cell under review.
type ReviewCell struct {
	Raw     string // as it stands in the book
	Text    string // what is read: Raw, or what it was mended to
	Shown   string // what comes of it, in office words; empty if nothing does
	Mended  bool
	Problem *Problem // the first that is about this cell
}

// Tally counts the rows by state.
func (p *Plan) Tally() map[RowState]int {
	out := map[RowState]int{}
	for _, rows := range p.states {
		for _, s := range rows {
			out[s]++
		}
	}
	return out
}

// RowsIn lists the rows in the order of the book: those in one of the states, all
// if none is named.
func (p *Plan) RowsIn(states ...RowState) []RowAt {
	var out []RowAt
	for t, rows := range p.states {
		for n, s := range rows {
			if len(states) == 0 || slices.Contains(states, s) {
				out = append(out, RowAt{t, n})
			}
		}
	}
	return out
}

// Notes are the problems of whole tables, which no row shows.
func (p *Plan) Notes() []Problem {
	return slices.DeleteFunc(slices.Clone(p.Problems), func(x Problem) bool { return x.row >= 0 })
}

// Columns are the columns of a table under review. Those of the program's own
// (行码, 来源行号) are not among them.
func (p *Plan) Columns(table int) ([]ReviewColumn, error) { return p.book.columns(table) }

func (b *Book) columns(table int) ([]ReviewColumn, error) {
	t := b.Tables[table]
	var out []ReviewColumn
	for i := range t.Heads {
		h := &t.Heads[i]
		if h.Own() {
			continue
		}
		if h.Column < 0 && h.Also == nil {
			out = append(out, ReviewColumn{Head: t.HeadName(h), Column: -1, col: h.Col})
			continue
		}
		for _, c := range h.Columns() {
			f, err := b.field(t, c)
			if err != nil {
				return nil, err
			}
			out = append(out, ReviewColumn{h.Text, t.Form.Columns[c].Label(f), c, f, h.Col})
		}
	}
	return out, nil
}

// field is what a form column is read as, nil for a computed one.
func (b *Book) field(t *sheet.Table, column int) (*field.Field, error) {
	path := t.Form.Columns[column].Path
	if path == "" {
		return nil, nil
	}
	_, _, last, err := b.kinds.Resolve(t.Form.Kind, path)
	return last, err
}

// Row reads one row for review. columns are those of its table.
func (p *Plan) Row(at RowAt, columns []ReviewColumn) ReviewRow {
	t := p.book.Tables[at.Table]
	row := t.Row(at.Row)
	out := ReviewRow{RowAt: at, Number: row.Number, State: p.states[at.Table][at.Row], Refused: p.refused[[2]int{at.Table, at.Row}],
		LeftOut: p.book.out[[2]int{at.Table, at.Row}], Problems: p.problemsOf(at), Cells: make([]ReviewCell, len(columns))}
	for i := range columns {
		c := &columns[i]
		cell := &out.Cells[i]
		if c.Column < 0 {
			cell.Raw = row.Extra[c.col]
			cell.Text = cell.Raw
			continue
		}
		v := &row.Values[c.Column]
		*cell = ReviewCell{Raw: v.InBook(), Text: v.Raw, Mended: v.Mended}
		if c.Field != nil && (v.Problem == nil || v.Problem.Warning) {
			cell.Shown = shown(c.Field, v)
		}
		for n := range out.Problems {
			if out.Problems[n].column == c.Column {
				cell.Problem = &out.Problems[n]
				break
			}
		}
	}
	return out
}

// shown is a value in office words. References stand in books by name.
func shown(f *field.Field, v *sheet.Value) string {
	if f.Type == field.Ref {
		return v.Text
	}
	if len(v.Each) == 0 {
		return f.Show(v.Text)
	}
	parts := make([]string, len(v.Each))
	for i, text := range v.Each {
		parts[i] = f.Show(text)
	}
	return strings.Join(parts, "、")
}

// problemsOf finds the problems of a row; they lie in the order of the book.
func (p *Plan) problemsOf(at RowAt) []Problem {
	first, _ := slices.BinarySearchFunc(p.Problems, at, func(x Problem, at RowAt) int {
		if x.table != at.Table {
			return x.table - at.Table
		}
		return x.row - at.Row
	})
	last := first
	for last < len(p.Problems) && p.Problems[last].table == at.Table && p.Problems[last].row == at.Row {
		last++
	}
	return slices.Clone(p.Problems[first:last])
}

// taken notes a row that speaks of records.
func (p *planner) taken(r *rowAt) { p.raise(r.t, r.n, RowSame) }

// raise gives a row a state, if it has not a weightier one.
func (p *planner) raise(table, row int, s RowState) {
	if row >= 0 {
		p.plan.states[table][row] = max(p.plan.states[table][row], s)
	}
}

// judge finds what becomes of each row, once it is known what becomes of the
// records.
func (p *planner) judge() error {
	for _, d := range p.plan.drafts {
		if d.body == nil {
			table, row := d.firstRow()
			p.raise(table, row, p.stateOf(d, table, true))
			continue
		}
		p.judgeCells(d)
	}
	if err := p.judgeLines(); err != nil {
		return err
	}
	for at := range p.plan.refused {
		p.raise(at[0], at[1], RowFaulty)
	}
	for i := range p.plan.Problems {
		p.raise(p.plan.Problems[i].table, p.plan.Problems[i].row, RowFaulty)
	}
	return nil
}

// stateOf is what a changed record makes of a row that speaks of it: the row is
// new if the record that drives it is.
func (p *planner) stateOf(d *draft, table int, isNew bool) RowState {
	if isNew && p.plan.book.Tables[table].Form.Kind == d.kind.Name {
		return RowNew
	}
	return RowUpdated
}

// judgeCells raises the rows whose cells a record took.
func (p *planner) judgeCells(d *draft) {
	isNew := !d.known
	if p.stamped != nil {
		if isNew = d.isNew; !isNew && !d.isUpdated {
			return // the ledger knows better
		}
	}
	for i := range d.from {
		at := d.from[i]
		if at.set && (isNew || d.row.Values[i] != d.base.Values[i]) {
			p.raise(int(at.table), int(at.row), p.stateOf(d, int(at.table), isNew))
		}
	}
}

// judgeLines raises the rows of a stamped book that name their records.
func (p *planner) judgeLines() error {
	if p.stamped == nil {
		return nil
	}
	byID := map[string]*draft{}
	for _, d := range p.plan.drafts {
		byID[d.id] = d
	}
	for ti, t := range p.plan.book.Tables {
		s, err := shapeOf(p.kinds, t.Form)
		if err != nil {
			return err
		}
		for n := range t.Len() {
			if p.plan.states[ti][n] == RowSkipped {
				continue
			}
			p.sentCells(s, t, t.Code(n), func(id, _ string, _ int) {
				d := byID[p.tx.Canonical(id)]
				if d != nil && (d.isNew || d.isUpdated) {
					p.raise(ti, n, p.stateOf(d, ti, d.isNew))
				}
			})
		}
	}
	return nil
}

// firstRow is the row that made a resting draft.
func (d *draft) firstRow() (table, row int) {
	r := strings.NewReader(d.packed)
	a, _ := binary.ReadVarint(r) // ends only where rest ended
	b, _ := binary.ReadVarint(r)
	return int(a), int(b)
}
