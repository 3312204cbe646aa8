package work

import (
	"maps"
	"slices"

	"touyan/store"
	"touyan/store/check"
	"touyan/store/field"
	"touyan/store/record"
)

// RecogniseTerm finds the villages whose roster of a new term was taken in as
// posts beside the old team's, or over them, and gives for each the table of
// 换届 that puts it right: TermChange ends the old posts, raises 任职届数, and puts
// back as a post of its own what the roster wrote over. A person accepts it;
// nothing is ended by itself.
func RecogniseTerm(tx *store.Tx) ([]*TermTable, error) {
	open := map[string][]*record.Post{}
	for p, err := range store.All[record.Post](tx) {
		if err != nil {
			return nil, err
		}
		if p.To.IsZero() && check.Elected(p.Position) {
			open[p.Village] = append(open[p.Village], p)
		}
	}
	var out []*TermTable
	for v, err := range store.All[record.Village](tx) {
		if err != nil {
			return nil, err
		}
		t, err := recognise(tx, v, open[v.ID])
		if err != nil {
			return nil, err
		}
		if t != nil {
			out = append(out, t)
		}
	}
	return out, nil
}

// RecogniseTermOf is RecogniseTerm for one village; nil if it has no new team.
func RecogniseTermOf(tx *store.Tx, village string) (*TermTable, error) {
	v, err := theVillage(tx, village, field.Date{})
	if err != nil {
		return nil, err
	}
	posts, err := openTeam(tx, v.ID)
	if err != nil {
		return nil, err
	}
	return recognise(tx, v, posts)
}

func recognise(tx *store.Tx, v *record.Village, open []*record.Post) (*TermTable, error) {
	since, fresh, old := check.NewTeam(open, v.Elected)
	if len(fresh) == 0 {
		return nil, nil
	}
	formers, err := writtenOver(tx, fresh, v.Elected)
	if err != nil || len(old) == 0 && len(formers) == 0 {
		return nil, err
	}
	t := &TermTable{Village: v.ID, Name: v.Name, Was: v.Elected, Elected: since, PartySeats: v.PartySeats, CommitteeSeats: v.CommitteeSeats, Release: true}
	last := slices.Clone(old)
	last = slices.AppendSeq(last, maps.Values(formers))
	if t.Term = termOf(fresh); t.Term == "" || t.Term == termOf(last) {
		t.Term = nextTerm(termOf(last))
	}
	t.pair(tx, fresh, old, formers)
	for _, p := range open {
		if !slices.Contains(fresh, p) && !slices.Contains(old, p) { // came in later
			t.Rows = append(t.Rows, TermRow{Position: p.Position, New: heldBy(tx, p), Manner: record.ByBallotLate})
		}
	}
	t.sort()
	return t, nil
}

// pair puts who came in beside who was there in each position: the same person,
// then whoever is left.
func (t *TermTable) pair(tx *store.Tx, fresh, old []*record.Post, formers map[string]*record.Post) {
	rest := slices.Clone(old)
	take := func(fits func(*record.Post) bool) *Held {
		i := slices.IndexFunc(rest, fits)
		if i < 0 {
			return nil
		}
		h := heldBy(tx, rest[i])
		rest = slices.Delete(rest, i, i+1)
		return h
	}
	rows := make([]TermRow, len(fresh))
	for i, p := range fresh {
		rows[i] = TermRow{Position: p.Position, New: heldBy(tx, p), From: p.From}
		if f := formers[p.ID]; f != nil {
			h := heldBy(tx, f)
			h.Post, h.former = p.ID, f
			rows[i].Old = h
			continue
		}
		rows[i].Old = take(func(q *record.Post) bool { return q.Position == p.Position && q.Person == p.Person })
	}
	for i, p := range fresh {
		if rows[i].Old == nil {
			rows[i].Old = take(func(q *record.Post) bool {
				again := slices.ContainsFunc(fresh, func(n *record.Post) bool { return n.Position == q.Position && n.Person == q.Person })
				return q.Position == p.Position && !again
			})
		}
	}
	for _, q := range rest {
		rows = append(rows, TermRow{Position: q.Position, Old: heldBy(tx, q), From: t.Elected})
	}
	t.Rows = append(t.Rows, rows...)
}

// writtenOver finds, for posts of the new team, those that were posts of the
// last term until their 任职时间 was written over: as they were, without id.
func writtenOver(tx *store.Tx, fresh []*record.Post, elected field.Date) (map[string]*record.Post, error) {
	out := map[string]*record.Post{}
	k := tx.Kinds().Kind("post")
	for _, p := range fresh {
		row := k.Take(p)
		for past, err := range tx.History("post", p.ID) {
			if err != nil {
				return nil, err
			}
			if past.ID != p.ID || past.Created {
				continue
			}
			for _, c := range past.Cells {
				if i := k.Index(c.Name); i >= 0 {
					row.Values[i] = c.Was
				}
			}
			was, err := field.DateOf(k.Value(row, "from"))
			if err != nil || !ofLastTerm(was, p.From, elected) {
				continue
			}
			former := new(record.Post)
			row.ID = ""
			k.Fill(former, row)
			out[p.ID] = former
			break
		}
	}
	return out, nil
}

// ofLastTerm reports whether a date tells a post of the term before: not later
// than the last election, or, where none is known, two years earlier and more.
func ofLastTerm(was, now, elected field.Date) bool {
	if was.IsZero() || !was.Before(now) {
		return false
	}
	if elected.IsZero() {
		return was.Year+2 <= now.Year
	}
	return !elected.Before(was)
}
