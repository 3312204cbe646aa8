package exchange

import (
	"touyan/store"
)

// touched are the cells a batch wrote, by record; nil stands for all of a
// record it created.
type touched map[recordKey]map[string]bool

// findUndone finds the cells that undoing this very book rewrote. Their stamps
// know the book's, so joining alone would leave the book without effect; whoever
// merges it again, be it saved anew by another program, wants it back.
func (p *planner) findUndone() error {
	undos, cells := map[uint64]bool{}, touched{}
	for e, err := range p.tx.Journal() {
		if err != nil {
			return err
		}
		p.noteSent(&e)
		if e.Batch == nil || e.Batch.Digest != p.plan.book.Digest && e.Batch.ID != p.stamped.head.Book {
			continue
		}
		by, err := p.tx.Undone(e.Seq)
		if err != nil {
			return err
		}
		if by == 0 {
			continue
		}
		undos[by] = true
		if err := p.collect(e.Seq, cells); err != nil {
			return err
		}
	}
	for _, d := range p.plan.drafts {
		wrote, ok := cells[recordKey{d.kind.Name, d.id}]
		if !ok || len(d.in) == 0 {
			continue
		}
		held, _, err := p.tx.State(d.kind.Name, d.id)
		if err != nil {
			return err
		}
		p.bringBack(d, held, undos, wrote)
	}
	return nil
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
