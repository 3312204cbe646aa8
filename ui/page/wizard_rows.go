package page

import (
	"context"
	"strconv"
	"strings"

	"touyan/store"
	"touyan/store/exchange"
	"touyan/store/field"
	"touyan/ui/grid"
)

// reading is a book read and held against the ledger, and all of its rows as
// texts. It is made beside the UI thread: a book may have twenty thousand rows.
type reading struct {
	book   *exchange.Book
	plan   *exchange.Plan
	tables []reviewed
	sheets []exchange.Sheet // of a book in which no table was recognised
}

// reviewed is a table of a book as it will be.
type reviewed struct {
	name    string // of sheet and form
	sheet   string
	columns []exchange.ReviewColumn // those that something comes of
	rows    []grid.Row
	states  []exchange.RowState
	counts  map[exchange.RowState]int
	faulty  map[int]exchange.ReviewRow // the first rows with a problem, to be opened while the book may not be touched
	partly  int                        // rows with a problem of which something comes all the same
	named   int                        // which of the columns people know a row by, -1 if none
}

// hold holds the book against the ledger and reads its rows for review.
func (r *reading) hold(ctx context.Context, db *store.DB) error {
	next := reading{}
	err := db.View(func(tx *store.Tx) (err error) {
		next.plan, err = r.book.Plan(ctx, tx)
		return err
	})
	if err != nil {
		return err
	}
	if !r.book.Stamped() {
		if next.tables, err = lookThrough(ctx, r.book, next.plan); err != nil {
			return err
		}
	}
	r.plan, r.tables = next.plan, next.tables
	return nil
}

// lookEvery is after how many rows it is asked whether anyone still waits.
const lookEvery = 500

// lookThrough reads all rows of a plan.
func lookThrough(ctx context.Context, book *exchange.Book, plan *exchange.Plan) ([]reviewed, error) {
	var out []reviewed
	for i, t := range book.Tables {
		all, err := plan.Columns(i)
		if err != nil {
			return nil, err
		}
		r := reviewed{sheet: t.Sheet, counts: map[exchange.RowState]int{}, faulty: map[int]exchange.ReviewRow{}}
		for _, c := range all {
			if c.Column >= 0 && c.Field != nil {
				r.columns = append(r.columns, c)
			}
		}
		r.named = nameColumn(t.Form, r.columns)
		for n := range t.Len() {
			if n%lookEvery == 0 && ctx.Err() != nil {
				return nil, ctx.Err()
			}
			row := plan.Row(exchange.RowAt{Table: i, Row: n}, r.columns)
			r.rows = append(r.rows, reviewedRow(&row))
			r.states = append(r.states, row.State)
			r.counts[row.State]++
			if row.State != exchange.RowFaulty {
				continue
			}
			if !row.Refused {
				r.partly++
			}
			if len(r.faulty) < mostFaulty {
				r.faulty[n] = row
			}
		}
		r.name = sayTableOf(t.Sheet, t.Form.Title, r.counts[exchange.RowFaulty])
		out = append(out, r)
	}
	return out, nil
}

// ownColumns stand before those of the book.
const ownColumns = 2

// reviewedRow is a row as it will be: what comes of a cell, and what stands in
// it where nothing does.
func reviewedRow(row *exchange.ReviewRow) grid.Row {
	out := grid.Row{ID: strconv.Itoa(row.Row), Cells: make([]string, ownColumns+len(row.Cells))}
	mark := func(i int, tone grid.Tone, note string) {
		if out.Marks == nil {
			out.Marks = map[int]grid.Mark{}
		}
		out.Marks[i] = grid.Mark{Tone: tone, Note: note}
	}
	out.Cells[0], out.Cells[1] = strconv.Itoa(row.Number), row.State.String()
	if row.State == exchange.RowFaulty {
		mark(1, grid.Refused, "")
	}
	for i := range row.Cells {
		c := &row.Cells[i]
		text := c.Shown
		if text == "" {
			text = c.Text
		}
		out.Cells[ownColumns+i] = text
		switch {
		case c.Problem != nil && c.Shown != "":
			mark(ownColumns+i, grid.Doubtful, c.Problem.Message)
		case c.Problem != nil:
			if text == "" {
				out.Cells[ownColumns+i] = sayNothing
			}
			mark(ownColumns+i, grid.Refused, c.Problem.Message)
		case c.Mended:
			mark(ownColumns+i, grid.Changed, sayInBook(c.Raw))
		}
	}
	return out
}

// nameColumn is the column people know a row by: a person's name, else the
// first name there is.
func nameColumn(form *field.Form, columns []exchange.ReviewColumn) int {
	found := -1
	for i, c := range columns {
		path := form.Columns[c.Column].Path
		if path == "name" || path == "person.name" {
			return i
		}
		if c.Field.Proper && found < 0 {
			found = i
		}
	}
	return found
}

// gridColumns are the columns of the table on the screen.
func (r *reviewed) gridColumns() []grid.Column {
	out := []grid.Column{
		{Name: "row", Label: headRowNo, Type: field.Code, Width: 52},
		{Name: "state", Label: headResult, Type: field.Code, Width: 76},
	}
	for i, c := range r.columns {
		col := grid.Column{Name: strconv.Itoa(i), Label: c.Label, Type: c.Field.Type, Find: true}
		if c.Field.Type == field.Code {
			col.Width = 116
		}
		if i == r.named {
			col.Width = 96
		}
		out = append(out, col)
	}
	return out
}

// in lists the rows in a state, all for every.
func (r *reviewed) in(s filter) []grid.Row {
	if s == every {
		return r.rows
	}
	var out []grid.Row
	for i, row := range r.rows {
		if r.states[i] == exchange.RowState(s) {
			out = append(out, row)
		}
	}
	return out
}

// filter is a state of rows, or every.
type filter int

const every filter = -1

// after finds the first faulty row at or behind a row, from the top again where
// there is none; -1 if none is left.
func (r *reviewed) after(row int) int {
	for i := range r.states {
		if n := (row + i) % len(r.states); r.states[n] == exchange.RowFaulty {
			return n
		}
	}
	return -1
}

// nameOf is what people know a row by.
func (r *reviewed) nameOf(row *exchange.ReviewRow) string {
	if r.named < 0 || row.Cells[r.named].Problem != nil {
		return ""
	}
	return strings.TrimSpace(row.Cells[r.named].Text)
}
