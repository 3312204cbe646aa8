package store

import (
	"encoding/binary"
	"maps"

	"touyan/store/field"
)

// index keeps references and aliases.
func (tx *Tx) index(kind, id string, old, now State) error {
	k := tx.db.kinds.Kind(kind)
	office := tx.Office().Code
	refs := tx.bolt.Bucket([]byte("refs"))
	for i := range k.Fields {
		f := &k.Fields[i]
		if f.Type != field.Ref {
			continue
		}
		was, is := old[f.Name].Value(f.Owner, office), now[f.Name].Value(f.Owner, office)
		if was == is {
			continue
		}
		if key, ok := tx.refKey(was, f.Name, kind, id); ok {
			if err := refs.Delete(key); err != nil {
				return err
			}
		}
		if key, ok := tx.refKey(is, f.Name, kind, id); ok {
			if err := refs.Put(key, seal("refs", key, nil)); err != nil {
				return err
			}
		}
	}
	return tx.indexAlias(id, old[SameCell].Value(field.NoLevel, office), now[SameCell].Value(field.NoLevel, office))
}

func (tx *Tx) indexAlias(id, was, is string) error {
	if was == is {
		return nil
	}
	tx.aliases, tx.members = maps.Clone(tx.aliases), nil
	b := tx.bolt.Bucket([]byte("aliases"))
	key, err := idBytes(id)
	if err != nil {
		return err
	}
	if is == "" {
		delete(tx.aliases, id)
		return b.Delete(key[:])
	}
	tx.aliases[id] = is
	return b.Put(key[:], seal("aliases", key[:], []byte(is)))
}

// indexConflicts notes which cells of a record (with its aliases) differ.
func (tx *Tx) indexConflicts(kind, id string) error {
	id = tx.Canonical(id)
	s, _, err := tx.State(kind, id)
	if err != nil {
		return err
	}
	own, err := idBytes(id)
	if err != nil {
		return err
	}
	b := tx.bolt.Bucket([]byte("conflicts"))
	for name, cell := range s {
		key := binary.BigEndian.AppendUint32(nil, uint32(tx.db.names.number(kind)))
		key = append(key, own[:]...)
		key = binary.BigEndian.AppendUint32(key, uint32(tx.db.names.number(name)))
		there := b.Get(key) != nil
		switch wanted := cell.Conflict(tx.owner(kind, name)); {
		case wanted && !there:
			err = b.Put(key, seal("conflicts", key, nil))
		case !wanted && there:
			err = b.Delete(key)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
