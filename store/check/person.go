package check

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/rule"
)

func aboutPerson(p *record.Person, l Level, field, message string) Problem {
	return Problem{Level: l, Kind: "person", Record: p.ID, Name: p.Name, Field: field, Message: message}
}

// laySecretaries: a 书记 is a full member of the Party.
func laySecretaries(f *facts) []Problem {
	var out []Problem
	for _, v := range f.villages {
		for _, post := range f.holders(v.ID, record.Secretary) {
			p := f.person[post.Person]
			if p == nil || p.Politics == "" || p.Politics == record.PartyMember {
				continue
			}
			out = append(out, aboutPerson(p, Grave, "politics", fmt.Sprintf("%s的党组织书记%s政治面貌是“%s”，书记应是中共正式党员，请核对政治面貌或职务。",
				f.place(v.ID), p.Name, f.word("person", "politics", p.Politics))))
		}
	}
	return out
}

// sameID: a number belongs to one person.
func sameID(f *facts) []Problem {
	by := map[string][]*record.Person{}
	for _, p := range f.people {
		if p.IDNo != "" {
			by[p.IDNo] = append(by[p.IDNo], p)
		}
	}
	var out []Problem
	for _, p := range f.people {
		for _, other := range by[p.IDNo] {
			if other == p {
				continue
			}
			what := "与" + other.Name + "的公民身份号码相同，请对照证件改正；确是同一个人的，请合并成一条。"
			if other.Name == p.Name {
				what = "有两条人员记录，公民身份号码相同，请核对；确是同一个人的，请合并成一条。"
			}
			out = append(out, aboutPerson(p, Grave, "idno", p.Name+what))
			break
		}
	}
	return out
}

// aged: people in post from the age limit on.
func aged(f *facts) []Problem {
	where := f.inPost()
	var out []Problem
	for _, p := range f.people {
		years, ok := p.Birth.Age(f.asOf)
		if place := where[p.ID]; place != "" && ok && f.rules.Reached(rule.AgeLimit, years) {
			out = append(out, aboutPerson(p, Notice, "", fmt.Sprintf("%s的%s已满%s（%d岁），请考虑接替人选。", place, p.Name, f.age(rule.AgeLimit), years)))
		}
	}
	return out
}

// asked are the cells the rosters of people in post and in the pool need.
var asked = []string{"idno", "sex", "ethnic", "birth", "politics", "education", "phone"}

// incomplete: what a roster will show empty.
func incomplete(f *facts) []Problem {
	where := f.inPost()
	for _, list := range f.pool {
		for _, r := range list {
			where[r.Person] = f.place(r.Village)
		}
	}
	k := f.kinds.Kind("person")
	var out []Problem
	for i, p := range f.people {
		place := where[p.ID]
		if place == "" {
			continue
		}
		var first string
		var labels []string
		for _, name := range asked {
			if k.Value(f.rows["person"][i], name) != "" {
				continue
			}
			if first == "" {
				first = name
			}
			labels = append(labels, k.Field(name).Label)
		}
		if first != "" {
			out = append(out, aboutPerson(p, Notice, first, place+"的"+p.Name+"缺“"+strings.Join(labels, "”“")+"”，请补填。"))
		}
	}
	return out
}

// twoPools: somebody named for two villages counts once above village level.
func twoPools(f *facts) []Problem {
	places := map[string][]string{}
	for _, r := range f.reserves {
		if InPool(r, f.asOf) {
			places[r.Person] = append(places[r.Person], f.place(r.Village))
		}
	}
	var out []Problem
	for _, p := range f.people {
		if list := places[p.ID]; len(list) > 1 {
			out = append(out, aboutPerson(p, Notice, "", p.Name+"同时在"+strings.Join(list, "、")+"的后备库里，汇总时只算一人；请确认是否要留在两处。"))
		}
	}
	return out
}

// layReserves: who is to become 书记 has to join the Party first.
func layReserves(f *facts) []Problem {
	var out []Problem
	for _, r := range f.reserves {
		p := f.person[r.Person]
		if p == nil || !InPool(r, f.asOf) || r.Direction != directionLeader || p.Politics == "" || p.Politics == record.PartyMember {
			continue
		}
		out = append(out, Problem{Level: Notice, Kind: "reserve", Record: r.ID, Name: p.Name, Field: "direction",
			Message: fmt.Sprintf("%s的后备%s培养方向是党组织书记，政治面貌却是“%s”，请安排入党培养或调整培养方向。", f.place(r.Village), p.Name, f.word("person", "politics", p.Politics))})
	}
	return out
}

// loose: a person whom nothing names but lines of his own is easily forgotten,
// and often the double of another.
func loose(f *facts) []Problem {
	tied := map[string]bool{}
	for _, k := range f.kinds {
		for i := range k.Fields {
			if fd := &k.Fields[i]; fd.Type != field.Ref || fd.Target != "person" || fd.Part {
				continue
			}
			for _, row := range f.rows[k.Name] {
				tied[row.Values[i]] = true
			}
		}
	}
	var out []Problem
	for _, p := range f.people {
		if !tied[p.ID] {
			out = append(out, aboutPerson(p, Notice, "", p.Name+"没有任职，也不在后备库和别的名册里，请补填任职或后备，不需要的作废。"))
		}
	}
	return out
}

// placesOf are the townships in whose villages each person holds something or is
// in the pool, with one village of each.
func (f *facts) placesOf() map[string]map[string]string {
	out := map[string]map[string]string{}
	note := func(person, village string) {
		v := f.village[village]
		if v == nil {
			return
		}
		if out[person] == nil {
			out[person] = map[string]string{}
		}
		out[person][v.Office] = f.place(village)
	}
	for _, posts := range f.held {
		for _, p := range posts {
			note(p.Person, p.Village)
		}
	}
	for _, list := range f.pool {
		for _, r := range list {
			note(r.Person, r.Village)
		}
	}
	return out
}

// twoTownships: nobody holds something in two townships at once; where two of
// them name one person, the county has to say whose he is.
func twoTownships(f *facts) []Problem {
	places := f.placesOf()
	var out []Problem
	for _, p := range f.people {
		if len(places[p.ID]) < 2 {
			continue
		}
		var names []string
		for _, office := range slices.Sorted(maps.Keys(places[p.ID])) {
			names = append(names, places[p.ID][office])
		}
		out = append(out, aboutPerson(p, Fault, "", fmt.Sprintf("%s同时在%s任职或在库，请与两边核实；不是同一个人的，请在本人页面分开。", p.Name, strings.Join(names, "和"))))
	}
	return out
}

// maybeSame: people of one name and birth in two townships, whom no two numbers
// tell apart.
func maybeSame(f *facts) []Problem {
	places := f.placesOf()
	by := map[string][]*record.Person{}
	for _, p := range f.people {
		if !p.Birth.IsZero() && len(places[p.ID]) > 0 {
			key := p.Name + " " + fmt.Sprint(p.Birth.Year, p.Birth.Month)
			by[key] = append(by[key], p)
		}
	}
	var out []Problem
	for _, p := range f.people {
		for _, other := range by[p.Name+" "+fmt.Sprint(p.Birth.Year, p.Birth.Month)] {
			differ := p.IDNo != "" && other.IDNo != "" && p.IDNo != other.IDNo
			if other.ID <= p.ID || differ || p.IDNo != "" && p.IDNo == other.IDNo || sharePlace(places[p.ID], places[other.ID]) {
				continue
			}
			out = append(out, aboutPerson(p, Fault, "idno", fmt.Sprintf("%s（%s）和%s的%s同名、同年月生，请核实是不是同一个人；是的请在本人页面合并。",
				p.Name, anyPlace(places[p.ID]), anyPlace(places[other.ID]), other.Name)))
		}
	}
	return out
}

func sharePlace(a, b map[string]string) bool {
	for office := range a {
		if b[office] != "" {
			return true
		}
	}
	return false
}

func anyPlace(places map[string]string) string {
	for _, office := range slices.Sorted(maps.Keys(places)) {
		return places[office]
	}
	return ""
}
