package store_test

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"touyan/store"
	"touyan/store/record"
)

// Ensure that what is kept of a sealed file comes back whole, also after the
// ledger was closed, and that contents keep their ids.
func TestPapersAreKept(t *testing.T) {
	path := filepath.Join(t.TempDir(), "台账.touyan")
	opts := store.Options{Kinds: record.Kinds()}
	who := store.Actor{Name: "张敏"}
	if err := store.Create(path, store.Office{Code: "150426101", Name: "某某苏木"}, false, opts); err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256([]byte("毕业证书"))
	want := store.Paper{File: strings.Repeat("ab", 32), Key: sum, Type: "1", Bytes: 1 << 33, Width: 3000, Height: 4000, Pages: 2, Thumb: bytes.Repeat([]byte{7}, 12000)}
	db, err := store.Open(path, opts)
	if err != nil {
		t.Fatal(err)
	}
	err = db.Do("添加附件", who, func(tx *store.Tx) error {
		s, err := tx.PaperSecret()
		if err != nil {
			return err
		}
		want.ID = s.ID(sum)
		return tx.KeepPaper(s, want)
	})
	if err = errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	if db, err = store.Open(path, opts); err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	err = db.View(func(tx *store.Tx) error {
		s, err := tx.PaperSecret()
		if err != nil {
			return err
		}
		if got := s.ID(sum); got != want.ID {
			t.Errorf("the content is now called %s, was %s", got, want.ID)
		}
		got, ok, err := tx.Paper(want.ID)
		if !ok || got.File != want.File || got.Key != want.Key || got.Bytes != want.Bytes || got.Width != want.Width || got.Height != want.Height || got.Pages != want.Pages || !bytes.Equal(got.Thumb, want.Thumb) {
			t.Errorf("kept %+v, want %+v", got, want)
		}
		n := 0
		for p, err := range tx.Papers() {
			if err != nil || p.ID != want.ID {
				t.Errorf("visited %s, %v", p.ID, err)
			}
			n++
		}
		if n != 1 {
			t.Errorf("visited %d papers", n)
		}
		for _, id := range []string{"", "毕业证", strings.Repeat("0", 32), strings.ToUpper(want.ID)} {
			if _, ok, err := tx.Paper(id); ok || err != nil {
				t.Errorf("%q: found %v, %v", id, ok, err)
			}
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// Ensure that a file sealed under a secret the ledger does not have is not kept:
// two proposals made before the first paper.
func TestOneSecret(t *testing.T) {
	path := filepath.Join(t.TempDir(), "台账.touyan")
	opts := store.Options{Kinds: record.Kinds()}
	if err := store.Create(path, store.Office{Code: "150426101", Name: "某某苏木"}, false, opts); err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(path, opts)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var a, b store.PaperSecret
	err = db.View(func(tx *store.Tx) (err error) {
		a, err = tx.PaperSecret()
		if err == nil {
			b, err = tx.PaperSecret()
		}
		return err
	})
	keep := func(s store.PaperSecret) error {
		return db.Do("添加附件", store.Actor{}, func(tx *store.Tx) error {
			return tx.KeepPaper(s, store.Paper{ID: s.ID([32]byte{}), File: "x"})
		})
	}
	if err = errors.Join(err, keep(a)); err != nil {
		t.Fatal(err)
	}
	if err := keep(b); !errors.Is(err, store.ErrStale) {
		t.Errorf("kept under another secret: %v", err)
	}
	if err := keep(a); err != nil {
		t.Error(err)
	}
}
