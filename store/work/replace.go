package work

import (
	"slices"
	"strings"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
)

// Replacement is 换人: somebody else takes over what one person held, as when a
// clerk types another name over the 书记.
type Replacement struct {
	Posts     []string      // that change hands; those of one person, 一肩挑 both
	Successor record.Person // with an id: that person; else found in the ledger, or made
	Apart     bool          // make a new person though the ledger has one of the name
	On        field.Date
	Reason    string // why the predecessor left
	Manner    string
	Document  string
	Note, Why string
	Release   bool // the successor leaves the pool, 任用
}

// Replaced is what Replace did.
type Replaced struct {
	Person   string // the successor
	Made     bool   // was not in the ledger before
	Posts    []string
	Warnings []Warning
}

// Check tells what Replace would refuse or warn of, as far as that can be known
// before the successor is in the ledger, and writes nothing.
func (r *Replacement) Check(tx *store.Tx) ([]Warning, error) {
	id, err := r.successor(tx)
	if err != nil {
		return nil, err
	}
	if id == "" {
		l := r.leaving()
		s, err := l.prepare(tx)
		if err != nil {
			return nil, err
		}
		return s.flaws(), nil
	}
	places, err := r.places(tx)
	if err != nil {
		return nil, err
	}
	var out []Warning
	for _, posts := range places {
		a, err := r.appointment(tx, posts, id)
		if err != nil {
			return nil, err
		}
		w, err := a.Check(tx)
		if err != nil {
			return nil, err
		}
		out = append(out, w...)
	}
	return out, nil
}

// Replace ends the posts and gives them to the successor.
func Replace(tx *store.Tx, r Replacement) (done Replaced, err error) {
	if len(r.Posts) == 0 {
		return done, refuse("", "请选择换人的职务。")
	}
	if done.Person, err = r.successor(tx); err != nil {
		return done, err
	}
	if err := r.enter(tx, &done); err != nil {
		return done, err
	}
	places, err := r.places(tx)
	if err != nil {
		return done, err
	}
	for _, posts := range places {
		a, err := r.appointment(tx, posts, done.Person)
		if err != nil {
			return done, err
		}
		id, warnings, err := Appoint(tx, *a)
		if err != nil {
			return done, err
		}
		done.Posts, done.Warnings = append(done.Posts, id), append(done.Warnings, warnings...)
	}
	return done, nil
}

func (r *Replacement) leaving() Leaving {
	return Leaving{Posts: r.Posts, On: r.On, Reason: r.Reason, Why: r.Why}
}

// places are the posts by what the successor gets for them: one post for all
// of one position in a village, as where two rosters brought it twice.
func (r *Replacement) places(tx *store.Tx) (out [][]string, err error) {
	type place struct{ village, position string }
	at := map[place]int{}
	for _, id := range r.Posts {
		p, err := get[record.Post](tx, "post", id, "请选择换人的职务")
		if err != nil {
			return nil, err
		}
		i, known := at[place{p.Village, p.Position}]
		if !known {
			i = len(out)
			at[place{p.Village, p.Position}] = i
			out = append(out, nil)
		}
		out[i] = append(out[i], id)
	}
	return out, nil
}

func (r *Replacement) appointment(tx *store.Tx, posts []string, person string) (*Appointment, error) {
	p, err := get[record.Post](tx, "post", posts[0], "请选择换人的职务")
	if err != nil {
		return nil, err
	}
	return &Appointment{Person: person, Village: p.Village, Position: p.Position, Statutory: handedDown(p), Term: p.Term, From: r.On, Manner: r.Manner,
		Document: r.Document, Note: r.Note, InPlaceOf: posts, Reason: r.Reason, Release: r.Release, Why: r.Why}, nil
}

// successor finds who takes over, "" if the ledger has nobody of the kind.
func (r *Replacement) successor(tx *store.Tx) (string, error) {
	if r.Successor.ID != "" {
		return tx.Canonical(r.Successor.ID), nil
	}
	if r.Successor.Name == "" {
		return "", refuse("name", "请填写接任人的姓名。")
	}
	found, sure, err := Find(tx, &r.Successor)
	switch {
	case err != nil:
		return "", err
	case len(found) == 0 || r.Apart && !sure:
		return "", nil
	case sure:
		return found[0], nil
	}
	var names []string
	for _, id := range found {
		names = append(names, describe(tx, id))
	}
	return "", refuse("name", "台账里已有“%s”，请选定是不是同一个人；不是同一人的，请选“另一个人”，并填上公民身份号码。", strings.Join(names, "”“"))
}

// enter makes the successor, or fills what the ledger does not know of him.
func (r *Replacement) enter(tx *store.Tx, done *Replaced) error {
	p := r.Successor
	p.ID = done.Person
	if done.Person == "" {
		if err := tx.Put(&p); err != nil {
			return err
		}
		done.Person, done.Made = p.ID, true
		return nil
	}
	k := tx.Kinds().Kind("person")
	row, _, err := tx.Row("person", done.Person)
	if err != nil {
		return err
	}
	for i, v := range k.Take(&p).Values {
		if row.Values[i] == "" {
			row.Values[i] = v
		}
	}
	_, err = tx.PutRow("person", row)
	return err
}

// Find looks for somebody in the ledger: sure by equal ID number and name; else
// those of the name whom neither number nor birth tells apart.
func Find(tx *store.Tx, p *record.Person) (ids []string, sure bool, err error) {
	k := tx.Kinds().Kind("person")
	number, name, birth := k.Index("idno"), k.Index("name"), k.Index("birth")
	wanted := k.FoldName(p.Name)
	for row, err := range tx.Rows("person") {
		if err != nil {
			return nil, false, err
		}
		same := k.FoldName(row.Values[name]) == wanted
		if p.IDNo != "" && row.Values[number] == p.IDNo {
			if !same {
				return nil, false, refuse("idno", "公民身份号码与台账里的“%s”相同，姓名却是“%s”：是改名请用更正，是另一人请核对公民身份号码。", row.Values[name], p.Name)
			}
			return []string{row.ID}, true, nil
		}
		born, _ := field.DateOf(row.Values[birth])
		if same && (p.IDNo == "" || row.Values[number] == "") && born.Agrees(p.Birth) {
			ids = append(ids, row.ID)
		}
	}
	slices.Sort(ids)
	return ids, false, nil
}

// describe names a person so that namesakes are told apart: birth, and where
// something is or was held.
func describe(tx *store.Tx, id string) string {
	parts := []string{tx.Name("person", id)}
	if p, err := store.Get[record.Person](tx, id); err == nil && !p.Birth.IsZero() {
		parts = append(parts, p.Birth.Office())
	}
	posts, err := postsOf(tx, id)
	for _, p := range posts {
		if v := tx.Name("village", p.Village); err == nil && !slices.Contains(parts, v) {
			parts = append(parts, v)
		}
	}
	return strings.Join(parts, " ")
}
