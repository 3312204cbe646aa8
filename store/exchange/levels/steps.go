package levels

import (
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/sheet/byhand"
)

func (w *world) pick(n int) int { return w.rng.IntN(n) }

func (w *world) anyOffice() *office { return w.offices[w.pick(len(w.offices))] }

// step lets one thing happen somewhere.
func (w *world) step() error {
	switch w.pick(12) {
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
	}
	return w.mergeAndTakeBack()
}

// fields are the cells histories write: those of anybody, and one of the
// county's own.
var fields = map[string][]string{"person": {"phone", "note", "skill"}, "post": {"note", "filing_no", "document"}, "village": {"note"}}

// edit writes a new value into a cell of one of an office's records.
func (w *world) edit(o *office) error {
	kind := []string{"person", "post", "village"}[w.pick(3)]
	name := fields[kind][w.pick(len(fields[kind]))]
	value := w.value(name)
	return o.do(func(tx *store.Tx) error {
		var rows []field.Row
		for row, err := range tx.Rows(kind) {
			if err != nil {
				return err
			}
			rows = append(rows, row)
		}
		if len(rows) == 0 {
			return nil
		}
		row, k := rows[w.pick(len(rows))], tx.Kinds().Kind(kind)
		row.Values = slices.Clone(row.Values)
		row.Values[k.Index(name)] = value
		w.typed[value] = true
		_, err := tx.PutRow(kind, row)
		return err
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

// neighbour is an office that another sends to: over it, under it, or itself,
// for a second laptop.
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

// editByHand changes a copy of a book as clerks do: cells typed over or cleared,
// rows swapped, one left out, one without its 行码.
func (w *world) editByHand() error {
	if len(w.books) == 0 {
		return nil
	}
	from := w.books[w.pick(len(w.books))]
	b := book{path: filepath.Join(w.dir, fmt.Sprint("book", len(w.books), ".xlsx")), from: from.from, to: from.to, hand: map[string]bool{}}
	for v := range from.hand {
		b.hand[v] = true
	}
	if err := copyFile(b.path, from.path); err != nil {
		return err
	}
	w.counts.HandEdits++
	err := byhand.Change(b.path, func(x byhand.Book) error { return w.handle(x, &b) })
	w.books = append(w.books, b)
	return err
}

// handle changes the sheet of people.
func (w *world) handle(x byhand.Book, b *book) error {
	rows, err := x.Rows("人员")
	if err != nil {
		return err
	}
	heads := slices.IndexFunc(rows, func(r []string) bool { return slices.Contains(r, "姓名") })
	if heads < 0 {
		return nil
	}
	at := func(head string) int {
		return slices.IndexFunc(rows[heads], func(h string) bool { return strings.HasPrefix(h, head) })
	}
	last := heads
	for last+1 < len(rows) && at("行码") < len(rows[last+1]) && rows[last+1][at("行码")] != "" {
		last++
	}
	if last == heads {
		return nil
	}
	row := heads + 1 + w.pick(last-heads)
	head := []string{"联系电话", "备注", "特长"}[w.pick(3)]
	set := func(row, column int, text string) error {
		if column < 0 {
			return nil
		}
		if old := cell(rows, row, column); b.hand[old] {
			delete(b.hand, old)
		}
		return x.Set("人员", row, column, text)
	}
	value := w.value(map[string]string{"联系电话": "phone"}[head])
	if err := set(row, at(head), value); err != nil {
		return err
	}
	b.hand[value] = true
	other := heads + 1 + w.pick(last-heads)
	switch w.pick(4) {
	case 0: // a row without its 行码
		return set(row, at("行码"), "")
	case 1: // two rows changed places
		return w.swap(x, row, other)
	case 2: // a row is gone
		for c := range rows[other] {
			if other != row {
				if err := set(other, c, ""); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// swap lets two rows of the sheet of people change places.
func (w *world) swap(x byhand.Book, a, b int) error {
	rows, err := x.Rows("人员")
	if err != nil || a == b {
		return err
	}
	for c := range max(len(rows[a]), len(rows[b])) {
		if err := x.Set("人员", a, c, cell(rows, b, c)); err != nil {
			return err
		}
		if err := x.Set("人员", b, c, cell(rows, a, c)); err != nil {
			return err
		}
	}
	return nil
}

func cell(rows [][]string, row, column int) string {
	if row < len(rows) && column < len(rows[row]) {
		return rows[row][column]
	}
	return ""
}
