package sheet

import (
	"context"
	"errors"
	"slices"

	"touyan/store/field"
	"touyan/store/xlsx"
)

// Mend has a cell of a data row read as if text stood in it; the book stays as
// it is. column is of the form, and the book must have it.
func (t *Table) Mend(row, column int, text string) error {
	if row < 0 || row >= t.Len() || column < 0 || column >= len(t.cols) {
		return errors.New("这张表没有这一格，请重新打开这份表")
	}
	if t.cols[column] < 0 {
		return errors.New("这张表没有这一栏，不能在这里改；请在原表里加上这一栏，或另选一列对应到它")
	}
	if t.mends == nil {
		t.mends = map[int]map[int]string{}
	}
	if t.mends[row] == nil {
		t.mends[row] = map[int]string{}
	}
	t.mends[row][column] = text
	return nil
}

// Restore has a cell read again as it stands in the book.
func (t *Table) Restore(row, column int) {
	delete(t.mends[row], column)
	if len(t.mends[row]) == 0 {
		delete(t.mends, row)
	}
}

// IsMended reports whether a cell was mended.
func (t *Table) IsMended(row, column int) bool {
	_, is := t.mends[row][column]
	return is
}

// Mends visits the mended cells by row and column.
func (t *Table) Mends(visit func(row, column int, text string)) {
	for row, cells := range t.mends {
		for column, text := range cells {
			visit(row, column, text)
		}
	}
}

// mended reads a mended cell in place of what stands there.
func (t *Table) mended(v *Value, column int, text string) {
	d, was := t.decoder, v.Raw
	rd, h := d.columns[t.cols[column]], d.heads[t.cols[column]]
	if n := slices.Index(h.Also, column); n >= 0 {
		*v = Value{Raw: text}
		v.Text, v.Problem = rd.also[n].Read(field.Input{Text: text})
	} else {
		*v = rd.value(xlsx.Cell{Type: xlsx.Text, Text: text, Format: "General"}, d.date1904)
	}
	v.Mended, v.Was = true, was
}

// Reads is a form with all columns its tables are read by: rosters also carry
// fields their form does not print.
func Reads(kinds field.Kinds, f *field.Form) *field.Form { return widened(kinds, f) }

// Top reads the first rows of a sheet as texts, a merged cell in every place it
// covers.
func Top(ctx context.Context, b *xlsx.Book, index int) ([][]string, error) {
	r := &reading{ctx: ctx, book: b, index: index}
	var err error
	if r.merges, err = b.Merges(index); err != nil {
		return nil, err
	}
	top, err := r.top(0)
	for len(top) > 0 && len(top[len(top)-1]) == 0 {
		top = top[:len(top)-1]
	}
	return top, err
}
