package check

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/rule"
)

// Candidate is somebody who could take a post of a village, with what speaks for
// and against it.
type Candidate struct {
	Person  string // id
	Reserve string // id of the place in the pool; empty for a member of the team
	Name    string
	Points  int
	Able    bool     // nothing known keeps the person from it
	For     []string // each with its points, the weightiest first
	Against []string
}

// Points of what speaks for somebody. 默认值: they order, and decide nothing.
var (
	maturityPoints = map[string]int{"1": 30, "2": 20, "3": 10}
	fitPoints      = 15 // 培养方向 is the post
	teamPoints     = 8  // is in the 两委 of the village now
	coachPoints    = 3  // for each 培养记录 of the last two years
	mostCoached    = 4
	gradePoints    = 3 // for each 优秀 of the last three years
	reviewDivisor  = 10
)

// Succession ranks who could step in for a position of a village: its pool, and
// for 书记 and 主任 its own team. Who can comes before who cannot yet, then by
// points; the same ledger gives the same order.
func Succession(tx *store.Tx, village, position string, asOf field.Date) ([]Candidate, error) {
	s := &succession{tx: tx, position: position, asOf: asOf, village: tx.Canonical(village), at: map[string]*Candidate{}}
	var err error
	if s.rules, err = rule.Of(tx, asOf); err != nil {
		return nil, err
	}
	pool, err := store.Referrers[record.Reserve](tx, village, "village")
	if err != nil {
		return nil, err
	}
	for _, r := range pool {
		if InPool(r, asOf) {
			if err := s.reserve(r); err != nil {
				return nil, err
			}
		}
	}
	if position == record.Secretary || position == record.Head {
		if err := s.team(); err != nil {
			return nil, err
		}
	}
	out := make([]Candidate, 0, len(s.order))
	for _, c := range s.order {
		out = append(out, *c)
	}
	slices.SortStableFunc(out, func(a, b Candidate) int {
		return cmp.Or(boolOrder(b.Able)-boolOrder(a.Able), b.Points-a.Points, cmp.Compare(a.Name, b.Name), cmp.Compare(a.Person, b.Person))
	})
	return out, nil
}

func boolOrder(b bool) int {
	if b {
		return 1
	}
	return 0
}

type succession struct {
	tx                *store.Tx
	rules             *rule.Pack
	position, village string
	asOf              field.Date
	at                map[string]*Candidate
	order             []*Candidate
}

// candidate is the person's entry, with what is known of the person whatever the
// pool says; nil if the record is gone.
func (s *succession) candidate(person string) (*Candidate, error) {
	if c := s.at[person]; c != nil {
		return c, nil
	}
	p, err := store.Get[record.Person](s.tx, person)
	if err != nil || p.Void != "" {
		return nil, nil // a reference that leads nowhere is told by the rule for it
	}
	c := &Candidate{Person: p.ID, Name: p.Name, Able: true}
	s.at[person], s.order = c, append(s.order, c)
	if s.position == record.Secretary && p.Politics != record.PartyMember {
		c.keep("不是中共正式党员")
	}
	if years, ok := p.Birth.Age(s.asOf); ok && s.rules.Reached(rule.ReserveAge, years) {
		c.keep(fmt.Sprintf("%d岁，已满%d周岁%s", years, s.rules.Limit(rule.ReserveAge), s.rules.Mark(rule.ReserveAge)))
	}
	if n := strings.Count(p.Appraisals, "优秀"); n > 0 {
		c.add(n*gradePoints, fmt.Sprintf("近三年考核优秀%d次", n))
	}
	cases, err := store.Referrers[record.Conduct](s.tx, p.ID, "person")
	if slices.ContainsFunc(cases, func(c *record.Conduct) bool { return record.ConductOpen(c.State) }) {
		c.keep("有负面情形没有办结")
	}
	return c, err
}

func (c *Candidate) add(points int, reason string) {
	c.Points += points
	c.For = append(c.For, fmt.Sprintf("%s（%d分）", reason, points))
}

// keep notes what keeps somebody from the post.
func (c *Candidate) keep(reason string) {
	c.Able = false
	c.Against = append(c.Against, reason)
}

// fits reports a 培养方向 that is the position.
func fits(direction, position string) bool {
	switch direction {
	case directionLeader:
		return position == record.Secretary
	case "2":
		return position == record.Head
	case "3":
		return record.Body(position) == record.Party
	case "4":
		return record.Body(position) == record.Committee
	case "5":
		return record.InTeam(position) && position != record.Secretary && position != record.Head
	case "6":
		return record.Body(position) == record.Supervision
	}
	return false
}

func (s *succession) reserve(r *record.Reserve) error {
	c, err := s.candidate(r.Person)
	if c == nil || err != nil {
		return err
	}
	c.Reserve = r.ID
	k := s.tx.Kinds().Kind("reserve")
	if n := maturityPoints[r.Maturity]; n > 0 {
		c.add(n, "成熟度“"+k.Field("maturity").Show(r.Maturity)+"”")
	}
	if fits(r.Direction, s.position) {
		c.add(fitPoints, "培养方向“"+k.Field("direction").Show(r.Direction)+"”")
	}
	coached, err := store.Referrers[record.Coaching](s.tx, r.ID, "reserve")
	if err != nil {
		return err
	}
	n := 0
	for _, t := range coached {
		if s.asOf.Before(After(t.Date, 24)) {
			n++
		}
	}
	if n > 0 {
		c.add(min(n, mostCoached)*coachPoints, fmt.Sprintf("近两年培养%d次", n))
	}
	reviews, err := store.Referrers[record.Review](s.tx, r.ID, "reserve")
	best := int64(0)
	for _, v := range reviews {
		if v.Score != nil {
			best = max(best, *v.Score)
		}
	}
	if points := int(best) / reviewDivisor; points > 0 {
		c.add(points, fmt.Sprintf("研判评分%d", best))
	}
	return err
}

// team adds those of the 两委 of the village who do not hold the position.
func (s *succession) team() error {
	posts, err := store.Referrers[record.Post](s.tx, s.village, "village")
	if err != nil {
		return err
	}
	counted := map[string]bool{}
	for _, p := range posts {
		if !record.InTeam(p.Position) || !runs(p.From, p.To, s.asOf) || counted[p.Person] || holds(posts, p.Person, s.position, s.asOf) {
			continue
		}
		counted[p.Person] = true
		c, err := s.candidate(p.Person)
		if err != nil {
			return err
		}
		if c != nil {
			c.add(teamPoints, "现任"+s.tx.Kinds().Kind("post").Field("position").Show(p.Position))
		}
	}
	return nil
}

func holds(posts []*record.Post, person, position string, day field.Date) bool {
	return slices.ContainsFunc(posts, func(p *record.Post) bool {
		return p.Person == person && p.Position == position && runs(p.From, p.To, day)
	})
}
