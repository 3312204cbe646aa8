package report

import (
	"touyan/store"
	"touyan/store/check"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/rule"
)

// facts are the ledger as of a day, read once for all figures.
type facts struct {
	asOf  field.Date
	rules *rule.Pack

	villages    []*record.Village // that exist on the day
	people      map[string]*record.Person
	posts       []*record.Post
	held        map[string][]*record.Post // on the day, by village
	reserves    []*record.Reserve
	pool        []*record.Reserve // on the day
	coachings   map[string][]*record.Coaching
	surveys     []*record.Survey
	canvasses   []*record.Canvass
	cases       []*record.Conduct
	lax         []*record.Lax
	hires       []*record.Hire
	trackings   map[string][]*record.Tracking
	away        []*record.Away
	promises    []*record.Promise
	secondments []*record.Secondment
	benefits    []*record.Benefit
	filings     []*record.Filing
	papers      map[string]int // of a person
}

func gather(tx *store.Tx, asOf field.Date) (*facts, error) {
	f := &facts{asOf: asOf, people: map[string]*record.Person{}, held: map[string][]*record.Post{}, coachings: map[string][]*record.Coaching{},
		trackings: map[string][]*record.Tracking{}, papers: map[string]int{}}
	var err error
	if f.rules, err = rule.Of(tx, asOf); err != nil {
		return nil, err
	}
	read := reader{tx: tx}
	take(&read, func(v record.Village) {
		if runs(v.From, v.To, asOf) {
			f.villages = append(f.villages, &v)
		}
	})
	take(&read, func(p record.Person) { f.people[p.ID] = &p })
	take(&read, func(p record.Post) {
		f.posts = append(f.posts, &p)
		if runs(p.From, p.To, asOf) {
			f.held[p.Village] = append(f.held[p.Village], &p)
		}
	})
	take(&read, func(r record.Reserve) {
		f.reserves = append(f.reserves, &r)
		if check.InPool(&r, asOf) {
			f.pool = append(f.pool, &r)
		}
	})
	take(&read, func(c record.Coaching) { f.coachings[c.Reserve] = append(f.coachings[c.Reserve], &c) })
	take(&read, func(s record.Survey) { f.surveys = append(f.surveys, &s) })
	take(&read, func(c record.Canvass) { f.canvasses = append(f.canvasses, &c) })
	take(&read, func(c record.Conduct) { f.cases = append(f.cases, &c) })
	take(&read, func(l record.Lax) { f.lax = append(f.lax, &l) })
	take(&read, func(h record.Hire) { f.hires = append(f.hires, &h) })
	take(&read, func(t record.Tracking) { f.trackings[t.Hire] = append(f.trackings[t.Hire], &t) })
	take(&read, func(a record.Away) { f.away = append(f.away, &a) })
	take(&read, func(p record.Promise) { f.promises = append(f.promises, &p) })
	take(&read, func(s record.Secondment) { f.secondments = append(f.secondments, &s) })
	take(&read, func(b record.Benefit) { f.benefits = append(f.benefits, &b) })
	take(&read, func(x record.Filing) { f.filings = append(f.filings, &x) })
	take(&read, func(p record.Paper) { f.papers[p.Person]++ })
	return f, read.err
}

// reader goes through kind after kind until one cannot be read.
type reader struct {
	tx  *store.Tx
	err error
}

// take visits the records of a kind, each a copy of its own.
func take[T any, P interface {
	*T
	field.Record
}](r *reader, visit func(T)) {
	if r.err != nil {
		return
	}
	for rec, err := range store.All[T, P](r.tx) {
		if err != nil {
			r.err = err
			return
		}
		visit(*rec)
	}
}

// runs reports whether the day lies in a period; an unknown bound is none, and
// the last day does not belong to it.
func runs(from, to, day field.Date) bool {
	return !day.Before(from) && (to.IsZero() || day.Before(to))
}

// local reports a reserve of the place: 本土摸排, what was found later, and what is
// not said.
func local(r *record.Reserve) bool { return r.Source == "" || r.Source == "1" || r.Source == "2" }

// villageIDs are those of the villages that exist.
func (f *facts) villageIDs() []string {
	out := make([]string, len(f.villages))
	for i, v := range f.villages {
		out[i] = v.ID
	}
	return out
}

// secretaries are the people who are 书记 of a village on the day, by village.
func (f *facts) secretaries() map[string]string {
	out := map[string]string{}
	for _, v := range f.villages {
		for _, p := range f.held[v.ID] {
			if p.Position == record.Secretary {
				out[v.ID] = p.Person
			}
		}
	}
	return out
}

// since reports whether a day is of a year or later, and not after the day of
// the figures.
func (f *facts) since(d field.Date, year int) bool {
	return !d.IsZero() && d.Year >= year && !f.asOf.Before(d)
}
