// Package rule tells what counts in a year: the limits, and the items of the
// lists, as the program brings them (默认值) and as rules of the ledger say
// instead. A past year is held to its own.
//
// What a rule is for is the business of whoever asks (store/check, store/work,
// store/report); how it is written down is store/record's.
package rule

import (
	"cmp"
	"slices"
	"strconv"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
)

// Pack are the rules of one year.
type Pack struct {
	Year  int
	rules []record.Rule
}

// Codes of 门槛 that the program asks for. Ages are full years.
const (
	AgeLimit       = "age-limit"   // from which somebody in post is listed
	LeaderAge      = "leader-age"  // of a 书记, from which a successor must be in sight
	ReserveAge     = "reserve-age" // from which a reserve is too old to take over
	YoungAge       = "young-age"   // up to which figures count somebody as young
	VacancyMonths  = "vacancy-months"
	TermNotice     = "term-notice" // months before the end of a term from which it is listed
	TermSoon       = "term-soon"   // months before the end of a term from which the light is yellow
	PerVillage     = "reserves-per-village"
	CoachingMonths = "coaching-months"
	TrackingMonths = "tracking-months"
	VettingMonths  = "vetting-months"
	StayMonths     = "stay-months"
	HireSince      = "hire-since"
	ReturnSince    = "return-since"
	ReturnPlan     = "return-plan"
	SecondmentPlan = "secondment-plan"

	ProposeVoters    = "propose-voters" // texts: how many of whom begin and pass a 罢免
	ProposeDelegates = "propose-delegates"
	RecallVote       = "recall-vote"
)

// Of reads the rules of the year a day lies in.
func Of(tx *store.Tx, day field.Date) (*Pack, error) {
	var own []record.Rule
	for r, err := range store.All[record.Rule](tx) {
		if err != nil {
			return nil, err
		}
		own = append(own, *r)
	}
	return New(day.Year, own), nil
}

// New puts the rules of a year together from those of a ledger, of whichever
// years: of each group and code the latest not after the year, else the
// program's own. One that is switched off is none.
func New(year int, own []record.Rule) *Pack {
	p := &Pack{Year: year}
	type key struct{ group, code string }
	at := map[key]int{}
	add := func(r record.Rule) {
		k := key{r.Group, r.Code}
		i, known := at[k]
		switch {
		case !known:
			at[k] = len(p.rules)
			p.rules = append(p.rules, r)
		case since(&p.rules[i]) < since(&r):
			p.rules[i] = r
		}
	}
	for _, r := range record.Defaults() {
		add(r)
	}
	own = slices.Clone(own)
	slices.SortStableFunc(own, func(a, b record.Rule) int { // of two for one year the first made stands, in every ledger
		return cmp.Or(cmp.Compare(since(&a), since(&b)), cmp.Compare(a.ID, b.ID))
	})
	for _, r := range own {
		if r.Group != "" && r.Code != "" && since(&r) <= year {
			add(r)
		}
	}
	p.rules = slices.DeleteFunc(p.rules, func(r record.Rule) bool { return r.Off == "1" })
	return p
}

// since is the year from which a rule counts, 0 for the program's own.
func since(r *record.Rule) int {
	if r.Year == nil {
		return 0
	}
	return int(*r.Year)
}

// Rules are those of a group, in their order.
func (p *Pack) Rules(group string) []record.Rule {
	var out []record.Rule
	for _, r := range p.rules {
		if r.Group == group {
			out = append(out, r)
		}
	}
	return out
}

// Rule finds one by group and code; ok is false if the year has none.
func (p *Pack) Rule(group, code string) (r record.Rule, ok bool) {
	i := slices.IndexFunc(p.rules, func(r record.Rule) bool { return r.Group == group && r.Code == code })
	if i < 0 {
		return r, false
	}
	return p.rules[i], true
}

// Limit is the whole number of a 门槛; 0 where the year has none, or it is no
// number.
func (p *Pack) Limit(code string) int {
	return int(p.Number(record.LimitRules, code))
}

// Number is the number of a rule; 0 where the year has none.
func (p *Pack) Number(group, code string) float64 {
	r, _ := p.Rule(group, code)
	n, err := strconv.ParseFloat(r.Value, 64)
	if err != nil {
		return 0
	}
	return n
}

// IsDefault reports a rule of the program's own.
func IsDefault(r *record.Rule) bool { return r.ID == "" }

// Mark is what stands behind a limit in a sentence: where it comes from, if it
// is the program's own and no source names it.
func (p *Pack) Mark(code string) string {
	if r, ok := p.Rule(record.LimitRules, code); ok && IsDefault(&r) && r.Source == "默认值" {
		return "（默认值）"
	}
	return ""
}

// Difference is one rule that is not the same in two packs. A rule that one of
// them lacks is empty there.
type Difference struct{ Before, After record.Rule }

// Compare lists what differs between two packs, group by group.
func Compare(before, after *Pack) []Difference {
	var out []Difference
	for _, b := range before.rules {
		a, _ := after.Rule(b.Group, b.Code)
		if !same(&a, &b) {
			out = append(out, Difference{b, a})
		}
	}
	for _, a := range after.rules {
		if _, there := before.Rule(a.Group, a.Code); !there {
			out = append(out, Difference{After: a})
		}
	}
	return out
}

// same reports whether two rules say the same, whoever set them.
func same(a, b *record.Rule) bool {
	return a.Group == b.Group && a.Label == b.Label && a.Value == b.Value && a.Unit == b.Unit
}

// Reached reports whether a number is as large as a limit; never where the year
// has no such limit.
func (p *Pack) Reached(code string, n int) bool {
	limit := p.Limit(code)
	return limit > 0 && n >= limit
}
