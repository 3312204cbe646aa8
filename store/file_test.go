package store_test

import (
	"bytes"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"touyan/store"
	"touyan/store/disk"
	"touyan/store/field"
)

// Ensure that odd files are told apart and none of them ends the program, that
// the sentence names the file and shows nothing of the program's inside, and
// that none is written to.
func TestOddFiles(t *testing.T) {
	db := newLedger(t, township)
	put(t, db, &person{Name: "白音巴图"})
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(db.Path())
	if err != nil {
		t.Fatal(err)
	}
	noise := make([]byte, 50_000)
	rand.NewChaCha8([32]byte{}).Read(noise)
	cases := []struct {
		name string
		data []byte
		want error
	}{
		{"empty", nil, store.ErrDamaged},
		{"zeros", make([]byte, 20_000), store.ErrDamaged},
		{"text", []byte("序号,姓名\n1,李秀英\n"), store.ErrForeign},
		{"a long text", bytes.Repeat([]byte("序号,姓名\n1,李秀英\n"), 2000), store.ErrForeign},
		{"random bytes", noise, store.ErrForeign},
		{"a workbook", append([]byte("PK\x03\x04"), noise...), store.ErrForeign},
		{"cut", whole[:len(whole)/4], store.ErrDamaged},
		{"first page", whole[:4096], store.ErrDamaged},
		{"first bytes", whole[:40], store.ErrDamaged},
		{"noise behind the first pages", append(whole[:8192:8192], noise...), store.ErrDamaged},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "b.touyan")
			if err := os.WriteFile(path, c.data, 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := store.Open(path, options())
			if !errors.Is(err, c.want) {
				t.Fatalf("Open = %v, want %v", err, c.want)
			}
			if text, _ := disk.Sentence(err); text != "“b.touyan”："+c.want.Error()+"。" {
				t.Errorf("told as %s", text)
			}
			if b, _ := os.ReadFile(path); !bytes.Equal(b, c.data) {
				t.Error("the file was changed")
			}
		})
	}
}

// Ensure that paths that lead to no ledger are told by the disk's sentences, for
// opening and for making one, and that nothing is left behind.
func TestNoLedgerThere(t *testing.T) {
	folder := t.TempDir()
	at := func(names ...string) string { return filepath.Join(append([]string{folder}, names...)...) }
	if err := os.Mkdir(at("文件夹"), 0o777); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ path, opened, made string }{
		{at("文件夹"), "“文件夹”是一个文件夹，请选里面的文件", "“文件夹”是一个文件夹，不能当作文件来写"},
		{at("没有", "a.touyan"), "“a.touyan”：找不到台账文件", "找不到文件夹“没有”"},
		{at(strings.Repeat("长", 300)), "太长", "太长"},
	} {
		if _, err := store.Open(c.path, options()); err == nil || !strings.Contains(err.Error(), c.opened) {
			t.Errorf("opening %s: %v", c.path, err)
		}
		if err := store.Create(c.path, township, false, options()); err == nil || !strings.Contains(err.Error(), c.made) {
			t.Errorf("making %s: %v", c.path, err)
		}
	}
	if list, _ := os.ReadDir(folder); len(list) != 1 {
		t.Errorf("left behind: %v", list)
	}
}

// Ensure that a ledger whose file goes away under the open program is told as
// that, and one that is only cut as damaged; that neither ends the program, and
// that neither keeps it from trying again and closing.
func TestLedgerPulledOut(t *testing.T) {
	for name, c := range map[string]struct {
		gone bool
		want string
	}{"pulled out": {true, "找不到“a.touyan”"}, "cut": {false, store.ErrDamaged.Error()}} {
		path := filepath.Join(t.TempDir(), "a.touyan")
		err := store.Create(path, township, false, options())
		if err != nil {
			t.Fatal(err)
		}
		db, err := store.Open(path, options())
		if err != nil {
			t.Fatal(err)
		}
		put(t, db, &person{Name: "白音巴图"})
		if err := os.Truncate(path, 8192); err != nil { // a mapped page that is not there faults
			t.Fatal(err)
		}
		if c.gone {
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
		}
		save := func() error {
			return db.Do("录入", clerk, func(tx *store.Tx) error { return tx.Put(&person{Name: "甲"}) })
		}
		read := db.View(func(tx *store.Tx) error {
			_, _, err := tx.Entry(1)
			return err
		})
		stage := func() error {
			_, err := db.Stage(t.Context(), "导入", clerk, func(s *store.Stage) error { return s.Create("person", field.Row{ID: store.NewID(db.Now())}) })
			return err
		}
		for what, err := range map[string]error{"reading": read, "saving": save(), "saving again": save(), "staging": stage()} {
			text, ok := disk.Sentence(err)
			if err == nil || !ok || what != "saving again" && what != "staging" && !strings.Contains(text, c.want) || strings.ContainsAny(text, "()") {
				t.Errorf("%s, %s is told as %s (%v)", name, what, text, err)
			}
		}
		if err := db.Close(); err != nil {
			t.Errorf("%s: closing: %v", name, err)
		}
	}
}

// Ensure that looking into a ledger leaves its file as it was.
func TestLookingWritesNothing(t *testing.T) {
	db := newLedger(t, township)
	put(t, db, &person{Name: "白音巴图"})
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(db.Path())
	if err != nil {
		t.Fatal(err)
	}
	again := open(t, db.Path())
	if len(people(t, again)) != 1 {
		t.Error("the person is not there")
	}
	if err := again.Close(); err != nil {
		t.Fatal(err)
	}
	if after, _ := os.ReadFile(db.Path()); !bytes.Equal(after, before) {
		t.Error("the file was written to")
	}
}

// Ensure that a ledger that cannot be filled is not left half filled, and that
// the reason is told.
func TestCreateFilled(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.touyan")
	failure := errors.New("没有材料")
	full := &fs.PathError{Op: "write", Path: path, Err: syscall.ENOSPC}
	for want, fill := range map[string]func(db *store.DB) error{
		"没有材料。": func(db *store.DB) error {
			return db.Do("录入", clerk, func(tx *store.Tx) error { return errors.Join(tx.Put(&person{Name: "甲"}), failure) })
		},
		"磁盘已满，“a.touyan”没有写成，请删去不用的文件，或换一个磁盘再试。": func(*store.DB) error {
			return &disk.Error{Text: store.ErrUncertain.Error() + "。", Err: errors.Join(store.ErrUncertain, full)}
		},
	} {
		err := store.CreateFilled(path, township, true, options(), fill)
		if text, _ := disk.Sentence(err); text != want {
			t.Errorf("told as %s, want %s", text, want)
		}
		if list, _ := os.ReadDir(filepath.Dir(path)); len(list) != 0 {
			t.Errorf("left behind: %v", list)
		}
	}
	err := store.CreateFilled(path, township, true, options(), func(db *store.DB) error {
		return db.Do("录入", clerk, func(tx *store.Tx) error { return tx.Put(&person{Name: "甲"}) })
	})
	if err != nil || len(people(t, open(t, path))) != 1 {
		t.Errorf("a filled ledger: %v", err)
	}
	if err := store.CreateFilled(path, township, true, options(), nil); !errors.Is(err, store.ErrExists) {
		t.Errorf("over another: %v", err)
	}
}
