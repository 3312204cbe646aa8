package sample

import (
	"fmt"
	"time"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
)

// What two years of 选, 备案 and 一人一档 leave behind, gaps included: a village not
// looked over, a reserve nobody trained, a filing that came back.

// lived is a village with what was put for it.
type lived struct {
	village  *record.Village
	flaws    flaws
	people   []*record.Person
	posts    []*record.Post
	reserves []*record.Reserve
	leaders  []string // of its township
}

func (l *lived) keep(rec field.Record) {
	switch r := rec.(type) {
	case *record.Person:
		l.people = append(l.people, r)
	case *record.Post:
		l.posts = append(l.posts, r)
	case *record.Reserve:
		l.reserves = append(l.reserves, r)
	}
}

// secretary is the post of 书记 held now, nil if none is.
func (l *lived) secretary() *record.Post {
	for _, p := range l.posts {
		if p.Position == record.Secretary && p.To.IsZero() {
			return p
		}
	}
	return nil
}

func (l *lived) person(id string) *record.Person {
	for _, p := range l.people {
		if p.ID == id {
			return p
		}
	}
	return nil
}

// grow adds what two years of work leave in every village.
func (b *builder) grow(own store.Office, townships []*record.Office) {
	villages := b.lived
	b.lived = nil // what comes now is nobody's team
	for _, t := range townships {
		var mine []*lived
		for _, l := range villages {
			if l.village.Office == t.ID {
				mine = append(mine, l)
			}
		}
		b.prefix, b.leaders = b.counties[t.Parent], mine[0].leaders
		b.surveys(t, mine)
		for n, l := range mine {
			b.trained(l)
			b.hired(l, n)
			b.nominated(l)
			b.filed(l, n)
			b.dossier(l, n, own.Level == field.Township)
		}
		b.strict(mine)
		b.away(mine)
		b.seconded(mine)
	}
	b.rules()
}

// back is a day so many months ago.
func (b *builder) back(months, day int) field.Date {
	t := b.now.AddDate(0, -months, 0)
	d := field.DateAt(time.Date(t.Year(), t.Month(), 1+day%27, 0, 0, 0, 0, time.UTC))
	if now := field.DateAt(b.now); now.Before(d) {
		return now
	}
	return d
}

// ahead is a month so many months from now.
func (b *builder) ahead(months int) field.Date {
	return field.Date{Year: b.now.Year() + (int(b.now.Month())-1+months)/12, Month: (int(b.now.Month())-1+months)%12 + 1}
}

// surveys are the rounds of 摸排 of this year and the last; in the last, one
// village was left out.
func (b *builder) surveys(t *record.Office, mine []*lived) {
	for ago := 2; ago >= 1; ago-- {
		from := b.back(12*ago-6, 3)
		s := &record.Survey{Name: fmt.Sprintf("%d年全覆盖摸排", from.Year), Office: t.ID, Year: number(int64(from.Year)),
			Lead: "旗县区委组织部", From: from, To: b.back(12*ago-7, 20)}
		b.put("survey", s)
		for i, l := range mine {
			if ago == 1 && i%11 == 10 {
				continue
			}
			c := &record.Canvass{Survey: s.ID, Village: l.village.ID, Date: b.back(12*ago-6, 5+i), By: b.leader()}
			for _, p := range []**int64{&c.Team, &c.Rich, &c.Returned, &c.Veterans, &c.Graduates, &c.Others} {
				*p = number(int64(b.rng.IntN(4)))
			}
			if l.flaws.blank {
				c.Rich, c.Returned, c.Graduates = number(0), number(0), number(0)
			}
			b.put("canvass", c)
		}
	}
}

// trained adds to the pool how people came into it and what was done since. Of
// some nothing is known for over a year.
func (b *builder) trained(l *lived) {
	for i, r := range l.reserves {
		first := r.Entered
		first.Month = max(first.Month-2, 1)
		score := number(int64(72 + b.rng.IntN(24)))
		b.put("review", &record.Review{Reserve: r.ID, Date: withDay(first, 6+i), Stage: record.FirstLook, Verdict: record.Passed, Text: "政治素质和群众基础符合条件"})
		b.put("review", &record.Review{Reserve: r.ID, Date: withDay(first, 18+i), Stage: record.ByTownship, Meeting: "苏木乡镇党委会议", Verdict: record.Passed, Score: score})
		if r.State == record.InTraining {
			b.put("review", &record.Review{Reserve: r.ID, Date: withDay(r.Entered, 1), Stage: record.ByCounty, Meeting: "旗县区委组织部部务会议", Verdict: record.Passed})
		}
		if record.Gone(r.State) || b.chance(25) {
			continue
		}
		for n := range 1 + b.rng.IntN(3) {
			b.put("coaching", &record.Coaching{Reserve: r.ID, Date: b.back(1+5*n, 4+i), Kind: b.weighted("1", 40, "2", 25, "3", 20, "4", 15),
				Text: b.pick(measures), By: b.leader()})
		}
	}
	if l.flaws.blank && b.chance(60) { // somebody is being looked at
		p := b.person(l.village, wanted{least: 28, most: 44, member: true, mongol: b.mongol(l.village)})
		b.put("person", p)
		r := &record.Reserve{Person: p.ID, Village: l.village.ID, Round: fmt.Sprintf("%d年", b.now.Year()), Source: "2", Category: b.weighted("2", 50, "3", 50),
			Manner: "2", Direction: "1", State: record.Checked}
		b.put("reserve", r)
		b.put("review", &record.Review{Reserve: r.ID, Date: b.back(1, 9), Stage: record.FirstLook, Verdict: record.Passed, Text: "需进一步了解群众口碑"})
	}
}

func withDay(d field.Date, day int) field.Date {
	if d.Month == 0 {
		d.Month = 1
	}
	d.Day = 1 + day%27
	return d
}

// strict adds analyses in the middle of the term, cases, and 软弱涣散.
func (b *builder) strict(mine []*lived) {
	classes := []string{"带富能力弱", "工作责任心差", "群众意见大", "作用发挥差", "考核连续不达标"}
	cases := 0
	for i, l := range mine {
		rating := b.weighted("1", 30, "2", 45, "3", 20, "4", 5)
		m := &record.Midterm{Village: l.village.ID, Term: thisTerm, Date: b.back(5, 2+i), Rating: rating, Team: "苏木乡镇党委研判组"}
		if rating == "3" || rating == record.Poor {
			m.Problems, m.Advice = "集体经济增收办法不多，议事决策记录不全", "列入重点培养，半年后再研判"
		}
		if i%9 != 8 {
			b.put("midterm", m)
		}
		if i%5 == 3 && len(l.posts) > 3 {
			b.conduct(l, l.posts[2+cases%2], classes[cases%len(classes)], cases)
			cases++
		}
		if l.flaws.vacant || i%17 == 5 {
			x := &record.Lax{Village: l.village.ID, Year: number(int64(b.now.Year())), Ground: "1", Found: b.back(3, 8), Lead: b.leader(),
				Measures: "包联领导驻村指导，从后备中选配书记，健全组织生活", Due: b.ahead(3), State: record.LaxMending}
			if !l.flaws.vacant {
				x.Ground, x.State, x.Closed, x.Result = "8", record.LaxClosed, b.back(0, 3), "新增光伏和养殖两项收入，验收合格"
				x.Found, x.Due = b.back(11, 8), b.back(1, 20)
			}
			b.put("lax", x)
		}
	}
}

// conduct is one case, at another point of its way each time.
func (b *builder) conduct(l *lived, p *record.Post, class string, n int) {
	if !p.To.IsZero() {
		return
	}
	c := &record.Conduct{Person: p.Person, Village: l.village.ID, Position: p.Position, Class: class, Source: b.weighted("1", 40, "3", 30, "6", 30),
		Noticed: b.back(9, 4+n), Facts: "群众反映办事拖拉，议定的事项没有落实", State: record.ConductSign}
	if n%5 > 0 {
		c.State, c.Verified, c.Finding, c.Statement = record.ConductVerify, b.back(8, 6+n), "1", "承认工作抓得不紧，愿意改正"
	}
	switch n % 5 {
	case 2:
		c.State, c.Measure, c.Decided, c.Authority = record.ConductTalk, record.MeasureTalk, b.back(7, 5), "苏木乡镇党委"
	case 3:
		c.State, c.Measure, c.Decided, c.Due, c.Authority = record.ConductMend, record.MeasureMend, b.back(7, 5), b.back(1, 5), "苏木乡镇党委"
	case 4:
		c.State, c.Measure, c.Decided, c.Due, c.Authority = record.ConductFiled, record.MeasureMend, b.back(7, 5), b.back(4, 5), "苏木乡镇党委"
		c.Recheck, c.Rechecked, c.Result, c.Closed = record.RecheckPassed, b.back(4, 9), "议定事项已全部落实", b.back(3, 9)
	}
	b.put("conduct", c)
}

// rules are those the county set this year: one class more of the ten is its
// own wording, one limit is tighter.
func (b *builder) rules() {
	year := number(int64(b.now.Year()))
	document := fmt.Sprintf("%s组发〔%d〕6号", b.prefix, b.now.Year())
	plan := fmt.Sprint(2 * (1 + len(b.counties)))
	for _, r := range []*record.Rule{
		{Group: record.LimitRules, Code: "coaching-months", Year: year, Label: "入库后多久没有培养记录要提醒", Value: "10", Unit: "个月", Source: "旗县区委组织部规定", Document: document},
		{Group: record.LimitRules, Code: "return-plan", Year: year, Label: "再回引人才计划人数", Value: plan, Unit: "人", Source: "旗县区委组织部规定", Document: document},
	} {
		r.ID = store.DerivedID(time.UnixMilli(0), "rule", r.Group, r.Code, fmt.Sprint(b.now.Year()))
		if b.err == nil {
			b.err = b.stage.Create("rule", b.kinds.Kind("rule").Take(r))
		}
	}
}
