package store_test

import (
	"crypto/sha256"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
)

// paperLedger is a ledger of the office's own kinds with a 负责人 who is logged in
// and a 经办人 who is not, and a person to attach papers to.
func paperLedger(t *testing.T) (db *store.DB, person string) {
	t.Helper()
	o := options()
	o.Kinds = record.Kinds()
	path := filepath.Join(t.TempDir(), "a.touyan")
	if err := store.Create(path, township, false, o); err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(path, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := checkFile(db); err != nil {
			t.Error(err)
		}
	})
	if _, err := db.Protect(t.Context(), "苏和", store.Roles, adminWord); err != nil {
		t.Fatal(err)
	}
	addUser(t, db, "娜仁", clerkWord, store.Clerk)
	p := &record.Person{Name: "白音巴图"}
	put(t, db, p)
	return db, p.ID
}

// attach keeps a paper with that content and makes a record of it.
func attach(db *store.DB, person, title, class, content string) (*record.Paper, error) {
	rec := &record.Paper{Person: person, Title: title, Class: class}
	err := db.Do("添加附件", clerk, func(tx *store.Tx) error {
		s, err := tx.PaperSecret()
		if err != nil {
			return err
		}
		sum := sha256.Sum256([]byte(content))
		rec.Content = s.ID(sum)
		return errors.Join(tx.KeepPaper(s, store.Paper{ID: rec.Content, File: strings.Repeat("ab", 32), Key: sum}), tx.Put(rec))
	})
	return rec, err
}

func mustAttach(t *testing.T, db *store.DB, person, title, class, content string) *record.Paper {
	t.Helper()
	rec, err := attach(db, person, title, class, content)
	if err != nil {
		t.Fatalf("%s: %v", title, err)
	}
	return rec
}

func paperOf(db *store.DB, rec *record.Paper) (p store.Paper, found bool, err error) {
	err = db.View(func(tx *store.Tx) error {
		p, found, err = tx.Paper(rec.Content)
		return err
	})
	return p, found, err
}

func reclass(db *store.DB, rec *record.Paper, class string) error {
	return db.Do("更正", clerk, func(tx *store.Tx) error {
		now, err := store.Get[record.Paper](tx, rec.ID)
		if err != nil {
			return err
		}
		now.Class = class
		return tx.Put(now)
	})
}

// Ensure that the key of a paper lies under the class its records ask for: from
// the start, after its record was filed anew, when the same content is filed
// under two classes, and after that was taken back.
func TestPapersLieUnderTheirClass(t *testing.T) {
	db, person := paperLedger(t)
	is := func(rec *record.Paper, want field.Class, when string) {
		t.Helper()
		if p, found, err := paperOf(db, rec); err != nil || !found || p.Class != want {
			t.Errorf("%s: of class %d, %v, %v", when, p.Class, found, err)
		}
	}
	bad := mustAttach(t, db, person, "处分决定", record.Discipline, "甲")
	is(bad, field.Discipline, "attached")
	good := mustAttach(t, db, person, "毕业证书", "04", "乙")
	is(good, field.Ordinary, "attached")
	if err := reclass(db, good, record.Discipline); err != nil {
		t.Fatal(err)
	}
	is(good, field.Discipline, "filed anew")
	if err := reclass(db, good, "04"); err != nil {
		t.Fatal(err)
	}
	is(good, field.Ordinary, "filed back")
	again := mustAttach(t, db, person, "同一份", record.Discipline, "乙")
	is(good, field.Discipline, "filed twice")
	var seq uint64
	if err := db.View(func(tx *store.Tx) error { seq = tx.Worked(); return nil }); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Undo(seq, clerk, false); err != nil {
		t.Fatal(err)
	}
	is(again, field.Ordinary, "filed once again")
}

// Ensure that a 经办人 neither reads the key of a paper on discipline, nor files
// one, nor files one away from there, and is told so; and that what he may read
// he reads.
func TestPapersOnDisciplineAreForALeader(t *testing.T) {
	db, person := paperLedger(t)
	bad := mustAttach(t, db, person, "处分决定", record.Discipline, "甲")
	good := mustAttach(t, db, person, "毕业证书", "04", "乙")
	login(t, db, "娜仁", clerkWord)
	if p, found, err := paperOf(db, bad); !errors.Is(err, store.ErrPaperRight) || found || p.Key != [32]byte{} {
		t.Errorf("read %+v, %v, %v", p, found, err)
	}
	if _, found, err := paperOf(db, good); err != nil || !found {
		t.Errorf("his own: %v, %v", found, err)
	}
	for what, err := range map[string]error{
		"filed as discipline":   reclass(db, good, record.Discipline),
		"filed away from there": reclass(db, bad, "04"),
	} {
		if !errors.Is(err, store.ErrPaperRight) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, err := attach(db, person, "又一份", record.Discipline, "丙"); !errors.Is(err, store.ErrPaperRight) {
		t.Errorf("attached: %v", err)
	}
	if _, err := attach(db, person, "同一份", "04", "甲"); !errors.Is(err, store.ErrPaperRight) {
		t.Errorf("attached once more as something else: %v", err)
	}
	var seen []store.Paper
	if err := db.View(func(tx *store.Tx) error {
		for p, err := range tx.Papers() {
			if err != nil {
				return err
			}
			seen = append(seen, p)
		}
		return nil
	}); err != nil || len(seen) != 2 {
		t.Errorf("visits %d, %v", len(seen), err)
	}
	for _, p := range seen {
		if (p.Class == field.Discipline) != (p.File == "") || p.ID == "" {
			t.Errorf("visits %+v", p)
		}
	}
}

// Ensure that purging a paper takes its key out for good, and every key of a
// content it ever had, but not of one that another record, void or not, still
// uses; and that purging a person purges the papers attached to it.
func TestPurgeDropsPaperKeys(t *testing.T) {
	db, person := paperLedger(t)
	first := mustAttach(t, db, person, "毕业证书", "04", "甲")
	before := first.Content
	other := mustAttach(t, db, person, "重扫", "04", "乙")
	if err := db.Do("替换附件", clerk, func(tx *store.Tx) error {
		now, err := store.Get[record.Paper](tx, first.ID)
		if err != nil {
			return err
		}
		now.Content = other.Content
		return tx.Put(now)
	}); err != nil {
		t.Fatal(err)
	}
	void := func(kind, id string) {
		t.Helper()
		do(t, db, "作废", func(tx *store.Tx) error { return tx.Void(kind, id, "不应归档") })
	}
	void("paper", first.ID)
	done, err := db.Purge(t.Context(), "paper", first.ID, "本人要求", clerk)
	if err != nil || done.Records != 1 || len(done.Files) != 1 {
		t.Fatalf("purged %+v, %v", done, err)
	}
	if _, found, err := paperOf(db, &record.Paper{Content: before}); err != nil || found {
		t.Errorf("the key of what was replaced: %v, %v", found, err)
	}
	if _, found, err := paperOf(db, other); err != nil || !found {
		t.Errorf("the key another record uses: %v, %v", found, err)
	}
	void("person", person)
	if err := db.View(func(tx *store.Tx) error {
		goes, err := tx.Purging("person", person)
		if goes["person"] != 1 || goes["paper"] != 1 { // the purged one does not speak of the person any more
			t.Errorf("there would go %v", goes)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if done, err = db.Purge(t.Context(), "person", person, "本人要求", clerk); err != nil || done.Records != 2 || len(done.Files) != 1 {
		t.Fatalf("purged %+v, %v", done, err)
	}
	if _, found, err := paperOf(db, other); err != nil || found {
		t.Errorf("the key of a person's paper: %v, %v", found, err)
	}
	for _, k := range []string{"person", "paper"} { // nothing of it is left that counts
		if err := db.View(func(tx *store.Tx) error {
			for row, err := range tx.Rows(k) {
				t.Errorf("%s still counts: %v, %v", k, row, err)
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := db.Purge(t.Context(), "person", person, "再来一次", clerk); !errors.Is(err, store.ErrPurged) {
		t.Errorf("purged twice: %v", err)
	}
}

// Ensure that taking back an operation leaves out what was purged since, and
// that where this was all of it there is nothing to take back.
func TestUndoLeavesOutWhatWasPurged(t *testing.T) {
	db := newLedger(t, township)
	gone, stays := &person{Name: "白音巴图"}, &person{Name: "李秀英"}
	both := do(t, db, "导入", func(tx *store.Tx) error { return errors.Join(tx.Put(gone), tx.Put(stays)) })
	void := do(t, db, "作废", func(tx *store.Tx) error { return tx.Void("person", gone.ID, "重复") })
	if _, err := db.Purge(t.Context(), "person", gone.ID, "本人要求", clerk); err != nil {
		t.Fatal(err)
	}
	for seq, want := range map[uint64]bool{both: false, void: true} {
		if err := db.View(func(tx *store.Tx) error {
			got, err := tx.Purged(seq)
			if got != want {
				t.Errorf("operation %d has nothing to take back: %v", seq, got)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := db.Undo(void, clerk, false); !errors.Is(err, store.ErrPurged) {
		t.Errorf("taken back: %v", err)
	}
	if _, err := db.Undo(both, clerk, false); err != nil {
		t.Fatal(err)
	}
	if list := people(t, db); len(list) != 0 {
		t.Errorf("there stay %v", list)
	}
}

// Ensure that a purge whose file cannot be written anew is told as done, and
// that what it left in the pages goes when the next comes in.
func TestPurgeThatIsNotCompacted(t *testing.T) {
	db := newLedger(t, township)
	p := &person{Name: "白音巴图"}
	put(t, db, p)
	do(t, db, "作废", func(tx *store.Tx) error { return tx.Void("person", p.ID, "重复") })
	blocked := filepath.Join(filepath.Dir(db.Path()), "."+filepath.Base(db.Path())+".rewriting")
	if err := os.MkdirAll(filepath.Join(blocked, "x"), 0o700); err != nil { // a folder stands where it would be written
		t.Fatal(err)
	}
	_, err := db.Purge(t.Context(), "person", p.ID, "本人要求", clerk)
	if _, is := errors.AsType[*store.CompactError](err); !is {
		t.Fatalf("purged: %v", err)
	}
	if got := value(t, db, "person", p.ID, "name"); got != "" {
		t.Errorf("it says %s", got)
	}
	if err := os.RemoveAll(blocked); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil { // as after a power cut between the two
		t.Fatal(err)
	}
	for range 2 { // it is written anew once, when the next comes in
		db = open(t, db.Path())
		if got := ops(t, db); !slices.Equal(got[:2], []string{"压缩台账", store.OpPurge}) {
			t.Error(got)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
