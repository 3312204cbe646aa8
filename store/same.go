package store

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"touyan/store/field"
)

// Same records that two records are one: the smaller id stays. It is a cell of
// the other, so it travels and can be undone like any cell.
//
// Nothing else is written. The values of both keep their stamps, which name
// the record they were written in (Writing), and a stamp knows just the
// writings it names (Writings): what one ledger wrote in one record is never
// taken for overwritten by what it wrote in the other. So a joined record
// holds every value that nobody replaced knowingly, and who joins, when, and
// what he had heard of by then has no part in it. Were the stamps of one of
// the two written anew at the joining, ledgers that hold different versions at
// that moment would end with different stamps.
//
// Of several findings about one record all count, whichever came first: all
// that is linked by any of them is one record, and goes under the smallest id.
func (tx *Tx) Same(kind, a, b string) error {
	a, b = tx.Canonical(a), tx.Canonical(b)
	if a == b {
		return nil
	}
	keep, alias := min(a, b), max(a, b)
	if _, ok, err := tx.packed(kind, keep); err != nil || !ok {
		return cmp.Or(err, ErrNoRecord)
	}
	s, ok, err := tx.ownState(kind, alias)
	if err != nil {
		return err
	}
	if !ok {
		return ErrNoRecord
	}
	// Both offices may find it out by themselves: the derived stamp makes their
	// findings one and the same. After a finding was taken back it is another.
	parts := []string{"same", kind, keep, alias}
	knew := s[SameCell].Known()
	for _, w := range knew {
		parts = append(parts, w.Ledger, fmt.Sprint(w.Counter), w.Record)
	}
	v := Version{Dot: DerivedDot(Digest(parts...)), Record: alias, Value: keep, Knew: knew}
	s[SameCell] = s[SameCell].Join(Cell{v}, tx.owner(kind, SameCell))
	return tx.put(kind, alias, s)
}

// Apart takes back that records were found to be one with this: each goes under
// its own id again, with what was written in it. It travels like any cell, and
// equal numbers and names do not join them again by themselves (Parted).
func (tx *Tx) Apart(kind, id string) error {
	for _, alias := range slices.Clone(tx.Aliases(tx.Canonical(id))) {
		s, ok, err := tx.ownState(kind, alias)
		if err != nil || !ok {
			return cmp.Or(err, ErrNoRecord)
		}
		v := tx.stamp(alias, "")
		v.Was, v.Knew = s[SameCell].Value(field.NoLevel, tx.Office().Code), s[SameCell].Known()
		s[SameCell] = tx.replace(s[SameCell], v, tx.owner(kind, SameCell))
		if err := tx.put(kind, alias, s); err != nil {
			return err
		}
	}
	return nil
}

// Parted reports that somebody said of two records that they are not one.
func (tx *Tx) Parted(kind, a, b string) (bool, error) {
	cell, err := tx.OwnCell(kind, max(a, b), SameCell)
	return err == nil && len(cell) > 0 && len(cell.found()) == 0, err
}

// DerivedDot is the dot of a writing that no ledger issued, made from what it
// says: the same writing has the same dot everywhere.
func DerivedDot(sum [32]byte) Dot {
	sum[0] &^= 0x80
	return Dot{string(sum[:8]), 1}
}

// Canonical returns the id under which a record now goes: its own, or that of
// the record it was found to be.
func (tx *Tx) Canonical(id string) string { return canonical(tx.aliases, id) }

// canonical follows aliases, which lead from each id to a smaller one.
func canonical(aliases map[string]string, id string) string {
	for to, ok := aliases[id]; ok; to, ok = aliases[id] {
		id = to
	}
	return id
}

// Aliases returns the ids that were found to be this record.
func (tx *Tx) Aliases(id string) []string {
	if len(tx.aliases) == 0 {
		return nil
	}
	if tx.members == nil {
		tx.members = map[string][]string{}
		for alias := range tx.aliases {
			c := tx.Canonical(alias)
			tx.members[c] = append(tx.members[c], alias)
		}
		for _, list := range tx.members {
			slices.Sort(list)
		}
	}
	return tx.members[id]
}

// group lists the ids of a record, the canonical one first.
func (tx *Tx) group(canonical string) []string {
	return append([]string{canonical}, tx.Aliases(canonical)...)
}

// found lists what a record was found to be.
func (c Cell) found() (ids []string) {
	for i := range c {
		if id := c[i].Value; IsID(id) && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// indexAlias keeps what a record was found to be, and returns the canonical
// ids of all records that now hold more, or less, than before.
func (tx *Tx) indexAlias(id string, old, now Cell) ([]string, error) {
	was, is := old.found(), now.found()
	if slices.Equal(was, is) {
		return []string{tx.Canonical(id)}, nil
	}
	if !tx.regroup {
		tx.aliases, tx.regroup = maps.Clone(tx.aliases), true
	}
	key, err := idBytes(id)
	if err != nil {
		return nil, err
	}
	if len(is) == 0 {
		err = tx.del("aliases", key[:])
	} else {
		err = tx.set("aliases", key[:], []byte(strings.Join(is, " ")))
	}
	if err != nil {
		return nil, err
	}
	lost := slices.ContainsFunc(was, func(to string) bool { return !slices.Contains(is, to) })
	if lost {
		return tx.part(tx.group(tx.Canonical(id)))
	}
	for _, to := range is {
		tx.unite(id, to)
	}
	return []string{tx.Canonical(id)}, nil
}

func (tx *Tx) unite(a, b string) {
	keep, alias := unite(tx.aliases, a, b)
	if keep == alias || tx.members == nil {
		return
	}
	list := slices.Concat(tx.members[keep], []string{alias}, tx.members[alias])
	slices.Sort(list)
	tx.members[keep] = list
	delete(tx.members, alias)
}

// unite makes two records one in the aliases, and returns the id that stays
// and the one that no longer counts.
func unite(aliases map[string]string, a, b string) (keep, alias string) {
	a, b = canonical(aliases, a), canonical(aliases, b)
	if keep, alias = min(a, b), max(a, b); keep != alias {
		aliases[alias] = keep
	}
	return keep, alias
}

// part groups the ids of one record anew by what was still found of them.
func (tx *Tx) part(ids []string) (roots []string, err error) {
	for _, id := range ids {
		delete(tx.aliases, id)
		delete(tx.members, id)
	}
	for _, id := range ids {
		key, err := idBytes(id)
		if err != nil {
			return nil, err
		}
		plain, err := tx.get("aliases", key[:])
		if err != nil {
			return nil, err
		}
		for to := range strings.FieldsSeq(string(plain)) {
			tx.unite(id, to)
		}
	}
	for _, id := range ids {
		if root := tx.Canonical(id); !slices.Contains(roots, root) {
			roots = append(roots, root)
		}
	}
	return roots, nil
}
