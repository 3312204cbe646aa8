package page

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/sample"

	"fyne.io/fyne/v2/test"
)

// BenchmarkList reads what the list of 20,000 people with a post each shows,
// with what their posts and the pool tell of them, as happens beside the UI thread whenever the ledger has changed.
func BenchmarkList(b *testing.B) {
	db := manyPeople(b)
	l := &List{desk: &Desk{DB: db}, kind: db.Kinds().Kind("person")}
	l.slots = slotsOf(l.kind)
	for b.Loop() {
		err := db.View(func(tx *store.Tx) error {
			rows, err := l.rows(tx, map[string]field.Row{})
			if len(rows) != 20_000 {
				return fmt.Errorf("%d rows", len(rows))
			}
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

// manyPeople is a ledger of 20,000 people with a post each.
func manyPeople(b *testing.B) *store.DB {
	opts := store.Options{Kinds: record.Kinds()}
	path := filepath.Join(b.TempDir(), "大.touyan")
	if err := store.Create(path, sample.OfficeAt(field.City), true, opts); err != nil {
		b.Fatal(err)
	}
	db, err := store.Open(path, opts)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	if _, err := db.Stage(context.Background(), "测试", store.Actor{}, func(s *store.Stage) error { return fill(db, s, 20_000) }); err != nil {
		b.Fatal(err)
	}
	return db
}

func fill(db *store.DB, s *store.Stage, n int) error {
	kinds := db.Kinds()
	put := func(kind string, rec field.Record) error {
		rec.Header().ID = store.NewID(db.Now())
		return s.Create(kind, kinds.Kind(kind).Take(rec))
	}
	village := &record.Village{Name: "前进嘎查"}
	if err := put("village", village); err != nil {
		return err
	}
	for i := range n {
		p := &record.Person{Name: fmt.Sprint("白音巴图", i), Sex: "1", Ethnic: "05", Politics: "01",
			Birth: field.Date{Year: 1960 + i%40, Month: 1 + i%12}, Phone: fmt.Sprintf("1540000%04d", i%10000), Native: "前进嘎查"}
		if err := put("person", p); err != nil {
			return err
		}
		if err := put("post", &record.Post{Person: p.ID, Village: village.ID, Position: record.Secretary}); err != nil {
			return err
		}
	}
	return nil
}

// BenchmarkSurround works out for 20,000 people what their posts and the pool
// tell of them, beside the reading of the people themselves.
func BenchmarkSurround(b *testing.B) {
	db := manyPeople(b)
	kind := db.Kinds().Kind("person")
	for b.Loop() {
		err := db.View(func(tx *store.Tx) error {
			s, err := surround(tx, kind, field.Date{Year: 2026, Month: 3, Day: 2}, veil{})
			if err == nil && len(s.by) < 20_000 {
				err = fmt.Errorf("%d people", len(s.by))
			}
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkForesee shows one cell of 20,000 people as it will be, which happens
// on the UI thread with each cell typed.
func BenchmarkForesee(b *testing.B) {
	test.NewTempApp(b)
	db := manyPeople(b)
	window := test.NewTempWindow(b, nil)
	d := NewDesk(db, store.Actor{}, window)
	d.Post = func(func()) {}
	l := NewList(d, db.Kinds().Kind("person"))
	if err := db.View(func(tx *store.Tx) (err error) {
		l.values = map[string]field.Row{}
		l.all, err = l.rows(tx, l.values)
		return err
	}); err != nil {
		b.Fatal(err)
	}
	l.refill()
	cells := map[string]map[string]string{l.all[100].ID: {"skill": "养蜂"}}
	for b.Loop() {
		l.foresee(cells)
	}
}
