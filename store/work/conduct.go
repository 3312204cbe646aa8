package work

import (
	"slices"
	"strings"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
)

// 从严管理调整: from a sign to the file. A sign only suggests; nothing is done
// to anybody without a finding.
func conductSteps() []*Step {
	return []*Step{
		{Name: "登记负面情形", Kind: "conduct", New: true, To: record.ConductSign,
			Ask: []string{"person", "village", "position", "class", "source", "noticed", "facts", "note"}, Need: []string{"person", "village", "class", "noticed"},
			begin: whereHeld, look: lookCase},
		{Name: "核实", Kind: "conduct", From: []string{record.ConductSign, record.ConductVerify}, To: record.ConductVerify,
			Ask: []string{"verified", "finding", "happened", "facts", "statement"}, Need: []string{"verified", "finding", "facts"}, look: lookFinding},
		{Name: "谈话提醒", Kind: "conduct", From: []string{record.ConductVerify}, To: record.ConductTalk, start: map[string]string{"measure": record.MeasureTalk},
			Ask: []string{"decided", "authority", "result"}, Need: []string{"decided"}, look: needFinding},
		{Name: "限期整改", Kind: "conduct", From: []string{record.ConductVerify, record.ConductTalk}, To: record.ConductMend, start: map[string]string{"measure": record.MeasureMend},
			Ask: []string{"decided", "due", "authority", "document"}, Need: []string{"decided", "due"}, look: needFinding},
		{Name: "复核", Kind: "conduct", From: []string{record.ConductMend, record.ConductTalk}, To: record.ConductRecheck,
			Ask: []string{"rechecked", "recheck", "result"}, Need: []string{"rechecked", "recheck"}, look: lookRecheck},
		{Name: "组织处理", Kind: "conduct", From: []string{record.ConductVerify, record.ConductTalk, record.ConductMend, record.ConductRecheck}, To: record.ConductHandled,
			Ask: []string{"measure", "decided", "authority", "document", "successor"}, Need: []string{"measure", "decided", "authority"}, look: lookMeasure, done: endPosts},
		{Name: "归档", Kind: "conduct", From: []string{record.ConductUnproved, record.ConductLifted, record.ConductHandled}, To: record.ConductFiled,
			Ask: []string{"closed", "note"}, Need: []string{"closed"}},
	}
}

// whereHeld fills in the village and the weightiest post of whoever it is about.
func whereHeld(t *Taking) error {
	person := t.Value("person")
	if person == "" {
		return nil
	}
	posts, _, err := Open(t.tx, person)
	slices.SortFunc(posts, func(a, b *record.Post) int { return strings.Compare(a.Position, b.Position) })
	if err == nil && len(posts) > 0 {
		t.Set("village", posts[0].Village)
		t.Set("position", posts[0].Position)
	}
	return err
}

func lookCase(t *Taking) error {
	p, err := thePerson(t.tx, t.Value("person"))
	if err != nil {
		return err
	}
	posts, _, err := Open(t.tx, p.ID)
	if err != nil {
		return err
	}
	if len(posts) == 0 {
		t.warn("person", "%s现在没有任职，负面情形一般针对在任的人，请确认。", p.Name)
	}
	cases, err := store.Referrers[record.Conduct](t.tx, p.ID, "person")
	for _, c := range cases {
		if record.ConductOpen(c.State) && c.Class != "" && c.Class == t.Value("class") {
			t.warn("class", "%s还有一件“%s”没有办结，请确认不是同一件事。", p.Name, c.Class)
		}
	}
	return err
}

func lookFinding(t *Taking) error {
	if t.Value("finding") == record.NotFound {
		t.Set(StateField, record.ConductUnproved)
	}
	if t.Value("statement") == "" {
		t.warn("statement", "还没有本人申辩，处理之前应当听取本人的说明。")
	}
	return nil
}

// needFinding refuses a measure against somebody of whom nothing was found.
func needFinding(t *Taking) error {
	if f := t.Value("finding"); f == "" || f == record.NotFound {
		return refuse("finding", "还没有核实成立的结论，不能作出处理；请先办“核实”。")
	}
	return nil
}

func lookRecheck(t *Taking) error {
	if t.Value("recheck") == record.RecheckPassed {
		t.Set(StateField, record.ConductLifted)
	}
	return nil
}

// exits are the 离任原因 of the measures that end a post, or suspend it.
var exits = map[string]string{"3": "8", "4": "3", "5": "4", "6": record.Dismissed, "7": "6", "8": "7", "9": "2"}

// lookMeasure refuses a measure that no post of the person can lawfully end by.
func lookMeasure(t *Taking) error {
	if err := needFinding(t); err != nil {
		return err
	}
	reason := exits[t.Value("measure")]
	if reason == "" {
		return nil // 谈话提醒, 限期整改 end nothing
	}
	lawful, others, err := t.divided(reason)
	if err != nil {
		return err
	}
	name := word(t.tx, "conduct", "measure", t.Value("measure"))
	if len(lawful) == 0 && len(others) > 0 {
		var routes []string
		for _, r := range Routes(t.tx, others[0]) {
			routes = append(routes, r.Title)
		}
		return refuse("measure", "%s的%s属于“%s”，不能用“%s”；可以走的是：%s。", t.person(), position(t.tx, others[0].Position),
			word(t.tx, "post", "statutory", others[0].Statutory), name, strings.Join(routes, "、"))
	}
	for _, p := range others {
		t.warn("measure", "%s的%s不适用“%s”，这一步不结束它，请另走合法的程序。", t.person(), position(t.tx, p.Position), name)
	}
	for _, p := range lawful {
		if p.Position == record.Secretary {
			t.warn("", "处理以后%s没有党组织书记，请尽快从后备里选配。", t.village())
		}
	}
	return nil
}

// divided are the posts held in the village that may end for a reason, and those
// that may not.
func (t *Taking) divided(reason string) (lawful, others []*record.Post, err error) {
	posts, _, err := Open(t.tx, t.Value("person"))
	for _, p := range posts {
		switch {
		case p.Village != t.tx.Canonical(t.Value("village")):
		case slices.Contains(Reasons(t.tx, p), reason):
			lawful = append(lawful, p)
		default:
			others = append(others, p)
		}
	}
	return lawful, others, err
}

// endPosts ends the posts a measure ends. 停职 ends none: it is undone or
// followed by one that does.
func endPosts(t *Taking) error {
	reason := exits[t.Value("measure")]
	if reason == "" || t.Value("measure") == record.MeasureSuspend {
		return nil
	}
	lawful, _, err := t.divided(reason)
	if err != nil || len(lawful) == 0 {
		return err
	}
	l := Leaving{On: t.answerDay("decided"), Reason: reason, Why: t.Why}
	for _, p := range lawful {
		l.Posts = append(l.Posts, p.ID)
	}
	if doc := t.Value("document"); doc != "" {
		l.Note = "离任文号：" + doc
	}
	_, err = Leave(t.tx, l)
	return err
}

// laxSteps: 软弱涣散整顿, until it is struck off the list.
func laxSteps() []*Step {
	return []*Step{
		{Name: "认定软弱涣散", Kind: "lax", New: true, To: record.LaxMending, Ask: []string{"village", "year", "ground", "found", "lead", "measures", "due"},
			Need: []string{"village", "year", "ground", "found"}, look: lookLax},
		{Name: "申请验收", Kind: "lax", From: []string{record.LaxMending, record.LaxAgain}, To: record.LaxWaiting, Ask: []string{"measures", "result"}, Need: []string{"result"}},
		{Name: "验收销号", Kind: "lax", From: []string{record.LaxWaiting}, To: record.LaxClosed, Ask: []string{"closed", "result"}, Need: []string{"closed", "result"}},
		{Name: "验收不合格", Kind: "lax", From: []string{record.LaxWaiting}, To: record.LaxAgain, Ask: []string{"result", "due"}, Need: []string{"result", "due"}},
	}
}

func lookLax(t *Taking) error {
	if _, err := theVillage(t.tx, t.Value("village"), t.answerDay("found")); err != nil {
		return err
	}
	all, err := store.Referrers[record.Lax](t.tx, t.Value("village"), "village")
	for _, l := range all {
		if l.Closed.IsZero() && l.State != record.LaxClosed {
			t.warn("village", "%s%d年的软弱涣散整顿还没有销号，请确认要另立一件。", t.village(), year(l.Year))
		}
	}
	return err
}

func year(n *int64) int64 {
	if n == nil {
		return 0
	}
	return *n
}

// dayAfter reports whether a day is later than another, both known.
func dayAfter(a, b field.Date) bool { return !a.IsZero() && !b.IsZero() && b.Before(a) }
