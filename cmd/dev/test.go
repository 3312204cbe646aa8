package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// A check is one thing that must hold.
type check struct {
	name string
	work func(context.Context) error
}

// checks in order: what fails fast comes first. The tag ci builds the toolkit
// without its C libraries, which is enough for everything but the real window.
var checks = []check{
	{"gofmt", formatted},
	{"vet", func(ctx context.Context) error {
		return command(ctx, []string{"CGO_ENABLED=0"}, "go", "vet", "-tags", "ci", "./...")
	}},
	{"the modules are the ones we know", func(ctx context.Context) error { return command(ctx, nil, "go", "mod", "verify") }},
	{"staticcheck", func(ctx context.Context) error { return tool(ctx, staticcheckTool) }},
	{"known vulnerabilities", vulnerable},
	{"tests, with the race detector", func(ctx context.Context) error {
		// A program under the detector sleeps a second before it ends, and tests
		// start hundreds: what they print is collected all the same.
		return tested(ctx, []string{"CGO_ENABLED=1", "GORACE=atexit_sleep_ms=0"}, "-race", "-timeout", "20m", "-tags", "ci", "./...")
	}},
	{"what the race detector is too slow for", func(ctx context.Context) error {
		return tested(ctx, []string{"CGO_ENABLED=0", "TOUYAN_HISTORIES=" + histories}, "-tags", "ci", "./cmd/touyanctl", "./store/exchange", "./store/exchange/levels")
	}},
	{"build touyanctl, without cgo", buildCommand},
	{"build the window", buildWindow},
	{"tour of the real window", func(ctx context.Context) error { return tour(ctx, pictureDir) }},
}

// histories are how many histories of offices on three levels are lived through
// in every run; torture lives through thousands.
const histories = "240"

// tested runs tests. Where the machine has memory to spare, their files lie
// there: every commit of a ledger waits for its disk, and tests make thousands.
func tested(ctx context.Context, env []string, args ...string) error {
	if dir := inMemory(); dir != "" {
		defer os.RemoveAll(dir)
		env = append(env, "TMPDIR="+dir)
	}
	return command(ctx, env, append([]string{"go", "test"}, args...)...)
}

// test prepares the machine and makes all checks, also after one has failed,
// so that one run tells everything.
func test(ctx context.Context) error {
	if err := step("prepare the machine", func() error { return prepare(ctx, toBuild, toSee, toCompare) }); err != nil {
		return err
	}
	var failed, times []string
	for _, c := range checks {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		start := time.Now()
		if err := step(c.name, func() error { return c.work(ctx) }); err != nil {
			failed = append(failed, c.name)
		}
		times = append(times, fmt.Sprintf("%6.1f s  %s", time.Since(start).Seconds(), c.name))
	}
	fmt.Println("\n" + strings.Join(times, "\n"))
	if len(failed) > 0 {
		return fmt.Errorf("failed: %s", strings.Join(failed, "; "))
	}
	fmt.Println("Everything holds. Pictures of the window are in", pictureDir)
	return nil
}

// formatted lists the files gofmt would change.
func formatted(ctx context.Context) error {
	// Only go itself need be on the path.
	root, err := exec.CommandContext(ctx, "go", "env", "GOROOT").Output()
	if err != nil {
		return fmt.Errorf("go env: %w", err)
	}
	gofmt := filepath.Join(strings.TrimSpace(string(root)), "bin", "gofmt")
	out, err := exec.CommandContext(ctx, gofmt, "-l", "assets", "cmd", "store", "ui").CombinedOutput()
	if err != nil {
		return fmt.Errorf("gofmt: %w\n%s", err, out)
	}
	if len(out) > 0 {
		return errors.New("run gofmt -w on:\n" + string(out))
	}
	return nil
}
