package dossier

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/rule"
)

// wanted is a material this person must have: what a rule asks, once for each
// event it asks it of.
type wanted struct {
	rule record.Rule
	year string // that stands in the title, where there is one for each year
	why  string
	kind string
	id   string
}

// asked are whom the rules of 应有材料 ask, by the word of their 适用对象: the events
// of a life that bring a material with them.
var asked = map[string]func(tx *store.Tx, l *life) []wanted{
	"每人": func(_ *store.Tx, l *life) []wanted {
		return []wanted{{why: "每个人都要有", kind: "person", id: l.person.ID}}
	},
	"中共党员": func(_ *store.Tx, l *life) []wanted {
		if l.person.Politics != record.PartyMember {
			return nil
		}
		return []wanted{{why: "政治面貌是中共党员", kind: "person", id: l.person.ID}}
	},
	"填有学历": func(_ *store.Tx, l *life) []wanted {
		if l.person.School == "" && l.person.LaterSchool == "" {
			return nil
		}
		return []wanted{{why: "填有毕业院校", kind: "person", id: l.person.ID}}
	},
	"担任过“两委”职务": func(tx *store.Tx, l *life) []wanted { return ofPost(tx, l, record.InTeam) },
	"担任过党组织书记": func(tx *store.Tx, l *life) []wanted {
		return ofPost(tx, l, func(position string) bool { return position == record.Secretary })
	},
	"有联审意见": func(_ *store.Tx, l *life) []wanted {
		for _, v := range l.vettings {
			if v.Opinion != "" {
				return []wanted{{why: "已有部门的联审意见", kind: "vetting", id: v.ID}}
			}
		}
		return nil
	},
	"填有考核等次": func(_ *store.Tx, l *life) []wanted {
		var out []wanted
		for _, year := range years.FindAllString(l.person.Appraisals, -1) {
			out = append(out, wanted{year: year, why: year + "年有考核等次", kind: "person", id: l.person.ID})
		}
		return out
	},
	"填有奖惩": func(_ *store.Tx, l *life) []wanted {
		if l.person.Honours == "" {
			return nil
		}
		return []wanted{{why: "填有奖惩", kind: "person", id: l.person.ID}}
	},
	"有办结的负面情形": func(_ *store.Tx, l *life) []wanted {
		for _, c := range l.cases {
			handled := c.State == record.ConductHandled || c.State == record.ConductFiled
			if handled && c.Finding != "" && c.Finding != record.NotFound { // unread by who may not read it
				return []wanted{{why: "有办结的负面情形", kind: "conduct", id: c.ID}}
			}
		}
		return nil
	},
}

// years are those named in a text: 2024年优秀.
var years = regexp.MustCompile(`20[0-9]{2}`)

// ofPost asks once, of the first post that fits.
func ofPost(tx *store.Tx, l *life, fits func(position string) bool) []wanted {
	for _, p := range l.posts {
		if fits(p.Position) {
			return []wanted{{why: "担任过" + tx.Kinds().Kind("post").Field("position").Show(p.Position), kind: "post", id: p.ID}}
		}
	}
	return nil
}

// Subjects are the words a rule may name whom it asks by, in no order.
func Subjects() []string {
	var out []string
	for word := range asked {
		out = append(out, word)
	}
	return out
}

// classes sorts what is there into the ten classes, and finds what is missing.
func classes(tx *store.Tx, l *life, rules *rule.Pack) []Class {
	var out []Class
	at := map[string]int{}
	for _, it := range tx.Kinds().Kind("paper").Field("class").Codes.Items {
		if it.Code > record.PhotoClass {
			break // what follows is of villages
		}
		at[it.Code] = len(out)
		out = append(out, Class{Code: it.Code, Label: it.Word})
	}
	papers := slices.Clone(l.papers)
	slices.SortStableFunc(papers, func(a, b *record.Paper) int {
		return cmp.Or(cmp.Compare(a.Date.String(), b.Date.String()), cmp.Compare(a.Title, b.Title), cmp.Compare(a.ID, b.ID))
	})
	for _, p := range papers {
		i, known := at[p.Class]
		if !known {
			i = at[otherClass]
		}
		out[i].Materials = append(out[i].Materials, Material{p, p.Content != ""})
	}
	var all []wanted
	for _, r := range rules.Rules(record.MaterialRules) {
		ask := asked[r.Unit]
		if _, known := at[r.Value]; ask == nil || !known {
			continue // a rule this program does not understand asks nobody
		}
		for _, w := range ask(tx, l) {
			w.rule = r
			all = append(all, w)
		}
	}
	for i, there := range matched(all, func(w *wanted) []Material { return out[at[w.rule.Value]].Materials }) {
		if c := &out[at[all[i].rule.Value]]; !there {
			c.Missing = append(c.Missing, all[i].missing())
		}
	}
	return out
}

// matched tells which of the materials wanted are there. Titles that bear the
// whole name come first, so that a 备案表 is not taken for any paper on a post.
func matched(all []wanted, of func(*wanted) []Material) []bool {
	out, used := make([]bool, len(all)), map[string]bool{}
	for _, is := range []func(*wanted, *record.Paper) bool{(*wanted).named, (*wanted).like} {
		for i := range all {
			out[i] = out[i] || all[i].has(of(&all[i]), used, is)
		}
	}
	return out
}

// otherClass is 其他可供参考的材料.
const otherClass = "10"

// has finds a paper that is the material; each paper is one material.
func (w *wanted) has(list []Material, used map[string]bool, is func(*wanted, *record.Paper) bool) bool {
	for _, m := range list {
		if !used[m.Paper.ID] && is(w, m.Paper) {
			used[m.Paper.ID] = true
			return true
		}
	}
	return false
}

// named reports a paper whose title bears the material's whole name.
func (w *wanted) named(p *record.Paper) bool {
	return strings.Contains(bare(p.Title), bare(w.rule.Label)) && w.ofYear(p)
}

// like reports a paper whose title bears a part of the name that stands apart:
// 任职（当选）材料 is a 当选证明. Any photo is the photo.
func (w *wanted) like(p *record.Paper) bool {
	apart := strings.FieldsFunc(w.rule.Label, func(r rune) bool { return strings.ContainsRune("（）()、/", r) })
	return w.rule.Value == record.PhotoClass || w.ofYear(p) && slices.ContainsFunc(apart, func(part string) bool {
		return bare(part) != "" && strings.Contains(bare(p.Title), bare(part))
	})
}

// ofYear reports a paper of the year that is asked: its title says so, or it was
// made in the year after and its title names none.
func (w *wanted) ofYear(p *record.Paper) bool {
	return w.year == "" || strings.Contains(p.Title, w.year) || p.Date.Year == yearOf(w.year)+1 && !years.MatchString(p.Title)
}

// bare folds what titles are written with and without.
func bare(text string) string {
	return strings.NewReplacer("材料", "", "复印件", "", "《", "", "》", "", " ", "").Replace(field.Tidy(text))
}

func yearOf(text string) int {
	n := 0
	for _, r := range text {
		n = n*10 + int(r-'0')
	}
	return n
}

func (w *wanted) missing() Missing {
	label := w.rule.Label
	if w.year != "" {
		label = w.year + label
	}
	return Missing{Label: label, Class: w.rule.Value, Why: w.why + "，应有《" + label + "》。", Kind: w.kind, ID: w.id}
}
