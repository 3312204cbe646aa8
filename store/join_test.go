package store_test

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"time"

	"touyan/store"
	"touyan/store/field"

	"pgregory.net/rapid"
)

// letter is what goes from one office to another, perhaps much later: whole
// records, and by themselves the cells that say which are one.
type letter struct {
	rows, same map[string]store.State
	facts      map[string]*fact
}

type past struct {
	t       *rapid.T
	sites   []*site
	records []string
	letters []letter
	values  int
	parted  bool
}

func newPast(t *rapid.T) *past {
	dir, err := os.MkdirTemp("", "past")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	p := &past{t: t}
	offices := []store.Office{township, county, {Code: "1504", Name: "某市", Level: field.City}}
	for i, o := range offices[:rapid.IntRange(2, 3).Draw(t, "offices")] {
		path := filepath.Join(dir, fmt.Sprint(i, ".touyan"))
		if err := store.Create(path, o, false, options()); err != nil {
			t.Fatal(err)
		}
		db, err := store.Open(path, options())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { db.Close() })
		p.sites = append(p.sites, &site{db: db, known: map[string]*fact{}})
	}
	return p
}

func (p *past) do(s *site, f func(*store.Tx) error) (seq uint64) {
	err := s.db.Do("做", clerk, func(tx *store.Tx) error { seq = tx.Seq(); return f(tx) })
	if err != nil {
		p.t.Fatal(err)
	}
	return seq
}

func (p *past) view(s *site, f func(*store.Tx) error) {
	if err := s.db.View(f); err != nil {
		p.t.Fatal(err)
	}
}

func (p *past) site() *site { return p.sites[rapid.IntRange(0, len(p.sites)-1).Draw(p.t, "office")] }

// heard are the records an office knows.
func (p *past) heard(s *site) []string {
	return slices.DeleteFunc(slices.Clone(p.records), func(id string) bool { return s.known[id] == nil })
}

func (p *past) value() string { p.values++; return fmt.Sprintf("139%08d", p.values) }

// create writes one record or, in one operation, several.
func (p *past) create() {
	s := p.site()
	made := rapid.IntRange(1, 9).Draw(p.t, "made") // the smallest id need not be the first known
	phones := rapid.SliceOfN(rapid.Bool(), 1, 3).Draw(p.t, "with phone")
	p.do(s, func(tx *store.Tx) error {
		for _, with := range phones {
			rec := &person{Head: field.Head{ID: store.DerivedID(time.UnixMilli(int64(made)), fmt.Sprint(len(p.records)))}, Name: "甲"}
			if with {
				rec.Phone = p.value()
			}
			if err := tx.Put(rec); err != nil {
				return err
			}
			p.records = append(p.records, rec.ID)
			s.known[rec.ID] = &fact{record: rec.ID}
			if rec.Phone != "" {
				s.known[rec.Phone] = &fact{record: rec.ID, value: rec.Phone}
			}
		}
		return nil
	})
}

// edit writes over what the office shows, or decides between all it holds.
func (p *past) edit() {
	s := p.site()
	heard := p.heard(s)
	if len(heard) == 0 {
		return
	}
	id, v := rapid.SampledFrom(heard).Draw(p.t, "record"), p.value()
	f, decide := &fact{record: s.one()[id], value: v}, rapid.Bool().Draw(p.t, "decide")
	p.do(s, func(tx *store.Tx) error {
		row, _, err := tx.Row("person", id)
		if err != nil {
			return err
		}
		phone := kinds.Kind("person").Index("phone")
		if decide {
			f.saw = s.over(s.standing(id)...)
			return tx.Decide("person", id, "phone", v)
		}
		if shown := row.Values[phone]; shown != "" {
			f.saw = s.over(shown)
		}
		row.Values[phone] = v
		_, err = tx.PutRow("person", row)
		return err
	})
	s.known[v] = f
	var row field.Row
	p.view(s, func(tx *store.Tx) (err error) { row, _, err = tx.Row("person", id); return err })
	if kinds.Kind("person").Value(row, "phone") != v {
		p.t.Fatalf("wrote %s, shown is %+v", v, row)
	}
}

// join finds two records to be one.
func (p *past) join() {
	s := p.site()
	heard := p.heard(s)
	if len(heard) < 2 {
		return
	}
	a, b := rapid.SampledFrom(heard).Draw(p.t, "one"), rapid.SampledFrom(heard).Draw(p.t, "other")
	one := s.one()
	keep, alias := min(one[a], one[b]), max(one[a], one[b])
	if keep == alias {
		return
	}
	f := &fact{record: alias, value: keep, same: true, saw: map[string]bool{}}
	for key, g := range s.known {
		if g.same && g.record == alias {
			f.saw[key] = true
		}
	}
	key := fmt.Sprint(alias, " is ", keep, slices.Sorted(maps.Keys(f.saw)))
	seq := p.do(s, func(tx *store.Tx) error { return tx.Same("person", a, b) })
	s.known[key] = f
	if len(f.saw) == 0 {
		s.found = append(s.found, finding{seq: seq, key: key, alias: alias})
	}
}

// part takes a joining back.
func (p *past) part() {
	s := p.site()
	if len(s.found) == 0 {
		return
	}
	i := rapid.IntRange(0, len(s.found)-1).Draw(p.t, "finding")
	f := s.found[i]
	if _, err := s.db.Undo(f.seq, clerk, false); errors.Is(err, store.ErrLater) {
		return
	} else if err != nil {
		p.t.Fatal(err)
	}
	s.found = slices.Delete(s.found, i, i+1)
	p.parted = true
	if !f.sent {
		delete(s.known, f.key)
		return
	}
	no := &fact{record: f.alias, same: true, saw: map[string]bool{}}
	for key, g := range s.known {
		if g.same && g.record == f.alias {
			no.saw[key] = true
		}
	}
	s.known[fmt.Sprint(f.key, " is not, ", len(p.letters), p.values, len(s.known))] = no
}

// write draws a letter with some or all records of an office.
func (p *past) write(s *site, all bool) letter {
	l := letter{map[string]store.State{}, map[string]store.State{}, map[string]*fact{}}
	left := map[string]bool{}
	for _, id := range p.heard(s) {
		left[id] = !all && rapid.IntRange(0, 3).Draw(p.t, "leave out") == 0
	}
	p.do(s, func(tx *store.Tx) error {
		tx.NoteSent(store.Sent{})
		for row, err := range tx.EveryRow("person") {
			if err != nil {
				return err
			}
			if left[row.ID] {
				continue
			}
			if l.rows[row.ID], _, err = tx.State("person", row.ID); err != nil {
				return err
			}
			delete(l.rows[row.ID], store.SameCell)
			for _, id := range append([]string{row.ID}, tx.Aliases(row.ID)...) {
				cell, err := tx.OwnCell("person", id, store.SameCell)
				if err != nil {
					return err
				}
				if len(cell) > 0 {
					l.same[id] = store.State{store.SameCell: cell}
				}
			}
		}
		return nil
	})
	for i := range s.found {
		s.found[i].sent = true
	}
	one := s.one()
	for key, f := range s.known {
		if l.rows[one[f.record]] != nil {
			l.facts[key] = f
		}
	}
	return l
}

// read takes a letter in as merging a book does: a record that is one with
// another here comes in under that one's id.
func (p *past) read(s *site, l letter) {
	p.do(s, func(tx *store.Tx) error {
		rows := map[string]store.State{}
		for id, state := range l.rows {
			to := tx.Canonical(id)
			if rows[to] == nil {
				rows[to] = store.State{}
			}
			for name, cell := range state {
				rows[to][name] = append(rows[to][name], cell.In(id)...)
			}
		}
		for _, part := range []map[string]store.State{rows, l.same} {
			for _, id := range slices.Sorted(maps.Keys(part)) {
				if _, err := tx.JoinState("person", id, part[id]); err != nil {
					return err
				}
				if out, err := tx.TryJoin("person", id, part[id]); err != nil || out.Changed {
					return fmt.Errorf("the second time: %+v, %w", out, err)
				}
			}
		}
		return nil
	})
	maps.Copy(s.known, l.facts)
}

func (p *past) live(most int) {
	p.create()
	for range rapid.IntRange(1, most).Draw(p.t, "steps") {
		switch rapid.IntRange(0, 9).Draw(p.t, "step") {
		case 0:
			if len(p.records) < 4 { // few, so that much happens to each
				p.create()
			}
		case 1, 2:
			p.edit()
		case 3, 4:
			p.join()
		case 5:
			p.part()
		case 6:
			p.letters = append(p.letters, p.write(p.site(), false))
		default:
			if len(p.letters) > 0 {
				p.read(p.site(), rapid.SampledFrom(p.letters).Draw(p.t, "letter"))
			}
		}
		if !p.parted {
			p.holds("on the way")
		}
	}
}

// holds checks that every office holds just what nobody replaced.
func (p *past) holds(when string) {
	for i, s := range p.sites {
		one := s.one()
		for _, id := range p.heard(s) {
			var canonical string
			p.view(s, func(tx *store.Tx) error { canonical = tx.Canonical(id); return nil })
			if canonical != one[id] {
				p.t.Fatalf("%s, office %d: %s goes under %s, want %s", when, i, id, canonical, one[id])
			}
			var got []string
			for _, v := range p.cell(s, id) {
				got = append(got, v.Value)
			}
			slices.Sort(got)
			if want := s.standing(id); !slices.Equal(got, want) {
				p.t.Fatalf("%s, office %d, %s: holds %v, want %v", when, i, id, got, want)
			}
		}
	}
}

// Ensure that whatever is written, joined, taken apart and exchanged, in
// whatever order, all offices end with the same values under the same stamps;
// that nothing is lost which no later writer of the record saw; and that
// nothing comes back which one did see.
func TestJoinedRecordsLoseNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := newPast(t)
		p.live(40)
		for range 3 {
			for _, from := range p.sites {
				l := p.write(from, true)
				for _, to := range p.sites {
					p.read(to, l)
				}
			}
		}
		p.holds("in the end")
		for _, id := range p.records {
			first := p.cell(p.sites[0], id)
			for _, s := range p.sites[1:] {
				if got := p.cell(s, id); !reflect.DeepEqual(got, first) {
					t.Fatalf("%s:\n%+v\n%+v", id, got, first)
				}
			}
		}
	})
}

func (p *past) cell(s *site, id string) (c store.Cell) {
	p.view(s, func(tx *store.Tx) error {
		state, _, err := tx.State("person", id)
		c = state["phone"]
		return err
	})
	return c
}
