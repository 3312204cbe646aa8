package paper

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"touyan/store"
)

func (d *desk) void(kind, id string) {
	d.t.Helper()
	ok(d.t, d.db.Do(OpVoid, clerk, func(tx *store.Tx) error { return tx.Void(kind, id, "不应归档") }))
}

// Ensure that a purged paper's file is gone, that a copy of it put back is
// nobody's and opens for nobody, and that what another owner still has of the
// same content stays whole.
func TestPurge(t *testing.T) {
	d := newDesk(t)
	a, b := d.photo("毕业证书.jpg", 1), d.photo("合影.jpg", 2)
	mine := d.attach(Owner{Person: d.person}, a, b)
	theirs := d.attach(Owner{Village: d.village}, b)
	name := d.fileOf(d.papers(d.person)[0])
	sealed, err := os.ReadFile(filepath.Join(Dir(d.db.Path()), name))
	ok(t, err)
	if _, err := Purge(t.Context(), d.db, clerk, "paper", mine[0].Record, "本人要求"); !errors.Is(err, store.ErrNotVoid) {
		t.Fatalf("one that counts: %v", err)
	}
	for i, files := range []int{1, 0} { // the second's content the village has too
		d.void("paper", mine[i].Record)
		done, err := Purge(t.Context(), d.db, clerk, "paper", mine[i].Record, "本人要求")
		if err != nil || done.Records != 1 || done.Files != files || done.Left != nil {
			t.Errorf("%s: purged %+v, %v", mine[i].Title, done, err)
		}
	}
	if got := d.kept(); len(got) != 1 || got[0] == name {
		t.Errorf("there stay %q", got)
	}
	if _, _, err := Get(d.db, theirs[0].Record); err != nil {
		t.Errorf("the village's: %v", err)
	}
	ok(t, os.WriteFile(filepath.Join(Dir(d.db.Path()), name), sealed, 0o600))
	if _, _, err := Get(d.db, mine[0].Record); err == nil {
		t.Error("it opens again")
	}
	if r := d.check(); len(r.Orphans) != 1 || r.Orphans[0].Name != name || r.Files != 1 {
		t.Errorf("checked: %+v", r)
	}
	if v := d.attach(Owner{Person: d.person}, a); v[0].Err != nil {
		t.Errorf("attached anew: %v", v[0].Err)
	} else if _, _, err := Get(d.db, v[0].Record); err != nil {
		t.Errorf("attached anew: %v", err)
	}
}

// Ensure that with a person go its papers, those voided before among them, and
// their files.
func TestPurgeOfAPerson(t *testing.T) {
	d := newDesk(t)
	v := d.attach(Owner{Person: d.person}, d.photo("毕业证书.jpg", 1), d.photo("合影.jpg", 2))
	d.attach(Owner{Village: d.village}, d.photo("决议.jpg", 3))
	d.void("paper", v[1].Record)
	d.void("person", d.person)
	done, err := Purge(t.Context(), d.db, clerk, "person", d.person, "本人要求")
	if err != nil || done.Records != 3 || done.Files != 2 {
		t.Errorf("purged %+v, %v", done, err)
	}
	if len(d.kept()) != 1 || len(d.papers(d.village)) != 1 {
		t.Errorf("there stay %q", d.kept())
	}
	if r := d.check(); r.Files != 1 || len(r.Wrong)+len(r.Orphans) != 0 {
		t.Errorf("checked: %+v", r)
	}
}

// Ensure that a file that cannot be removed is told, and opens for nobody all
// the same.
func TestPurgeOfAFileThatStays(t *testing.T) {
	d := newDesk(t)
	id := d.attach(Owner{Person: d.person}, d.photo("毕业证书.jpg", 1))[0].Record
	path := filepath.Join(Dir(d.db.Path()), d.kept()[0])
	ok(t, os.Remove(path))
	ok(t, os.MkdirAll(filepath.Join(path, "里面"), 0o700)) // a folder that is not empty cannot be removed
	d.void("paper", id)
	done, err := Purge(t.Context(), d.db, clerk, "paper", id, "本人要求")
	if err != nil || done.Files != 0 || done.Left == nil {
		t.Errorf("purged %+v, %v", done, err)
	}
	if r := d.check(); r.Files != 0 || len(r.Orphans) != 1 {
		t.Errorf("checked: %+v", r)
	}
}

// Ensure that a content that is purged while it is being attached once more is
// not kept as a record without a file.
func TestPurgeMeanwhile(t *testing.T) {
	d := newDesk(t)
	a := d.photo("毕业证书.jpg", 1)
	id := d.attach(Owner{Person: d.person}, a)[0].Record
	d.void("paper", id)
	_, err := Attach(t.Context(), d.db, clerk, Owner{Village: d.village}, []string{a}, func(int64, int64) {
		if _, err := Purge(t.Context(), d.db, clerk, "paper", id, "本人要求"); err != nil {
			t.Error(err)
		}
	})
	if !errors.Is(err, store.ErrStale) || len(d.papers(d.village)) != 0 {
		t.Errorf("attached: %v", err)
	}
	if v := d.attach(Owner{Village: d.village}, a); v[0].Err != nil {
		t.Errorf("attached again: %v", v[0].Err)
	}
}
