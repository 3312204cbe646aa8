package exchange

import (
	"fmt"
	"slices"

	"touyan/store"
	"touyan/store/field"
)

// eachCell merges a cell that lists the values of all records of a row.
func (b *back) eachCell(h *holder, c column, r *rowAt, line *sentLine) error {
	v := r.value(c.index)
	if v.Problem != nil && !v.Problem.Warning {
		b.cellDoubt(r, c.index, c.field, v.Problem)
		return nil
	}
	if c.field.Split != nil {
		return b.split(h, c, r, line)
	}
	for n, id := range line.ids { // in the order in which they were sent
		text, ok := nth(v.Each, n, len(line.ids))
		if !ok {
			b.doubt(r.place(c.index), c.field.Label, fmt.Sprintf("“%s”有%d项，这一行有%d个职务，请一一对应，或只填一项。", c.field.Label, len(v.Each), len(line.ids)), "")
			return nil
		}
		if err := b.take(h.kind, id, c, text, r); err != nil {
			return err
		}
	}
	return nil
}

// split merges the cell that names a row's records (职务): a code that was
// added is a new record, one that is missing is asked about.
func (b *back) split(h *holder, c column, r *rowAt, line *sentLine) error {
	now := slices.Clone(r.value(c.index).Each)
	for _, id := range line.ids {
		cell := b.stamped.records[recordKey{h.kind.Name, id}][c.field.Name]
		at := slices.IndexFunc(now, func(code string) bool { return cellDigest(code) == cell.digest })
		if at < 0 {
			b.doubt(r.place(c.index), c.field.Label, "职务比发出时少了，离任不会自动登记；请在任职表里填上离任时间和原因。", "")
			continue
		}
		if err := b.take(h.kind, id, c, now[at], r); err != nil {
			return err
		}
		now = slices.Delete(now, at, at+1)
	}
	for _, code := range now {
		if err := b.added(h, c, code, r, line); err != nil {
			return err
		}
	}
	return nil
}

// added drafts a post that was written into a row beside those it had.
func (b *back) added(h *holder, c column, code string, r *rowAt, line *sentLine) error {
	first := recordKey{h.kind.Name, line.ids[0]}
	id := store.DerivedID(b.stamped.head.Made, "added", b.stamped.head.Book, first.id, code)
	d, err := b.draft(h.kind, id)
	if err != nil {
		return err
	}
	b.set(d, c.field, code, r.place(c.index))
	for i := range h.kind.Fields {
		f := &h.kind.Fields[i]
		if f.Type == field.Ref && line.via[f.Name] != "" {
			b.set(d, f, line.via[f.Name], r.whole())
		}
	}
	b.lawful(d, r.whole())
	return nil
}
