package store_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/vault"
)

// small is an office whose administrator keeps no records: 管理. 负责 leads, 经办
// is a clerk.
func small(t *testing.T) *store.DB {
	t.Helper()
	db, _ := protected(t)
	addUser(t, db, "管理", adminWord, store.Admin)
	addUser(t, db, "负责", leadWord, store.Lead)
	addUser(t, db, "经办", clerkWord, store.Clerk)
	login(t, db, "管理", adminWord)
	if err := db.RemoveUser(t.Context(), user(t, db, "苏和")); err != nil {
		t.Fatal(err)
	}
	login(t, db, "负责", leadWord) // changes the locks
	return db
}

// Ensure that an administrator who makes himself a 负责人 reads and purges
// nothing before somebody who holds the keys has come in, and that the journal
// then names him.
func TestRoleWithoutKeys(t *testing.T) {
	db := small(t)
	q := &inquiry{Name: "饲草款", Found: "挪用"}
	put(t, db, q)
	do(t, db, "作废", func(tx *store.Tx) error { return tx.Void("case", q.ID, "重复") })
	batch(t, db)
	login(t, db, "管理", adminWord)
	ok(t, db.SetRoles(t.Context(), user(t, db, "管理"), []store.Role{store.Admin, store.Lead}))
	for range 2 {
		s := db.Session()
		if !s.Has(store.Lead) || s.Reads(field.Discipline) {
			t.Errorf("he is %v and reads discipline: %v", s.Roles, s.Reads(field.Discipline))
		}
		if _, err := db.Purge(t.Context(), "case", q.ID, "试", clerk); !errors.Is(err, store.ErrNoRight) {
			t.Errorf("he purges: %v", err)
		}
		login(t, db, "经办", clerkWord) // hands over what a clerk holds
		login(t, db, "管理", adminWord)
	}
	login(t, db, "负责", leadWord)
	if got := value(t, db, "case", q.ID, "found"); got != "挪用" || !verify(t, db).Good() {
		t.Errorf("found: %q, %v", got, verify(t, db).Findings)
	}
	named := 0
	ok(t, db.View(func(tx *store.Tx) error {
		for e, err := range tx.Journal() {
			if err == nil && e.Op == "移交密钥" && e.Object == "管理" {
				named++
			}
		}
		return nil
	}))
	if named != 2 {
		t.Errorf("%d times the journal says that he was handed keys, want once by each holder", named)
	}
}

// Ensure that who gives up a role himself gives up its keys at once.
func TestKeysGoWithTheRole(t *testing.T) {
	db, _ := protected(t)
	q := &inquiry{Name: "饲草款", Found: "挪用"}
	put(t, db, q)
	ok(t, db.SetRoles(t.Context(), user(t, db, "苏和"), []store.Role{store.Clerk, store.Admin}))
	if db.Session().Reads(field.Discipline) || value(t, db, "case", q.ID, "found") != "" {
		t.Error("no 负责人 any more, he reads discipline still")
	}
	if got := value(t, db, "case", q.ID, "name"); got != "饲草款" {
		t.Errorf("and of the rest %q", got)
	}
}

// Ensure that roles taken away while the locks cannot be changed count all the
// same, and that the locks are changed when a holder of the keys comes in.
func TestRolesChangeBeforeTheLocks(t *testing.T) {
	db, _ := protected(t)
	addUser(t, db, "负责", leadWord, store.Lead)
	q := &inquiry{Name: "饲草款", Found: "挪用"}
	put(t, db, q)
	id := user(t, db, "负责")
	was := headerOf(t, copied(t, db)).Keys
	blocked := filepath.Join(filepath.Dir(db.Path()), "."+filepath.Base(db.Path())+".rewriting")
	ok(t, os.MkdirAll(filepath.Join(blocked, "x"), 0o700)) // a folder stands where the file would be written anew
	ok(t, db.SetRoles(t.Context(), id, []store.Role{store.Clerk}))
	if !db.Stale() {
		t.Error("nobody waits for the locks to be changed")
	}
	login(t, db, "负责", leadWord)
	if db.Session().Reads(field.Discipline) || value(t, db, "case", q.ID, "found") != "" {
		t.Error("he reads what he read")
	}
	ok(t, os.RemoveAll(blocked))
	login(t, db, "苏和", adminWord)
	if db.Stale() || value(t, db, "case", q.ID, "found") != "挪用" {
		t.Error("the locks are the old ones, or the values gone")
	}
	for i, now := range headerOf(t, copied(t, db)).Keys {
		if now.Class == vault.Class(field.Discipline) && now.Version == was[i].Version {
			t.Error("the key of discipline is the old one")
		}
	}
}

// Ensure that no step of an administrator leaves values nobody's password opens:
// neither removing the last holder of the keys, while another only waits for
// them, nor a new password for the only one.
func TestNoKeyIsThrownAway(t *testing.T) {
	db := small(t)
	q := &inquiry{Name: "饲草款", Found: "挪用"}
	put(t, db, q)
	login(t, db, "管理", adminWord)
	addUser(t, db, "新来的", clerkWord, store.Clerk) // waits
	ok(t, db.RemoveUser(t.Context(), user(t, db, "经办")))
	for _, step := range []func() error{
		func() error { return db.RemoveUser(t.Context(), user(t, db, "负责")) },
		func() error { return db.SetRoles(t.Context(), user(t, db, "负责"), []store.Role{store.Admin}) },
	} {
		if err := step(); !errors.Is(err, store.ErrLast) {
			t.Errorf("the last holder: %v", err)
		}
	}
	if err := db.ResetPassword(t.Context(), user(t, db, "负责"), "白马银鞍 2026"); !errors.Is(err, store.ErrOnlyKey) {
		t.Errorf("a new password for him: %v", err)
	}
	if err := db.ResetPassword(t.Context(), user(t, db, "管理"), "白马银鞍 2026"); !errors.Is(err, store.ErrOwnPassword) {
		t.Errorf("one's own without the old one: %v", err)
	}
	login(t, db, "负责", leadWord)
	if got := value(t, db, "case", q.ID, "found"); got != "挪用" {
		t.Errorf("found: %q", got)
	}
}

// Ensure that wrong old passwords count as at a login, so that nobody tries them
// out where somebody else has left the ledger open.
func TestOldPasswordIsNotTriedOut(t *testing.T) {
	db, code := protected(t)
	for range 5 {
		if err := db.SetPassword(t.Context(), leadWord, clerkWord); !errors.Is(err, store.ErrPassword) {
			t.Fatal(err)
		}
	}
	if _, waits := errors.AsType[*store.WaitError](db.SetPassword(t.Context(), leadWord, clerkWord)); waits {
		t.Error("the clock runs a minute a look: the wait should be over")
	}
	login(t, db, "苏和", adminWord)
	if n := len(slices.DeleteFunc(ops(t, db), func(op string) bool { return op != "密码输错" })); n != 6 {
		t.Errorf("%d wrong ones in the journal", n)
	}
	ok(t, db.UnlockRecovery(t.Context(), code))
	if err := db.SetPassword(t.Context(), code, clerkWord); !errors.Is(err, store.ErrNoRight) {
		t.Errorf("a password in place of the recovery code: %v", err)
	}
}

// Ensure that an old copy of the file and the old password are of no use against
// the file once the password and the locks were changed.
func TestOldPasswordOpensNothingLater(t *testing.T) {
	db, _ := protected(t)
	id := user(t, db, "苏和")
	old := headerOf(t, copied(t, db))
	ok(t, db.SetPassword(t.Context(), adminWord, clerkWord))
	ok(t, db.Rekey(t.Context()))
	later := headerOf(t, copied(t, db))
	stolen := later.Clone() // the old way in, to the keys of now
	slot, was := stolen.Slot(id), old.Slot(id)
	slot.Private, slot.Public, slot.Salt, slot.Cost = was.Private, was.Public, was.Salt, was.Cost
	if r, err := stolen.Unlock(id, []byte(adminWord)); err == nil {
		t.Errorf("it opens %v", r.Classes())
	}
	if _, err := later.Unlock(id, []byte(adminWord)); !errors.Is(err, vault.ErrPassword) {
		t.Errorf("the old password: %v", err)
	}
}

func copied(t *testing.T, db *store.DB) (path string) {
	t.Helper()
	path = t.TempDir() + "/copy"
	copyFile(t, db.Path(), path)
	return path
}
