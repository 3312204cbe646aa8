package exchange

import (
	"fmt"
	"slices"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
)

// driving finds or drafts the record, or records, that drive a row.
func (p *planner) driving(s *shape, at resolved, r *rowAt) error {
	h := s.root
	if h.kind.Named != "" {
		id, err := p.find(h, at, r)
		if err != nil {
			return err
		}
		if id == unclear || id == "" || p.double(s, id, r) {
			p.refuse(r)
			return nil
		}
		d, err := p.draft(h.kind, id)
		if err != nil {
			return err
		}
		if !d.known {
			p.setRefs(d, h, at, r.whole())
		}
		return nil
	}
	if missing := p.missingRef(h, at, r); missing {
		p.refuse(r)
		return nil
	}
	codes := []string{""}
	if s.split != nil {
		v := r.value(s.split.index)
		if codes = v.Each; !r.table.Has[s.split.index] {
			codes = implied(s)
		}
		if len(codes) == 0 {
			if v.Problem == nil {
				p.doubt(r.place(s.split.index), s.split.field.Label, "这一行缺“"+s.split.field.Label+"”，请补填后再导入。", "")
			}
			p.refuse(r)
			return nil
		}
	}
	for n, code := range codes {
		if err := p.drivingRecord(s, at, r, code, n, len(codes)); err != nil {
			return err
		}
	}
	return nil
}

// implied is what a roster without the column says by what it is: the people
// of a 书记花名册 are 书记.
func implied(s *shape) []string {
	for _, c := range s.form.Having {
		if c.Path == s.split.field.Name && len(c.Values) == 1 {
			return c.Values
		}
	}
	return nil
}

// missingRef reports a required reference the row does not give.
func (p *planner) missingRef(h *holder, at resolved, r *rowAt) bool {
	for i := range h.kind.Fields {
		f := &h.kind.Fields[i]
		if f.Type != field.Ref || !f.Required || p.refOf(h, f.Name, at) != "" || p.namedRef(h, f, r) != "" {
			continue
		}
		p.doubt(r.whole(), f.Label, "这一行缺“"+f.Label+"”，请补填后再导入。", "")
		return true
	}
	return false
}

// namedRef finds the record whose name stands in a register's reference column.
func (p *planner) namedRef(h *holder, f *field.Field, r *rowAt) string {
	c := h.column(f.Name)
	if c == nil || r.value(c.index).Text == "" {
		return ""
	}
	ids, err := p.named(p.kinds.Kind(f.Target), r.value(c.index).Text)
	if err != nil || len(ids) != 1 {
		return ""
	}
	return ids[0]
}

func (p *planner) named(k *field.Kind, name string) ([]string, error) {
	x, err := p.index(k)
	if err != nil {
		return nil, err
	}
	return x.byName[x.fold(name)], nil
}

// drivingRecord finds or drafts the n-th of the records a row drives.
func (p *planner) drivingRecord(s *shape, at resolved, r *rowAt, code string, n, of int) error {
	h := s.root
	values := map[string]string{}
	var fields []string
	for i := range h.kind.Fields {
		f := &h.kind.Fields[i]
		if !f.Match {
			continue
		}
		v := ""
		switch {
		case f.Type == field.Ref:
			if v = p.refOf(h, f.Name, at); v == "" {
				v = p.namedRef(h, f, r)
			}
			v = p.tx.Canonical(v)
		case s.split != nil && f.Name == s.split.field.Name:
			v = code
		default:
			c := h.column(f.Name)
			if c == nil || r.value(c.index).Text == "" && p.stamped == nil {
				continue // a cell left blank tells no records apart
			}
			v = r.value(c.index).Text
		}
		fields, values[f.Name] = append(fields, f.Name), v
	}
	d, err := p.byKey(s, fields, values, r)
	if err != nil {
		return err
	}
	if p.double(s, d.id, r) {
		p.refuse(r)
		return nil
	}
	for _, name := range fields {
		if (!d.known || p.stamped == nil) && values[name] != "" {
			p.set(d, h.kind.Field(name), values[name], r.whole())
		}
	}
	p.fillDriving(s, d, r, n, of)
	if !d.known {
		p.links[values["person"]] = append(p.links[values["person"]], values["village"])
		p.lawful(d, r.whole())
		p.indexes[h.kind.Name].add(d.row)
	}
	return nil
}

// byKey finds an open record (one that meets the form's own conditions) with
// these values, else one of the same dates, else drafts a new one.
func (p *planner) byKey(s *shape, fields []string, values map[string]string, r *rowAt) (*draft, error) {
	k := s.root.kind
	x, err := p.index(k)
	if err != nil {
		return nil, err
	}
	wanted := make([]string, len(fields))
	for i, f := range fields {
		wanted[i] = values[f]
	}
	if p.stamped == nil {
		ids, err := p.having(x, fields, wanted)
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			row, err := p.held(k, id)
			if err != nil {
				return nil, err
			}
			if open(k, row, s.form) {
				return p.draft(k, id)
			}
		}
	}
	id := p.ids.New(p.plan.book.now)
	if p.stamped != nil {
		id = store.DerivedID(p.stamped.head.Made, slices.Concat([]string{"driving", p.stamped.head.Book, k.Name}, wanted)...)
	}
	return p.draft(k, id)
}

// open reports whether a record meets those conditions of a form that speak of
// the record itself and ask for an empty cell: it has not ended.
func open(k *field.Kind, row field.Row, f *field.Form) bool {
	for _, c := range f.Where {
		if len(c.Values) == 1 && c.Values[0] == "" && k.Index(c.Path) >= 0 && k.Value(row, c.Path) != "" {
			return false
		}
	}
	return true
}

// fillDriving puts the row's own cells into the n-th of its records. In a
// column that lists several, a cell with one value speaks of all, one with as
// many values as there are records of each in turn. The other columns (任书记时间)
// speak of the first, as they are printed.
func (p *planner) fillDriving(s *shape, d *draft, r *rowAt, n, of int) {
	for _, c := range s.root.columns {
		v := r.value(c.index)
		if v.Problem != nil || c.field.Type == field.Ref || s.split != nil && c.field.Name == s.split.field.Name || !c.each && n > 0 {
			continue
		}
		text := v.Text
		if c.each {
			var ok bool
			if text, ok = nth(v.Each, n, of); !ok {
				p.doubt(r.place(c.index), c.field.Label, fmt.Sprintf("“%s”填了%d项，职务有%d个，请一一对应，或只填一项。", c.field.Label, len(v.Each), of), "")
				continue
			}
		}
		if text != "" {
			p.set(d, c.field, text, r.place(c.index))
		}
	}
}

// nth is the value a cell that lists several has for the n-th of so many
// records: its own, or the only one there is. A place between two separators
// may be empty (1、 is said of the first alone).
func nth(each []string, n, of int) (text string, ok bool) {
	if len(each) == of && of > 0 {
		return each[n], true
	}
	each = slices.DeleteFunc(slices.Clone(each), func(s string) bool { return s == "" })
	switch len(each) {
	case 0:
		return "", true
	case 1:
		return each[0], true
	case of:
		return each[n], true
	}
	return "", false
}

// lawful gives a new post the 岗位法定类型 its position has by law.
func (p *planner) lawful(d *draft, where place) {
	f, position := d.kind.Field("statutory"), d.kind.Value(d.row, "position")
	if f == nil || position == "" || d.kind.Value(d.row, f.Name) != "" {
		return
	}
	if s := record.Statutory(position); s != "" {
		p.set(d, f, s, where)
	}
}

// double reports a record that an earlier row of the book already was.
func (p *planner) double(s *shape, id string, r *rowAt) bool {
	first, seen := p.reached[reaching{s.form.Name, id}]
	if !seen {
		p.reached[reaching{s.form.Name, id}] = r.whole()
		return false
	}
	if first == r.whole() {
		return false
	}
	name := p.rowName(s, r)
	where, _ := p.words(first)
	p.doubt(r.whole(), name, fmt.Sprintf("“%s”与%s重复，这一行没有导入；请删去一行，或改成另一个人。", name, where), "")
	return true
}

// rowName is whom a row is about, for messages.
func (p *planner) rowName(s *shape, r *rowAt) string {
	for _, h := range s.holders {
		if numberOf(h.kind) == nil && h != s.root {
			continue
		}
		if c := h.column(h.kind.Named); c != nil && r.value(c.index).Text != "" {
			return r.value(c.index).Text
		}
	}
	return fmt.Sprint("第", r.row.Number, "行")
}
