// Package dossier puts 一人一档 together out of what the ledger knows of
// somebody: the résumé from posts and stretches of life, the ten classes of
// materials with what each event asks for, what is missing, and how complete it
// is. It only reads; papers are attached by store/paper, and what a dossier must
// have is said by the rules of the year (store/rule).
package dossier

import (
	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/rule"
)

// Dossier is one person's on a day.
type Dossier struct {
	Person     *record.Person
	Stretches  []Stretch // of the life, the earliest first
	Gaps       []Gap     // of more than a year between them
	Classes    []Class   // the ten, and photos
	Deductions []Deduction
	Score      int // of 100
	Pass       int // the points from which it is complete; 0: no rule says
}

// Class is one of the ten, with what is there and what is missing.
type Class struct {
	Code      string
	Label     string
	Materials []Material
	Missing   []Missing
}

// Material is a paper that is there.
type Material struct {
	Paper   *record.Paper
	Scanned bool // there is a file, not the paper alone
}

// Missing is what this person must have and has not.
type Missing struct {
	Label string // of the material
	Class string
	Why   string // a sentence
	Kind  string // of the record that asks for it
	ID    string
}

// Deduction is what the score lost.
type Deduction struct {
	Code   string
	Reason string
	Count  int
	Points int // for all of them
}

// Missing lists what is missing in all classes, in their order.
func (d *Dossier) Missing() []Missing {
	var out []Missing
	for _, c := range d.Classes {
		out = append(out, c.Missing...)
	}
	return out
}

// Complete reports a dossier that reaches the points its year asks.
func (d *Dossier) Complete() bool { return d.Score >= d.Pass }

// life is what the ledger knows of somebody, read once.
type life struct {
	person    *record.Person
	posts     []*record.Post
	careers   []*record.Career
	papers    []*record.Paper
	filings   []*record.Filing
	vettings  []*record.Vetting
	cases     []*record.Conduct
	relatives []*record.Relative
}

// Of puts somebody's dossier together. store.ErrNoRecord if there is none.
func Of(tx *store.Tx, person string, asOf field.Date) (*Dossier, error) {
	l, err := read(tx, person)
	if err != nil {
		return nil, err
	}
	rules, err := rule.Of(tx, asOf)
	if err != nil {
		return nil, err
	}
	d := &Dossier{Person: l.person, Stretches: stretches(tx, l), Pass: int(rules.Number(record.ScoreRules, "pass"))}
	d.Gaps = gaps(l.person, d.Stretches, asOf)
	d.Classes = classes(tx, l, rules)
	d.score(l, rules)
	return d, nil
}

func read(tx *store.Tx, person string) (*life, error) {
	l := &life{}
	var err error
	if l.person, err = store.Get[record.Person](tx, person); err != nil {
		return nil, err
	}
	id := l.person.ID
	for _, take := range []func() error{
		func() (err error) { l.posts, err = store.Referrers[record.Post](tx, id, "person"); return err },
		func() (err error) { l.careers, err = store.Referrers[record.Career](tx, id, "person"); return err },
		func() (err error) { l.papers, err = store.Referrers[record.Paper](tx, id, "person"); return err },
		func() (err error) { l.filings, err = store.Referrers[record.Filing](tx, id, "person"); return err },
		func() (err error) { l.vettings, err = store.Referrers[record.Vetting](tx, id, "person"); return err },
		func() (err error) { l.cases, err = store.Referrers[record.Conduct](tx, id, "person"); return err },
		func() (err error) { l.relatives, err = store.Referrers[record.Relative](tx, id, "person"); return err },
	} {
		if err := take(); err != nil {
			return nil, err
		}
	}
	return l, nil
}
