// Command torture lets happen to a ledger what happens to computers, many
// thousand times over, and counts how it ends: power cuts, killed programs,
// flipped bits, failing disks, disks that lie. It prints a table and exits 1
// if a ledger ever showed something else than was saved, or lost what it had
// acknowledged.
//
//	go run ./cmd/dev torture [--minutes N] [--class NAME]…
//
// The work is done by a child: real operations on a real ledger, each
// acknowledged with a digest of everything the ledger then holds (steps.go,
// work.go). After a fault the ledger must hold exactly what it held after the
// last acknowledged step, or after the one begun then, or say that it is
// damaged (against). What may end or hang the program that looks is tried in
// yet another child (sweep.go).
//
// Power cuts are not waited for: the system calls of one run are recorded and
// every state a disk could be in is rebuilt from them (trace.go, drive.go,
// power.go). That needs strace, and so do injected faults (inject.go).
package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"sync"
	"time"

	"touyan/store/examine"

	"github.com/spf13/pflag"
)

// class is a sort of fault.
type class struct {
	name   string
	share  int                                         // of the time, against those of the others
	common func(ctx context.Context, dir string) error // makes what the workers go through together, if they do
	run    func(ctx context.Context, t *tally, j job) error
}

func classes() []class {
	return []class{
		{name: "power", share: 6, run: func(ctx context.Context, t *tally, j job) error {
			return swept(ctx, t, "power", "office", j)
		}},
		{name: "power-big", share: 1, run: func(ctx context.Context, t *tally, j job) error {
			return swept(ctx, t, "power", "big", j)
		}},
		{name: "power-users", share: 2, run: func(ctx context.Context, t *tally, j job) error {
			t.note = "each state costs a password"
			return swept(ctx, t, "power-users", "users", j)
		}},
		{name: "power-copies", share: 2, run: func(ctx context.Context, t *tally, j job) error {
			return swept(ctx, t, "power-copies", "copies", j)
		}},
		{name: "liar", share: 3, run: func(ctx context.Context, t *tally, j job) error {
			t.mayLose, t.note = true, "three of four syncs ignored: what is lost here the disk lost"
			return swept(ctx, t, "liar", "office", j)
		}},
		{name: "kill", share: 3, run: killed},
		{name: "flip", share: 4, common: makeWhole, run: flipAll("flip")},
		{name: "flip-copy", share: 2, common: makeWholeCopy, run: flipAll("flip-copy")},
		{name: "levels", share: 3, run: lived},
		{name: "inject", share: 5, run: func(ctx context.Context, t *tally, j job) error {
			return injected(ctx, t, "office", j)
		}},
		{name: "inject-copies", share: 3, run: func(ctx context.Context, t *tally, j job) error {
			return injected(ctx, t, "copies", j)
		}},
	}
}

// swept records a kind of work and tries what a power cut can leave of it.
func swept(ctx context.Context, t *tally, row, work string, j job) error {
	s, err := prepare(j.dir)
	if err != nil {
		return err
	}
	if err := traceWork(ctx, s, work); err != nil {
		return err
	}
	return sweep(ctx, t, row, j)
}

// rowNamed is the row of cases a child is to try.
func rowNamed(name string, j job) (row, error) {
	switch name {
	case "power":
		return newPowerRow(j.dir, j.seed, "office", false)
	case "power-users":
		return newPowerRow(j.dir, j.seed, "users", false)
	case "power-copies":
		return newPowerRow(j.dir, j.seed, "copies", false)
	case "liar":
		return newPowerRow(j.dir, j.seed, "office", true)
	case "flip", "flip-copy":
		return newFlipRow(j.dir, name == "flip-copy")
	}
	return nil, fmt.Errorf("no row of cases %q", name)
}

func main() {
	examine.Main(os.Args)
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "torture:", err)
		os.Exit(1)
	}
}

// run is the whole, or the part that one of its children plays.
func run(args []string) error {
	switch {
	case len(args) >= 4 && args[0] == "work":
		return workAsTold(args[1], args[2], args[3:])
	case len(args) == 1 && args[0] == "look":
		in := bufio.NewScanner(os.Stdin)
		lookUp(func() (string, bool) { ok := in.Scan(); return in.Text(), ok })
		return in.Err()
	case len(args) == 6 && args[0] == "cases":
		j, err := jobOf(args[2:])
		if err != nil {
			return err
		}
		r, err := rowNamed(args[1], j)
		if err != nil {
			return err
		}
		debug.SetGCPercent(800) // a case is short and its memory small
		return tryAll(r, j)
	}
	return torture(args)
}

// workAsTold does the steps after from, to the end or to a step.
func workAsTold(dir, name string, span []string) error {
	from, err := strconv.Atoi(span[0])
	to := len(stepsNamed(name)) + 1
	if err == nil && len(span) > 1 {
		to, err = strconv.Atoi(span[1])
	}
	if err != nil {
		return err
	}
	return work(dir, name, from, to)
}

var errBad = errors.New("a ledger showed what was not saved, or lost what was")

func torture(args []string) error {
	flags := pflag.NewFlagSet("torture", pflag.ContinueOnError)
	minutes := flags.Float64("minutes", 10, "how long in all")
	only := flags.StringSlice("class", nil, "only these classes")
	seed := flags.Uint64("seed", uint64(time.Now().UnixNano()), "of what is left to chance")
	dir := flags.String("dir", "", "where to work; a folder in memory if there is one")
	workers := flags.Int("workers", runtime.NumCPU(), "how many at once")
	if err := flags.Parse(args); err != nil {
		return err
	}
	chosen := slices.DeleteFunc(classes(), func(c class) bool { return len(*only) > 0 && !slices.Contains(*only, c.name) })
	if len(chosen) == 0 {
		return errors.New("there is no such class of faults")
	}
	place, err := workplace(*dir)
	if err != nil {
		return err
	}
	defer os.RemoveAll(place)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	fmt.Printf("seed %d, %d at once, %g minutes, in %s\n", *seed, *workers, *minutes, place)
	shares := 0
	for _, c := range chosen {
		shares += c.share
	}
	var all []*tally
	for _, c := range chosen {
		time := time.Duration(*minutes * float64(time.Minute) * float64(c.share) / float64(shares))
		t, err := inParallel(ctx, c, place, *seed, *workers, time)
		if all = append(all, t); err != nil {
			table(os.Stdout, all)
			return fmt.Errorf("%s: %w", c.name, err)
		}
		fmt.Printf("%s: %d cases\n", c.name, t.cases())
	}
	table(os.Stdout, all)
	if slices.ContainsFunc(all, (*tally).bad) {
		return errBad
	}
	return nil
}

// workplace makes a folder of our own, in memory where the system has some.
func workplace(dir string) (string, error) {
	if dir == "" {
		if _, err := os.Stat("/dev/shm"); err == nil {
			dir = "/dev/shm"
		}
	}
	return os.MkdirTemp(dir, "touyan-torture-")
}

// inParallel has several workers at a class at once, each in a place of its own
// and with chances of its own or a share of the cases they have in common, and
// adds up the counts.
func inParallel(ctx context.Context, c class, place string, seed uint64, workers int, limit time.Duration) (*tally, error) {
	ctx, stop := context.WithTimeout(ctx, limit)
	defer stop()
	common := filepath.Join(place, c.name)
	if c.common != nil {
		if err := c.common(ctx, common); err != nil {
			return &tally{class: c.name}, err
		}
	}
	parts := make([]*tally, workers)
	errs := make([]error, workers)
	var wait sync.WaitGroup
	for i := range workers {
		parts[i] = &tally{class: c.name}
		j := job{dir: filepath.Join(place, fmt.Sprint(c.name, i)), seed: seed + uint64(i), every: 1}
		wait.Go(func() {
			if c.common != nil {
				j.first, j.every = i, workers
				if errs[i] = os.CopyFS(j.dir, os.DirFS(common)); errs[i] != nil {
					return
				}
			}
			errs[i] = c.run(ctx, parts[i], j)
		})
	}
	wait.Wait()
	sum := &tally{class: c.name}
	for _, p := range parts {
		sum.join(p)
	}
	err := errors.Join(errs...)
	if ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		err = nil
	}
	return sum, err
}
