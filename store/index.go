package store

import (
	"encoding/binary"
	"slices"

	"touyan/store/field"
)

// index keeps references and aliases, and the conflicts of all records that
// hold other cells than before.
func (tx *Tx) index(kind, id string, old, now State) error {
	k := tx.kinds.Kind(kind)
	for i := range k.Fields {
		f := &k.Fields[i]
		if f.Type != field.Ref {
			continue
		}
		was, is := old[f.Name].values(), now[f.Name].values()
		for _, target := range was {
			if key, ok := tx.refKey(target, f.Name, kind, id); ok && !slices.Contains(is, target) {
				if err := tx.del("refs", key); err != nil {
					return err
				}
			}
		}
		for _, target := range is {
			if key, ok := tx.refKey(target, f.Name, kind, id); ok && !slices.Contains(was, target) {
				if err := tx.set("refs", key, nil); err != nil {
					return err
				}
			}
		}
	}
	roots, err := tx.indexAlias(id, old[SameCell], now[SameCell])
	if err != nil {
		return err
	}
	for _, root := range roots {
		if err := tx.indexConflicts(kind, root); err != nil {
			return err
		}
	}
	return nil
}

// values lists what a cell's versions say. All of them are indexed: which one a
// joined record shows, no member of it can tell alone.
func (c Cell) values() (out []string) {
	for i := range c {
		out = append(out, c[i].Value)
	}
	return out
}

// indexConflicts notes which cells of a record differ, told by its canonical id.
func (tx *Tx) indexConflicts(kind, id string) error {
	s, _, err := tx.State(kind, id)
	if err != nil {
		return err
	}
	own, err := idBytes(id)
	if err != nil {
		return err
	}
	for name, cell := range s {
		key := binary.BigEndian.AppendUint32(nil, uint32(tx.db.names.number(kind)))
		key = append(key, own[:]...)
		key = binary.BigEndian.AppendUint32(key, uint32(tx.db.names.number(name)))
		there := tx.has("conflicts", key)
		switch wanted := cell.Conflict(tx.owner(kind, name)); {
		case wanted && !there:
			err = tx.set("conflicts", key, nil)
		case !wanted && there:
			err = tx.del("conflicts", key)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
