package store

// Return is what undoing an operation would do, told before it is done.
type Return struct {
	Changes []Change // what it did and what would go back, one for each record
	Sent    bool     // a book has left since: what was created is voided, not removed
	Later   []Later  // cells changed again meanwhile
	Undone  bool     // it was taken back already
}

// Return looks at what undoing an operation would do.
func (tx *Tx) Return(seq uint64) (r Return, err error) {
	if _, ok, err := tx.Entry(seq); err != nil || !ok {
		if err == nil {
			err = ErrNoBatch
		}
		return r, err
	}
	var list []change
	for c, err := range tx.changes(seq) {
		if err != nil {
			return r, err
		}
		list = append(list, c)
	}
	merged := mergeChanges(list)
	office := tx.Office().Code
	for _, c := range merged {
		r.Changes = append(r.Changes, c.told(tx, seq, office))
	}
	if r.Undone, r.Sent, err = tx.since(seq); err != nil || r.Undone {
		return r, err
	}
	if r.Later, err = tx.laterThan(seq, merged); err != nil {
		return r, err
	}
	r.Later, err = tx.stillReferred(seq, r.Sent, merged, r.Later)
	return r, err
}
