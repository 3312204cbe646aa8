package exchange

import (
	"slices"
	"strings"

	"touyan/store/field"
)

// index finds the records of one kind, in the ledger and in the book so far.
type index struct {
	kind     *field.Kind
	rows     map[string]field.Row
	byNumber map[string][]string
	byName   map[string][]string
	byKey    map[string]map[string][]string // by list of fields, then by their values
	folded   map[string]string              // names folded before: a roster says its villages again and again
}

func (x *index) fold(name string) string {
	f, ok := x.folded[name]
	if !ok {
		f = x.kind.FoldName(name)
		x.folded[name] = f
	}
	return f
}

func (p *planner) index(k *field.Kind) (*index, error) {
	if x := p.indexes[k.Name]; x != nil {
		return x, nil
	}
	x := &index{kind: k, rows: map[string]field.Row{}, byNumber: map[string][]string{}, byName: map[string][]string{}, byKey: map[string]map[string][]string{}, folded: map[string]string{}}
	for row, err := range p.tx.Rows(k.Name) {
		if err != nil {
			return nil, err
		}
		x.add(row)
	}
	p.indexes[k.Name] = x
	return x, nil
}

func (x *index) add(row field.Row) {
	x.rows[row.ID] = row
	if f := numberOf(x.kind); f != nil {
		if n := x.kind.Value(row, f.Name); n != "" {
			x.byNumber[n] = append(x.byNumber[n], row.ID)
		}
	}
	if x.kind.Named != "" {
		if n := x.kind.Value(row, x.kind.Named); n != "" {
			n = x.fold(n)
			x.byName[n] = append(x.byName[n], row.ID)
		}
	}
	for fields, m := range x.byKey {
		k := x.key(strings.Split(fields, ","), row)
		m[k] = append(m[k], row.ID)
	}
}

func (x *index) key(fields []string, row field.Row) string {
	parts := make([]string, len(fields))
	for i, f := range fields {
		parts[i] = x.kind.Value(row, f)
	}
	return strings.Join(parts, "|")
}

// find returns the records whose fields have these values.
func (x *index) find(fields, values []string) []string {
	name := strings.Join(fields, ",")
	m := x.byKey[name]
	if m == nil {
		m = map[string][]string{}
		for id, row := range x.rows {
			k := x.key(fields, row)
			m[k] = append(m[k], id)
		}
		for _, ids := range m {
			slices.Sort(ids)
		}
		x.byKey[name] = m
	}
	return m[strings.Join(values, "|")]
}
