package form

import (
	"slices"

	"touyan/store/field"
)

// record is one row being typed: the form's own, or a line inside it.
type record struct {
	form  *Form
	kind  *field.Kind
	bound *field.Bound // shared by the records of a kind
	saved field.Row    // as the ledger has it
	cells []*cell      // of the fields shown, in their order

	fresh bool   // a line added here, unknown to the ledger
	void  string // why it counts no longer, once the page has asked
}

func newRecord(f *Form, kind *field.Kind, bound *field.Bound, fields []*field.Field) *record {
	r := &record{form: f, kind: kind, bound: bound, saved: blank(kind)}
	for _, fd := range fields {
		r.cells = append(r.cells, newCell(r, fd))
	}
	return r
}

func blank(kind *field.Kind) field.Row {
	return field.Row{Values: make([]string, len(kind.Fields))}
}

// full gives a row as many values as its kind has fields.
func full(kind *field.Kind, row field.Row) field.Row {
	row.Values = append(slices.Clone(row.Values), make([]string, max(len(kind.Fields)-len(row.Values), 0))...)
	return row
}

// show takes over a row. What was typed into cells and is not saved stays
// where keep says so.
func (r *record) show(row field.Row, keep bool) {
	row = full(r.kind, row)
	for _, c := range r.cells {
		if keep && (c.dirty() || c.says(row.Values[c.index])) {
			continue // who is in a cell may have selected its text
		}
		c.put(row.Values[c.index])
		c.told = row.ID != "" // what the ledger has and is wrong is told at once
	}
	r.saved = row
	r.check()
}

// row is the row with what is typed and can be stored.
func (r *record) row() field.Row {
	row := full(r.kind, r.saved)
	for _, c := range r.cells {
		if c.bad == nil {
			row.Values[c.index] = c.value
		}
	}
	return row
}

// changed lists the cells to store, by name.
func (r *record) changed() map[string]string {
	var out map[string]string
	for _, c := range r.cells {
		if c.bad != nil || c.value == r.saved.Values[c.index] {
			continue
		}
		if out == nil {
			out = map[string]string{}
		}
		out[c.field.Name] = c.value
	}
	return out
}

// draft is what is typed and not stored, the good and the wrong apart: what
// was read is kept as it was read, for a name is not yet a reference.
func (r *record) draft() Draft {
	d := Draft{Values: r.changed()}
	for _, c := range r.cells {
		if c.bad == nil {
			continue
		}
		if d.Wrong == nil {
			d.Wrong = map[string]string{}
		}
		d.Wrong[c.field.Name] = c.text
	}
	return d
}

// recall writes what was kept into the cells.
func (r *record) recall(d Draft) {
	for _, c := range r.cells {
		name := c.field.Name
		if v, ok := d.Values[name]; ok {
			c.put(v)
		} else if text, ok := d.Wrong[name]; ok {
			c.recall(text)
		}
		c.told = true
	}
	r.check()
}

// take notes that cells were stored.
func (r *record) take(values map[string]string) {
	for _, c := range r.cells {
		if v, ok := values[c.field.Name]; ok {
			r.saved.Values[c.index] = v
		}
	}
}

// empty reports a line in which nothing stands.
func (r *record) empty() bool {
	for _, c := range r.cells {
		if c.value != "" || c.bad != nil {
			return false
		}
	}
	return true
}

// check finds what is wrong with the row as it is typed. A cell that cannot be
// read has its own problem already and counts as empty. What concerns the row
// as a whole is told at its first cell. What is not asked for is never wrong.
func (r *record) check() {
	row := r.row()
	for _, c := range r.cells {
		c.problem = c.bad
		if c.bad != nil {
			row.Values[c.index] = ""
		}
	}
	for _, p := range r.bound.Check(row) {
		for i, c := range r.cells {
			if c.off || c.field.Name != p.Field && (p.Field != "" || i > 0) {
				continue
			}
			if c.problem == nil || c.problem.Warning && !p.Warning {
				found := p
				c.problem = &found
			}
			break
		}
	}
	for _, c := range r.cells {
		if c.off {
			c.problem = nil
		}
		c.tell()
	}
}

// problems lists what is wrong, whether it is told yet or not.
func (r *record) problems() []field.Problem {
	var out []field.Problem
	for _, c := range r.cells {
		if c.problem != nil {
			out = append(out, *c.problem)
		}
	}
	return out
}
