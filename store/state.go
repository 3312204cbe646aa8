package store

import (
	"errors"
	"slices"

	"touyan/store/field"
	"touyan/store/vault"
)

// State returns all that is held of a record: with its aliases, every version
// of every cell. ok is false if the ledger has never heard of it.
//
// What each id holds stays where it lies, so that records taken apart again
// have what they had. A version lies with the record it was written in, or,
// come by a book that knew more, with the one that record was found to be; it
// speaks of the record it was written in wherever it lies.
func (tx *Tx) State(kind, id string) (s State, ok bool, err error) {
	id = tx.Canonical(id)
	group := tx.group(id)
	for _, member := range group {
		own, there, err := tx.ownState(kind, member)
		if err != nil {
			return nil, false, err
		}
		if !there {
			continue
		}
		if len(group) == 1 && own.alone(id) {
			return own, true, nil
		}
		if ok = true; s == nil {
			s = State{}
		}
		if err := tx.gather(s, kind, member, own); err != nil {
			return nil, false, err
		}
	}
	return s, ok, nil
}

// gather joins what lies under one id of a record into all that is held of it.
func (tx *Tx) gather(s State, kind, member string, own State) error {
	for name, cell := range own {
		if ownCell(name) && tx.Canonical(member) != member {
			continue
		}
		cell, err := tx.speaking(kind, member, name, cell)
		if err != nil {
			return err
		}
		if len(cell) > 0 {
			s[name] = s[name].Join(cell, tx.owner(kind, name))
		}
	}
	return nil
}

// alone reports whether all versions speak of the record they lie with.
func (s State) alone(id string) bool {
	for _, cell := range s {
		if slices.ContainsFunc(cell, func(v Version) bool { return v.Record != id }) {
			return false
		}
	}
	return true
}

// StateWith is State as it would be had the ledger taken in what a book holds.
func (tx *Tx) StateWith(kind, id string, in State) (State, error) {
	s, _, err := tx.State(kind, id)
	if err != nil {
		return nil, err
	}
	if s == nil {
		s = State{}
	}
	for name, cell := range in {
		if cell, err = tx.speaking(kind, id, name, cell.In(id)); err != nil {
			return nil, err
		}
		s[name] = s[name].Join(cell, tx.owner(kind, name))
	}
	return s, nil
}

// speaking leaves out the versions that speak of another record, to which the
// ledger has them: copies from the time when somebody took the two for one.
func (tx *Tx) speaking(kind, id, name string, cell Cell) (Cell, error) {
	var err error
	root := tx.Canonical(id)
	elsewhere := func(v Version) bool {
		if err != nil || v.Record == id || tx.Canonical(v.Record) == root {
			return false
		}
		for _, member := range tx.group(tx.Canonical(v.Record)) {
			s, _, fault := tx.ownState(kind, member)
			if err = fault; err != nil || s[name].holds(&v) || s[name].Known().Covers(v.writing()) {
				return err == nil
			}
		}
		return false
	}
	if !slices.ContainsFunc(cell, elsewhere) {
		return cell, err
	}
	cell = slices.DeleteFunc(slices.Clone(cell), elsewhere)
	return cell, err
}

// OwnCell returns a cell lying under exactly this id, without what its aliases
// hold: the program's own cells (VoidCell, SameCell) are sent so.
func (tx *Tx) OwnCell(kind, id, name string) (cell Cell, err error) {
	packed, ok, err := tx.packed(kind, id)
	if !ok || err != nil {
		return nil, err
	}
	plain, found := "", false
	_, birth, err := visitCells(packed, func(number uint64, value string, versions Cell) {
		if tx.db.names.name(number) == name {
			plain, cell, found = value, versions, true
		}
	})
	if err != nil {
		return nil, ErrDamaged
	}
	if found && cell == nil {
		birth.Value = plain
		cell = Cell{birth}
	}
	return cell.In(id), nil
}

// ownCell reports whether a cell speaks of one id and not of all a record has.
func ownCell(name string) bool { return name == SameCell || name == VoidCell }

func (tx *Tx) ownState(kind, id string) (State, bool, error) {
	packed, ok, err := tx.packed(kind, id)
	if !ok || err != nil {
		return nil, false, err
	}
	s, _, err := tx.db.names.unpack(packed)
	return s.in(id), err == nil, err
}

// put stores a record's own state and keeps the indexes true to it.
func (tx *Tx) put(kind, id string, s State) error {
	if tx.op == nil {
		return errors.New("write in a reading transaction")
	}
	key, err := idBytes(id)
	if err != nil {
		return err
	}
	if tx.purged(id) {
		return ErrPurged
	}
	old, err := tx.remember(kind, id)
	if err != nil {
		return err
	}
	delete(tx.made, recordKey{kind, id})
	var oldState State
	if old != "" {
		if oldState, _, err = tx.db.names.unpack(old); err != nil {
			return ErrDamaged
		}
	}
	if err := tx.write(kind, id, key, s); err != nil {
		return err
	}
	return tx.index(kind, id, oldState, s)
}

// write seals a state. Parts of the record that this session has no key for stay
// as they lie, and with them the stamp they were packed against.
func (tx *Tx) write(kind, id string, key [16]byte, s State) error {
	bucket := recordBucket(kind)
	old, err := tx.parts(bucket, key[:])
	if err != nil {
		return err
	}
	hidden := slices.DeleteFunc(slices.Clone(old), func(p part) bool { return p.sealed == nil })
	if s == nil {
		if len(hidden) > 0 {
			return ErrNoRight
		}
		return tx.del(bucket, key[:])
	}
	s = s.out(id)
	birth := birthOf(s)
	if len(hidden) > 0 {
		if _, birth, err = visitCells(joined(old), func(uint64, string, Cell) {}); err != nil {
			return ErrDamaged
		}
	}
	class, err := tx.classes(kind, old)
	if err != nil {
		return err
	}
	parts := tx.db.names.pack(s, tx.op.Seq, birth, class).parts()
	if k := (recordKey{kind, id}); tx.before[k] == "" {
		tx.made[k] = createdDigest(parts[0].plain)
	}
	return tx.putParts(bucket, key[:], append(parts, hidden...))
}

// parts opens a record's value, nil if there is none.
func (tx *Tx) parts(bucket string, key []byte) ([]part, error) {
	v := tx.bolt.Bucket([]byte(bucket)).Get(key)
	if v == nil {
		return nil, nil
	}
	return tx.openParts(bucket, key, v)
}

// classes tells the class of a kind's cells. One that only a newer program
// knows stays in the part where it lay.
func (tx *Tx) classes(kind string, old []part) (func(name string) field.Class, error) {
	k := tx.kinds.Kind(kind)
	lay := map[string]field.Class{}
	for _, p := range old {
		if p.class == vault.Class(field.Ordinary) || p.sealed != nil {
			continue
		}
		// A part without the ordinary one before it is cells alone.
		u := unpacker{s: string(p.plain)}
		for len(u.s) > 0 && !u.bad {
			n := u.number()
			if n&1 == 0 {
				u.text()
			} else {
				u.cell()
			}
			lay[tx.db.names.name(n>>1)] = field.Class(p.class)
		}
		if u.bad {
			return nil, ErrDamaged
		}
	}
	return func(name string) field.Class {
		if k != nil {
			if f := k.Field(name); f != nil {
				return f.Class
			}
		}
		return lay[name]
	}, nil
}

// remember keeps the record as it was before this operation, for the journal,
// and returns how it is now.
func (tx *Tx) remember(kind, id string) (string, error) {
	packed, _, err := tx.packed(kind, id)
	if err != nil {
		return "", err
	}
	k := recordKey{kind, id}
	if _, known := tx.before[k]; !known {
		tx.before[k] = packed
		tx.order = append(tx.order, k)
	}
	return packed, nil
}
