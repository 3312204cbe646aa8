package store_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"touyan/store"
	"touyan/store/pages"
)

// Ensure that Verify tells of a bit that flips, while the ledger is open, in a key
// of a page that leads to others: every value behind it is still there and whole,
// but asking for one finds nothing.
func TestVerifyFindsLostWay(t *testing.T) {
	db := newLedger(t, township)
	err := db.Do("录入", clerk, func(tx *store.Tx) (err error) {
		for i := range 300 {
			err = errors.Join(err, tx.Put(&person{Name: fmt.Sprint("甲", i)}))
		}
		return err
	})
	if err = errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(db.Path())
	if err != nil {
		t.Fatal(err)
	}
	astray := 0
	for _, at := range branchKeys(whole) {
		path := filepath.Join(t.TempDir(), "a.touyan")
		if err := os.WriteFile(path, whole, 0o600); err != nil {
			t.Fatal(err)
		}
		again, err := store.Open(path, options())
		if err != nil {
			t.Fatal(err)
		}
		flip(t, path, int64(at), whole[at]^0x80)
		if !reachable(again) {
			r, err := again.Verify(t.Context())
			if astray++; err != nil || r.Good() {
				t.Errorf("byte %d: records are not found, and Verify says %v, %v", at, r, err)
			}
		}
		if err := again.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if astray == 0 {
		t.Error("no flipped bit led astray: the ledger is too small for this test")
	}
}

// flip writes over one byte of a file that others have open.
func flip(t *testing.T, path string, at int64, b byte) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	_, err = f.WriteAt([]byte{b}, at)
	if err = errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
}

// Ensure that a file whose pages do not hang together is refused before bbolt
// follows one of them: it would read what lies beside in memory, which may be a
// good copy of the very page.
func TestOpenFollowsNoDamagedPage(t *testing.T) {
	whole, err := os.ReadFile(filled(t))
	if err != nil {
		t.Fatal(err)
	}
	file := bytes.NewReader(whole)
	root := pages.Roots(file)[0]
	size := int(root.PageSize)
	path := filepath.Join(t.TempDir(), "a.touyan")
	refused := 0
	for n := range 8 * size { // of the page of all buckets, which holds the small ones whole
		at, bit := int(root.Tree)*size+n/8, byte(1)<<(n%8)
		whole[at] ^= bit
		if root.Walk(file, int64(len(whole))) != nil {
			if err := os.WriteFile(path, whole, 0o600); err != nil {
				t.Fatal(err)
			}
			if db, err := store.Open(path, options()); !errors.Is(err, store.ErrDamaged) {
				t.Errorf("bit %d of byte %d of the page: %v", n%8, n/8, err)
				if err == nil {
					db.Close()
				}
			}
			refused++
		}
		whole[at] ^= bit
	}
	if refused < 300 {
		t.Errorf("only %d bits of %d bytes are of the page's order", refused, size)
	}
}

// Ensure that a flipped bit in one of the first two pages, which has bbolt go
// back to the save before if it is the newer, is told and noted at the next
// opening, with a password and without, and not once more at the one after.
func TestFlippedFirstPageIsTold(t *testing.T) {
	for _, password := range []string{"", "蓝天白云2026"} {
		opts := options()
		opts.Anchors = t.TempDir()
		whole := twoPeople(t, opts, password)
		remembered := anchorsIn(t, opts.Anchors)
		back := 0
		for _, at := range []int{16, 40, 65, 79, 4096 + 16, 4096 + 40, 4096 + 65, 4096 + 79} { // magic, root, number, checksum
			path := filepath.Join(t.TempDir(), "a.touyan")
			whole[at] ^= 1
			err := os.WriteFile(path, whole, 0o600)
			whole[at] ^= 1
			for name, text := range remembered {
				err = errors.Join(err, os.WriteFile(name, text, 0o600))
			}
			if err != nil {
				t.Fatal(err)
			}
			n, told := cameIn(t, path, opts, password)
			if n < 2 {
				back++
			}
			if len(told) == 0 || n < 2 && password != "" && len(told) < 2 { // the page, and what is remembered of the journal
				t.Errorf("byte %d: %d people, and found %v", at, n, told)
			}
			if _, told := cameIn(t, path, opts, password); len(told) > 0 {
				t.Errorf("byte %d: told again: %v", at, told)
			}
		}
		if back != 4 {
			t.Errorf("%d of 8 bytes led back, want those of one page", back)
		}
	}
}

// Ensure that a file that cannot be a ledger is not kept locked: a good one in
// its place opens at once.
func TestDamagedFileIsLetGo(t *testing.T) {
	whole := twoPeople(t, options(), "")
	free := int(binary.LittleEndian.Uint64(whole[48:])) // of one of the first pages; either will do
	for name, at := range map[string]int{"kind": free*4096 + 8, "number": free*4096 + 11} {
		path := filepath.Join(t.TempDir(), "a.touyan")
		broken := slices.Clone(whole)
		for _, page := range []int{0, 4096} { // both lead to the same list
			copy(broken[page+16:page+80], whole[16:80])
		}
		broken[at] ^= 0x40
		if err := os.WriteFile(path, broken, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := store.Open(path, options()); !errors.Is(err, store.ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
		if b, err := os.ReadFile(path); err != nil || !bytes.Equal(b, broken) {
			t.Errorf("%s: the file was changed, %v", name, err)
		}
		if err := os.WriteFile(path, whole, 0o600); err != nil {
			t.Fatal(err)
		}
		db, err := store.Open(path, options())
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}
}

// twoPeople is the file of a ledger after two saves.
func twoPeople(t *testing.T, opts store.Options, password string) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.touyan")
	if err := store.Create(path, township, false, opts); err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(path, opts)
	if err != nil {
		t.Fatal(err)
	}
	if password != "" {
		if _, err := db.Protect(t.Context(), "苏和", store.Roles, password); err != nil {
			t.Fatal(err)
		}
	}
	put(t, db, &person{Name: "甲"})
	put(t, db, &person{Name: "乙"})
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return whole
}

// anchorsIn are the files of a folder of anchors.
func anchorsIn(t *testing.T, folder string) map[string][]byte {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(folder, "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, name := range names {
		if files[name], err = os.ReadFile(name); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// cameIn opens a ledger and tells how many people it has, and what was found
// wrong with it and noted.
func cameIn(t *testing.T, path string, opts store.Options, password string) (n int, told []store.Finding) {
	t.Helper()
	db, err := store.Open(path, opts)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	before := 0
	if password != "" {
		if err := db.Unlock(t.Context(), db.Users()[0].ID, password); err != nil {
			t.Fatal(err)
		}
	}
	told = db.Findings()
	for _, op := range ops(t, db) {
		if op == "发现台账异常" {
			before++
		}
	}
	if before < len(told) {
		t.Errorf("found %v, and the journal has %d", told, before)
	}
	return len(people(t, db)), told
}

// reachable reports whether each record that is listed is also found by its id.
func reachable(db *store.DB) bool {
	return db.View(func(tx *store.Tx) error {
		for row, err := range tx.EveryRow("person") {
			if err != nil {
				return err
			}
			if _, ok, err := tx.Row("person", row.ID); !ok || err != nil {
				return fmt.Errorf("%s: %v, %w", row.ID, ok, err)
			}
		}
		return nil
	}) == nil
}

// branchKeys are the places of the last bytes of the keys in all pages of a
// bbolt file that lead to others, and of their first.
func branchKeys(file []byte) (out []int) {
	const page, head, element, branch = 4096, 16, 16, 1
	for at := 2 * page; at+page <= len(file); at += page {
		if binary.LittleEndian.Uint16(file[at+8:]) != branch {
			continue
		}
		for i := range int(binary.LittleEndian.Uint16(file[at+10:])) {
			e := at + head + i*element
			pos, size := binary.LittleEndian.Uint32(file[e:]), binary.LittleEndian.Uint32(file[e+4:])
			if first := e + int(pos); size > 0 && first+int(size) <= at+page {
				out = append(out, first, first+int(size)-1)
			}
		}
	}
	return out
}
