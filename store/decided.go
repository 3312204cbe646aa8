package store

// Decided is a conflict that found its end in this ledger: what stood against
// each other, and the decision, be it one that came with a book.
type Decided struct {
	Conflict         // as it stood
	Seq      uint64  // the operation that ended it
	Decision Version // what was decided
	Later    bool    // the cell was written again since
}

// Decided lists the conflicts that operations of this ledger ended by a
// decision, the newest first. Conflicts that ended otherwise, because somebody
// wrote the cell knowing both values, are none of them.
func (tx *Tx) Decided() ([]Decided, error) {
	var out []Decided
	later := map[recordKey]map[string]Cell{} // cells as they were before the operations visited so far
	for e, err := range tx.Journal() {
		if err != nil {
			return nil, err
		}
		if e.Event {
			continue
		}
		for c, err := range tx.changes(e.Seq) {
			if err != nil {
				return nil, err
			}
			key := recordKey{c.kind, tx.Canonical(c.id)}
			for name, was := range c.cells {
				d, ok, err := tx.decidedBy(key, name, was, later[key][name])
				if err != nil {
					return nil, err
				}
				if ok && !tx.retracted(out, d) {
					d.Seq = e.Seq
					out = append(out, d)
				}
				if later[key] == nil {
					later[key] = map[string]Cell{}
				}
				later[key][name] = was
			}
		}
	}
	return out, nil
}

// decidedBy finds the decision that ended a conflict: in the cell as it was
// before the next operation that changed it, else as it is.
func (tx *Tx) decidedBy(key recordKey, name string, was, after Cell) (d Decided, ok bool, err error) {
	owner := tx.owner(key.kind, name)
	if len(was) < 2 || !was.Conflict(owner) {
		return d, false, nil
	}
	now := after
	if now == nil {
		s, _, err := tx.State(key.kind, key.id)
		if err != nil {
			return d, false, err
		}
		now = s[name]
	}
	shown := now.Shown(owner, tx.Office().Code)
	if shown == nil || !shown.Decision || now.Conflict(owner) {
		return d, false, nil
	}
	c, ok := tx.ConflictIn(key.kind, key.id, name, was)
	return Decided{Conflict: c, Decision: *shown, Later: after != nil}, ok, nil
}

// retracted reports whether a decision is already listed under a later
// operation that only wrote it again.
func (tx *Tx) retracted(list []Decided, d Decided) bool {
	for i := range list {
		if list[i].Conflict.ID == d.Conflict.ID && list[i].Decision.Dot == d.Decision.Dot {
			return true
		}
	}
	return false
}
