package sample

import (
	"fmt"

	"touyan/store/field"
	"touyan/store/record"
)

const (
	thisTerm = "第十一届"
	lastTerm = "第十届"
)

// Codes of 职务 that record has no name for.
const (
	overseer    = "31" // 村监委主任
	inspector   = "33" // 村监委委员
	womensChair = "44" // 妇联主席
	assistant   = "49" // 其他村干部
)

// seat is one post of the present team, or two of 一肩挑.
type seat struct {
	positions []string
	want      wanted
}

// team fills the posts of a village: who is in office, who was before them.
func (b *builder) team(v *record.Village, f flaws, n int) []*record.Person {
	head := seat{[]string{record.Secretary, record.Head}, wanted{least: 37, most: 57, member: true, woman: b.chance(14)}}
	switch {
	case f.vacant:
		head.positions = head.positions[1:]
	case f.apart:
		head.positions = head.positions[:1]
	case f.oldHead:
		head.want.least, head.want.most = 61, 64
	}
	seats := []seat{head}
	if f.apart {
		seats = append(seats, seat{[]string{record.Head}, wanted{least: 34, most: 55, member: b.chance(60)}})
	}
	deputy := seat{[]string{record.DeputySecretary}, wanted{least: 33, most: 56, member: true}}
	if f.acting {
		deputy.positions = append(deputy.positions, record.ActingSecretary)
	}
	party := seat{[]string{record.PartyCommitteeMember}, wanted{least: 29, most: 57, member: true, contradict: f.contradicts}}
	if n%2 == 0 {
		party.positions = append(party.positions, overseer)
	}
	chair := seat{[]string{record.VillageCommitteeMember, womensChair}, wanted{woman: true, least: 27, most: 52, member: b.chance(55)}}
	member := seat{[]string{record.VillageCommitteeMember}, wanted{least: 26, most: 55, member: b.chance(45)}}
	if f.oldMember {
		member.want.least, member.want.most = 60, 63
	}
	seats = append(seats, deputy, party, chair, member)
	switch n % 6 {
	case 1:
		seats = append(seats, seat{[]string{inspector}, wanted{least: 40, most: 58, member: true}})
	case 4:
		seats = append(seats, seat{[]string{assistant}, wanted{least: 23, most: 33, woman: b.chance(50), member: b.chance(40)}})
	}
	var people []*record.Person
	for i, s := range seats {
		s.want.mongol = b.mongol(v)
		p := b.person(v, s.want)
		b.spoil(p, f, i)
		if s.positions[0] == assistant {
			p.Recruited, p.Education = "1", "21"
		}
		if s.positions[0] == record.Secretary {
			b.furnish(p)
		}
		b.put("person", p)
		b.appoint(v, p, s)
		people = append(people, p)
	}
	b.former(v, f)
	return people
}

// spoil puts the mistakes of a village into its i-th person.
func (b *builder) spoil(p *record.Person, f flaws, i int) {
	switch {
	case f.wrongBirth && i == 3:
		p.Birth.Year, p.Birth.Day = p.Birth.Year-2, 0
	case f.noPhone && i == 4:
		p.Phone = ""
	case f.namesake && i == 3 && b.lastChair != "":
		p.Name = b.lastChair
	}
	if i == 3 {
		b.lastChair = p.Name
	}
}

// furnish fills what only 书记 are asked.
func (b *builder) furnish(p *record.Person) {
	p.Appraisals = b.appraisals()
	if p.Income == nil {
		p.Income = number(int64(5+b.rng.IntN(20)) * 1_000_000)
	}
	if p.Industry == "" && b.chance(60) {
		p.Industry = b.pick(industries)
	}
}

// appoint writes the posts of a seat: those of this term, and those of the
// last where the person is in office again.
func (b *builder) appoint(v *record.Village, p *record.Person, s seat) {
	age, _ := p.Birth.Age(v.Elected)
	again := age >= 33 && b.chance(55) && s.positions[0] != assistant
	before := field.Date{Year: v.Elected.Year - 5, Month: v.Elected.Month}
	for _, position := range s.positions {
		post := &record.Post{Person: p.ID, Village: v.ID, Position: position, Statutory: record.Statutory(position),
			Term: thisTerm, From: field.Date{Year: v.Elected.Year, Month: v.Elected.Month}, Manner: "1", Terms: number(1), Again: "0"}
		switch position {
		case assistant:
			post.Statutory, post.Manner, post.Term, post.Terms, post.Again = "3", "5", "", nil, ""
			post.From = b.month(b.now.AddDate(-1, -b.rng.IntN(6), 0))
		case record.ActingSecretary:
			post.Manner, post.Term, post.Terms, post.Again = "8", "", nil, ""
			post.From = b.month(b.now.AddDate(0, -4, 0))
		case overseer, inspector:
			post.Manner = "4"
		case womensChair:
			post.Terms, post.Again = nil, ""
		}
		if again && post.Again == "0" {
			b.put("post", &record.Post{Person: p.ID, Village: v.ID, Position: position, Statutory: post.Statutory,
				Term: lastTerm, From: before, To: post.From, Manner: post.Manner, Terms: number(1), Again: "0", Reason: "1"})
			post.Terms, post.Again, post.First = number(2), "1", before
		}
		if position == record.Secretary {
			b.file(post)
		}
		b.put("post", post)
	}
}

// file adds what the county says about a 书记. A few are not filed yet.
func (b *builder) file(post *record.Post) {
	if b.chance(8) {
		return
	}
	b.filings++
	post.Filing = "1"
	post.Filed = field.Date{Year: post.From.Year, Month: min(post.From.Month+1, 12)}
	post.FilingNo = fmt.Sprintf("%s组备〔%d〕%d号", b.prefix, post.Filed.Year, b.filings)
	post.Document = fmt.Sprintf("党发〔%d〕%d号", post.From.Year, 10+b.rng.IntN(60))
}

// former writes who left: at the election, or, where there is no 书记 now, the
// last one some months ago.
func (b *builder) former(v *record.Village, f flaws) {
	elected := field.Date{Year: v.Elected.Year, Month: v.Elected.Month}
	if f.vacant {
		p := b.person(v, wanted{least: 48, most: 57, member: true, mongol: b.mongol(v)})
		b.put("person", p)
		left := b.now.AddDate(0, -4, 0)
		if !f.acting {
			left = b.now.AddDate(0, -2, 0)
		}
		b.put("post", &record.Post{Person: p.ID, Village: v.ID, Position: record.Secretary, Statutory: record.Statutory(record.Secretary),
			Term: thisTerm, From: elected, To: b.month(left), Manner: "1", Terms: number(1), Again: "0", Reason: b.weighted("13", 50, "2", 30, "9", 20)})
	}
	if b.chance(30) {
		return
	}
	p := b.person(v, wanted{least: 55, most: 68, member: true, mongol: b.mongol(v)})
	b.put("person", p)
	position := b.weighted(record.PartyCommitteeMember, 40, record.VillageCommitteeMember, 40, record.DeputySecretary, 20)
	b.put("post", &record.Post{Person: p.ID, Village: v.ID, Position: position, Statutory: record.Statutory(position),
		Term: lastTerm, From: field.Date{Year: elected.Year - 5, Month: elected.Month}, To: elected, Manner: "1",
		Terms: number(1), Again: "0", Reason: b.weighted("1", 70, "10", 30)})
}

// pool writes the reserves of a village. Some are of its team, some left the
// pool. It returns the last person in it.
func (b *builder) pool(v *record.Village, f flaws, team []*record.Person) *record.Person {
	if f.blank {
		return nil
	}
	var last *record.Person
	for i := range 1 + b.rng.IntN(2) {
		last = b.candidate(v, f, i, team)
		b.reserve(v, last, f.layReserve && i == 0)
	}
	if b.chance(18) {
		p := b.person(v, wanted{least: 30, most: 47, member: true, mongol: b.mongol(v)})
		b.put("person", p)
		r := b.entry(v, p)
		r.Entered = b.month(b.now.AddDate(-3, -b.rng.IntN(10), 0))
		r.State, r.Left, r.Exit = "8", b.month(b.now.AddDate(0, -2-b.rng.IntN(12), 0)), b.weighted("4", 40, "6", 30, "8", 30)
		b.put("reserve", r)
	}
	return last
}

func (b *builder) candidate(v *record.Village, f flaws, i int, team []*record.Person) *record.Person {
	if i == 1 && b.chance(30) {
		return team[len(team)-1]
	}
	p := b.person(v, wanted{least: 24, most: 42, woman: b.chance(30), mongol: b.mongol(v), member: b.chance(75) && !f.layReserve})
	p.Skill, p.Workplace = b.pick(skills), b.pick(workplaces)
	b.put("person", p)
	return p
}

// reserve puts somebody in the pool now. lay: as a future 书记, though no
// party member.
func (b *builder) reserve(v *record.Village, p *record.Person, lay bool) {
	r := b.entry(v, p)
	r.Direction = b.weighted("1", 55, "3", 15, "5", 30)
	if p.Politics != "01" {
		r.Direction = b.weighted("4", 60, "2", 40)
	}
	if lay {
		r.Direction = "1"
	}
	b.put("reserve", r)
}

func (b *builder) entry(v *record.Village, p *record.Person) *record.Reserve {
	return &record.Reserve{
		Person: p.ID, Village: v.ID, Round: fmt.Sprintf("%d年", b.now.Year()-1),
		Source:   b.weighted("1", 76, "2", 10, "3", 7, "4", 7),
		Manner:   b.weighted("1", 30, "2", 45, "3", 15, "6", 10),
		Entered:  b.month(b.now.AddDate(-1, -b.rng.IntN(9), 0)),
		Maturity: b.weighted("1", 30, "2", 45, "3", 25),
		Contact:  b.leader(), Measures: b.pick(measures), State: b.weighted("5", 90, "4", 10),
	}
}
