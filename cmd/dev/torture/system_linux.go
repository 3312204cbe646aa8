package main

import (
	"os/exec"
	"syscall"

	"golang.org/x/sys/unix"
)

// say writes a line to whoever started the program. It does so by a call that
// nothing else here makes, so that a fault injected into the writing of files
// never hits it.
func say(text string) {
	if _, err := unix.Writev(1, [][]byte{[]byte(text)}); err != nil {
		panic(err)
	}
}

// together has a program that is cancelled take those it started along.
func together(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}
