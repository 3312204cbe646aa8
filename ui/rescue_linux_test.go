package ui

import (
	"errors"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"testing"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
)

// apart runs the test in a process of its own, whose disk may be full without
// those of others being so. It reports whether this is that process.
func apart(t *testing.T) bool {
	t.Helper()
	const mark = "TOUYAN_APART"
	if os.Getenv(mark) != "" {
		return true
	}
	child := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$")
	child.Env = append(os.Environ(), mark+"=1")
	if out, err := child.CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
	return false
}

// fullDisk keeps files from growing beyond a size until lift is called.
func fullDisk(t *testing.T, size uint64) (lift func()) {
	t.Helper()
	var old syscall.Rlimit
	ok(t, syscall.Getrlimit(syscall.RLIMIT_FSIZE, &old))
	signal.Ignore(syscall.SIGXFSZ)
	ok(t, syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: size, Max: old.Max}))
	return func() { ok(t, syscall.Setrlimit(syscall.RLIMIT_FSIZE, &old)) }
}

// Ensure that a save in question is told of, asked again while the file is
// away, and settled once it is back.
func TestASaveInQuestionIsSettled(t *testing.T) {
	if !apart(t) {
		return
	}
	s := openFew(t)
	path := s.desk.DB.Path()
	away := path + ".away"
	info, err := os.Stat(path)
	ok(t, err)
	lift := fullDisk(t, uint64(info.Size()))
	err = s.desk.DB.Do("录入", tester, func(tx *store.Tx) error {
		v := &record.Village{Head: field.Head{ID: store.NewID(clock())}, Name: strings.Repeat("很长的名", 100_000)}
		return errors.Join(tx.Put(v), os.Rename(path, away))
	})
	if !errors.Is(err, store.ErrUncertain) {
		t.Fatalf("saved: %v", err)
	}
	lift()
	s.desk.Fail(err)
	s.mustSay("还不知道存下没有", "再核对一次")
	s.press("再核对一次")
	s.mustSay("还不知道存下没有", "找不到")
	ok(t, os.Rename(away, path))
	s.press("再核对一次")
	s.mustSay("“录入”没有存下")
	s.press("知道了")
	ok(t, s.desk.DB.Note("查看", "", "", tester))
}
