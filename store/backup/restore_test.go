package backup

import (
	"cmp"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"touyan/store"
	"touyan/store/disk"
)

func back(from string, db *store.DB, c *clock) Restoring {
	return Restoring{From: from, Ledger: db.Path(), Now: c.now}
}

// events are the journal's entries of one name.
func events(t testing.TB, db *store.DB, op string) (list []store.Entry) {
	t.Helper()
	err := db.View(func(tx *store.Tx) error {
		for e, err := range tx.Journal() {
			if err != nil {
				return err
			}
			if e.Op == op {
				list = append(list, e)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// Ensure that restoring brings back what the copy held, keeps the present file
// beside under a word that says what it is, is in the journal once, and gives
// the ledger one new id.
func TestRestore(t *testing.T) {
	for word, damaged := range map[string]bool{"损坏": true, "恢复前": false} {
		db, c := newLedger(t)
		save(t, db, "白音巴图")
		good := mustMake(t, db, ByHand)
		save(t, db, "会缺少的人")
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		present, err := os.ReadFile(db.Path())
		if err != nil {
			t.Fatal(err)
		}
		if damaged {
			present = present[:len(present)/2]
			os.WriteFile(db.Path(), present, 0o600)
		}
		r := back(good.Path, db, c)
		r.Damaged = damaged
		done, err := Restore(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		if filepath.Base(done.Aside) != "台账 "+word+" 2026-11-23 0915.touyan" || !done.Mark.Same(good.Mark) {
			t.Errorf("%+v", done)
		}
		if b, _ := os.ReadFile(done.Aside); !slices.Equal(b, present) {
			t.Error("the old file is not as it was")
		}
		if got := files(t, filepath.Dir(db.Path())); len(got) != 3 {
			t.Errorf("left %q", got)
		}
		writer := ""
		for range 3 {
			again := open(t, db.Path(), c.now)
			if got := names(t, again); !slices.Equal(got, []string{"白音巴图"}) {
				t.Errorf("it holds %v", got)
			}
			e := events(t, again, "恢复备份")
			if len(e) != 1 || e[0].Object != "2026-11-23 0915 手动" || !e[0].Event {
				t.Errorf("journal: %+v", e)
			}
			mark, err := again.Mark()
			if err != nil || mark.Writer == good.Mark.Writer || mark.Ledger != good.Mark.Ledger || writer != "" && writer != mark.Writer {
				t.Errorf("%+v after %+v, %v", mark, good.Mark, err)
			}
			writer = mark.Writer
			if r, err := again.Verify(t.Context()); err != nil || !r.Good() {
				t.Errorf("%+v, %v", r, err)
			}
			if err := again.Close(); err != nil {
				t.Fatal(err)
			}
		}
		// Once more in the same minute: what was put aside stays.
		if again, err := Restore(t.Context(), r); err != nil || again.Aside == done.Aside {
			t.Errorf("%+v, %v", again, err)
		}
	}
}

// Ensure that a ledger whose users have passwords is restored without any, and
// that the copy's own passwords then open it.
func TestRestoreWithPasswords(t *testing.T) {
	db, c := newLedger(t)
	save(t, db, "白音巴图")
	const password = "春天的大草原 2026"
	if _, err := db.Protect(t.Context(), "张敏", []store.Role{store.Clerk, store.Admin}, password); err != nil {
		t.Fatal(err)
	}
	good := mustMake(t, db, ByHand)
	save(t, db, "会缺少的人")
	user := db.Users()[0].ID
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := Restore(t.Context(), back(good.Path, db, c)); err != nil {
		t.Fatal(err)
	}
	again := open(t, db.Path(), c.now)
	if err := again.Unlock(t.Context(), user, password); err != nil {
		t.Fatal(err)
	}
	if e := events(t, again, "恢复备份"); len(e) != 1 || !slices.Equal(names(t, again), []string{"白音巴图"}) {
		t.Errorf("%+v, %v", e, names(t, again))
	}
}

// Ensure that a copy somebody made by copying the file, which carries no mark,
// can be restored too, and that no damaged file can.
func TestRestoreOddFiles(t *testing.T) {
	db, c := newLedger(t)
	crowd(t, db, 300)
	good := mustMake(t, db, ByHand)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	present, err := os.ReadFile(db.Path())
	if err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(good.Path)
	if err != nil {
		t.Fatal(err)
	}
	flipped, bare := slices.Clone(whole), slices.Clone(present)
	flipped[len(flipped)/2] ^= 1
	bare[len(bare)/2] ^= 1
	for name, o := range map[string]struct {
		data []byte
		ok   bool
	}{
		"by hand": {present, true}, "a flipped bit": {flipped, false}, "by hand, a flipped bit": {bare, false},
		"cut": {whole[:len(whole)/2], false}, "empty": {nil, false}, "text": {[]byte("序号,姓名"), false},
	} {
		path := filepath.Join(t.TempDir(), "我的备份.touyan")
		os.WriteFile(path, o.data, 0o600)
		done, err := Restore(t.Context(), back(path, db, c))
		if (err == nil) != o.ok {
			t.Errorf("%s: %v", name, err)
		}
		if _, told := disk.Sentence(cmp.Or(err, store.ErrBadCopy)); !told {
			t.Errorf("%s: no words for %v", name, err)
		}
		if err == nil {
			if got := held(t, db.Path()); len(got) != 300 {
				t.Errorf("%s: %d people", name, len(got))
			}
			os.Remove(done.Aside)
			os.WriteFile(db.Path(), present, 0o600)
		}
		if b, _ := os.ReadFile(db.Path()); !slices.Equal(b, present) {
			t.Errorf("%s: the ledger was changed", name)
		}
	}
	if got := files(t, filepath.Dir(db.Path())); len(got) != 2 {
		t.Errorf("left %q", got)
	}
}

// Ensure that nothing is put in place of a ledger that is open, that one which
// is gone is made anew, and what is in the way of either is told.
func TestRestorePlaces(t *testing.T) {
	db, c := newLedger(t)
	save(t, db, "白音巴图")
	good := mustMake(t, db, ByHand)
	_, err := Restore(t.Context(), back(good.Path, db, c))
	if text, _ := disk.Sentence(err); !errors.Is(err, store.ErrInUse) || !strings.HasPrefix(text, "“台账.touyan”：这本台账正在另一个窗口") {
		t.Errorf("open: %s", text)
	}
	save(t, db, "乙")
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(db.Path()); err != nil {
		t.Fatal(err)
	}
	if done, err := Restore(t.Context(), back(good.Path, db, c)); err != nil || done.Aside != "" {
		t.Errorf("gone: %+v, %v", done, err)
	}
	if got := held(t, db.Path()); !slices.Equal(got, []string{"白音巴图"}) {
		t.Errorf("it holds %v", got)
	}
	folder := t.TempDir()
	for ledger, want := range map[string]string{folder: "是一个文件夹", filepath.Join(folder, "没有", "台账.touyan"): "找不到文件夹“没有”"} {
		_, err := Restore(t.Context(), Restoring{From: good.Path, Ledger: ledger, Now: c.now})
		if text, _ := disk.Sentence(err); !strings.Contains(text, want) {
			t.Errorf("told as %s", text)
		}
	}
	_, err = Restore(t.Context(), back(good.Path+"x", db, c))
	if text, _ := disk.Sentence(err); !strings.HasPrefix(text, "找不到") {
		t.Errorf("no copy: %s", text)
	}
	if got := files(t, folder); len(got) != 0 {
		t.Errorf("left %q", got)
	}
}

// Ensure that restoring stopped anywhere leaves the old ledger under its name,
// and that going on afterwards puts the old file aside once.
func TestRestoreStops(t *testing.T) {
	db, c := newLedger(t)
	crowd(t, db, 1000)
	good := mustMake(t, db, ByHand)
	save(t, db, "会缺少的人")
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(db.Path())
	if err != nil {
		t.Fatal(err)
	}
	for stop := 0; ; stop++ {
		ctx, cancel := context.WithCancel(t.Context())
		n, named := 0, false
		r := back(good.Path, db, c)
		r.Progress = func(s Step, _, _ int64) {
			if n++; n > stop {
				cancel()
			}
			named = named || s == Aside // from here on it goes through
		}
		_, err := Restore(ctx, r)
		cancel()
		if named || stop > 1000 {
			break
		}
		if !errors.Is(err, context.Canceled) {
			t.Errorf("stopped at %d: %v", stop, err)
		}
		if b, _ := os.ReadFile(db.Path()); !slices.Equal(b, before) {
			t.Fatalf("stopped at %d: the ledger was changed", stop)
		}
		if got := files(t, filepath.Dir(db.Path())); len(got) != 2 {
			t.Fatalf("stopped at %d: left %q", stop, got)
		}
	}
	if got := held(t, db.Path()); len(got) != 1000 {
		t.Errorf("in the end %d people", len(got))
	}
}

// Ensure that on a disk without second names the old ledger is put aside by
// copying it, whole or not at all.
func TestAsideByCopying(t *testing.T) {
	db, c := newLedger(t)
	crowd(t, db, 1000)
	db.Close()
	path := filepath.Join(filepath.Dir(db.Path()), "台账 损坏 2026-11-23 0915.touyan")
	r := back("", db, c)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := r.copyAside(ctx, path); err != context.Canceled || len(files(t, filepath.Dir(path))) != 1 {
		t.Errorf("canceled: %v, left %q", err, files(t, filepath.Dir(path)))
	}
	if err := r.copyAside(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	a, _ := os.ReadFile(db.Path())
	if b, _ := os.ReadFile(path); len(a) == 0 || !slices.Equal(a, b) {
		t.Error("another file")
	}
}

// Ensure that what a killed restoring left is cleared away by the next keeper.
func TestRestoreLeftover(t *testing.T) {
	db, _ := newLedger(t)
	os.WriteFile(restoring(db.Path()), []byte("half"), 0o600)
	k := Keep(db, Options{})
	if err := k.Close(t.Context()); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(restoring(db.Path())); err == nil {
		t.Error("it is still there")
	}
}

// Ensure that what a ledger would lack is told: how many operations, which, the
// last one's time; also of a ledger put back meanwhile, one that is closed, one
// that is damaged and one that needs a password.
func TestCompare(t *testing.T) {
	db, c := newLedger(t)
	save(t, db, "白音巴图")
	early := mustMake(t, db, ByHand)
	c.pass(time.Hour)
	save(t, db, "乙")
	if err := db.Note("备份", "U 盘", "", clerk); err != nil {
		t.Fatal(err)
	}
	c.pass(time.Hour)
	crowd(t, db, 3)
	late := mustMake(t, db, ByHand)
	check := func(m Missing, err error, count int, last time.Time) {
		t.Helper()
		if err != nil || !m.Known || m.Count != count || !m.Last.Equal(last) || len(m.Ops) != count || m.Other {
			t.Errorf("%+v, %v, want %d", m, err, count)
		}
	}
	m, err := Compare(t.Context(), early.Path, db)
	check(m, err, 2, c.at)
	if m.Ops[0] != "导入" || m.Ops[1] != "录入" {
		t.Error(m.Ops)
	}
	m, err = Compare(t.Context(), late.Path, db)
	check(m, err, 0, time.Time{})
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}

	// Back to the early one, and on: the late copy lacks what was done since.
	if _, err := Restore(t.Context(), back(early.Path, db, c)); err != nil {
		t.Fatal(err)
	}
	c.pass(time.Hour)
	again := open(t, db.Path(), c.now)
	save(t, again, "丙")
	m, err = Compare(t.Context(), late.Path, again)
	check(m, err, 1, c.at)
	if err := again.Close(); err != nil {
		t.Fatal(err)
	}

	other, _ := newLedger(t)
	for _, locked := range []bool{false, true} {
		if locked {
			if _, err := other.Protect(t.Context(), "张敏", []store.Role{store.Clerk, store.Admin}, "春天的大草原 2026"); err != nil {
				t.Fatal(err)
			}
			other.Lock()
		}
		if m, err := Compare(t.Context(), late.Path, other); err != nil || !m.Other || m.Known == locked {
			t.Errorf("another ledger: %+v, %v", m, err)
		}
	}
}
