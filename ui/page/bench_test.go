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
)

// BenchmarkList reads what the list of 20,000 people with a post each shows,
// as happens beside the UI thread whenever the ledger has changed.
func BenchmarkList(b *testing.B) {
	opts := store.Options{Kinds: record.Kinds()}
	path := filepath.Join(b.TempDir(), "大.touyan")
	if err := store.Create(path, sample.OfficeAt(field.City), true, opts); err != nil {
		b.Fatal(err)
	}
	db, err := store.Open(path, opts)
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Stage(context.Background(), "测试", store.Actor{}, func(s *store.Stage) error { return fill(db, s, 20_000) }); err != nil {
		b.Fatal(err)
	}
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
