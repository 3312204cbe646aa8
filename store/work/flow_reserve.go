package work

import (
	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
)

// The way into the pool and through it: 线索 → 初核 → 乡镇党委研判 → 县级审核入库 →
// 培养中. 入库 and 出库 by hand are AdmitReserve and ReleaseReserve.
func reserveSteps() []*Step {
	reviewed := []string{"date", "meeting", "verdict", "score", "text"}
	return []*Step{
		{Name: "登记线索", Kind: "reserve", New: true, To: record.Clue, Ask: []string{"person", "village", "round", "source", "category", "manner", "direction", "note"},
			Need: []string{"person", "village"}, look: lookClue},
		{Name: "初核", Kind: "reserve", From: []string{record.Clue}, Makes: "review", start: map[string]string{"stage": record.FirstLook},
			Ask: reviewed, Need: []string{"date", "verdict"}, look: judge(record.Checked)},
		{Name: "研判", Kind: "reserve", From: []string{record.Clue, record.Checked}, Makes: "review", start: map[string]string{"stage": record.ByTownship},
			Ask: reviewed, Need: []string{"date", "verdict"}, look: judge(record.Judged)},
		{Name: "县级审核", Kind: "reserve", From: []string{record.Judged}, Makes: "review", start: map[string]string{"stage": record.ByCounty}, Level: field.County,
			Ask: reviewed, Need: []string{"date", "verdict"}, look: judge(record.Admitted)},
		{Name: "转入培养", Kind: "reserve", From: []string{record.Admitted}, To: record.InTraining, Ask: []string{"maturity", "direction", "contact", "measures"},
			Need: []string{"contact", "measures"}},
		{Name: "记培养", Kind: "reserve", From: []string{record.Admitted, record.InTraining}, Makes: "coaching",
			Ask: []string{"date", "kind", "text", "by"}, Need: []string{"date", "text"}},
	}
}

// lookClue refuses who is a clue or in the pool there already.
func lookClue(t *Taking) error {
	all, err := store.Referrers[record.Reserve](t.tx, t.answer("person"), "person")
	if err != nil {
		return err
	}
	for _, r := range all {
		switch {
		case !waits(r):
		case r.Village == t.tx.Canonical(t.answer("village")):
			return refuse("person", "%s在%s已经是“%s”，不用再登记线索。", t.person(), t.village(), word(t.tx, "reserve", StateField, State(t.kind, field.Row{Values: t.kind.Take(r).Values})))
		default:
			t.warn("village", "%s还是%s的后备或者线索，汇总时只算一人，请确认。", t.person(), t.tx.Name("village", r.Village))
		}
	}
	return nil
}

// judge goes on to a state if the verdict was good, and out if it was not.
func judge(to string) func(*Taking) error {
	return func(t *Taking) error {
		switch t.answer("verdict") {
		case record.Passed:
			t.Set(StateField, to)
			if to == record.Admitted {
				return enter(t)
			}
		case record.NotPassed:
			t.Set(StateField, record.LeftPool)
			t.Set("left", t.answer("date"))
			t.Set("exit", "6") // 不再适合培养
			t.warn("verdict", "结论是“不通过”，%s这一期到此为止；以后再摸排，另开一期。", t.person())
		}
		return nil
	}
}

// enter admits to the pool, unless a department bars the person.
func enter(t *Taking) error {
	if err := barred(t.tx, t.Value("person")); err != nil {
		return err
	}
	t.Set("entered", t.answer("date"))
	return nil
}

// barred refuses who has an unlifted 一票否决: such people may not be in the 两委,
// nor in the pool for it (2019年《关于加强和改进乡村治理的指导意见》).
func barred(tx *store.Tx, person string) error {
	all, err := store.Referrers[record.Vetting](tx, person, "person")
	if err != nil {
		return err
	}
	latest := map[string]*record.Vetting{} // a department's last word counts
	for _, v := range all {
		if before := latest[v.Department]; v.Opinion != "" && (before == nil || before.Answered.Before(v.Answered)) {
			latest[v.Department] = v
		}
	}
	for _, v := range all {
		if latest[v.Department] == v && v.Opinion == record.OpinionBarred {
			return refuse("person", "%s的联审意见是一票否决（%s，%s），不能入库，也不能提名。确已更正的，请先由该部门改写联审意见。", tx.Name("person", person), v.Department, v.Answered.Office())
		}
	}
	return nil
}
