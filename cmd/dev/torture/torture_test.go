package main

import (
	"context"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
	"time"

	"touyan/store/examine"
)

// TestMain lets the tests' own program play the children.
func TestMain(m *testing.M) {
	examine.Main(os.Args)
	switch args := os.Args; {
	case len(args) == 7 && args[2] == "odd":
		j, err := jobOf(args[3:])
		if err != nil || tryAll(oddRow{}, j) != nil {
			os.Exit(1)
		}
		os.Exit(0)
	case len(args) > 1 && slices.Contains([]string{"work", "look", "cases"}, args[1]):
		main()
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// Ensure that two runs of the same work hold the same but for ids and times,
// and that every step changes something.
func TestWorkAlike(t *testing.T) {
	a, _, err := undisturbed(t.Context(), t.TempDir(), "office")
	if err != nil {
		t.Fatal(err)
	}
	b, _, err := undisturbed(t.Context(), t.TempDir(), "office")
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(a, b) || len(a) != len(stepsNamed("office"))+2 {
		t.Errorf("two runs differ: %v and %v", a, b)
	}
	slices.Sort(b)
	if len(slices.Compact(b)) != len(a) {
		t.Error("a step changed nothing")
	}
}

// Ensure that a program killed at its work, time and again, leaves what it
// acknowledged.
func TestKilled(t *testing.T) {
	dir := t.TempDir()
	alike, _, err := undisturbed(t.Context(), dir, "office")
	if err != nil {
		t.Fatal(err)
	}
	tally := &tally{}
	k := &killer{site: site{dir}, work: "office", alike: alike, at: len(alike), rng: rand.New(rand.NewPCG(3, 0)), tally: tally}
	defer k.looker.stop()
	for range 20 {
		if err := k.round(); err != nil {
			t.Fatal(err)
		}
	}
	if c := tally.counts; c[opened]+c[repaired] != 20 || len(tally.found) > 0 {
		t.Errorf("%v of 20 rounds: %v", c, tally.found)
	}
}

// Ensure that a flipped bit of a ledger is told, or changes nothing that can be
// read, and never ends the program.
func TestFlipped(t *testing.T) {
	dir := t.TempDir()
	tally := &tally{}
	if err := makeWhole(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	r, err := newFlipRow(dir, false)
	if err != nil {
		t.Fatal(err)
	}
	r.step = 9973 // places all over the file
	for i := range 120 {
		v, text, _, _ := r.try(i)
		if tally.add(v); v == silent {
			tally.find("%s", text)
		}
	}
	if c := tally.counts; c[told] == 0 || c[opened] == 0 || c[silent] > 0 {
		t.Errorf("%v of 120 flips: %v", c, tally.found)
	}
}

// Ensure that what a case does to the program that tries it is counted, and
// that the cases after it are tried all the same.
func TestSweepSurvives(t *testing.T) {
	tally := &tally{}
	if err := sweep(t.Context(), tally, "odd", job{dir: t.TempDir(), every: 1}); err != nil {
		t.Fatal(err)
	}
	if c := tally.counts; c[opened] != 8 || c[silent] != 1 || c[died] != 1 || len(tally.found) != 3 {
		t.Errorf("counted %v, found %q", c, tally.found)
	}
}

// Ensure that workers who share a row try each case of it once.
func TestSweepShares(t *testing.T) {
	c := class{
		name:   "odd",
		common: func(_ context.Context, dir string) error { return os.Mkdir(dir, 0o700) },
		run:    func(ctx context.Context, t *tally, j job) error { return sweep(ctx, t, "odd", j) },
	}
	sum, err := inParallel(t.Context(), c, t.TempDir(), 7, 3, time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	if n := sum.counts; n[opened] != 8 || n[silent] != 1 || n[died] != 1 {
		t.Errorf("counted %v", n)
	}
}

// oddRow are ten cases of which one shows something wrong and one ends the
// program.
type oddRow struct{}

func (oddRow) try(i int) (verdict, string, bool, bool) {
	switch i {
	case 3:
		return silent, "wrong", true, true
	case 5:
		os.Exit(2)
	}
	return opened, "", true, i < 10
}
