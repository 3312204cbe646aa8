package report

import (
	"slices"

	"touyan/store"
	"touyan/store/check"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/rule"
)

// Team is the 两委 of a village, and 村监委 is none of it, as offices compare
// one term with the next.
type Team struct {
	People    []string // ids, each once: who holds two posts is one
	Age       float64  // the mean of those whose birth is known; 0: of nobody
	Young     int      // 35岁以下
	Women     int
	Minority  int
	Members   int // 中共党员
	College   int // 大专以上
	Secretary string
	Head      string
}

// OneForBoth reports 一肩挑.
func (t *Team) OneForBoth() bool { return t.Secretary != "" && t.Secretary == t.Head }

// Term is how far a village has come with 换届.
type Term struct {
	Village  *record.Village
	Name     string // 届 of the team in office; empty where the posts do not agree
	Done     bool   // its election belongs to the round
	Before   Team   // until the election; the team in office where there was none yet
	After    Team   // of the new term; nobody before the election
	Stays    []string
	Fresh    []string
	Gone     []string
	Nominees []string // ids of 换届人选 who are not yet elected or dropped
	Vetted   int      // of them, those whom all departments answered about
	Barred   int      // of them, those whom one department bars
}

// roundMonths is how long the villages of an office take to elect, at most. 默认值:
// elections within so many months before the last one are of the same round.
const roundMonths = 12

// settleMonths is how long after the election the last of a team takes office,
// at most. 默认值.
const settleMonths = 3

// Terms tells of every village how far 换届 has come, in the order of their
// making. The round is that of the last election there was.
func Terms(tx *store.Tx, asOf field.Date) ([]Term, error) {
	f, err := gather(tx, asOf)
	if err != nil {
		return nil, err
	}
	nominees, err := f.nominees(tx)
	if err != nil {
		return nil, err
	}
	last := field.Date{}
	for _, v := range f.villages {
		if !asOf.Before(v.Elected) && (last.IsZero() || last.Before(v.Elected)) {
			last = v.Elected
		}
	}
	out := make([]Term, 0, len(f.villages))
	for _, v := range f.villages {
		t := Term{Village: v, Done: !v.Elected.IsZero() && !asOf.Before(v.Elected) && last.Before(check.After(v.Elected, roundMonths))}
		t.Name = f.termOf(v.ID)
		t.Before = f.team(v.ID, asOf)
		if t.Done {
			t.Before, t.After = f.teamBefore(v), f.team(v.ID, earlier(check.After(v.Elected, settleMonths), asOf))
			t.compare()
		}
		for _, n := range nominees[v.ID] {
			t.add(n)
		}
		out = append(out, t)
	}
	return out, nil
}

func earlier(a, b field.Date) field.Date {
	if a.Before(b) {
		return a
	}
	return b
}

// termOf is the 届 most posts of a village's team bear.
func (f *facts) termOf(village string) string {
	count := map[string]int{}
	best := ""
	for _, p := range f.held[village] {
		if check.Elected(p.Position) && p.Term != "" {
			if count[p.Term]++; best == "" || count[p.Term] > count[best] {
				best = p.Term
			}
		}
	}
	return best
}

// team are those of the two committees of a village who are in office on a day.
func (f *facts) team(village string, day field.Date) Team {
	return f.teamWhere(village, day, func(p *record.Post) bool { return runs(p.From, p.To, day) })
}

// teamBefore are those who were in office until the election, and all who held
// a post that ended with it. 主持工作 ends there like any other.
func (f *facts) teamBefore(v *record.Village) Team {
	return f.teamWhere(v.ID, v.Elected, func(p *record.Post) bool {
		return p.From.Before(v.Elected) && (p.To.IsZero() || !p.To.Before(v.Elected))
	})
}

func (f *facts) teamWhere(village string, day field.Date, of func(*record.Post) bool) Team {
	var t Team
	var people set
	for _, p := range f.posts {
		if p.Village != village || !record.InTeam(p.Position) || !of(p) {
			continue
		}
		people.add(p.Person)
		switch p.Position {
		case record.Secretary:
			t.Secretary = p.Person
		case record.Head:
			t.Head = p.Person
		}
	}
	t.People = people.ids
	f.describe(&t, day)
	return t
}

// describe counts what a team is made of, on a day.
func (f *facts) describe(t *Team, day field.Date) {
	sum, known := 0, 0
	for _, id := range t.People {
		p := f.people[id]
		if p == nil {
			continue
		}
		if years, ok := p.Birth.Age(day); ok {
			sum, known = sum+years, known+1
			t.Young += one(years <= f.rules.Limit(rule.YoungAge))
		}
		t.Women += one(p.Sex == "2")
		t.Minority += one(p.Ethnic != "" && p.Ethnic != "01")
		t.Members += one(p.Politics == record.PartyMember)
		t.College += one(college(p))
	}
	if known > 0 {
		t.Age = float64(sum) / float64(known)
	}
}

func one(is bool) int {
	if is {
		return 1
	}
	return 0
}

// compare tells who stays, who is new and who has gone.
func (t *Term) compare() {
	for _, id := range t.After.People {
		if slices.Contains(t.Before.People, id) {
			t.Stays = append(t.Stays, id)
		} else {
			t.Fresh = append(t.Fresh, id)
		}
	}
	for _, id := range t.Before.People {
		if !slices.Contains(t.After.People, id) {
			t.Gone = append(t.Gone, id)
		}
	}
}

// nominee is a 换届人选 and what the departments say.
type nominee struct {
	id               string
	answered, barred bool
}

// nominees are those who wait for the election, by village.
func (f *facts) nominees(tx *store.Tx) (map[string][]nominee, error) {
	out := map[string][]nominee{}
	for n, err := range store.All[record.Nominee](tx) {
		if err != nil {
			return nil, err
		}
		if n.State == record.NomineeElected || n.State == record.NomineeNot {
			continue
		}
		asked, err := store.Referrers[record.Vetting](tx, n.ID, "nominee")
		if err != nil {
			return nil, err
		}
		out[n.Village] = append(out[n.Village], nominee{n.ID,
			len(asked) > 0 && !slices.ContainsFunc(asked, func(v *record.Vetting) bool { return v.Opinion == "" }),
			slices.ContainsFunc(asked, func(v *record.Vetting) bool { return v.Opinion == record.OpinionBarred })})
	}
	return out, nil
}

func (t *Term) add(n nominee) {
	t.Nominees = append(t.Nominees, n.id)
	t.Vetted += one(n.answered)
	t.Barred += one(n.barred)
}

// Sum adds up the terms of villages: the people of all teams, with the mean age
// over everybody.
func Sum(terms []Term) Term {
	var out Term
	for i := range terms {
		t := &terms[i]
		out.Before.join(&t.Before)
		out.After.join(&t.After)
		out.Stays, out.Fresh, out.Gone = append(out.Stays, t.Stays...), append(out.Fresh, t.Fresh...), append(out.Gone, t.Gone...)
		out.Nominees = append(out.Nominees, t.Nominees...)
		out.Vetted, out.Barred = out.Vetted+t.Vetted, out.Barred+t.Barred
	}
	return out
}

func (t *Team) join(more *Team) {
	n, m := float64(len(t.People)), float64(len(more.People))
	if m > 0 {
		t.Age = (t.Age*n + more.Age*m) / (n + m)
	}
	t.People = append(t.People, more.People...)
	t.Young, t.Women, t.Minority = t.Young+more.Young, t.Women+more.Women, t.Minority+more.Minority
	t.Members, t.College = t.Members+more.Members, t.College+more.College
}
