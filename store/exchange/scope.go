package exchange

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
)

// scope is which records a book to an office holds: all of the sender's for a
// higher office or its own second laptop, those of the villages below it for a
// lower one. Offices above the sender are theirs to speak of and stay out.
type scope struct {
	offices  map[string]bool // ids the book may speak of
	villages map[string]bool // nil: all
	people   map[string]bool // nil: all
	wholes   map[string]bool // ids of records others are lines of; used where villages is not nil
	own      map[string]bool // fields that offices added; nil: all
}

func scopeOf(tx *store.Tx, to store.Office) (*scope, error) {
	s := &scope{offices: map[string]bool{}}
	root := store.OfficeID(tx.Office().Code)
	down := to.Code != "" && to.Level != field.NoLevel && to.Level < tx.Office().Level
	if down {
		root = store.OfficeID(to.Code)
		for o, err := range store.All[record.Office](tx) {
			if err != nil {
				return nil, err
			}
			if o.Code == to.Code {
				root = o.ID
			}
		}
	}
	if err := s.below(tx, root); err != nil || !down {
		return s, err
	}
	if err := s.narrowOwn(tx, to); err != nil {
		return s, err
	}
	return s, s.narrow(tx)
}

// below collects an office and all under it.
func (s *scope) below(tx *store.Tx, root string) error {
	children := map[string][]string{}
	for o, err := range store.All[record.Office](tx) {
		if err != nil {
			return err
		}
		children[o.Parent] = append(children[o.Parent], o.ID)
	}
	todo := []string{tx.Canonical(root)}
	for len(todo) > 0 {
		id := todo[0]
		todo = todo[1:]
		if !s.offices[id] {
			s.offices[id] = true
			todo = append(todo, children[id]...)
		}
	}
	return nil
}

// narrow keeps the villages of the offices and the people who hold or may hold
// something there. A village voided is still theirs to hear of; one that was
// taken back with a book it came from is as if we had never heard of it, and
// those below it keep theirs.
func (s *scope) narrow(tx *store.Tx) error {
	s.villages, s.people = map[string]bool{}, map[string]bool{}
	k := tx.Kinds().Kind("village")
	for row, err := range tx.EveryRow(k.Name) {
		if err != nil {
			return err
		}
		s.villages[row.ID] = s.offices[k.Value(row, "office")] && row.Void != store.TakenBack
	}
	return s.linked(tx)
}

// only keeps one village, its office, and the people who hold or may hold
// something there, of what an addressee may have at all.
func (s *scope) only(tx *store.Tx, village string) error {
	v, err := store.Get[record.Village](tx, village)
	if err != nil {
		return err
	}
	may := s.villages == nil || s.villages[v.ID]
	s.villages, s.people = map[string]bool{v.ID: may}, map[string]bool{}
	s.offices = map[string]bool{v.Office: may && s.offices[v.Office]}
	return s.linked(tx)
}

// linked collects the people of the villages.
func (s *scope) linked(tx *store.Tx) error {
	for _, k := range tx.Kinds() {
		if k.Index("village") < 0 || k.Index("person") < 0 {
			continue
		}
		for row, err := range tx.EveryRow(k.Name) {
			if err != nil {
				return err
			}
			if s.villages[k.Value(row, "village")] {
				s.people[k.Value(row, "person")] = true
			}
		}
	}
	return s.whole(tx)
}

// whole collects the records in the scope that others are lines of.
func (s *scope) whole(tx *store.Tx) error {
	s.wholes = map[string]bool{}
	targets := map[string]bool{}
	for _, k := range tx.Kinds() {
		for i := range k.Fields {
			if k.Fields[i].Part {
				targets[k.Fields[i].Target] = true
			}
		}
	}
	for _, k := range tx.Kinds() {
		if !targets[k.Name] || k.Name == "person" || k.Name == "village" {
			continue
		}
		for row, err := range tx.EveryRow(k.Name) {
			if err != nil {
				return err
			}
			s.wholes[row.ID] = s.has(k, row)
		}
	}
	return nil
}

// scopeOfOrder is scopeOf for what an order asks to be written.
func scopeOfOrder(tx *store.Tx, o Order) (*scope, error) {
	s, err := scopeOf(tx, o.To)
	if err != nil || o.Village == "" {
		return s, err
	}
	return s, s.only(tx, o.Village)
}

// Holds tells which records a book would speak of: those of the kinds its forms
// show that its addressee may have.
func Holds(tx *store.Tx, o Order) (func(kind, id string) (bool, error), error) {
	s, err := scopeOfOrder(tx, o)
	if err != nil {
		return nil, err
	}
	shows, err := kindsOf(tx.Kinds(), o.Forms)
	if err != nil {
		return nil, err
	}
	kinds := map[string]bool{}
	for _, of := range shows {
		for _, k := range of {
			kinds[k] = true
		}
	}
	return func(kind, id string) (bool, error) {
		if !kinds[kind] {
			return false, nil
		}
		row, ok, err := tx.Row(kind, id)
		return ok && err == nil && s.has(tx.Kinds().Kind(kind), row), err
	}, nil
}

func (s *scope) has(k *field.Kind, row field.Row) bool {
	switch {
	case k.Name == "office":
		return s.offices[row.ID]
	case k.Name == "request":
		return s.offices[k.Value(row, "office")]
	case k.Own != nil:
		return s.own == nil || s.own[row.ID]
	case s.villages == nil:
		return true
	case k.Name == "village":
		return s.villages[row.ID]
	case k.Name == "person":
		return s.people[row.ID]
	}
	for _, of := range []struct {
		field string
		ids   map[string]bool
	}{{"village", s.villages}, {"person", s.people}, {"office", s.offices}} {
		if id := k.Value(row, of.field); id != "" {
			return of.ids[id]
		}
	}
	for i := range k.Fields {
		if k.Fields[i].Part {
			return s.wholes[k.Value(row, k.Fields[i].Name)]
		}
	}
	return k.Index("village") < 0 && k.Index("person") < 0
}

// Addressee finds the office a word means: the code of one over or under us, a
// level (the nearest office of it), parent or own.
func Addressee(tx *store.Tx, word string) (store.Office, error) {
	own := tx.Office()
	levels := map[string]field.Level{"township": field.Township, "county": field.County, "city": field.City}
	level, isLevel := levels[word]
	switch {
	case word == "own":
		return own, nil
	case word == "parent":
		if own.Level >= field.City {
			return own, fmt.Errorf("本级已是最高一级，没有上级可报；请写明收件单位的区划代码")
		}
		return above(tx, own, own.Level+1)
	case isLevel && level > own.Level:
		return above(tx, own, level)
	case isLevel && level == own.Level:
		return own, nil
	case isLevel:
		return own, fmt.Errorf("下级单位不止一个，请写明收件单位的区划代码")
	}
	if strings.Trim(word, "0123456789") != "" || word == "" {
		return own, fmt.Errorf("“%s”不是区划代码；收件单位请写代码，或 parent、own、county、city", word)
	}
	return coded(tx, own, word)
}

// coded is the office of a code, which must stand over us or under us: a book
// for anybody else would hold what is none of theirs, or nothing at all. Those
// over us need no record, for our own code begins with theirs (GB/T 2260).
func coded(tx *store.Tx, own store.Office, code string) (store.Office, error) {
	if stem(code) == stem(own.Code) {
		return own, nil
	}
	to, id, err := known(tx, store.Office{Code: code, Name: code, Level: levelOfCode(code)})
	if err != nil {
		return own, err
	}
	overUs := len(stem(code)) >= 2 && strings.HasPrefix(stem(own.Code), stem(code))
	underUs := id != "" && strings.HasPrefix(stem(code), stem(own.Code))
	if overUs || underUs {
		return to, nil
	}
	if id != "" {
		_, ownID, err := known(tx, own)
		if err != nil {
			return own, err
		}
		if over, err := leads(tx, id, ownID); err != nil || over {
			return to, err
		}
		if under, err := leads(tx, ownID, id); err != nil || under {
			return to, err
		}
	}
	return own, fmt.Errorf("台账里没有代码为%s的上级或下级单位，请核对收件单位代码", code)
}

// leads reports whether an office stands over another by the ledger's records.
func leads(tx *store.Tx, over, under string) (bool, error) {
	if over == "" || under == "" {
		return false, nil
	}
	s := &scope{offices: map[string]bool{}}
	err := s.below(tx, over)
	return s.offices[under], err
}

// stem is a code without the zeros that only fill it up to its length: 1504 of
// 150400, 150426201 of 150426201000.
func stem(code string) string {
	switch len(code) {
	case 12:
		return strings.TrimSuffix(code, "000")
	case 6:
		for len(code) > 2 && strings.HasSuffix(code, "00") {
			code = code[:len(code)-2]
		}
	}
	return code
}

// above is the office of a level over ours: by the ledger's records if they
// tell, else by the first digits of our code (GB/T 2260).
func above(tx *store.Tx, own store.Office, level field.Level) (store.Office, error) {
	digits := map[field.Level]int{field.County: 6, field.City: 4}[level]
	code := own.Code
	if len(code) > digits {
		code = code[:digits]
	}
	to, _, err := known(tx, store.Office{Code: code, Name: map[field.Level]string{field.County: "旗县区党委组织部", field.City: "市委组织部"}[level], Level: level})
	return to, err
}

// known fills an office in from the ledger's record of it; id is empty if there
// is none.
func known(tx *store.Tx, to store.Office) (_ store.Office, id string, err error) {
	for o, err := range store.All[record.Office](tx) {
		if err != nil {
			return to, "", err
		}
		if o.Code != "" && stem(o.Code) == stem(to.Code) {
			to.Name, to.Code = o.Name, o.Code
			if n := slices.Index([]string{"", "1", "2", "3"}, o.Level); n > 0 {
				to.Level = field.Level(n)
			}
			return to, o.ID, nil
		}
	}
	return to, "", nil
}

func levelOfCode(code string) field.Level {
	switch {
	case len(code) > 6:
		return field.Township
	case len(code) == 6 && !strings.HasSuffix(code, "00"):
		return field.County
	}
	return field.City
}

// Addressees are the offices a book may be for: those over ours, the nearest
// first, and those under ours that the ledger knows, by their codes.
func Addressees(tx *store.Tx) (over, under []store.Office, err error) {
	own := tx.Office()
	for level := own.Level + 1; level <= field.City; level++ {
		o, err := above(tx, own, level)
		if err != nil {
			return nil, nil, err
		}
		over = append(over, o)
	}
	s := &scope{offices: map[string]bool{}}
	if err := s.below(tx, store.OfficeID(own.Code)); err != nil {
		return nil, nil, err
	}
	for o, err := range store.All[record.Office](tx) {
		if err != nil {
			return nil, nil, err
		}
		level := levelOfCode(o.Code)
		if n := slices.Index([]string{"", "1", "2", "3"}, o.Level); n > 0 {
			level = field.Level(n)
		}
		ours := s.offices[o.ID] || strings.HasPrefix(stem(o.Code), stem(own.Code)) // it reported before anybody said what it is under
		if ours && o.Code != "" && stem(o.Code) != stem(own.Code) && level < own.Level {
			under = append(under, store.Office{Code: o.Code, Name: o.Name, Level: level})
		}
	}
	slices.SortFunc(under, func(a, b store.Office) int {
		return cmp.Or(-cmp.Compare(a.Level, b.Level), cmp.Compare(a.Code, b.Code))
	})
	return over, under, nil
}
