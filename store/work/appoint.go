package work

import (
	"slices"
	"strconv"

	"touyan/store"
	"touyan/store/check"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/rule"
)

// Appointment is 任命: somebody takes a post, perhaps in place of who holds it.
type Appointment struct {
	Person, Village, Position string
	Statutory                 string // empty: the type the position has by law
	Term                      string // 届; empty: that of the team in office
	From, To                  field.Date
	Manner, Document, Note    string

	InPlaceOf []string // posts that end on From
	Reason    string   // why they do
	Release   bool     // who was in the pool for the village leaves it, 任用
	Why       string   // why a rule was broken, for the mark
}

// Check tells what Appoint would refuse or warn of, and writes nothing.
func (a *Appointment) Check(tx *store.Tx) ([]Warning, error) {
	s, err := a.prepare(tx)
	if err != nil {
		return nil, err
	}
	return s.warnings, nil
}

// Appoint makes a post and ends those it replaces. It returns the post's id.
func Appoint(tx *store.Tx, a Appointment) (post string, warnings []Warning, err error) {
	s, err := a.prepare(tx)
	if err != nil {
		return "", nil, err
	}
	if a.Why != "" {
		tx.NoteWhy(a.Why)
	}
	if len(a.InPlaceOf) > 0 {
		if _, err := Leave(tx, a.leaving()); err != nil {
			return "", nil, err
		}
	}
	s.post.Flaw = marked("", s.own, a.Why)
	if err := tx.Put(s.post); err != nil {
		return "", nil, err
	}
	if a.Release {
		if err := takeUp(tx, s.pool, s.post); err != nil {
			return "", nil, err
		}
	}
	return s.post.ID, s.warnings, nil
}

func (a *Appointment) leaving() Leaving {
	return Leaving{Posts: a.InPlaceOf, On: a.From, Reason: a.Reason, Why: a.Why}
}

// appointing is an appointment held against the ledger.
type appointing struct {
	tx       *store.Tx
	rules    *rule.Pack
	a        *Appointment
	post     *record.Post
	person   *record.Person
	village  *record.Village
	beside   []*record.Post    // of the village, those that end not among them
	held     []*record.Post    // of the person
	pool     []*record.Reserve // of the person, for the village
	own      []Warning         // about the post itself
	warnings []Warning         // and about those that end
}

func (a *Appointment) prepare(tx *store.Tx) (*appointing, error) {
	s := &appointing{tx: tx, a: a}
	if a.From.IsZero() {
		return nil, refuse("from", "请填写任职时间。")
	}
	if f := tx.Kinds().Kind("post").Field("position"); a.Position == "" || f.Check(a.Position) != nil {
		return nil, refuse("position", "请选择职务。")
	}
	if a.To.Before(a.From) {
		return nil, refuse("to", "离任时间“%s”早于任职时间“%s”，请核对两个日期。", a.To.Office(), a.From.Office())
	}
	var err error
	if s.rules, err = rule.Of(tx, a.From); err != nil {
		return nil, err
	}
	if s.person, err = thePerson(tx, a.Person); err != nil {
		return nil, err
	}
	if s.village, err = theVillage(tx, a.Village, a.From); err != nil {
		return nil, err
	}
	s.post = &record.Post{Person: s.person.ID, Village: s.village.ID, Position: a.Position, Statutory: a.Statutory, Term: a.Term,
		From: a.From, To: a.To, Manner: a.Manner, Document: a.Document, Note: a.Note}
	if s.post.Statutory == "" {
		s.post.Statutory = record.Statutory(a.Position)
	}
	if err := s.read(); err != nil {
		return nil, err
	}
	if err := s.fits(); err != nil {
		return nil, err
	}
	s.complete()
	s.warn()
	s.warnings = slices.Clone(s.own)
	if len(a.InPlaceOf) > 0 {
		l := a.leaving()
		gone, err := l.prepare(tx)
		if err != nil {
			return nil, err
		}
		s.warnings = append(s.warnings, gone.flaws()...)
	}
	return s, nil
}

// read looks up who else is in post in the village and what else the person
// holds.
func (s *appointing) read() error {
	at, err := postsAt(s.tx, s.village.ID)
	if err != nil {
		return err
	}
	for _, p := range at {
		if !slices.Contains(s.a.InPlaceOf, p.ID) && overlap(p, s.post) {
			s.beside = append(s.beside, p)
		}
	}
	if s.held, err = postsOf(s.tx, s.person.ID); err != nil {
		return err
	}
	pool, err := store.Referrers[record.Reserve](s.tx, s.person.ID, "person")
	for _, r := range pool {
		if r.Village == s.village.ID && waits(r) {
			s.pool = append(s.pool, r)
		}
	}
	return err
}

// fits refuses what cannot be.
func (s *appointing) fits() error {
	for _, p := range s.held {
		if p.Village != s.village.ID || p.Position != s.post.Position || !overlap(p, s.post) {
			continue
		}
		if slices.Contains(s.a.InPlaceOf, p.ID) {
			return refuse("person", "接替的是%s本人，请另选接任的人；连任请用换届登记。", s.person.Name)
		}
		since := ""
		if !p.From.IsZero() {
			since = "自" + p.From.Office() + "起"
		}
		return refuse("person", "%s%s已经担任%s的%s，不用再任命；如果是新的一届，请用换届登记。", s.person.Name, since, s.village.Name, position(s.tx, p.Position))
	}
	for _, id := range s.a.InPlaceOf {
		p, err := get[record.Post](s.tx, "post", id, "请选择被接替的任职")
		if err != nil {
			return err
		}
		if p.Village != s.village.ID {
			return refuse("village", "被接替的任职不在%s，请重新选择。", s.village.Name)
		}
	}
	return nil
}

// complete fills what the ledger tells: 届, and the first time in the position.
func (s *appointing) complete() {
	if s.post.Term == "" && check.Elected(s.post.Position) {
		s.post.Term = termOf(s.beside)
	}
	for _, p := range s.held {
		if p.Village == s.village.ID && p.Position == s.post.Position && p.From.Before(s.post.From) {
			first := p.From
			if p.First.Before(first) && !p.First.IsZero() {
				first = p.First
			}
			if s.post.First.IsZero() || first.Before(s.post.First) {
				s.post.First = first
			}
		}
	}
}

// termOf is the 届 most of the elected posts are of.
func termOf(posts []*record.Post) string {
	count, best := map[string]int{}, ""
	for _, p := range posts {
		if p.Term != "" && check.Elected(p.Position) {
			if count[p.Term]++; count[p.Term] > count[best] {
				best = p.Term
			}
		}
	}
	return best
}

func (s *appointing) say(w Warning) { s.own = append(s.own, w) }

// warn tells what the rules have against it.
func (s *appointing) warn() {
	s.warnFit()
	s.warnPerson()
	s.warnBeside()
	if len(s.pool) > 0 && !s.a.Release && record.InTeam(s.post.Position) {
		s.say(Warning{"person", s.person.Name + "还在" + s.village.Name + "的后备库里，任命后请办理出库。", ""})
	}
	for _, r := range s.pool {
		if s.a.Release && s.post.From.Before(r.Entered) { // takeUp passes it over
			s.say(Warning{"from", s.person.Name + "的入库时间“" + r.Entered.Office() + "”晚于任职时间“" + s.post.From.Office() + "”，不能同时出库；请核对两个日期，再办理出库。", ""})
		}
	}
}

// warnFit holds the position against the way it was filled.
func (s *appointing) warnFit() {
	for _, p := range s.post.Check() {
		if p.Warning && p.Field == "statutory" {
			s.say(Warning{p.Field, p.Message, "岗位法定类型与职务不符"})
		}
	}
	if s.post.Statutory == record.ElectedPost && (s.post.Manner == record.ByOrder || s.post.Manner == record.BySending) {
		s.say(Warning{"manner", "“" + position(s.tx, s.post.Position) + "”依法由村民选举产生，这里是“" + word(s.tx, "post", "manner", s.post.Manner) + "”；照实登记，并记为程序瑕疵。", "选举产生的职务没有经过选举"})
	}
}

// warnPerson looks at who is appointed.
func (s *appointing) warnPerson() {
	p := s.person
	if s.post.Position == record.Secretary && p.Politics != "" && p.Politics != record.PartyMember {
		s.say(Warning{"person", "党组织书记应是中共正式党员，" + p.Name + "的政治面貌是“" + word(s.tx, "person", "politics", p.Politics) + "”；照实登记，并记为程序瑕疵。", "书记不是中共正式党员"})
	}
	if years, ok := p.Birth.Age(s.post.From); ok && s.rules.Reached(rule.AgeLimit, years) && record.Body(s.post.Position) != record.Outside {
		s.say(Warning{"person", p.Name + "任职时" + strconv.Itoa(years) + "岁，已满" + strconv.Itoa(s.rules.Limit(rule.AgeLimit)) + "周岁" + s.rules.Mark(rule.AgeLimit) + "，请确认。", ""})
	}
	for _, h := range s.held {
		if h.Village != s.village.ID && overlap(h, s.post) && slices.Contains(check.Singles, h.Position) && slices.Contains(check.Singles, s.post.Position) {
			s.say(Warning{"person", p.Name + "同时担任" + s.tx.Name("village", h.Village) + "的" + position(s.tx, h.Position) + "，请确认是否兼任。", ""})
		}
	}
}

// warnBeside looks at who else is in post in the village.
func (s *appointing) warnBeside() {
	body := record.Body(s.post.Position)
	seats := map[record.Organ]*int64{record.Party: s.village.PartySeats, record.Committee: s.village.CommitteeSeats}[body]
	taken := int64(1)
	for _, p := range s.beside {
		same := p.Position == s.post.Position
		if same && slices.Contains(check.Singles, p.Position) {
			s.say(Warning{"position", s.tx.Name("person", p.Person) + "还在任" + s.village.Name + "的" + position(s.tx, p.Position) + "，这一职务只有一人；请同时给前任登记离任。", ""})
		}
		if other := record.Body(p.Position); p.Person == s.person.ID && (other == record.Committee && body == record.Supervision || other == record.Supervision && body == record.Committee) {
			s.say(Warning{"position", s.person.Name + "同时是村委会成员和村监委成员，法律不允许交叉任职；照实登记，并记为程序瑕疵。", "村委会与村监委交叉任职"})
		}
		if record.Body(p.Position) == body && !acting(p.Position) {
			taken++
		}
	}
	if seats != nil && taken > *seats && !acting(s.post.Position) {
		s.say(Warning{"position", s.village.Name + map[record.Organ]string{record.Party: "党组织", record.Committee: "村委会"}[body] + "应配" + strconv.Itoa(int(*seats)) + "职，任命后有" + strconv.Itoa(int(taken)) + "职，请核对。", "超职数配备"})
	}
}

// acting: 主持工作 takes no seat.
func acting(position string) bool {
	return position == record.ActingSecretary || position == record.ActingHead
}
