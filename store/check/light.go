package check

import (
	"fmt"
	"slices"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/rule"
)

// Colour is how a village stands (断档预警).
type Colour int

// The colours. Red: there is no 书记, or soon none and nobody to follow.
const (
	Green Colour = iota
	Yellow
	Red
)

// String is the colour's word.
func (c Colour) String() string { return [...]string{"绿", "黄", "红"}[c] }

// Reason is one thing that gives a village its colour. A green one is only to
// be kept in mind.
type Reason struct {
	Colour  Colour
	Text    string // a phrase without a full stop
	Default bool   // it rests on a limit that is a 默认值
	Plain   string // the phrase without what is personal, where it differs
}

// plainAge tells of a 书记's age without telling it.
func (f *facts) plainAge(code string) string {
	return "党组织书记到了该有人接的年龄" + f.rules.Mark(code)
}

// age is a limit of age as sentences write it.
func (f *facts) age(code string) string {
	return fmt.Sprintf("%d周岁%s", f.rules.Limit(code), f.rules.Mark(code))
}

// byDefault reports a limit that is a 默认值.
func (f *facts) byDefault(code string) bool { return f.rules.Mark(code) != "" }

// Light is one village's colour and why, the gravest reason first.
type Light struct {
	Village string // its id
	Name    string
	Place   string // with the township's name
	Office  string // id of the township
	Colour  Colour
	Reasons []Reason
}

// Lights tells how the villages stand that exist on the day, in the order of
// their making.
func (s *Survey) Lights() []Light {
	out := make([]Light, len(s.f.villages))
	for i, v := range s.f.villages {
		out[i] = s.f.light(v)
	}
	return out
}

// LightOf is Lights for one village; store.ErrNoRecord if it does not count, or
// not on the day.
func LightOf(tx *store.Tx, village string, asOf field.Date) (Light, error) {
	f, err := gatherVillage(tx, village, asOf)
	if err != nil {
		return Light{}, err
	}
	v := f.village[tx.Canonical(village)]
	if v == nil || !runs(v.From, v.To, asOf) {
		return Light{}, store.ErrNoRecord
	}
	return f.light(v), nil
}

func (f *facts) light(v *record.Village) Light {
	l := Light{Village: v.ID, Name: v.Name, Place: f.place(v.ID), Office: v.Office}
	leader, leaving := f.leaderLight(v)
	l.Reasons = slices.Concat(leader, f.termLight(v), f.poolLight(v, leaving), f.caseLight(v), f.helperLight(v))
	for _, r := range l.Reasons {
		l.Colour = max(l.Colour, r.Colour)
	}
	slices.SortStableFunc(l.Reasons, func(a, b Reason) int { return int(b.Colour) - int(a.Colour) })
	return l
}

// leaderLight looks at the 书记: whether there is one, and for how long. leaving
// tells that age will take the post from whoever holds it.
func (f *facts) leaderLight(v *record.Village) (out []Reason, leaving bool) {
	holders := f.holders(v.ID, record.Secretary)
	if len(holders) == 0 {
		return []Reason{{Colour: Red, Text: f.vacancy(v.ID)}}, false
	}
	for _, post := range holders {
		p := f.person[post.Person]
		if p == nil {
			continue
		}
		years, ok := p.Birth.Age(f.asOf)
		if ok && f.rules.Reached(rule.LeaderAge, years) {
			out, leaving = append(out, Reason{Yellow, fmt.Sprintf("党组织书记%s%d岁，已到%s", p.Name, years, f.age(rule.LeaderAge)), f.byDefault(rule.LeaderAge), f.plainAge(rule.LeaderAge)}), true
			continue
		}
		if v.Elected.IsZero() {
			continue
		}
		if then, ok := p.Birth.Age(After(v.Elected, 12*TermYears)); ok && f.rules.Reached(rule.AgeLimit, then) {
			out, leaving = append(out, Reason{Yellow, fmt.Sprintf("党组织书记%s本届届满时%d岁，将满%s", p.Name, then, f.age(rule.AgeLimit)), f.byDefault(rule.AgeLimit), f.plainAge(rule.AgeLimit)}), true
		}
	}
	return out, leaving
}

func (f *facts) termLight(v *record.Village) []Reason {
	if v.Elected.IsZero() {
		return nil
	}
	switch end := After(v.Elected, 12*TermYears); {
	case end.Before(f.asOf):
		return []Reason{{Colour: Yellow, Text: "本届“两委”已于" + end.Office() + "届满，还没有登记换届"}}
	case !After(f.asOf, f.rules.Limit(rule.TermSoon)).Before(end):
		return []Reason{{Yellow, fmt.Sprintf("本届“两委”将于%s届满，不到%d个月%s", end.Office(), f.rules.Limit(rule.TermSoon), f.rules.Mark(rule.TermSoon)), f.byDefault(rule.TermSoon), ""}}
	}
	return nil
}

// poolLight looks at who could follow. A village whose 书记 is leaving and that
// has nobody is 断档.
func (f *facts) poolLight(v *record.Village, leaving bool) []Reason {
	pool := f.pool[v.ID]
	if len(pool) == 0 {
		if leaving {
			return []Reason{{Red, "书记即将到龄，又没有后备力量在库", true, ""}}
		}
		return []Reason{{Colour: Yellow, Text: "没有后备力量在库"}}
	}
	var out []Reason
	if !slices.ContainsFunc(pool, local) {
		out = append(out, Reason{Colour: Yellow, Text: "在库的后备都不是本土人选"})
	}
	if !slices.ContainsFunc(pool, f.ready) {
		out = append(out, Reason{Yellow, fmt.Sprintf("在库的后备没有不满%s的中共正式党员，接不了书记", f.age(rule.ReserveAge)), f.byDefault(rule.ReserveAge), ""})
	}
	if len(pool) == 1 {
		out = append(out, Reason{Text: "在库的后备只有1人"})
	}
	return out
}

// local: only 本土摸排 and what was found later count. A source that is not said
// may be local.
func local(r *record.Reserve) bool {
	return r.Source == "" || r.Source == sourceHome || r.Source == sourceFound
}

// ready reports whether a reserve could become 书记: nothing known stands
// against it.
func (f *facts) ready(r *record.Reserve) bool {
	p := f.person[r.Person]
	if p == nil || p.Politics != "" && p.Politics != record.PartyMember {
		return false
	}
	years, ok := p.Birth.Age(f.asOf)
	return !ok || !f.rules.Reached(rule.ReserveAge, years)
}

// helperLight: 全覆盖 asks for somebody of 乡招村用 in post.
func (f *facts) helperLight(v *record.Village) []Reason {
	if f.served[v.ID] {
		return nil
	}
	for _, post := range f.held[v.ID] {
		if p := f.person[post.Person]; p != nil && p.Recruited == yes {
			return nil
		}
	}
	return []Reason{{Text: "没有乡招村用人员在岗"}}
}
