package form

import (
	"slices"

	"touyan/store/field"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// part is a small table of lines inside the form's record: each is a record of
// a kind of its own, edited in place.
type part struct {
	form    *Form
	kind    *field.Kind
	bound   *field.Bound
	fields  []*field.Field
	records []*record
	voided  []*record // no longer shown, to be stored
	heads   []*canvas.Text
	rule    *canvas.Rectangle
	more    *press
	removes map[*record]*press
}

func newPart(f *Form, kind *field.Kind) *part {
	p := &part{form: f, kind: kind, bound: kind.Bind(kind.New()), rule: canvas.NewRectangle(nil), removes: map[*record]*press{}}
	for i := range kind.Fields {
		if fd := &kind.Fields[i]; !fd.Part {
			p.fields = append(p.fields, fd)
			p.heads = append(p.heads, canvas.NewText(fd.Label, nil))
		}
	}
	p.more = newPress(f, doAdd, func() { p.add() })
	return p
}

// part is the table a record is a line of, nil for the form's own.
func (r *record) part() *part {
	for _, p := range r.form.parts {
		if p.kind == r.kind {
			return p
		}
	}
	return nil
}

// line is what is to be stored of a line.
func (r *record) line() Line {
	return Line{Kind: r.kind.Name, ID: r.saved.ID, New: r.fresh, Void: r.void, Values: r.changed()}
}

// all are the lines shown and those voided.
func (p *part) all() []*record { return append(slices.Clone(p.records), p.voided...) }

// show takes over the lines of the ledger. What is typed into a line that is
// still there stays, and so do lines added here that the ledger lacks.
func (p *part) show(rows []field.Row) {
	old := p.records
	p.records = nil
	for _, row := range rows {
		if row.Void != "" || slices.ContainsFunc(p.voided, func(r *record) bool { return r.saved.ID == row.ID }) {
			continue
		}
		i := slices.IndexFunc(old, func(r *record) bool { return r.saved.ID == row.ID })
		if i < 0 {
			r := newRecord(p.form, p.kind, p.bound, p.fields)
			p.records = append(p.records, r)
			r.show(row, false)
			continue
		}
		old[i].fresh = false
		old[i].show(row, true)
		p.records = append(p.records, old[i])
	}
	if rows == nil {
		p.voided = nil
	} else {
		for _, r := range old {
			if r.fresh {
				p.records = append(p.records, r)
			}
		}
	}
	p.form.populate()
}

// add begins a line and puts the keyboard into it. It reports whether lines
// can be added.
func (p *part) add() bool {
	f := p.form
	if f.o.NewID == nil || f.o.ReadOnly != nil && len(p.fields) > 0 && f.o.ReadOnly(p.fields[0]) {
		return false
	}
	r := p.begin(f.o.NewID())
	f.populate()
	f.restyle()
	f.redo()
	f.focusLine(r)
	return true
}

// focusLine gives the keyboard to the first field of a line.
func (f *Form) focusLine(r *record) {
	for _, c := range r.cells {
		if c.input != nil {
			f.focus(c)
			return
		}
	}
}

func (p *part) begin(id string) *record {
	r := newRecord(p.form, p.kind, p.bound, p.fields)
	r.saved.ID, r.fresh = id, true
	p.records = append(p.records, r)
	r.check()
	return r
}

// remove takes a line away: one added here at once, one of the ledger when the
// page has asked why.
func (p *part) remove(r *record) {
	f := p.form
	gone := func() {
		i := slices.Index(p.records, r)
		f.keepFound()
		if f.now != nil && f.now.rec == r {
			f.now = nil
		}
		p.records = slices.Delete(p.records, i, i+1)
		f.populate()
		f.restyle()
		f.redo()
		f.keepSoon()
		if len(p.records) > 0 {
			f.focusLine(p.records[min(i, len(p.records)-1)])
		} else {
			f.Focus("")
		}
	}
	if r.fresh {
		gone()
		return
	}
	if f.o.AskVoid == nil {
		return
	}
	f.o.AskVoid(p.kind, r.row(), func(reason string) {
		if reason == "" || !slices.Contains(p.records, r) {
			return
		}
		r.void = reason
		p.voided = append(p.voided, r)
		gone()
	})
}

// ends reports the last cell of the last line.
func (p *part) ends(c *cell) bool {
	if len(p.records) == 0 {
		return false
	}
	last := p.records[len(p.records)-1].cells
	for i := len(last) - 1; i >= 0; i-- {
		if last[i].input != nil && !last[i].off {
			return last[i] == c
		}
	}
	return false
}

// sweep drops lines added and left empty.
func (p *part) sweep() {
	n := len(p.records)
	p.records = slices.DeleteFunc(p.records, func(r *record) bool { return r.fresh && r.empty() })
	if len(p.records) != n {
		p.form.populate()
	}
}

// take notes that lines were stored.
func (p *part) take(lines []Line) {
	for _, l := range lines {
		if l.Kind != p.kind.Name {
			continue
		}
		for _, r := range p.records {
			if r.saved.ID == l.ID {
				r.fresh = false
				r.take(l.Values)
			}
		}
		if l.Void != "" {
			p.voided = slices.DeleteFunc(p.voided, func(r *record) bool { return r.saved.ID == l.ID })
		}
	}
}

// revert takes back what was typed, added and voided.
func (p *part) revert() {
	for _, r := range p.voided {
		r.void = ""
	}
	p.records = slices.DeleteFunc(append(p.records, p.voided...), func(r *record) bool { return r.fresh })
	p.voided = nil
	for _, r := range p.records {
		r.show(r.saved, false)
	}
	p.form.populate()
}

// recall writes what was kept of a line.
func (p *part) recall(l LineDraft) {
	for _, r := range p.voided {
		if r.saved.ID == l.ID {
			return
		}
	}
	i := slices.IndexFunc(p.records, func(r *record) bool { return r.saved.ID == l.ID })
	switch {
	case i < 0 && !l.New:
		return // voided meanwhile, or not set yet
	case i < 0:
		p.begin(l.ID)
		i = len(p.records) - 1
	}
	r := p.records[i]
	r.recall(Draft{Values: l.Values, Wrong: l.Wrong})
	if l.Void != "" {
		r.void = l.Void
		p.records = slices.Delete(p.records, i, i+1)
		p.voided = append(p.voided, r)
	}
	p.form.populate()
}

// objects lists what draws the table.
func (p *part) objects() []fyne.CanvasObject {
	out := []fyne.CanvasObject{p.rule, p.more}
	for _, h := range p.heads {
		out = append(out, h)
	}
	for _, r := range p.records {
		for _, c := range r.cells {
			out = append(out, c.objects()...)
		}
		if p.removes[r] == nil {
			word := doVoid
			if r.fresh {
				word = doRemove
			}
			p.removes[r] = newPress(p.form, word, func() { p.remove(r) })
		}
		p.removes[r].Hidden = !r.fresh && p.form.o.AskVoid == nil
		out = append(out, p.removes[r])
	}
	return out
}
