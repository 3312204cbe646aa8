package work

import (
	"slices"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
)

// Departure is 去世, 迁出, 调离 or 退休: one step that ends everything somebody
// holds, is in the pool for, or is on the way to.
type Departure struct {
	Person string
	Cause  string // 离任原因: one of Causes
	On     field.Date
	Note   string
	Why    string // why a rule was broken
}

// Causes are the 离任原因 after which nothing of somebody goes on: 调离, 退休, 迁出,
// 去世.
func Causes() []string { return slices.Clone(forGood) }

// Ending is one thing a departure ends.
type Ending struct {
	Kind, ID string
	Text     string // 前进嘎查党组织书记
	done     func(on field.Date) error
}

// poolExits are the 出库原因 that go with a cause.
var poolExits = map[string]string{"9": "9", "10": "3", "11": "4", record.Died: "5"}

// Check lists what the departure ends, and what it would refuse or warn of.
func (d *Departure) Check(tx *store.Tx) ([]Ending, []Warning, error) {
	s, err := d.prepare(tx)
	if err != nil {
		return nil, nil, err
	}
	return s.endings, s.warnings, nil
}

// Depart ends them all.
func Depart(tx *store.Tx, d Departure) ([]Warning, error) {
	s, err := d.prepare(tx)
	if err != nil {
		return nil, err
	}
	if d.Why != "" {
		tx.NoteWhy(d.Why)
	}
	if len(s.leaving.Posts) > 0 {
		if _, err := Leave(tx, s.leaving); err != nil {
			return nil, err
		}
	}
	for _, e := range s.endings {
		if e.done != nil {
			if err := e.done(d.On); err != nil {
				return nil, err
			}
		}
	}
	return s.warnings, nil
}

// departing is a departure held against the ledger.
type departing struct {
	tx       *store.Tx
	d        *Departure
	person   *record.Person
	leaving  Leaving
	endings  []Ending
	warnings []Warning
}

func (d *Departure) prepare(tx *store.Tx) (*departing, error) {
	s := &departing{tx: tx, d: d}
	var err error
	if s.person, err = thePerson(tx, d.Person); err != nil {
		return nil, err
	}
	switch {
	case !slices.Contains(forGood, d.Cause):
		return nil, refuse("reason", "请选择是调离、退休、迁出还是去世。")
	case d.On.IsZero():
		return nil, refuse("to", "请填写日期。")
	}
	for _, find := range []func() error{s.posts, s.pool, s.hires, s.secondments, s.nominees, s.filings, s.cases} {
		if err := find(); err != nil {
			return nil, err
		}
	}
	if len(s.endings) == 0 {
		s.warnings = append(s.warnings, Warning{Message: s.person.Name + "现在没有任职，也不在后备库，没有什么要结束的。"})
	}
	return s, nil
}

func (s *departing) ends(kind, id, text string, done func(on field.Date) error) {
	s.endings = append(s.endings, Ending{kind, id, text, done})
}

func (s *departing) posts() error {
	posts, reserves, err := Open(s.tx, s.person.ID)
	if err != nil || len(posts) == 0 {
		return err
	}
	s.leaving = Leaving{On: s.d.On, Reason: s.d.Cause, Note: s.d.Note, Why: s.d.Why}
	for _, p := range posts {
		s.leaving.Posts = append(s.leaving.Posts, p.ID)
		s.ends("post", p.ID, s.tx.Name("village", p.Village)+position(s.tx, p.Position), nil)
	}
	l, err := s.leaving.prepare(s.tx)
	if err != nil {
		return err
	}
	warnings, err := l.warnings()
	for _, w := range warnings { // what else is open is ended here, and need not be warned of
		if w.Field != "reason" || w.Flaw != "" || len(reserves) == 0 {
			s.warnings = append(s.warnings, w)
		}
	}
	return err
}

func (s *departing) pool() error {
	_, reserves, err := Open(s.tx, s.person.ID)
	for _, r := range reserves {
		if s.d.On.Before(r.Entered) {
			return refuse("to", "日期“%s”早于%s的入库时间“%s”，请核对。", s.d.On.Office(), s.person.Name, r.Entered.Office())
		}
		s.ends("reserve", r.ID, s.tx.Name("village", r.Village)+"后备力量", func(on field.Date) error {
			r.Left, r.Exit = on, poolExits[s.d.Cause]
			r.State = record.ExitState(r.Exit)
			return s.tx.Put(r)
		})
	}
	return err
}

func (s *departing) hires() error {
	all, err := store.Referrers[record.Hire](s.tx, s.person.ID, "person")
	for _, h := range all {
		if record.HireGone(h.State) {
			continue
		}
		s.ends("hire", h.ID, "乡招村用", func(on field.Date) error {
			h.State, h.Left = "3", on
			h.Note = appended(h.Note, word(s.tx, "post", "reason", s.d.Cause))
			if err := s.tx.Put(h); err != nil {
				return err
			}
			services, err := store.Referrers[record.Service](s.tx, h.ID, "hire")
			for _, v := range services {
				if v.To.IsZero() {
					v.To = on
					if err := s.tx.Put(v); err != nil {
						return err
					}
				}
			}
			return err
		})
	}
	return err
}

func (s *departing) secondments() error {
	all, err := store.Referrers[record.Secondment](s.tx, s.person.ID, "person")
	for _, m := range all {
		switch m.State {
		case record.SecondBack, record.SecondRaised, record.SecondOut:
			continue
		}
		s.ends("secondment", m.ID, "机关选派（"+m.Unit+"）", func(on field.Date) error {
			if m.State = record.SecondOut; !m.From.IsZero() {
				m.State, m.To = record.SecondBack, on
			}
			m.Note = appended(m.Note, word(s.tx, "post", "reason", s.d.Cause))
			return s.tx.Put(m)
		})
	}
	return err
}

func (s *departing) nominees() error {
	all, err := store.Referrers[record.Nominee](s.tx, s.person.ID, "person")
	for _, n := range all {
		if n.State == record.NomineeElected || n.State == record.NomineeNot || n.State == record.NomineeBarred {
			continue
		}
		s.ends("nominee", n.ID, s.tx.Name("village", n.Village)+n.Term+"换届人选", func(field.Date) error {
			n.State = record.NomineeNot
			return s.tx.Put(n)
		})
	}
	return err
}

func (s *departing) filings() error {
	all, err := store.Referrers[record.Filing](s.tx, s.person.ID, "person")
	for _, f := range all {
		if f.State == record.FilingCancelled || f.State == record.FilingRefused {
			continue
		}
		s.ends("filing", f.ID, s.tx.Name("village", f.Village)+"书记备案", func(field.Date) error {
			f.State = record.FilingCancelled
			f.Note = appended(f.Note, word(s.tx, "post", "reason", s.d.Cause))
			return s.tx.Put(f)
		})
	}
	return err
}

// cases stay open: whoever goes does not settle what was found.
func (s *departing) cases() error {
	all, err := store.Referrers[record.Conduct](s.tx, s.person.ID, "person")
	for _, c := range all {
		if record.ConductOpen(c.State) {
			s.warnings = append(s.warnings, Warning{Message: s.person.Name + "还有负面情形没有办结，请按程序办结。"})
		}
	}
	return err
}
