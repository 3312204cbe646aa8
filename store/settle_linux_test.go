//go:build linux

package store_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"touyan/store"
	"touyan/store/disk"
)

// fullDisk keeps files from growing beyond a size until lift is called.
func fullDisk(t *testing.T, size uint64) (lift func()) {
	t.Helper()
	var old syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &old); err != nil {
		t.Fatal(err)
	}
	signal.Ignore(syscall.SIGXFSZ)
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: size, Max: old.Max}); err != nil {
		t.Fatal(err)
	}
	lift = func() {
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &old); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(lift)
	return lift
}

// apart runs the test in a process of its own, whose disk may be full without
// those of others being so. It reports whether this is that process.
func apart(t *testing.T) bool {
	t.Helper()
	const mark = "TOUYAN_APART"
	if os.Getenv(mark) != "" {
		return true
	}
	child := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$")
	child.Env = append(os.Environ(), mark+"=1")
	if out, err := child.CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
	return false
}

func save(db *store.DB, name string) error {
	return db.Do("录入", clerk, func(tx *store.Tx) error { return tx.Put(&person{Name: name}) })
}

// Ensure that what a full disk keeps from being saved is told as not saved, that
// the ledger is open and as it was, also for a batch and a draft, and that the
// same can be done again once there is room.
func TestNotSavedOnAFullDisk(t *testing.T) {
	if !apart(t) {
		return
	}
	db := newLedger(t, township)
	put(t, db, &person{Name: "甲"})
	info, err := os.Stat(db.Path())
	if err != nil {
		t.Fatal(err)
	}
	much := strings.Repeat("很长的备注", 40_000)
	lift := fullDisk(t, uint64(info.Size()))
	for what, f := range map[string]func() error{
		"saving": func() error { return save(db, much) },
		"a batch": func() error {
			_, err := stagePeople(db, 12_000, func(*store.Stage) error { return nil })
			return err
		},
		"a draft": func() error { return db.KeepDraft("person/x", much) },
	} {
		err := f()
		text, _ := disk.Sentence(err)
		if !errors.Is(err, store.ErrUnsaved) || errors.Is(err, store.ErrUncertain) || !strings.Contains(text, store.ErrUnsaved.Error()+"。原因：磁盘已满，“"+filepath.Base(db.Path())+"”没有写成") {
			t.Errorf("%s: %v", what, err)
		}
		if got := people(t, db); len(got) != 1 || got[0].Name != "甲" {
			t.Errorf("%s: %d people", what, len(got))
		}
	}
	lift()
	if err := save(db, much); err != nil {
		t.Errorf("saving again: %v", err)
	}
	if _, err := stagePeople(db, 10, func(*store.Stage) error { return nil }); err != nil {
		t.Errorf("the batch again: %v", err)
	}
	if n := len(people(t, db)); n != 12 {
		t.Errorf("%d people in the end", n)
	}
	if r, err := db.Verify(context.Background()); err != nil || !r.Good() {
		t.Errorf("verify: %v, %v", err, r)
	}
}

// Ensure that a save in question stays so while its file is away, that nothing
// is saved meanwhile, and that it is settled once the file is back.
func TestSettledOnceTheStickIsBack(t *testing.T) {
	if !apart(t) {
		return
	}
	db := newLedger(t, township)
	put(t, db, &person{Name: "甲"})
	info, err := os.Stat(db.Path())
	if err != nil {
		t.Fatal(err)
	}
	away := db.Path() + ".away"
	lift := fullDisk(t, uint64(info.Size()))
	err = db.Do("录入", clerk, func(tx *store.Tx) error {
		return errors.Join(tx.Put(&person{Name: strings.Repeat("很长的备注", 40_000)}), os.Rename(db.Path(), away))
	})
	if !errors.Is(err, store.ErrUncertain) || !db.Uncertain() {
		t.Fatalf("without its file: %v", err)
	}
	if err := save(db, "乙"); !errors.Is(err, store.ErrUncertain) {
		t.Errorf("saving meanwhile: %v", err)
	}
	if err := db.View(func(*store.Tx) error { return nil }); !errors.Is(err, store.ErrClosed) {
		t.Errorf("reading meanwhile: %v", err)
	}
	if _, _, err := db.Settle(); err == nil || !strings.Contains(err.Error(), "找不到“"+filepath.Base(db.Path())+"”") {
		t.Errorf("settling meanwhile: %v", err)
	}
	if err := os.Rename(away, db.Path()); err != nil {
		t.Fatal(err)
	}
	lift()
	if e, stored, err := db.Settle(); err != nil || stored || e.Op != "录入" || db.Uncertain() {
		t.Errorf("settled: %v, %v, %v", e, stored, err)
	}
	if err := save(db, "乙"); err != nil || len(people(t, db)) != 2 {
		t.Errorf("afterwards: %v", err)
	}
}

const syncTest = "TOUYAN_SYNC_TEST"

// Ensure that, at whichever call the disk refuses to say that it has the data,
// what is told is what the file holds: an operation that counts as done is there
// after opening it again, one that does not is not, and both happen.
func TestToldIsWhatTheFileHolds(t *testing.T) {
	if path := os.Getenv(syncTest); path != "" {
		saveOnce(path)
	}
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Skip("strace is not installed")
	}
	told := map[string]int{}
	for n := 1; n <= 6; n++ {
		db := newLedger(t, township)
		put(t, db, &person{Name: "甲"})
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		child := exec.Command(strace, "-f", "-qq", "-o", os.DevNull, "-e", "trace=fdatasync", "-e", fmt.Sprintf("inject=fdatasync:error=EIO:when=%d", n),
			os.Args[0], "-test.run=^TestToldIsWhatTheFileHolds$")
		child.Env = append(os.Environ(), syncTest+"="+db.Path())
		out, err := child.Output()
		if err != nil {
			t.Fatalf("call %d: %v: %s", n, err, out)
		}
		said, want := strings.TrimSpace(string(out)), 1
		told[said]++
		switch said {
		case "saved", "settled":
			want = 2
		case "unsaved":
		default:
			t.Errorf("call %d: the child said %q", n, said)
		}
		if got := len(people(t, open(t, db.Path()))); got != want {
			t.Errorf("call %d: %s, and %d people", n, said, got)
		}
	}
	if told["settled"] == 0 || told["unsaved"] == 0 || told["saved"] == 0 {
		t.Errorf("told: %v", told)
	}
}

// saveOnce is the child: it saves one person and says what it was told.
func saveOnce(path string) {
	runtime.LockOSThread() // strace counts the calls of each thread by itself
	db, err := store.Open(path, options())
	if err != nil {
		panic(err)
	}
	said := "saved"
	db.Watch(func(e store.Event) {
		if e.Settled {
			said = "settled"
		}
	})
	switch err := save(db, "乙"); {
	case errors.Is(err, store.ErrUnsaved):
		said = "unsaved"
	case err != nil:
		said = err.Error()
	}
	fmt.Println(said)
	os.Exit(0)
}

// Ensure that wrong passwords are told as that and make one wait, and that the
// right one lets in, also where nothing of it can be written down.
func TestDoorOnAFullDisk(t *testing.T) {
	if !apart(t) {
		return
	}
	db, _ := protected(t)
	put(t, db, &person{Name: "甲"})
	id := user(t, db, "苏和")
	opts := options()
	opts.Now = time.Now
	err := db.Close()
	if err == nil {
		db, err = store.Open(db.Path(), opts)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	fullDisk(t, 0)
	if err := db.Unlock(t.Context(), id, adminWord); err != nil || len(people(t, db)) != 1 {
		t.Errorf("the right one: %v", err)
	}
	db.Lock()
	for range 5 {
		if err := db.Unlock(t.Context(), id, "不是这个密码"); !errors.Is(err, store.ErrPassword) {
			t.Errorf("a wrong one: %v", err)
		}
	}
	err = db.Unlock(t.Context(), id, adminWord)
	if wait, ok := errors.AsType[*store.WaitError](err); !ok || wait.For <= 0 {
		t.Errorf("nobody waits: %v", err)
	}
}
