package page

import (
	"context"
	"slices"

	"touyan/store"
	"touyan/store/field"
	workbook "touyan/store/sheet"
	"touyan/ui/grid"
)

// PrintSeen writes the table as it stands on screen, its rows and columns and
// what is masked, and opens it.
func (l *List) PrintSeen() {
	d := l.desk
	path, ok := d.printPath(l.Title())
	if !ok {
		return
	}
	shown, columns := l.Grid.Shown(), l.Grid.VisibleColumns()
	d.work(sayWritingBook, func(ctx context.Context, tell func(done, total int64)) error {
		var rows []grid.Row
		if err := d.DB.View(func(tx *store.Tx) (err error) {
			rows, err = l.rows(tx)
			return err
		}); err != nil {
			return err
		}
		s := l.seen(rows, shown, columns)
		doc := workbook.Doc{Sheets: []workbook.Sheet{s}, Unit: d.DB.Office().Name, Made: d.DB.Now(), Sample: d.DB.Sample()}
		return workbook.Write(ctx, path, doc, func(done, total int) { tell(int64(done), int64(total)) })
	}, func() { d.printed(path) })
}

// seen is a table of some rows and columns, in their order.
func (l *List) seen(rows []grid.Row, shown, columns []string) workbook.Sheet {
	form := &field.Form{Name: l.kind.Name, Title: l.Title(), Kind: l.kind.Name}
	at := make([]int, len(columns)) // among the cells of a row
	all := l.columns()
	for i, name := range columns {
		at[i] = slices.IndexFunc(all, func(c grid.Column) bool { return c.Name == name })
		c := field.Column{Head: all[at[i]].Label}
		if f := l.kind.Field(name); f != nil && f.Type != field.Ref {
			c.Path = name
		}
		form.Columns = append(form.Columns, c)
	}
	byID := make(map[string]*grid.Row, len(rows))
	for i := range rows {
		byID[rows[i].ID] = &rows[i]
	}
	s := workbook.Sheet{Form: form, Kinds: l.desk.DB.Kinds()}
	for _, id := range shown {
		r := byID[id]
		if r == nil {
			continue // voided since
		}
		line := workbook.Line{Cells: make([]string, len(at))}
		for i, cell := range at {
			line.Cells[i] = r.Cells[cell]
		}
		s.Lines = append(s.Lines, line)
	}
	return s
}
