package levels

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/work"
)

func (w *world) pick(n int) int { return w.rng.IntN(n) }

func (w *world) anyOffice() *office { return w.offices[w.pick(len(w.offices))] }

// step lets one thing happen somewhere.
func (w *world) step() error {
	switch w.pick(16) {
	case 14:
		return w.define(w.anyOffice())
	case 0, 1, 2:
		return w.edit(w.anyOffice())
	case 3, 4:
		return w.sendSomewhere()
	case 5:
		return w.editByHand()
	case 6, 7:
		return w.mergeSomewhere()
	case 8:
		return w.decide(w.anyOffice(), 1)
	case 9, 10:
		return w.takeBackLate(w.anyOffice())
	case 11:
		return w.join(w.anyOffice())
	case 12:
		return w.part(w.anyOffice())
	case 13:
		return w.void(w.anyOffice())
	}
	return w.mergeAndTakeBack()
}

// fields are the cells histories write: those of anybody, and one of the
// county's own.
var fields = map[string][]string{"person": {"phone", "note", "skill"}, "post": {"note", "filing_no", "document"}, "village": {"note"}}

// edit writes a new value into a cell of one of an office's records.
func (w *world) edit(o *office) error {
	kind := []string{"person", "post", "village"}[w.pick(3)]
	return o.do(func(tx *store.Tx) error {
		names := slices.Clone(fields[kind])
		for k := tx.Kinds().Kind(kind); len(names) < len(fields[kind])+len(k.Fields)-k.Bound(); {
			names = append(names, k.Fields[k.Bound()+len(names)-len(fields[kind])].Name)
		}
		name := names[w.pick(len(names))]
		value := w.value(name)
		rows, err := rowsOf(tx, kind)
		if err != nil || len(rows) == 0 {
			return err
		}
		row, k := rows[w.pick(len(rows))], tx.Kinds().Kind(kind)
		row.Values = slices.Clone(row.Values)
		row.Values[k.Index(name)] = value
		w.typed[value] = true
		_, err = tx.PutRow(kind, row)
		return err
	})
}

// define adds a field to people, one of few that offices think of.
func (w *world) define(o *office) error {
	c := &record.Custom{On: "person", Label: []string{"网格编号", "帮扶联系人"}[w.pick(2)], Type: record.CustomText, Reach: []string{record.ReachOwn, record.ReachBelow}[w.pick(2)]}
	return o.do(func(tx *store.Tx) error {
		if err := work.Define(tx, c); err != nil && !errors.As(err, new(*field.Problem)) {
			return err // it has that one already
		}
		return nil
	})
}

// void voids a record, a village with the posts in it.
func (w *world) void(o *office) error {
	kind := []string{"person", "post", "village"}[w.pick(3)]
	return o.do(func(tx *store.Tx) error {
		rows, err := rowsOf(tx, kind)
		if err != nil || len(rows) == 0 {
			return err
		}
		id := rows[w.pick(len(rows))].ID
		w.counts.Voids++
		links, err := tx.Referring(id)
		if err != nil {
			return err
		}
		for _, l := range links {
			if err := tx.Void(l.Kind, l.ID, "重复登记"); err != nil {
				return err
			}
		}
		return tx.Void(kind, id, "重复登记")
	})
}

// value is a text nobody typed before, right for the field.
func (w *world) value(name string) string {
	n := len(w.typed)*1000 + w.pick(1000) + 1_000_000*len(w.books)
	if name == "phone" {
		return fmt.Sprintf("1%010d", n)
	}
	return fmt.Sprint("记", n)
}

// neighbour is an office that another sends to: over it, under it, or itself.
func (w *world) neighbour(o *office) *office {
	near := append([]*office{o}, o.under...)
	if o.over != nil {
		near = append(near, o.over, o.over)
	}
	return near[w.pick(len(near))]
}

func (w *world) sendSomewhere() error {
	from := w.anyOffice()
	_, err := w.send(from, w.neighbour(from))
	return err
}

// readers are the offices a book may come to: whom it was for, who sent it, and
// those over both.
func (b *book) readers() []*office {
	out := []*office{b.to, b.from}
	for o := b.to.over; o != nil; o = o.over {
		out = append(out, o)
	}
	return out
}

func (w *world) mergeSomewhere() error {
	if len(w.books) == 0 {
		return nil
	}
	b := w.books[w.pick(len(w.books))]
	at := b.readers()[w.pick(len(b.readers()))]
	if _, err := w.merge(b, at); err != nil {
		return err
	}
	before, err := at.says("")
	if err != nil {
		return err
	}
	again, err := w.merge(b, at)
	if err != nil {
		return err
	}
	after, err := at.says("")
	if err == nil && (after != before || again.New+again.Updated+again.Conflicts > 0) {
		err = fmt.Errorf("%s merged a book of %s twice: %+v\nbefore:\n%s\nafter:\n%s", at.Name, b.from.Name, again, before, after)
	}
	return err
}

// mergeAndTakeBack takes a book in and takes it back: all is as before.
func (w *world) mergeAndTakeBack() error {
	if len(w.books) == 0 {
		return nil
	}
	b := w.books[w.pick(len(w.books))]
	at := b.readers()[w.pick(len(b.readers()))]
	before, err := at.says("")
	if err != nil {
		return err
	}
	hand := b.hand
	b.hand = nil // what it brought is gone again
	r, err := w.merge(b, at)
	b.hand = hand
	if err != nil {
		return err
	}
	seq, err := strconv.ParseUint(strings.TrimPrefix(r.Batch, "B"), 10, 64)
	if err != nil {
		return err
	}
	w.counts.Undos++
	if _, err := at.db.Undo(seq, clerk, false); err != nil {
		return fmt.Errorf("take back a book of %s at %s: %w", b.from.Name, at.Name, err)
	}
	after, err := at.says("")
	if err == nil && after != before {
		err = fmt.Errorf("%s took back a book of %s\nbefore:\n%s\nafter:\n%s", at.Name, b.from.Name, before, after)
	}
	return err
}

// decide settles conflicts of an office, at most so many.
func (w *world) decide(o *office, most int) error {
	return o.do(func(tx *store.Tx) error {
		open, err := tx.Conflicts()
		if err != nil {
			return err
		}
		for i, c := range open {
			if i == most {
				break
			}
			w.counts.Decisions++
			if err := tx.Decide(c.Kind, c.Record, c.Field, c.Versions[w.pick(len(c.Versions))].Value); err != nil {
				return err
			}
		}
		return nil
	})
}
