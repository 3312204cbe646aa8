package exchange

import (
	"slices"

	"touyan/store"
	"touyan/store/field"
)

// finish checks what was typed, finds records that are one, and counts.
func (p *planner) finish() error {
	for _, d := range p.plan.drafts {
		resting := d.body == nil
		d.body = p.plan.unpack(d)
		cut := false
		if d.edit {
			var err error
			if cut, err = p.check(d); err != nil {
				return err
			}
		}
		if cut {
			d.rest()
		} else if resting {
			d.body = nil
		}
	}
	if p.stamped != nil {
		p.unknownCells()
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
			d.bring(name, cell.versions...)
		}
	}
	return nil
}

// check reports what the record's own rules find in the cells the book wrote.
// Warnings are left to the checks over the whole ledger. cut tells that cells
// were left out.
func (p *planner) check(d *draft) (cut bool, err error) {
	b := p.bound[d.kind.Name]
	if b == nil {
		b = d.kind.Bind(d.kind.New())
		p.bound[d.kind.Name] = b
	}
	row, err := p.whole(d)
	if err != nil {
		return false, err
	}
	var wrong []int
	for _, problem := range b.Check(row) {
		if problem.Warning {
			continue
		}
		at, ok := place{}, false
		i := d.kind.Index(problem.Field)
		if i >= 0 {
			at, ok = d.at(i)
		}
		if ok {
			wrong = append(wrong, i)
		} else {
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
	for _, i := range wrong {
		p.leaveOut(d, i)
	}
	return len(wrong) > 0, nil
}

// whole is a record as the book would leave it: what came with stamps, too, not
// only what was typed.
func (p *planner) whole(d *draft) (field.Row, error) {
	if p.stamped == nil || d.known {
		return d.row, nil
	}
	s, err := p.tx.StateWith(d.kind.Name, d.id, d.in)
	if err != nil {
		return field.Row{}, err
	}
	row := p.tx.RowOf(d.kind, d.id, s)
	for i := range row.Values {
		if _, typed := d.at(i); typed {
			row.Values[i] = d.row.Values[i]
		}
	}
	return row, nil
}

// leaveOut takes a cell that contradicts others out of the draft again: it
// waits in the book of bad rows, and what the ledger has stays.
func (p *planner) leaveOut(d *draft, i int) {
	if d.known || !d.kind.Fields[i].Required {
		d.row.Values[i] = d.base.Values[i]
	}
	if p.stamped == nil {
		return
	}
	name := d.kind.Fields[i].Name
	d.in[name] = slices.DeleteFunc(d.in[name], func(v store.Version) bool { return p.typedHere[v.Dot] })
	if len(d.in[name]) == 0 {
		delete(d.in, name)
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

// count tells what applying would do. Records that only identify (the village
// of a person's row) count when the book creates them.
func (p *planner) count() error {
	r := &p.plan.Report
	if p.stamped != nil {
		var err error
		if p.plan.Coming, err = p.coming(); err != nil {
			return err
		}
		r.Conflicts = len(p.plan.Coming)
	}
	for _, d := range p.plan.drafts {
		if p.stamped != nil {
			if len(d.in) == 0 {
				if p.plan.adopted && d.from != nil {
					tally(r, false, false)
				}
				continue
			}
			out, err := p.tx.TryJoin(d.kind.Name, d.id, d.in)
			if err != nil {
				return err
			}
			d.quiet = !out.Changed && len(d.redo) == 0
			if _, back := d.redo[store.VoidCell]; back {
				out.New = true
			}
			out.Updated = out.Updated || len(d.redo) > 0
			d.isNew, d.isUpdated = out.New, out.Updated
			if !out.New || d.listed() {
				tally(r, out.New, out.Updated)
			}
			continue
		}
		if d.body == nil {
			tally(r, true, false) // only what is new rests
			continue
		}
		switch changed := d.changed(); {
		case !d.known:
			tally(r, true, false)
		case changed || d.from != nil:
			tally(r, false, changed)
		}
	}
	if p.stamped != nil {
		if err := p.bringNews(); err != nil {
			return err
		}
	}
	return p.judge()
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
