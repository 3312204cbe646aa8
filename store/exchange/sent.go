package exchange

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/sheet"
)

// What a book carries besides what one reads in it: stamps, digests, names.

// carrying draws tables and notes which cells they show.
type carrying struct {
	*carrier
	tx     *store.Tx
	form   Order
	fields map[recordKey][]string
	whole  map[string]bool // kinds whose registers the book holds
}

// sheet draws one form.
func (c *carrying) sheet(f *field.Form, scope *scope) (sheet.Sheet, error) {
	kinds := c.tx.Kinds()
	s := sheet.Sheet{Name: sheetName(kinds, f), Title: f.Title, Form: f, Kinds: kinds, Columns: shownColumns(kinds, f, c.form.Copy)}
	number := len(c.head.Sheets)
	c.head.Sheets = append(c.head.Sheets, sentSheet{s.Name, f.Name})
	lines, err := c.tx.Lines(f, c.form.Where, c.form.AsOf)
	if err != nil {
		return s, err
	}
	shape, err := shapeOf(kinds, f)
	if err != nil {
		return s, err
	}
	for _, l := range lines {
		if !scope.has(kinds.Kind(f.Kind), l.Rows[0]) || !c.form.wants(f.Kind, l.Rows[0].ID) {
			continue
		}
		code := sheet.RowCode(l.ID())
		key := lineKey{number, code}
		if c.lines[key] != nil {
			return s, fmt.Errorf("row code %s names two records", code)
		}
		cells := make([]string, len(f.Columns))
		for i := range f.Columns {
			cells[i] = l.Shown(i)
		}
		c.lines[key] = c.line(shape, l, s.Columns)
		s.Lines = append(s.Lines, sheet.Line{Code: code, Cells: cells, Notes: c.form.notes(f, l.Rows[0].ID)})
	}
	return s, nil
}

// wants reports whether a return holds a record; any other book holds all.
func (o *Order) wants(kind, id string) bool { return o.only == nil || o.only[recordKey{kind, id}] }

// notes are why the cells of a row are asked about, by form column.
func (o *Order) notes(f *field.Form, id string) map[int]string {
	var out map[int]string
	for i := range f.Columns {
		if why := o.asks[recordKey{f.Kind, id + "/" + f.Columns[i].Path}]; why != "" {
			if out == nil {
				out = map[int]string{}
			}
			out[i] = "退回：" + why
		}
	}
	return out
}

// shownColumns are the columns of a copy, nil for all.
func shownColumns(kinds field.Kinds, f *field.Form, copy Copy) []int {
	if copy == Full {
		return nil
	}
	var out []int
	for i, col := range f.Columns {
		if col.Path != "" {
			_, _, last, err := kinds.Resolve(f.Kind, col.Path)
			if err != nil || last.Class != field.Ordinary || copy == Public && last.Private {
				continue
			}
		}
		out = append(out, i)
	}
	return out
}

// sheetName is what the tab says: the kind's label for a register, else the
// form's title, at most 31 characters as Excel allows.
func sheetName(kinds field.Kinds, f *field.Form) string {
	name := f.Title
	if k := kinds.Kind(f.Kind); f.Name == k.Name+"-register" {
		name = k.Label
	}
	if r := []rune(name); len(r) > 31 {
		name = string(r[:31])
	}
	return name
}

// line notes the records a row shows and which of their cells.
func (c *carrying) line(s *shape, l *store.Line, shown []int) *sentLine {
	out := &sentLine{via: map[string]string{}}
	for _, r := range l.Rows {
		out.ids = append(out.ids, r.ID)
	}
	for _, h := range s.holders {
		for _, col := range h.columns {
			if shown != nil && !slices.Contains(shown, col.index) {
				continue
			}
			for n := range l.Rows {
				if n > 0 && !col.each {
					break
				}
				_, row, name, ok := l.Holder(col.index, n)
				if !ok {
					continue
				}
				if h != s.root {
					out.via[h.path] = row.ID
				}
				key := recordKey{h.kind.Name, row.ID}
				if !slices.Contains(c.fields[key], name) {
					if c.fields[key] == nil {
						c.order = append(c.order, key)
					}
					c.fields[key] = append(c.fields[key], name)
				}
			}
		}
	}
	for _, f := range s.root.kind.Fields {
		if f.Type == field.Ref && s.root.kind.Value(l.Rows[0], f.Name) != "" {
			out.via[f.Name] = s.root.kind.Value(l.Rows[0], f.Name)
		}
	}
	return out
}

// pack looks up the stamps of the cells shown, record by record.
func (c *carrying) pack() (*sheet.Carrier, error) {
	office := c.tx.Office().Code
	for _, key := range c.order {
		k := c.tx.Kinds().Kind(key.kind)
		s, _, err := c.tx.State(key.kind, key.id)
		if err != nil {
			return nil, err
		}
		cells := map[string]sentCell{}
		for _, name := range c.fields[key] {
			f := k.Field(name)
			if cell, ok := c.cell(f, k.Index(name) >= k.Bound(), s[name], office); ok {
				cells[name] = cell
			}
			if err := c.tell(s[name]); err != nil {
				return nil, err
			}
		}
		if c.whole[key.kind] {
			if err := c.more(k, key, s, cells); err != nil {
				return nil, err
			}
		}
		maps.Copy(cells, c.records[key])
		c.records[key] = cells
	}
	return c.carrier.pack()
}

// more adds what no field of the kind takes, so that it is not lost on a way
// through an office that does not know it.
func (c *carrying) more(k *field.Kind, key recordKey, s store.State, cells map[string]sentCell) error {
	unlisted, err := c.tx.Unlisted(k, key.id, s)
	if err != nil {
		return err
	}
	for name, cell := range unlisted {
		cells[name] = sentCell{versions: cell}
		if err := c.tell(cell); err != nil {
			return err
		}
	}
	return nil
}

// unlisted notes what a register does not show and must travel all the same:
// that a record was voided (or is no longer), and that two were found to be
// one (or are no longer).
func (c *carrying) unlisted(f *field.Form, scope *scope) error {
	k := c.tx.Kinds().Kind(f.Kind)
	if f.Name != field.Register(c.tx.Kinds(), k).Name {
		return nil
	}
	c.whole[k.Name] = true
	for row, err := range c.tx.EveryRow(k.Name) {
		if err != nil {
			return err
		}
		if !scope.has(k, row) || !c.form.wants(k.Name, row.ID) {
			continue
		}
		theirs, err := c.tookBackTheirs(k, row)
		if err != nil {
			return err
		}
		if !theirs {
			if err := c.own(k.Name, row.ID, store.VoidCell); err != nil {
				return err
			}
		}
		if err := c.own(k.Name, row.ID, store.SameCell); err != nil {
			return err
		}
		for _, alias := range c.tx.Aliases(row.ID) {
			if err := c.own(k.Name, alias, store.SameCell); err != nil {
				return err
			}
		}
	}
	return nil
}

// tookBackTheirs reports a record that is void here only because a book was taken
// back, and that an office under the addressee wrote: it stays theirs, and comes
// again with their next book.
func (c *carrying) tookBackTheirs(k *field.Kind, row field.Row) (bool, error) {
	to := c.head.To
	if row.Void != store.TakenBack || to.Level >= c.tx.Office().Level {
		return false, nil
	}
	s, _, err := c.tx.State(k.Name, row.ID)
	if err != nil {
		return false, err
	}
	for _, cell := range s {
		if slices.ContainsFunc(cell, func(v store.Version) bool { return strings.HasPrefix(stem(v.Office), stem(to.Code)) }) {
			return true, nil
		}
	}
	return false, nil
}

func (c *carrying) own(kind, id, name string) error {
	cell, err := c.tx.OwnCell(kind, id, name)
	if err != nil || len(cell) == 0 {
		return err
	}
	key := recordKey{kind, id}
	if c.fields[key] == nil && c.records[key] == nil {
		c.order = append(c.order, key)
	}
	if c.records[key] == nil {
		c.records[key] = map[string]sentCell{}
	}
	c.records[key][name] = sentCell{versions: cell}
	return c.tell(cell)
}

// cell is one cell as sent: the version shown first, its value left to the
// table unless an office added the field.
func (c *carrying) cell(f *field.Field, added bool, held store.Cell, office string) (sentCell, bool) {
	shown := held.Shown(f.Owner, office)
	if shown == nil {
		return sentCell{}, false
	}
	first := *shown
	text := first.Value
	if f.Type == field.Ref {
		text = field.TidyName(c.tx.Name(f.Target, first.Value))
	} else if !added {
		first.Value = ""
	}
	out := sentCell{digest: cellDigest(text), versions: store.Cell{first}}
	for i := range held {
		if !held[i].Is(shown) {
			out.versions = append(out.versions, held[i])
		}
	}
	return out, true
}

// tell adds who wrote what another ledger will see, where it is a conflict or
// was sent by others.
func (c *carrying) tell(held store.Cell) error {
	for _, v := range held {
		if _, told := c.origins[v.Dot]; told {
			continue
		}
		o, err := c.tx.Origin(v.Dot)
		if err != nil {
			return err
		}
		if !o.At.IsZero() {
			c.origins[v.Dot] = o
		}
	}
	return nil
}
