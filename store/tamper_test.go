package store_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"touyan/store"

	"go.etcd.io/bbolt"
)

// rawLedger opens the file under the program, as somebody with tools would.
func rawLedger(t testing.TB, path string, change func(tx *bbolt.Tx) error) {
	t.Helper()
	b, err := bbolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(b.Update(change), b.Close()); err != nil {
		t.Fatal(err)
	}
}

func copyFile(t testing.TB, from, to string) {
	t.Helper()
	b, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

// filled is a closed ledger with some of everything in it.
func filled(t testing.TB) (path string) {
	t.Helper()
	db := newLedger(t, township)
	v := &village{Name: "前进嘎查"}
	put(t, db, v)
	for _, name := range []string{"白音巴图", "李秀英", "斯琴", "那木拉", "其其格", "阿木尔"} {
		put(t, db, &person{Name: name, Village: v.ID})
	}
	q := &inquiry{Name: "饲草款", Found: "挪用"}
	put(t, db, q)
	do(t, db, "更正", func(tx *store.Tx) error {
		tx.NoteWhy("核实")
		q.Found = "退赔"
		return tx.Put(q)
	})
	if err := db.KeepDraft("person/", map[string]string{"name": "草稿"}); err != nil {
		t.Fatal(err)
	}
	if err := db.Note("打印", "花名册", "", clerk); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return db.Path()
}

// broken reports whether a changed file is refused, or found out by Verify.
func broken(t testing.TB, path string) bool {
	t.Helper()
	db, err := store.Open(path, options())
	if err != nil {
		return true
	}
	defer db.Close()
	r, err := db.Verify(context.Background())
	return err != nil || !r.Good()
}

// Ensure that whatever is done to any value in the file behind the program's
// back shows: changed, taken out, put in twice, swapped with another, or put
// back as it was before.
func TestTamperingShows(t *testing.T) {
	before := filled(t)
	after := filepath.Join(t.TempDir(), "b.touyan")
	copyFile(t, before, after)
	db := open(t, after)
	do(t, db, "更正", func(tx *store.Tx) error {
		return tx.Void("person", firstID(t, tx, "person"), "重复")
	})
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	old := map[string][]byte{} // values by place, before the last operation
	each(t, before, func(bucket string, k, v []byte) { old[bucket+"/"+string(k)] = v })
	work := filepath.Join(t.TempDir(), "c.touyan")
	cases, buckets := 0, map[string]bool{}
	try := func(what, bucket string, key []byte, change func(b *bbolt.Bucket) error) {
		copyFile(t, after, work)
		rawLedger(t, work, func(tx *bbolt.Tx) error { return change(tx.Bucket([]byte(bucket))) })
		cases++
		if buckets[bucket] = true; !broken(t, work) {
			t.Errorf("%s in %s %x goes unseen", what, bucket, key)
		}
	}
	var last []byte
	each(t, after, func(bucket string, k, v []byte) {
		if bucket == "door" || bucket == "header" && string(k) == "format" {
			return
		}
		try("a changed bit", bucket, k, func(b *bbolt.Bucket) error {
			c := bytes.Clone(v)
			c[len(c)/2] ^= 4
			return b.Put(k, c)
		})
		try("a value taken out", bucket, k, func(b *bbolt.Bucket) error { return b.Delete(k) })
		if bucket == "header" || bucket == "header2" || bucket == "manifest" {
			return
		}
		try("a value put in twice", bucket, k, func(b *bbolt.Bucket) error { return b.Put(append(bytes.Clone(k), 1), v) })
		try("a value moved", bucket, k, func(b *bbolt.Bucket) error {
			c := bytes.Clone(k)
			c[len(c)-1] ^= 1
			return errors.Join(b.Delete(k), b.Put(c, v))
		})
		if last != nil {
			try("another's value", bucket, k, func(b *bbolt.Bucket) error { return b.Put(k, last) })
		}
		last = v
		if was, ok := old[bucket+"/"+string(k)]; ok && !bytes.Equal(was, v) {
			try("an older value", bucket, k, func(b *bbolt.Bucket) error { return b.Put(k, was) })
		}
	})
	if cases < 200 || len(buckets) < 10 {
		t.Errorf("only %d cases in %v", cases, buckets)
	}
	if broken(t, after) {
		t.Error("the file nobody touched is broken")
	}
}

func firstID(t testing.TB, tx *store.Tx, kind string) string {
	t.Helper()
	for r, err := range tx.Rows(kind) {
		if err != nil {
			t.Fatal(err)
		}
		return r.ID
	}
	t.Fatal("no record")
	return ""
}

// each visits every value in a closed file.
func each(t testing.TB, path string, visit func(bucket string, k, v []byte)) {
	t.Helper()
	b, err := bbolt.Open(path, 0o600, &bbolt.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	type value struct {
		bucket string
		k, v   []byte
	}
	var all []value
	err = b.View(func(tx *bbolt.Tx) error {
		return tx.ForEach(func(name []byte, b *bbolt.Bucket) error {
			return b.ForEach(func(k, v []byte) error {
				all = append(all, value{string(name), bytes.Clone(k), bytes.Clone(v)})
				return nil
			})
		})
	})
	if err := errors.Join(err, b.Close()); err != nil {
		t.Fatal(err)
	}
	for _, x := range all {
		visit(x.bucket, x.k, x.v)
	}
}

// Ensure that a list read from a file somebody took a record out of is an error
// and never a shorter list.
func TestShortListIsAnError(t *testing.T) {
	path := filled(t)
	rawLedger(t, path, func(tx *bbolt.Tx) error {
		b := tx.Bucket([]byte("r:person"))
		k, _ := b.Cursor().First()
		return b.Delete(k)
	})
	db, err := store.Open(path, options())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	err = db.View(func(tx *store.Tx) error {
		for _, err := range tx.Rows("person") {
			if err != nil {
				return err
			}
		}
		return nil
	})
	if !errors.Is(err, store.ErrDamaged) {
		t.Errorf("Rows = %v", err)
	}
}

// Ensure that one damaged copy of the header keeps nobody out, and that it is told.
func TestHeaderIsThereTwice(t *testing.T) {
	for _, bucket := range []string{"header", "header2"} {
		db, _ := protected(t)
		put(t, db, &person{Name: "白音巴图"})
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		rawLedger(t, db.Path(), func(tx *bbolt.Tx) error {
			b := tx.Bucket([]byte(bucket))
			v := bytes.Clone(b.Get([]byte("header")))
			v[len(v)/2] ^= 1
			return b.Put([]byte("header"), v)
		})
		db, err := store.Open(db.Path(), options())
		if err != nil {
			t.Fatal(err)
		}
		login(t, db, "苏和", adminWord)
		if r := verify(t, db); len(r.Findings) != 1 || r.Findings[0].What != store.Altered {
			t.Errorf("%s: %v", bucket, r.Findings)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// exchanged puts buckets of one closed file in the place of another's.
func exchanged(t *testing.T, into, from string, names []string) {
	t.Helper()
	b, err := bbolt.Open(from, 0o600, &bbolt.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	err = b.View(func(src *bbolt.Tx) error {
		rawLedger(t, into, func(dst *bbolt.Tx) error {
			for _, name := range names {
				if err := dst.DeleteBucket([]byte(name)); err != nil {
					return err
				}
				to, err := dst.CreateBucket([]byte(name))
				if err != nil {
					return err
				}
				if err := src.Bucket([]byte(name)).ForEach(to.Put); err != nil {
					return err
				}
			}
			return nil
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// differing are the buckets two closed files differ in, but for the door.
func differing(t *testing.T, a, b string) (names []string) {
	t.Helper()
	all := func(path string) map[string]string {
		m := map[string]string{}
		each(t, path, func(bucket string, k, v []byte) { m[bucket] += fmt.Sprintf("%x=%x ", k, v) })
		return m
	}
	was, is := all(a), all(b)
	for name := range is {
		if name != "door" && was[name] != is[name] {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// Ensure that no part of a file can be put back as it was earlier while the rest
// stays: of whatever buckets have changed since, any of the older ones among the
// newer show.
func TestOlderPartsShow(t *testing.T) {
	before := filled(t)
	after := filepath.Join(t.TempDir(), "b.touyan")
	copyFile(t, before, after)
	db := open(t, after)
	do(t, db, "更正", func(tx *store.Tx) error {
		return tx.Void("person", firstID(t, tx, "person"), "重复")
	})
	ok(t, db.KeepDraft("person/", draft{"name": "又一"}))
	ok(t, db.Close())
	names := differing(t, before, after)
	work := filepath.Join(t.TempDir(), "c.touyan")
	for mix := 1; mix < 1<<len(names)-1; mix++ {
		var old []string
		for i, name := range names {
			if mix>>i&1 == 1 {
				old = append(old, name)
			}
		}
		copyFile(t, after, work)
		exchanged(t, work, before, old)
		if !broken(t, work) {
			t.Errorf("of %v the older %v go unseen", names, old)
		}
	}
	if len(names) < 6 {
		t.Errorf("only %v differ", names)
	}
}

// Ensure that neither an older header, nor anything of another ledger, passes
// where the ledger has users: who comes in is refused, or told.
func TestPartsOfOthersShow(t *testing.T) {
	db, _ := protected(t)
	put(t, db, &person{Name: "白音巴图"})
	addUser(t, db, "要走的", clerkWord, store.Clerk)
	gone := user(t, db, "要走的")
	before := copied(t, db)
	ok(t, db.RemoveUser(t.Context(), gone))
	put(t, db, &person{Name: "斯琴"})
	ok(t, db.Close())
	other, _ := protected(t)
	put(t, other, &person{Name: "那木拉"})
	ok(t, other.Close())
	odd := func(path, id, word string) bool {
		db, err := store.Open(path, options())
		if err != nil {
			return true
		}
		defer db.Close()
		if err := db.Unlock(t.Context(), id, word); err != nil {
			return true
		}
		r, err := db.Verify(t.Context())
		return err != nil || !r.Good()
	}
	me := headerOf(t, db.Path()).Slots[0].ID
	for what, from := range map[string]string{"older": before, "another's": other.Path()} {
		parts := [][]string{{"header", "header2"}, {"header", "header2", "meta"}, {"header", "header2", "meta", "manifest"}}
		for _, name := range differing(t, from, db.Path()) {
			parts = append(parts, []string{name})
		}
		for _, names := range parts {
			work := filepath.Join(t.TempDir(), "c.touyan")
			copyFile(t, db.Path(), work)
			exchanged(t, work, from, names)
			if !odd(work, me, adminWord) || !odd(work, gone, clerkWord) {
				t.Errorf("%s %v go unseen", what, names)
			}
		}
	}
}
