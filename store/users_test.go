package store_test

import (
	"bytes"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"touyan/store"
	"touyan/store/vault"

	"go.etcd.io/bbolt"
)

// Ensure that a locked ledger shows nothing and takes nothing until its user is back.
func TestLockedLedgerIsShut(t *testing.T) {
	db, _ := protected(t)
	p := &person{Name: "白音巴图"}
	put(t, db, p)
	db.Lock()
	if !db.Locked() || db.Session().Name != "" || db.Title() != "白音花苏木" || len(db.Users()) != 1 {
		t.Error("locked, but not as it should be")
	}
	if err := db.View(func(*store.Tx) error { return nil }); !errors.Is(err, store.ErrLocked) {
		t.Errorf("View = %v", err)
	}
	if err := db.Do("录入", clerk, func(*store.Tx) error { return nil }); !errors.Is(err, store.ErrLocked) {
		t.Errorf("Do = %v", err)
	}
	if err := db.KeepDraft("person/", "x"); !errors.Is(err, store.ErrLocked) {
		t.Errorf("KeepDraft = %v", err)
	}
	if _, err := db.Verify(t.Context()); !errors.Is(err, store.ErrLocked) {
		t.Errorf("Verify = %v", err)
	}
	login(t, db, "苏和", adminWord)
	if got := value(t, db, "person", p.ID, "name"); got != "白音巴图" {
		t.Errorf("after login: %q", got)
	}
	if got := db.Session(); got.Name != "苏和" || !got.Has(store.Auditor) {
		t.Errorf("session %+v", got)
	}
}

// Ensure that what somebody logged in does stands in the journal under his name
// and roles, whatever name the caller says.
func TestJournalNamesWhoIsLoggedIn(t *testing.T) {
	db, _ := protected(t)
	put(t, db, &person{Name: "白音巴图"})
	err := db.View(func(tx *store.Tx) error {
		for e, err := range tx.Journal() {
			if err != nil {
				return err
			}
			if e.Who.Name != "苏和" || e.Who.Role != "经办人、负责人、系统管理员、审计员" {
				t.Errorf("%s by %+v", e.Op, e.Who)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := ops(t, db); !slices.Equal(got, []string{"录入", "设密码"}) {
		t.Error(got)
	}
}

// Ensure that who forgot the password comes in with the recovery code, sets a
// new one, and that a slip in the code costs no attempt.
func TestRecoveryCode(t *testing.T) {
	db, code := protected(t)
	p := &person{Name: "白音巴图"}
	put(t, db, p)
	db.Lock()
	if _, ok := errors.AsType[*vault.CodeError](db.UnlockRecovery(t.Context(), code[:len(code)-3])); !ok {
		t.Error("a short code is not told as that")
	}
	if err := db.UnlockRecovery(t.Context(), vault.NewCode()); !errors.Is(err, store.ErrPassword) {
		t.Errorf("another code: %v", err)
	}
	if err := db.UnlockRecovery(t.Context(), strings.ToLower(strings.ReplaceAll(code, "-", " "))); err != nil {
		t.Fatal(err)
	}
	if err := db.ResetPassword(t.Context(), user(t, db, "苏和"), leadWord); err != nil {
		t.Fatal(err)
	}
	login(t, db, "苏和", leadWord)
	if value(t, db, "person", p.ID, "name") != "白音巴图" {
		t.Error("the records are gone")
	}
	next, err := db.NewRecoveryCode(t.Context())
	if err != nil || next == code {
		t.Fatal(next, err)
	}
	db.Lock()
	if err := db.UnlockRecovery(t.Context(), code); !errors.Is(err, store.ErrPassword) {
		t.Errorf("the old code: %v", err)
	}
	if err := db.UnlockRecovery(t.Context(), next); err != nil {
		t.Error(err)
	}
}

// Ensure that who leaves is shut out for good: his password opens nothing, and
// the keys he had open nothing written since or before.
func TestRemovedUserIsShutOut(t *testing.T) {
	db, _ := protected(t)
	addUser(t, db, "娜仁", clerkWord, store.Clerk)
	p := &person{Name: "白音巴图"}
	put(t, db, p)
	old := filepath.Join(t.TempDir(), "旧.touyan")
	copyFile(t, db.Path(), old)
	gone := user(t, db, "娜仁")
	oldHeader := headerOf(t, old)
	ring, err := oldHeader.Unlock(gone, []byte(clerkWord))
	if err != nil {
		t.Fatal(err)
	}
	if err := db.RemoveUser(t.Context(), gone); err != nil {
		t.Fatal(err)
	}
	if err := db.Unlock(t.Context(), gone, clerkWord); !errors.Is(err, store.ErrNoUser) {
		t.Errorf("his password: %v", err)
	}
	login(t, db, "苏和", adminWord)
	put(t, db, &person{Name: "李秀英"})
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	opened := 0
	each(t, db.Path(), func(bucket string, k, v []byte) {
		if strings.HasPrefix(bucket, "r:") {
			v = v[1:] // the length of its only part
			if v[0] != 2 {
				v = v[1:]
			}
		}
		if _, err := ring.Open(nil, append([]byte(bucket+"/"), k...), v); err == nil {
			opened++
		}
	})
	if opened > 0 {
		t.Errorf("his keys open %d values", opened)
	}
	if db = open(t, db.Path()); len(db.Users()) != 1 {
		t.Error("he is still on the list")
	}
	login(t, db, "苏和", adminWord)
	if value(t, db, "person", p.ID, "name") != "白音巴图" || !verify(t, db).Good() {
		t.Error("the records did not come along")
	}
	if got := ops(t, db); !slices.Contains(got, "停用用户") {
		t.Error(got)
	}
}

func headerOf(t testing.TB, path string) (h *vault.Header) {
	t.Helper()
	b, err := bbolt.Open(path, 0o600, &bbolt.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	err = b.View(func(tx *bbolt.Tx) (err error) {
		h, err = vault.Decode(bytes.Clone(tx.Bucket([]byte("header")).Get([]byte("header"))))
		return err
	})
	if err := errors.Join(err, b.Close()); err != nil {
		t.Fatal(err)
	}
	return h
}

// Ensure that what an administrator without records begins, a holder of the keys
// completes by coming in: handing keys to a new user, changing locks after one left.
func TestAdministratorWithoutRecords(t *testing.T) {
	db, _ := protected(t)
	p := &person{Name: "白音巴图"}
	put(t, db, p)
	addUser(t, db, "管理", leadWord, store.Admin)
	addUser(t, db, "要走的", clerkWord, store.Clerk)
	login(t, db, "管理", leadWord)
	addUser(t, db, "新来的", clerkWord+"2", store.Clerk)
	if err := db.RemoveUser(t.Context(), user(t, db, "要走的")); err != nil {
		t.Fatal(err)
	}
	if !db.Stale() {
		t.Error("nobody waits for the locks to be changed")
	}
	login(t, db, "新来的", clerkWord+"2")
	err := db.View(func(tx *store.Tx) error {
		_, _, err := tx.Row("person", p.ID)
		return err
	})
	if !errors.Is(err, store.ErrNoRight) {
		t.Errorf("before a holder came by: %v", err)
	}
	login(t, db, "苏和", adminWord)
	if db.Stale() {
		t.Error("the locks are still the old ones")
	}
	login(t, db, "新来的", clerkWord+"2")
	if value(t, db, "person", p.ID, "name") != "白音巴图" {
		t.Error("the new user reads nothing")
	}
}

// Ensure that a role taken away takes its values along, and that the ledger
// always keeps one who minds the users and one who reads the records.
func TestRolesChange(t *testing.T) {
	db, _ := protected(t)
	me := user(t, db, "苏和")
	for _, roles := range [][]store.Role{{store.Clerk}, {store.Admin}} {
		if err := db.SetRoles(t.Context(), me, roles); !errors.Is(err, store.ErrLast) {
			t.Errorf("alone and only %v: %v", roles, err)
		}
	}
	if err := db.RemoveUser(t.Context(), me); !errors.Is(err, store.ErrLast) {
		t.Errorf("the last one leaves: %v", err)
	}
	addUser(t, db, "负责", leadWord, store.Lead)
	q := &inquiry{Name: "饲草款", Found: "挪用"}
	put(t, db, q)
	if err := db.SetRoles(t.Context(), user(t, db, "负责"), []store.Role{store.Clerk}); err != nil {
		t.Fatal(err)
	}
	login(t, db, "负责", leadWord)
	if value(t, db, "case", q.ID, "found") != "" || value(t, db, "case", q.ID, "name") != "饲草款" {
		t.Error("a clerk now, he reads what is not for clerks, or not what is")
	}
	if err := db.AddUser(t.Context(), "另一人", []store.Role{store.Clerk}, adminWord); !errors.Is(err, store.ErrNoRight) {
		t.Errorf("a clerk adds users: %v", err)
	}
}
