package page

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"touyan/store"
	"touyan/store/check"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/rule"
)

// villagePage is a village's dossier (一村一页). Its overview may be shown on a
// wall: there names are veiled, and only the overview is open.
type villagePage struct{ *Dossier }

// Projects says that what is personal is hidden here on a wall.
func (villagePage) Projects() {}

// Remake makes the page in another look.
func (p villagePage) Remake() Page {
	p.Dossier.Remake()
	return p
}

// Print writes a roster of this village and opens it.
func (p villagePage) Print(f *field.Form) { p.village.print(f) }

// pageOf is the page of a record. at names the field one came for, if any.
func (d *Desk) pageOf(kind *field.Kind, id, at string) Page {
	x := newDossier(d, kind, id, at)
	if x.village != nil {
		return villagePage{x}
	}
	return x
}

// villageFacts are what the ledger knows of a village beside its cells.
type villageFacts struct {
	light  check.Light
	exists bool       // on the day; else it has no light
	until  field.Date // the end of the term; zero: the election is not known
	left   int        // months until then
	notice int        // so few of them are told
	passed float32    // share of the term that is over
	team   []member
	vacant []string // the positions of 书记 and 主任 nobody holds
	pool   []follower
	names  []string // of all those people
}

// member is somebody in post in the village.
type member struct {
	person, name string
	positions    []string
	posts        []string // their ids
	about        []string // age, sex, nation, politics
	from         field.Date
	elected      bool // leaves with the term
}

// follower is somebody in the pool for the village.
type follower struct {
	reserve, person, name string
	about                 []string
	maturity, direction   string // as words
	points                int
	able                  bool
	reasons               string // of the rank
}

// readVillage gathers the team, the pool, and how the village stands.
func readVillage(tx *store.Tx, id string, today field.Date) (*villageFacts, error) {
	f := &villageFacts{}
	v, err := store.Get[record.Village](tx, id)
	if err != nil {
		return nil, err
	}
	f.light, err = check.LightOf(tx, id, today)
	f.exists = err == nil
	if err != nil && !errors.Is(err, store.ErrNoRecord) {
		return nil, err
	}
	rules, err := rule.Of(tx, today)
	if err != nil {
		return nil, err
	}
	if f.notice = rules.Limit(rule.TermNotice); !v.Elected.IsZero() {
		f.until = check.After(v.Elected, 12*check.TermYears)
		f.left = months(today, f.until)
		f.passed = 1 - min(max(float32(f.left)/(12*check.TermYears), 0), 1)
	}
	links, err := tx.Referring(id)
	if err != nil {
		return nil, err
	}
	for _, l := range links {
		if l.Field != "village" {
			continue
		}
		switch l.Kind {
		case "post":
			err = f.addPost(tx, l.ID, today)
		case "reserve":
			err = f.addReserve(tx, l.ID, today)
		}
		if err != nil {
			return nil, err
		}
	}
	f.order(tx)
	return f, f.succeed(tx, id, today)
}

// succeed ranks who could follow the 书记. Where there is none, those of the team
// stand among them.
func (f *villageFacts) succeed(tx *store.Tx, village string, today field.Date) error {
	list, err := check.Succession(tx, village, record.Secretary, today)
	if err != nil {
		return err
	}
	pool := f.pool
	f.pool = nil
	for _, c := range list {
		i := slices.IndexFunc(pool, func(r follower) bool { return r.reserve == c.Reserve && c.Reserve != "" })
		r := follower{person: c.Person, name: c.Name, maturity: wordInTeam}
		switch {
		case i >= 0:
			r = pool[i]
		case !slices.Contains(f.vacant, record.Secretary):
			continue
		default:
			if _, r.about, err = whoIs(tx, c.Person, today); err != nil {
				return err
			}
		}
		r.points, r.able, r.reasons = c.Points, c.Able, strings.Join(c.For, "、")
		if !c.Able {
			r.reasons = sayNotYet(strings.Join(c.Against, "、"))
		}
		f.pool = append(f.pool, r)
		f.names = append(f.names, r.name)
	}
	return nil
}

func (f *villageFacts) addPost(tx *store.Tx, id string, today field.Date) error {
	p, err := store.Get[record.Post](tx, id)
	if err != nil || p.Void != "" || !p.To.IsZero() {
		return err
	}
	i := slices.IndexFunc(f.team, func(m member) bool { return m.person == p.Person })
	if i < 0 {
		name, about, err := whoIs(tx, p.Person, today)
		if err != nil {
			return err
		}
		i = len(f.team)
		f.team = append(f.team, member{person: p.Person, name: name, about: about, from: p.From})
	}
	m := &f.team[i]
	m.positions, m.posts = append(m.positions, p.Position), append(m.posts, p.ID)
	m.elected = m.elected || check.Elected(p.Position)
	if p.From.Before(m.from) {
		m.from = p.From
	}
	return nil
}

func (f *villageFacts) addReserve(tx *store.Tx, id string, today field.Date) error {
	r, err := store.Get[record.Reserve](tx, id)
	if err != nil || r.Void != "" || !check.InPool(r, today) {
		return err
	}
	name, about, err := whoIs(tx, r.Person, today)
	if err != nil {
		return err
	}
	k := tx.Kinds().Kind("reserve")
	f.pool = append(f.pool, follower{reserve: r.ID, person: r.Person, name: name, about: about,
		maturity: k.Field("maturity").Show(r.Maturity), direction: k.Field("direction").Show(r.Direction)})
	return nil
}

// order puts the team by the weight of what each holds, and finds what is
// vacant.
func (f *villageFacts) order(tx *store.Tx) {
	positions := tx.Kinds().Kind("post").Field("position")
	held := map[string]bool{}
	for i := range f.team {
		m := &f.team[i]
		slices.Sort(m.positions)
		for _, p := range m.positions {
			held[p] = true
		}
	}
	slices.SortStableFunc(f.team, func(a, b member) int {
		return cmp.Or(cmp.Compare(a.positions[0], b.positions[0]), cmp.Compare(a.from.String(), b.from.String()), cmp.Compare(a.person, b.person))
	})
	for i := range f.team {
		for n, p := range f.team[i].positions {
			f.team[i].positions[n] = positions.Show(p)
		}
		f.names = append(f.names, f.team[i].name)
	}
	for _, p := range []string{record.Secretary, record.Head} {
		if f.exists && !held[p] {
			f.vacant = append(f.vacant, p)
		}
	}
}

// whoIs is a person's name and, in one line, what one asks first.
func whoIs(tx *store.Tx, id string, today field.Date) (name string, about []string, err error) {
	p, err := store.Get[record.Person](tx, id)
	if errors.Is(err, store.ErrNoRecord) {
		return tx.Name("person", id), nil, nil
	}
	if err != nil {
		return "", nil, err
	}
	if years, ok := p.Birth.Age(today); ok {
		about = append(about, sayYears(years))
	}
	k := tx.Kinds().Kind("person")
	for _, c := range []struct{ field, code string }{{"sex", p.Sex}, {"ethnic", p.Ethnic}, {"politics", p.Politics}} {
		if text := k.Field(c.field).Show(c.code); text != "" {
			about = append(about, text)
		}
	}
	return p.Name, about, nil
}

// villagePeople adds to a set of records those whose faults are a village's
// too: its posts that have not ended, its pool, and the people of both.
func villagePeople(f *villageFacts, about map[string]bool) {
	for _, m := range f.team {
		about["person/"+m.person] = true
		for _, id := range m.posts {
			about["post/"+id] = true
		}
	}
	for _, r := range f.pool {
		if r.reserve != "" {
			about["person/"+r.person], about["reserve/"+r.reserve] = true, true
		}
	}
}
