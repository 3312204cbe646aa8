package check

import (
	"fmt"
	"slices"

	"touyan/store/field"
	"touyan/store/record"
)

// Elected reports whether a position is filled anew when a village elects its
// teams: those of the party organisation, the 村委会 and the 村监委. 主持工作 is,
// too: it ends there.
func Elected(position string) bool {
	b := record.Body(position)
	return b == record.Party || b == record.Committee || b == record.Supervision || b == record.Team
}

// NewTeam looks among the posts of one village that have not ended for a whole
// team that took office after the village's last known election: three people
// and more, a 书记 or 主任 among them, and at least half as many posts as the
// others have. since is when they did, old are the posts from before then.
// Without a known election there must also be a post that only one can hold in
// both, for many rosters give those who went on in office their first date.
func NewTeam(open []*record.Post, elected field.Date) (since field.Date, fresh, old []*record.Post) {
	var posts []*record.Post
	var dates []field.Date
	for _, p := range open {
		if !Elected(p.Position) {
			continue
		}
		posts = append(posts, p)
		if d := month(p.From); !d.IsZero() && !slices.Contains(dates, d) {
			dates = append(dates, d)
		}
	}
	slices.SortFunc(dates, func(a, b field.Date) int { return (b.Year*12 + b.Month) - (a.Year*12 + a.Month) })
	for _, d := range dates {
		if !elected.IsZero() && !elected.Before(d) {
			break
		}
		if fresh, old = divide(posts, d); isTeam(fresh, old, elected.IsZero()) {
			return earliest(fresh), fresh, old
		}
	}
	return field.Date{}, nil, nil
}

// month is a date without its day; one without its month tells no election.
func month(d field.Date) field.Date {
	if d.Month == 0 {
		return field.Date{}
	}
	d.Day = 0
	return d
}

// divide parts the posts that began in a month from those of before. Who came
// later, in a by-election, is in neither.
func divide(posts []*record.Post, at field.Date) (fresh, old []*record.Post) {
	for _, p := range posts {
		switch {
		case p.From.IsZero() || p.From.Before(at):
			old = append(old, p)
		case month(p.From) == at:
			fresh = append(fresh, p)
		}
	}
	return fresh, old
}

func isTeam(fresh, old []*record.Post, clash bool) bool {
	people := map[string]bool{}
	led, both := false, false
	for _, p := range fresh {
		people[p.Person] = true
		led = led || p.Position == record.Secretary || p.Position == record.Head
		both = both || slices.Contains(Singles, p.Position) &&
			slices.ContainsFunc(old, func(o *record.Post) bool { return o.Position == p.Position })
	}
	return len(people) >= wholeTeam && led && 2*len(fresh) >= len(old) && (both || !clash)
}

func earliest(posts []*record.Post) field.Date {
	first := posts[0].From
	for _, p := range posts {
		if p.From.Before(first) || first.Day == 0 && p.From.Day != 0 {
			first = p.From
		}
	}
	return first
}

// twoTeams: a roster of a new term was taken in beside the old team.
func twoTeams(f *facts) []Problem {
	var out []Problem
	for _, v := range f.villages {
		var open []*record.Post
		for _, p := range f.held[v.ID] {
			if p.To.IsZero() {
				open = append(open, p)
			}
		}
		since, fresh, old := NewTeam(open, v.Elected)
		if len(old) == 0 {
			continue
		}
		out = append(out, f.aboutVillage(v, Grave, fmt.Sprintf("%s有%d条任职从%s开始，之前的%d条还没有离任（%s），像是换届后的新班子；请登记换届，一次结束旧班子的任职。",
			f.place(v.ID), len(fresh), since.Office(), len(old), f.names(old))))
	}
	return out
}
