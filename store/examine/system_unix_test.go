//go:build unix

package examine

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
)

const nobody = "TOUYAN_EXAMINE_NOBODY"

// asSomebodyElse gives up what lets root open every file.
func asSomebodyElse() {
	runtime.LockOSThread() // it is this thread alone that gives it up
	if os.Getenv(nobody) != "" {
		if err := syscall.Setfsuid(65534); err != nil {
			panic(err)
		}
	}
}

// fall reads a mapped page that is not there.
func fall(path string) {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		panic(err)
	}
	b, err := syscall.Mmap(int(f.Fd()), 0, 8192, syscall.PROT_READ, syscall.MAP_SHARED)
	if err != nil {
		panic(err)
	}
	if err := f.Truncate(0); err != nil {
		panic(err)
	}
	os.Exit(int(b[5000]))
}

// Ensure that a ledger that may not be opened, or read and not written to, is
// told as that, and that a folder nobody may write to is no hindrance.
func TestPermissions(t *testing.T) {
	if os.Getuid() == 0 {
		t.Setenv(nobody, "1")
	}
	path := newLedger(t, 1)
	for p := filepath.Dir(path); p != os.TempDir() && len(p) > 1; p = filepath.Dir(p) {
		ok(t, os.Chmod(p, 0o755))
	}
	for mode, c := range map[os.FileMode]struct {
		want State
		says string
	}{
		0o000: {NoPermission, "没有打开“台账.touyan”的权限"},
		0o444: {ReadOnlyFile, "“台账.touyan”是只读的，台账要能改写才能打开"},
		0o666: {Good, ""},
	} {
		ok(t, os.Chmod(path, mode))
		ok(t, os.Chmod(filepath.Dir(path), 0o555))
		v := File(t.Context(), path)
		if v.State != c.want || c.says != "" && !strings.HasPrefix(v.Err().Error(), c.says) || v.Lost() {
			t.Errorf("mode %o is %s, told as %v", mode, v.State, v.Err())
		}
		ok(t, os.Chmod(filepath.Dir(path), 0o755))
	}
}

// Ensure that a pipe is told as no plain file, and that nothing waits for it.
func TestPipe(t *testing.T) {
	path := filepath.Join(t.TempDir(), "管道.touyan")
	ok(t, syscall.Mkfifo(path, 0o600))
	if v := File(t.Context(), path); v.State != NotPlain || v.Err().Error() != "“管道.touyan”不是普通文件，请另选一个。" {
		t.Errorf("a pipe is %s, told as %v", v.State, v.Err())
	}
}
