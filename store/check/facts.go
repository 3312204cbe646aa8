package check

import (
	"slices"
	"strings"
	"time"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/rule"
)

// facts are what the rules look at: the ledger as of a day, read once.
type facts struct {
	tx    *store.Tx
	rules *rule.Pack
	kinds field.Kinds
	asOf  field.Date
	rows  map[string][]field.Row // by kind
	known map[string]bool        // ids that count, by kind and id

	villages []*record.Village // that exist on the day
	people   []*record.Person
	posts    []*record.Post
	reserves []*record.Reserve
	hires    []*record.Hire
	cases    map[string][]*record.Conduct // open, by village
	served   map[string]bool              // villages with somebody of 乡招村用 in post

	village map[string]*record.Village
	person  map[string]*record.Person
	office  map[string]string            // names; a township need not be told its own
	held    map[string][]*record.Post    // posts held on the day, by village
	pool    map[string][]*record.Reserve // in the pool on the day, by village

	examined     bool
	empty, wrong []Problem // what the records find themselves
}

func newFacts(tx *store.Tx, asOf field.Date) (*facts, error) {
	rules, err := rule.Of(tx, asOf)
	return &facts{tx: tx, rules: rules, kinds: tx.Kinds(), asOf: asOf, rows: map[string][]field.Row{}, known: map[string]bool{},
		village: map[string]*record.Village{}, person: map[string]*record.Person{}, office: map[string]string{},
		held: map[string][]*record.Post{}, pool: map[string][]*record.Reserve{}}, err
}

func gather(tx *store.Tx, asOf field.Date) (*facts, error) {
	f, err := newFacts(tx, asOf)
	if err != nil {
		return nil, err
	}
	for _, k := range f.kinds {
		for row, err := range tx.Rows(k.Name) {
			if err != nil {
				return nil, err
			}
			f.take(k, row)
		}
	}
	f.sort()
	return f, nil
}

// gatherVillage is gather for one village: its posts, its pool, and the people
// of both.
func gatherVillage(tx *store.Tx, id string, asOf field.Date) (*facts, error) {
	f, err := newFacts(tx, asOf)
	if err != nil {
		return nil, err
	}
	if err := f.fetch("village", tx.Canonical(id)); err != nil {
		return nil, err
	}
	for _, row := range f.rows["village"] {
		if err := f.fetch("office", f.kinds.Kind("village").Value(row, "office")); err != nil {
			return nil, err
		}
	}
	links, err := tx.Referring(id)
	if err != nil {
		return nil, err
	}
	for _, l := range links {
		if err := f.fetch(l.Kind, l.ID); err != nil {
			return nil, err
		}
	}
	for _, kind := range []string{"post", "reserve"} {
		for _, row := range f.rows[kind] {
			if err := f.fetch("person", f.kinds.Kind(kind).Value(row, "person")); err != nil {
				return nil, err
			}
		}
	}
	f.sort()
	return f, nil
}

// fetch reads one record, once, if it is there and counts.
func (f *facts) fetch(kind, id string) error {
	if id == "" || f.known[kind+id] {
		return nil
	}
	row, ok, err := f.tx.Row(kind, id)
	if err != nil || !ok || row.Void != "" {
		return err
	}
	f.take(f.kinds.Kind(kind), row)
	return nil
}

func (f *facts) take(k *field.Kind, row field.Row) {
	f.rows[k.Name] = append(f.rows[k.Name], row)
	f.known[k.Name+row.ID] = true
}

// sort puts the rows where the rules look for them.
func (f *facts) sort() {
	for _, o := range each[record.Office](f, "office") {
		if !isOwn(f.tx, o) {
			f.office[o.ID] = o.Name
		}
	}
	for _, v := range each[record.Village](f, "village") {
		f.village[v.ID] = v
		if runs(v.From, v.To, f.asOf) {
			f.villages = append(f.villages, v)
		}
	}
	f.people = each[record.Person](f, "person")
	for _, p := range f.people {
		f.person[p.ID] = p
	}
	f.posts = each[record.Post](f, "post")
	for _, p := range f.posts {
		if runs(p.From, p.To, f.asOf) {
			f.held[p.Village] = append(f.held[p.Village], p)
		}
	}
	f.hires, f.cases, f.served = each[record.Hire](f, "hire"), map[string][]*record.Conduct{}, map[string]bool{}
	for _, h := range f.hires {
		if !record.HireGone(h.State) && h.State != record.HireLent && h.Village != "" {
			f.served[h.Village] = true
		}
	}
	for _, c := range each[record.Conduct](f, "conduct") {
		if record.ConductOpen(c.State) {
			f.cases[c.Village] = append(f.cases[c.Village], c)
		}
	}
	f.reserves = each[record.Reserve](f, "reserve")
	for _, r := range f.reserves {
		if InPool(r, f.asOf) {
			f.pool[r.Village] = append(f.pool[r.Village], r)
		}
	}
}

// each turns the rows of a kind into its records.
func each[T any, P interface {
	*T
	field.Record
}](f *facts, kind string) []P {
	scratch := new(T)
	bound := f.kinds.Kind(kind).Bind(P(scratch))
	out := make([]P, len(f.rows[kind]))
	for i, row := range f.rows[kind] {
		bound.Fill(row)
		rec := *scratch
		out[i] = &rec
	}
	return out
}

// runs reports whether the day lies in a period; an unknown bound is none. The
// last day does not belong to it: on that day the successor is in.
func runs(from, to, day field.Date) bool {
	return !day.Before(from) && (to.IsZero() || day.Before(to))
}

// InPool reports whether somebody counts as a reserve on the day: admitted and
// not gone. Rosters do not tell the state; who stands in one is in the pool.
func InPool(r *record.Reserve, day field.Date) bool {
	admitted := r.State == "" || r.State == record.Admitted || r.State == record.InTraining
	return admitted && runs(r.Entered, r.Left, day)
}

// place is Place from what was gathered.
func (f *facts) place(id string) string {
	v := f.village[id]
	if v == nil {
		return "（未填嘎查村）"
	}
	return f.office[v.Office] + v.Name
}

// Place names a village with its township, for villages of different townships
// share names; a township need not be told its own.
func Place(tx *store.Tx, village string) string {
	v, err := store.Get[record.Village](tx, village)
	if err != nil {
		return ""
	}
	o, err := store.Get[record.Office](tx, v.Office)
	if err != nil || isOwn(tx, o) {
		return v.Name
	}
	return o.Name + v.Name
}

// isOwn reports the township whose ledger it is.
func isOwn(tx *store.Tx, o *record.Office) bool {
	own := tx.Office()
	return own.Level == field.Township && o.Code == own.Code
}

// inPost lists the people who hold a post of a village on the day, 驻村 not
// among them, with where.
func (f *facts) inPost() map[string]string {
	out := map[string]string{}
	for _, posts := range f.held {
		for _, p := range posts {
			if record.Body(p.Position) != record.Outside {
				out[p.Person] = f.place(p.Village)
			}
		}
	}
	return out
}

// holders are the posts of one position of a village on the day.
func (f *facts) holders(village, position string) []*record.Post {
	var out []*record.Post
	for _, p := range f.held[village] {
		if p.Position == position {
			out = append(out, p)
		}
	}
	return out
}

func (f *facts) names(posts []*record.Post) string {
	var out []string
	for _, p := range posts {
		name := "（未填姓名）"
		if who := f.person[p.Person]; who != nil {
			name = who.Name
		}
		if !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return strings.Join(out, "、")
}

// word shows a code of a kind's field in office words.
func (f *facts) word(kind, name, code string) string {
	return f.kinds.Kind(kind).Field(name).Show(code)
}

// After moves a date by months and keeps its precision.
func After(d field.Date, months int) field.Date {
	if d.Month == 0 {
		d.Year += months / 12
		return d
	}
	m := d.Year*12 + d.Month - 1 + months
	d.Year, d.Month = m/12, m%12+1
	if d.Day > 0 {
		d.Day = min(d.Day, time.Date(d.Year, time.Month(d.Month+1), 0, 0, 0, 0, 0, time.UTC).Day()) // the 31st of a shorter month is its last day
	}
	return d
}
