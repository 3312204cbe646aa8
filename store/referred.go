package store

import (
	"encoding/binary"
	"iter"
	"slices"

	"touyan/store/field"
)

// Link is one reference to a record.
type Link struct {
	Kind, Field, ID string
}

// Referring lists the records that show a reference to this one. A value that
// was replaced, be it under another id of the same record, or that stands
// unshown in a conflict, is no reference.
func (tx *Tx) Referring(id string) ([]Link, error) {
	id = tx.Canonical(id)
	var out []Link
	for _, target := range tx.group(id) {
		for l := range tx.links(target) {
			l.ID = tx.Canonical(l.ID)
			if slices.Contains(out, l) {
				continue
			}
			row, ok, err := tx.Row(l.Kind, l.ID)
			if err != nil {
				return nil, err
			}
			if ok && tx.kinds.Kind(l.Kind).Value(row, l.Field) == id {
				out = append(out, l)
			}
		}
	}
	return out, nil
}

// Referrers reads the records of T's kind that count and show a reference to id
// in the field of that name.
func Referrers[T any, P interface {
	*T
	field.Record
}](tx *Tx, id, name string) ([]P, error) {
	k, err := tx.kindOf(P(new(T)))
	if err != nil {
		return nil, err
	}
	links, err := tx.Referring(id)
	if err != nil {
		return nil, err
	}
	var out []P
	for _, l := range links {
		if l.Kind != k.Name || l.Field != name {
			continue
		}
		rec, err := Get[T, P](tx, l.ID)
		if err != nil {
			return nil, err
		}
		if rec.Header().Void == "" {
			out = append(out, rec)
		}
	}
	return out, nil
}

// referred finds the records an operation created that other work still leans
// on, so that undoing it leaves no reference in the air.
type referred struct {
	tx   *Tx
	seq  uint64
	sent bool
	mine map[recordKey]change
	kept map[recordKey][]Later
}

// stillReferred adds to what later work touched the created records that later
// work refers to. What is kept keeps what it refers to in its turn.
func (tx *Tx) stillReferred(seq uint64, sent bool, list []change, later []Later) ([]Later, error) {
	r := referred{tx, seq, sent, map[recordKey]change{}, map[recordKey][]Later{}}
	for _, c := range list {
		r.mine[recordKey{c.kind, c.id}] = c
	}
	for _, l := range later {
		k := recordKey{l.Kind, l.ID}
		r.kept[k] = append(r.kept[k], l)
	}
	for more := true; more; {
		more = false
		for _, c := range list {
			k := recordKey{c.kind, c.id}
			if c.what != created || len(r.kept[k]) > 0 {
				continue
			}
			why, found, err := r.by(c.id)
			if err != nil {
				return nil, err
			}
			if found {
				l := Later{c.kind, c.id, "", why.Op, why.Seq}
				r.kept[k], later, more = []Later{l}, append(later, l), true
			}
		}
	}
	return later, nil
}

// by finds the later work that refers to a created record, be it through an
// alias the operation has no part in.
func (r *referred) by(id string) (Later, bool, error) {
	targets := []string{id}
	if r.tx.Canonical(id) == id {
		targets = r.tx.group(id)
	}
	for i, target := range targets {
		if i > 0 && r.joined(target) {
			continue
		}
		for l := range r.tx.links(target) {
			why, holds, err := r.holds(l)
			if holds || err != nil {
				return why, holds, err
			}
		}
	}
	return Later{}, false, nil
}

// joined reports whether the operation itself made an alias one, or made it.
func (r *referred) joined(alias string) bool {
	for _, k := range r.tx.kinds {
		if c, ok := r.mine[recordKey{k.Name, alias}]; ok {
			_, same := c.cells[SameCell]
			return same || c.what == created
		}
	}
	return false
}

// holds reports whether a reference will still stand after the undo, and
// whose work that is.
func (r *referred) holds(l Link) (Later, bool, error) {
	k := recordKey{l.Kind, l.ID}
	c, mine := r.mine[k]
	if mine {
		_, wrote := c.cells[l.Field]
		if c.what == created || wrote {
			i := slices.IndexFunc(r.kept[k], func(w Later) bool { return w.Field == "" || w.Field == l.Field })
			if i < 0 {
				return Later{}, false, nil
			}
			return r.kept[k][i], true, nil
		}
	}
	return r.later(k)
}

// later names the operation that wrote a referring record last. One from
// before the undone operation referred to what was not there yet, and may
// again; a voided one leans on nothing that is only voided with it.
func (r *referred) later(k recordKey) (Later, bool, error) {
	packed, ok, err := r.tx.packed(k.kind, k.id)
	if !ok || err != nil {
		return Later{}, false, err
	}
	s, last, err := r.tx.db.names.unpack(packed)
	if err != nil || last <= r.seq {
		return Later{}, false, err
	}
	if r.sent && s[VoidCell].Value(r.tx.owner(k.kind, VoidCell), r.tx.Office().Code) != "" {
		return Later{}, false, nil
	}
	e, _, err := r.tx.Entry(last)
	return Later{Op: e.Op, Seq: last}, true, err
}

// links visits the references to exactly this id, from the ids they lie under:
// every value held, shown or not.
func (tx *Tx) links(target string) iter.Seq[Link] {
	return func(yield func(Link) bool) {
		key, err := idBytes(target)
		if err != nil {
			return
		}
		c := tx.bolt.Bucket([]byte("refs")).Cursor()
		for k, _ := c.Seek(key[:]); len(k) == 40 && string(k[:16]) == string(key[:]); k, _ = c.Next() {
			l := Link{
				Field: tx.db.names.name(uint64(binary.BigEndian.Uint32(k[16:]))),
				Kind:  tx.db.names.name(uint64(binary.BigEndian.Uint32(k[20:]))),
				ID:    idText([16]byte(k[24:])),
			}
			if !yield(l) {
				return
			}
		}
	}
}

func (tx *Tx) refKey(target, name, kind, id string) ([]byte, bool) {
	t, err := idBytes(target)
	if err != nil {
		return nil, false
	}
	own, err := idBytes(id)
	if err != nil {
		return nil, false
	}
	key := slices.Concat(t[:], make([]byte, 8), own[:])
	binary.BigEndian.PutUint32(key[16:], uint32(tx.db.names.number(name)))
	binary.BigEndian.PutUint32(key[20:], uint32(tx.db.names.number(kind)))
	return key, true
}
