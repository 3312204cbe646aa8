package store_test

import (
	"path/filepath"
	"slices"
	"testing"
	"time"

	"touyan/store"
)

// Ensure that an old copy of the file put in its place shows on this machine,
// and so does one whose journal was cut; a backup put back as such does not, but
// stands in the journal.
func TestOldFilePutBackShows(t *testing.T) {
	opts := options()
	opts.Anchors = filepath.Join(t.TempDir(), "anchors")
	path := filepath.Join(t.TempDir(), "a.touyan")
	if err := store.Create(path, township, false, opts); err != nil {
		t.Fatal(err)
	}
	reopen := func() *store.DB {
		db, err := store.Open(path, opts)
		if err != nil {
			t.Fatal(err)
		}
		return db
	}
	db := reopen()
	if _, err := db.Protect(t.Context(), "苏和", store.Roles, adminWord); err != nil {
		t.Fatal(err)
	}
	put(t, db, &person{Name: "白音巴图"})
	db.Close()
	old := path + ".old"
	copyFile(t, path, old)
	db = reopen()
	login(t, db, "苏和", adminWord)
	put(t, db, &person{Name: "李秀英"})
	db.Close()

	db = reopen()
	login(t, db, "苏和", adminWord)
	if got := db.Findings(); len(got) > 0 {
		t.Errorf("of the file itself: %v", got)
	}
	db.Close()
	copyFile(t, old, path)
	db = reopen()
	login(t, db, "苏和", adminWord)
	if got := db.Findings(); len(got) != 1 || got[0].What != store.Rollback {
		t.Errorf("of the old file: %v", got)
	}
	if got := ops(t, db); !slices.Contains(got, "发现台账异常") {
		t.Errorf("the journal: %v", got)
	}
	put(t, db, &person{Name: "斯琴"})
	put(t, db, &person{Name: "那木拉"})
	put(t, db, &person{Name: "其其格"})
	db.Close()

	copyFile(t, old, path)
	if err := store.MarkRestored(path, "2026-01-05 0915", time.Now()); err != nil {
		t.Fatal(err)
	}
	before := db.Path()
	db = reopen()
	login(t, db, "苏和", adminWord)
	if got := db.Findings(); len(got) > 0 {
		t.Errorf("of a backup put back: %v", got)
	}
	if got := ops(t, db); !slices.Contains(got, "恢复备份") || before != db.Path() {
		t.Errorf("the journal: %v", got)
	}
	db.Close()
}
