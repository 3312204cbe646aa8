package store_test

import (
	"path/filepath"
	"testing"

	"touyan/store"
)

// Ensure that a ledger of every released format opens with its password, tells
// what it told, takes new work and verifies. A format that changes adds a file
// here; none is ever taken out.
func TestOldFormatsOpen(t *testing.T) {
	files, err := filepath.Glob("testdata/format*.touyan")
	if err != nil || len(files) != store.FormatVersion-1 { // the first was never released
		t.Fatal(files, err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "a.touyan")
			copyFile(t, file, path)
			db := open(t, path)
			login(t, db, "苏和", adminWord)
			var people []*person
			var cases []*inquiry
			err := db.View(func(tx *store.Tx) error {
				for p, err := range store.All[person](tx) {
					if err != nil {
						return err
					}
					people = append(people, p)
				}
				for q, err := range store.All[inquiry](tx) {
					if err != nil {
						return err
					}
					cases = append(cases, q)
				}
				return nil
			})
			if err != nil || len(people) != 1 || len(cases) != 1 {
				t.Fatal(people, cases, err)
			}
			if p, q := people[0], cases[0]; p.Phone != "13900001234" || q.Found != "挪用" || *q.Fine != 250000 {
				t.Errorf("%+v, %+v", p, q)
			}
			if v := value(t, db, "village", people[0].Village, "word"); v != "同意" {
				t.Errorf("the village's word: %q", v)
			}
			draft := map[string]string{}
			if found, err := db.Draft("person/", &draft); !found || err != nil || draft["name"] != "斯琴" {
				t.Errorf("draft %v, %v", draft, err)
			}
			put(t, db, &person{Name: "李秀英"})
			if r := verify(t, db); !r.Good() || r.Entries < 8 {
				t.Errorf("%+v", r)
			}
		})
	}
}
