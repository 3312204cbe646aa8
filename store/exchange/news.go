package exchange

import (
	"cmp"
	"slices"

	"touyan/store"
	"touyan/store/field"
)

// News is what a merged book does to one record, as people are told it before
// it is applied.
type News struct {
	Kind   *field.Kind
	Record string
	Name   string // as it will be
	State  RowState
	Cells  []Taken // of a record the ledger knows: those that differ and need nobody's word
}

// Taken is a cell of which the book says something else than the ledger, and
// about which nobody need decide: the other side alone has changed it, or its
// owner has spoken.
type Taken struct {
	Field      *field.Field // nil for a cell of the program's own
	Label      string
	Base       Saying
	Own        Saying // what the ledger shows now
	Theirs     Saying
	TheirsWins bool
	Owner      field.Level // whose word settled it; NoLevel: only one side has changed it
}

// Namesake is somebody new in a book who may be one the ledger has: the same
// name, and neither number nor birth tells them apart.
type Namesake struct {
	Kind      *field.Kind
	New, Held field.Row // as the book would have it, as the ledger has it
}

// bringNews lists what the book does, record by record, in the order of its
// drafts.
func (p *planner) bringNews() error {
	disputed := map[string]bool{}
	for i := range p.plan.Coming {
		disputed[p.plan.Coming[i].Conflict.ID] = true
	}
	one := p.union()
	t := teller{p.tx, p.nameAfter(one), p.origin, one}
	for _, d := range p.plan.drafts {
		if len(d.in) == 0 || d.isNew && !d.listed() {
			continue
		}
		n := News{Kind: d.kind, Record: one(d.id), Name: t.name(d.kind.Name, d.id), State: RowSame}
		switch {
		case d.isNew:
			n.State = RowNew
		case d.isUpdated:
			n.State = RowUpdated
		}
		if !d.isNew {
			cells, err := p.takenOf(&t, d, disputed)
			if err != nil {
				return err
			}
			n.Cells = cells
		}
		p.plan.News = append(p.plan.News, n)
	}
	return p.namesakes(one)
}

// takenOf compares what a known record shows with what it will show.
func (p *planner) takenOf(t *teller, d *draft, disputed map[string]bool) ([]Taken, error) {
	before, _, err := p.tx.State(d.kind.Name, d.id)
	if err != nil {
		return nil, err
	}
	names := sortedKeys(d.in)
	slices.SortStableFunc(names, func(a, b string) int { return cmp.Compare(d.kind.Index(a), d.kind.Index(b)) })
	var out []Taken
	for _, name := range names {
		if name == store.SameCell || disputed[store.ConflictID(d.kind.Name, t.one(d.id), name)] {
			continue
		}
		c, differs, err := p.differing(t, d, name, before[name])
		if err != nil {
			return nil, err
		}
		if differs {
			out = append(out, c)
		}
	}
	return out, nil
}

// differing is one such cell; differs is false where both sides say the same.
func (p *planner) differing(t *teller, d *draft, name string, before store.Cell) (c Taken, differs bool, err error) {
	owner, office := ownerOf(d.kind, name), p.office.Code
	after := p.after[d.id][name]
	own, theirs := before.Shown(owner, office), after.Shown(owner, office)
	switch {
	case theirs == nil:
		return c, false, nil
	case own == nil:
		own = &store.Version{}
		c.TheirsWins = true
	case own.Value != theirs.Value:
		c.TheirsWins = true
	default: // ours stays; the book may say otherwise all the same
		i := slices.IndexFunc(after, func(v store.Version) bool {
			return v.Value != own.Value && slices.ContainsFunc(d.in[name], func(w store.Version) bool { return w.Is(&v) })
		})
		if i < 0 {
			return c, false, nil
		}
		theirs = &after[i]
	}
	if own.Value == theirs.Value {
		return c, false, nil
	}
	told := Dispute{Conflict: store.Conflict{Kind: d.kind.Name, Record: d.id, Field: name}, Kind: d.kind, Field: d.kind.Field(name)}
	c.Field, c.Label = told.Field, LabelOf(told.Field, name)
	winner := own
	if c.TheirsWins {
		winner = theirs
	}
	if winner.Level == owner {
		c.Owner = owner
	}
	if c.Own, err = t.saying(&told, own); err != nil {
		return c, false, err
	}
	if c.Theirs, err = t.saying(&told, theirs); err != nil {
		return c, false, err
	}
	base := cmp.Or(theirs.Was, own.Was)
	c.Base = Saying{Value: base, Text: t.text(&told, base)}
	return c, true, nil
}

// namesakes finds the new people whom the ledger may know already.
func (p *planner) namesakes(one func(string) string) error {
	for _, k := range p.kinds {
		number := numberOf(k)
		if number == nil || k.Named == "" {
			continue
		}
		var fresh []*draft
		for _, d := range p.plan.drafts {
			if d.kind == k && d.isNew && d.listed() && one(d.id) == d.id && p.tx.RowOf(k, d.id, p.after[d.id]).Void == "" {
				fresh = append(fresh, d)
			}
		}
		if len(fresh) == 0 {
			continue
		}
		held, err := p.heldByName(k)
		if err != nil {
			return err
		}
		for _, d := range fresh {
			row := p.tx.RowOf(k, d.id, p.after[d.id])
			for _, other := range held[k.FoldName(k.Value(row, k.Named))] {
				if one(other.ID) != d.id && p.mayBeHim(k, number, d, row, other) {
					p.plan.Namesakes = append(p.plan.Namesakes, Namesake{Kind: k, New: row, Held: other})
				}
			}
		}
	}
	return nil
}

// heldByName are the records of the ledger by folded name.
func (p *planner) heldByName(k *field.Kind) (map[string][]field.Row, error) {
	out := map[string][]field.Row{}
	for row, err := range p.tx.Rows(k.Name) {
		if err != nil {
			return nil, err
		}
		if name := k.Value(row, k.Named); name != "" && row.Void == "" {
			out[k.FoldName(name)] = append(out[k.FoldName(name)], row)
		}
	}
	return out, nil
}

// mayBeHim reports whether nothing tells two namesakes apart. A sender that has
// both keeps them apart itself; only a row typed by hand may be a double.
func (p *planner) mayBeHim(k *field.Kind, number *field.Field, d *draft, row, other field.Row) bool {
	if a, b := k.Value(row, number.Name), k.Value(other, number.Name); a != "" && b != "" {
		return false // equal ones join by themselves
	}
	if e := p.drafts[recordKey{k.Name, other.ID}]; e != nil && !d.typed {
		return false
	}
	return mayBeOne(k, row, other)
}
