package check

import (
	"fmt"
	"slices"
	"strings"

	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/rule"
)

// The rules of 选, 备案 and 一人一档.

func (f *facts) about(kind, id, name string, l Level, cell, message string) Problem {
	return Problem{Level: l, Kind: kind, Record: id, Name: name, Field: cell, Message: message}
}

func (f *facts) called(person string) string {
	if p := f.person[person]; p != nil {
		return p.Name
	}
	return "（未填姓名）"
}

// unfiled: a 书记 is filed at the county (农村基层组织工作条例 2018).
func unfiled(f *facts) []Problem {
	var out []Problem
	for _, v := range f.villages {
		posts := f.holders(v.ID, record.Secretary)
		if len(posts) == 1 && posts[0].Filing == "" {
			out = append(out, f.about("post", posts[0].ID, f.called(posts[0].Person), Notice, "filing",
				fmt.Sprintf("%s的党组织书记%s还没有县级备案结论，请办理任职备案。", f.place(v.ID), f.called(posts[0].Person))))
		}
	}
	return out
}

// unvetted: 县级联审 comes before the filing (2019年《关于加强和改进乡村治理的指导意见》).
func unvetted(f *facts) []Problem {
	asked, open := map[string]int{}, map[string]int{}
	for _, v := range each[record.Vetting](f, "vetting") {
		asked[v.Filing]++
		if v.Opinion == "" {
			open[v.Filing]++
		}
	}
	var out []Problem
	for _, x := range each[record.Filing](f, "filing") {
		sent := x.State == record.FilingSubmitted || x.State == record.FilingReceived || x.State == record.FilingMeeting
		if !sent || asked[x.ID] > 0 && open[x.ID] == 0 {
			continue
		}
		what := "还没有送联审"
		if asked[x.ID] > 0 {
			what = fmt.Sprintf("还有%d个部门没有答复联审", open[x.ID])
		}
		out = append(out, f.about("filing", x.ID, f.called(x.Person), Fault, "", fmt.Sprintf("%s%s的备案%s，请补齐联审意见。", f.place(x.Village), f.called(x.Person), what)))
	}
	return out
}

// barredPeople: who has an unlifted 一票否决 is neither in post nor in the pool.
func barredPeople(f *facts) []Problem {
	latest := map[string]*record.Vetting{}
	for _, v := range each[record.Vetting](f, "vetting") {
		key := v.Person + v.Department
		if before := latest[key]; v.Opinion != "" && (before == nil || before.Answered.Before(v.Answered)) {
			latest[key] = v
		}
	}
	where := f.inPost()
	for _, list := range f.pool {
		for _, r := range list {
			where[r.Person] = f.place(r.Village)
		}
	}
	var out []Problem
	for _, p := range f.people {
		for _, v := range latest {
			if v.Person == p.ID && v.Opinion == record.OpinionBarred && where[p.ID] != "" {
				out = append(out, aboutPerson(p, Grave, "", fmt.Sprintf("%s的%s被%s一票否决，不能在任，也不能留在后备库，请按程序处理。", where[p.ID], p.Name, v.Department)))
				break
			}
		}
	}
	return out
}

// uncoached: who is in the pool is trained.
func uncoached(f *facts) []Problem {
	months := f.rules.Limit(rule.CoachingMonths)
	last := map[string]field.Date{}
	for _, c := range each[record.Coaching](f, "coaching") {
		if last[c.Reserve].Before(c.Date) || last[c.Reserve].IsZero() {
			last[c.Reserve] = c.Date
		}
	}
	var out []Problem
	for _, r := range f.reserves {
		from := r.Entered
		if d := last[r.ID]; !d.IsZero() {
			from = d
		}
		if months == 0 || from.IsZero() || !InPool(r, f.asOf) || !After(from, months).Before(f.asOf) {
			continue
		}
		out = append(out, f.about("reserve", r.ID, f.called(r.Person), Notice, "", fmt.Sprintf("%s的后备%s超过%d个月没有培养记录，请安排培养并登记。", f.place(r.Village), f.called(r.Person), months)))
	}
	return out
}

// untracked: 乡招村用 are looked after at regular times.
func untracked(f *facts) []Problem {
	months := f.rules.Limit(rule.TrackingMonths)
	last := map[string]field.Date{}
	for _, t := range each[record.Tracking](f, "tracking") {
		if last[t.Hire].Before(t.Date) || last[t.Hire].IsZero() {
			last[t.Hire] = t.Date
		}
	}
	var out []Problem
	for _, h := range f.hires {
		from := h.Reported
		if d := last[h.ID]; !d.IsZero() {
			from = d
		}
		if months == 0 || h.State != record.HireServing || from.IsZero() || !After(from, months).Before(f.asOf) {
			continue
		}
		out = append(out, f.about("hire", h.ID, f.called(h.Person), Notice, "", fmt.Sprintf("乡招村用人员%s超过%d个月没有跟踪记录，请跟踪一次并登记。", f.called(h.Person), months)))
	}
	return out
}

// overdue: what was to be put right, given or brought back by a day.
func overdue(f *facts) []Problem {
	var out []Problem
	for _, c := range each[record.Conduct](f, "conduct") {
		if c.State == record.ConductMend && c.Due.Before(f.asOf) && !c.Due.IsZero() {
			out = append(out, f.about("conduct", c.ID, f.called(c.Person), Fault, "due", fmt.Sprintf("%s的整改期限%s已过，还没有复核，请办复核。", f.called(c.Person), c.Due.Office())))
		}
	}
	for _, l := range each[record.Lax](f, "lax") {
		if l.Closed.IsZero() && l.State != record.LaxClosed && !l.Due.IsZero() && l.Due.Before(f.asOf) {
			out = append(out, f.about("lax", l.ID, f.place(l.Village), Fault, "due", fmt.Sprintf("%s的软弱涣散整顿期限%s已过，还没有销号，请验收或延期。", f.place(l.Village), l.Due.Office())))
		}
	}
	for _, p := range each[record.Promise](f, "promise") {
		if p.Kept.IsZero() && !p.Due.IsZero() && p.Due.Before(f.asOf) {
			out = append(out, f.about("promise", p.ID, p.Name, Notice, "kept", fmt.Sprintf("承诺的“%s”应在%s兑现，还没有登记兑现，请核实。", p.Name, p.Due.Office())))
		}
	}
	for _, l := range each[record.Loan](f, "loan") {
		if l.Returned.IsZero() && !l.Due.IsZero() && l.Due.Before(f.asOf) {
			out = append(out, f.about("loan", l.ID, f.called(l.Person), Fault, "returned", fmt.Sprintf("%s借出%s的档案应在%s归还，还没有登记归还，请催还。", l.Borrower, f.called(l.Person), l.Due.Office())))
		}
	}
	return out
}

// kin: nobody in the 村监委 is a relative of a member of the 村委会 (村组法 第三十二
// 条). Relatives are known by name alone: the finding asks.
func kin(f *facts) []Problem {
	relatives := map[string][]*record.Relative{}
	for _, r := range each[record.Relative](f, "relative") {
		relatives[r.Person] = append(relatives[r.Person], r)
	}
	var out []Problem
	for _, v := range f.villages {
		overseers := map[string]string{} // names, with their ids
		for _, p := range f.held[v.ID] {
			if record.Body(p.Position) == record.Supervision {
				overseers[f.called(p.Person)] = p.Person
			}
		}
		for _, p := range f.held[v.ID] {
			if record.Body(p.Position) != record.Committee {
				continue
			}
			for _, r := range relatives[p.Person] {
				if id := overseers[r.Name]; id != "" && id != p.Person {
					out = append(out, f.about("person", id, r.Name, Fault, "", fmt.Sprintf("%s的村监委成员%s与村委会成员%s的%s同名，村监委成员不能是村委会成员的近亲属，请核实。",
						f.place(v.ID), r.Name, f.called(p.Person), f.word("relative", "relation", r.Relation))))
				}
			}
		}
	}
	return out
}

// audits: who led a village and left is audited (村组法 第三十五条). It is asked for
// a year.
func audits(f *facts) []Problem {
	audited := map[string]bool{}
	for _, p := range each[record.Paper](f, "paper") {
		if strings.Contains(p.Title, "审计") {
			audited[p.Person] = true
		}
	}
	var out []Problem
	for _, p := range f.posts {
		leads := p.Position == record.Secretary || p.Position == record.Head
		if !leads || p.To.IsZero() || f.asOf.Before(p.To) || After(p.To, 12).Before(f.asOf) || audited[p.Person] || slices.Contains([]string{"", record.LeftByElection, record.Died, "15"}, p.Reason) { // 15: the village was merged
			continue
		}
		audited[p.Person] = true // both posts of one are one audit
		out = append(out, f.about("person", p.Person, f.called(p.Person), Notice, "", fmt.Sprintf("%s的%s%s于%s离任，还没有离任审计材料，请办理审计并归入档案第五类。",
			f.place(p.Village), f.word("post", "position", p.Position), f.called(p.Person), p.To.Office())))
	}
	return out
}

// uncanvassed: the last survey reaches every village.
func uncanvassed(f *facts) []Problem {
	last := map[string]*record.Survey{}
	for _, s := range each[record.Survey](f, "survey") {
		if !f.asOf.Before(s.From) && (last[s.Office] == nil || last[s.Office].From.Before(s.From)) {
			last[s.Office] = s
		}
	}
	reached := map[string]bool{}
	for _, c := range each[record.Canvass](f, "canvass") {
		if !c.Date.IsZero() {
			reached[c.Survey+c.Village] = true
		}
	}
	var out []Problem
	for _, v := range f.villages {
		s := last[v.Office]
		if s != nil && !reached[s.ID+v.ID] {
			out = append(out, f.aboutVillage(v, Notice, fmt.Sprintf("%s在“%s”里还没有摸排，没有合适人选的也请零报告。", f.place(v.ID), s.Name)))
		}
	}
	return out
}

// caseLight: somebody in the lead may have to go, and nobody could step in.
func (f *facts) caseLight(v *record.Village) []Reason {
	for _, c := range f.cases[v.ID] {
		leads := slices.ContainsFunc(f.holders(v.ID, record.Secretary), func(p *record.Post) bool { return p.Person == c.Person })
		if leads && !slices.ContainsFunc(f.pool[v.ID], f.ready) {
			return []Reason{{Colour: Yellow, Text: "书记有负面情形没有办结，又没有能接任的后备"}}
		}
	}
	return nil
}
