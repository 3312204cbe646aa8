package exchange

import (
	"slices"
	"strings"

	"touyan/store/field"
)

// index finds the records of one kind, in the ledger and in the book so far.
type index struct {
	kind     *field.Kind
	ids      []string
	byNumber map[string][]string
	byName   map[string][]string
	byKey    map[string]map[string][]string // by list of fields, then by their values
	folded   map[string]string              // the first names folded: a roster says its villages again and again
}

func (x *index) fold(name string) string {
	f, ok := x.folded[name]
	if !ok {
		f = x.kind.FoldName(name)
		if len(x.folded) < mostFolded {
			x.folded[name] = f
		}
	}
	return f
}

// mostFolded bounds the names remembered: people's do not come again.
const mostFolded = 2000

func (p *planner) index(k *field.Kind) (*index, error) {
	if x := p.indexes[k.Name]; x != nil {
		return x, nil
	}
	x := &index{kind: k, byNumber: map[string][]string{}, byName: map[string][]string{}, byKey: map[string]map[string][]string{}, folded: map[string]string{}}
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
	x.ids = append(x.ids, row.ID)
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

// having returns the records whose fields have these values.
func (p *planner) having(x *index, fields, values []string) ([]string, error) {
	name := strings.Join(fields, ",")
	m := x.byKey[name]
	if m == nil {
		m = map[string][]string{}
		for _, id := range x.ids {
			row, err := p.held(x.kind, id)
			if err != nil {
				return nil, err
			}
			k := x.key(fields, row)
			m[k] = append(m[k], id)
		}
		for _, ids := range m {
			slices.Sort(ids)
		}
		x.byKey[name] = m
	}
	return m[strings.Join(values, "|")], nil
}

// held is a record as it was before the row at hand: as the ledger has it, or
// as earlier rows made it.
func (p *planner) held(k *field.Kind, id string) (field.Row, error) {
	d := p.drafts[recordKey{k.Name, id}]
	switch {
	case d == nil:
		row, _, err := p.tx.Row(k.Name, id)
		return row, err
	case d.body != nil && d.known:
		return d.base, nil
	}
	return p.plan.unpack(d).row, nil
}
