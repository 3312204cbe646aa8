package page

import (
	"slices"
	"strings"
	"time"

	"touyan/store"
	"touyan/store/exchange"
	"touyan/store/field"
	"touyan/store/work"
	"touyan/ui/find"
)

// side is what a person takes for a cell of which two offices say different
// things; for a question it is the first or the second answer.
type side int

const (
	undecided side = iota
	ours           // what the ledger shows
	theirs
	another // neither: a value typed here
)

// choice is what a person chose for a point. It is nothing until it has a side.
type choice struct {
	side      side
	value     string // canonical, what is to stand
	text      string // in words, of a value typed or picked here
	why       string
	replacing *work.Replacement // of a question answered 换人
}

// point is one line of a matter: a cell in dispute, one that differs and needs
// nobody's word, or a question only a person can answer.
type point struct {
	key      string // the same after the book is planned again
	label    string
	dispute  *exchange.Dispute
	taken    *exchange.Taken
	question *question
	choice
}

// asks reports a point that waits for a person.
func (p *point) asks() bool { return p.taken == nil }

func (p *point) open() bool { return p.asks() && p.side == undecided }

// field is that of the cell; nil for a question and for cells of the program.
func (p *point) field() *field.Field {
	switch {
	case p.dispute != nil:
		return p.dispute.Field
	case p.taken != nil:
		return p.taken.Field
	}
	return nil
}

// ownWord is what the first side is called: a value this office never wrote is
// not 本级.
func (p *point) ownWord() string {
	if p.dispute != nil && !p.dispute.Shown.Own {
		return wordShown
	}
	return wordOwn
}

// words are what the answers are called.
func (p *point) words() []string {
	if p.question != nil {
		return p.question.words[:]
	}
	return []string{p.ownWord(), wordTheirs, doChangeTo}
}

// office is the other side's name.
func (p *point) office() string {
	if p.dispute == nil {
		return ""
	}
	for _, o := range p.dispute.Others {
		if !o.Own {
			return o.Origin.Name
		}
	}
	return ""
}

// set decides for a side whose value is clear; false where it is not.
func (p *point) set(s side, why string) bool {
	c := choice{side: s, why: why}
	switch {
	case p.dispute == nil:
		return false
	case s == ours:
		c.value = p.dispute.Shown.Value
	case s == theirs && len(p.dispute.Others) == 1:
		c.value = p.dispute.Others[0].Value
	default:
		return false
	}
	p.choice = c
	return true
}

// matter is a record and all that is said of it differently.
type matter struct {
	key         string
	name, place string
	points      []*point
}

// counts tells how many points there are, and how many wait.
func (m *matter) counts() (all, open int) {
	for _, p := range m.points {
		if p.open() {
			open++
		}
	}
	return len(m.points), open
}

// found reports a matter that a text is about, by characters, pinyin or
// initials.
func (m *matter) found(r *find.Reader, parts []find.Part) bool {
	texts := []find.Word{r.Word(m.name), r.Word(m.place)}
	for _, p := range m.points {
		texts = append(texts, r.Word(p.label))
	}
	for _, part := range parts {
		if !slices.ContainsFunc(texts, func(w find.Word) bool { return r.Matches(w, part) }) {
			return false
		}
	}
	return true
}

// gathering puts points together by record.
type gathering struct {
	tx      *store.Tx
	matters []*matter
	at      map[string]*matter
}

func gather(tx *store.Tx) *gathering { return &gathering{tx: tx, at: map[string]*matter{}} }

// of is the matter of a record, made where there is none.
func (g *gathering) of(kind *field.Kind, id, name string) (*matter, error) {
	key := keyOfRecord(kind, id)
	if m := g.at[key]; m != nil {
		return m, nil
	}
	m := &matter{key: key, name: name}
	if kind != nil && kind.Name == "person" {
		posts, err := postsOf(g.tx, id)
		if err != nil {
			return nil, err
		}
		var places []string
		for _, p := range posts {
			if v := g.tx.Name("village", p.Village); !slices.Contains(places, v) {
				places = append(places, v)
			}
		}
		m.place = strings.Join(places, "、")
	} else if kind != nil {
		m.place = kind.Label
	}
	g.at[key] = m
	g.matters = append(g.matters, m)
	return m, nil
}

func keyOfRecord(kind *field.Kind, id string) string {
	if kind == nil { // of a newer program
		return id
	}
	return kind.Name + " " + id
}

// add adds conflicts, in their order.
func (g *gathering) add(disputes []exchange.Dispute) error {
	for i := range disputes {
		d := &disputes[i]
		m, err := g.of(d.Kind, d.Conflict.Record, d.Name)
		if err != nil {
			return err
		}
		m.points = append(m.points, &point{key: d.Conflict.ID, label: d.Label, dispute: d})
	}
	return nil
}

// keepChoices gives points the choices made before, where what was seen then is what
// is there now. It counts those that are not.
func keepChoices(now, before []*matter) (lost int) {
	chosen := map[string]*point{}
	for _, m := range before {
		for _, p := range m.points {
			if p.side != undecided {
				chosen[p.key] = p
			}
		}
	}
	for _, m := range now {
		for _, p := range m.points {
			was := chosen[p.key]
			if was == nil {
				continue
			}
			delete(chosen, p.key)
			if p.dispute != nil && !sameVersions(p.dispute, was.dispute) {
				lost++
				continue
			}
			p.choice = was.choice
		}
	}
	return lost + len(chosen)
}

// sameVersions reports that nothing else stands in a cell than when it was
// looked at.
func sameVersions(a, b *exchange.Dispute) bool {
	if b == nil {
		return false
	}
	return slices.EqualFunc(a.Conflict.Versions, b.Conflict.Versions, func(v, w store.Version) bool { return v.Dot == w.Dot && v.Value == w.Value })
}

// tallyOf counts the points that were decided and those that wait.
func tallyOf(matters []*matter) (decided, open int) {
	for _, m := range matters {
		for _, p := range m.points {
			switch {
			case !p.asks():
			case p.open():
				open++
			default:
				decided++
			}
		}
	}
	return decided, open
}

func or(text, nothing string) string {
	if text == "" {
		return nothing
	}
	return text
}

// saidBy tells who wrote a value, when, and in which book. This office is not
// called by its name.
func saidBy(s exchange.Saying, now time.Time) string {
	o := s.Origin
	if s.Own {
		o.Name = wordOwn
	}
	var parts []string
	for _, p := range []string{o.Name, o.Who} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	if !o.At.IsZero() {
		parts = append(parts, sayWhen(o.At, now))
	}
	if o.Book != "" {
		parts = append(parts, "《"+o.Book+"》")
	}
	return or(strings.Join(parts, " "), sayUnknown)
}
