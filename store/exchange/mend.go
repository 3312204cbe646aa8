package exchange

import (
	"errors"

	"touyan/store/sheet"
)

// Mend has a cell of the book read as if a person had typed text there, without
// touching the file: plan the book again to see what it does then. column is of
// the table's form. What stands in the book stays to be seen.
func (b *Book) Mend(table, row, column int, text string) error {
	t, err := b.table(table, row)
	if err != nil {
		return err
	}
	return t.Mend(row, column, text)
}

// Restore has a cell read as it stands in the book again.
func (b *Book) Restore(table, row, column int) {
	if t, err := b.table(table, row); err == nil {
		t.Restore(row, column)
	}
}

// Mended counts the cells that were mended.
func (b *Book) Mended() (n int) {
	for _, t := range b.Tables {
		t.Mends(func(int, int, string) { n++ })
	}
	return n
}

// LeaveOut has a row of the book passed over, or not any more: a double, a line
// that is none. Plan the book again to see what it does then.
func (b *Book) LeaveOut(table, row int, out bool) error {
	if _, err := b.table(table, row); err != nil {
		return err
	}
	if out {
		b.out[[2]int{table, row}] = true
	} else {
		delete(b.out, [2]int{table, row})
	}
	return nil
}

func (b *Book) table(table, row int) (*sheet.Table, error) {
	if table < 0 || table >= len(b.Tables) || row < 0 || row >= b.Tables[table].Len() {
		return nil, errors.New("这份表没有这一行，请重新打开这份表")
	}
	return b.Tables[table], nil
}

// leftOut reports a row a person left out.
func (p *planner) leftOut(table, row int) bool {
	out := p.plan.book.out[[2]int{table, row}]
	if out {
		p.plan.LeftOut++
	}
	return out
}

// keepMends mends the cells of a book that was read anew as they were mended
// before, wherever their row and column are now.
func (b *Book) keepMends(before *Book) {
	for i, old := range before.Tables {
		var now *sheet.Table
		at := -1
		for n, t := range b.Tables {
			if t.Index == old.Index && t.HeadRow == old.HeadRow {
				now, at = t, n
			}
		}
		if now == nil {
			continue
		}
		rows := map[int]int{}
		for n := range now.Len() {
			rows[now.Number(n)] = n
		}
		old.Mends(func(row, column int, text string) {
			n, there := rows[old.Number(row)]
			for c := range now.Form.Columns {
				if there && now.Has[c] && now.Form.Columns[c].Path == old.Form.Columns[column].Path && now.Form.Columns[c].Path != "" {
					now.Mend(n, c, text) // the column is there
				}
			}
		})
		for n := range old.Len() {
			if row, there := rows[old.Number(n)]; there && before.out[[2]int{i, n}] {
				b.out[[2]int{at, row}] = true
			}
		}
	}
}
