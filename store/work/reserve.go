package work

import (
	"slices"
	"strconv"
	"strings"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/rule"
)

// Admission is 入库: somebody enters the pool of a village. Who is a clue there
// already (线索、初核、研判) goes on in the same record; who left and comes back
// opens a new one.
type Admission struct {
	Person, Village string
	Round           string // 期
	Source, Manner  string
	Entered         field.Date
	Maturity        string
	Direction       string
	Contact         string
	Measures        string
	State           string // record.Admitted or record.InTraining; empty: the latter
	Note            string
	Why             string // why a rule was broken
}

// directionLeader is the 培养方向 党组织书记.
const directionLeader = "1"

// Check tells what AdmitReserve would refuse or warn of, and writes nothing.
func (a *Admission) Check(tx *store.Tx) ([]Warning, error) {
	_, warnings, err := a.prepare(tx)
	return warnings, err
}

// AdmitReserve brings somebody into the pool. It returns the record's id.
func AdmitReserve(tx *store.Tx, a Admission) (id string, warnings []Warning, err error) {
	r, warnings, err := a.prepare(tx)
	if err != nil {
		return "", nil, err
	}
	if a.Why != "" {
		tx.NoteWhy(a.Why)
	}
	err = tx.Put(r)
	return r.ID, warnings, err
}

func (a *Admission) prepare(tx *store.Tx) (*record.Reserve, []Warning, error) {
	if a.Entered.IsZero() {
		return nil, nil, refuse("entered", "请填写入库时间。")
	}
	state := a.State
	if state == "" {
		state = record.InTraining
	}
	if state != record.Admitted && state != record.InTraining {
		return nil, nil, refuse("state", "入库后的状态只能是“%s”或“%s”，请重新选择。", word(tx, "reserve", "state", record.Admitted), word(tx, "reserve", "state", record.InTraining))
	}
	p, err := thePerson(tx, a.Person)
	if err != nil {
		return nil, nil, err
	}
	v, err := theVillage(tx, a.Village, a.Entered)
	if err != nil {
		return nil, nil, err
	}
	if err := barred(tx, p.ID); err != nil {
		return nil, nil, err
	}
	all, err := store.Referrers[record.Reserve](tx, p.ID, "person")
	if err != nil {
		return nil, nil, err
	}
	r := &record.Reserve{Person: p.ID, Village: v.ID}
	var warnings []Warning
	for _, other := range all {
		switch {
		case !waits(other):
		case other.Village != v.ID:
			warnings = append(warnings, Warning{"village", p.Name + "还在" + tx.Name("village", other.Village) + "的后备库里，汇总时只算一人，请确认是否要留在两处。", ""})
		case pooled(other.State):
			return nil, nil, refuse("person", "%s已经在%s的后备库里，不用再入库。", p.Name, v.Name)
		default:
			r = other
		}
	}
	if r.State != "" && r.State != record.Judged {
		warnings = append(warnings, Warning{"state", p.Name + "现在是“" + word(tx, "reserve", "state", r.State) + "”，没有经过乡镇党委研判就入库，请确认。", ""})
	}
	a.fill(r, state)
	if r.Left.Before(r.Entered) && !r.Left.IsZero() {
		return nil, nil, refuse("entered", "入库时间晚于出库时间，请核对。")
	}
	rules, err := rule.Of(tx, a.Entered)
	if err != nil {
		return nil, nil, err
	}
	return r, append(warnings, a.warn(tx, p, rules)...), nil
}

// pooled reports whether a state counts in the pool. Rosters do not tell it.
func pooled(state string) bool {
	return state == "" || state == record.Admitted || state == record.InTraining
}

// fill puts what is given over what a clue said before.
func (a *Admission) fill(r *record.Reserve, state string) {
	r.State, r.Entered = state, a.Entered
	for _, c := range []struct {
		to   *string
		text string
	}{{&r.Round, a.Round}, {&r.Source, a.Source}, {&r.Manner, a.Manner}, {&r.Maturity, a.Maturity}, {&r.Direction, a.Direction},
		{&r.Contact, a.Contact}, {&r.Measures, a.Measures}, {&r.Note, a.Note}} {
		if c.text != "" {
			*c.to = c.text
		}
	}
}

func (a *Admission) warn(tx *store.Tx, p *record.Person, rules *rule.Pack) []Warning {
	var out []Warning
	if a.Direction == directionLeader && p.Politics != "" && p.Politics != record.PartyMember {
		out = append(out, Warning{"direction", p.Name + "的政治面貌是“" + word(tx, "person", "politics", p.Politics) + "”，培养方向是党组织书记，请安排入党培养。", ""})
	}
	if years, ok := p.Birth.Age(a.Entered); ok && rules.Reached(rule.ReserveAge, years) {
		out = append(out, Warning{"person", p.Name + "入库时已满" + strconv.Itoa(rules.Limit(rule.ReserveAge)) + "周岁" + rules.Mark(rule.ReserveAge) + "，请确认还有没有培养的余地。", ""})
	}
	return out
}

// Release is 出库: somebody leaves the pool.
type Release struct {
	Reserve string
	On      field.Date
	Exit    string
	Note    string
}

// Check tells what ReleaseReserve would refuse or warn of, and writes nothing.
func (l *Release) Check(tx *store.Tx) ([]Warning, error) {
	_, warnings, err := l.prepare(tx)
	return warnings, err
}

// ReleaseReserve closes an entry of the pool; its state follows from the
// 出库原因.
func ReleaseReserve(tx *store.Tx, l Release) ([]Warning, error) {
	r, warnings, err := l.prepare(tx)
	if err != nil {
		return nil, err
	}
	r.Left, r.Exit, r.State = l.On, l.Exit, record.ExitState(l.Exit)
	if l.Note != "" {
		r.Note = strings.TrimPrefix(r.Note+"；"+l.Note, "；")
	}
	return warnings, tx.Put(r)
}

func (l *Release) prepare(tx *store.Tx) (*record.Reserve, []Warning, error) {
	r, err := get[record.Reserve](tx, "reserve", l.Reserve, "请选择要出库的后备人选")
	if err != nil {
		return nil, nil, err
	}
	name := tx.Name("person", r.Person)
	if l.On.IsZero() {
		return nil, nil, refuse("left", "请填写出库时间。")
	}
	if f := tx.Kinds().Kind("reserve").Field("exit"); l.Exit == "" || f.Check(l.Exit) != nil {
		return nil, nil, refuse("exit", "请选择出库原因。")
	}
	if !waits(r) {
		return nil, nil, refuse("reserve", "%s已经出库，不用再登记；有误请用更正。", name)
	}
	if l.On.Before(r.Entered) {
		return nil, nil, refuse("left", "出库时间“%s”早于%s的入库时间“%s”，请核对。", l.On.Office(), name, r.Entered.Office())
	}
	if l.Exit != record.ExitLeader && l.Exit != record.ExitMember {
		return r, nil, nil
	}
	posts, err := postsOf(tx, r.Person)
	if err != nil {
		return nil, nil, err
	}
	inPost := slices.ContainsFunc(posts, func(p *record.Post) bool {
		fits := record.InTeam(p.Position) && (l.Exit == record.ExitMember || p.Position == record.Secretary)
		return p.Village == r.Village && p.To.IsZero() && fits
	})
	if inPost {
		return r, nil, nil
	}
	return r, []Warning{{"exit", "出库原因是“" + word(tx, "reserve", "exit", l.Exit) + "”，" + tx.Name("village", r.Village) + "还没有" + name + "的任职，请登记任命。", ""}}, nil
}

// takeUp lets somebody who was appointed out of the pool of the village.
func takeUp(tx *store.Tx, pool []*record.Reserve, p *record.Post) error {
	if !record.InTeam(p.Position) {
		return nil
	}
	exit := record.ExitMember
	if p.Position == record.Secretary {
		exit = record.ExitLeader
	}
	for _, r := range pool {
		if r.Village != p.Village || !waits(r) || p.From.Before(r.Entered) {
			continue
		}
		r.Left, r.Exit, r.State = p.From, exit, record.ExitState(exit)
		if err := tx.Put(r); err != nil {
			return err
		}
	}
	return nil
}
