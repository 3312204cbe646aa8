package exchange

import (
	"slices"
	"strings"

	"touyan/store"
	"touyan/store/field"
)

// finish checks what was typed, finds records that are one, and counts.
func (p *planner) finish() error {
	for _, d := range p.plan.drafts {
		if d.edit {
			p.check(d)
		}
	}
	if p.stamped != nil {
		if err := p.programCells(); err != nil {
			return err
		}
		if err := p.findSame(); err != nil {
			return err
		}
		if err := p.findUndone(); err != nil {
			return err
		}
	}
	slices.SortStableFunc(p.plan.Problems, func(a, b Problem) int {
		if a.table != b.table {
			return a.table - b.table
		}
		return a.row - b.row
	})
	return p.count()
}

// programCells takes over what no table shows: records voided by the sender,
// and records it found to be one.
func (p *planner) programCells() error {
	for _, key := range p.stamped.order {
		k := p.kinds.Kind(key.kind)
		for _, name := range []string{store.VoidCell, store.SameCell} {
			cell, ok := p.stamped.records[key][name]
			if !ok || k == nil {
				continue
			}
			d, err := p.exact(k, key.id)
			if err != nil {
				return err
			}
			d.in[name] = d.in[name].Join(cell.versions, field.NoLevel)
		}
	}
	return nil
}

// findUndone finds the cells that undoing this very book rewrote. Their stamps
// know the book's, so joining alone would leave the book without effect; whoever
// merges it again wants it back.
func (p *planner) findUndone() error {
	undos := map[uint64]bool{}
	for e, err := range p.tx.Journal() {
		if err != nil {
			return err
		}
		if e.Batch == nil || e.Batch.Digest != p.plan.book.Digest {
			continue
		}
		by, err := p.tx.Undone(e.Seq)
		if err != nil {
			return err
		}
		undos[by] = by > 0
	}
	if len(undos) == 0 {
		return nil
	}
	for _, d := range p.plan.drafts {
		held, ok, err := p.tx.State(d.kind.Name, d.id)
		if err != nil {
			return err
		}
		if ok {
			p.bringBack(d, held, undos)
		}
	}
	return nil
}

func (p *planner) bringBack(d *draft, held store.State, undos map[uint64]bool) {
	if len(d.in) == 0 {
		return
	}
	d.redo = map[string]string{}
	wanted := map[string]string{store.VoidCell: ""}
	for name, cell := range d.in {
		wanted[name] = cell.Value(ownerOf(d.kind, name), p.office.Code)
	}
	for name, value := range wanted {
		shown := held[name].Shown(ownerOf(d.kind, name), p.office.Code)
		if shown != nil && shown.Value != value && p.tx.Mine(shown.Dot) && undos[shown.Counter] {
			d.redo[name] = value
		}
	}
}

// check reports what the record's own rules find in the cells the book wrote.
// Warnings are left to the checks over the whole ledger.
func (p *planner) check(d *draft) {
	b := p.bound[d.kind.Name]
	if b == nil {
		b = d.kind.Bind(d.kind.New())
		p.bound[d.kind.Name] = b
	}
	for _, problem := range b.Check(d.row) {
		if problem.Warning {
			continue
		}
		at, ok := place{}, false
		if i := d.kind.Index(problem.Field); i >= 0 {
			at, ok = d.at(i)
		}
		if !ok {
			if at, ok = anyPlace(d); !ok || problem.Message == "" || d.known {
				continue
			}
		}
		label, proposal := "", ""
		if f := d.kind.Field(problem.Field); f != nil {
			label = f.Label
			if len(problem.Proposals) > 0 {
				proposal = f.Show(problem.Proposals[0])
			}
		}
		p.doubt(at, label, problem.Message, proposal)
	}
}

// anyPlace is a row that speaks of the record.
func anyPlace(d *draft) (place, bool) {
	for i := range d.kind.Fields {
		if at, ok := d.at(i); ok {
			at.col = -1
			return at, true
		}
	}
	return place{}, false
}

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
	for _, k := range p.kinds {
		byKey := map[string][]field.Row{}
		add := func(row field.Row) {
			for _, key := range sameKeys(k, row, is) {
				for _, other := range byKey[key] {
					a, b := is(row.ID), is(other.ID)
					if a == b || !mayBeOne(k, row, other) {
						continue
					}
					canon[max(a, b)] = min(a, b)
					p.plan.joins = append(p.plan.joins, join{k.Name, min(a, b), max(a, b)})
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
		s, _, err := p.tx.State(k.Name, d.id)
		if err != nil {
			return nil, err
		}
		after := store.State{}
		for name, cell := range s {
			after[name] = cell
		}
		for name, cell := range d.in {
			after[name] = after[name].Join(cell, ownerOf(k, name))
		}
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
	if code := k.Value(row, "code"); code != "" && k.Name == "office" {
		keys = append(keys, "code|"+code)
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

// mayBeOne keeps apart what dates tell apart: two births, two terms.
func mayBeOne(k *field.Kind, a, b field.Row) bool {
	for i, f := range k.Fields {
		if f.Type != field.Day || a.Values[i] == b.Values[i] {
			continue
		}
		x, _ := field.DateOf(a.Values[i])
		y, _ := field.DateOf(b.Values[i])
		if f.Match && !x.Agrees(y) {
			return false
		}
		if numberOf(k) == nil && k.Named == "" && (x.IsZero() || y.IsZero() || !x.Agrees(y)) {
			return false
		}
	}
	return true
}

// count tells what applying would do. Records that only identify (the village
// of a person's row) count when the book creates them.
func (p *planner) count() error {
	r := &p.plan.Report
	for _, d := range p.plan.drafts {
		if p.stamped != nil {
			if len(d.in) == 0 {
				continue
			}
			out, err := p.tx.TryJoin(d.kind.Name, d.id, d.in)
			if err != nil {
				return err
			}
			r.Conflicts += len(out.Conflicts)
			d.quiet = !out.Changed && len(d.redo) == 0
			if _, back := d.redo[store.VoidCell]; back {
				out.New = true
			}
			out.Updated = out.Updated || len(d.redo) > 0
			if !out.New || d.listed() {
				tally(r, out.New, out.Updated)
			}
			continue
		}
		switch changed := d.changed(); {
		case !d.known:
			tally(r, true, false)
		case changed || d.from != nil:
			tally(r, false, changed)
		}
	}
	return nil
}

// listed reports whether a record has cells of its own, and not just the news
// that it was voided or joined.
func (d *draft) listed() bool {
	for name := range d.in {
		if name != store.VoidCell && name != store.SameCell {
			return true
		}
	}
	return false
}

func tally(r *Report, isNew, updated bool) {
	switch {
	case isNew:
		r.New++
	case updated:
		r.Updated++
	default:
		r.Same++
	}
}
