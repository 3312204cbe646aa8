package levels

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"time"

	"touyan/store"
	"touyan/store/exchange"
	"touyan/store/field"
	"touyan/store/record"
)

// Counts is what happened in histories.
type Counts struct{ Histories, Books, HandEdits, Merges, Conflicts, Decisions, Undos, Joins, Parts, Voids, Rounds int }

// Add sums two counts.
func (c *Counts) Add(o Counts) {
	c.Histories += o.Histories
	c.Books += o.Books
	c.HandEdits += o.HandEdits
	c.Merges += o.Merges
	c.Conflicts += o.Conflicts
	c.Decisions += o.Decisions
	c.Undos += o.Undos
	c.Joins += o.Joins
	c.Parts += o.Parts
	c.Voids += o.Voids
	c.Rounds += o.Rounds
}

// office is one ledger with the offices over and under it. A second laptop is
// one too, under that of its own office.
type office struct {
	store.Office
	db     *store.DB
	over   *office
	under  []*office
	places []string // names of the villages of it and of those under it
}

// book is a workbook that somebody has.
type book struct {
	path string
	from *office
	to   *office
	hand map[string]bool // values typed into it by hand

	doubtful bool // it has rows that a merge asks about
}

// world is the offices and the books between them.
type world struct {
	ctx     context.Context
	dir     string
	rng     *rand.Rand
	at      time.Time
	offices []*office // the city first, then the counties, then the townships
	books   []book
	typed   map[string]bool // values somebody entered that some ledger took in
	counts  Counts
}

var clerk = store.Actor{Name: "张敏"}

// Play lives through the history of a seed in a folder of its own, and returns
// what happened; an error says which promise was broken, and how.
func Play(ctx context.Context, dir string, seed uint64, steps int) (Counts, error) {
	w := &world{ctx: ctx, dir: dir, rng: rand.New(rand.NewPCG(seed, 15)), at: time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC), typed: map[string]bool{}}
	defer func() {
		for _, o := range w.offices {
			o.db.Close()
		}
	}()
	if err := w.found(seed%4 == 0); err != nil {
		return w.counts, fmt.Errorf("seed %d: found the offices: %w", seed, err)
	}
	for n := range steps {
		if err := w.step(); err != nil {
			return w.counts, fmt.Errorf("seed %d, step %d: %w", seed, n, err)
		}
	}
	if err := w.end(); err != nil {
		return w.counts, fmt.Errorf("seed %d, after %d steps: %w", seed, steps, err)
	}
	w.counts.Histories = 1
	return w.counts, ctx.Err()
}

// now counts minutes, so that no two things happen at once.
func (w *world) now() time.Time {
	w.at = w.at.Add(time.Minute)
	return w.at
}

// found makes the offices, and people in every village of every township. One
// history in four has all of them, the others a county with two townships: they
// are lived through faster, and books meet more often. In one of three some
// office has a second laptop, which begins with nothing.
func (w *world) found(all bool) error {
	city, err := w.office(store.Office{Code: "1504", Name: "霞岭市", Level: field.City}, nil)
	if err != nil {
		return err
	}
	counties, townships := []string{"云杉旗"}, 2
	if all {
		counties, townships = []string{"云杉旗", "丹枫旗"}, 3
	}
	for i, name := range counties {
		county, err := w.office(store.Office{Code: fmt.Sprint("15042", 6+i), Name: name, Level: field.County}, city)
		if err != nil {
			return err
		}
		for n := range townships - i {
			name := fmt.Sprintf("%c%c苏木", []rune("云丹")[i], []rune("东西北")[n])
			t, err := w.office(store.Office{Code: fmt.Sprint(county.Code, 201+n), Name: name, Level: field.Township}, county)
			if err != nil {
				return err
			}
			if err := w.settle(t, 100*i+10*n); err != nil {
				return err
			}
		}
	}
	if w.pick(3) > 0 {
		return nil
	}
	first := w.anyOffice()
	laptop, err := w.office(first.Office, first)
	if err == nil {
		laptop.places = first.places
	}
	return err
}

// office makes the ledger of an office, or of its second laptop if the one over
// it is its own.
func (w *world) office(o store.Office, over *office) (*office, error) {
	machine := fmt.Sprint(o.Code, "-", len(w.offices))
	path := filepath.Join(w.dir, machine+".touyan")
	opts := store.Options{Kinds: record.Kinds(), Machine: machine, Now: w.now}
	if err := store.Create(path, o, false, opts); err != nil {
		return nil, err
	}
	db, err := store.Open(path, opts)
	if err != nil {
		return nil, err
	}
	one := &office{Office: o, db: db, over: over}
	w.offices = append(w.offices, one)
	if over != nil {
		over.under = append(over.under, one)
	}
	if over != nil && over.Code == o.Code {
		over = over.over
	}
	return one, one.do(func(tx *store.Tx) error {
		r := &record.Office{Head: field.Head{ID: store.OfficeID(o.Code)}, Code: o.Code, Name: o.Name, Level: fmt.Sprint(int(o.Level))}
		if over != nil {
			r.Parent = store.OfficeID(over.Code)
			above := &record.Office{Head: field.Head{ID: r.Parent}, Code: over.Code, Name: over.Name, Level: fmt.Sprint(int(over.Level))}
			if err := tx.Put(above); err != nil {
				return err
			}
		}
		return tx.Put(r)
	})
}

// settle gives a township a village with two people who hold something there.
func (w *world) settle(t *office, n int) error {
	place := t.Name + "嘎查"
	for o := t; o != nil; o = o.over {
		o.places = append(o.places, place)
	}
	return t.do(func(tx *store.Tx) error {
		v := &record.Village{Office: store.OfficeID(t.Code), Name: place}
		if err := tx.Put(v); err != nil {
			return err
		}
		for i, name := range []string{"书记", "主任"} {
			p := &record.Person{Name: place + name, IDNo: field.CompleteID(fmt.Sprintf("150499%04d0305%03d", 1960+n%40, 100+n+i)), Sex: "1", Ethnic: "01"}
			p.Birth = field.Date{Year: 1960 + n%40, Month: 3}
			if (100+n+i)%2 == 0 {
				p.Sex = "2"
			}
			if err := tx.Put(p); err != nil {
				return err
			}
			post := &record.Post{Person: p.ID, Village: v.ID, Position: []string{record.Secretary, record.Head}[i], Term: place, From: field.Date{Year: 2021, Month: 1}}
			if err := tx.Put(post); err != nil {
				return err
			}
		}
		return nil
	})
}

func (o *office) do(f func(*store.Tx) error) error { return o.db.Do("录入", clerk, f) }

// kinds are those the books of histories hold: what stands empty costs time.
var kinds = []string{"office", "village", "person", "post", "custom"}

// send writes registers for an office.
func (w *world) send(from, to *office) (book, error) {
	forms, err := exchange.Registers(from.db.Kinds(), kinds)
	if err != nil {
		return book{}, err
	}
	b := book{path: filepath.Join(w.dir, fmt.Sprint("book", len(w.books), ".xlsx")), from: from, to: to}
	w.books = append(w.books, b)
	w.counts.Books++
	_, err = exchange.Send(w.ctx, from.db, clerk, b.path, exchange.Order{To: to.Office, Forms: forms, AsOf: field.Date{Year: 2026}}, nil)
	return b, err
}

// merge takes a book in at an office.
func (w *world) merge(b book, at *office) (exchange.Report, error) {
	w.counts.Merges++
	opened, err := exchange.Open(w.ctx, at.db, b.path, exchange.Options{})
	if err != nil {
		return exchange.Report{}, err
	}
	var plan *exchange.Plan
	if err := at.db.View(func(tx *store.Tx) (err error) {
		plan, err = opened.Plan(w.ctx, tx)
		return err
	}); err != nil {
		return exchange.Report{}, err
	}
	r, err := exchange.Apply(w.ctx, at.db, clerk, plan, nil)
	for v := range b.hand {
		w.typed[v] = true
	}
	w.counts.Conflicts += r.Conflicts
	return r, err
}
