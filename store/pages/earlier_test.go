package pages_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"touyan/store/pages"

	"go.etcd.io/bbolt"
)

// contents are all keys and values of a file, as bbolt reads it.
func contents(t *testing.T, whole []byte) (all []string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "b.bolt")
	if err := os.WriteFile(path, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var list func(b *bbolt.Bucket) error
	list = func(b *bbolt.Bucket) error {
		return b.ForEach(func(k, v []byte) error {
			all = append(all, fmt.Sprintf("%q %x", k, v))
			if v == nil {
				return list(b.Bucket(k))
			}
			return nil
		})
	}
	err = db.View(func(tx *bbolt.Tx) error {
		return tx.ForEach(func(_ []byte, b *bbolt.Bucket) error { return list(b) })
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// Ensure that, whichever page of the last commit did not reach the disk, what
// was there before it is read as it was, unless pages of that are damaged too.
func TestEarlier(t *testing.T) {
	before := newFile(t)
	path := filepath.Join(t.TempDir(), "a.bolt")
	if err := os.WriteFile(path, before, 0o600); err != nil {
		t.Fatal(err)
	}
	db, err := bbolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(func(tx *bbolt.Tx) error {
		in := tx.Bucket([]byte("many")).Bucket([]byte("within"))
		return errors.Join(in.Put([]byte("key 1"), []byte("changed")), in.Put([]byte("new"), make([]byte, 20_000)))
	})
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	after, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want := fmt.Sprint(contents(t, before))
	if fmt.Sprint(contents(t, after)) == want {
		t.Fatal("the commit changed nothing")
	}
	torn := 0
	for at := 2 * 4096; at < len(after); at += 4096 {
		if at < len(before) && bytes.Equal(before[at:at+4096], after[at:at+4096]) {
			continue
		}
		b := bytes.Clone(after)
		clear(b[at : at+4096])
		r, err := pages.Earlier(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			t.Fatalf("without page %d: %v", at/4096, err)
		}
		got, err := io.ReadAll(r)
		if err != nil || len(got) != len(b) {
			t.Fatalf("%d bytes, %v", len(got), err)
		}
		if fmt.Sprint(contents(t, got)) != want {
			t.Errorf("without page %d it is not what it was", at/4096)
		}
		torn++
	}
	if torn < 4 {
		t.Errorf("the commit wrote %d pages", torn)
	}
	r := pages.Roots(bytes.NewReader(after))[1]
	clear(after[r.Tree*4096:][:4096])
	if _, err := pages.Earlier(bytes.NewReader(after), int64(len(after))); !errors.Is(err, pages.ErrNoEarlier) {
		t.Errorf("with the earlier tree gone too: %v", err)
	}
	if _, err := pages.Earlier(bytes.NewReader(nil), 0); !errors.Is(err, pages.ErrNoEarlier) {
		t.Errorf("of nothing: %v", err)
	}
}
