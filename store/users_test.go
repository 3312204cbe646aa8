package store_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

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

// Ensure that nothing of a rewriting that was broken off is left, and the ledger
// is what it was.
func TestBrokenOffRekey(t *testing.T) {
	db, _ := protected(t)
	p := &person{Name: "白音巴图"}
	put(t, db, p)
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if err := db.Rekey(ctx); err == nil {
		t.Fatal("not broken off")
	}
	if value(t, db, "person", p.ID, "name") != "白音巴图" || !verify(t, db).Good() {
		t.Error("the ledger is not what it was")
	}
	if err := db.Rekey(t.Context()); err != nil {
		t.Fatal(err)
	}
	if value(t, db, "person", p.ID, "name") != "白音巴图" || !verify(t, db).Good() {
		t.Error("after the second try")
	}
	left, err := os.ReadDir(filepath.Dir(db.Path()))
	if err != nil || len(left) != 1 {
		t.Errorf("beside the ledger lies %v, %v", left, err)
	}
}

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

// Ensure that what was deleted is in no page of the file once it is compacted,
// not even for those who have the keys.
func TestCompactLeavesNothing(t *testing.T) {
	db := newLedger(t, township)
	for range 20 {
		seq := do(t, db, "录入", func(tx *store.Tx) error { return tx.Put(&person{Name: strings.Repeat("白", 300)}) })
		if _, err := db.Undo(seq, clerk, false); err != nil {
			t.Fatal(err)
		}
	}
	before := size(t, db.Path())
	if err := db.Compact(t.Context()); err != nil {
		t.Fatal(err)
	}
	put(t, db, &person{Name: "李秀英"})
	if after := size(t, db.Path()); after >= before {
		t.Errorf("%d bytes before, %d after", before, after)
	}
	if !verify(t, db).Good() {
		t.Error("damaged by compacting")
	}
}

func size(t testing.TB, path string) int64 {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Size()
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
