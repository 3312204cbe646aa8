package main

import (
	"context"
	"slices"
)

const tortureProgram = "build/torture"

// toTorture is what watching and failing the system calls of a program takes.
var toTorture = []systemPackage{
	{"strace", "records what is written, and injects faults"},
}

// torture lets happen to a ledger what happens to computers, and passes on the
// table of how that ended. The program that does it is one of its own, since it
// is made of our packages.
func torture(ctx context.Context, args []string) error {
	if err := installPackages(ctx, toTorture); err != nil {
		return err
	}
	err := command(ctx, []string{"CGO_ENABLED=0"}, "go", "build", "-buildvcs=false", "-o", tortureProgram, "./cmd/dev/torture")
	if err != nil {
		return err
	}
	return command(ctx, nil, slices.Concat([]string{tortureProgram}, args)...)
}
