package store_test

import (
	"bytes"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"touyan/store"
	"touyan/store/field"
)

const (
	adminWord = "蓝天白云2026"
	leadWord  = "绿草地的马-1958"
	clerkWord = "红马鞍子 #77"
)

// office is a protected ledger with an administrator who also leads, as in a
// small office, and a clerk.
func protected(t testing.TB) (db *store.DB, code string) {
	t.Helper()
	db = newLedger(t, township)
	code, err := db.Protect(t.Context(), "苏和", store.Roles, adminWord)
	if err != nil {
		t.Fatal(err)
	}
	return db, code
}

func addUser(t testing.TB, db *store.DB, name, password string, roles ...store.Role) {
	t.Helper()
	if err := db.AddUser(t.Context(), name, roles, password); err != nil {
		t.Fatal(err)
	}
}

func user(t testing.TB, db *store.DB, name string) string {
	t.Helper()
	i := slices.IndexFunc(db.Users(), func(u store.User) bool { return u.Name == name })
	if i < 0 {
		t.Fatalf("no user %s", name)
	}
	return db.Users()[i].ID
}

func login(t testing.TB, db *store.DB, name, password string) {
	t.Helper()
	if err := db.Unlock(t.Context(), user(t, db, name), password); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

func verify(t testing.TB, db *store.DB) *store.Report {
	t.Helper()
	r, err := db.Verify(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func ops(t testing.TB, db *store.DB) (list []string) {
	t.Helper()
	err := db.View(func(tx *store.Tx) error {
		for e, err := range tx.Journal() {
			if err != nil {
				return err
			}
			list = append(list, e.Op)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// Ensure that a thief with the file finds no value of a record, no reason and no
// text of a setting, in the ledger with a password nor in the one without.
func TestFileTellsNothing(t *testing.T) {
	db, _ := protected(t)
	fine := int64(250000)
	put(t, db, &inquiry{Name: "冬储饲草款去向", Found: "挪用三个月", Fine: &fine})
	put(t, db, &person{Name: "白音巴图", Phone: "13800001234"})
	err := db.Do("更正", clerk, func(tx *store.Tx) error {
		tx.NoteWhy("本人提供证件")
		return tx.Put(&person{Name: "李秀英"})
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.KeepDraft("person/", map[string]string{"name": "斯琴"}); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(db.Path())
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"白音巴图", "13800001234", "冬储", "挪用", "李秀英", "本人提供", "斯琴", "250000", adminWord} {
		if bytes.Contains(b, []byte(word)) {
			t.Errorf("the file says %s", word)
		}
	}
}

// Ensure that each role reads the classes it is for, and that what one cannot
// read is neither shown nor lost when he writes the record.
func TestClassesAreKeptFromOthers(t *testing.T) {
	db, _ := protected(t)
	addUser(t, db, "娜仁", clerkWord, store.Clerk)
	fine := int64(250000)
	q := &inquiry{Name: "饲草款", Found: "挪用三个月", Fine: &fine, Next: "谈话"}
	put(t, db, q)

	login(t, db, "娜仁", clerkWord)
	if value(t, db, "case", q.ID, "found") != "" || value(t, db, "case", q.ID, "fine") != "250000" {
		t.Error("the clerk sees discipline, or not the pay")
	}
	err := db.Do("更正", clerk, func(tx *store.Tx) error {
		mine, err := store.Get[inquiry](tx, q.ID)
		if err != nil {
			return err
		}
		mine.Next = "整改"
		return tx.Put(mine)
	})
	if err != nil {
		t.Fatal(err)
	}
	err = db.Do("更正", clerk, func(tx *store.Tx) error {
		mine, err := store.Get[inquiry](tx, q.ID)
		if err != nil {
			return err
		}
		mine.Found = "没有此事"
		return tx.Put(mine)
	})
	if !errors.Is(err, store.ErrNoRight) {
		t.Errorf("the clerk writes what he cannot read: %v", err)
	}

	login(t, db, "苏和", adminWord)
	if got := value(t, db, "case", q.ID, "found"); got != "挪用三个月" {
		t.Errorf("after the clerk wrote the record it says %q", got)
	}
	if got := value(t, db, "case", q.ID, "next"); got != "整改" {
		t.Errorf("the clerk's own cell says %q", got)
	}
	if r := verify(t, db); !r.Good() {
		t.Error(r.Findings)
	}
}

// Ensure that taking back an operation whose cells one cannot all read is
// refused, and done by one who can.
func TestUndoOfWhatOneCannotRead(t *testing.T) {
	db, _ := protected(t)
	addUser(t, db, "娜仁", clerkWord, store.Clerk)
	q := &inquiry{Name: "饲草款", Found: "挪用三个月"}
	put(t, db, q)
	seq := do(t, db, "更正", func(tx *store.Tx) error {
		q.Found, q.Next = "退赔", "结案"
		return tx.Put(q)
	})
	login(t, db, "娜仁", clerkWord)
	if _, err := db.Undo(seq, clerk, false); !errors.Is(err, store.ErrNoRight) {
		t.Fatalf("by the clerk: %v", err)
	}
	login(t, db, "苏和", adminWord)
	if _, err := db.Undo(seq, clerk, false); err != nil {
		t.Fatal(err)
	}
	if value(t, db, "case", q.ID, "found") != "挪用三个月" || value(t, db, "case", q.ID, "next") != "" {
		t.Error("not taken back")
	}
}

// Ensure that the history of a record shows each reader the cells he may read.
func TestHistoryByClass(t *testing.T) {
	db, _ := protected(t)
	addUser(t, db, "娜仁", clerkWord, store.Clerk)
	q := &inquiry{Name: "饲草款", Found: "挪用三个月"}
	put(t, db, q)
	do(t, db, "更正", func(tx *store.Tx) error {
		q.Found, q.Next = "退赔", "结案"
		return tx.Put(q)
	})
	cells := func() (names []string) {
		err := db.View(func(tx *store.Tx) error {
			for p, err := range tx.History("case", q.ID) {
				if err != nil {
					return err
				}
				for _, c := range p.Cells {
					names = append(names, c.Name+"="+c.Was+">"+c.Now)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return names
	}
	if got := strings.Join(cells(), " "); got != "found=挪用三个月>退赔 next=>结案 name=>饲草款 found=>挪用三个月" {
		t.Errorf("the leader: %s", got)
	}
	login(t, db, "娜仁", clerkWord)
	if got := strings.Join(cells(), " "); got != "next=>结案 name=>饲草款" {
		t.Errorf("the clerk: %s", got)
	}
}

// Ensure that an administrator and an auditor read no record, write none, and
// can verify the whole file.
func TestRolesWithoutRecords(t *testing.T) {
	db, _ := protected(t)
	addUser(t, db, "管理", clerkWord, store.Admin)
	addUser(t, db, "审计", leadWord, store.Auditor)
	p := &person{Name: "白音巴图"}
	put(t, db, p)
	for name, word := range map[string]string{"管理": clerkWord, "审计": leadWord} {
		login(t, db, name, word)
		err := db.View(func(tx *store.Tx) error {
			_, _, err := tx.Row("person", p.ID)
			return err
		})
		if !errors.Is(err, store.ErrNoRight) {
			t.Errorf("%s reads a record: %v", name, err)
		}
		err = db.Do("录入", clerk, func(tx *store.Tx) error { return tx.Put(&person{Name: "斯琴"}) })
		if !errors.Is(err, store.ErrNoRight) {
			t.Errorf("%s writes a record: %v", name, err)
		}
		if r := verify(t, db); !r.Good() || r.Hidden == 0 || r.Entries < 5 {
			t.Errorf("%s: %+v", name, r)
		}
		if got := ops(t, db); !slices.Contains(got, "录入") {
			t.Errorf("%s reads of the journal %v", name, got)
		}
	}
}

// Ensure that a kind of any class keeps its cells through the file and back.
func TestEveryClassComesBack(t *testing.T) {
	db := newLedger(t, township)
	fine := int64(100)
	q := &inquiry{Name: "甲", Found: "乙", Fine: &fine, Next: "丙"}
	put(t, db, q)
	k := kinds.Kind("case")
	got, _ := row(t, db, "case", q.ID)
	if want := k.Take(q); !slices.Equal(got.Values, want.Values) {
		t.Errorf("%v, want %v", got.Values, want.Values)
	}
	for c := field.Ordinary; c < field.Classes; c++ {
		if !db.Session().Reads(c) {
			t.Errorf("class %d is shut in a ledger open to everybody", c)
		}
	}
}
