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

// Check tells what TermChange would refuse or warn of, and writes nothing.
func (t *TermTable) Check(tx *store.Tx) ([]Warning, error) {
	c, err := t.prepare(tx)
	if err != nil {
		return nil, err
	}
	return c.warnings, nil
}

// CheckRows is Check with the warnings by the number of the row they are about,
// from 1; those about the table as a whole are at 0. A refusal about a row is a
// RowError.
func (t *TermTable) CheckRows(tx *store.Tx) (map[int][]Warning, error) {
	c, err := t.prepare(tx)
	if err != nil {
		return nil, err
	}
	return c.rows, nil
}

// TermChange is 换届: it ends the old team's posts on their day, begins the new
// one's, raises 任职届数 of who goes on, and keeps the day of the election with
// the village. Every elected post that has not ended must stand in the table.
func TermChange(tx *store.Tx, t TermTable) ([]Warning, error) {
	c, err := t.prepare(tx)
	if err != nil {
		return nil, err
	}
	if t.Why != "" {
		tx.NoteWhy(t.Why)
	}
	for _, r := range t.Rows {
		if err := c.row(r); err != nil {
			return nil, err
		}
	}
	c.village.Elected = t.Elected
	return c.warnings, tx.Put(c.village)
}

// changing is a table held against the ledger.
type changing struct {
	tx       *store.Tx
	t        *TermTable
	village  *record.Village
	posts    map[string]*record.Post // that the table speaks of, by id
	made     map[string]string       // ids of people the table makes: who holds two posts is made once
	warnings []Warning
	rows     map[int][]Warning // by the row they are about, from 1; 0: the whole table
}

func (c *changing) warnRow(n int, w Warning) {
	c.warnings = append(c.warnings, w)
	c.rows[n] = append(c.rows[n], w)
}

func (t *TermTable) prepare(tx *store.Tx) (*changing, error) {
	c := &changing{tx: tx, t: t, posts: map[string]*record.Post{}, made: map[string]string{}, rows: map[int][]Warning{}}
	var err error
	if c.village, err = theVillage(tx, t.Village, t.Elected); err != nil {
		return nil, err
	}
	if t.Elected.IsZero() {
		return nil, refuse("elected", "请填写本届两委产生日期。")
	}
	if was := c.village.Elected; !was.IsZero() && !was.Before(t.Elected) {
		return nil, refuse("elected", "台账里上一届两委产生日期是“%s”，这一届“%s”不比它晚，请核对。", was.Office(), t.Elected.Office())
	}
	for i := range t.Rows {
		if err := c.fits(&t.Rows[i], i+1); err != nil {
			return nil, &RowError{i + 1, err}
		}
	}
	if err := c.whole(); err != nil {
		return nil, err
	}
	if err := c.once(); err != nil {
		return nil, err
	}
	c.warn()
	return c, nil
}

// from is the day a row's new post begins and its old one ends.
func (c *changing) from(r *TermRow) field.Date {
	if r.New != nil && r.New.Post != "" && !r.New.From.IsZero() {
		return r.New.From
	}
	if !r.From.IsZero() {
		return r.From
	}
	return c.t.Elected
}

// fits refuses a row, the n-th, that cannot be.
func (c *changing) fits(r *TermRow, n int) error {
	if !check.Elected(r.Position) {
		return refuse("position", "“%s”不随换届产生，请从换届表里去掉，另行任命。", position(c.tx, r.Position))
	}
	if r.Old != nil {
		p, err := c.post(r.Old.Post)
		if err != nil {
			return err
		}
		if began := formerly(r.Old, p).From; c.from(r).Before(began) {
			return refuse("from", "%s的%s自%s起任职，晚于换届的“%s”，请核对日期。", r.Old.Name, position(c.tx, r.Position), began.Office(), c.from(r).Office())
		}
		if f := c.tx.Kinds().Kind("post").Field("reason"); r.Reason != "" && f.Check(r.Reason) != nil {
			return refuse("reason", "请选择%s的离任原因。", r.Old.Name)
		}
	}
	if r.New == nil {
		return nil
	}
	if r.New.Post != "" {
		if _, err := c.post(r.New.Post); err != nil {
			return err
		}
	}
	switch {
	case r.New.Person != "":
		_, err := thePerson(c.tx, r.New.Person)
		return err
	case r.New.Make == nil || r.New.Make.Name == "":
		return refuse("person", "请填写新任%s的姓名，没有人的留空。", position(c.tx, r.Position))
	}
	found, sure, err := Find(c.tx, r.New.Make)
	switch {
	case err != nil:
		return err
	case sure:
		c.made[newcomer(r.New.Make)] = found[0]
	case len(found) > 0:
		c.warnRow(n, Warning{Field: "person", Message: "台账里已有“" + describe(c.tx, found[0]) + "”，这里按另一个人新增；是同一个人的，请改选台账里的那位。"})
	}
	return nil
}

// newcomer tells the people a table makes from one another.
func newcomer(p *record.Person) string { return p.Name + "|" + p.IDNo + "|" + p.Birth.Office() }

// formerly is an old post as it was before a roster of the new term wrote over
// it.
func formerly(h *Held, p *record.Post) *record.Post {
	if h.former != nil {
		return h.former
	}
	return p
}

// post reads a post of the village that has not ended.
func (c *changing) post(id string) (*record.Post, error) {
	if p := c.posts[id]; p != nil {
		return p, nil
	}
	p, err := get[record.Post](c.tx, "post", id, "请选择任职")
	if err != nil {
		return nil, err
	}
	if p.Village != c.village.ID || !p.To.IsZero() {
		return nil, refuse("", "%s的%s已经离任或不在%s，换届表要重新打开。", c.tx.Name("person", p.Person), position(c.tx, p.Position), c.village.Name)
	}
	c.posts[id] = p
	return p, nil
}

// whole refuses a table that leaves somebody of the old team in office without
// saying so.
func (c *changing) whole() error {
	open, err := openTeam(c.tx, c.village.ID)
	if err != nil {
		return err
	}
	var left []string
	for _, p := range open {
		if c.posts[p.ID] == nil {
			left = append(left, c.tx.Name("person", p.Person)+"（"+position(c.tx, p.Position)+"）")
		}
	}
	if len(left) > 0 {
		return refuse("", "%s还在任，换届表里没有写连任还是离任，请补上。", strings.Join(left, "、"))
	}
	return nil
}

// once refuses two holders of what only one can hold, and one person twice in
// one position.
func (c *changing) once() error {
	type place struct{ position, person string }
	seen, single := map[place]bool{}, map[string]string{}
	for i := range c.t.Rows {
		r := &c.t.Rows[i]
		if r.New == nil {
			continue
		}
		who := r.New.Person
		if who == "" {
			if who = c.made[newcomer(r.New.Make)]; who == "" {
				who = newcomer(r.New.Make)
			}
		}
		who = c.tx.Canonical(who)
		if seen[place{r.Position, who}] {
			return &RowError{i + 1, refuse("person", "%s在换届表里两次任%s，请去掉一行。", c.name(r.New), position(c.tx, r.Position))}
		}
		seen[place{r.Position, who}] = true
		if other, taken := single[r.Position]; taken && slices.Contains(check.Singles, r.Position) {
			return &RowError{i + 1, refuse("position", "%s只有一人，换届表里写了%s和%s，请核对。", position(c.tx, r.Position), other, c.name(r.New))}
		}
		single[r.Position] = c.name(r.New)
	}
	return nil
}

func (c *changing) name(h *Held) string {
	switch {
	case h.Make != nil:
		return h.Make.Name
	case h.Name != "":
		return h.Name
	}
	return c.tx.Name("person", h.Person)
}

// warn tells what the rules have against the new team.
func (c *changing) warn() {
	say := func(field_, message, flaw string) {
		c.warnRow(0, Warning{Field: field_, Message: message, Flaw: flaw})
	}
	if due := check.After(c.village.Elected, 12*check.TermYears); !c.village.Elected.IsZero() && due.Before(c.t.Elected) {
		say("elected", "上一届应于"+due.Office()+"届满，换届时已经超期；照实登记，并记为程序瑕疵。", "超过任期才换届")
	}
	led := false
	taken := map[record.Organ]int64{}
	for i := range c.t.Rows {
		r := &c.t.Rows[i]
		if r.New == nil {
			continue
		}
		led = led || r.Position == record.Secretary
		if !acting(r.Position) {
			taken[record.Body(r.Position)]++
		}
		for _, w := range c.warnNew(r) {
			c.warnRow(i+1, w)
		}
	}
	if !led {
		say("", "新班子还没有党组织书记，登记后请尽快选配。", "")
	}
	for _, s := range []struct {
		label string
		body  record.Organ
		seats *int64
	}{{"党组织", record.Party, c.t.PartySeats}, {"村委会", record.Committee, c.t.CommitteeSeats}} {
		if s.seats != nil && taken[s.body] != *s.seats {
			say("", s.label+"应配"+strconv.FormatInt(*s.seats, 10)+"职，新班子实配"+strconv.FormatInt(taken[s.body], 10)+"职，请核对。", "")
		}
	}
}

// warnNew looks at one who is new or goes on.
func (c *changing) warnNew(r *TermRow) (out []Warning) {
	p := r.New.Make
	if r.New.Person != "" {
		var err error
		if p, err = store.Get[record.Person](c.tx, r.New.Person); err != nil {
			return nil // fits has read it
		}
	}
	if r.Position == record.Secretary && p.Politics != "" && p.Politics != record.PartyMember {
		out = append(out, Warning{Field: "person", Message: "党组织书记应是中共正式党员，" + p.Name + "的政治面貌是“" + word(c.tx, "person", "politics", p.Politics) + "”；照实登记，并记为程序瑕疵。", Flaw: "书记不是中共正式党员"})
	}
	if years, ok := p.Birth.Age(c.t.Elected); ok && years >= check.AgeLimit {
		out = append(out, Warning{Field: "person", Message: p.Name + "当选时已满" + strconv.Itoa(check.AgeLimit) + "周岁（" + strconv.Itoa(years) + "岁，年龄线为默认值），请确认。"})
	}
	return out
}

// row writes what becomes of one place.
func (c *changing) row(r TermRow) error {
	var old *record.Post
	if r.Old != nil {
		was := *formerly(r.Old, c.posts[r.Old.Post])
		old = &was
		if err := c.end(&r, old); err != nil {
			return err
		}
	}
	if r.New == nil {
		return nil
	}
	person, err := c.person(r.New)
	if err != nil {
		return err
	}
	p := &record.Post{Person: person, Village: c.village.ID, Position: r.Position, Statutory: r.Statutory}
	if r.New.Post != "" {
		p = c.posts[r.New.Post]
	}
	if r.again() {
		goOn(p, old, r.Old.former != nil)
	}
	c.begin(&r, p)
	if err := c.tx.Put(p); err != nil {
		return err
	}
	if r.again() || !c.t.Release {
		return nil
	}
	pool, err := referring[record.Reserve](c.tx, p.Person, "reserve", "person")
	if err != nil {
		return err
	}
	return takeUp(c.tx, pool, p)
}

// person is who holds a place now, made if the ledger has nobody.
func (c *changing) person(h *Held) (string, error) {
	if h.Person != "" {
		return h.Person, nil
	}
	key := newcomer(h.Make)
	if c.made[key] == "" {
		p := *h.Make
		p.ID = ""
		if err := c.tx.Put(&p); err != nil {
			return "", err
		}
		c.made[key] = p.ID
	}
	return c.made[key], nil
}

// end closes the old post. One that a roster of the new term wrote over has no
// id: it is put beside it again as it was.
func (c *changing) end(r *TermRow, old *record.Post) error {
	old.To, old.Reason = c.from(r), r.Reason
	if old.Reason == "" {
		old.Reason = record.LeftByElection
	}
	if r.Where != "" {
		note := "去向：" + r.Where
		if old.Note != "" {
			note = old.Note + "；" + note
		}
		old.Note = note
	}
	return c.tx.Put(old)
}

// goOn fills in what follows for somebody who is elected again: one 届 more, and
// the first time in the position. over tells that the post is the old one, which
// a roster wrote over: what it left as it was speaks of the old term.
func goOn(p, old *record.Post, over bool) {
	if over {
		if p.Term == old.Term {
			p.Term = ""
		}
		if p.Again == old.Again {
			p.Again = ""
		}
		if p.Terms != nil && old.Terms != nil && *p.Terms == *old.Terms {
			p.Terms = nil
		}
	}
	if p.Again == "" {
		p.Again = "1"
	}
	if p.Terms == nil && old.Terms != nil {
		n := *old.Terms + 1
		p.Terms = &n
	}
	first := old.From
	if !old.First.IsZero() && old.First.Before(first) {
		first = old.First
	}
	if p.First.IsZero() || first.Before(p.First) {
		p.First = first
	}
}

// begin fills in the post of the new term what the ledger does not know of it.
func (c *changing) begin(r *TermRow, p *record.Post) {
	fill := func(to *string, texts ...string) {
		for _, text := range texts {
			if *to == "" {
				*to = text
			}
		}
	}
	p.From = c.from(r)
	fill(&p.Term, r.Term, c.t.Term)
	fill(&p.Manner, r.Manner, record.ByElection)
	fill(&p.Document, r.Document)
	fill(&p.Statutory, record.Statutory(r.Position))
	if !r.again() {
		if p.Terms == nil {
			n := int64(1)
			p.Terms = &n
		}
		fill(&p.Again, "0")
	}
	var mine []Warning
	for _, w := range c.warnings {
		if w.Flaw != "" && (w.Field == "elected" || w.Field == "person" && p.Position == record.Secretary) {
			mine = append(mine, w)
		}
	}
	p.Flaw = marked(p.Flaw, mine, c.t.Why)
}
