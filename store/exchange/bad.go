package exchange

import (
	"context"
	"errors"

	"touyan/store/sheet"
)

// WriteBad writes a new book of the rows that have a problem: same heads, the
// row's number in the source, what is wrong and what would be right. Mended
// and imported, it completes the batch.
func (p *Plan) WriteBad(ctx context.Context, path string) error {
	var sheets []sheet.BadSheet
	for i, t := range p.book.Tables {
		bad := sheet.BadSheet{Table: t}
		for n := range t.Rows {
			var list []sheet.Problem
			for _, x := range p.Problems {
				if x.table == i && x.row == n {
					list = append(list, sheet.Problem{Cell: x.Cell, Label: x.Label, Value: x.Value, Message: x.Message, Proposal: x.Proposal})
				}
			}
			if len(list) > 0 {
				bad.Rows = append(bad.Rows, sheet.Bad{Row: t.Rows[n], Problems: list})
			}
		}
		if len(bad.Rows) > 0 {
			sheets = append(sheets, bad)
		}
	}
	if len(sheets) == 0 {
		return errors.New("没有有问题的行，不用另存")
	}
	return sheet.WriteErrors(ctx, path, sheets)
}
