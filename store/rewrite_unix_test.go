//go:build unix

package store_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"touyan/store"
)

// checking is a context that does something when the file written anew is
// complete and being read back.
type checking struct {
	context.Context

	file string
	do   func()
}

func (c *checking) Err() error {
	if _, err := os.Stat(c.file); err == nil && c.do != nil {
		do := c.do
		c.do = nil
		do()
	}
	return c.Context.Err()
}

// Ensure that where a file written anew cannot take the ledger's place and
// nobody can look which of the two is there, that stays in question, nothing is
// saved, and the ledger goes on once it is seen: with the old keys or the new.
func TestRewritingInQuestion(t *testing.T) {
	for name, comes := range map[string]string{"the old file": "old", "the new file": "new"} {
		t.Run(name, func(t *testing.T) {
			db, _ := protected(t)
			put(t, db, &person{Name: "甲"})
			folder := t.TempDir()
			temp := filepath.Join(filepath.Dir(db.Path()), "."+filepath.Base(db.Path())+".rewriting")
			ctx := &checking{Context: t.Context(), file: temp, do: func() {
				err := errors.Join(os.Rename(db.Path(), filepath.Join(folder, "old")), os.Link(temp, filepath.Join(folder, "new")),
					os.MkdirAll(filepath.Join(db.Path(), "in the way"), 0o700))
				if err != nil {
					t.Error(err)
				}
			}}
			if err := db.Rekey(ctx); !errors.Is(err, store.ErrUncertain) || !db.Uncertain() {
				t.Fatalf("Rekey = %v", err)
			}
			if err := db.Rekey(t.Context()); err == nil {
				t.Error("rewritten meanwhile")
			}
			if err := db.Do("录入", clerk, func(tx *store.Tx) error { return tx.Put(&person{Name: "乙"}) }); !errors.Is(err, store.ErrUncertain) {
				t.Errorf("saving meanwhile: %v", err)
			}
			if _, _, err := db.Settle(); err == nil {
				t.Error("settled without a file")
			}
			if err := errors.Join(os.RemoveAll(db.Path()), os.Rename(filepath.Join(folder, comes), db.Path())); err != nil {
				t.Fatal(err)
			}
			e, stored, err := db.Settle()
			if err != nil || e.Op != "更换密钥" || stored != (comes == "new") || db.Uncertain() {
				t.Fatalf("settled: %v, %v, %v", e.Op, stored, err)
			}
			put(t, db, &person{Name: "乙"})
			if r := verify(t, db); !r.Good() {
				t.Errorf("verify: %v", r.Findings)
			}
			if n := strings.Count(strings.Join(ops(t, db), " "), "更换密钥"); (n == 1) != stored {
				t.Errorf("the journal has it %d times", n)
			}
			db.Lock()
			login(t, db, "苏和", adminWord)
			if n := len(people(t, db)); n != 2 {
				t.Errorf("%d people", n)
			}
		})
	}
}
