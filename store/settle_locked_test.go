package store_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
	"time"

	"touyan/store"
)

// inQuestion leaves a ledger after a change of the locks of which nobody knows
// whether it is in the file: a folder stands where the file was. It returns
// where the old file lies, and the new one.
func inQuestion(t *testing.T, made *store.DB, change func(*store.DB) error) (db *store.DB, old, changed string) {
	t.Helper()
	put(t, made, &person{Name: "白音巴图"})
	if err := made.Close(); err != nil {
		t.Fatal(err)
	}
	path := made.Path()
	old, changed = path+".old", path+".new"
	opts, armed := options(), false
	opts.Now = func() time.Time { // the clock is read when the new file is nearly written
		temp := filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+".rewriting")
		if _, err := os.Stat(temp); armed && err == nil {
			armed = false
			if err := errors.Join(os.Link(temp, changed), os.Rename(path, old), os.MkdirAll(filepath.Join(path, "x"), 0o700)); err != nil {
				t.Error(err)
			}
		}
		return time.Now()
	}
	db, err := store.Open(path, opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	if db.Locked() {
		login(t, db, "苏和", adminWord)
	}
	armed = true
	if err := change(db); !errors.Is(err, store.ErrUncertain) || !db.Uncertain() {
		t.Fatalf("the change of the locks: %v", err)
	}
	if err := db.Compact(t.Context()); !errors.Is(err, store.ErrUncertain) {
		t.Errorf("another writing meanwhile: %v", err)
	}
	return db, old, changed
}

// Ensure that a change of the locks in question is settled as what the file is:
// the one with the old locks or with the new; and that whoever locked the ledger
// meanwhile finds it locked, comes in with his password, and can go on.
func TestSettledChangeOfLocks(t *testing.T) {
	for _, back := range []string{"old", "new"} {
		for _, locked := range []bool{false, true} {
			t.Run(back+map[bool]string{true: " locked"}[locked], func(t *testing.T) {
				made, _ := protected(t)
				db, old, changed := inQuestion(t, made, func(db *store.DB) error { return db.Rekey(t.Context()) })
				from := map[string]string{"old": old, "new": changed}[back]
				told := 0
				db.Watch(func(e store.Event) {
					if e.Settled {
						told++
					}
				})
				if locked {
					db.Lock()
				}
				if err := errors.Join(os.RemoveAll(db.Path()), os.Rename(from, db.Path())); err != nil {
					t.Fatal(err)
				}
				e, stored, err := db.Settle()
				if locked {
					if !errors.Is(err, store.ErrLocked) || !db.Locked() {
						t.Fatalf("settled without a password: %v, locked: %v", err, db.Locked())
					}
					if err := db.Unlock(t.Context(), user(t, db, "苏和"), leadWord); !errors.Is(err, store.ErrPassword) {
						t.Errorf("a wrong password: %v", err)
					}
					login(t, db, "苏和", adminWord)
				} else if err != nil || stored != (back == "new") || e.Op != "更换密钥" {
					t.Fatalf("settled: %v %v %v", e.Op, stored, err)
				}
				if db.Uncertain() || told == 1 != (back == "new") {
					t.Errorf("in question: %v; told: %d", db.Uncertain(), told)
				}
				put(t, db, &person{Name: "斯琴"})
				if n := count(t, db, "person"); n != 2 || !verify(t, db).Good() {
					t.Errorf("%d people, %v", n, verify(t, db).Findings)
				}
			})
		}
	}
}

// Ensure that a ledger whose first password turns out to be saved is locked:
// nobody came in by it yet.
func TestSettledFirstPasswordLocks(t *testing.T) {
	db, _, changed := inQuestion(t, newLedger(t, township), func(db *store.DB) error {
		_, err := db.Protect(t.Context(), "苏和", store.Roles, adminWord)
		return err
	})
	ok(t, errors.Join(os.RemoveAll(db.Path()), os.Rename(changed, db.Path())))
	if e, stored, err := db.Settle(); err != nil || !stored || e.Op != "设密码" {
		t.Fatalf("settled: %v %v %v", e.Op, stored, err)
	}
	if err := db.View(discard); !db.Locked() || !errors.Is(err, store.ErrLocked) {
		t.Errorf("read without the password: %v", err)
	}
	login(t, db, "苏和", adminWord)
	if n := count(t, db, "person"); n != 1 {
		t.Errorf("%d people", n)
	}
}

// askedContext calls a function when it is first asked whether it has ended.
type askedContext struct {
	context.Context
	once  sync.Once
	asked func()
}

func (c *askedContext) Err() error {
	c.once.Do(c.asked)
	return c.Context.Err()
}

// Ensure that locking waits for a copy being verified, whose result stays true.
func TestLockWaitsForVerifying(t *testing.T) {
	db, _ := protected(t)
	if _, err := stagePeople(db, 3_000, func(*store.Stage) error { return nil }); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "copy")
	copyFile(t, db.Path(), path)
	var locking sync.WaitGroup
	r, err := db.VerifyCopy(&askedContext{Context: t.Context(), asked: func() {
		locking.Go(db.Lock)
		for range 1000 { // let it, if it does not wait
			runtime.Gosched()
		}
	}}, path)
	locking.Wait()
	if err != nil || !r.Good() || !db.Locked() {
		t.Errorf("verifying: %v, %+v", err, r)
	}
}
