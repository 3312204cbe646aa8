package store

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"iter"
	"maps"
	"slices"

	"touyan/store/field"
)

// Past is what one operation did to one record: who, when, in which operation
// and from which book stand in its Entry.
type Past struct {
	Entry   Entry
	Kind    string
	ID      string // under which the cells lie; that of an alias if it was written there
	Created bool
	Removed bool       // an undo took the record out as if it had never been
	Cells   []PastCell // in the order of the kind's fields
}

// PastCell is one cell before and after an operation.
type PastCell struct {
	Name, Label      string
	Was, Now         string   // canonical, as this ledger showed them
	WasText, NowText string   // in office words, nothing masked
	Beside           []string // in words: what came to stand against the value shown
	Origin           Origin   // who wrote it where that was not this ledger: another office, or a hand in a book
}

// LabelOf is what people call a cell, also one of the program's own. f is nil
// for those, and for a cell of a newer program.
func LabelOf(f *field.Field, name string) string {
	switch {
	case f != nil:
		return f.Label
	case name == VoidCell:
		return "作废原因"
	case name == SameCell:
		return "并入的记录"
	}
	return name
}

// History visits what finished operations did to a record, under its own id and
// those of its aliases, the newest first. with names kinds whose records are
// looked at too where they refer to it ("post" and "reserve" for a person).
//
// There is no index of it: a block of the journal that does not hold one of the
// ids is passed over unread, blocks later than the last writing are not looked
// at, and the reading ends with the making of the last record. Whoever needs
// the newest few stops there.
func (tx *Tx) History(kind, id string, with ...string) iter.Seq2[Past, error] {
	return func(yield func(Past, error) bool) {
		h, err := tx.traces(kind, id, with)
		if err == nil {
			err = h.walk(yield)
		}
		if err != nil {
			yield(Past{}, err)
		}
	}
}

// Did tells what an operation did to records, at most so many of them: each
// with its cells before and after. more is how many it did something to beside.
// Of what this session has no key for it answers ErrNoRight.
func (tx *Tx) Did(seq uint64, most int) (list []Past, more int, err error) {
	h := &history{tx: tx}
	known := map[recordKey]bool{}
	for c, err := range tx.changes(seq) {
		if err != nil {
			return nil, 0, err
		}
		key := recordKey{c.kind, c.id}
		if known[key] {
			continue
		}
		known[key] = true
		if len(h.traces) == most {
			more++
			continue
		}
		if err := h.follow(key); err != nil {
			return nil, 0, err
		}
	}
	if len(h.traces) == 0 {
		return nil, 0, nil
	}
	h.last = tx.Seq()
	err = h.walk(func(p Past, err error) bool {
		if p.Entry.Seq == seq {
			list = append(list, p)
		}
		return p.Entry.Seq >= seq
	})
	return list, more, err
}

// Touched are the records an operation did something to, at most so many of
// them, and whether there are more. Of what this session has no key for it
// answers ErrNoRight.
func (tx *Tx) Touched(seq uint64, most int) (list []Touch, more bool, err error) {
	for c, err := range tx.changes(seq) {
		if err != nil {
			return nil, false, err
		}
		t := Touch{c.kind, c.id}
		if slices.Contains(list, t) {
			continue
		}
		if len(list) == most {
			return list, true, nil
		}
		list = append(list, t)
	}
	return list, false, nil
}

// Touch is a record an operation did something to.
type Touch struct{ Kind, ID string }

// follow takes one more record along, as it is now.
func (h *history) follow(key recordKey) error {
	s, there, err := h.tx.ownState(key.kind, key.id)
	if err != nil {
		return err
	}
	if !there {
		s = nil
	}
	h.traces = append(h.traces, &trace{kind: key.kind, id: key.id, needle: []byte(key.id), state: s})
	return nil
}

// history goes back through the journal with some records.
type history struct {
	tx     *Tx
	last   uint64 // the last operation that wrote one of them
	traces []*trace
}

// trace is one record on the way back.
type trace struct {
	kind, id string
	needle   []byte // its id as a change spells it
	state    State  // as it was after the operation at hand; nil: not there
	after    State  // as it was after the operation that is being read
	touched  bool   // by that operation
	done     bool   // nothing before this can speak of it
}

func (tx *Tx) traces(kind, id string, with []string) (*history, error) {
	h := &history{tx: tx}
	id = tx.Canonical(id)
	ids := []recordKey{{kind, id}}
	if len(with) > 0 {
		links, err := tx.Referring(id)
		if err != nil {
			return nil, err
		}
		for _, l := range links {
			if key := (recordKey{l.Kind, l.ID}); slices.Contains(with, l.Kind) && !slices.Contains(ids, key) {
				ids = append(ids, key)
			}
		}
	}
	for _, key := range ids {
		written, err := tx.Written(key.kind, key.id)
		if err != nil {
			return nil, err
		}
		h.last = max(h.last, written)
		for _, one := range append([]string{key.id}, tx.Aliases(key.id)...) {
			if err := h.follow(recordKey{key.kind, one}); err != nil {
				return nil, err
			}
		}
	}
	return h, nil
}

// walk reads the blocks from the last one on, operation by operation.
func (h *history) walk(yield func(Past, error) bool) error {
	c := h.tx.bolt.Bucket([]byte("changes")).Cursor()
	step := c.Prev
	if after, _ := c.Seek(seqKey(h.last + 1)); after == nil {
		step = c.Last
	}
	key, v := step()
	seq := uint64(0)
	for ; key != nil && !h.ended(); key, v = c.Prev() {
		if at := binary.BigEndian.Uint64(key); at != seq {
			if more, err := h.tell(seq, yield); err != nil || !more {
				return err
			}
			seq = at
		}
		if err := h.block(key, v); err != nil {
			return err
		}
	}
	_, err := h.tell(seq, yield)
	return err
}

func (h *history) ended() bool {
	return !slices.ContainsFunc(h.traces, func(t *trace) bool { return !t.done || t.touched })
}

// block takes the changes of one block back.
func (h *history) block(key, sealed []byte) error {
	parts, err := h.tx.openParts("changes", key, sealed)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(h.traces, func(t *trace) bool { return bytes.Contains(parts[0].plain, t.needle) }) {
		return nil
	}
	list, err := h.tx.db.names.unpackChanges(parts)
	if err != nil {
		return ErrDamaged
	}
	for _, c := range slices.Backward(list) {
		for _, t := range h.traces {
			if t.kind != c.kind || t.id != c.id {
				continue
			}
			if err := h.back(t, c); err != nil {
				return err
			}
		}
	}
	return nil
}

// back takes one change of a record back.
func (h *history) back(t *trace, c change) (err error) {
	if !t.touched {
		t.touched, t.after = true, t.state
	}
	switch c.what {
	case created:
		t.state = nil
	case removed:
		if t.state, _, err = h.tx.db.names.unpack(c.packed); err != nil {
			return ErrDamaged
		}
		t.state.in(c.id)
	default:
		before := maps.Clone(t.state)
		if before == nil {
			before = State{}
		}
		for name, cell := range c.cells.in(c.id) {
			if len(cell) == 0 {
				delete(before, name)
			} else {
				before[name] = cell
			}
		}
		t.state = before
	}
	return nil
}

// tell yields what the operation just read through did; more is false if the
// caller has enough.
func (h *history) tell(seq uint64, yield func(Past, error) bool) (more bool, err error) {
	var e Entry
	for _, t := range h.traces {
		if !t.touched {
			continue
		}
		if e.Seq == 0 {
			if e, _, err = h.tx.Entry(seq); err != nil {
				return false, err
			}
		}
		p := Past{Entry: e, Kind: t.kind, ID: t.id, Created: t.state == nil, Removed: t.after == nil}
		if p.Cells, err = h.tx.pastCells(t); err != nil {
			return false, err
		}
		t.touched, t.after = false, nil
		// Only undoing and merging or importing a book once more make a record
		// that was there before.
		t.done = p.Created && e.Undid == 0 && e.Batch == nil
		if (len(p.Cells) > 0 || p.Created || p.Removed) && !yield(p, nil) {
			return false, nil
		}
	}
	return true, nil
}

// pastCells are the cells of a record that an operation left otherwise than it
// found them.
func (tx *Tx) pastCells(t *trace) (out []PastCell, err error) {
	k := tx.kinds.Kind(t.kind)
	office := tx.Office().Code
	var names []string
	for name := range t.after {
		names = append(names, name)
	}
	for name := range t.state {
		if _, both := t.after[name]; !both {
			names = append(names, name)
		}
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(uint(k.Index(a)), uint(k.Index(b))), cmp.Compare(a, b)) // what is no field, -1, comes last
	})
	for _, name := range names {
		owner, was, now := tx.owner(t.kind, name), t.state[name], t.after[name]
		c := PastCell{Name: name, Label: LabelOf(k.Field(name), name), Was: was.Value(owner, office), Now: now.Value(owner, office)}
		wrote := now.Shown(owner, office)
		for i, v := range now.Standing(owner) {
			told := v.Value == c.Now || slices.ContainsFunc(was, func(w Version) bool { return w.Value == v.Value })
			if told || slices.Contains(c.Beside, tx.words(k, name, v.Value)) {
				continue
			}
			c.Beside = append(c.Beside, tx.words(k, name, v.Value))
			if c.Was == c.Now {
				wrote = &now.Standing(owner)[i]
			}
		}
		if c.Was == c.Now && c.Beside == nil {
			continue
		}
		c.WasText, c.NowText = tx.words(k, name, c.Was), tx.words(k, name, c.Now)
		if wrote != nil && !tx.Mine(wrote.Dot) {
			if c.Origin, err = tx.Origin(wrote.Dot); err != nil {
				return nil, err
			}
		}
		out = append(out, c)
	}
	return out, nil
}

// words shows a canonical value: codes as words, references by name.
func (tx *Tx) words(k *field.Kind, name, canonical string) string {
	switch f := k.Field(name); {
	case canonical == "":
		return ""
	case name == SameCell:
		return tx.Name(k.Name, canonical)
	case f == nil:
		return canonical
	case f.Type == field.Ref:
		return tx.Name(f.Target, canonical)
	default:
		return f.Show(canonical)
	}
}
