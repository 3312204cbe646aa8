package store_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"touyan/store"
)

// Ensure that what waited at the door is in the journal once, at whichever
// moment of the first login the power goes.
func TestDoorIsEmptiedOnce(t *testing.T) {
	db, _ := protected(t)
	path, opts := db.Path(), options()
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if err := store.MarkRestored(path, "昨天的备份", time.Now()); err != nil {
		t.Fatal(err)
	}
	in := func(path string, now func() time.Time) *store.DB {
		t.Helper()
		opts.Now = now
		db, err := store.Open(path, opts)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { db.Close() })
		login(t, db, "苏和", adminWord)
		return db
	}
	folder, cuts := t.TempDir(), 0
	again := in(path, func() time.Time { // the clock is read within every save: what lies there then is what a power cut leaves
		cuts++
		b, err := os.ReadFile(path)
		if err = errors.Join(err, os.WriteFile(filepath.Join(folder, fmt.Sprint(cuts)), b, 0o600)); err != nil {
			t.Error(err)
		}
		return time.Now()
	})
	if err := again.Close(); err != nil {
		t.Fatal(err)
	}
	if cuts < 3 {
		t.Fatalf("%d moments", cuts)
	}
	for cut := range cuts {
		list := ops(t, in(filepath.Join(folder, fmt.Sprint(cut+1)), time.Now))
		if n := len(slices.DeleteFunc(list, func(op string) bool { return op != "恢复备份" })); n != 1 {
			t.Errorf("cut at %d: %d times in the journal", cut+1, n)
		}
	}
}
