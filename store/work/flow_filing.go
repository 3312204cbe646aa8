package work

import (
	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/rule"
)

// 换届人选: put up, looked over by the departments, elected or not. Who is
// elected is told by the 换届 itself.
func nomineeSteps() []*Step {
	return []*Step{
		{Name: "提名", Kind: "nominee", New: true, To: record.NomineePut, Ask: []string{"person", "village", "position", "term", "nominated", "manner", "note"},
			Need: []string{"person", "village", "position"}, look: lookNominee},
		{Name: "送联审", Kind: "nominee", From: []string{record.NomineePut, record.NomineeVetting}, To: record.NomineeVetting, Makes: "vetting",
			start: map[string]string{"occasion": record.OccasionTerm}, Ask: []string{"sent"}, Need: []string{"sent"}, makes: sendToVetting},
		{Name: "联审结论", Kind: "nominee", From: []string{record.NomineeVetting}, To: record.NomineePassed, Ask: []string{"note"}, look: concludeVetting},
		{Name: "未当选", Kind: "nominee", From: []string{record.NomineePut, record.NomineeVetting, record.NomineePassed}, To: record.NomineeNot, Ask: []string{"note"}},
	}
}

func lookNominee(t *Taking) error {
	if err := barred(t.tx, t.Value("person")); err != nil {
		return err
	}
	all, err := store.Referrers[record.Nominee](t.tx, t.Value("person"), "person")
	for _, n := range all {
		if n.Village == t.tx.Canonical(t.Value("village")) && n.Position == t.Value("position") && n.Term == t.Value("term") {
			return refuse("person", "%s已经提名为%s%s的%s，不用再登记。", t.person(), t.village(), n.Term, position(t.tx, n.Position))
		}
	}
	return err
}

// sendToVetting asks every department of the year's rules that was not asked yet.
func sendToVetting(t *Taking) error {
	pack, err := rule.Of(t.tx, t.answerDay("sent"))
	if err != nil {
		return err
	}
	owner := "filing"
	if t.kind.Name == "nominee" {
		owner = "nominee"
	}
	before, err := store.Referrers[record.Vetting](t.tx, t.row.ID, owner)
	if err != nil {
		return err
	}
	asked := map[string]bool{}
	for _, v := range before {
		asked[v.Department] = true
	}
	for _, r := range pack.Rules(record.VettingRules) {
		if asked[r.Label] {
			continue
		}
		row := field.Row{Values: append([]string(nil), t.made.Values...)}
		t.put(t.asked, &row, "department", r.Label)
		if _, err := t.tx.PutRow("vetting", row); err != nil {
			return err
		}
	}
	return nil
}

// vettingSteps: a department answers.
func vettingSteps() []*Step {
	return []*Step{{Name: "登记答复", Kind: "vetting", Ask: []string{"opinion", "answered", "bar", "text", "by"}, Need: []string{"opinion", "answered"}}}
}

// Vetted is how far the departments have come with a candidate.
type Vetted struct {
	Asked, Answered int
	Barred          []string // departments that say 一票否决
	Objecting       []string // that object otherwise, or put it off
	Missing         []string // that have not answered
}

// Complete reports that all were asked and have answered.
func (v *Vetted) Complete() bool { return v.Asked > 0 && len(v.Missing) == 0 }

// VettedOf sums up the vettings of a filing or a nominee.
func VettedOf(tx *store.Tx, kind, id string) (*Vetted, error) {
	all, err := store.Referrers[record.Vetting](tx, id, kind)
	out := &Vetted{Asked: len(all)}
	for _, v := range all {
		switch v.Opinion {
		case "":
			out.Missing = append(out.Missing, v.Department)
			continue
		case record.OpinionBarred:
			out.Barred = append(out.Barred, v.Department)
		case record.OpinionClear:
		default:
			out.Objecting = append(out.Objecting, v.Department)
		}
		out.Answered++
	}
	return out, err
}

func concludeVetting(t *Taking) error {
	v, err := VettedOf(t.tx, "nominee", t.row.ID)
	switch {
	case err != nil:
		return err
	case len(v.Barred) > 0:
		t.Set(StateField, record.NomineeBarred)
		t.warn("", "%s一票否决，%s不能作为候选人。", joinWords(v.Barred), t.person())
	case len(v.Missing) > 0:
		return refuse("", "%s还没有答复，不能下联审结论。", joinWords(v.Missing))
	case len(v.Objecting) > 0:
		t.warn("", "%s有异议或者暂缓，请党委研究后再定。", joinWords(v.Objecting))
	}
	return nil
}

// filingSteps: 县级备案, over the hand-off between township and county.
func filingSteps() []*Step {
	return []*Step{
		{Name: "拟任", Kind: "filing", New: true, To: record.FilingProposed, start: map[string]string{"position": record.Secretary},
			Ask: []string{"person", "village", "type", "position", "release", "reason", "proposed"}, Need: []string{"person", "village", "type", "proposed"}, look: lookFiling},
		{Name: "送联审", Kind: "filing", From: []string{record.FilingProposed, record.FilingVetting}, To: record.FilingVetting, Makes: "vetting",
			start: map[string]string{"occasion": record.OccasionFiling}, Ask: []string{"sent"}, Need: []string{"sent"}, makes: sendToVetting},
		{Name: "党委研究", Kind: "filing", From: []string{record.FilingProposed, record.FilingVetting}, To: record.FilingMeeting, Ask: []string{"meeting", "note"}, Need: []string{"meeting"}, look: needVetting},
		{Name: "报送", Kind: "filing", From: []string{record.FilingMeeting, record.FilingReturned}, To: record.FilingSubmitted, Ask: []string{"submitted", "note"}, Need: []string{"submitted"}, look: needVetting},
		{Name: "受理", Kind: "filing", From: []string{record.FilingSubmitted}, To: record.FilingReceived, Level: field.County, Ask: []string{"received"}, Need: []string{"received"}},
		{Name: "同意备案", Kind: "filing", From: []string{record.FilingSubmitted, record.FilingReceived}, To: record.FilingAgreed, Level: field.County, start: map[string]string{"outcome": record.OutcomeAgreed},
			Ask: []string{"answered", "number", "document"}, Need: []string{"answered", "number"}, look: needVetting, done: noteOnPost},
		{Name: "退回补正", Kind: "filing", From: []string{record.FilingSubmitted, record.FilingReceived}, To: record.FilingReturned, Level: field.County, start: map[string]string{"outcome": record.OutcomeReturned},
			Ask: []string{"answered", "remedy"}, Need: []string{"answered", "remedy"}},
		{Name: "不同意备案", Kind: "filing", From: []string{record.FilingSubmitted, record.FilingReceived}, To: record.FilingRefused, Level: field.County, start: map[string]string{"outcome": record.OutcomeRefused},
			Ask: []string{"answered", "remedy"}, Need: []string{"answered", "remedy"}},
		{Name: "任职", Kind: "filing", From: []string{record.FilingAgreed}, To: record.FilingAppointed, Makes: "post", Ask: postCells, Need: postNeeds, begin: toAppoint, look: lookPost, makes: appointFiled},
		{Name: "登记已在任", Kind: "filing", From: []string{record.FilingAgreed}, To: record.FilingAppointed, Ask: []string{"appointed"}, Need: []string{"appointed"}, look: lookHeld, done: noteOnPost},
		{Name: "注销", Kind: "filing", From: []string{record.FilingAppointed, record.FilingAgreed, record.FilingRefused}, To: record.FilingCancelled, Ask: []string{"note"}, Need: []string{"note"}},
	}
}

func lookFiling(t *Taking) error {
	if err := barred(t.tx, t.Value("person")); err != nil {
		return err
	}
	all, err := store.Referrers[record.Filing](t.tx, t.Value("person"), "person")
	if err != nil {
		return err
	}
	for _, f := range all {
		if f.Village == t.tx.Canonical(t.Value("village")) && f.State != record.FilingAppointed && f.State != record.FilingCancelled && f.State != record.FilingRefused {
			return refuse("person", "%s在%s的备案还没有办完（%s），请接着办那一件。", t.person(), t.village(), word(t.tx, "filing", StateField, f.State))
		}
	}
	p, err := thePerson(t.tx, t.Value("person"))
	if err == nil && p.Politics != "" && p.Politics != record.PartyMember && t.Value("position") == record.Secretary {
		t.warn("person", "党组织书记应是中共正式党员，%s的政治面貌是“%s”。", p.Name, word(t.tx, "person", "politics", p.Politics))
	}
	return err
}

// needVetting warns where a department has not answered, and refuses where one
// bars the candidate: nothing is issued for whom the law keeps out.
func needVetting(t *Taking) error {
	v, err := VettedOf(t.tx, "filing", t.row.ID)
	switch {
	case err != nil:
		return err
	case len(v.Barred) > 0:
		return refuse("", "%s一票否决，不能继续办理；确已更正的，请先改写联审意见。", joinWords(v.Barred))
	case v.Asked == 0:
		t.warn("", "还没有送联审（2019年《关于加强和改进乡村治理的指导意见》要求县级联审）；照实登记，并列入问题清单。")
	case len(v.Missing) > 0:
		t.warn("", "%s还没有答复联审；照实登记，并列入问题清单。", joinWords(v.Missing))
	}
	if len(v.Objecting) > 0 {
		t.warn("", "%s有异议或者暂缓，请在会议上说明。", joinWords(v.Objecting))
	}
	return nil
}

// toAppoint begins the post with what was filed.
func toAppoint(t *Taking) error {
	t.put(t.asked, &t.made, "position", t.Value("position"))
	t.put(t.asked, &t.made, "document", t.Value("document"))
	return nil
}

// appointFiled makes the post and writes on it what the county answered.
func appointFiled(t *Taking) error {
	id, _, err := Appoint(t.tx, t.appointment())
	if err != nil {
		return err
	}
	p, err := store.Get[record.Post](t.tx, id)
	if err != nil {
		return err
	}
	if err := t.noteFiling(p); err != nil {
		return err
	}
	t.Set("appointed", t.answer("from"))
	_, err = t.tx.PutRow("filing", t.row)
	return err
}

func (t *Taking) noteFiling(p *record.Post) error {
	f := &record.Filing{}
	t.kind.Fill(f, t.row)
	p.Filing, p.Filed, p.FilingNo = record.OutcomeAgreed, f.Answered, f.Number
	return t.tx.Put(p)
}

// filedPost is the post held now that a filing is about, nil if there is none.
func (t *Taking) filedPost() (*record.Post, error) {
	posts, _, err := Open(t.tx, t.Value("person"))
	for _, p := range posts {
		if p.Village == t.tx.Canonical(t.Value("village")) && p.Position == t.Value("position") {
			return p, nil
		}
	}
	return nil, err
}

func lookHeld(t *Taking) error {
	p, err := t.filedPost()
	if err == nil && p == nil {
		return refuse("", "%s在%s还没有%s的任职，请办“任职”。", t.person(), t.village(), position(t.tx, t.Value("position")))
	}
	return err
}

// noteOnPost writes what the county answered on the post that is held already.
func noteOnPost(t *Taking) error {
	p, err := t.filedPost()
	if err != nil || p == nil {
		return err
	}
	return t.noteFiling(p)
}
