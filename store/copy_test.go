package store_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"touyan/store"
	"touyan/store/disk"
)

// copyTo makes a copy of the ledger as a file.
func copyTo(t testing.TB, db *store.DB, path string) store.Mark {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	mark, err := db.Copy(t.Context(), f)
	if err := errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
	return mark
}

// Ensure that a copy holds what the ledger held at its moment, says which
// ledger and moment that was, and that looking at it changes no byte of it.
func TestCopy(t *testing.T) {
	db := newLedger(t, township)
	put(t, db, &person{Name: "白音巴图"})
	path := filepath.Join(t.TempDir(), "b.touyan")
	mark := copyTo(t, db, path)
	put(t, db, &person{Name: "后来的人"})
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if mark.Seq != 1 || mark.Ledger == "" || mark.Writer == "" || mark.At.IsZero() {
		t.Errorf("mark %+v", mark)
	}
	if got, ok := store.MarkOf(path); !ok || got.Seq != mark.Seq || got.Ledger != mark.Ledger || !got.At.Equal(mark.At) {
		t.Errorf("the file says %+v", got)
	}
	var read int64
	if got, err := store.CheckCopy(t.Context(), path, func(n int64) { read += n }); err != nil || got.Seq != 1 || read == 0 || read > int64(len(before)) {
		t.Errorf("%+v, %d of %d bytes, %v", got, read, len(before), err)
	}
	if r, err := db.VerifyCopy(t.Context(), path); err != nil || r.Records != 1 || r.Entries != 1 || !r.Good() {
		t.Errorf("%+v, %v", r, err)
	}
	if r, err := store.Inspect(t.Context(), path, options()); err != nil || r.Records != 1 || r.Entries != 1 || !r.Good() {
		t.Errorf("%+v, %v", r, err)
	}
	err = store.Look(path, options(), func(tx *store.Tx) error {
		n := 0
		for row, err := range tx.Rows("person") {
			if n++; err != nil || row.Values[0] != "白音巴图" {
				t.Error(row, err)
			}
		}
		if n != 1 || tx.Seq() != 1 {
			t.Errorf("%d people, operation %d", n, tx.Seq())
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	if after, _ := os.ReadFile(path); !bytes.Equal(after, before) {
		t.Error("looking has changed the copy")
	}
}

// Ensure that a copy put back by hand, under the same name on the same machine,
// works as a ledger, issues no stamp that the ledger it was taken of may have
// issued, and changes its id just once.
func TestCopyPutBack(t *testing.T) {
	db := newLedger(t, township)
	put(t, db, &person{Name: "白音巴图"})
	saved := filepath.Join(t.TempDir(), "b.touyan")
	copyTo(t, db, saved)
	put(t, db, &person{Name: "丢了的人"})
	lost := dotOf(t, db, "丢了的人")
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	copied, err := os.ReadFile(saved)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // putting the same copy back twice is two times
		if err := os.WriteFile(db.Path(), copied, 0o600); err != nil {
			t.Fatal(err)
		}
		again := open(t, db.Path())
		put(t, again, &person{Name: "新的人"})
		if dot := dotOf(t, again, "新的人"); dot.Counter != lost.Counter || dot.Ledger == lost.Ledger {
			t.Errorf("stamp %v after %v", dot, lost)
		}
		for range 40 {
			put(t, again, &person{Name: "再来"}) // the file grows over its trailer
		}
		if err := again.Close(); err != nil {
			t.Fatal(err)
		}
		third := open(t, db.Path())
		put(t, third, &person{Name: "最后"})
		if a, b := dotOf(t, third, "新的人"), dotOf(t, third, "最后"); a.Ledger != b.Ledger || len(people(t, third)) != 43 {
			t.Error("another id, or not all there")
		}
		if err := third.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// dotOf is the stamp of a person's name.
func dotOf(t testing.TB, db *store.DB, name string) (dot store.Dot) {
	t.Helper()
	for _, p := range people(t, db) {
		if p.Name != name {
			continue
		}
		err := db.View(func(tx *store.Tx) error {
			s, _, err := tx.State("person", p.ID)
			dot = s["name"][0].Dot
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return dot
}

// Ensure that what was done since a mark is told from logins, prints and backups,
// which leave nothing to copy.
func TestChangedSince(t *testing.T) {
	db := newLedger(t, township)
	put(t, db, &person{Name: "白音巴图"})
	mark, err := db.Mark()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		what string
		do   func() error
		want bool
	}{
		{"nothing", func() error { return nil }, false},
		{"a note", func() error { return db.Note("备份", "U 盘", "", clerk) }, false},
		{"a record", func() error {
			return db.Do("录入", clerk, func(tx *store.Tx) error { return tx.Put(&person{Name: "乙"}) })
		}, true},
		{"another note", func() error { return db.Note("备份", "U 盘", "", clerk) }, true},
	} {
		if err := c.do(); err != nil {
			t.Fatal(err)
		}
		if got, err := db.ChangedSince(mark); got != c.want || err != nil {
			t.Errorf("after %s: %v, %v", c.what, got, err)
		}
	}
	if mark, err = db.Mark(); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Protect(t.Context(), "张敏", []store.Role{store.Clerk, store.Admin}, "春天的大草原 2026"); err != nil {
		t.Fatal(err)
	}
	if got, err := db.ChangedSince(mark); !got || err != nil {
		t.Errorf("after a password was set: %v, %v", got, err)
	}
}

// Ensure that a ledger locked again can still be copied, and one never unlocked
// says that it is locked.
func TestCopyWhileLocked(t *testing.T) {
	db := newLedger(t, township)
	put(t, db, &person{Name: "白音巴图"})
	if _, err := db.Protect(t.Context(), "张敏", []store.Role{store.Clerk, store.Admin}, "春天的大草原 2026"); err != nil {
		t.Fatal(err)
	}
	db.Lock()
	path := filepath.Join(t.TempDir(), "b.touyan")
	if mark := copyTo(t, db, path); mark.Seq < 2 {
		t.Errorf("%+v", mark)
	}
	if _, err := store.CheckCopy(t.Context(), path, nil); err != nil {
		t.Error(err)
	}
	if _, err := store.Inspect(t.Context(), path, options()); err != nil {
		t.Error(err)
	}
	if err := store.Look(path, options(), nil); !errors.Is(err, store.ErrLocked) {
		t.Errorf("looking: %v", err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	again := open(t, db.Path())
	if _, err := again.Copy(t.Context(), io.Discard); !errors.Is(err, store.ErrLocked) {
		t.Errorf("copying one never unlocked: %v", err)
	}
}

// Ensure that a flipped bit of a copy, and any cut, is seen
// without a key, and that none of them ends the program.
func TestFlippedBitsOfACopy(t *testing.T) {
	db := newLedger(t, township)
	put(t, db, &person{Name: "白音巴图"})
	path := filepath.Join(t.TempDir(), "b.touyan")
	copyTo(t, db, path)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	tried := 0
	for bit := 0; bit < 8*len(whole); bit += 17 { // one in every second byte, the end whole
		if bit > 8*(len(whole)-400) {
			bit -= 8
		}
		at := int64(bit / 8)
		f.WriteAt([]byte{whole[at] ^ 1<<(bit%8)}, at)
		if _, err := store.CheckCopy(t.Context(), path, nil); !errors.Is(err, store.ErrBadCopy) && !errors.Is(err, store.ErrNoMark) {
			t.Fatalf("bit %d: %v", bit, err)
		}
		f.WriteAt(whole[at:at+1], at)
		tried++
	}
	for size := len(whole) - 1; size >= 0; size -= 1 + len(whole)/500 {
		if err := os.WriteFile(path, whole[:size], 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := store.CheckCopy(t.Context(), path, nil); !errors.Is(err, store.ErrNoMark) {
			t.Fatalf("cut to %d: %v", size, err)
		}
	}
	t.Logf("%d bits flipped, %d bytes", tried, len(whole))
}

// pen fails after some bytes.
type pen struct {
	left int
	err  error
}

func (p *pen) Write(b []byte) (int, error) {
	if p.left -= len(b); p.left < 0 {
		return 0, p.err
	}
	return len(b), nil
}

// Ensure that a writer that fails, and a context that ends, stop a copy
// wherever it is, with just that error, and leave the ledger at work.
func TestCopyStops(t *testing.T) {
	db := newLedger(t, township)
	put(t, db, &person{Name: "白音巴图"})
	full := errors.New("磁盘已满")
	for left := 0; left < 24_000; left += 4000 {
		_, err := db.Copy(t.Context(), &pen{left: left, err: full})
		if err != full {
			t.Errorf("after %d bytes: %v", left, err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		rest := left
		_, err = db.Copy(ctx, writerFunc(func(b []byte) (int, error) {
			if rest -= len(b); rest < 0 {
				cancel()
			}
			return len(b), nil
		}))
		if err != nil && err != context.Canceled {
			t.Errorf("canceled: %v", err)
		}
		cancel()
	}
	put(t, db, &person{Name: "乙"})
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(b []byte) (int, error) { return f(b) }

// Ensure that a ledger cut short under the open program is no source of copies.
func TestCopyOfCutLedger(t *testing.T) {
	db := newLedger(t, township)
	put(t, db, &person{Name: "白音巴图"})
	if err := os.Truncate(db.Path(), 8192); err != nil {
		t.Fatal(err)
	}
	_, err := db.Copy(t.Context(), io.Discard)
	if text, _ := disk.Sentence(err); !errors.Is(err, store.ErrDamaged) || text != "“a.touyan”：台账文件已损坏，请从最近的备份恢复。" {
		t.Errorf("%s (%v)", text, err)
	}
	db.Close()
	os.Remove(db.Path())
}

// Ensure that an open ledger is told from one that is closed, missing or none.
func TestInUse(t *testing.T) {
	db := newLedger(t, township)
	if !store.InUse(db.Path()) {
		t.Error("an open ledger is not in use")
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	text := filepath.Join(t.TempDir(), "a.touyan")
	os.WriteFile(text, []byte("序号,姓名"), 0o600)
	for _, path := range []string{db.Path(), text, text + "x", filepath.Dir(text)} {
		if store.InUse(path) {
			t.Errorf("%s is in use", path)
		}
	}
}
