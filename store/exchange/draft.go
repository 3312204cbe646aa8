package exchange

import (
	"encoding/binary"
	"io"
	"slices"
	"strings"

	"touyan/store"
	"touyan/store/field"
)

// draft is one record as the book would have it. Those a roster makes anew are
// many, and few are spoken of by more than one row: between rows they rest,
// packed, and have no body.
type draft struct {
	kind   *field.Kind
	id     string
	packed string
	*body
}

// body is what a draft says.
type body struct {
	known bool // the ledger holds it
	edit  bool // at least one cell was typed into the book by hand
	typed bool // a row typed into the book made it
	quiet bool // nothing the ledger does not hold already

	isNew, isUpdated bool // what joining its stamps does

	base field.Row
	row  field.Row         // base with the book's cells
	in   store.State       // what came with stamps
	from []place           // by field: where its cell stands; nil until one is set
	redo map[string]string // cells an undo took back, which merging the same book again brings anew
}

// place is where in the book a cell comes from. It is small, for there is one
// for every cell of a roster.
type place struct {
	set        bool
	table, col int16 // col is of the form; -1: the row as a whole
	row        int32 // among the table's; -1: the table as a whole
}

// reaching is a record that drives a row of a form.
type reaching struct{ form, id string }

// draft returns the record as the book has it so far.
func (p *planner) draft(k *field.Kind, id string) (*draft, error) {
	return p.exact(k, p.tx.Canonical(id))
}

// bring adds what came with stamps. Nothing is weighed here: the ledger does
// that record by record, and rows of two that are one meanwhile meet in a draft.
func (d *draft) bring(name string, versions ...store.Version) {
	for i := range versions {
		v := &versions[i]
		if !slices.ContainsFunc(d.in[name], func(w store.Version) bool { return w.Is(v) }) {
			d.in[name] = append(d.in[name], *v)
		}
	}
}

// exact is draft for a record under exactly this id, be it an alias.
func (p *planner) exact(k *field.Kind, id string) (*draft, error) {
	key := recordKey{k.Name, id}
	if d := p.drafts[key]; d != nil {
		if d.body == nil {
			d.body = p.plan.unpack(d)
			p.warm = append(p.warm, d)
		}
		return d, nil
	}
	row, known, err := p.tx.Row(k.Name, id)
	if err != nil {
		return nil, err
	}
	d := &draft{kind: k, id: id, body: p.plan.blank(k, id)}
	if known {
		d.known, d.base, d.row = true, row, cloneRow(row)
	}
	if p.stamped != nil {
		d.in = store.State{}
	} else if !known {
		p.warm = append(p.warm, d)
	}
	p.drafts[key] = d
	p.plan.drafts = append(p.plan.drafts, d)
	return d, nil
}

// blank is the body of a record nothing is said of yet.
func (p *Plan) blank(k *field.Kind, id string) *body {
	if p.empties[k.Name] == nil {
		p.empties[k.Name] = make([]string, len(k.Fields))
	}
	base := field.Row{ID: id, Values: p.empties[k.Name]}
	return &body{base: base, row: cloneRow(base)}
}

// at is where a draft's field was set; ok is false if the book did not.
func (d *draft) at(i int) (place, bool) {
	if d.from == nil || !d.from[i].set {
		return place{}, false
	}
	return d.from[i], true
}

// note keeps where a field was set.
func (d *draft) note(i int, at place) {
	if d.from == nil {
		d.from = make([]place, len(d.kind.Fields))
	}
	d.from[i], d.edit = at, true
}

func cloneRow(r field.Row) field.Row {
	r.Values = slices.Clone(r.Values)
	return r
}

// changed reports whether a draft differs from what the ledger shows.
func (d *draft) changed() bool {
	return d.row.Void != d.base.Void || !slices.Equal(d.row.Values, d.base.Values)
}

// rest packs the drafts that the row at hand has used.
func (p *planner) rest() {
	for _, d := range p.warm {
		d.rest()
	}
	p.warm = p.warm[:0]
}

// rest packs a draft that is new and holds no stamps. Packed, it is the place
// of its first cell, then for every cell its field, its column, how many tables
// and rows it stands behind the first, and its value.
func (d *draft) rest() {
	if d.body == nil || d.known || d.in != nil {
		return
	}
	first, _ := anyPlace(d)
	b := binary.AppendVarint(nil, int64(first.table))
	b = binary.AppendVarint(b, int64(first.row))
	for i, v := range d.row.Values {
		at, ok := d.at(i)
		if !ok {
			continue
		}
		for _, n := range []int{i, int(at.col), int(at.table - first.table), int(at.row - first.row), len(v)} {
			b = binary.AppendVarint(b, int64(n))
		}
		b = append(b, v...)
	}
	d.packed, d.body = string(b), nil
}

// unpack is what a draft says, resting or not.
func (p *Plan) unpack(d *draft) *body {
	if d.body != nil {
		return d.body
	}
	awake := draft{kind: d.kind, body: p.blank(d.kind, d.id)}
	r := strings.NewReader(d.packed)
	number := func() int {
		n, _ := binary.ReadVarint(r) // ends only where rest ended
		return int(n)
	}
	table, row := number(), number()
	for r.Len() > 0 {
		i, at := number(), place{set: true, col: int16(number())}
		at.table, at.row = int16(table+number()), int32(row+number())
		n := number()
		from := len(d.packed) - r.Len()
		r.Seek(int64(n), io.SeekCurrent)
		awake.note(i, at)
		awake.row.Values[i] = d.packed[from : from+n]
	}
	return awake.body
}
