package backup

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"touyan/store"
)

// inBubble is an open ledger whose clock is that of the bubble.
func inBubble(t *testing.T) *store.DB {
	t.Helper()
	path := filepath.Join(t.TempDir(), "台账.touyan")
	if err := store.Create(path, township, false, options(time.Now)); err != nil {
		t.Fatal(err)
	}
	return open(t, path, time.Now)
}

// kept is a keeper of one.
func kept(t *testing.T, o Options) (*Keeper, *store.DB) {
	t.Helper()
	db := inBubble(t)
	return Keep(db, o), db
}

func closed(t *testing.T, k *Keeper) {
	t.Helper()
	if err := k.Close(t.Context()); err != nil {
		t.Error(err)
	}
}

// whys are the reasons of a folder's copies, the oldest first.
func whys(t *testing.T, folder string) (list []Reason) {
	t.Helper()
	all, err := List(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range slices.Backward(all) {
		list = append(list, c.Reason)
	}
	return list
}

// Ensure that a copy is made ten minutes after a change, one for all that
// changed meanwhile, none when nothing has, and that noting backups in the
// journal leads to no further ones.
func TestKeeperByTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db, made := inBubble(t), 0
		k := Keep(db, Options{Made: func(c Copy) {
			made++
			if err := db.Note("备份", string(c.Reason), "", clerk); err != nil {
				t.Error(err)
			}
		}})
		defer closed(t, k)
		want := func(list ...Reason) {
			t.Helper()
			synctest.Wait()
			if got := whys(t, k.here); !slices.Equal(got, list) {
				t.Fatalf("got %v, want %v", got, list)
			}
		}
		time.Sleep(11 * time.Minute) // what lies there at the start is copied too
		want(Timed)
		save(t, db, "白音巴图")
		time.Sleep(8 * time.Minute)
		save(t, db, "乙")
		want(Timed)
		time.Sleep(3 * time.Minute)
		want(Timed, Timed)
		time.Sleep(5 * time.Hour)
		want(Timed, Timed)
		save(t, db, "丙")
		time.Sleep(11 * time.Minute)
		want(Timed, Timed, Timed)
		if made != 3 {
			t.Errorf("told of %d", made)
		}
	})
}

// Ensure that copies are made around an import and a merge and at the end, that
// those with nothing new are left out, also after the program was started
// again, and that one the clerk asks for is made in any case.
func TestKeeperAroundWork(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k, db := kept(t, Options{})
		do := func(f func(context.Context, Work) error, w Work) {
			t.Helper()
			if err := f(t.Context(), w); err != nil {
				t.Error(err)
			}
		}
		save(t, db, "白音巴图")
		do(k.Before, Import)
		do(k.Before, Import)
		save(t, db, "导入的人")
		do(k.After, Import)
		do(k.Before, Merge)
		save(t, db, "合并的人")
		do(k.After, Merge)
		if _, err := k.Now(t.Context()); err != nil {
			t.Error(err)
		}
		closed(t, k)
		want := []Reason{"导入前", "导入后", "合并后", "手动"}
		if got := whys(t, k.here); !slices.Equal(got, want) {
			t.Errorf("got %v", got)
		}
		again := Keep(db, Options{})
		do(again.Before, Import)
		closed(t, again)
		if got := whys(t, k.here); !slices.Equal(got, want) {
			t.Errorf("a second start: %v", got)
		}
		save(t, db, "最后的人")
		third := Keep(db, Options{})
		closed(t, third)
		want = append(want, AtExit)
		if got := whys(t, k.here); !slices.Equal(got, want) {
			t.Errorf("at exit: %v", got)
		}
		// The last copy is gone, or spoilt: then there is something to copy.
		list, _ := List(k.here)
		os.WriteFile(list[0].Path, []byte("x"), 0o600)
		fourth := Keep(db, Options{})
		if err := fourth.BeforeRestore(t.Context()); err != nil {
			t.Error(err)
		}
		closed(t, fourth)
		if got := whys(t, k.here); !slices.Equal(got, append(want, BeforeRestore)) {
			t.Errorf("after one was spoilt: %v", got)
		}
	})
}

// Ensure that a failure is told with what to do, in the few words of the foot
// line too, keeps nobody from working, and is made good by itself once its cause
// is gone.
func TestKeeperFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var told []string
		k, db := kept(t, Options{Told: func(s Status) { told = append(told, s.Line(time.Now())) }})
		if err := os.WriteFile(k.here, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		save(t, db, "白音巴图")
		err := k.Before(t.Context(), Import)
		if err == nil || !strings.HasPrefix(err.Error(), untouched+"“台账.备份”是一个文件，") || k.Status().Here.Failed != err.Error() {
			t.Errorf("told as %v", err)
		}
		if line := k.Status().Line(time.Now()); line != "备份 未成功：“台账.备份”是一个文件" {
			t.Error(line)
		}
		save(t, db, "乙")
		time.Sleep(11 * time.Minute)
		synctest.Wait()
		os.Remove(k.here)
		time.Sleep(11 * time.Minute)
		synctest.Wait()
		if got := whys(t, k.here); !slices.Equal(got, []Reason{Timed}) {
			t.Errorf("afterwards: %v", got)
		}
		if line := k.Status().Line(time.Now()); line != "备份 今天 00:20" || told[len(told)-1] != line || !slices.Contains(told, "备份 正在进行") {
			t.Errorf("%s; %q", line, told)
		}
		closed(t, k)
	})
}

// paper puts a scanned paper into a folder.
func paper(t testing.TB, folder, data string) string {
	t.Helper()
	sum := sha256.Sum256([]byte(data))
	name := hex.EncodeToString(sum[:])
	path := filepath.Join(folder, name[:2], name)
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte(data), 0o600)); err != nil {
		t.Fatal(err)
	}
	return path
}

// Ensure that a second place gets the newest copy and the papers when it is
// there, that its absence is mentioned and no failure, that it is brought up to
// date when it comes, and that the state it has already is not sent twice.
func TestKeeperSecondPlace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		stick := filepath.Join(t.TempDir(), "U 盘")
		k, db := kept(t, Options{Settings: Settings{Second: stick}})
		there := In(stick, db.Path())
		paper(t, PapersOf(db.Path()), "任职通知")
		save(t, db, "白音巴图")
		if err := k.Before(t.Context(), Import); err != nil {
			t.Error(err)
		}
		synctest.Wait()
		if s := k.Status(); !s.There.Absent || s.There.Failed != "" || s.Line(time.Now()) != "备份 今天 00:00，U 盘没有插" {
			t.Errorf("%+v", s)
		}
		if _, err := os.Stat(stick); err == nil {
			t.Error("a folder was made for the stick")
		}
		if err := os.Mkdir(stick, 0o700); err != nil {
			t.Fatal(err)
		}
		time.Sleep(2 * time.Minute)
		synctest.Wait()
		if got := whys(t, there); !slices.Equal(got, []Reason{"导入前"}) {
			t.Errorf("the stick has %v", got)
		}
		if n, err := Papers(t.Context(), PapersOf(db.Path()), PapersIn(stick, db.Path()), nil); n != 0 || err != nil {
			t.Errorf("%d papers were missing, %v", n, err)
		}
		if s := k.Status(); s.There.Absent || s.There.At.IsZero() || s.Line(time.Now()) != "备份 今天 00:00" {
			t.Errorf("%+v", s)
		}
		time.Sleep(time.Hour)
		closed(t, k)
		save(t, db, "乙")
		again := Keep(db, Options{Settings: Settings{Second: stick}})
		closed(t, again)
		if got := whys(t, there); !slices.Equal(got, []Reason{"导入前", AtExit}) {
			t.Errorf("the stick has %v", got)
		}
		// Papers are found missing again, and a stick that cannot take them is told.
		os.RemoveAll(PapersIn(stick, db.Path()))
		os.WriteFile(PapersIn(stick, db.Path()), nil, 0o600)
		third := Keep(db, Options{Settings: Settings{Second: stick}})
		if err := third.Close(t.Context()); err == nil || !strings.HasPrefix(third.Status().Line(time.Now()), "备份 未成功：“台账.附件”是一个文件") {
			t.Errorf("%v, %s", err, third.Status().Line(time.Now()))
		}
	})
}

// Ensure that a stick pulled out in the middle is told as that and brought up to
// date when it comes back; that one that cannot be written is tried again after
// ten minutes and not each minute; and that another may be set meanwhile.
func TestKeeperStickInTrouble(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db, stick, other := inBubble(t), filepath.Join(t.TempDir(), "U 盘"), t.TempDir()
		there := In(stick, db.Path())
		var pull atomic.Bool
		var failed atomic.Int32
		pull.Store(true)
		k := Keep(db, Options{Settings: Settings{Second: stick}, Progress: func(s Step, _, _ int64) {
			if growing, _ := os.ReadDir(there); len(growing) > 0 && s == Copying && pull.Load() {
				os.RemoveAll(stick)
			}
		}, Told: func(s Status) {
			if s.There.Failed != "" && !s.Running {
				failed.Add(1)
			}
		}})
		ok := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
			synctest.Wait()
		}
		os.Mkdir(stick, 0o700)
		save(t, db, "白音巴图")
		ok(k.Before(t.Context(), Import))
		if s := k.Status().There; !s.Absent || !strings.Contains(s.Failed, "U 盘是否已经拔出") {
			t.Errorf("pulled out: %+v", s)
		}
		if line := k.Status().Line(time.Now()); line != "备份 未成功：找不到文件夹“U 盘”" {
			t.Error(line)
		}
		pull.Store(false)
		os.Mkdir(stick, 0o700)
		time.Sleep(glance + time.Second)
		synctest.Wait()
		if s := k.Status().There; s.Absent || s.Failed != "" || len(whys(t, there)) != 1 {
			t.Errorf("back again: %+v", s)
		}

		os.RemoveAll(there)
		os.WriteFile(there, nil, 0o600) // a file in the way
		save(t, db, "乙")
		ok(k.After(t.Context(), Import))
		time.Sleep(every / 2)
		synctest.Wait()
		before := failed.Load()
		time.Sleep(every)
		synctest.Wait()
		if more := failed.Load() - before; before == 0 || more == 0 || more > 3 || k.Status().There.Absent {
			t.Errorf("told %d times, then %d; %+v", before, more, k.Status().There)
		}

		k.Set(Settings{Second: other})
		synctest.Wait()
		if s := k.Status(); s.There.Failed != "" || len(whys(t, In(other, db.Path()))) != 1 {
			t.Errorf("another place: %+v", s)
		}
		k.Set(Settings{})
		save(t, db, "丙")
		ok(k.Close(t.Context()))
		if s := k.Status(); s.Second || len(whys(t, In(other, db.Path()))) != 1 {
			t.Errorf("no second place: %+v", s)
		}
	})
}

// Ensure that the ledger's own folder is refused as a second place: it would be
// lost with the first.
func TestKeeperSamePlace(t *testing.T) {
	db, _ := newLedger(t)
	save(t, db, "白音巴图")
	k := Keep(db, Options{Settings: Settings{Second: filepath.Dir(db.Path())}})
	if err := k.Close(t.Context()); err == nil || !strings.Contains(k.Status().There.Failed, "请换成 U 盘上的文件夹") {
		t.Errorf("%v, %+v", err, k.Status())
	}
}

// Ensure that who does not want to wait any longer is let go, that this is no
// failure, and that closing ends what runs.
func TestKeeperCanceled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		k, db := kept(t, Options{Progress: func(s Step, _, _ int64) {
			if s == Verifying {
				cancel()
			}
		}})
		save(t, db, "白音巴图")
		if err := k.Before(ctx, Import); err != context.Canceled || k.Status().Here.Failed != "" || k.Status().Running {
			t.Errorf("%v, %+v", err, k.Status())
		}
		if err := k.Before(ctx, Import); err != context.Canceled {
			t.Error(err)
		}
		if err := k.Close(ctx); !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
		if got := files(t, k.here); len(got) != 0 {
			t.Errorf("left %q", got)
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
}

// Ensure that a ledger locked again still gets its last copy, and that the
// copies of before a password are told from those of after.
func TestKeeperLocked(t *testing.T) {
	db, _ := newLedger(t) // outside a bubble: the cost of passwords is measured by the clock
	k := Keep(db, Options{})
	save(t, db, "白音巴图")
	if _, err := db.Protect(t.Context(), "张敏", []store.Role{store.Clerk, store.Admin}, "春天的大草原 2026"); err != nil {
		t.Fatal(err)
	}
	save(t, db, "乙")
	db.Lock()
	closed(t, k)
	list, err := List(k.here)
	if err != nil || len(list) != 1 {
		t.Fatalf("%v, %v", list, err)
	}
	if err := db.Unlock(t.Context(), db.Users()[0].ID, "春天的大草原 2026"); err != nil {
		t.Fatal(err)
	}
	if r, err := db.VerifyCopy(t.Context(), list[0].Path); err != nil || !r.Good() || r.Records != 2 {
		t.Errorf("%+v, %v", r, err)
	}
}

// Ensure that the foot line says when in the words people use.
func TestLine(t *testing.T) {
	now := time.Date(2026, 11, 23, 9, 20, 0, 0, time.Local)
	at := func(days int) Place { return Place{At: now.AddDate(0, 0, -days).Add(-5 * time.Minute)} }
	full := Place{Failed: untouched + "磁盘已满，“备份”没有写成，请删去不用的文件，或换一个磁盘再试。"}
	for want, s := range map[string]Status{
		"备份 今天 09:15":     {Here: at(0)},
		"备份 昨天 09:15":     {Here: at(1), Second: true, There: at(3)},
		"备份 11月20日 09:15": {Here: at(3)},
		"备份 2025年11月23日":  {Here: at(365)},
		"备份 还没有":          {},
		"备份 还没有，U 盘没有插":   {Second: true, There: Place{Absent: true}},
		"备份 未成功：磁盘已满":     {Here: full},
		"备份 未成功：U 盘已满":    {Here: at(0), Second: true, There: full},
	} {
		if got := s.Line(now); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
