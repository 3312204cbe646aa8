package report

import (
	"touyan/store/check"
	"touyan/store/record"
	"touyan/store/rule"
)

func (f *facts) awayFigures() []Figure {
	since := f.rules.Limit(rule.ReturnSince)
	tookPost := map[string]bool{}
	for _, p := range f.posts {
		if record.Body(p.Position) != record.Outside {
			tookPost[p.Person] = true
		}
	}
	var back, willing, moved, year, stayed set
	types := map[string]*set{}
	for _, a := range f.away {
		if a.Willing == "1" || a.Willing == "2" {
			willing.add(a.ID)
			if record.AwayBack(a.State) {
				moved.add(a.ID)
			}
		}
		if !f.since(a.Returned, since) || !tookPost[a.Person] {
			continue
		}
		back.add(a.Person)
		if types[a.Type] == nil {
			types[a.Type] = &set{}
		}
		types[a.Type].add(a.Person)
		if full := check.After(a.Returned, f.rules.Limit(rule.StayMonths)); !f.asOf.Before(full) {
			year.add(a.ID)
			if a.Left.IsZero() || !a.Left.Before(full) {
				stayed.add(a.ID)
			}
		}
	}
	home := count("F7", "已回引到村任职", Flow, "person", "人", back.ids, "起算年份以来返乡、并且有任职记录的人；没有任职的不算。")
	home.From = since
	for _, t := range []struct{ code, label string }{{"1", "大学毕业生到乡"}, {"2", "能人回乡"}, {"3", "农民工返乡"}, {"4", "企业家入乡"}} {
		var ids []string
		if types[t.code] != nil {
			ids = types[t.code].ids
		}
		home.Parts = append(home.Parts, count("type-"+t.code, t.label, Flow, "person", "人", ids, ""))
	}
	out := []Figure{home, f.returnPlan(tookPost)}
	return append(out,
		share("willing", "意愿转化率", "away", willing.ids, moved.has, "返乡意愿强烈或者一般的人里，已经返乡的。"),
		share("stayed", "一年留任率", "away", year.ids, stayed.has, "回引满规定月数的人里，那时还在任的。"),
		f.promised())
}

// returnPlan is how far the plan for the year of the rules has come: those who
// returned since the year the plan counts from.
func (f *facts) returnPlan(tookPost map[string]bool) Figure {
	r, _ := f.rules.Rule(record.LimitRules, rule.ReturnPlan)
	begin := f.asOf.Year
	if r.Year != nil {
		begin = int(*r.Year)
	}
	var ids set
	for _, a := range f.away {
		if f.since(a.Returned, begin) && tookPost[a.Person] {
			ids.add(a.Person)
		}
	}
	fig := count("F8", "再回引计划进度", Flow, "person", "人", ids.ids, "计划起用年份以来回引到村任职的人，对照规则里的计划人数。")
	fig.From, fig.Goal = begin, float64(f.rules.Limit(rule.ReturnPlan))
	return fig
}

// promised is how many of the promises that are due were kept.
func (f *facts) promised() Figure {
	var due, kept set
	for _, p := range f.promises {
		if !p.Kept.IsZero() || !p.Due.IsZero() && p.Due.Before(f.asOf) {
			due.add(p.ID)
		}
		if !p.Kept.IsZero() {
			kept.add(p.ID)
		}
	}
	return share("promises", "政策兑现率", "promise", due.ids, kept.has, "已到兑现时间或者已经兑现的承诺里，兑现了的。")
}

func (f *facts) secondmentFigures() []Figure {
	var ready, serving, needed, due, done set
	localAt := map[string]bool{}
	for _, r := range f.pool {
		if r.Source == "5" {
			ready.add(r.Person)
		}
		if local(r) {
			localAt[r.Village] = true
		}
	}
	for _, s := range f.secondments {
		if s.State == record.SecondServing || s.State == record.SecondStayed {
			serving.add(s.ID)
			if s.Village != "" && !localAt[s.Village] {
				needed.add(s.ID)
			}
		}
	}
	people := map[string]*set{}
	for _, b := range f.benefits {
		if !b.Done.IsZero() || !b.Due.IsZero() && b.Due.Before(f.asOf) {
			due.add(b.ID)
		}
		if !b.Done.IsZero() {
			done.add(b.ID)
			if people[b.Secondment] == nil {
				people[b.Secondment] = &set{}
			}
			people[b.Secondment].add(b.Type)
		}
	}
	stock := count("F9", "机关储备", Stock, "person", "人", ready.ids, "后备库里来源是机关选派的人。")
	stock.Goal = float64(f.rules.Limit(rule.SecondmentPlan))
	return []Figure{stock,
		count("seconded", "在派", Stock, "secondment", "人", serving.ids, "已派出和期满留任的。"),
		share("seconded-needed", "派到没有本土后备的村", "secondment", serving.ids, needed.has, "在派人员里，派往没有本土后备在库的嘎查村的。"),
		share("benefits", "“四优”兑现率", "benefit", due.ids, done.has, "已到时间或者已经兑现的事项里，兑现了的。"),
		benefitKinds(people, serving.ids)}
}

// benefitKinds is how many of the four each of those sent was given, on average.
func benefitKinds(people map[string]*set, serving []string) Figure {
	sum := 0
	for _, id := range serving {
		if people[id] != nil {
			sum += len(people[id].ids)
		}
	}
	f := Figure{Name: "benefit-kinds", Label: "人均兑现“四优”类数", Sort: Rate, Kind: "secondment", Unit: "类", IDs: serving, Goal: 4, Basis: "在派人员每人兑现了四类里的几类，取平均。"}
	if len(serving) > 0 {
		f.Value = float64(sum) / float64(len(serving))
	}
	return f
}

func (f *facts) filingFigures() []Figure {
	leads := f.secretaries()
	var all set
	filed := map[string]bool{}
	for _, v := range f.villages {
		if p := leads[v.ID]; p != "" {
			all.add(p)
		}
		for _, p := range f.held[v.ID] {
			filed[p.Person] = filed[p.Person] || p.Position == record.Secretary && p.Filing == record.OutcomeAgreed
		}
	}
	var vacant, sent, returned set
	for _, v := range f.villages {
		if leads[v.ID] == "" {
			vacant.add(v.ID)
		}
	}
	for _, x := range f.filings {
		if x.Submitted.IsZero() || f.asOf.Before(x.Submitted) {
			continue
		}
		sent.add(x.ID)
		if x.Outcome == record.OutcomeReturned {
			returned.add(x.ID)
		}
	}
	empty := count("vacancies", "书记空缺村", Stock, "village", "个村", vacant.ids, "这一天没有书记的嘎查村。")
	empty.Of = len(f.villages)
	return []Figure{
		share("F13", "一人一档建档率", "person", all.ids, func(id string) bool { return f.papers[id] > 0 }, "在任书记里，档案里至少登记了一份材料的；书记数等于村数减去空缺村。"),
		share("filed", "备案率", "person", all.ids, func(id string) bool { return filed[id] }, "在任书记里，县级同意备案的。"),
		empty,
		share("returned", "备案退回率", "filing", sent.ids, returned.has, "已报送的备案里，现在的结论是退回补正的。")}
}
