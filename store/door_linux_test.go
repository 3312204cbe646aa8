//go:build linux

package store_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"testing"

	"touyan/store"
)

const doorTest = "TOUYAN_DOOR_TEST"

// Ensure that, at whichever call the disk refuses to say that it has what is
// written at the door, the wrong password is told as that and the right one lets
// in, both stand in the journal, what is saved then is there, and the ledger is
// whole.
func TestDoorOnADiskThatRefuses(t *testing.T) {
	if path := os.Getenv(doorTest); path != "" {
		tryAndSave(path)
	}
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Skip("strace is not installed")
	}
	for n := 1; n <= 6; n++ {
		db, _ := protected(t)
		put(t, db, &person{Name: "甲"})
		ok(t, db.Close())
		child := exec.Command(strace, "-f", "-qq", "-o", os.DevNull, "-e", "trace=fdatasync", "-e", fmt.Sprintf("inject=fdatasync:error=EIO:when=%d", n),
			os.Args[0], "-test.run=^TestDoorOnADiskThatRefuses$")
		child.Env = append(os.Environ(), doorTest+"="+db.Path())
		out, err := child.Output()
		if said := strings.TrimSpace(string(out)); err != nil || said != "saved" {
			t.Errorf("call %d: %v, the child said %q", n, err, said)
		}
		again := open(t, db.Path())
		login(t, again, "苏和", adminWord)
		if got := len(people(t, again)); got != 2 {
			t.Errorf("call %d: %d people", n, got)
		}
		if got := ops(t, again); !slices.Contains(got, "密码输错") {
			t.Errorf("call %d: the journal says %v", n, got)
		}
	}
}

// tryAndSave is the child: a wrong password, the right one, and a person.
func tryAndSave(path string) {
	runtime.LockOSThread() // strace counts the calls of each thread by itself
	db, err := store.Open(path, options())
	if err != nil {
		panic(err)
	}
	id := db.Users()[0].ID
	wrong := db.Unlock(context.Background(), id, "不是这个密码")
	right := db.Unlock(context.Background(), id, adminWord)
	if !errors.Is(wrong, store.ErrPassword) || right != nil {
		fmt.Println(wrong, right)
		os.Exit(0)
	}
	err = save(db, "乙")
	if errors.Is(err, store.ErrUnsaved) {
		err = save(db, "乙")
	}
	if err != nil {
		fmt.Println(err)
	} else {
		fmt.Println("saved")
	}
	os.Exit(0)
}
