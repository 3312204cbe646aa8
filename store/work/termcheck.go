package work

import (
	"slices"
	"strconv"
	"strings"

	"touyan/store"
	"touyan/store/check"
	"touyan/store/record"
	"touyan/store/rule"
)

// What of a whole team cannot be, and what is only warned of.

func (c *changing) warnRow(n int, w Warning) {
	c.warnings = append(c.warnings, w)
	c.rows[n] = append(c.rows[n], w)
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
	if years, ok := p.Birth.Age(c.t.Elected); ok && c.rules.Reached(rule.AgeLimit, years) {
		out = append(out, Warning{Field: "person", Message: p.Name + "当选时" + strconv.Itoa(years) + "岁，已满" + strconv.Itoa(c.rules.Limit(rule.AgeLimit)) + "周岁" + c.rules.Mark(rule.AgeLimit) + "，请确认。"})
	}
	return out
}
