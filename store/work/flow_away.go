package work

import (
	"slices"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/rule"
)

// 引凤还巢: from the list of who is away to a post in the village.
func awaySteps() []*Step {
	far := []string{record.AwayListed, record.AwayTouched, record.AwayWilling, record.AwayTalks}
	return []*Step{
		{Name: "登记在外人才", Kind: "away", New: true, To: record.AwayListed, Ask: []string{"person", "village", "type", "willing", "needs", "contact", "note"},
			Need: []string{"person", "village", "type"}, look: lookAway},
		{Name: "记联系", Kind: "away", From: append(slices.Clone(far), record.AwayHome, record.AwayServing), Makes: "touch", Ask: []string{"date", "way", "text", "by"},
			Need: []string{"date"}, look: touched},
		{Name: "有意向", Kind: "away", From: []string{record.AwayListed, record.AwayTouched}, To: record.AwayWilling, Ask: []string{"willing", "needs"}, Need: []string{"willing"}},
		{Name: "洽谈政策", Kind: "away", From: []string{record.AwayTouched, record.AwayWilling, record.AwayTalks, record.AwayHome, record.AwayServing}, Makes: "promise",
			Ask: []string{"name", "text", "amount", "due"}, Need: []string{"name"}, look: talked},
		{Name: "返乡", Kind: "away", From: far, To: record.AwayHome, Ask: []string{"returned", "note"}, Need: []string{"returned"}, look: broken},
		{Name: "到村任职", Kind: "away", From: []string{record.AwayHome}, To: record.AwayServing, Makes: "post", Ask: postCells, Need: postNeeds,
			look: lookPost, makes: intoPost},
		{Name: "入后备库", Kind: "away", From: []string{record.AwayHome, record.AwayServing}, Makes: "reserve", start: map[string]string{"source": "4"}, Ask: poolCells, Need: poolNeeds,
			look: lookPool, makes: intoPool},
		{Name: "不再任职", Kind: "away", From: []string{record.AwayServing, record.AwayHome}, To: record.AwayLeft, Ask: []string{"left", "note"}, Need: []string{"left"}, look: lookStill},
		{Name: "不再联系", Kind: "away", From: far, To: record.AwayNoMore, Ask: []string{"note"}, Need: []string{"note"}},
	}
}

func lookAway(t *Taking) error {
	all, err := store.Referrers[record.Away](t.tx, t.Value("person"), "person")
	for _, a := range all {
		if a.State != record.AwayLeft && a.State != record.AwayNoMore {
			return refuse("person", "%s已经登记在%s的在外人才里，请打开那一条接着办。", t.person(), t.tx.Name("village", a.Village))
		}
	}
	return err
}

// touched: who was only listed is now in touch.
func touched(t *Taking) error {
	if State(t.kind, t.row) == record.AwayListed {
		t.Set(StateField, record.AwayTouched)
	}
	return nil
}

// talked: promises before the return are the talks; later ones add to them.
func talked(t *Taking) error {
	if s := State(t.kind, t.row); !record.AwayBack(s) {
		t.Set(StateField, record.AwayTalks)
	}
	return nil
}

// broken tells of what was promised for before the return and not given.
func broken(t *Taking) error {
	promises, err := store.Referrers[record.Promise](t.tx, t.row.ID, "away")
	for _, p := range promises {
		if p.Kept.IsZero() && dayAfter(t.answerDay("returned"), p.Due) {
			t.warn("returned", "承诺的“%s”应在%s兑现，还没有登记兑现。", p.Name, p.Due.Office())
		}
	}
	return err
}

func lookStill(t *Taking) error {
	posts, _, err := Open(t.tx, t.Value("person"))
	for _, p := range posts {
		t.warn("", "%s还在任%s%s，请另办离任。", t.person(), t.tx.Name("village", p.Village), position(t.tx, p.Position))
	}
	return err
}

// postCells are asked where somebody from elsewhere takes a post.
var (
	postCells = []string{"village", "position", "from", "manner", "document", "term", "statutory", "note"}
	postNeeds = []string{"village", "position", "from"}
)

// appointment is 任命 as a step filled it in.
func (t *Taking) appointment() Appointment {
	p := &record.Post{}
	t.asked.Fill(p, t.made)
	return Appointment{Person: t.Value("person"), Village: p.Village, Position: p.Position, Statutory: p.Statutory, Term: p.Term,
		From: p.From, Manner: p.Manner, Document: p.Document, Note: p.Note, Why: t.Why, Release: true}
}

func lookPost(t *Taking) error {
	a := t.appointment()
	warnings, err := a.Check(t.tx)
	t.warnings = append(t.warnings, warnings...)
	return err
}

func intoPost(t *Taking) error {
	_, _, err := Appoint(t.tx, t.appointment())
	return err
}

// 机关单位选派: proposed, held ready, matched to a village that has nobody of its
// own, sent, and what becomes of it.
func secondmentSteps() []*Step {
	steps := []*Step{
		{Name: "单位推荐", Kind: "secondment", New: true, To: record.SecondProposed, Ask: []string{"person", "unit", "unit_type", "former", "document", "note"}, Need: []string{"person", "unit"}},
		{Name: "审核储备", Kind: "secondment", From: []string{record.SecondProposed}, To: record.SecondReady, Ask: []string{"document", "note"},
			look: func(t *Taking) error { return barred(t.tx, t.Value("person")) }},
		{Name: "匹配", Kind: "secondment", From: []string{record.SecondReady, record.SecondMatched}, To: record.SecondMatched, Ask: []string{"village", "position", "note"}, Need: []string{"village", "position"}, look: lookMatch},
		{Name: "派出", Kind: "secondment", From: []string{record.SecondMatched}, To: record.SecondServing, Makes: "post", start: map[string]string{"manner": record.BySending, "statutory": "4"},
			Ask: postCells, Need: postNeeds, look: lookPost, makes: send},
		{Name: "期中考核", Kind: "secondment", From: []string{record.SecondServing}, Ask: []string{"midway", "note"}, Need: []string{"midway"}},
		{Name: "兑现四优", Kind: "secondment", From: []string{record.SecondServing, record.SecondStayed, record.SecondBack, record.SecondRaised}, Makes: "benefit",
			Ask: []string{"type", "text", "due", "done", "amount", "document"}, Need: []string{"type"}},
		{Name: "入后备库", Kind: "secondment", From: []string{record.SecondReady, record.SecondMatched, record.SecondServing}, Makes: "reserve", start: map[string]string{"source": "5"},
			Ask: poolCells, Need: poolNeeds, look: lookPool, makes: intoPool},
	}
	for _, end := range []struct{ name, to string }{{"期满留任", record.SecondStayed}, {"期满返回", record.SecondBack}, {"提拔使用", record.SecondRaised}} {
		steps = append(steps, &Step{Name: end.name, Kind: "secondment", From: []string{record.SecondServing, record.SecondStayed}, To: end.to, Ask: []string{"to", "note"}, Need: []string{"to"}, look: lookBack})
	}
	return append(steps, &Step{Name: "退出储备", Kind: "secondment", From: []string{record.SecondProposed, record.SecondReady, record.SecondMatched}, To: record.SecondOut, Ask: []string{"note"}, Need: []string{"note"}})
}

// lookMatch: people are sent where nobody of the place could lead.
func lookMatch(t *Taking) error {
	pack, err := rule.Of(t.tx, field.DateAt(t.tx.Now()))
	if err != nil {
		return err
	}
	local, err := LocalReserves(t.tx, t.Value("village"), pack, field.DateAt(t.tx.Now()))
	if err == nil && len(local) > 0 {
		t.warn("village", "%s在库的本土后备有%d人（%s），选派是给没有合适本土人选的村的，请确认。", t.village(), len(local), names(t.tx, local))
	}
	return err
}

// LocalReserves are those of a village's own in its pool who could lead it: of
// 本土 sources, not over the age.
func LocalReserves(tx *store.Tx, village string, pack *rule.Pack, day field.Date) ([]*record.Reserve, error) {
	all, err := store.Referrers[record.Reserve](tx, village, "village")
	if err != nil {
		return nil, err
	}
	var out []*record.Reserve
	for _, r := range all {
		if !waits(r) || !pooled(r.State) || r.Source != "" && r.Source != "1" && r.Source != "2" {
			continue
		}
		p, err := store.Get[record.Person](tx, r.Person)
		if err != nil {
			continue // merged away or void: nobody to send
		}
		if years, ok := p.Birth.Age(day); !ok || years < pack.Limit(rule.ReserveAge) {
			out = append(out, r)
		}
	}
	return out, nil
}

func names(tx *store.Tx, list []*record.Reserve) string {
	out := ""
	for i, r := range list {
		if i > 0 {
			out += "、"
		}
		out += tx.Name("person", r.Person)
	}
	return out
}

// send makes the post and notes when the time in the village begins.
func send(t *Taking) error {
	if err := intoPost(t); err != nil {
		return err
	}
	t.Set("village", t.answer("village"))
	t.Set("position", t.answer("position"))
	t.Set("from", t.answer("from"))
	_, err := t.tx.PutRow("secondment", t.row)
	return err
}

// lookBack tells of posts that go on after who held them went back.
func lookBack(t *Taking) error {
	if t.Step.To == record.SecondStayed {
		return nil
	}
	return lookStill(t)
}
