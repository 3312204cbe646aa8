package page

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"touyan/store"
	"touyan/store/check"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/ui/grid"
)

// around is what lists say of a record that stands in the records around it:
// what a person holds, who leads a village. It is read in one pass.
type around struct {
	today field.Date
	kinds field.Kinds
	names nameBook

	held map[string][]*record.Post    // by person, the weightiest first; posts that have not ended
	team map[string][]*record.Post    // by village
	pool map[string]*record.Reserve   // by person, who counts as a reserve today
	heir map[string][]*record.Reserve // by village
	who  map[string]*record.Person    // those a list of another kind says more of

	counts map[string]bool // reserves that are in the pool today
}

// derived is a column of a list that is no field of its kind. Key is what it is
// sorted and compared by, empty for the text itself.
type derived struct {
	grid.Column
	personal bool // hidden on a wall, as what it follows from
	of       func(a *around, row field.Row) (text, key string)
}

// derivedColumns are those columns of a kind.
func derivedColumns(kind *field.Kind) []derived {
	text := func(name, label string, width float32, of func(*around, field.Row) string) derived {
		return derived{grid.Column{Name: "holds." + name, Label: label, Type: field.Text, Width: width, Find: true, Lists: true}, false,
			func(a *around, row field.Row) (string, string) { return of(a, row), "" }}
	}
	word := func(name, label string, width float32, of func(*around, field.Row) string) derived {
		b := text(name, label, width, of)
		b.Type, b.Find, b.Lists = field.Code, false, false
		return b
	}
	number := func(name, label string, of func(*around, field.Row) (int, bool)) derived {
		return derived{grid.Column{Name: "holds." + name, Label: label, Type: field.Number, Width: 80}, name == "age",
			func(a *around, row field.Row) (string, string) {
				n, known := of(a, row)
				if !known {
					return "", ""
				}
				return strconv.Itoa(n), strconv.Itoa(n)
			}}
	}
	day := func(name, label string, of func(*around, field.Row) field.Date) derived {
		return derived{grid.Column{Name: "holds." + name, Label: label, Type: field.Day, Width: 104}, false,
			func(a *around, row field.Row) (string, string) { d := of(a, row); return d.Office(), d.String() }}
	}
	switch kind.Name {
	case "person":
		return []derived{
			text("village", headVillage, 144, func(a *around, r field.Row) string { return a.villagesOf(r.ID) }),
			text("position", headPosition, 176, func(a *around, r field.Row) string { return a.positionsOf(r.ID) }),
			number("age", headAge, func(a *around, r field.Row) (int, bool) {
				return dateOf(kind.Value(r, "birth")).Age(a.today)
			}),
			day("since", headSince, func(a *around, r field.Row) field.Date { return since(a.held[r.ID]) }),
			text("filing", headFiling, 128, func(a *around, r field.Row) string { return a.filingOf(r.ID) }),
			word("pool", headPool, 80, func(a *around, r field.Row) string { return yesNo(a.pool[r.ID] != nil) }),
		}
	case "village":
		return []derived{
			text("secretary", headSecretary, 110, func(a *around, r field.Row) string { return a.holders(r.ID, record.Secretary) }),
			text("head", headChair, 110, func(a *around, r field.Row) string { return a.holders(r.ID, record.Head) }),
			word("both", headBoth, 80, func(a *around, r field.Row) string { return a.bothOf(r.ID) }),
			number("team", headTeam, func(a *around, r field.Row) (int, bool) { return a.teamSize(r.ID), true }),
			number("reserves", headReserves, func(a *around, r field.Row) (int, bool) { return len(a.heir[r.ID]), true }),
			day("due", headDue, func(a *around, r field.Row) field.Date { return due(kind, r) }),
		}
	case "post":
		return []derived{
			word("present", headPresent, 80, func(a *around, r field.Row) string { return yesNo(kind.Value(r, "to") == "") }),
		}
	case "reserve":
		return []derived{
			word("pool", viewInPool, 80, func(a *around, r field.Row) string { return yesNo(a.counts[r.ID]) }),
			number("age", headAge, func(a *around, r field.Row) (int, bool) {
				return a.person(kind.Value(r, "person")).Birth.Age(a.today)
			}),
			word("sex", headSex, 64, func(a *around, r field.Row) string { return a.word("sex", a.person(kind.Value(r, "person")).Sex) }),
			word("education", headEducation, 104, func(a *around, r field.Row) string {
				return a.word("education", a.person(kind.Value(r, "person")).Education)
			}),
			text("position", headPosition, 160, func(a *around, r field.Row) string { return a.positionsOf(kind.Value(r, "person")) }),
		}
	}
	return nil
}

// lookAround reads what the columns beside a kind's fields need, nothing for a
// kind that has none.
func lookAround(tx *store.Tx, kind *field.Kind, today field.Date) (*around, error) {
	a := &around{today: today, kinds: tx.Kinds(), names: nameBook{tx: tx, known: map[string]string{}}}
	switch kind.Name {
	case "person", "village":
		return a, errors.Join(a.readPosts(tx), a.readPool(tx))
	case "reserve":
		return a, errors.Join(a.readPosts(tx), a.readPeople(tx))
	}
	return a, nil
}

func (a *around) readPosts(tx *store.Tx) error {
	posts, err := presentPosts(tx)
	a.held, a.team = map[string][]*record.Post{}, map[string][]*record.Post{}
	for _, p := range posts {
		a.held[p.Person] = append(a.held[p.Person], p)
		a.team[p.Village] = append(a.team[p.Village], p)
	}
	return err
}

func (a *around) readPool(tx *store.Tx) error {
	a.pool, a.heir = map[string]*record.Reserve{}, map[string][]*record.Reserve{}
	for r, err := range store.All[record.Reserve](tx) {
		if err != nil {
			return err
		}
		if check.InPool(r, a.today) {
			a.pool[r.Person] = r
			a.heir[r.Village] = append(a.heir[r.Village], r)
		}
	}
	return nil
}

// readPeople keeps those of the pool, whom a list of reserves says more of.
func (a *around) readPeople(tx *store.Tx) error {
	a.who, a.counts = map[string]*record.Person{}, map[string]bool{}
	for r, err := range store.All[record.Reserve](tx) {
		if err != nil {
			return err
		}
		a.counts[r.ID] = check.InPool(r, a.today)
		if p, err := store.Get[record.Person](tx, r.Person); err == nil {
			a.who[r.Person] = p
		}
	}
	return nil
}

func (a *around) person(id string) *record.Person {
	if p := a.who[id]; p != nil {
		return p
	}
	return &record.Person{}
}

// word shows a code of a person's field.
func (a *around) word(name, code string) string { return a.kinds.Kind("person").Field(name).Show(code) }

func (a *around) villagesOf(person string) string {
	return a.list(a.held[person], func(p *record.Post) string { return a.names.show(a.kinds.Kind("post").Field("village"), p.Village) })
}

func (a *around) positionsOf(person string) string {
	return a.list(a.held[person], func(p *record.Post) string { return a.kinds.Kind("post").Field("position").Show(p.Position) })
}

// holders are who holds a position of a village.
func (a *around) holders(village, position string) string {
	posts := slices.DeleteFunc(slices.Clone(a.team[village]), func(p *record.Post) bool { return p.Position != position })
	return a.list(posts, func(p *record.Post) string { return a.names.show(a.kinds.Kind("post").Field("person"), p.Person) })
}

// list joins what posts say, each once.
func (a *around) list(posts []*record.Post, say func(*record.Post) string) string {
	var out []string
	for _, p := range posts {
		if s := say(p); s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return strings.Join(out, "、")
}

// filingOf is what the county said of the weightiest post it files.
func (a *around) filingOf(person string) string {
	for _, p := range a.held[person] {
		if p.Position != record.Secretary && p.Filing == "" {
			continue
		}
		if p.Filing == "" {
			return sayUnfiled
		}
		return strings.TrimSpace(a.kinds.Kind("post").Field("filing").Show(p.Filing) + " " + p.Filed.Office())
	}
	return ""
}

// bothOf tells whether one person is both 书记 and 主任, nothing where one of
// the two is missing.
func (a *around) bothOf(village string) string {
	secretary, head := "", ""
	for _, p := range a.team[village] {
		switch p.Position {
		case record.Secretary:
			secretary = p.Person
		case record.Head:
			head = p.Person
		}
	}
	if secretary == "" || head == "" {
		return ""
	}
	return yesNo(secretary == head)
}

// teamSize counts people, not posts, and nobody sent from outside.
func (a *around) teamSize(village string) int {
	people := map[string]bool{}
	for _, p := range a.team[village] {
		if record.Body(p.Position) != record.Outside {
			people[p.Person] = true
		}
	}
	return len(people)
}

// since is the earliest day from which one of the weightiest posts is held.
func since(posts []*record.Post) field.Date {
	if len(posts) == 0 {
		return field.Date{}
	}
	return posts[0].From
}

// due is the day a village's term ends.
func due(village *field.Kind, row field.Row) field.Date {
	elected := dateOf(village.Value(row, "elected"))
	if elected.IsZero() {
		return elected
	}
	return check.After(elected, 12*check.TermYears)
}

func yesNo(yes bool) string {
	if yes {
		return wordYes
	}
	return wordNo
}

// dateOf is a stored date, none where it cannot be read.
func dateOf(canonical string) field.Date {
	d, _ := field.DateOf(canonical)
	return d
}
