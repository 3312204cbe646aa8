package exchange

import "touyan/store"

// Side says what a merge does with the conflicts it brings.
type Side int

// The sides. A conflict is left to a person where a side has not spoken for
// itself (Ours without a word of this office) or speaks with several voices
// (Theirs with more than one other value).
const (
	Leave Side = iota
	Ours
	Theirs
)

// Settle has the plan decide the conflicts it brings, in the same batch, for
// one side. Conflicts of before stay as they are.
func (p *Plan) Settle(side Side) { p.side = side }

// Settled is the report as it will be once the plan is applied.
func (p *Plan) Settled(office string) Report {
	r := p.Report
	for i := range p.Coming {
		if _, ok := p.side.of(&p.Coming[i].Conflict, office); ok {
			r.Decided++
		}
	}
	r.Conflicts -= r.Decided
	return r
}

// settle decides the conflicts the plan brings as the caller chose, and counts
// them and the records that only this changes.
func (p *Plan) settle(tx *store.Tx) error {
	p.decided = 0
	if err := p.judgeAll(tx); err != nil {
		return err
	}
	if err := p.settleSide(tx); err != nil {
		return err
	}
	return p.countOverruled(tx)
}

// settleSide decides what no verdict spoke of.
func (p *Plan) settleSide(tx *store.Tx) error {
	if p.side == Leave {
		return nil
	}
	why := map[Side]string{Ours: "以本级为准", Theirs: "以对方为准"}[p.side]
	for _, d := range p.Coming {
		c, open, err := tx.Conflict(d.Conflict.Kind, d.Conflict.Record, d.Conflict.Field)
		if err != nil {
			return err
		}
		value, ok := p.side.of(&c, tx.Office().Code)
		if !open || !ok {
			continue
		}
		if err := tx.Decide(c.Kind, c.Record, c.Field, value); err != nil {
			return err
		}
		tx.NoteWhy(why)
		p.decided++
	}
	return nil
}

// countOverruled counts the records whose shown values the book changes by
// decisions alone; before them the book left such a record as it was.
func (p *Plan) countOverruled(tx *store.Tx) error {
	p.overruled = 0
	same := map[string]bool{}
	for i := range p.News {
		same[p.News[i].Record] = p.News[i].State == RowSame
	}
	for i := range p.Coming {
		d := &p.Coming[i]
		if d.Kind == nil || d.Field == nil || !same[d.Conflict.Record] {
			continue
		}
		row, _, err := tx.Row(d.Kind.Name, d.Conflict.Record)
		if err != nil {
			return err
		}
		if d.Kind.Value(row, d.Field.Name) != d.Shown.Value {
			same[d.Conflict.Record] = false
			p.overruled++
		}
	}
	return nil
}

// of is the value a side stands for.
func (s Side) of(c *store.Conflict, office string) (value string, ok bool) {
	if s == Leave {
		return "", false
	}
	others := map[string]bool{}
	own := false
	for _, v := range c.Versions {
		if v.Office == office {
			own = true
		} else {
			others[v.Value] = true
			value = v.Value
		}
	}
	if s == Ours {
		return c.Shown.Value, own
	}
	return value, len(others) == 1
}
