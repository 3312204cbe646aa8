package store_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"touyan/store"

	"go.etcd.io/bbolt"
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

// Ensure that who has the file and no key makes up no entry of the journal, ends
// no delay before its time for good, and does not make an old file pass unseen
// for one put back: what lies in the clear is told as no more than it is.
func TestDoorIsNotTrusted(t *testing.T) {
	db, _ := protected(t)
	addUser(t, db, "负责", leadWord, store.Lead)
	seq := batch(t, db)
	path := db.Path()
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	write := func(door string) {
		rawLedger(t, path, func(tx *bbolt.Tx) error { return tx.Bucket([]byte("door")).Put([]byte("door"), []byte(door)) })
	}
	write(`{"wrong":-1000}`)
	opts := options()
	opts.Now = func() time.Time { return time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC) }
	db, err := store.Open(path, opts)
	if err != nil {
		t.Fatal(err)
	}
	for range 5 {
		if err := db.Unlock(t.Context(), user(t, db, "苏和"), "不是这个密码"); !errors.Is(err, store.ErrPassword) {
			t.Fatal(err)
		}
	}
	if _, waits := errors.AsType[*store.WaitError](db.Unlock(t.Context(), user(t, db, "苏和"), adminWord)); !waits {
		t.Error("nobody waits after five wrong passwords")
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	write(fmt.Sprintf(`{"restored":true,"events":[{"op":%q,"object":"B%d"},{"op":"密码输错","object":%q}]}`, store.OpApprove, seq, strings.Repeat("长", 5000)))
	db = open(t, path)
	login(t, db, "苏和", adminWord)
	err = db.View(func(tx *store.Tx) error {
		approved, err := tx.Approvals()
		if len(approved) > 0 {
			t.Error("approved by nobody")
		}
		for e, err := range tx.Journal() {
			if err == nil && len(e.Object) > 1000 {
				t.Errorf("an entry of %d bytes", len(e.Object))
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	list := ops(t, db)
	for _, op := range []string{"恢复备份", "登录前的记录被人改动", "密码输错"} {
		if !slices.Contains(list, op) {
			t.Errorf("no %s in %v", op, list)
		}
	}
}

// Ensure that a copy put back is told of though wrong passwords have filled the door.
func TestFullDoorTellsOfARestore(t *testing.T) {
	db, _ := protected(t)
	ok(t, db.Close())
	var events []string
	for range 100 {
		events = append(events, `{"op":"密码输错","object":"苏和"}`)
	}
	rawLedger(t, db.Path(), func(tx *bbolt.Tx) error {
		return tx.Bucket([]byte("door")).Put([]byte("door"), []byte(`{"events":[`+strings.Join(events, ",")+`]}`))
	})
	ok(t, store.MarkRestored(db.Path(), "昨天的备份", time.Now()))
	db = open(t, db.Path())
	login(t, db, "苏和", adminWord)
	if got := ops(t, db); !slices.Contains(got, "恢复备份") {
		t.Errorf("the journal: %d entries, none of it", len(got))
	}
}

// Ensure that nobody approves a batch by a mere note.
func TestNoteApprovesNothing(t *testing.T) {
	db, _ := protected(t)
	addUser(t, db, "经办", clerkWord, store.Clerk)
	seq := batch(t, db)
	login(t, db, "经办", clerkWord)
	if err := db.Note(store.OpApprove, fmt.Sprintf("B%d", seq), "", clerk); !errors.Is(err, store.ErrNotLead) {
		t.Errorf("a note: %v", err)
	}
	if err := db.KeepSetting(store.OpApprove, fmt.Sprintf("B%d", seq), clerk, "x", 1); !errors.Is(err, store.ErrNotLead) {
		t.Errorf("a setting: %v", err)
	}
}

// Ensure that what is only noted leaves the records in the state they were in,
// so that a plan made before it still holds.
func TestNotesChangeNoRecord(t *testing.T) {
	db := newLedger(t, township)
	put(t, db, &person{Name: "白音巴图"})
	worked := func() (seq uint64) {
		if err := db.View(func(tx *store.Tx) error { seq = tx.Worked(); return nil }); err != nil {
			t.Fatal(err)
		}
		return seq
	}
	before := worked()
	if err := db.Note("打印", "花名册", "", clerk); err != nil {
		t.Fatal(err)
	}
	if got := worked(); got != before {
		t.Errorf("a print took the records from %d to %d", before, got)
	}
	put(t, db, &person{Name: "李秀英"})
	if worked() <= before {
		t.Error("a new record did not")
	}
}
