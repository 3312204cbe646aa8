package exchange

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
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

// unclear is find's answer where a person must say whom the row means.
const unclear = "?"

// find returns the record a row means by the columns of a holder, making a
// draft of it if the ledger has none.
func (p *planner) find(h *holder, at resolved, r *rowAt) (string, error) {
	if h.kind.Named == "" {
		return "", fmt.Errorf("kind %s has no name to be found by", h.kind.Name)
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
		if id, done := p.byNumber(x, h, named, n, r); done {
			return id, p.fill(h, id, at, r)
		}
	}
	if id := p.ownOffice(x, h, name); id != "" {
		return id, p.fillParent(h, id, at, r)
	}
	candidates := p.candidates(x, h, name, at, r)
	switch {
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
	if h.kind.Name == "office" || named == nil {
		return ""
	}
	label := h.kind.Field(h.kind.Named).Label
	if v := r.value(named.index); v.Problem == nil {
		p.doubt(r.place(named.index), label, "这一行缺“"+label+"”，无法对应到人或村，请补填后再导入。", "")
	}
	return unclear
}

// byNumber finds a person by ID number. A number that stands in the ledger
// under another name is asked about: 换人 or 更正 is not for a program to say.
func (p *planner) byNumber(x *index, h *holder, named, number *column, r *rowAt) (string, bool) {
	ids := x.byNumber[r.value(number.index).Text]
	if len(ids) == 0 || p.stamped != nil {
		return "", false
	}
	id := ids[0]
	held, name := x.rows[id], r.value(named.index).Text
	if heldName := h.kind.Value(held, h.kind.Named); x.fold(heldName) != x.fold(name) {
		p.doubt(r.place(named.index), named.field.Label, fmt.Sprintf(
			"公民身份号码与台账里的“%s”相同，姓名却是“%s”：是改名请先在台账更正，是另一人请核对公民身份号码。", heldName, name), heldName)
		return unclear, true
	}
	return id, true
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
func (p *planner) candidates(x *index, h *holder, name string, at resolved, r *rowAt) []string {
	if p.stamped != nil && numberOf(h.kind) != nil {
		return p.inBook(x, h, name, r)
	}
	var sure, loose []string
	for _, id := range x.byName[x.fold(name)] {
		switch p.agrees(x.rows[id], h, at, r) {
		case yes:
			sure = append(sure, id)
		case maybe:
			loose = append(loose, id)
		}
	}
	if len(sure) > 0 {
		return sure
	}
	if len(loose) > 0 && numberOf(h.kind) != nil {
		return append(loose, unclear)
	}
	return loose
}

// inBook finds a person only among those the same book typed before: whether
// a typed row means somebody the ledger knows is found out by joining, so that
// the order of books does not matter.
func (p *planner) inBook(x *index, h *holder, name string, r *rowAt) []string {
	var out []string
	number := h.number()
	for _, id := range x.byName[x.fold(name)] {
		d := p.drafts[recordKey{h.kind.Name, id}]
		if d == nil || d.known || !d.edit {
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
		if id != unclear {
			names = append(names, p.describe(h.kind, x.rows[id]))
		}
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

// create drafts a record the ledger lacks.
func (p *planner) create(x *index, h *holder, at resolved, r *rowAt) (string, error) {
	id := p.newID(x, h, at, r)
	d, err := p.draft(h.kind, id)
	if err != nil {
		return "", err
	}
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
		return store.NewID(p.plan.book.now)
	}
	return p.derivedID(h, r)
}

// derivedID names a record typed into a stamped book by what the row says of
// it: sorting the book does not change it.
func (p *planner) derivedID(h *holder, r *rowAt) string {
	head := &p.stamped.head
	parts := []string{"row", head.Book, h.kind.Name, h.path}
	for _, v := range r.row().Values {
		parts = append(parts, v.Raw)
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
		for _, id := range x.find(fields, wanted) {
			if open(k, x.rows[id], s.form) {
				return p.draft(k, id)
			}
		}
	}
	id := store.NewID(p.plan.book.now)
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
	first, seen := p.reached[s.form.Name+id]
	if !seen {
		p.reached[s.form.Name+id] = r.whole()
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
	return fmt.Sprint("第", r.row().Number, "行")
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
			if d.kind == k && d.from != nil {
				seen[d.id] = true
				villages[k.Value(d.row, "village")] = true
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
