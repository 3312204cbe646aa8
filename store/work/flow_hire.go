package work

import (
	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
)

// 乡招村用: taken on, sent to a village, looked after there, gone.
func hireSteps() []*Step {
	here := []string{record.HireServing, record.HireLent}
	steps := []*Step{
		{Name: "登记聘用", Kind: "hire", New: true, To: record.HireServing, Ask: []string{"person", "year", "batch", "quota", "unit", "reported", "until", "document"},
			Need: []string{"person", "year"}, look: lookHire},
		{Name: "派村", Kind: "hire", From: []string{record.HireServing}, Makes: "service", Ask: []string{"village", "role", "from", "note"}, Need: []string{"village", "from"},
			begin: noVillage, look: lookService, makes: serve},
		{Name: "跟踪", Kind: "hire", From: here, Makes: "tracking", Ask: []string{"period", "date", "state", "work", "rating", "by"}, Need: []string{"date", "state"}},
		{Name: "借调", Kind: "hire", From: []string{record.HireServing}, To: record.HireLent, Ask: []string{"where", "note"}, Need: []string{"where"}, look: lent},
		{Name: "回村在岗", Kind: "hire", From: []string{record.HireLent}, To: record.HireServing, Ask: []string{"note"}},
		{Name: "择优入库", Kind: "hire", From: []string{record.HireServing}, Makes: "reserve", start: map[string]string{"source": "3"}, Ask: poolCells, Need: poolNeeds,
			look: lookPool, makes: intoPool},
	}
	for _, gone := range []struct{ name, to string }{{"调出", "3"}, {"辞职", "4"}, {"解聘", "5"}} {
		steps = append(steps, &Step{Name: gone.name, Kind: "hire", From: here, To: gone.to, Ask: []string{"left", "where", "document", "note"}, Need: []string{"left"}, done: endService})
	}
	return steps
}

func lookHire(t *Taking) error {
	all, err := store.Referrers[record.Hire](t.tx, t.Value("person"), "person")
	for _, h := range all {
		if !record.HireGone(h.State) {
			return refuse("person", "%s已经登记为乡招村用人员，现在在岗；调换服务村请办“派村”。", t.person())
		}
		t.warn("person", "%s以前登记过乡招村用（%d年），累计人数按人只算一次。", t.person(), year(h.Year))
	}
	return err
}

// noVillage asks anew which village.
func noVillage(t *Taking) error {
	t.put(t.asked, &t.made, "village", "")
	return nil
}

func lookService(t *Taking) error {
	if _, err := theVillage(t.tx, t.answer("village"), t.answerDay("from")); err != nil {
		return err
	}
	if t.Value("village") == t.tx.Canonical(t.answer("village")) {
		t.warn("village", "%s现在就在%s服务。", t.person(), t.village())
	}
	services, err := store.Referrers[record.Service](t.tx, t.row.ID, "hire")
	for _, s := range services {
		if s.To.IsZero() && dayAfter(s.From, t.answerDay("from")) {
			return refuse("from", "%s自%s起在%s服务，新的到村时间“%s”比它早，请核对。", t.person(), s.From.Office(), t.tx.Name("village", s.Village), t.answerDay("from").Office())
		}
	}
	return err
}

// serve ends the time in the village before, and begins that in the next.
func serve(t *Taking) error {
	if err := closeServices(t, t.answerDay("from")); err != nil {
		return err
	}
	if _, err := t.tx.PutRow("service", t.made); err != nil {
		return err
	}
	t.Set("village", t.answer("village"))
	_, err := t.tx.PutRow("hire", t.row)
	return err
}

func closeServices(t *Taking, on field.Date) error {
	services, err := store.Referrers[record.Service](t.tx, t.row.ID, "hire")
	if err != nil {
		return err
	}
	for _, s := range services {
		if s.To.IsZero() {
			s.To = on
			if err := t.tx.Put(s); err != nil {
				return err
			}
		}
	}
	return nil
}

func endService(t *Taking) error { return closeServices(t, t.answerDay("left")) }

func lent(t *Taking) error {
	t.warn("", "借调期间%s不算在村在岗，%s可能没有乡招村用人员在岗。", t.person(), t.village())
	return nil
}

// poolCells are asked where somebody from elsewhere comes into the pool.
var (
	poolCells = []string{"village", "entered", "round", "manner", "maturity", "direction", "contact", "measures", "note"}
	poolNeeds = []string{"village", "entered"}
)

// admission is 入库 as a step filled it in.
func (t *Taking) admission() Admission {
	r := &record.Reserve{}
	t.asked.Fill(r, t.made)
	return Admission{Person: t.Value("person"), Village: r.Village, Round: r.Round, Source: r.Source, Manner: r.Manner, Entered: r.Entered,
		Maturity: r.Maturity, Direction: r.Direction, Contact: r.Contact, Measures: r.Measures, Note: r.Note, Why: t.Why}
}

func lookPool(t *Taking) error {
	a := t.admission()
	warnings, err := a.Check(t.tx)
	t.warnings = append(t.warnings, warnings...)
	return err
}

func intoPool(t *Taking) error {
	_, _, err := AdmitReserve(t.tx, t.admission())
	return err
}
