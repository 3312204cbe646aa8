package store

import (
	"fmt"
	"slices"

	"touyan/store/field"
)

// Same records that two records are one: the smaller id stays. It is a cell of
// the other, so it travels and can be undone like any cell.
func (tx *Tx) Same(kind, a, b string) error {
	a, b = tx.Canonical(a), tx.Canonical(b)
	if a == b {
		return nil
	}
	keep, alias := min(a, b), max(a, b)
	if err := tx.tellApart(kind, keep, alias); err != nil {
		return err
	}
	s, ok, err := tx.ownState(kind, alias)
	if err != nil {
		return err
	}
	if !ok {
		return ErrNoRecord
	}
	// Both offices may find it out by themselves: the derived stamp makes their
	// findings one and the same.
	sum := Digest("same", kind, keep, alias)
	v := Version{Dot: DerivedDot(sum), Value: keep, Knew: s[SameCell].Known()}
	s[SameCell] = s[SameCell].Join(Cell{v}, field.NoLevel)
	return tx.put(kind, alias, s)
}

// tellApart gives dots of their own to the alias's versions that share one with
// another value of the record kept. One operation may have written both
// records; were they to stand in one cell under one dot, whoever replaces the
// value he sees would replace the other unseen. The new dots are derived, so
// that all ledgers find the same, and know of nothing.
func (tx *Tx) tellApart(kind, keep, alias string) error {
	kept, _, err := tx.State(kind, keep)
	if err != nil {
		return err
	}
	for _, id := range append([]string{alias}, tx.Aliases(alias)...) {
		s, _, err := tx.ownState(kind, id)
		if err != nil {
			return err
		}
		changed := false
		for name, cell := range s {
			if name == SameCell || name == VoidCell {
				continue
			}
			apart := slices.Clone(cell)
			for i := range apart {
				if v := &apart[i]; kept[name].disputes(v) {
					v.Dot = DerivedDot(Digest("restamped", v.Ledger, fmt.Sprint(v.Counter), id, name))
					v.Knew, changed = nil, true
				}
			}
			s[name] = Cell{}.Join(apart, tx.owner(kind, name))
		}
		if !changed {
			continue
		}
		if err := tx.put(kind, id, s); err != nil {
			return err
		}
	}
	return nil
}

// disputes reports whether a cell holds another value under a version's dot.
func (c Cell) disputes(v *Version) bool {
	return slices.ContainsFunc(c, func(w Version) bool { return w.Dot == v.Dot && w.Value != v.Value })
}

// DerivedDot is the dot of a writing that no ledger issued, made from what it
// says: the same writing has the same dot everywhere.
func DerivedDot(sum [32]byte) Dot {
	sum[0] &^= 0x80
	return Dot{string(sum[:8]), 1}
}
