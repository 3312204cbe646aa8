package exchange

import (
	"slices"
	"strings"

	"touyan/store"
)

// touched are the cells a batch wrote, by record; nil stands for all of a
// record it created.
type touched map[recordKey]map[string]bool

// undone is what this ledger took back of what books had brought.
type undone struct {
	undos map[uint64]bool // the operations that did
	cells touched
}

// findUndone finds the cells that undoing this very book rewrote. Their stamps
// know the book's, so joining alone would leave the book without effect; whoever
// merges it again, be it saved anew by another program, wants it back.
//
// What undoing another book voided comes back, too, where this one is met for
// the first time and holds its sender's own word on the record: an office that
// reports anew has not heard of the undoing and would stay without its record
// here. What others got from us and pass back says nothing against it.
func (p *planner) findUndone() error {
	this, others, met, err := p.takenBack()
	if err != nil {
		return err
	}
	for _, d := range p.plan.drafts {
		key := recordKey{d.kind.Name, d.id}
		wrote, ok := this.cells[key]
		_, voided := others.cells[key]
		again := !ok && voided && !met && p.ownWord(d)
		if len(d.in) == 0 || !ok && !again {
			continue
		}
		held, _, err := p.tx.State(d.kind.Name, d.id)
		if err != nil {
			return err
		}
		if again {
			p.bringBack(d, held, others.undos, map[string]bool{store.VoidCell: true})
			continue
		}
		p.bringBack(d, held, this.undos, wrote)
	}
	return nil
}

// takenBack reads in the journal, from its end, what undoing this very book
// rewrote and which records undoing others took out, and whether this one was
// merged and still stands.
func (p *planner) takenBack() (this, others undone, met bool, err error) {
	this, others = undone{map[uint64]bool{}, touched{}}, undone{map[uint64]bool{}, touched{}}
	by := map[uint64]uint64{} // the undoing of an operation, by that operation
	for e, err := range p.tx.Journal() {
		if err != nil {
			return this, others, met, err
		}
		p.noteSent(&e)
		if e.Undid > 0 && by[e.Seq] == 0 {
			by[e.Undid] = e.Seq
		}
		if e.Batch == nil {
			continue
		}
		of := &others
		if e.Batch.Digest == p.plan.book.Digest || e.Batch.ID == p.stamped.head.Book {
			of, met = &this, met || by[e.Seq] == 0
		}
		if by[e.Seq] == 0 {
			continue
		}
		of.undos[by[e.Seq]] = true
		if err := p.collect(e.Seq, of.cells); err != nil {
			return this, others, met, err
		}
	}
	for key, wrote := range others.cells {
		if wrote != nil {
			delete(others.cells, key) // changed only: taken back by a word that travels
		}
	}
	return this, others, met, nil
}

// ownWord reports whether a book holds what its sender wrote of a record itself,
// or, coming up to us, what an office under its sender did.
func (p *planner) ownWord(d *draft) bool {
	from := p.stamped.head.From
	for _, cell := range d.in {
		if slices.ContainsFunc(cell, func(v store.Version) bool {
			under := from.Level < p.office.Level && strings.HasPrefix(stem(v.Office), stem(from.Code))
			return under || stem(v.Office) == stem(from.Code)
		}) {
			return true
		}
	}
	return false
}

// noteSent finds when this ledger last sent the book's sender anything, before
// the book was made. The journal is read from its end.
func (p *planner) noteSent(e *store.Entry) {
	head := &p.stamped.head
	if p.plan.SentAt.IsZero() && e.Sent != nil && e.Sent.To == head.From.Code && !e.At.After(head.Made) {
		p.plan.SentAt = e.At
	}
}

func (p *planner) collect(seq uint64, into touched) error {
	changes, err := p.tx.Changes(seq)
	if err != nil {
		return err
	}
	for _, c := range changes {
		key := recordKey{c.Kind, p.tx.Canonical(c.ID)}
		if c.Created {
			into[key] = nil
			continue
		}
		if wrote, known := into[key]; known && wrote == nil {
			continue
		}
		if into[key] == nil {
			into[key] = map[string]bool{}
		}
		for name := range c.Was {
			into[key][name] = true
		}
	}
	return nil
}

func (p *planner) bringBack(d *draft, held store.State, undos map[uint64]bool, wrote map[string]bool) {
	d.redo = map[string]string{}
	wanted := map[string]string{store.VoidCell: ""}
	for name, cell := range d.in {
		if wrote == nil || wrote[name] {
			wanted[name] = cell.Join(nil, ownerOf(d.kind, name)).Value(ownerOf(d.kind, name), p.office.Code)
		}
	}
	for name, value := range wanted {
		shown := held[name].Shown(ownerOf(d.kind, name), p.office.Code)
		if shown != nil && shown.Value != value && p.tx.Mine(shown.Dot) && undos[shown.Counter] {
			d.redo[name] = value
		}
	}
}
