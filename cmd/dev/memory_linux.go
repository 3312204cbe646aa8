package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
)

// What the files of tests may take, in bytes: several times what they ever took.
const roomForTests = 8 << 30

// inMemory makes a folder whose files lie in memory; its name is empty where the
// machine has none with room enough, or none that programs may be run from.
func inMemory() string {
	const memory = "/dev/shm"
	var at syscall.Statfs_t
	if err := syscall.Statfs(memory, &at); err != nil || at.Bavail*uint64(at.Bsize) < roomForTests {
		return ""
	}
	dir, err := os.MkdirTemp(memory, "t") // screens show paths, and have little room
	if err != nil {
		return ""
	}
	// Tests of permissions come in as somebody else, as they may in /tmp, and some
	// run programs that they put there.
	if err := errors.Join(os.Chmod(dir, 0o777|os.ModeSticky), runsFrom(dir)); err != nil {
		os.RemoveAll(dir)
		return ""
	}
	fmt.Println("files of the tests lie in", dir)
	return dir
}

// runsFrom reports why programs in a folder cannot be run, nil if they can.
func runsFrom(dir string) error {
	program := filepath.Join(dir, "run")
	defer os.Remove(program)
	if err := os.WriteFile(program, []byte("#!/bin/sh\nexit 0\n"), 0o700); err != nil {
		return err
	}
	return exec.Command(program).Run()
}
