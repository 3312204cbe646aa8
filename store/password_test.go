package store_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"touyan/store"
)

// Ensure that no two users look the same in the list and in the journal.
func TestNamesOfUsers(t *testing.T) {
	db, _ := protected(t)
	for _, name := range []string{"", " ", "苏和", " 苏和 ", "苏和\u200b", "苏\n和", "苏\u202e和"} {
		if err := db.AddUser(t.Context(), name, []store.Role{store.Clerk}, clerkWord); !errors.Is(err, store.ErrName) {
			t.Errorf("%q: %v", name, err)
		}
	}
}

// Ensure that passwords easy to guess are refused and ordinary good ones taken.
func TestPasswords(t *testing.T) {
	for _, bad := range []string{"", "short1", "12345678", "87654321", "abcdefgh", "aaaaaaaa1"[:8], "nomadnomad", "八个汉字没有别的", "白音巴图白音巴图"} {
		if err := store.CheckPassword("白音巴图白音巴图", bad); !errors.Is(err, store.ErrShort) {
			t.Errorf("%q: %v", bad, err)
		}
	}
	for _, good := range []string{"horse-1958", "草原2026年的马", "Red Saddle 7"} {
		if err := store.CheckPassword("苏和", good); err != nil {
			t.Errorf("%q: %v", good, err)
		}
	}
}

// Ensure that the fifth wrong password begins a delay that grows, outlives a
// restart and a clock turned back, and ends with time; and that the journal
// tells of each.
func TestWrongPasswordsWait(t *testing.T) {
	db, _ := protected(t)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 1, 6, 9, 0, 0, 0, time.UTC)
	opts := options()
	opts.Now = func() time.Time { return now }
	reopen := func() {
		var err error
		if db.Close(); err == nil {
			db, err = store.Open(db.Path(), opts)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	reopen()
	id := user(t, db, "苏和")
	wrong := func() error { return db.Unlock(t.Context(), id, "不是这个密码") }
	for range 5 {
		if err := wrong(); !errors.Is(err, store.ErrPassword) {
			t.Fatal(err)
		}
	}
	waits := func() time.Duration {
		t.Helper()
		err := db.Unlock(t.Context(), id, adminWord)
		wait, ok := errors.AsType[*store.WaitError](err)
		if !ok {
			t.Fatalf("let in: %v", err)
		}
		return wait.For
	}
	if got := waits(); got != 30*time.Second {
		t.Errorf("after five: %v", got)
	}
	now = now.Add(20 * time.Second)
	reopen()
	if got := waits(); got != 10*time.Second {
		t.Errorf("after a restart: %v", got)
	}
	now = now.Add(-time.Hour)
	if got := waits(); got != 30*time.Second {
		t.Errorf("after the clock was turned back: %v", got)
	}
	now = now.Add(31 * time.Second)
	if err := wrong(); !errors.Is(err, store.ErrPassword) {
		t.Fatal(err)
	}
	if got := waits(); got != time.Minute {
		t.Errorf("after six: %v", got)
	}
	now = now.Add(2 * time.Minute)
	login(t, db, "苏和", adminWord)
	got := ops(t, db)
	if n := len(slices.DeleteFunc(slices.Clone(got), func(op string) bool { return op != "密码输错" })); n != 6 || !slices.Contains(got, "系统时间被往回拨") {
		t.Errorf("the journal says %v", got)
	}
	err := db.View(func(tx *store.Tx) error {
		for e, err := range tx.Journal() {
			if err != nil {
				return err
			}
			if e.Op == "密码输错" && (e.Who.Name != "" || e.Object != "苏和") {
				t.Errorf("a wrong password for %q is put down to %q", e.Object, e.Who.Name)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Unlock(t.Context(), id, adminWord); err != nil {
		t.Errorf("the next login: %v", err)
	}
	db.Close()
}

// Ensure that a changed password is the one that opens.
func TestChangedPassword(t *testing.T) {
	db, _ := protected(t)
	if err := db.SetPassword(t.Context(), leadWord, clerkWord); !errors.Is(err, store.ErrPassword) {
		t.Errorf("without the old one: %v", err)
	}
	if err := db.SetPassword(t.Context(), adminWord, "1"); !errors.Is(err, store.ErrShort) {
		t.Errorf("too short: %v", err)
	}
	if err := db.SetPassword(t.Context(), adminWord, clerkWord); err != nil {
		t.Fatal(err)
	}
	if err := db.Unlock(t.Context(), user(t, db, "苏和"), adminWord); !errors.Is(err, store.ErrPassword) {
		t.Errorf("the old one: %v", err)
	}
	login(t, db, "苏和", clerkWord)
}
