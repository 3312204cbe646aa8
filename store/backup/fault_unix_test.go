//go:build !windows

package backup

import (
	"errors"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"touyan/store"
	"touyan/store/disk"
)

const childVariable = "TOUYAN_BACKUP_CHILD"

// inChild runs a test in a process of its own: what it does to itself, a limit
// or another user, ends with it.
func inChild(t *testing.T, work func()) {
	t.Helper()
	if os.Getenv(childVariable) != "" {
		work()
		return
	}
	child := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v")
	child.Env = append(os.Environ(), childVariable+"=1")
	if out, err := child.CombinedOutput(); err != nil || !strings.Contains(string(out), "--- PASS: "+t.Name()) {
		t.Errorf("%v\n%s", err, out)
	}
}

// Ensure that a disk that is full at any byte is told in words, for a copy, for
// the second place and for restoring, and that it leaves what was there and
// nothing else.
func TestDiskFull(t *testing.T) {
	inChild(t, func() {
		signal.Ignore(syscall.SIGXFSZ)
		var free syscall.Rlimit
		if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &free); err != nil {
			t.Fatal(err)
		}
		db, c := newLedger(t)
		crowd(t, db, 1500)
		good := mustMake(t, db, ByHand)
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		ledger := filepath.Join(t.TempDir(), "台账.touyan")
		present, err := os.ReadFile(db.Path())
		if err != nil {
			t.Fatal(err)
		}
		os.WriteFile(ledger, present, 0o600)
		db = open(t, db.Path(), c.now)
		folder, stick := Folder(db.Path()), filepath.Join(t.TempDir(), "台账.备份")
		works := map[string]func() error{
			"make": func() error { _, err := Make(t.Context(), db, folder, Timed, nil); return err },
			"send": func() error { _, err := Send(t.Context(), good, stick, nil); return err },
			"restore": func() error {
				_, err := Restore(t.Context(), Restoring{From: good.Path, Ledger: ledger, Now: c.now})
				return err
			},
		}
		for limit := int64(0); limit < good.Size; limit += 1 + good.Size/40 {
			for what, work := range works {
				set := syscall.Rlimit{Cur: uint64(limit), Max: free.Max}
				if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &set); err != nil {
					t.Fatal(err)
				}
				err := work()
				if e := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &free); e != nil {
					t.Fatal(e)
				}
				if text, _ := disk.Sentence(err); !strings.HasPrefix(text, "磁盘已满，“") || strings.Contains(text, "tmp") {
					t.Errorf("%s, full at %d: told as %s (%v)", what, limit, text, err)
				}
			}
			if got := files(t, folder); len(got) != 1 {
				t.Fatalf("full at %d: left %q", limit, got)
			}
			if got := files(t, stick); len(got) != 0 {
				t.Fatalf("full at %d: left %q", limit, got)
			}
			if b, _ := os.ReadFile(ledger); !slices.Equal(b, present) || len(files(t, filepath.Dir(ledger))) != 1 {
				t.Fatalf("full at %d: left %q", limit, files(t, filepath.Dir(ledger)))
			}
		}
		for what, work := range works {
			if err := work(); err != nil {
				t.Errorf("%s with room again: %v", what, err)
			}
		}
	})
}

// asNobody has the process go on as a user whom the rights of files bind. Root
// is bound by none.
func asNobody(t *testing.T, folders ...string) {
	t.Helper()
	if os.Getuid() != 0 {
		return
	}
	const nobody = 65534
	for _, folder := range folders {
		err := filepath.WalkDir(filepath.Dir(folder), func(path string, _ os.DirEntry, err error) error {
			return errors.Join(err, os.Lchown(path, nobody, nobody))
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(syscall.Setgid(nobody), syscall.Setuid(nobody)); err != nil {
		t.Fatal(err)
	}
}

// Ensure that folders in which nothing may be written are told as that, for a
// copy, for the second place and for restoring, and that all stays as it was.
func TestReadOnlyFolder(t *testing.T) {
	inChild(t, func() {
		db, c := newLedger(t)
		save(t, db, "白音巴图")
		good := mustMake(t, db, ByHand)
		home, stick := filepath.Dir(db.Path()), t.TempDir()
		ledger := filepath.Join(stick, "别的.touyan")
		if err := store.Create(ledger, township, false, options(c.now)); err != nil {
			t.Fatal(err)
		}
		asNobody(t, home, stick)
		for _, folder := range []string{Folder(db.Path()), stick} {
			if err := os.Chmod(folder, 0o500); err != nil {
				t.Fatal(err)
			}
			defer os.Chmod(folder, 0o700)
		}
		for what, work := range map[string]func() error{
			"make": func() error { _, err := Make(t.Context(), db, Folder(db.Path()), Timed, nil); return err },
			"send": func() error { _, err := Send(t.Context(), good, In(stick, db.Path()), nil); return err },
			"papers": func() error {
				paper(t, PapersOf(db.Path()), "通知")
				_, err := Papers(t.Context(), PapersOf(db.Path()), PapersIn(stick, db.Path()), nil)
				return err
			},
			"restore": func() error {
				_, err := Restore(t.Context(), Restoring{From: good.Path, Ledger: ledger, Now: c.now})
				return err
			},
		} {
			if text, _ := disk.Sentence(work()); !strings.HasPrefix(text, "没有在文件夹“") || !strings.Contains(text, "请换一个文件夹，或请管理员放开权限") {
				t.Errorf("%s: told as %s", what, text)
			}
		}
		if got := files(t, Folder(db.Path())); len(got) != 1 {
			t.Errorf("left %q", got)
		}
		if got := files(t, stick); len(got) != 1 {
			t.Errorf("left %q", got)
		}
		// Old copies that may not be removed are left; that is no failure.
		k := Keep(db, Options{Settings: Settings{Second: stick}})
		if _, err := k.Now(t.Context()); err == nil {
			t.Error("a copy in a folder that takes none")
		}
		if k.Close(t.Context()); !strings.HasPrefix(k.Status().Here.Failed, untouched+"没有在文件夹") {
			t.Error(k.Status())
		}
	})
}
