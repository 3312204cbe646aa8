package check

import (
	"slices"

	"touyan/store/record"
	"touyan/store/rule"
)

// Figure is a number of the ledger with the records behind it.
type Figure struct {
	Name  string   // lower-case English, for programs
	Kind  string   // of the records behind it
	IDs   []string // theirs, each once
	Of    int      // out of how many
	Mean  float64  // of the whole: years of age, or reserves for each village; 0 where nothing is known
	Parts []Figure // of the whole, in the order they are told
}

// The figures of a survey and their parts.
const (
	InPost      = "in-post" // people in post, 驻村 not among them
	Secretaries = "secretary"
	SoleHolders = "sole" // 一肩挑: 书记 and 主任 of one village
	Women       = "women"
	Members     = "members" // 中共党员
	College     = "college" // 大专以上
	Young       = "young"   // YoungAge of the rules and under

	Ages        = "age"
	Age45       = "age-45"
	Age55       = "age-55"
	AgeUnder    = "age-under" // over 55, not yet AgeLimit of the rules
	AgeOver     = "age-over"  // AgeLimit and more
	AgeUnknown  = "age-unknown"
	Educations  = "education"
	Graduate    = "graduate"
	Bachelor    = "bachelor"
	Junior      = "junior"
	Secondary   = "secondary" // 高中、中专
	Basic       = "basic"     // 初中 and less
	NoEducation = "education-unknown"

	Pool   = "pool"
	Blanks = "blank" // villages with nobody in the pool
)

const female = "2"

// Figures counts whoever is in post, and whoever is in the pool.
func (s *Survey) Figures() []Figure {
	f := s.f
	where := f.inPost()
	var team []*record.Person
	pooled := map[string]bool{}
	for _, list := range f.pool {
		for _, r := range list {
			pooled[r.Person] = true
		}
	}
	var pool []*record.Person
	for _, p := range f.people {
		if where[p.ID] != "" {
			team = append(team, p)
		}
		if pooled[p.ID] {
			pool = append(pool, p)
		}
	}
	return []Figure{f.inPostFigure(team), f.ageFigure(team), educationFigure(team), f.poolFigure(pool)}
}

// whole is a figure of people, to be parted.
func whole(name string, people []*record.Person) Figure {
	out := Figure{Name: name, Kind: "person", Of: len(people)}
	for _, p := range people {
		out.IDs = append(out.IDs, p.ID)
	}
	return out
}

// part adds those of the people to whom something applies.
func (w *Figure) part(name string, people []*record.Person, applies func(*record.Person) bool) {
	out := Figure{Name: name, Kind: w.Kind, Of: len(people)}
	for _, p := range people {
		if applies(p) {
			out.IDs = append(out.IDs, p.ID)
		}
	}
	w.Parts = append(w.Parts, out)
}

func (f *facts) inPostFigure(team []*record.Person) Figure {
	out := whole(InPost, team)
	leads, both := map[string]bool{}, map[string]bool{}
	for _, v := range f.villages {
		for _, s := range f.holders(v.ID, record.Secretary) {
			leads[s.Person] = true
			both[s.Person] = both[s.Person] || slices.ContainsFunc(f.holders(v.ID, record.Head), func(h *record.Post) bool { return h.Person == s.Person })
		}
	}
	out.part(Secretaries, team, func(p *record.Person) bool { return leads[p.ID] })
	out.part(SoleHolders, team, func(p *record.Person) bool { return both[p.ID] })
	for i := range out.Parts {
		out.Parts[i].Of = len(f.villages)
	}
	f.usualParts(&out, team)
	return out
}

// usualParts are those people ask after, of whichever people.
func (f *facts) usualParts(w *Figure, people []*record.Person) {
	w.part(Women, people, func(p *record.Person) bool { return p.Sex == female })
	w.part(College, people, func(p *record.Person) bool {
		return slices.Contains([]string{Graduate, Bachelor, Junior}, schooling(p))
	})
	w.part(Young, people, func(p *record.Person) bool { return f.ageClass(p) == Young })
}

func (f *facts) ageFigure(team []*record.Person) Figure {
	out := whole(Ages, team)
	sum, known := 0, 0
	for _, p := range team {
		if years, ok := p.Birth.Age(f.asOf); ok {
			sum, known = sum+years, known+1
		}
	}
	if known > 0 {
		out.Mean = float64(sum) / float64(known)
	}
	for _, class := range []string{Young, Age45, Age55, AgeUnder, AgeOver, AgeUnknown} {
		out.part(class, team, func(p *record.Person) bool { return f.ageClass(p) == class })
	}
	return out
}

func (f *facts) ageClass(p *record.Person) string {
	switch years, ok := p.Birth.Age(f.asOf); {
	case !ok:
		return AgeUnknown
	case years <= f.rules.Limit(rule.YoungAge):
		return Young
	case years <= 45:
		return Age45
	case years <= 55:
		return Age55
	case !f.rules.Reached(rule.AgeLimit, years):
		return AgeUnder
	}
	return AgeOver
}

func educationFigure(team []*record.Person) Figure {
	out := whole(Educations, team)
	for _, class := range []string{Graduate, Bachelor, Junior, Secondary, Basic, NoEducation} {
		out.part(class, team, func(p *record.Person) bool { return schooling(p) == class })
	}
	return out
}

// schooling is the higher of 全日制 and 在职. The codes are those of GB/T 4658:
// the lower, the higher.
func schooling(p *record.Person) string {
	code := p.Education
	if code == "" || p.LaterEducation != "" && p.LaterEducation < code {
		code = p.LaterEducation
	}
	switch {
	case code == "":
		return NoEducation
	case code < "20":
		return Graduate
	case code < "30":
		return Bachelor
	case code < "40":
		return Junior
	case code < "70":
		return Secondary
	case code < "90":
		return Basic
	}
	return NoEducation
}

func (f *facts) poolFigure(pool []*record.Person) Figure {
	out := whole(Pool, pool)
	var blank []string
	places := 0
	for _, v := range f.villages {
		n := len(f.pool[v.ID])
		places += n
		if n == 0 {
			blank = append(blank, v.ID)
		}
	}
	if len(f.villages) > 0 {
		out.Mean = float64(places) / float64(len(f.villages))
	}
	out.part(Members, pool, func(p *record.Person) bool { return p.Politics == record.PartyMember })
	f.usualParts(&out, pool)
	out.Parts = append(out.Parts, Figure{Name: Blanks, Kind: "village", IDs: blank, Of: len(f.villages)})
	return out
}
