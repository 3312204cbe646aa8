package store_test

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"touyan/store"
)

// Ensure that Verify tells of a flipped bit in a key of a page that leads to
// others: every value behind it is still there and whole, but asking for one
// finds nothing.
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
		whole[at] ^= 0x80
		if err := os.WriteFile(path, whole, 0o600); err != nil {
			t.Fatal(err)
		}
		whole[at] ^= 0x80
		again, err := store.Open(path, options())
		if err != nil {
			continue // told already
		}
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

// Ensure that a flipped bit in the page bbolt wrote last, which has it go back to
// the save before without a word, is found at the next login by what is
// remembered outside the file.
func TestFlippedMetaIsARollback(t *testing.T) {
	opts := options()
	opts.Anchors = t.TempDir()
	path := filepath.Join(t.TempDir(), "a.touyan")
	if err := store.Create(path, township, false, opts); err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(path, opts)
	if err != nil {
		t.Fatal(err)
	}
	const password = "蓝天白云2026"
	if _, err := db.Protect(t.Context(), "苏和", store.Roles, password); err != nil {
		t.Fatal(err)
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
	anchors, err := filepath.Glob(filepath.Join(opts.Anchors, "*.json"))
	if err != nil || len(anchors) != 1 {
		t.Fatal(anchors, err)
	}
	remembered, err := os.ReadFile(anchors[0])
	if err != nil {
		t.Fatal(err)
	}
	back := 0
	for _, at := range []int{16, 40, 65, 79, 4096 + 16, 4096 + 40, 4096 + 65, 4096 + 79} { // magic, root, number, checksum
		whole[at] ^= 1
		err := errors.Join(os.WriteFile(path, whole, 0o600), os.WriteFile(anchors[0], remembered, 0o600))
		if err != nil {
			t.Fatal(err)
		}
		whole[at] ^= 1
		again, err := store.Open(path, opts)
		if err != nil {
			t.Fatal(err)
		}
		if err := again.Unlock(t.Context(), again.Users()[0].ID, password); err != nil {
			t.Fatal(err)
		}
		n := len(people(t, again))
		if n < 2 {
			back++
		}
		if found := again.Findings(); (n < 2) != (len(found) > 0) {
			t.Errorf("byte %d: %d people, and found %v", at, n, found)
		}
		if err := again.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if back != 4 {
		t.Errorf("%d of 8 bytes led back, want those of one page", back)
	}
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
