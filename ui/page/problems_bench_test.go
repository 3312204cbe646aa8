package page

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"

	"touyan/store"
	"touyan/store/check"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/sample"
)

// BenchmarkProblems looks through 20,000 people in the teams of 2,000 villages,
// as happens beside the UI thread whenever the ledger has changed; each of them
// lacks something.
func BenchmarkProblems(b *testing.B) {
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
	if _, err := db.Stage(context.Background(), "测试", store.Actor{}, func(s *store.Stage) error { return fillVillages(db, s, 2000) }); err != nil {
		b.Fatal(err)
	}
	today := field.DateAt(db.Now())
	found := 0
	for b.Loop() {
		err := db.View(func(tx *store.Tx) error {
			all, err := check.Run(tx, today)
			found = len(problemRows(tx, all, ""))
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(found), "found")
}

// fillVillages makes villages of ten people each.
func fillVillages(db *store.DB, s *store.Stage, n int) error {
	kinds := db.Kinds()
	put := func(kind string, rec field.Record) error {
		rec.Header().ID = store.NewID(db.Now())
		return s.Create(kind, kinds.Kind(kind).Take(rec))
	}
	positions := record.TeamPositions()
	for i := range n {
		village := &record.Village{Name: fmt.Sprint("前进嘎查", i), Elected: field.Date{Year: 2021, Month: 3}}
		if err := put("village", village); err != nil {
			return err
		}
		for j := range 10 {
			p := &record.Person{Name: fmt.Sprint("白音巴图", i, "-", j), Sex: "1", Ethnic: "05", Politics: "01",
				Birth: field.Date{Year: 1960 + j*3, Month: 1 + i%12}, Phone: fmt.Sprintf("1540000%04d", i%10000)}
			if err := put("person", p); err != nil {
				return err
			}
			if err := put("post", &record.Post{Person: p.ID, Village: village.ID, Position: positions[j%len(positions)], From: field.Date{Year: 2021, Month: 3}}); err != nil {
				return err
			}
		}
	}
	return nil
}
