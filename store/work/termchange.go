package work

import (
	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/rule"
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
	rules    *rule.Pack
	t        *TermTable
	village  *record.Village
	posts    map[string]*record.Post // that the table speaks of, by id
	made     map[string]string       // ids of people the table makes: who holds two posts is made once
	warnings []Warning
	rows     map[int][]Warning // by the row they are about, from 1; 0: the whole table
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
	if c.rules, err = rule.Of(tx, t.Elected); err != nil {
		return nil, err
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
	pool, err := store.Referrers[record.Reserve](c.tx, p.Person, "person")
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
	if p.Statutory == "" {
		p.Statutory = old.Statutory
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
