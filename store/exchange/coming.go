package exchange

import (
	"cmp"
	"maps"
	"slices"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/sheet"
)

// together are records that are one once the book is in: most stand alone.
type together struct {
	kind    *field.Kind
	root    string   // the id they will go by
	members []string // the root among them
}

// coming lists the conflicts the ledger would have more with the book, as
// applying joins its cells: those of records the book speaks of, and those of
// records it shows to be one.
func (p *planner) coming() ([]Dispute, error) {
	before, err := p.tx.Conflicts()
	if err != nil {
		return nil, err
	}
	open := map[string]bool{}
	for _, c := range before {
		open[c.ID] = true
	}
	one := p.union()
	var found []store.Conflict
	where := map[string][]string{} // members by conflict
	for _, g := range p.groups(one) {
		conflicts, err := p.conflictsOf(g, one)
		if err != nil {
			return nil, err
		}
		for _, c := range conflicts {
			known := slices.ContainsFunc(g.members, func(id string) bool { return open[store.ConflictID(c.Kind, id, c.Field)] })
			if !known {
				found, where[c.ID] = append(found, c), g.members
			}
		}
	}
	return p.tellComing(found, where, one)
}

// union returns the id each record will go by: joins the plan makes, and those
// the book brings.
func (p *planner) union() func(id string) string {
	parent := map[string]string{}
	one := func(id string) string {
		id = p.tx.Canonical(id)
		for parent[id] != "" {
			id = parent[id]
		}
		return id
	}
	join := func(a, b string) {
		if a, b = one(a), one(b); a != b {
			parent[max(a, b)] = min(a, b)
		}
	}
	for _, d := range p.plan.drafts {
		if to := p.after[d.id][store.SameCell].Value(field.NoLevel, p.office.Code); to != "" {
			join(d.id, to)
		}
	}
	for _, j := range p.plan.joins {
		join(j.a, j.b)
	}
	return one
}

// groups puts the plan's records together, in the order of its drafts.
func (p *planner) groups(one func(string) string) []*together {
	var out []*together
	at := map[string]*together{}
	add := func(k *field.Kind, id string) {
		root := one(id)
		g := at[root]
		if g == nil {
			g = &together{k, root, []string{root}}
			at[root] = g
			out = append(out, g)
		}
		if !slices.Contains(g.members, id) {
			g.members = append(g.members, id)
		}
	}
	for _, d := range p.plan.drafts {
		add(d.kind, d.id)
	}
	for _, j := range p.plan.joins {
		add(p.kinds.Kind(j.kind), j.a)
		add(p.kinds.Kind(j.kind), j.b)
	}
	return out
}

// stateAfter is what the ledger will hold under an id, before records are found
// to be one.
func (p *planner) stateAfter(kind, id string) (store.State, error) {
	if s, ok := p.after[id]; ok {
		return s, nil
	}
	s, _, err := p.tx.State(kind, id)
	return s, err
}

// conflictsOf are the conflicts a group will have.
func (p *planner) conflictsOf(g *together, one func(string) string) ([]store.Conflict, error) {
	all := store.State{}
	for _, id := range g.members {
		s, err := p.stateAfter(g.kind.Name, id)
		if err != nil {
			return nil, err
		}
		if len(g.members) == 1 {
			all = s
			break
		}
		for name, cell := range s {
			if own := name == store.VoidCell || name == store.SameCell; !own || id == g.root {
				all[name] = all[name].Join(cell, ownerOf(g.kind, name))
			}
		}
	}
	var out []store.Conflict
	for _, name := range slices.Sorted(maps.Keys(all)) {
		cell := all[name]
		if len(cell) < 2 {
			continue
		}
		if f := g.kind.Field(name); f != nil && f.Type == field.Ref {
			cell = slices.Clone(cell)
			for i := range cell {
				cell[i].Value = one(cell[i].Value)
			}
		}
		c, ok := p.tx.ConflictIn(g.kind.Name, g.root, name, cell)
		if !ok {
			continue
		}
		if err := p.showNow(&c, g); err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

// showNow has a conflict show what the ledger shows before the book is in, if
// that is among what will stand: it is what people know, and the book's word
// stands against it.
func (p *planner) showNow(c *store.Conflict, g *together) error {
	for _, id := range g.members {
		s, _, err := p.tx.State(c.Kind, id)
		if err != nil {
			return err
		}
		now := s[c.Field].Shown(ownerOf(g.kind, c.Field), p.office.Code)
		if now == nil {
			continue
		}
		if i := slices.IndexFunc(c.Versions, func(v store.Version) bool { return v.Is(now) }); i >= 0 {
			c.Shown = c.Versions[i]
			return nil
		}
	}
	return nil
}

// tellComing puts the conflicts in words, in the order in which they stand in
// the book.
func (p *planner) tellComing(found []store.Conflict, where map[string][]string, one func(string) string) ([]Dispute, error) {
	if len(found) == 0 {
		return nil, nil
	}
	places, err := p.places(found, where, one)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(found, func(a, b store.Conflict) int { return places[a.ID].compare(places[b.ID]) })
	t := teller{p.tx, p.nameAfter(one), p.origin, one}
	var out []Dispute
	for _, c := range found {
		d, err := t.tell(c)
		if err != nil {
			return nil, err
		}
		if at := places[c.ID]; at.set {
			d.Sheet = p.plan.book.Tables[at.table].Sheet
			d.Cell, _ = p.words(at)
		}
		out = append(out, d)
	}
	return out, nil
}

// compare orders places as they stand in the book; what stands nowhere is last.
func (a place) compare(b place) int {
	switch {
	case a.set != b.set && a.set:
		return -1
	case a.set != b.set:
		return 1
	}
	return cmp.Or(cmp.Compare(a.table, b.table), cmp.Compare(a.row, b.row), cmp.Compare(a.col, b.col))
}

// nameAfter names records as they will be: the ledger does not know all of them
// yet.
func (p *planner) nameAfter(one func(string) string) func(kind, id string) string {
	var name func(kind, id string) string
	name = func(kind, id string) string {
		if id == "" {
			return ""
		}
		k, id := p.kinds.Kind(kind), one(id)
		s, drafted := p.after[id]
		if !drafted || k == nil {
			return p.tx.Name(kind, id)
		}
		return store.NameBy(k, p.tx.RowOf(k, id, s), name)
	}
	return name
}

// origin tells who wrote a version, be it that only the book knows.
func (p *planner) origin(d store.Dot) (store.Origin, error) {
	o, err := p.tx.Origin(d)
	if err != nil || o != (store.Origin{}) {
		return o, err
	}
	return p.stamped.origins[d], nil
}

// places finds the cells of conflicts in the book: one typed by hand where it
// was typed, another where the row shows it that named its record when the book
// was sent.
func (p *planner) places(found []store.Conflict, where map[string][]string, one func(string) string) (map[string]place, error) {
	out, wanted := map[string]place{}, map[[2]string]string{} // conflicts by record and field
	for _, c := range found {
		wanted[[2]string{c.Record, c.Field}] = c.ID
		for _, id := range where[c.ID] {
			if at, ok := p.typedAt(c.Kind, id, c.Field); ok {
				out[c.ID] = at
			}
		}
	}
	for ti, t := range p.plan.book.Tables {
		s, err := shapeOf(p.kinds, t.Form)
		if err != nil {
			return nil, err
		}
		for n := range t.Len() {
			if p.plan.refused[[2]int{ti, n}] {
				continue
			}
			p.sentCells(s, t, t.Code(n), func(id, name string, col int) {
				c := wanted[[2]string{one(id), name}]
				if _, placed := out[c]; c != "" && !placed {
					out[c] = place{true, int16(ti), int16(col), int32(n)}
				}
			})
		}
	}
	return out, nil
}

// typedAt is where a record's cell was typed into the book.
func (p *planner) typedAt(kind, id, name string) (place, bool) {
	d := p.drafts[recordKey{kind, id}]
	if d == nil {
		return place{}, false
	}
	i := d.kind.Index(name)
	if i < 0 {
		return place{}, false
	}
	return d.at(i)
}

// sentCells visits the cells a row showed when it was sent, with the column
// each stands in. A reference stands in the column of its target's name.
func (p *planner) sentCells(s *shape, t *sheet.Table, code string, visit func(id, name string, col int)) {
	si := slices.IndexFunc(p.stamped.head.Sheets, func(x sentSheet) bool { return x.Form == t.Form.Name })
	line := p.stamped.lines[lineKey{si, code}]
	if line == nil {
		return
	}
	records := func(h *holder) []string {
		if h == s.root {
			return line.ids
		}
		return []string{line.via[h.path]}
	}
	for _, h := range s.holders {
		for _, c := range h.columns {
			if !t.Has[c.index] {
				continue
			}
			for _, id := range records(h) {
				visit(id, c.field.Name, c.index)
			}
			if h.parent == nil || c.field.Name != h.kind.Named {
				continue
			}
			for _, id := range records(h.parent) {
				visit(id, h.ref, c.index)
			}
		}
	}
}
