package work

import (
	"slices"
	"strconv"
	"strings"

	"touyan/store"
	"touyan/store/check"
	"touyan/store/field"
	"touyan/store/record"
)

// Leaving is 离任: posts end on a day for a reason.
type Leaving struct {
	Posts  []string
	On     field.Date
	Reason string
	Note   string // added to the posts' 备注
	Why    string // why a rule was broken, for the mark
}

// Check tells what Leave would refuse or warn of, and writes nothing.
func (l *Leaving) Check(tx *store.Tx) ([]Warning, error) {
	s, err := l.prepare(tx)
	if err != nil {
		return nil, err
	}
	return s.warnings()
}

// Leave ends posts.
func Leave(tx *store.Tx, l Leaving) ([]Warning, error) {
	s, err := l.prepare(tx)
	if err != nil {
		return nil, err
	}
	warnings, err := s.warnings()
	if err != nil {
		return nil, err
	}
	if l.Why != "" {
		tx.NoteWhy(l.Why)
	}
	for _, p := range s.posts {
		p.To, p.Reason = l.On, l.Reason
		if l.Note != "" {
			p.Note = strings.TrimPrefix(p.Note+"；"+l.Note, "；")
		}
		p.Flaw = marked(p.Flaw, s.flawsOf(p), l.Why)
		if err := tx.Put(p); err != nil {
			return nil, err
		}
	}
	return warnings, nil
}

// Reasons are the 离任原因 that fit a post by law, in the order of their list:
// who was elected by villagers is not 免职 by anybody, and nobody else 罢免 or
// 自行终止.
func Reasons(tx *store.Tx, p *record.Post) []string {
	var out []string
	for _, it := range tx.Kinds().Kind("post").Field("reason").Codes.Items {
		elected := p.Statutory == record.ElectedPost
		if it.Code == record.Dismissed && elected || (it.Code == "6" || it.Code == "7") && !elected || it.Retired {
			continue
		}
		out = append(out, it.Code)
	}
	return out
}

// leaving is a Leaving held against the ledger.
type leaving struct {
	tx    *store.Tx
	l     *Leaving
	posts []*record.Post
}

func (l *Leaving) prepare(tx *store.Tx) (*leaving, error) {
	s := &leaving{tx: tx, l: l}
	if len(l.Posts) == 0 {
		return nil, refuse("", "请选择要登记离任的任职。")
	}
	if l.On.IsZero() {
		return nil, refuse("to", "请填写离任时间。")
	}
	if f := tx.Kinds().Kind("post").Field("reason"); l.Reason == "" || f.Check(l.Reason) != nil {
		return nil, refuse("reason", "请选择离任原因。")
	}
	for _, id := range l.Posts {
		p, err := get[record.Post](tx, "post", id, "请选择要登记离任的任职")
		if err != nil {
			return nil, err
		}
		what := tx.Name("person", p.Person) + "的" + position(tx, p.Position)
		if !p.To.IsZero() {
			return nil, refuse("to", "%s已于%s离任，不用再登记；日期有误请用更正。", what, p.To.Office())
		}
		if l.On.Before(p.From) {
			return nil, refuse("to", "离任时间“%s”早于%s的任职时间“%s”，请核对。", l.On.Office(), what, p.From.Office())
		}
		if !slices.ContainsFunc(s.posts, func(q *record.Post) bool { return q.ID == p.ID }) {
			s.posts = append(s.posts, p)
		}
	}
	return s, nil
}

// flaws are the 程序瑕疵 of ending these posts so.
func (s *leaving) flaws() []Warning {
	var out []Warning
	for _, p := range s.posts {
		out = append(out, s.flawsOf(p)...)
	}
	return out
}

func (s *leaving) flawsOf(p *record.Post) []Warning {
	if slices.Contains(Reasons(s.tx, p), s.l.Reason) {
		return nil
	}
	reason := word(s.tx, "post", "reason", s.l.Reason)
	return []Warning{{"reason", s.tx.Name("person", p.Person) + "的" + position(s.tx, p.Position) + "属于“" + word(s.tx, "post", "statutory", p.Statutory) +
		"”，不适用“" + reason + "”；照实登记，并记为程序瑕疵，公文请走合法的程序。", "离任方式“" + reason + "”与岗位法定类型不符"}}
}

// forGood are the reasons after which nothing else goes on: 调离, 退休, 迁出,
// 去世.
var forGood = []string{"9", "10", "11", record.Died}

// warnings tells what ending the posts leaves open.
func (s *leaving) warnings() ([]Warning, error) {
	out := s.flaws()
	seen := map[string]bool{}
	for _, p := range s.posts {
		if slices.Contains(forGood, s.l.Reason) && !seen[p.Person] {
			seen[p.Person] = true
			w, err := s.stillOpen(p.Person)
			if err != nil {
				return nil, err
			}
			out = append(out, w...)
		}
		if p.Position != record.Secretary {
			continue
		}
		w, err := s.gap(p)
		if err != nil {
			return nil, err
		}
		out = append(out, w...)
	}
	return out, nil
}

// stillOpen tells what else somebody holds who leaves for good.
func (s *leaving) stillOpen(person string) ([]Warning, error) {
	posts, reserves, err := Open(s.tx, person)
	if err != nil {
		return nil, err
	}
	var left []string
	for _, p := range posts {
		if !slices.Contains(s.l.Posts, p.ID) {
			left = append(left, s.tx.Name("village", p.Village)+position(s.tx, p.Position))
		}
	}
	for _, r := range reserves {
		left = append(left, s.tx.Name("village", r.Village)+"后备力量")
	}
	if len(left) == 0 {
		return nil, nil
	}
	return []Warning{{"reason", s.tx.Name("person", person) + "因“" + word(s.tx, "post", "reason", s.l.Reason) + "”离任，名下还有" + strings.Join(left, "、") + "没有结束，请一并登记。", ""}}, nil
}

// gap tells that a village is left without 书记, and who could follow.
func (s *leaving) gap(p *record.Post) ([]Warning, error) {
	at, err := postsAt(s.tx, p.Village)
	if err != nil {
		return nil, err
	}
	for _, q := range at {
		if q.Position == record.Secretary && q.To.IsZero() && !slices.Contains(s.l.Posts, q.ID) {
			return nil, nil
		}
	}
	pool, err := store.Referrers[record.Reserve](s.tx, p.Village, "village")
	if err != nil {
		return nil, err
	}
	n := 0
	for _, r := range pool {
		if check.InPool(r, s.l.On) {
			n++
		}
	}
	who := "没有后备力量在库，请抓紧摸排。"
	if n > 0 {
		who = "后备库里有" + strconv.Itoa(n) + "人可以考虑。"
	}
	return []Warning{{"", "离任后" + s.tx.Name("village", p.Village) + "没有党组织书记，" + who, ""}}, nil
}
