package exchange

import (
	"fmt"
	"slices"

	"touyan/store"
)

// Overtyping is a row of a returned book in which one person was typed over by
// another: 换人 or 更正, which only a person can tell. Until somebody does, the
// row is a problem and nothing of it comes in. 更正 is told by Correct, 换人 by
// leaving the row out and doing the step beside the book (Plan.Also).
type Overtyping struct {
	RowAt
	Sheet        string
	Number       int    // of the row, as the spreadsheet counts
	Kind, Record string // whom the row was sent for
	Was, Now     string // names
	Typed        map[string]string
	Corrected    bool // a person said 更正
}

// Correct has an overtyped row taken as 更正 of the person it was sent for, or
// not any more. Plan the book again to see what it does then.
func (b *Book) Correct(table, row int, yes bool) error {
	if _, err := b.table(table, row); err != nil {
		return err
	}
	if b.corrected == nil {
		b.corrected = map[[2]int]bool{}
	}
	b.corrected[[2]int{table, row}] = yes
	return nil
}

// overtyped finds a person typed over by another: name and ID number changed
// together, or the name alone in a table that is not the register of people.
// That may be 换人 or 更正, and is never merged by itself.
func (b *back) overtyped(r *rowAt, line *sentLine) (bool, error) {
	for _, h := range b.s.holders {
		named, number := h.column(h.kind.Named), h.number()
		if named == nil || number == nil || !b.t.Has[named.index] {
			continue
		}
		key, known := b.record(h, line, 0)
		if !known {
			continue
		}
		name, id := r.value(named.index), r.value(number.index)
		renamed := name.Text != "" && !b.same(h, *named, line, 0, name.Text)
		renumbered := b.t.Has[number.index] && id.Raw != "" && !b.same(h, *number, line, 0, id.Text)
		says := ""
		switch {
		case renamed && renumbered:
			says = "姓名和公民身份号码一起改成了“%s”：是换人还是更正？这一行没有合并；换人请新增一行并写明原任离任，更正请先改姓名或号码中的一项。"
		case renamed && h != b.s.root:
			says = "姓名改成了“%s”，公民身份号码没有改：是换人还是更正姓名？这一行没有合并；更正请在人员表里改，换人请新增一行。"
		default:
			continue
		}
		taken, err := b.tookAlready(key, named.field.Name, name.Text)
		if err != nil || taken {
			return false, err
		}
		o := Overtyping{RowAt: RowAt{r.t, r.n}, Sheet: b.t.Sheet, Number: r.row.Number, Kind: key.kind, Record: b.tx.Canonical(key.id),
			Was: b.tx.Name(key.kind, key.id), Now: name.Raw, Typed: b.typedOver(h, r, line), Corrected: b.plan.book.corrected[[2]int{r.t, r.n}]}
		b.plan.Overtyped = append(b.plan.Overtyped, o)
		if o.Corrected {
			return false, nil
		}
		b.doubt(r.place(named.index), named.field.Label, fmt.Sprintf(says, name.Raw), "")
		return true, nil
	}
	return false, nil
}

// tookAlready reports that the ledger holds this very name as this book has it:
// somebody called it 更正 before, and is not asked again.
func (b *back) tookAlready(key recordKey, field, name string) (bool, error) {
	held, _, err := b.tx.State(key.kind, key.id)
	if err != nil {
		return false, err
	}
	dot := store.DerivedDot(store.Digest("typed", b.stamped.head.Book, key.kind, key.id, field, name))
	return slices.ContainsFunc(held[field], func(v store.Version) bool { return v.Dot == dot }) ||
		held[field].Known().Covers(store.Writing{Dot: dot, Record: key.id}), nil
}

// typedOver are the cells of a row's record that were typed over and can be
// read: what the row says of whoever it now speaks of.
func (b *back) typedOver(h *holder, r *rowAt, line *sentLine) map[string]string {
	out := map[string]string{}
	for _, c := range h.columns {
		v := r.value(c.index)
		if b.t.Has[c.index] && v.Text != "" && (v.Problem == nil || v.Problem.Warning) && !b.same(h, c, line, 0, v.Text) {
			out[c.field.Name] = v.Text
		}
	}
	return out
}
