//go:build linux

package disk

import (
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
)

// Ensure that a file another program holds for a moment is opened once that has
// let go, and that one held on is told as held. The system refuses to have a
// program written to that runs.
func TestHeldForAMoment(t *testing.T) {
	path := filepath.Join(t.TempDir(), "跑着的")
	program, err := os.ReadFile("/bin/sleep")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, program, 0o700); err != nil {
		t.Fatal(err)
	}
	running := exec.Command(path, "1000")
	if err := running.Start(); err != nil {
		t.Fatal(err)
	}
	if err := MayChange(path); err == nil || err.(*Error).Cause() != InUse {
		t.Errorf("held on: %v", err)
	}
	tries := 0
	err = patiently(func() error {
		tries++
		f, err := os.OpenFile(path, os.O_RDWR, 0)
		if err == nil {
			return f.Close()
		}
		if err := running.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		running.Wait() // killed: its error is expected
		return err
	})
	if err != nil || tries != 2 {
		t.Errorf("held for a moment: %v after %d tries", err, tries)
	}
	if err := patiently(func() error { return syscall.ENOENT }); err != syscall.ENOENT {
		t.Errorf("what nobody holds: %v", err)
	}
}

// Ensure that what was found out elsewhere is told as it would have been here.
func TestRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "台账.touyan")
	for cause, want := range map[Cause]error{
		Denied:   CannotRead(path, opened(path, syscall.EACCES)),
		ReadOnly: CannotRead(path, opened(path, syscall.EROFS)),
		Gone:     CannotRead(path, opened(path, syscall.EIO)),
		InUse:    CannotRead(path, opened(path, syscall.EBUSY)),
		Missing:  CannotRead(path, opened(path, syscall.ENOENT)),
	} {
		if got := Refused(path, cause); got.Error() != want.Error() || got.(*Error).Cause() != cause || want.(*Error).Cause() != cause {
			t.Errorf("%s is told as %v, want %v", cause, got, want)
		}
	}
}
