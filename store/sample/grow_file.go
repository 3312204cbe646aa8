package sample

import (
	"fmt"

	"touyan/store/field"
	"touyan/store/record"
)

var departments = words("纪检监察机关 公安机关 人民法院 人民检察院 信访部门 自然资源部门 市场监督管理部门")

// filed is the filing of a village's 书记, answered for most; where there is
// none, one is on its way.
func (b *builder) filed(l *lived, n int) {
	post := l.secretary()
	if post == nil {
		b.underway(l)
		return
	}
	elected := withDay(post.From, 12)
	f := &record.Filing{Person: post.Person, Village: l.village.ID, Type: record.FilingNew, Position: record.Secretary, Reason: "换届选举产生",
		Proposed: elected, Meeting: elected, Submitted: withDay(elected, 20), State: record.FilingSubmitted}
	if post.Again == "1" {
		f.Type = record.FilingAgain
	}
	if post.Filing == record.OutcomeAgreed {
		f.State, f.Outcome, f.Answered, f.Number, f.Received = record.FilingAppointed, record.OutcomeAgreed, withDay(post.Filed, 25), post.FilingNo, withDay(post.Filed, 22)
		f.Appointed = elected
	} else if n%2 == 0 {
		f.State, f.Outcome, f.Received, f.Answered, f.Remedy = record.FilingReturned, record.OutcomeReturned, b.back(2, 3), b.back(2, 16), "缺年度考核登记表，请补齐后重报"
		f.Proposed, f.Meeting, f.Submitted = b.back(3, 2), b.back(3, 6), b.back(3, 9)
	}
	b.put("filing", f)
	if post.Again == "0" && post.From.Year > 0 && n%2 == 1 { // came out of the pool
		b.put("reserve", &record.Reserve{Person: post.Person, Village: l.village.ID, Round: fmt.Sprintf("%d年", post.From.Year-2), Source: "1", Category: "2", Manner: "2",
			Entered: field.Date{Year: post.From.Year - 2, Month: post.From.Month}, Maturity: "1", Direction: "1", State: record.MadeLeader, Left: post.From, Exit: record.ExitLeader})
	}
	if n%4 != 0 && f.State == record.FilingAppointed {
		return // their vettings lie on paper alone
	}
	b.vetted(l, f, post.Person)
}

func (b *builder) vetted(l *lived, f *record.Filing, person string) {
	for i, d := range departments {
		v := &record.Vetting{Person: person, Village: l.village.ID, Position: f.Position, Occasion: record.OccasionFiling, Filing: f.ID, Department: d,
			Sent: f.Proposed, Opinion: record.OpinionClear, Answered: f.Proposed, By: b.name(b.chance(40), false)}
		if f.State == record.FilingVetting && i > 4 {
			v.Opinion, v.Answered, v.By = "", field.Date{}, ""
		}
		b.put("vetting", v)
	}
}

// underway puts somebody of the pool up for the post of 书记.
func (b *builder) underway(l *lived) {
	person := l.posts[0].Person // of the team, where the pool has nobody
	for _, r := range l.reserves {
		if p := l.person(r.Person); p != nil && p.Politics == record.PartyMember && !record.Gone(r.State) {
			person = r.Person
			break
		}
	}
	f := &record.Filing{Person: person, Village: l.village.ID, Type: record.FilingNew, Position: record.Secretary, Reason: "原书记离任，从后备中选配",
		Proposed: b.back(1, 4), State: record.FilingVetting}
	b.put("filing", f)
	b.vetted(l, f, person)
}

// dossier fills the dossier of a village's 书记: family, the time before the
// posts, the papers there are. What misses is meant to.
func (b *builder) dossier(l *lived, n int, whole bool) {
	post := l.secretary()
	if post == nil {
		return
	}
	p := l.person(post.Person)
	if p == nil {
		return
	}
	b.family(p, n)
	b.careers(p, post)
	if !whole && n%5 > 0 {
		return
	}
	b.materials(p, post, n)
	if n%10 == 2 {
		b.put("loan", &record.Loan{Person: p.ID, Borrower: b.name(false, false), Unit: "旗县区委组织部干部科", Reason: "核对任职备案材料", Approved: b.leader(),
			From: b.back(2, 4), Due: b.back(1, 4), Returned: b.back(1, 2)})
	}
	if n%10 == 7 {
		b.put("loan", &record.Loan{Person: p.ID, Borrower: b.name(true, false), Unit: "旗县区纪委监委", Reason: "核实任职时间", Approved: b.leader(), From: b.back(2, 14), Due: b.back(1, 14)})
	}
	if n%12 == 5 {
		b.put("transfer", &record.Transfer{Person: p.ID, Direction: "1", Unit: "旗县区委组织部", Number: fmt.Sprintf("转字%03d", 10+n), Date: b.back(10, 6), Materials: "正本一卷", Receipt: b.back(9, 20), By: b.leader()})
	}
}

func (b *builder) family(p *record.Person, n int) {
	born := p.Birth
	spouse := &record.Relative{Person: p.ID, Relation: "1", Name: b.name(p.Sex == "1", p.Ethnic == "02"), Birth: field.Date{Year: born.Year + b.rng.IntN(4), Month: 1 + b.rng.IntN(12)}, Politics: b.weighted("13", 70, "01", 30), Unit: "本村务农"}
	b.put("relative", spouse)
	if n%6 == 5 {
		return
	}
	son := b.chance(50)
	child := &record.Relative{Person: p.ID, Relation: "3", Called: "长女", Name: b.name(!son, p.Ethnic == "02"), Birth: field.Date{Year: born.Year + 24 + b.rng.IntN(4), Month: 1 + b.rng.IntN(12)}, Politics: "03", Unit: "在外务工"}
	if son {
		child.Relation, child.Called = "2", "长子"
	}
	b.put("relative", child)
}

// careers are the years before the posts of the ledger.
func (b *builder) careers(p *record.Person, post *record.Post) {
	left := field.Date{Year: p.Birth.Year + 16, Month: 7}
	service := field.Date{Year: left.Year + 3, Month: 12}
	b.put("career", &record.Career{Person: p.ID, From: field.Date{Year: left.Year - 3, Month: 9}, To: left, Text: "在旗县区第二中学学习"})
	if p.Veteran == "1" {
		b.put("career", &record.Career{Person: p.ID, From: left, To: service, Text: "在部队服役"})
		left = service
	}
	first := post.From
	if !post.First.IsZero() {
		first = post.First
	}
	if first.Year-left.Year > 6 {
		middle := field.Date{Year: left.Year + (first.Year-left.Year)/2, Month: 3}
		b.put("career", &record.Career{Person: p.ID, From: left, To: middle, Text: "在家务农，兼营养殖"})
		b.put("career", &record.Career{Person: p.ID, From: middle, To: first, Text: "任本村村民小组组长"})
		return
	}
	b.put("career", &record.Career{Person: p.ID, From: left, To: first, Text: "在家务农"})
}

// materials are the papers a dossier has, without their scans.
func (b *builder) materials(p *record.Person, post *record.Post, n int) {
	have := []struct {
		title, class string
		date         field.Date
		often        int // in a hundred
	}{
		{"履历表", "01", withDay(post.From, 8), 90}, {"入党志愿书", "06", withDay(p.Joined, 15), 80}, {"毕业证书", "04", field.Date{Year: p.Birth.Year + 19, Month: 7}, 70},
		{"当选证明", "09", withDay(post.From, 18), 85}, {"任职备案表", "09", withDay(post.Filed, 25), 75}, {"身份证复印件", "10", field.Date{}, 85},
		{fmt.Sprintf("%d年度考核登记表", b.now.Year()-1), "03", field.Date{Year: b.now.Year(), Month: 1, Day: 20}, 60},
		{fmt.Sprintf("%d年度考核登记表", b.now.Year()-2), "03", field.Date{Year: b.now.Year() - 1, Month: 1, Day: 20}, 75},
	}
	for _, m := range have {
		if !b.chance(m.often) {
			continue
		}
		if m.date.Year == 0 || m.date.Month == 0 {
			m.date = field.Date{}
		}
		b.put("paper", &record.Paper{Person: p.ID, Title: m.title, Class: m.class, Date: m.date, Pages: number(int64(1 + b.rng.IntN(6))), Copies: number(1),
			From: "苏木乡镇党委", By: b.leader(), Came: b.back(8, n)})
	}
}

// nominated puts up the team of a village whose term is over, and somebody of
// its pool, for the next.
func (b *builder) nominated(l *lived) {
	if !l.flaws.termDue {
		return
	}
	put := func(person, position, state string) {
		n := &record.Nominee{Person: person, Village: l.village.ID, Position: position, Term: "第十二届", Nominated: b.back(1, 6), Manner: "1", State: state}
		b.put("nominee", n)
		for i, d := range departments {
			v := &record.Vetting{Person: person, Village: l.village.ID, Position: position, Occasion: record.OccasionTerm, Nominee: n.ID, Department: d,
				Sent: b.back(1, 9), Opinion: record.OpinionClear, Answered: b.back(1, 16), By: b.name(b.chance(40), false)}
			if state == record.NomineeVetting && i%3 == 2 {
				v.Opinion, v.Answered, v.By = "", field.Date{}, ""
			}
			b.put("vetting", v)
		}
	}
	for i, p := range l.posts {
		if p.To.IsZero() && record.InTeam(p.Position) && p.Statutory != "9" {
			put(p.Person, p.Position, []string{record.NomineePassed, record.NomineeVetting}[i%2])
		}
	}
	if len(l.reserves) > 0 && !record.Gone(l.reserves[0].State) {
		put(l.reserves[0].Person, record.VillageCommitteeMember, record.NomineeVetting)
	}
}
