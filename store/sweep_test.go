package store_test

import (
	"os"
	"path/filepath"
	"testing"

	"touyan/store"
)

// halfDone is a file as a power cut in the middle of a batch leaves it: records
// of a batch of every class lie in it, and the batch was never finished.
func halfDone(t *testing.T) (path string) {
	t.Helper()
	db, _ := protected(t)
	addUser(t, db, "管理", clerkWord, store.Admin)
	addUser(t, db, "经办", leadWord, store.Clerk)
	v := &village{Name: "前进嘎查"}
	put(t, db, v)
	path = filepath.Join(t.TempDir(), "half.touyan")
	k := kinds.Kind("case")
	_, err := db.Stage(t.Context(), "导入", clerk, func(s *store.Stage) error {
		for range 6_000 {
			row := k.Take(&inquiry{Name: "饲草款", Found: "挪用"})
			row.ID = store.NewID(db.Now())
			if err := s.Create("case", row); err != nil {
				return err
			}
		}
		p := kinds.Kind("person").Take(&person{Name: "白音巴图", Village: v.ID})
		p.ID = store.NewID(db.Now())
		if err := s.Create("person", p); err != nil {
			return err
		}
		b, err := os.ReadFile(db.Path())
		if err != nil {
			return err
		}
		return os.WriteFile(path, b, 0o600)
	})
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// Ensure that what a broken off batch left in the file is never taken for
// records, whoever comes in next: somebody without a key for any record, one
// without a key for all of it, or all at once.
func TestBrokenOffBatchNeverCounts(t *testing.T) {
	half := halfDone(t)
	for _, first := range [][2]string{{"管理", clerkWord}, {"经办", leadWord}, {"苏和", adminWord}} {
		t.Run(first[0], func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "a.touyan")
			copyFile(t, half, path)
			db := open(t, path)
			login(t, db, first[0], first[1])
			if err := db.Note("打印", "花名册", "", clerk); err != nil {
				t.Fatal(err)
			}
			login(t, db, "苏和", adminWord)
			if n := count(t, db, "case"); n != 0 {
				t.Errorf("%d records of a batch nobody finished", n)
			}
			if r := verify(t, db); !r.Good() {
				t.Errorf("%v", r.Findings)
			}
			if _, err := stagePeople(db, 10, func(*store.Stage) error { return nil }); err != nil {
				t.Error(err)
			}
			if n := count(t, db, "person"); n != 10 {
				t.Errorf("%d people after the next batch", n)
			}
		})
	}
}

func count(t testing.TB, db *store.DB, kind string) (n int) {
	t.Helper()
	err := db.View(func(tx *store.Tx) error {
		for _, err := range tx.EveryRow(kind) {
			if err != nil {
				return err
			}
			n++
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}
