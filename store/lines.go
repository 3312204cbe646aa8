package store

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"touyan/store/field"
)

// Line is one row of a form, drawn from the ledger: a record of the driving
// kind, or the records a form puts together in one row.
type Line struct {
	Rows []field.Row // of the driving kind, never empty, in the form's order

	table  *lineTable
	number int
}

// lineTable is what the lines of one form share.
type lineTable struct {
	tx    *Tx
	form  *field.Form
	asOf  field.Date
	paths map[string]*path
	rows  map[string]field.Row // records reached through references
	cols  []*path              // by column; nil for a computed one

	beside map[string]*lineTable // of the kinds that computed columns look at
}

// path is a resolved path: the references on the way and the field at its end.
type path struct {
	start *field.Kind
	via   []*field.Field
	last  *field.Field
	end   *field.Kind
}

// Lines draws a form from the ledger. where narrows it, beside the form's own
// conditions, before records are put together in rows. Ages and terms count to
// asOf.
func (tx *Tx) Lines(f *field.Form, where []field.Condition, asOf field.Date) ([]*Line, error) {
	t := &lineTable{tx: tx, form: f, asOf: asOf, paths: map[string]*path{}, rows: map[string]field.Row{}}
	for _, c := range f.Columns {
		var p *path
		if c.Path != "" {
			var err error
			if p, err = t.path(c.Path); err != nil {
				return nil, err
			}
		}
		t.cols = append(t.cols, p)
	}
	rows, err := t.driving(where)
	if err != nil {
		return nil, err
	}
	lines := t.group(rows)
	lines = slices.DeleteFunc(lines, func(l *Line) bool { return !l.having(f.Having) })
	for i, l := range lines {
		l.number = i + 1
	}
	return lines, nil
}

// driving collects the rows of the driving kind that meet all conditions, in
// the form's order.
func (t *lineTable) driving(where []field.Condition) ([]field.Row, error) {
	conditions := slices.Concat(t.form.Where, where)
	for _, c := range conditions {
		if _, err := t.path(c.Path); err != nil {
			return nil, err
		}
	}
	var rows []field.Row
	for row, err := range t.tx.Rows(t.form.Kind) {
		if err != nil {
			return nil, err
		}
		if t.meets(row, conditions) {
			rows = append(rows, row)
		}
	}
	return rows, t.sort(rows)
}

func (t *lineTable) sort(rows []field.Row) error {
	keys := map[string][]string{}
	for _, p := range t.form.Sort {
		if _, err := t.path(p); err != nil {
			return err
		}
	}
	for _, r := range rows {
		key := make([]string, len(t.form.Sort))
		for i, p := range t.form.Sort {
			key[i] = t.value(r, p)
		}
		keys[r.ID] = key
	}
	slices.SortStableFunc(rows, func(a, b field.Row) int {
		return cmp.Or(slices.Compare(keys[a.ID], keys[b.ID]), cmp.Compare(a.ID, b.ID))
	})
	return nil
}

func (t *lineTable) group(rows []field.Row) []*Line {
	var lines []*Line
	at := map[string]*Line{}
	for _, r := range rows {
		key := r.ID
		if len(t.form.Group) > 0 {
			var parts []string
			for _, g := range t.form.Group {
				parts = append(parts, t.value(r, g))
			}
			key = strings.Join(parts, "|")
		}
		if l := at[key]; l != nil {
			l.Rows = append(l.Rows, r)
			continue
		}
		l := &Line{Rows: []field.Row{r}, table: t}
		at[key] = l
		lines = append(lines, l)
	}
	return lines
}

func (t *lineTable) path(p string) (*path, error) {
	if got := t.paths[p]; got != nil {
		return got, nil
	}
	via, end, last, err := t.tx.kinds.Resolve(t.form.Kind, p)
	if err != nil {
		return nil, fmt.Errorf("form %s: %w", t.form.Name, err)
	}
	got := &path{start: t.tx.kinds.Kind(t.form.Kind), via: via, last: last, end: end}
	t.paths[p] = got
	return got, nil
}

func (t *lineTable) meets(row field.Row, conditions []field.Condition) bool {
	for _, c := range conditions {
		v := t.value(row, c.Path)
		if len(c.Values) == 0 && v == "" || len(c.Values) > 0 && !slices.Contains(c.Values, v) {
			return false
		}
	}
	return true
}

// value is the canonical text at a path, empty where a reference leads nowhere.
func (t *lineTable) value(row field.Row, p string) string {
	got, err := t.path(p)
	if err != nil {
		return ""
	}
	holder, _, ok := t.holder(row, got)
	if !ok {
		return ""
	}
	return got.end.Value(holder, got.last.Name)
}

// holder follows a path to the record whose field it ends at.
func (t *lineTable) holder(row field.Row, p *path) (field.Row, *field.Kind, bool) {
	k := p.start
	for _, ref := range p.via {
		id := k.Value(row, ref.Name)
		if id == "" {
			return row, nil, false
		}
		k = t.tx.kinds.Kind(ref.Target)
		next, known := t.rows[id]
		if !known {
			next, _, _ = t.tx.Row(ref.Target, id)
			t.rows[id] = next
		}
		if next.ID == "" {
			return row, nil, false
		}
		row = next
	}
	return row, k, true
}

func (l *Line) having(conditions []field.Condition) bool {
	return len(conditions) == 0 || slices.ContainsFunc(l.Rows, func(r field.Row) bool { return l.table.meets(r, conditions) })
}

// Value implements field.Line.
func (l *Line) Value(path string) string { return l.table.value(l.Rows[0], path) }

// Each implements field.Line.
func (l *Line) Each(path string) []string {
	out := make([]string, len(l.Rows))
	for i, r := range l.Rows {
		out[i] = l.table.value(r, path)
	}
	return out
}

// Referring implements field.Line.
func (l *Line) Referring(path, kind, ref string) []field.Line {
	id := l.ID()
	if path != "" {
		id = l.Value(path)
	}
	t := l.table.forKind(kind)
	links, err := t.tx.Referring(id)
	if id == "" || err != nil {
		return nil
	}
	var out []field.Line
	for _, link := range links {
		if link.Kind != kind || link.Field != ref {
			continue
		}
		if row, ok, err := t.tx.Row(kind, link.ID); ok && err == nil && row.Void == "" {
			out = append(out, &Line{Rows: []field.Row{row}, table: t})
		}
	}
	return out
}

// forKind is what lines of another kind share.
func (t *lineTable) forKind(kind string) *lineTable {
	if t.beside == nil {
		t.beside = map[string]*lineTable{}
	}
	if t.beside[kind] == nil {
		t.beside[kind] = &lineTable{tx: t.tx, form: &field.Form{Name: kind, Kind: kind}, asOf: t.asOf, paths: map[string]*path{}, rows: t.rows, beside: t.beside}
	}
	return t.beside[kind]
}

// Number implements field.Line.
func (l *Line) Number() int { return l.number }

// AsOf implements field.Line.
func (l *Line) AsOf() field.Date { return l.table.asOf }

// ID names the row: the id of its first record.
func (l *Line) ID() string { return l.Rows[0].ID }

// Holder returns the record and kind that column i of the line's n-th record
// stands in; ok is false for a computed column or a reference that leads
// nowhere.
func (l *Line) Holder(i, n int) (kind *field.Kind, row field.Row, name string, ok bool) {
	p := l.table.cols[i]
	if p == nil {
		return nil, row, "", false
	}
	row, k, ok := l.table.holder(l.Rows[n], p)
	return k, row, p.last.Name, ok
}

// Shown is what column i shows on paper and screen: references by name, codes
// as words, a column of several records joined by 、 unless all are equal.
func (l *Line) Shown(i int) string {
	c := &l.table.form.Columns[i]
	p := l.table.cols[i]
	if p == nil {
		return c.Compute(l)
	}
	if !c.Each {
		return l.show(p, l.Value(c.Path))
	}
	var parts []string
	for _, v := range l.Each(c.Path) {
		parts = append(parts, l.show(p, v))
	}
	if distinct := slices.Compact(slices.Clone(parts)); len(distinct) == 1 {
		return distinct[0]
	}
	return strings.Join(parts, "、")
}

func (l *Line) show(p *path, canonical string) string {
	if p.last.Type == field.Ref {
		return l.table.tx.Name(p.last.Target, canonical)
	}
	return p.last.Show(canonical)
}

// Field returns the field column i ends at, nil for a computed one.
func (l *Line) Field(i int) *field.Field {
	if p := l.table.cols[i]; p != nil {
		return p.last
	}
	return nil
}
