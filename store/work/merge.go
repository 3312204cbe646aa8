package work

import (
	"slices"
	"strings"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
)

// Merging is 撤并: villages become one. The old ones stay, closed on the day, so
// that earlier years show them; the pool goes over, and of the posts those that
// go on.
type Merging struct {
	From   []string // villages that end
	Into   string   // the village that goes on
	On     field.Date
	Carry  []string // posts that go on in it; the others end, 村撤并
	Why    string
	Rename string // a new name of the village that goes on, empty: as before
}

// Check tells what Merge would refuse or warn of, and writes nothing.
func (m *Merging) Check(tx *store.Tx) ([]Warning, error) {
	s, err := m.prepare(tx)
	if err != nil {
		return nil, err
	}
	return s.warnings, nil
}

// Merge closes the old villages.
func Merge(tx *store.Tx, m Merging) ([]Warning, error) {
	s, err := m.prepare(tx)
	if err != nil {
		return nil, err
	}
	if m.Why != "" {
		tx.NoteWhy(m.Why)
	}
	if m.Rename != "" {
		s.into.Former, s.into.Name = formerNames(s.into.Former, s.into.Name), m.Rename
	}
	for _, v := range s.from {
		if err := s.move(v); err != nil {
			return nil, err
		}
	}
	return s.warnings, tx.Put(s.into)
}

// merging is a Merging held against the ledger.
type merging struct {
	tx       *store.Tx
	m        *Merging
	into     *record.Village
	from     []*record.Village
	warnings []Warning
}

func (m *Merging) prepare(tx *store.Tx) (*merging, error) {
	s := &merging{tx: tx, m: m}
	var err error
	switch {
	case m.On.IsZero():
		return nil, refuse("to", "请填写撤并日期。")
	case len(m.From) == 0:
		return nil, refuse("village", "请选择撤并的嘎查村。")
	}
	if s.into, err = theVillage(tx, m.Into, m.On); err != nil {
		return nil, err
	}
	for _, id := range m.From {
		v, err := theVillage(tx, id, m.On)
		if err != nil {
			return nil, err
		}
		if v.ID == s.into.ID {
			return nil, refuse("village", "%s不能并入自己，请重新选择。", v.Name)
		}
		if !v.To.IsZero() {
			return nil, refuse("village", "%s已于%s撤并，请重新选择。", v.Name, v.To.Office())
		}
		s.from = append(s.from, v)
	}
	return s, s.warn()
}

// warn tells who of the old teams goes on nowhere, and where two would hold what
// only one can.
func (s *merging) warn() error {
	leads := 0
	for _, v := range append(slices.Clone(s.from), s.into) {
		posts, err := postsAt(s.tx, v.ID)
		if err != nil {
			return err
		}
		for _, p := range posts {
			goesOn := v == s.into || slices.Contains(s.m.Carry, p.ID)
			if p.To.IsZero() && p.Position == record.Secretary && goesOn {
				leads++
			}
			if p.To.IsZero() && !goesOn && p.Statutory == record.ElectedPost {
				s.warnings = append(s.warnings, Warning{Field: "village", Message: s.tx.Name("person", p.Person) + "的" + v.Name + position(s.tx, p.Position) + "随撤并结束，请按程序公告。"})
			}
		}
	}
	switch {
	case leads == 0:
		s.warnings = append(s.warnings, Warning{Message: "撤并以后" + s.into.Name + "没有党组织书记，请尽快选配。"})
	case leads > 1:
		s.warnings = append(s.warnings, Warning{Message: "撤并以后" + s.into.Name + "有两名以上党组织书记，请只留一名继续任职。"})
	}
	return nil
}

// move closes one village and takes over what goes on.
func (s *merging) move(v *record.Village) error {
	posts, err := postsAt(s.tx, v.ID)
	if err != nil {
		return err
	}
	for _, p := range posts {
		if !p.To.IsZero() {
			continue
		}
		if slices.Contains(s.m.Carry, p.ID) {
			if err := s.carry(p); err != nil {
				return err
			}
		}
		p.To, p.Reason = s.m.On, "15" // 村撤并
		if err := s.tx.Put(p); err != nil {
			return err
		}
	}
	if err := s.others(v); err != nil {
		return err
	}
	s.into.Former = formerNames(s.into.Former, v.Name)
	for _, n := range []struct{ to, from **int64 }{{&s.into.Households, &v.Households}, {&s.into.Population, &v.Population}, {&s.into.Members, &v.Members}} {
		if *n.to != nil && *n.from != nil {
			sum := **n.to + **n.from
			*n.to = &sum
		}
	}
	v.To = s.m.On
	v.Note = appended(v.Note, "并入"+s.into.Name)
	return s.tx.Put(v)
}

// carry begins the post anew in the village that goes on; since when it is held
// stays with it.
func (s *merging) carry(p *record.Post) error {
	next := *p
	next.Head = field.Head{}
	next.Village, next.From = s.into.ID, s.m.On
	if next.First.IsZero() {
		next.First = p.From
	}
	return s.tx.Put(&next)
}

// others moves the pool, and those of 乡招村用 and 在外人才.
func (s *merging) others(v *record.Village) error {
	pool, err := store.Referrers[record.Reserve](s.tx, v.ID, "village")
	if err != nil {
		return err
	}
	for _, r := range pool {
		if waits(r) {
			r.Village = s.into.ID
			if err := s.tx.Put(r); err != nil {
				return err
			}
		}
	}
	hires, err := store.Referrers[record.Hire](s.tx, v.ID, "village")
	if err != nil {
		return err
	}
	for _, h := range hires {
		if !record.HireGone(h.State) {
			h.Village = s.into.ID
			if err := s.tx.Put(h); err != nil {
				return err
			}
		}
	}
	away, err := store.Referrers[record.Away](s.tx, v.ID, "village")
	for _, a := range away {
		a.Village = s.into.ID
		if err := s.tx.Put(a); err != nil {
			return err
		}
	}
	return err
}

// formerNames adds a name to those a village had.
func formerNames(former, name string) string {
	list := strings.FieldsFunc(former, func(r rune) bool { return r == '、' })
	if !slices.Contains(list, name) {
		list = append(list, name)
	}
	return strings.Join(list, "、")
}

// Rename gives a village another name (更名) and keeps the one before. Its record
// stays, and all that refers to it.
func Rename(tx *store.Tx, village, name string, on field.Date, why string) error {
	v, err := theVillage(tx, village, on)
	if err != nil {
		return err
	}
	name = field.TidyName(name)
	switch {
	case name == "" || name == v.Name:
		return refuse("name", "请填写新的村名。")
	case on.IsZero():
		return refuse("from", "请填写更名日期。")
	}
	for other, err := range store.All[record.Village](tx) {
		if err != nil {
			return err
		}
		if other.ID != v.ID && other.Office == v.Office && other.To.IsZero() && other.Name == name {
			return refuse("name", "已经有一个%s，请核对；要合成一个村的，请办撤并。", name)
		}
	}
	if why != "" {
		tx.NoteWhy(why)
	}
	v.Former = formerNames(v.Former, v.Name)
	v.Note = appended(v.Note, on.Office()+"由"+v.Name+"更名")
	v.Name = name
	return tx.Put(v)
}
