//go:build linux

package store_test

import (
	"errors"
	"os"
	"testing"

	"touyan/store"
)

// Ensure that where the first pages of the file are gone under the program, as
// when a stick is pulled, nobody waits for ever: reading and saving answer, again
// and again, and go on once the file is back.
func TestNobodyWaitsForAFileThatIsGone(t *testing.T) {
	for what, first := range map[string]func(*store.DB) error{
		"reading": func(db *store.DB) error { return db.View(discard) },
		"saving":  func(db *store.DB) error { return save(db, "乙") },
		"a draft": func(db *store.DB) error { return db.KeepDraft("person/1", "x") },
		"a batch": func(db *store.DB) error {
			_, err := stagePeople(db, 3, func(*store.Stage) error { return nil })
			return err
		},
		"compacting": func(db *store.DB) error { return db.Compact(t.Context()) },
	} {
		t.Run(what, func(t *testing.T) {
			db, _ := protected(t)
			put(t, db, &person{Name: "甲"})
			whole, err := os.ReadFile(db.Path())
			ok(t, err)
			ok(t, os.Truncate(db.Path(), 0))
			for range 2 {
				if err := first(db); err == nil {
					t.Error("done, on a file that is gone")
				}
				if err := db.View(discard); err == nil {
					t.Error("read, from a file that is gone")
				}
				if err := save(db, "丙"); err == nil {
					t.Error("saved, into a file that is gone")
				}
			}
			db.Lock()
			if err := db.Unlock(t.Context(), user(t, db, "苏和"), adminWord); err == nil {
				t.Error("unlocked, without a file")
			}
			ok(t, os.WriteFile(db.Path(), whole, 0o600))
			if _, _, err := db.Settle(); err != nil && !errors.Is(err, store.ErrLocked) {
				t.Errorf("settled: %v", err)
			}
			login(t, db, "苏和", adminWord)
			ok(t, save(db, "丁"))
			if n := count(t, db, "person"); n != 2 || !verify(t, db).Good() {
				t.Errorf("%d people, %v", n, verify(t, db).Findings)
			}
		})
	}
}
