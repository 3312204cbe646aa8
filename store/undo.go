package store

import (
	"fmt"
	"maps"
	"slices"

	"touyan/store/field"
)

// TakenBack is why a record is void that an operation made which was undone
// after a book had left.
const TakenBack = "撤销"

// Later is a cell that was changed again after the batch somebody wants undone.
type Later struct {
	Kind, ID string
	Field    string // empty: the record as a whole
	Op       string
	Seq      uint64
}

// Undo takes back an operation. Where later work touched the same cells it
// returns them with ErrLater and changes nothing, unless keepLater is set:
// then those cells stay as they are.
//
// What never left the ledger is put back exactly as it was, conflicts
// included, so that the same book may be merged again as if for the first
// time. What was sent is taken back by new values, for those who received it
// must hear of it: created records are voided, changed cells rewritten. What was
// purged since stays so; ErrPurged if that was all.
func (db *DB) Undo(seq uint64, who Actor, keepLater bool) ([]Later, error) {
	var later []Later
	_, err := db.do(Entry{Op: "撤销", Who: who, Undid: seq}, func(tx *Tx) (err error) {
		later, err = tx.undo(seq, keepLater)
		return err
	})
	return later, err
}

func (tx *Tx) undo(seq uint64, keepLater bool) ([]Later, error) {
	e, ok, err := tx.Entry(seq)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, ErrNoBatch
	}
	undone, sent, err := tx.since(seq)
	if err != nil {
		return nil, err
	}
	if undone {
		return nil, ErrUndone
	}
	var list []change
	for c, err := range tx.changes(seq) {
		if err != nil {
			return nil, err
		}
		if c.hidden {
			return nil, ErrNoRight
		}
		list = append(list, c)
	}
	was := len(list)
	if list = slices.DeleteFunc(list, func(c change) bool { return tx.purged(c.id) }); len(list) == 0 && was > 0 {
		return nil, ErrPurged
	}
	merged := mergeChanges(list)
	later, err := tx.laterThan(seq, merged)
	if err == nil {
		later, err = tx.stillReferred(seq, sent, merged, later)
	}
	if err != nil {
		return nil, err
	}
	if len(later) > 0 && !keepLater {
		return later, ErrLater
	}
	kept := map[recordKey][]string{}
	for _, l := range later {
		k := recordKey{l.Kind, l.ID}
		kept[k] = append(kept[k], l.Field)
	}
	tx.force, tx.op.Why = true, e.Op
	for _, c := range slices.Backward(list) {
		fields := kept[recordKey{c.kind, c.id}]
		switch {
		case slices.Contains(fields, ""):
		case sent:
			err = tx.takeBack(c, fields)
		default:
			err = tx.putBack(c, fields)
		}
		if err != nil {
			return nil, fmt.Errorf("undo %s %s: %w", c.kind, c.id, err)
		}
	}
	return later, nil
}

// since tells whether an operation was undone already, and whether any book
// has left the ledger after it.
func (tx *Tx) since(seq uint64) (undone, sent bool, err error) {
	for e, err := range tx.Journal() {
		if err != nil {
			return false, false, err
		}
		if e.Seq <= seq {
			break
		}
		if e.Undid == seq {
			again, _, err := tx.since(e.Seq)
			if err != nil {
				return false, false, err
			}
			undone = undone || !again
		}
		sent = sent || e.Sent != nil
	}
	return undone, sent, nil
}

// Undone reports whether an operation was taken back, and by which.
func (tx *Tx) Undone(seq uint64) (by uint64, err error) {
	undone, _, err := tx.since(seq)
	if err != nil || !undone {
		return 0, err
	}
	for e, err := range tx.Journal() {
		if err != nil {
			return 0, err
		}
		if e.Undid == seq {
			return e.Seq, nil
		}
	}
	return 0, nil
}

// laterThan lists the cells of an operation that later ones wrote again. What
// was itself undone does not count. What was found to be one record counts as
// one, though its cells lie under several ids.
func (tx *Tx) laterThan(seq uint64, list []change) ([]Later, error) {
	touched := map[recordKey][]change{}
	for _, c := range list {
		k := recordKey{c.kind, tx.Canonical(c.id)}
		touched[k] = append(touched[k], c)
	}
	gone := map[uint64]bool{}
	var out []Later
	for e, err := range tx.Journal() {
		if err != nil {
			return nil, err
		}
		if e.Seq <= seq {
			break
		}
		if e.Undid > 0 && !gone[e.Seq] {
			gone[e.Undid] = true
			continue
		}
		if gone[e.Seq] || e.Undid > 0 {
			continue
		}
		found, err := tx.overlap(e, touched)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	return out, nil
}

// mergeChanges makes one change per record: a staged batch may create a record
// and change it in its last commit.
func mergeChanges(list []change) []change {
	var out []change
	at := map[recordKey]int{}
	for _, c := range list {
		k := recordKey{c.kind, c.id}
		i, again := at[k]
		if !again {
			at[k] = len(out)
			out = append(out, c)
			continue
		}
		if out[i].what != changed {
			continue
		}
		if c.what != changed {
			out[i] = c
			continue
		}
		cells := maps.Clone(c.cells)
		maps.Copy(cells, out[i].cells) // the first found what was before
		out[i].cells = cells
	}
	return out
}

func (tx *Tx) overlap(e Entry, touched map[recordKey][]change) ([]Later, error) {
	var out []Later
	for c, err := range tx.changes(e.Seq) {
		if err != nil {
			return nil, err
		}
		for _, mine := range touched[recordKey{c.kind, tx.Canonical(c.id)}] {
			if mine.what != changed {
				out = append(out, Later{c.kind, mine.id, "", e.Op, e.Seq})
				continue
			}
			for _, name := range tx.db.names.order(c.cells) {
				if _, same := mine.cells[name]; same {
					out = append(out, Later{c.kind, mine.id, name, e.Op, e.Seq})
				}
			}
		}
	}
	return out, nil
}

// putBack restores what a change found, to the letter.
func (tx *Tx) putBack(c change, kept []string) error {
	switch c.what {
	case created:
		return tx.put(c.kind, c.id, nil)
	case removed:
		s, _, err := tx.db.names.unpack(c.packed)
		if err != nil {
			return ErrDamaged
		}
		return tx.put(c.kind, c.id, s.in(c.id))
	}
	s, _, err := tx.ownState(c.kind, c.id)
	if err != nil {
		return err
	}
	if s == nil {
		s = State{}
	}
	for name, cell := range c.cells {
		switch {
		case slices.Contains(kept, name):
		case len(cell) == 0:
			delete(s, name)
		default:
			s[name] = cell
		}
	}
	return tx.put(c.kind, c.id, s)
}

// takeBack writes the former values as new ones.
func (tx *Tx) takeBack(c change, kept []string) error {
	k, err := tx.kind(c.kind)
	if err != nil {
		return err
	}
	s, ok, err := tx.ownState(c.kind, c.id)
	if err != nil {
		return err
	}
	former := c.cells
	switch c.what {
	case created:
		former = nil
		tx.overwrite(k, c.id, s, VoidCell, TakenBack)
	case removed:
		if !ok {
			return tx.putBack(c, nil)
		}
		if former, _, err = tx.db.names.unpack(c.packed); err != nil {
			return ErrDamaged
		}
		former.in(c.id)
		tx.overwrite(k, c.id, s, VoidCell, "")
	}
	for name, cell := range former {
		if !slices.Contains(kept, name) {
			tx.retract(c, s, name, cell)
		}
	}
	return tx.put(c.kind, c.id, s)
}

// overwrite sets a cell knowing of all its versions.
func (tx *Tx) overwrite(k *field.Kind, id string, s State, name, value string) {
	owner := tx.owner(k.Name, name)
	if s[name].Value(owner, tx.Office().Code) == value && len(s[name]) < 2 {
		return
	}
	v := tx.stamp(id, value)
	v.Was = s[name].Value(owner, tx.Office().Code)
	v.Knew = s[name].Known()
	s[name] = tx.replace(s[name], v, owner)
}

// retract writes what a cell showed before, knowing of what the operation
// knew and of nothing else. A conflict that stood before stands again.
func (tx *Tx) retract(c change, s State, name string, former Cell) {
	owner, office := tx.owner(c.kind, name), tx.Office().Code
	now := s[name]
	if now.sameValues(former) {
		return
	}
	wrote := now.keep(func(v *Version) bool { return !former.holds(v) })
	if len(wrote) == 0 {
		s[name] = now.Join(former, owner)
		return
	}
	v := tx.stamp(c.id, former.Value(owner, office))
	v.Was = now.Value(owner, office)
	v.Knew = wrote.Known().With(former.seen(owner, office).Known()...)
	if shown := former.Shown(owner, office); shown != nil {
		v.Decision = shown.Decision
	}
	others := former.keep(func(w *Version) bool { return w.Value != v.Value })
	for i := range others {
		w := &others[i]
		if v.knows(w) {
			// What was overwritten knowingly comes back only under a new stamp.
			w.Dot = DerivedDot(Digest("restored", v.Ledger, fmt.Sprint(v.Counter), c.id, name, w.Ledger, fmt.Sprint(w.Counter), w.Value))
			w.Knew = v.Knew
		}
	}
	s[name] = tx.replace(now, v, owner).Join(others, owner)
}

// holds reports whether a version is among a cell's.
func (c Cell) holds(v *Version) bool {
	return slices.ContainsFunc(c, func(w Version) bool { return w.Is(v) })
}

// sameValues reports whether two cells differ at most in their stamps.
func (c Cell) sameValues(other Cell) bool {
	within := func(a, b Cell) bool {
		return !slices.ContainsFunc(a, func(v Version) bool {
			return !slices.ContainsFunc(b, func(w Version) bool { return w.Value == v.Value && w.Level == v.Level && w.Decision == v.Decision })
		})
	}
	return within(c, other) && within(other, c)
}
