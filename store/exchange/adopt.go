package exchange

import (
	"slices"

	"touyan/store"
)

// adopt gives the cells of a plain roster the stamps of the office it is
// accepted under (an office that does not run this program), so that what it
// says meets the words of others by the same rules as a stamped book: where the
// ledger shows that office's own word, the roster replaces it; what somebody
// knowingly replaced is old news and is not said again; against another's word
// it is a conflict. The same roster gives the same stamps wherever it is read.
func (p *planner) adopt() error {
	from := p.plan.book.options.From
	if p.stamped != nil || from == nil {
		return nil
	}
	b := p.plan.book
	p.stamped = &carrier{head: bookHead{Book: b.Digest, Made: b.now, From: *from, To: *from}, origins: map[store.Dot]store.Origin{}}
	p.plan.stamps, p.plan.adopted = p.stamped, true
	for _, d := range p.plan.drafts {
		d.body = p.plan.unpack(d)
		d.packed, d.in = "", store.State{}
		held, _, err := p.tx.State(d.kind.Name, d.id)
		if err != nil {
			return err
		}
		for i := range d.kind.Fields {
			if at, ok := d.at(i); ok && d.row.Values[i] != "" {
				p.say(d, d.kind.Fields[i].Name, d.row.Values[i], held, at)
			}
		}
		if d.base.Void != "" && d.row.Void == "" {
			p.say(d, store.VoidCell, "", held, place{})
		}
	}
	return nil
}

// say brings what a roster says of one cell, unless the ledger has it already.
func (p *planner) say(d *draft, name, value string, held store.State, at place) {
	cell, from := held[name], p.plan.book.options.From
	shown := cell.Shown(ownerOf(d.kind, name), p.office.Code)
	knew := store.Writings(nil)
	switch {
	case shown == nil:
	case shown.Value == value:
		return
	case stem(shown.Office) == stem(from.Code):
		knew = cell.Known()
	case slices.ContainsFunc(cell, func(v store.Version) bool { return v.Was == value && v.Value != value }):
		return
	default:
		knew = slices.DeleteFunc(slices.Clone(cell), func(v store.Version) bool { return stem(v.Office) != stem(from.Code) }).Known()
	}
	v := p.typed(d.kind.Name, d.id, name, value, knew, at)
	if shown != nil {
		v.Was = shown.Value
	}
	d.bring(name, v)
}
