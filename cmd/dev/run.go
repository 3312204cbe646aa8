package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

const (
	// windowTags: x11 because of input methods (see toBuild), migrated_fynedo
	// because the toolkit is slow without it, embedfont for Chinese on a
	// machine without Chinese fonts, no_emoji for a smaller program.
	windowTags = "x11,migrated_fynedo,embedfont,no_emoji"

	sampleLedger = "build/sample/sample.touyan"
)

// runProgram opens the window on an invented office, which is kept from one
// start to the next so that one can go on where one was.
func runProgram(ctx context.Context, args []string) error {
	if os.Getenv("DISPLAY") == "" {
		fmt.Println("There is no display here: the window opens on a virtual one and leaves pictures.")
		if err := tourVerb(ctx, nil); err != nil {
			return err
		}
		dir, err := filepath.Abs(pictureDir)
		if err != nil {
			return err
		}
		fmt.Println("There is no display here. The pictures of the window are in", dir)
		return nil
	}
	if err := prepare(ctx, toBuild); err != nil {
		return err
	}
	if err := buildWindow(ctx); err != nil {
		return err
	}
	if _, err := os.Stat(sampleLedger); err != nil {
		if err := buildCommand(ctx); err != nil {
			return err
		}
		if err := makeDemo(ctx, sampleLedger); err != nil {
			return err
		}
	}
	return command(ctx, nil, slices.Concat([]string{windowProgram, "--ledger", sampleLedger}, args)...)
}

// buildWindow compiles the program with its window. The first time it takes
// minutes, because the graphics libraries are C.
func buildWindow(ctx context.Context) error {
	return command(ctx, []string{"CGO_ENABLED=1"}, "go", "build", "-buildvcs=false", "-tags", windowTags, "-o", windowProgram, "./cmd/touyan")
}

// buildCommand compiles touyanctl as it is delivered: without cgo.
func buildCommand(ctx context.Context) error {
	return command(ctx, []string{"CGO_ENABLED=0"}, "go", "build", "-buildvcs=false", "-o", commandProgram, "./cmd/touyanctl")
}

// makeDemo makes a fresh ledger of an invented township. Its folder is its
// own and goes too, since papers and backups lie beside a ledger.
func makeDemo(ctx context.Context, ledger string) error {
	dir := filepath.Dir(ledger)
	if err := errors.Join(os.RemoveAll(dir), os.MkdirAll(dir, 0o755)); err != nil {
		return err
	}
	return command(ctx, nil, commandProgram, "demo", "--ledger", ledger, "--level", "township")
}

// bench runs the benchmarks and no test. Those of the screens need no display.
func bench(ctx context.Context, args []string) error {
	names := "."
	if len(args) > 0 {
		names = args[0]
	}
	return command(ctx, []string{"CGO_ENABLED=0"}, "go", "test", "-tags", "ci", "-run", "^$", "-bench", names, "-benchmem", "-timeout", "60m", "./...")
}
