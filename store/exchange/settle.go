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

// settle decides the new conflicts as the caller chose, and counts the rest.
func (p *Plan) settle(tx *store.Tx) error {
	if p.side == Leave {
		return nil
	}
	list, err := tx.Conflicts()
	if err != nil {
		return err
	}
	p.left = 0
	why := map[Side]string{Ours: "以本级为准", Theirs: "以对方为准"}[p.side]
	for i := range list {
		c := &list[i]
		if p.open[c.ID] {
			continue
		}
		value, ok := p.side.of(c, tx.Office().Code)
		if !ok {
			p.left++
			continue
		}
		if err := tx.Decide(c.Kind, c.Record, c.Field, value); err != nil {
			return err
		}
		tx.NoteWhy(why)
	}
	return nil
}

// of is the value a side stands for.
func (s Side) of(c *store.Conflict, office string) (value string, ok bool) {
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
