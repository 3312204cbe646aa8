package exchange

import (
	"slices"
	"strings"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
)

// narrowOwn keeps, of the fields that offices added (自定义项), those meant for
// the offices below, and those the addressee or an office under it had a hand in.
func (s *scope) narrowOwn(tx *store.Tx, to store.Office) error {
	s.own = map[string]bool{}
	own, err := tx.Own()
	if err != nil {
		return err
	}
	for _, o := range own {
		mine := o.Kind != "custom" || o.Cells["reach"] == record.ReachBelow // rules go to all below
		held, _, err := tx.State(o.Kind, o.ID)
		if err != nil {
			return err
		}
		for _, cell := range held {
			mine = mine || slices.ContainsFunc(cell, func(v store.Version) bool { return strings.HasPrefix(stem(v.Office), stem(to.Code)) })
		}
		s.own[o.ID] = mine
	}
	return nil
}

// shows leaves out the columns of such fields that the addressee does not get, and
// of those taken out since the forms were made; what stands under them goes along
// unseen.
func (s *scope) shows(tx *store.Tx, forms []*field.Form) (*store.Tx, []*field.Form, error) {
	if s.own != nil {
		var err error
		if tx, err = tx.Showing(func(id string) bool { return s.own[id] }); err != nil {
			return nil, nil, err
		}
	}
	kinds := tx.Kinds()
	out := make([]*field.Form, len(forms))
	for i, f := range forms {
		less := *f
		less.Columns = slices.DeleteFunc(slices.Clone(f.Columns), func(c field.Column) bool {
			_, _, _, err := kinds.Resolve(f.Kind, c.Path)
			return c.Path != "" && err != nil
		})
		out[i] = &less
	}
	return tx, out, nil
}

// defines are the definitions of such fields that a book may show.
func (s *scope) defines(tx *store.Tx) ([]store.OwnRow, error) {
	own, err := tx.Own()
	return slices.DeleteFunc(own, func(o store.OwnRow) bool { return s.own != nil && !s.own[o.ID] }), err
}

// unknownCells takes over what the book says of records in it under names that
// no field of ours has, or that its tables do not show: they are kept as they
// are, and sent on.
func (p *planner) unknownCells() {
	for _, key := range p.stamped.order {
		d := p.drafts[recordKey{key.kind, p.tx.Canonical(key.id)}]
		if d == nil || !d.listed() {
			continue // its row did not come back
		}
		for name, cell := range p.stamped.records[key] {
			i := d.kind.Index(name)
			shown := i >= 0 && cell.digest != [digestSize]byte{}
			if i >= 0 && i < d.kind.Bound() || shown || name == store.VoidCell || name == store.SameCell {
				continue
			}
			d.bring(name, cell.versions...)
		}
	}
}
