package report

import (
	"touyan/store"
	"touyan/store/check"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/rule"
)

// Select are the indicators of 选 (domain 1.2.1–1.2.5) and of 备案 and 一人一档
// (1.4.4) on a day, in the order of the work.
func Select(tx *store.Tx, asOf field.Date) ([]Figure, error) {
	f, err := gather(tx, asOf)
	if err != nil {
		return nil, err
	}
	var out []Figure
	for _, g := range []struct {
		label   string
		figures []Figure
	}{{"后备力量", f.poolFigures()}, {"从严管理调整", f.strictFigures()}, {"乡招村用", f.hireFigures()}, {"引凤还巢", f.awayFigures()},
		{"机关选派", f.secondmentFigures()}, {"备案和档案", f.filingFigures()}} {
		for _, one := range g.figures {
			one.Group = g.label
			out = append(out, one)
		}
	}
	return out, nil
}

func (f *facts) poolFigures() []Figure {
	var people, locals set
	pooled, localAt := map[string]bool{}, map[string]bool{}
	for _, r := range f.pool {
		people.add(r.Person)
		pooled[r.Village] = true
		if local(r) {
			locals.add(r.Person)
			localAt[r.Village] = true
		}
	}
	home := count("F1", "本土后备存量", Stock, "person", "人", locals.ids, "在库（审核入库、培养中）、来源是本土摸排和动态补入的人，一人在两个村也只算一次。")
	per := Figure{Name: "F2", Label: "村均本土后备", Sort: Rate, Kind: "person", Unit: "人", IDs: locals.ids, Of: len(f.villages), Goal: f.rules.Number(record.LimitRules, rule.PerVillage),
		Basis: "本土后备存量除以嘎查村数。"}
	if per.Of > 0 {
		per.Value = float64(len(locals.ids)) / float64(per.Of)
	}
	all := count("pool", "在库总数", Stock, "person", "人", people.ids, "五种来源合计，一人只算一次。")
	all.Parts = f.structure(people.ids)
	var blank set
	for _, v := range f.villages {
		if !pooled[v.ID] {
			blank.add(v.ID)
		}
	}
	blanks := count("blank", "后备空白村", Stock, "village", "个村", blank.ids, "没有一名后备在库的嘎查村。")
	blanks.Of = len(f.villages)
	return []Figure{home, per, all, blanks,
		share("local-cover", "有本土后备的村", "village", f.villageIDs(), func(id string) bool { return localAt[id] }, "至少有一名本土后备在库的嘎查村。"),
		f.surveyCover(), f.used(), f.uncoached()}
}

// structure parts people as offices ask.
func (f *facts) structure(ids []string) []Figure {
	part := func(name, label string, applies func(p *record.Person) bool) Figure {
		return share(name, label, "person", ids, func(id string) bool { return f.people[id] != nil && applies(f.people[id]) }, "")
	}
	return []Figure{
		part("young", "35岁以下", func(p *record.Person) bool {
			years, ok := p.Birth.Age(f.asOf)
			return ok && years <= f.rules.Limit(rule.YoungAge)
		}),
		part("college", "大专以上", college),
		part("women", "女性", func(p *record.Person) bool { return p.Sex == "2" }),
		part("minority", "少数民族", func(p *record.Person) bool { return p.Ethnic != "" && p.Ethnic != "01" }),
		part("members", "中共党员", func(p *record.Person) bool { return p.Politics == record.PartyMember }),
	}
}

// college reports 大专 and more, whichever way (GB/T 4658: 1x, 2x, 3x).
func college(p *record.Person) bool {
	for _, e := range []string{p.Education, p.LaterEducation} {
		if e != "" && e[0] >= '1' && e[0] <= '3' {
			return true
		}
	}
	return false
}

// surveyCover is how many villages the last survey of each office reached.
func (f *facts) surveyCover() Figure {
	last := map[string]*record.Survey{}
	for _, s := range f.surveys {
		if !f.asOf.Before(s.From) && (last[s.Office] == nil || last[s.Office].From.Before(s.From)) {
			last[s.Office] = s
		}
	}
	current, reached := map[string]bool{}, map[string]bool{}
	for _, s := range last {
		current[s.ID] = true
	}
	for _, c := range f.canvasses {
		if current[c.Survey] && !c.Date.IsZero() && !f.asOf.Before(c.Date) {
			reached[c.Village] = true
		}
	}
	return share("survey", "摸排覆盖", "village", f.villageIDs(), func(id string) bool { return reached[id] }, "各单位最近一个摸排批次里登记了摸排日期的嘎查村，零报告也算。")
}

// used is how many of all who ever were in the pool were taken into a post.
func (f *facts) used() Figure {
	var ever []string
	into := map[string]bool{}
	for _, r := range f.reserves {
		if r.Entered.IsZero() || f.asOf.Before(r.Entered) {
			continue
		}
		ever = append(ever, r.ID)
		into[r.ID] = r.State == record.MadeMember || r.State == record.MadeLeader
	}
	fig := share("used", "转任率", "reserve", ever, func(id string) bool { return into[id] }, "任用为“两委”或书记的期数，除以历年入库的期数（累计）。")
	return fig
}

// uncoached are those in the pool for long of whom no training is noted.
func (f *facts) uncoached() Figure {
	months := f.rules.Limit(rule.CoachingMonths)
	var out set
	for _, r := range f.pool {
		if months == 0 || r.Entered.IsZero() || !check.After(r.Entered, months).Before(f.asOf) {
			continue
		}
		recent := false
		for _, c := range f.coachings[r.ID] {
			recent = recent || f.asOf.Before(check.After(c.Date, months))
		}
		if !recent {
			out.add(r.ID)
		}
	}
	fig := count("uncoached", "长期没有培养记录", Stock, "reserve", "人", out.ids, "入库满规定的月数，且这些月里没有一条培养记录。")
	fig.Of = len(f.pool)
	return fig
}
