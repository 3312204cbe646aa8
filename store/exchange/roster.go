package exchange

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/sheet"
)

// resolved is what one row came to: the record of every holder, "" where the
// row says nothing of it.
type resolved map[*holder]string

// rosterRow takes one row apart into records: the deepest references first,
// the driving record last. A row of which it is not clear whom it means is
// refused whole; a bad cell only costs itself.
func (p *planner) rosterRow(s *shape, r *rowAt) error {
	p.settleDates(s, r)
	for _, h := range s.holders {
		for _, c := range h.columns {
			if v := r.value(c.index); v.Problem != nil && !v.Problem.Warning {
				p.cellDoubt(r, c.index, c.field, v.Problem)
			}
		}
	}
	at := resolved{}
	vacant := p.vacant(s, r)
	for _, h := range s.holders[:len(s.holders)-1] {
		if vacant && h.kind.Name != "office" && h.kind.Name != "village" {
			continue
		}
		id, err := p.find(h, at, r)
		if err != nil {
			return err
		}
		if id == unclear {
			p.refuse(r)
			return nil
		}
		at[h] = id
	}
	if vacant {
		return nil
	}
	p.taken(r)
	return p.driving(s, at, r)
}

// vacancies are what stands in a name cell where there is nobody.
var vacancies = []string{"空缺", "暂缺", "缺", "空", "无", "待定", "待选", "未配备", "缺员", "/", "-", "—", "——"}

// vacant reports a row of a roster of people that names a village and nobody:
// the post is vacant, or the line was left for later.
func (p *planner) vacant(s *shape, r *rowAt) bool {
	if p.stamped != nil || s.root.kind.Named != "" {
		return false
	}
	named := false
	for _, h := range s.holders {
		switch {
		case h.kind.Name == "office":
		case h.kind.Name == "village":
			c := h.column(h.kind.Named)
			named = named || c != nil && r.value(c.index).Text != ""
		case numberOf(h.kind) != nil:
			c := h.column(h.kind.Named)
			if c == nil {
				return false
			}
			v := r.value(c.index)
			if slices.Contains(vacancies, strings.Trim(v.Text, "（）()")) {
				continue
			}
			for _, c := range h.columns {
				if r.value(c.index).Raw != "" {
					return false
				}
			}
		default:
			for _, c := range h.columns {
				if v := r.value(c.index); v.Problem != nil {
					return false
				}
			}
		}
	}
	return named
}

// settleDates chooses between January and October where a number lost its last
// zero, by the ID number of the same person.
func (p *planner) settleDates(s *shape, r *rowAt) {
	for _, h := range s.holders {
		n := h.number()
		if n == nil {
			continue
		}
		born := field.BirthOf(r.value(n.index).Text)
		for _, c := range h.columns {
			v := r.value(c.index)
			if c.field.Type != field.Day || !c.field.Match || v.Problem == nil || born.IsZero() {
				continue
			}
			for _, proposal := range v.Problem.Proposals {
				if d, err := field.DateOf(proposal); err == nil && d.Agrees(born) {
					v.Text, v.Problem = proposal, nil
					break
				}
			}
		}
	}
}

// create drafts a record the ledger lacks.
func (p *planner) create(x *index, h *holder, at resolved, r *rowAt) (string, error) {
	id := p.newID(x, h, at, r)
	d, err := p.draft(h.kind, id)
	if err != nil {
		return "", err
	}
	d.typed = true
	d.row.Void = "" // a place that was voided is wanted again
	if err := p.fill(h, d.id, at, r); err != nil {
		return "", err
	}
	p.setRefs(d, h, at, r.whole())
	if h.kind.Name == "office" {
		p.placeOffice(d, h, r.whole())
	}
	x.add(d.row)
	return d.id, nil
}

// newID names a new record. Places get the id that every ledger would give
// them, so that two offices which read the same name mean the same village; a
// row typed into a stamped book gets one derived from the book.
func (p *planner) newID(x *index, h *holder, at resolved, r *rowAt) string {
	name := ""
	if c := h.column(h.kind.Named); c != nil {
		name = x.fold(r.value(c.index).Text)
	}
	if h.kind.Name == "office" || h.kind.Name == "village" {
		return store.DerivedID(time.UnixMilli(0), h.kind.Name, p.refOf(h, "office", at), p.refOf(h, "parent", at), name)
	}
	if p.stamped == nil {
		return p.ids.New(p.plan.book.now)
	}
	return p.derivedID(h, r)
}

// derivedID names a record typed into a stamped book by what the row says of
// it: sorting the book does not change it.
func (p *planner) derivedID(h *holder, r *rowAt) string {
	head := &p.stamped.head
	parts := []string{"row", head.Book, h.kind.Name, h.path}
	for _, v := range r.row.Values {
		parts = append(parts, v.InBook())
	}
	return store.DerivedID(head.Made, parts...)
}

// fill puts the row's cells into a holder's record. What names a place that is
// already there is not rewritten; blank cells say nothing.
func (p *planner) fill(h *holder, id string, at resolved, r *rowAt) error {
	if id == unclear || id == "" {
		return nil
	}
	d, err := p.draft(h.kind, id)
	if err != nil {
		return err
	}
	for _, c := range h.columns {
		v := r.value(c.index)
		if v.Problem != nil || v.Text == "" || c.each || c.field.Type == field.Ref {
			continue
		}
		if d.known && c.field.Name == h.kind.Named {
			continue
		}
		p.set(d, c.field, v.Text, r.place(c.index))
	}
	return nil
}

// setRefs writes the references a row implies.
func (p *planner) setRefs(d *draft, h *holder, at resolved, where place) {
	for i := range d.kind.Fields {
		f := &d.kind.Fields[i]
		if f.Type != field.Ref {
			continue
		}
		if id := p.refOf(h, f.Name, at); id != "" && id != unclear {
			p.set(d, f, p.tx.Canonical(id), where)
		}
	}
}

// placeOffice gives an office a book names its level, and its parent where the
// book does not name one: what stands over a village is a 苏木乡镇, what stands
// over that a 旗县区.
func (p *planner) placeOffice(d *draft, h *holder, where place) {
	level := field.Township
	if h.parent != nil && h.parent.kind == h.kind {
		level = field.County
	}
	if f := d.kind.Field("level"); d.kind.Value(d.row, "level") == "" {
		p.set(d, f, fmt.Sprint(int(level)), where)
	}
	if f := d.kind.Field("parent"); d.kind.Value(d.row, "parent") == "" && p.office.Level == level+1 {
		p.set(d, f, store.OfficeID(p.office.Code), where)
	}
}

// absent lists who the ledger has in the villages of the rosters and they have
// not: 离任, 未报 or 调整 is for the office to say. A book of bad rows speaks of
// few and is not asked.
func (p *planner) absent() error {
	if p.stamped != nil {
		return nil
	}
	done := map[string]bool{}
	for _, t := range p.plan.book.Tables {
		k := p.kinds.Kind(t.Form.Kind)
		if done[t.Form.Name] || t.Mended || k.Index("village") < 0 || len(t.Form.Where) == 0 {
			continue
		}
		done[t.Form.Name] = true
		villages, seen := map[string]bool{}, map[string]bool{}
		for _, d := range p.plan.drafts {
			if d.kind != k {
				continue
			}
			if said := p.plan.unpack(d); said.from != nil {
				seen[d.id] = true
				villages[k.Value(said.row, "village")] = true
			}
		}
		lines, err := p.tx.Lines(t.Form, nil, field.DateAt(p.plan.book.now))
		if err != nil {
			return err
		}
		for _, l := range lines {
			for _, row := range l.Rows {
				if villages[k.Value(row, "village")] && !seen[row.ID] {
					p.plan.Absent = append(p.plan.Absent, fmt.Sprintf("%s（%s）", p.describe(k, row), t.Sheet))
				}
			}
		}
	}
	return nil
}

// passedOver lists what a table has and nothing is made of, so that nobody
// takes it for imported.
func (r *Report) passedOver(t *sheet.Table) {
	for _, h := range t.Unclaimed() {
		if !slices.Contains(r.Unclaimed, h) {
			r.Unclaimed = append(r.Unclaimed, h)
		}
	}
	for _, l := range t.Left {
		r.Left = append(r.Left, Left{t.Sheet, l.Number, l.Text, l.Why})
	}
}
