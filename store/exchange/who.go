package exchange

import (
	"fmt"
	"slices"
	"strings"

	"touyan/store"
	"touyan/store/field"
)

// unclear is find's answer where a person must say whom the row means.
const unclear = "?"

// find returns the record a row means by the columns of a holder, making a
// draft of it if the ledger has none.
func (p *planner) find(h *holder, at resolved, r *rowAt) (string, error) {
	if h.kind.Named == "" {
		return p.unnamed(h, at, r)
	}
	named := h.column(h.kind.Named)
	if named == nil || r.value(named.index).Text == "" {
		return p.nameless(h, named, at, r), nil
	}
	x, err := p.index(h.kind)
	if err != nil {
		return "", err
	}
	name := r.value(named.index).Text
	if n := h.number(); n != nil && r.value(n.index).Text != "" {
		id, err := p.byNumber(x, h, named, n, r)
		if err != nil {
			return "", err
		}
		if id != "" {
			return id, p.fill(h, id, at, r)
		}
	}
	if id := p.ownOffice(x, h, name); id != "" {
		return id, p.fillParent(h, id, at, r)
	}
	candidates, err := p.candidates(x, h, name, at, r)
	switch {
	case err != nil:
		return "", err
	case len(candidates) == 1:
		return candidates[0], p.fill(h, candidates[0], at, r)
	case len(candidates) > 1:
		return p.severalMeant(x, h, candidates, at, r, named)
	}
	return p.create(x, h, at, r)
}

// nameless is the answer for a holder whose name cell is empty: nothing, or a
// row nobody can place.
func (p *planner) nameless(h *holder, named *column, at resolved, r *rowAt) string {
	if h.kind.Name == "office" || named == nil || h.optional() && p.blank(h, r) {
		return ""
	}
	label := h.kind.Field(h.kind.Named).Label
	if v := r.value(named.index); v.Problem == nil {
		p.doubt(r.place(named.index), label, "这一行缺“"+label+"”，无法对应到人或村，请补填后再导入。", "")
	}
	return unclear
}

// optional reports a holder that the record above it may do without.
func (h *holder) optional() bool {
	if h.parent == nil {
		return false
	}
	f := h.parent.kind.Field(h.ref)
	return f != nil && !f.Required
}

// blank reports a row that says nothing in the columns of a holder.
func (p *planner) blank(h *holder, r *rowAt) bool {
	return !slices.ContainsFunc(h.columns, func(c column) bool { return r.value(c.index).Raw != "" })
}

// byNumber finds a person by ID number, "" if nobody has it. A number that stands in the ledger
// under another name is asked about: 换人 or 更正 is not for a program to say.
func (p *planner) byNumber(x *index, h *holder, named, number *column, r *rowAt) (string, error) {
	ids := x.byNumber[r.value(number.index).Text]
	if len(ids) == 0 || p.stamped != nil {
		return "", nil
	}
	held, err := p.held(x.kind, ids[0])
	if err != nil {
		return "", err
	}
	name := r.value(named.index).Text
	if heldName := h.kind.Value(held, h.kind.Named); x.fold(heldName) != x.fold(name) {
		p.doubt(r.place(named.index), named.field.Label, fmt.Sprintf(
			"公民身份号码与台账里的“%s”相同，姓名却是“%s”：是改名请先在台账更正，是另一人请核对公民身份号码。", heldName, name), heldName)
		return unclear, nil
	}
	return ids[0], nil
}

// ownOffice recognises this ledger's own office by its full or short name.
func (p *planner) ownOffice(x *index, h *holder, name string) string {
	if h.kind.Name != "office" || x.fold(name) != x.fold(p.office.Name) {
		return ""
	}
	return store.OfficeID(p.office.Code)
}

// fillParent tells this ledger's own office what it is under, if it does not
// know: rosters print it.
func (p *planner) fillParent(h *holder, id string, at resolved, r *rowAt) error {
	parent := p.refOf(h, "parent", at)
	if parent == "" || parent == unclear || p.stamped != nil {
		return nil
	}
	d, err := p.draft(h.kind, id)
	if err != nil || !d.known || d.kind.Value(d.row, "parent") != "" {
		return err
	}
	p.set(d, d.kind.Field("parent"), p.tx.Canonical(parent), r.whole())
	return nil
}

// candidates are the records of that name that nothing in the row contradicts.
func (p *planner) candidates(x *index, h *holder, name string, at resolved, r *rowAt) ([]string, error) {
	if p.stamped != nil && numberOf(h.kind) != nil {
		return p.inBook(x, h, name, r), nil
	}
	var sure, loose []string
	for _, id := range x.byName[x.fold(name)] {
		held, err := p.held(x.kind, id)
		if err != nil {
			return nil, err
		}
		switch p.agrees(held, h, at, r) {
		case yes:
			sure = append(sure, id)
		case maybe:
			loose = append(loose, id)
		}
	}
	if len(sure) > 0 {
		return sure, nil
	}
	if len(loose) > 0 && numberOf(h.kind) != nil {
		return append(loose, unclear), nil
	}
	return loose, nil
}

// inBook finds a person only among those earlier rows of the same book typed:
// whether a typed row means somebody the ledger knows is found out by joining,
// so that neither the order of books matters nor that this one was in before.
func (p *planner) inBook(x *index, h *holder, name string, r *rowAt) []string {
	var out []string
	number := h.number()
	for _, id := range x.byName[x.fold(name)] {
		d := p.drafts[recordKey{h.kind.Name, id}]
		if d == nil || !d.typed || slices.Contains(out, id) {
			continue
		}
		held := h.kind.Value(d.row, numberOf(h.kind).Name)
		if number == nil || held == "" || r.value(number.index).Text == "" || r.value(number.index).Text == held {
			out = append(out, id)
		}
	}
	return out
}

type answer int

const (
	no answer = iota
	maybe
	yes
)

// agrees holds a record against what the row says of it. Whom the row means is
// sure by name, birth and village together, or by name and office for places.
func (p *planner) agrees(held field.Row, h *holder, at resolved, r *rowAt) answer {
	k := h.kind
	if n := h.number(); n != nil {
		a, b := k.Value(held, n.field.Name), r.value(n.index).Text
		if a != "" && b != "" && a != b {
			return no
		}
	}
	dated := false
	for _, c := range h.columns {
		if c.field.Type != field.Day || !c.field.Match {
			continue
		}
		a, _ := field.DateOf(k.Value(held, c.field.Name))
		b, _ := field.DateOf(r.value(c.index).Text)
		if !a.Agrees(b) {
			return no
		}
		dated = !a.IsZero() && !b.IsZero()
	}
	for _, f := range k.Fields {
		if f.Type != field.Ref || !f.Match {
			continue
		}
		if want := p.refOf(h, f.Name, at); want != "" && k.Value(held, f.Name) != "" && p.tx.Canonical(want) != k.Value(held, f.Name) {
			return no
		}
	}
	if numberOf(k) == nil {
		return yes
	}
	return p.sameVillage(held.ID, at, dated)
}

// refOf is what the row says a reference of a holder leads to.
func (p *planner) refOf(h *holder, ref string, at resolved) string {
	for child, id := range at {
		if child.parent == h && child.ref == ref && id != "" {
			return id
		}
	}
	if h.kind.Name == "village" && ref == "office" && p.office.Level == field.Township {
		return store.OfficeID(p.office.Code)
	}
	return ""
}

// sameVillage is sure of a namesake who holds or held something in the row's
// village, or of one with the same birth who holds nothing anywhere.
func (p *planner) sameVillage(person string, at resolved, dated bool) answer {
	village := ""
	for h, id := range at {
		if h.kind.Name == "village" {
			village = p.tx.Canonical(id)
		}
	}
	if village == "" {
		if dated {
			return yes
		}
		return maybe
	}
	links, err := p.tx.Referring(person)
	if err != nil {
		return maybe
	}
	if slices.Contains(p.links[person], village) {
		return yes
	}
	anywhere := len(p.links[person]) > 0
	for _, l := range links {
		k := p.kinds.Kind(l.Kind)
		if k.Index("village") < 0 {
			continue
		}
		anywhere = true
		if row, ok, err := p.tx.Row(l.Kind, l.ID); err == nil && ok && k.Value(row, "village") == village {
			return yes
		}
	}
	if !anywhere && dated {
		return yes
	}
	return maybe
}

// severalMeant asks: more than one record may be meant, or one that may also
// be a namesake.
func (p *planner) severalMeant(x *index, h *holder, candidates []string, at resolved, r *rowAt, named *column) (string, error) {
	var names []string
	for _, id := range candidates {
		if id == unclear {
			continue
		}
		held, err := p.held(x.kind, id)
		if err != nil {
			return "", err
		}
		names = append(names, p.describe(h.kind, held))
	}
	what := "请补填公民身份号码或完整的出生年月，以便分清是不是同一人。"
	if numberOf(h.kind) == nil {
		what = "请写明所属的苏木乡镇。"
	}
	p.doubt(r.place(named.index), named.field.Label, fmt.Sprintf("台账里已有“%s”，无法确定是不是这一行所指；%s", strings.Join(names, "”“"), what), "")
	return unclear, nil
}

// describe names a record so that namesakes are told apart.
func (p *planner) describe(k *field.Kind, row field.Row) string {
	out := []string{p.tx.NameOf(k, row)}
	if k.Named == "" {
		return out[0]
	}
	for i, f := range k.Fields {
		switch {
		case f.Name == k.Named || !f.Match || row.Values[i] == "":
		case f.Type == field.Ref:
			out = append(out, p.tx.Name(f.Target, row.Values[i]))
		default:
			out = append(out, f.Show(row.Values[i]))
		}
	}
	return strings.Join(out, " ")
}
