package work

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
)

// Warning is a rule a step breaks, or something it leaves open. The step goes
// through all the same.
type Warning struct {
	Field   string // of the step's main record, empty: the step as a whole
	Message string // a sentence
	Flaw    string // 程序瑕疵, as it is marked on the post; empty: nothing is
}

// RowError is a refusal that is about one row of a TermTable.
type RowError struct {
	Row int // from 1
	Err error
}

// Error is the refusal's sentence.
func (e *RowError) Error() string { return e.Err.Error() }

// Unwrap is the refusal.
func (e *RowError) Unwrap() error { return e.Err }

func refuse(field_, format string, args ...any) error {
	return &field.Problem{Field: field_, Message: fmt.Sprintf(format, args...)}
}

// marked adds flaws to what is already marked on a post.
func marked(flaw string, warnings []Warning, why string) string {
	var parts []string
	for _, w := range warnings {
		if w.Flaw != "" && !strings.Contains(flaw, w.Flaw) {
			parts = append(parts, w.Flaw)
		}
	}
	if len(parts) == 0 {
		return flaw
	}
	now := strings.Join(parts, "；")
	if why != "" {
		now += "（原因：" + why + "）"
	}
	if flaw != "" {
		return flaw + "；" + now
	}
	return now
}

// theVillage is a village that is there on a day.
func theVillage(tx *store.Tx, id string, on field.Date) (*record.Village, error) {
	v, err := get[record.Village](tx, "village", id, "请选择嘎查村")
	if err != nil {
		return nil, err
	}
	if !v.To.IsZero() && v.To.Before(on) {
		return nil, refuse("village", "%s已于%s撤并，之后不能再有任职，请核对日期或另选嘎查村。", v.Name, v.To.Office())
	}
	return v, nil
}

func thePerson(tx *store.Tx, id string) (*record.Person, error) {
	return get[record.Person](tx, "person", id, "请选择人员")
}

// get reads a record that must be there and count.
func get[T any, P interface {
	*T
	field.Record
}](tx *store.Tx, name, id, empty string) (P, error) {
	if id == "" {
		return nil, refuse(name, "%s。", empty)
	}
	rec, err := store.Get[T, P](tx, id)
	label := tx.Kinds().Kind(name).Label
	switch {
	case errors.Is(err, store.ErrNoRecord):
		return nil, refuse(name, "台账里没有这条%s记录，它可能刚被合并或撤销，请重新选择。", label)
	case err != nil:
		return nil, err
	case rec.Header().Void != "":
		return nil, refuse(name, "这条%s记录已经作废（%s），请重新选择。", label, rec.Header().Void)
	}
	return rec, nil
}

func postsAt(tx *store.Tx, village string) ([]*record.Post, error) {
	return store.Referrers[record.Post](tx, village, "village")
}

func postsOf(tx *store.Tx, person string) ([]*record.Post, error) {
	return store.Referrers[record.Post](tx, person, "person")
}

// Open lists what somebody holds and is in the pool for: what leaving for good
// (去世, 迁出, 调离, 退休) closes.
func Open(tx *store.Tx, person string) (posts []*record.Post, reserves []*record.Reserve, err error) {
	all, err := postsOf(tx, person)
	if err != nil {
		return nil, nil, err
	}
	for _, p := range all {
		if p.To.IsZero() {
			posts = append(posts, p)
		}
	}
	pool, err := store.Referrers[record.Reserve](tx, person, "person")
	for _, r := range pool {
		if waits(r) {
			reserves = append(reserves, r)
		}
	}
	return posts, reserves, err
}

// waits reports an entry of the pool, or a clue to one, that is not closed.
func waits(r *record.Reserve) bool { return r.Left.IsZero() && !record.Gone(r.State) }

// overlap reports whether two posts were held at once on some day.
func overlap(a, b *record.Post) bool {
	before := func(x, y *record.Post) bool { return !x.To.IsZero() && !y.From.Before(x.To) && !y.From.IsZero() }
	return !before(a, b) && !before(b, a)
}

// word shows a code of a kind's field in office words.
func word(tx *store.Tx, kind, name, code string) string {
	return tx.Kinds().Kind(kind).Field(name).Show(code)
}

// byPerson are the lawful types that tell how one person came to a post: 聘用,
// 选派, 乡镇干部兼任, 主持工作.
var byPerson = []string{"3", "4", "8", "9"}

// handedDown is the lawful type a post has for whoever follows in it, empty if
// it was the holder's own.
func handedDown(p *record.Post) string {
	if slices.Contains(byPerson, p.Statutory) && record.Statutory(p.Position) != "" {
		return ""
	}
	return p.Statutory
}

func position(tx *store.Tx, code string) string { return word(tx, "post", "position", code) }

func joinWords(list []string) string { return strings.Join(list, "、") }
