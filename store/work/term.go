package work

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"touyan/store"
	"touyan/store/check"
	"touyan/store/field"
	"touyan/store/record"
)

// TermTable is 换届 of one village on one table: the old team beside the new,
// party organisation first, then 村委会, then 村监委.
type TermTable struct {
	Village        string
	Name           string     // of the village
	Was            field.Date // the last election the ledger knows of
	Elected        field.Date // to be filled in
	Term           string     // 届 of the new team
	PartySeats     *int64     // 应配
	CommitteeSeats *int64
	Rows           []TermRow
	Release        bool   // who is elected out of the pool leaves it, 任用
	Why            string // why a rule was broken, for the mark
}

// TermRow is one place in the team: who held it and who holds it now.
type TermRow struct {
	Position  string
	Old       *Held  // nil: nobody held it
	New       *Held  // nil: nobody holds it now
	Reason    string // why the old one left; empty: 换届离任
	Where     string // 去向 of the old one, noted on the post that ends
	From      field.Date
	Term      string
	Statutory string
	Manner    string // empty: 换届选举
	Document  string
}

// Held is one side of a row.
type Held struct {
	Person string         // id; empty where Make is to be made
	Make   *record.Person // on the new side: somebody the ledger lacks
	Post   string         // the post. On the new side only if the ledger has it already, brought by a roster
	Name   string
	From   field.Date
	Term   string
	Terms  *int64

	former *record.Post // on the old side: what a roster of the new term wrote over
}

// Word is what becomes of a row's place: 连任, 新任, 离任, 空缺, or 离任、新任 where
// one follows another.
func (r *TermRow) Word() string {
	switch {
	case r.Old == nil && r.New == nil:
		return "空缺"
	case r.New == nil:
		return "离任"
	case r.Old == nil:
		return "新任"
	case r.again():
		return "连任"
	}
	return "离任、新任"
}

// again reports whether the same person goes on.
func (r *TermRow) again() bool {
	return r.Old != nil && r.New != nil && r.New.Person != "" && r.Old.Person == r.New.Person
}

// Count tells the rows of a table by what becomes of them.
func (t *TermTable) Count() (again, fresh, gone, vacant int) {
	for i := range t.Rows {
		r := &t.Rows[i]
		switch {
		case r.again():
			again++
		case r.Old == nil && r.New == nil:
			vacant++
		default:
			if r.New != nil {
				fresh++
			}
			if r.Old != nil {
				gone++
			}
		}
	}
	return again, fresh, gone, vacant
}

// ProposeTerm makes the table to fill in: everybody in an elected post as 连任,
// who only stands in (主持工作) as leaving, and a row for every seat that is not
// held.
func ProposeTerm(tx *store.Tx, village string) (*TermTable, error) {
	v, err := theVillage(tx, village, field.Date{})
	if err != nil {
		return nil, err
	}
	posts, err := openTeam(tx, v.ID)
	if err != nil {
		return nil, err
	}
	t := &TermTable{Village: v.ID, Name: v.Name, Was: v.Elected, Term: nextTerm(termOf(posts)), PartySeats: v.PartySeats, CommitteeSeats: v.CommitteeSeats, Release: true}
	for _, p := range posts {
		r := TermRow{Position: p.Position, Old: heldBy(tx, p), Statutory: handedDown(p)}
		if next := nextTerm(p.Term); next != t.Term {
			r.Term = next
		}
		if !acting(p.Position) && p.Person != "" {
			r.New = &Held{Person: p.Person, Name: r.Old.Name}
		}
		t.Rows = append(t.Rows, r)
	}
	t.vacancies()
	return t, nil
}

// openTeam are the elected posts of a village that have not ended, in the order
// of the table.
func openTeam(tx *store.Tx, village string) ([]*record.Post, error) {
	all, err := postsAt(tx, village)
	if err != nil {
		return nil, err
	}
	posts := slices.DeleteFunc(all, func(p *record.Post) bool { return !p.To.IsZero() || !check.Elected(p.Position) })
	slices.SortFunc(posts, func(a, b *record.Post) int {
		return cmp.Or(cmp.Compare(a.Position, b.Position), cmp.Compare(a.ID, b.ID))
	})
	return posts, nil
}

func heldBy(tx *store.Tx, p *record.Post) *Held {
	return &Held{Person: p.Person, Post: p.ID, Name: tx.Name("person", p.Person), From: p.From, Term: p.Term, Terms: p.Terms}
}

// vacancies adds a row for 书记 and 主任 where there is none, and for every seat
// of the two committees that is left.
func (t *TermTable) vacancies() {
	taken := map[record.Organ]int64{}
	has := map[string]bool{}
	for _, r := range t.Rows {
		if !acting(r.Position) {
			taken[record.Body(r.Position)]++
			has[r.Position] = true
		}
	}
	add := func(position string) {
		taken[record.Body(position)]++
		t.Rows = append(t.Rows, TermRow{Position: position})
	}
	for _, position := range []string{record.Secretary, record.Head} {
		if !has[position] {
			add(position)
		}
	}
	for _, seat := range []struct {
		seats    *int64
		position string
	}{{t.PartySeats, record.PartyCommitteeMember}, {t.CommitteeSeats, record.VillageCommitteeMember}} {
		for seat.seats != nil && taken[record.Body(seat.position)] < *seat.seats {
			add(seat.position)
		}
	}
	t.sort()
}

func (t *TermTable) sort() {
	slices.SortStableFunc(t.Rows, func(a, b TermRow) int { return cmp.Compare(a.Position, b.Position) })
}

// lastTerm is more terms than any village will see; a larger number is none of
// a term.
const lastTerm = 999

var termNumber = regexp.MustCompile(`^(第?)([0-9]+|[一二三四五六七八九十]+)(届.*)$`)

// nextTerm is the 届 after one: 第十二届 after 第十一届. Empty if it does not tell.
func nextTerm(term string) string {
	m := termNumber.FindStringSubmatch(field.Tidy(term))
	if m == nil {
		return ""
	}
	if n, err := strconv.Atoi(m[2]); err == nil {
		if n > lastTerm {
			return ""
		}
		return m[1] + strconv.Itoa(n+1) + m[3]
	}
	n := fromChinese(m[2])
	if n == 0 || toChinese(n+1) == "" {
		return ""
	}
	return m[1] + toChinese(n+1) + m[3]
}

const digits = "一二三四五六七八九"

// fromChinese reads a number up to 九十九, 0 if it is none.
func fromChinese(s string) int {
	tens, ones, has := strings.Cut(s, "十")
	if !has {
		tens, ones = "", s
	}
	digit := func(s string) int {
		if len([]rune(s)) != 1 {
			return 0
		}
		i := strings.Index(digits, s)
		return i/len("一") + 1
	}
	n := 0
	if has {
		n = 10
		if tens != "" {
			n = 10 * digit(tens)
		}
	}
	if ones != "" {
		n += digit(ones)
	}
	if toChinese(n) != s {
		return 0
	}
	return n
}

func toChinese(n int) string {
	r := []rune(digits)
	if n < 1 || n > 99 {
		return ""
	}
	s := ""
	if n >= 20 {
		s = string(r[n/10-1])
	}
	if n >= 10 {
		s += "十"
	}
	if n%10 > 0 {
		s += string(r[n%10-1])
	}
	return s
}
