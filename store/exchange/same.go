package exchange

import (
	"cmp"
	"slices"
	"strings"

	"touyan/store"
	"touyan/store/field"
)

// findSame finds, for every record the book brings, the one of the ledger or
// the book it is: equal ID number, name and birth; for places equal code or
// name; for the rest equal references and dates.
func (p *planner) findSame() error {
	canon := map[string]string{}
	is := func(id string) string {
		for range len(canon) + 1 {
			to, ok := canon[id]
			if !ok {
				break
			}
			id = to
		}
		return id
	}
	p.after = map[string]store.State{}
	unite := func(kind, a, b string) {
		if a, b = is(a), is(b); a != b {
			canon[max(a, b)] = min(a, b)
			p.plan.joins = append(p.plan.joins, join{kind, min(a, b), max(a, b)})
		}
	}
	if err := p.foundSame(unite); err != nil {
		return err
	}
	var failed error
	parted := func(kind, a, b string) bool {
		is, err := p.parted(kind, a, b)
		failed = cmp.Or(failed, err)
		return is
	}
	for _, k := range p.kinds {
		byKey := map[string][]field.Row{}
		add := func(row field.Row) {
			for _, key := range sameKeys(k, row, is) {
				for _, other := range byKey[key] {
					if mayBeOne(k, row, other) && !parted(k.Name, row.ID, other.ID) {
						unite(k.Name, row.ID, other.ID)
					}
				}
				byKey[key] = append(byKey[key], row)
			}
		}
		rows, err := p.rowsAfter(k)
		if err != nil {
			return err
		}
		for _, row := range rows {
			add(row)
		}
	}
	return failed
}

// parted reports that two records were said not to be one, here or in the book.
func (p *planner) parted(kind, a, b string) (bool, error) {
	if after, drafted := p.after[max(a, b)]; drafted {
		cell := after[store.SameCell]
		return len(cell) > 0 && cell.Value(field.NoLevel, p.office.Code) == "", nil
	}
	return p.tx.Parted(kind, a, b)
}

// foundSame visits what others found to be one, as far as this ledger does not
// have it so already.
func (p *planner) foundSame(unite func(kind, a, b string)) error {
	for _, d := range p.plan.drafts {
		if len(d.in[store.SameCell]) == 0 {
			continue
		}
		own, err := p.tx.OwnCell(d.kind.Name, d.id, store.SameCell)
		if err != nil {
			return err
		}
		for _, v := range own.Join(d.in[store.SameCell], field.NoLevel) {
			if v.Value != "" {
				unite(d.kind.Name, p.tx.Canonical(d.id), p.tx.Canonical(v.Value))
			}
		}
	}
	return nil
}

// rowsAfter are the records of a kind as they would be after the book.
func (p *planner) rowsAfter(k *field.Kind) ([]field.Row, error) {
	var rows []field.Row
	drafted := map[string]bool{}
	for _, d := range p.plan.drafts {
		if d.kind != k {
			continue
		}
		drafted[d.id] = true
		if p.tx.Canonical(d.id) != d.id {
			continue // only the news of an alias: what it says lies with the record
		}
		after, err := p.tx.StateWith(k.Name, d.id, d.in)
		if err != nil {
			return nil, err
		}
		p.after[d.id] = after
		row := p.tx.RowOf(k, d.id, after)
		if row.Void == "" {
			rows = append(rows, row)
		}
	}
	for row, err := range p.tx.Rows(k.Name) {
		if err != nil {
			return nil, err
		}
		if !drafted[row.ID] {
			rows = append(rows, row)
		}
	}
	slices.SortFunc(rows, func(a, b field.Row) int { return strings.Compare(a.ID, b.ID) })
	return rows, nil
}

func ownerOf(k *field.Kind, name string) field.Level {
	if f := k.Field(name); f != nil {
		return f.Owner
	}
	return field.NoLevel
}

// sameKeys are what two records of a kind must share to be taken for one; none
// means nothing is taken for this one.
func sameKeys(k *field.Kind, row field.Row, is func(string) string) []string {
	if f := numberOf(k); f != nil {
		number, name := k.Value(row, f.Name), k.Value(row, k.Named)
		if number == "" || name == "" {
			return nil
		}
		return []string{number + "|" + k.FoldName(name)}
	}
	var keys []string
	if k.Name == "office" {
		keys = officeKeys(k, row)
	}
	parts, refs := []string{"match"}, 0
	for i, f := range k.Fields {
		if !f.Match {
			continue
		}
		v := row.Values[i]
		switch {
		case f.Type == field.Ref:
			if v == "" {
				return keys
			}
			v, refs = is(v), refs+1
		case f.Name == k.Named:
			v = k.FoldName(v)
		}
		parts = append(parts, v)
	}
	if refs == 0 {
		return keys
	}
	return append(keys, strings.Join(parts, "|"))
}

// officeKeys find an office by its code, or by level and name: one that a
// roster named has neither code nor, at times, a parent.
func officeKeys(k *field.Kind, row field.Row) []string {
	keys := []string{"name|" + k.Value(row, "level") + "|" + k.FoldName(k.Value(row, "name"))}
	if code := k.Value(row, "code"); code != "" {
		keys = append(keys, "code|"+code)
	}
	return keys
}

// mayBeOne keeps apart what codes, parents and dates tell apart: two offices of
// one name, two births, two terms. A term that ended is not one that goes on.
func mayBeOne(k *field.Kind, a, b field.Row) bool {
	if k.Name == "office" {
		for _, name := range []string{"code", "parent"} {
			if x, y := k.Value(a, name), k.Value(b, name); x != "" && y != "" && x != y {
				return false
			}
		}
	}
	for i, f := range k.Fields {
		if f.Type != field.Day || a.Values[i] == b.Values[i] {
			continue
		}
		x, _ := field.DateOf(a.Values[i])
		y, _ := field.DateOf(b.Values[i])
		if f.Match && !x.Agrees(y) {
			return false
		}
		ended := f.Name == "to" || f.Name == "left"
		if k.Named == "" && (!x.Agrees(y) || ended && x.IsZero() != y.IsZero()) {
			return false
		}
	}
	return true
}
