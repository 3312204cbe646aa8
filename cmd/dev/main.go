// Command dev is for whoever builds Touyan. It prepares the machine, and then
// runs the program, checks it, photographs it or measures it:
//
//	go run ./cmd/dev run     open the program on an invented office
//	go run ./cmd/dev test    everything that must hold before a change is accepted
//
// It needs Go and, on Debian and its relatives, the right to install packages;
// it says what it installs and why. Each step looks first and does nothing
// where nothing is missing, so that the second run is quick.
//
// It uses the standard library alone and imports no package of ours, so that
// it starts on a machine where nothing else can be built yet. What the program
// itself does is none of its business: it starts touyan and touyanctl like
// anybody would.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

const usage = `Usage: go run ./cmd/dev VERB

  run [-- ARGS]  Open the program on an invented office; ARGS go to the program.
                 Without a display it uses a virtual one and leaves pictures.
  test           Check everything: formatting, vet, modules, static analysis, known
                 vulnerabilities, tests with the race detector, and the real window
                 under a virtual display.
  tour [DIR]     Leave a picture of each screen in DIR (build/pictures).
  torture        Cut the power, kill, flip bits, fail the disk under a ledger and
                 count how it ends; --minutes N, --class NAME, strace needed.
  bench [REGEXP] Run the benchmarks whose names match (all of them).

Each prepares the machine as it needs: system packages by apt-get, the Chinese
font by npm. They print what they install. What is made lies in build/.
`

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := dispatch(ctx, os.Args[1:])
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "dev:", err)
		os.Exit(1)
	}
}

func dispatch(ctx context.Context, args []string) error {
	if len(args) == 0 {
		fmt.Fprint(os.Stderr, usage)
		return errors.New("which verb?")
	}
	if err := enterModule(); err != nil {
		return err
	}
	switch verb, rest := args[0], args[1:]; verb {
	case "run":
		if len(rest) > 0 && rest[0] == "--" {
			rest = rest[1:]
		}
		return runProgram(ctx, rest)
	case "test":
		return test(ctx)
	case "tour":
		return tourVerb(ctx, rest)
	case "torture":
		return torture(ctx, rest)
	case "bench":
		return bench(ctx, rest)
	case "help", "-h", "-help", "--help":
		fmt.Print(usage)
		return nil
	default:
		fmt.Fprint(os.Stderr, usage)
		return fmt.Errorf("there is no verb %q", verb)
	}
}

// enterModule makes the folder of go.mod the working directory, so that the
// verbs work from any folder below it.
func enterModule() error {
	dir, err := os.Getwd()
	if err != nil {
		return err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return os.Chdir(dir)
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return errors.New("start this inside the project: no go.mod here or above")
		}
		dir = parent
	}
}

// step prints a heading, does the work and prints how long it took.
func step(name string, work func() error) error {
	fmt.Printf("\n=== %s\n", name)
	start := time.Now()
	err := work()
	verdict := "ok"
	if err != nil {
		verdict = "FAILED: " + err.Error()
	}
	fmt.Printf("--- %s: %s (%.1f s)\n", name, verdict, time.Since(start).Seconds())
	return err
}

// command runs a program with its output passed on; env is added to ours.
func command(ctx context.Context, env []string, words ...string) error {
	fmt.Println("$", strings.Join(slices.Concat(env, words), " "))
	cmd := exec.CommandContext(ctx, words[0], words[1:]...)
	cmd.Env = append(os.Environ(), env...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s: %w", words[0], err)
	}
	return nil
}

// quietly runs a program in dir; its output is shown only when it fails.
func quietly(ctx context.Context, dir string, words ...string) error {
	cmd := exec.CommandContext(ctx, words[0], words[1:]...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		os.Stdout.Write(out)
		return fmt.Errorf("%s: %w", strings.Join(words, " "), err)
	}
	return nil
}
