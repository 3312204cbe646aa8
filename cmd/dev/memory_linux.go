package main

import (
	"fmt"
	"os"
	"syscall"
)

// What the files of tests may take, in bytes: several times what they ever took.
const roomForTests = 8 << 30

// inMemory makes a folder whose files lie in memory; its name is empty where the
// machine has none with room enough.
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
	// Tests of permissions come in as somebody else, as they may in /tmp.
	if err := os.Chmod(dir, 0o777|os.ModeSticky); err != nil {
		os.RemoveAll(dir)
		return ""
	}
	fmt.Println("files of the tests lie in", dir)
	return dir
}
