package report

import (
	"touyan/store/check"
	"touyan/store/record"
	"touyan/store/rule"
)

// removing are the 处置方式 that end a post.
var removing = map[string]bool{"4": true, "5": true, "6": true, "7": true, "8": true, "9": true}

func (f *facts) strictFigures() []Figure {
	var open, removed, due, kept set
	for _, c := range f.cases {
		if !f.asOf.Before(c.Noticed) && record.ConductOpen(c.State) {
			open.add(c.ID)
		}
		if removing[c.Measure] && f.since(c.Decided, f.asOf.Year) {
			removed.add(c.ID)
		}
		if !c.Due.IsZero() && (c.Due.Before(f.asOf) || c.Recheck == record.RecheckPassed) {
			due.add(c.ID)
			if c.Recheck == record.RecheckPassed && !c.Due.Before(c.Rechecked) {
				kept.add(c.ID)
			}
		}
	}
	cases := count("cases", "未办结的负面情形", Stock, "conduct", "件", open.ids, "已登记、还没有解除、不成立或者归档的。")
	cases.Parts = f.byClass()
	out := count("removed", "清退", Flow, "conduct", "件", removed.ids, "本年作出劝辞、责令辞职、免职、罢免、自行终止或者辞职处理的。")
	out.From = f.asOf.Year
	return []Figure{cases, out,
		share("mended", "整改按期率", "conduct", due.ids, kept.has, "限期整改已到期或已复核的，在期限内复核合格的。"),
		f.vacantDays(), f.laxClosed()}
}

// byClass counts the cases of each class of the year, none of which is left out.
func (f *facts) byClass() []Figure {
	by := map[string]*set{}
	for _, c := range f.cases {
		if by[c.Class] == nil {
			by[c.Class] = &set{}
		}
		if c.Class != "" && c.State != record.ConductUnproved {
			by[c.Class].add(c.ID)
		}
	}
	var out []Figure
	for _, r := range f.rules.Rules(record.ConductRules) {
		ids := []string(nil)
		if by[r.Label] != nil {
			ids = by[r.Label].ids
		}
		out = append(out, count("class-"+r.Code, r.Label, Flow, "conduct", "件", ids, "历年登记的，不成立的除外。"))
	}
	return out
}

// vacantDays are how long the villages without 书记 have been so, on average.
func (f *facts) vacantDays() Figure {
	leads := f.secretaries()
	last := map[string]*record.Post{}
	for _, p := range f.posts {
		if p.Position == record.Secretary && !p.To.IsZero() && !f.asOf.Before(p.To) && (last[p.Village] == nil || last[p.Village].To.Before(p.To)) {
			last[p.Village] = p
		}
	}
	var vacant set
	sum, known := 0, 0
	for _, v := range f.villages {
		if leads[v.ID] != "" {
			continue
		}
		vacant.add(v.ID)
		if p := last[v.ID]; p != nil {
			sum, known = sum+days(p.To, f.asOf), known+1
		}
	}
	fig := Figure{Name: "vacant", Label: "书记空缺平均天数", Sort: Stock, Kind: "village", Unit: "天", IDs: vacant.ids, Of: len(f.villages), Basis: "没有书记的嘎查村，从上一任离任算到这一天；主持工作不算书记。"}
	if known > 0 {
		fig.Value = float64(sum / known)
	}
	return fig
}

// laxClosed is how many of this year's 软弱涣散 were struck off.
func (f *facts) laxClosed() Figure {
	var all, closed set
	for _, l := range f.lax {
		if l.Year == nil || int(*l.Year) != f.asOf.Year {
			continue
		}
		all.add(l.ID)
		if !l.Closed.IsZero() && !f.asOf.Before(l.Closed) {
			closed.add(l.ID)
		}
	}
	return share("lax", "软弱涣散销号率", "lax", all.ids, closed.has, "本年认定的，已经验收销号的。")
}

func (f *facts) hireFigures() []Figure {
	since := f.rules.Limit(rule.HireSince)
	var ever, on, lent, here set
	serving := map[string]bool{}
	pooled := map[string]bool{}
	for _, r := range f.pool {
		pooled[r.Person] = true
	}
	var inPool set
	for _, h := range f.hires {
		if h.Year != nil && int(*h.Year) >= since && int(*h.Year) <= f.asOf.Year {
			ever.add(h.Person)
			if pooled[h.Person] {
				inPool.add(h.Person)
			}
		}
		if record.HireGone(h.State) || f.asOf.Before(h.Reported) {
			continue
		}
		here.add(h.ID)
		if h.State == record.HireLent {
			lent.add(h.ID)
			continue
		}
		on.add(h.ID)
		if h.Village != "" {
			serving[h.Village] = true
		}
	}
	all := count("F4", "累计选聘", Flow, "person", "人", ever.ids, "起算年份以来聘用过的人，一人只算一次，调出和解聘的也在内。")
	all.From = since
	months := f.rules.Limit(rule.TrackingMonths)
	return []Figure{all,
		share("F5", "全覆盖", "village", f.villageIDs(), func(id string) bool { return serving[id] }, "至少有一名在岗（不含借调）的嘎查村。"),
		count("F6", "重点培养（入后备库）", Stock, "person", "人", inPool.ids, "累计选聘的人里，现在在后备库的。"),
		share("on-duty", "在岗率", "hire", here.ids, on.has, "没有离开的人员里在岗的。"),
		share("lent", "借调率", "hire", here.ids, lent.has, "没有离开的人员里借调在外的。"),
		share("tracked", "跟踪按期率", "hire", on.ids, func(id string) bool {
			for _, t := range f.trackings[id] {
				if !f.asOf.Before(t.Date) && f.asOf.Before(check.After(t.Date, months)) {
					return true
				}
			}
			return false
		}, "在岗人员里，规定月数以内有跟踪记录的。")}
}
