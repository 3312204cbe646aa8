package dossier

import (
	"touyan/store/record"
	"touyan/store/rule"
)

// full is what a dossier without a fault is worth.
const full = 100

// score takes off what the rules of the year take off.
func (d *Dossier) score(l *life, rules *rule.Pack) {
	photo, undated, unscanned := false, 0, 0
	for _, c := range d.Classes {
		for _, m := range c.Materials {
			photo = photo || c.Code == record.PhotoClass
			if m.Paper.Date.IsZero() {
				undated++
			}
			if !m.Scanned {
				unscanned++
			}
		}
	}
	missing := 0
	for _, m := range d.Missing() {
		if m.Class != record.PhotoClass { // it has a deduction of its own
			missing++
		}
	}
	d.Score = full
	for _, r := range rules.Rules(record.ScoreRules) {
		count, known := map[string]int{"missing": missing, "no-photo": one(!photo), "no-idno": one(l.person.IDNo == ""), "no-family": one(len(l.relatives) == 0),
			"gap": len(d.Gaps), "no-date": undated, "no-scan": unscanned}[r.Code]
		points := int(rules.Number(record.ScoreRules, r.Code)) * count
		if !known || points == 0 {
			continue
		}
		d.Deductions = append(d.Deductions, Deduction{r.Code, r.Label, count, points})
		d.Score -= points
	}
	d.Score = max(d.Score, 0)
}

func one(is bool) int {
	if is {
		return 1
	}
	return 0
}
