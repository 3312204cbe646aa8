package exchange

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"touyan/store/sheet"
)

// HasBad reports whether some row has a problem of its own, so that there is
// something for WriteBad to write. What concerns a whole table does not count.
func (p *Plan) HasBad() bool {
	return slices.ContainsFunc(p.Problems, func(x Problem) bool { return x.row >= 0 })
}

// WriteBad writes a new book of the rows that have a problem: same heads, the
// row's number in the source, what is wrong and what would be right. Mended
// and imported, it completes the batch. Without such rows it refuses: ask HasBad
// first. It is never written over the book it is about.
func (p *Plan) WriteBad(ctx context.Context, path string) error {
	if !p.HasBad() {
		return errors.New("没有需要另存的行")
	}
	if sameFile(path, p.book.path) {
		return fmt.Errorf("“%s”正是要改的那个簿，写上去它就没有了，请另写一个文件名", filepath.Base(path))
	}
	byRow := map[[2]int][]sheet.Problem{}
	for _, x := range p.Problems {
		at := [2]int{x.table, x.row}
		byRow[at] = append(byRow[at], sheet.Problem{Cell: x.Cell, Label: x.Label, Value: x.Value, Message: x.Message, Proposal: x.Proposal})
	}
	var sheets []sheet.BadSheet
	for i, t := range p.book.Tables {
		bad := sheet.BadSheet{Table: t}
		for n := range t.Len() {
			if list := byRow[[2]int{i, n}]; len(list) > 0 {
				bad.Rows = append(bad.Rows, sheet.Bad{Row: t.Row(n), Problems: list})
			}
		}
		if len(bad.Rows) > 0 {
			sheets = append(sheets, bad)
		}
	}
	return sheet.WriteErrors(ctx, path, sheets)
}
