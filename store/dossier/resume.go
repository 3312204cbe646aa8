package dossier

import (
	"cmp"
	"slices"
	"strings"

	"touyan/store"
	"touyan/store/check"
	"touyan/store/field"
	"touyan/store/record"
)

// Stretch is one line of a résumé.
type Stretch struct {
	From, To field.Date // To zero: until now, or not said
	Text     string     // as 任免审批表 writes it
	During   bool       // beside what else was done then (其间)
	Kind     string     // of the record it comes from
	ID       string
}

// Gap is a time of which the résumé says nothing.
type Gap struct{ From, To field.Date }

// stretches are the posts and the other stretches of a life, the earliest first.
// Posts of one village and one period are one line: 党支部书记、村委会主任.
func stretches(tx *store.Tx, l *life) []Stretch {
	var out []Stretch
	at := map[string]int{}
	posts := slices.Clone(l.posts)
	slices.SortStableFunc(posts, func(a, b *record.Post) int { return cmp.Compare(a.Position, b.Position) })
	for _, p := range posts {
		key := p.Village + "|" + p.From.String() + "|" + p.To.String()
		word := tx.Kinds().Kind("post").Field("position").Show(p.Position)
		if i, together := at[key]; together {
			out[i].Text += "、" + word
			continue
		}
		at[key] = len(out)
		out = append(out, Stretch{From: p.From, To: p.To, Text: check.Place(tx, p.Village) + word, Kind: "post", ID: p.ID})
	}
	for _, c := range l.careers {
		out = append(out, Stretch{From: c.From, To: c.To, Text: strings.TrimSpace(c.Text), During: c.During == "1", Kind: "career", ID: c.ID})
	}
	slices.SortStableFunc(out, func(a, b Stretch) int {
		return cmp.Or(cmp.Compare(a.From.String(), b.From.String()), cmp.Compare(end(a.To), end(b.To)), cmp.Compare(a.ID, b.ID))
	})
	return out
}

// end sorts what goes on behind what ended.
func end(d field.Date) string {
	if d.IsZero() {
		return "9999"
	}
	return d.String()
}

// adult is the age from which a résumé is asked to be without gaps.
const adult = 18

// gaps are the times longer than a year of which nothing is known: from the
// first stretch, or from 18 years of age, until the day.
func gaps(p *record.Person, all []Stretch, asOf field.Date) []Gap {
	var out []Gap
	until := field.Date{}
	if !p.Birth.IsZero() {
		until = field.Date{Year: p.Birth.Year + adult, Month: p.Birth.Month}
	}
	for _, s := range all {
		if s.From.IsZero() {
			continue
		}
		if until.IsZero() {
			until = s.From
		}
		if check.After(until, 12).Before(s.From) {
			out = append(out, Gap{until, s.From})
		}
		if s.To.IsZero() {
			return out // it goes on, or nobody said when it ended
		}
		if until.Before(s.To) {
			until = s.To
		}
	}
	if !until.IsZero() && check.After(until, 12).Before(asOf) && len(all) > 0 {
		out = append(out, Gap{until, asOf})
	}
	return out
}
