package page

import (
	"context"
	"path/filepath"

	"touyan/store"
	"touyan/store/field"
	paper "touyan/store/sheet"
)

// PrintSeen writes the rows and columns that are seen, as they are seen but in
// full, and opens the book. It carries no stamps: it is a paper.
func (l *List) PrintSeen() {
	d := l.desk
	ids := l.Grid.Shown()
	if len(ids) == 0 {
		d.Tell(Notice{Text: sayNothingSeen})
		return
	}
	f := l.seenForm()
	path, ok := d.printPath(f.Title)
	if !ok {
		return
	}
	d.work(sayWritingBook, func(ctx context.Context, tell func(done, total int64)) error {
		doc := paper.Doc{Unit: d.DB.Office().Name, Made: d.DB.Now(), Sample: d.DB.Sample()}
		err := d.DB.View(func(tx *store.Tx) error {
			lines, err := l.seenLines(tx, f, ids)
			doc.Sheets = []paper.Sheet{{Form: f, Kinds: tx.Kinds(), Lines: lines}}
			return err
		})
		if err != nil {
			return err
		}
		if err := paper.Write(ctx, path, doc, func(done, total int) { tell(int64(done), int64(total)) }); err != nil {
			return err
		}
		return d.DB.Note(DoPrint, f.Title, filepath.Base(path), d.Who)
	}, func() { d.printed(path) })
}

// seenForm has a column for each that is seen. On a wall it has none that is
// personal: whoever prints there shows what is printed.
func (l *List) seenForm() *field.Form {
	f := &field.Form{Name: l.kind.Name + "-seen", Title: l.kind.Label + titleSeen, Kind: l.kind.Name}
	if v := l.Grid.View().Name; v != "" {
		f.Title = l.kind.Label + "（" + v + "）"
	}
	for _, name := range l.Grid.VisibleColumns() {
		c := field.Column{Head: l.label(name)}
		if fd := l.kind.Field(name); fd != nil {
			if l.desk.Projecting() && Veiled(fd) {
				continue
			}
			c.Head, c.Path = fd.Label, name
		} else {
			c.Compute = func(field.Line) string { return "" } // filled in from what was reckoned
		}
		f.Columns = append(f.Columns, c)
	}
	return f
}

// seenLines are the records seen, in their order.
func (l *List) seenLines(tx *store.Tx, f *field.Form, ids []string) ([]paper.Line, error) {
	around, err := surround(tx, l.kind, l.today(), l.desk.veil())
	if err != nil {
		return nil, err
	}
	beside := map[string]int{}
	for i, c := range besideColumns(l.kind) {
		beside[c.Label] = i
	}
	names := nameBook{tx: tx, known: map[string]string{}}
	out := make([]paper.Line, 0, len(ids))
	for _, id := range ids {
		row, there, err := tx.Row(l.kind.Name, id)
		if err != nil {
			return nil, err
		}
		if !there {
			continue
		}
		cells, _ := around.cells(row)
		line := paper.Line{}
		for _, c := range f.Columns {
			if c.Path == "" {
				line.Cells = append(line.Cells, cells[beside[c.Head]])
				continue
			}
			fd := l.kind.Field(c.Path)
			value := l.kind.Value(row, c.Path)
			if fd.Type == field.Ref {
				line.Cells = append(line.Cells, names.show(fd, value))
			} else {
				line.Cells = append(line.Cells, fd.Show(value))
			}
		}
		out = append(out, line)
	}
	return out, nil
}
