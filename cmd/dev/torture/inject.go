package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// failingCalls are those a disk can refuse, with what it says.
var failingCalls = map[string][]string{
	"pwrite64":  {"EIO", "ENOSPC"},
	"write":     {"EIO", "ENOSPC"},
	"fdatasync": {"EIO", "ENOSPC"},
	"fsync":     {"EIO", "ENOSPC"},
	"ftruncate": {"EIO", "ENOSPC", "EACCES"},
	"renameat":  {"EIO", "ENOSPC", "EACCES"},
	"linkat":    {"EIO", "ENOSPC", "EACCES"},
	"unlinkat":  {"EIO", "EACCES"},
	"openat":    {"EIO", "ENOSPC", "EACCES", "EROFS"},
}

// fault is one call that fails: the n-th of its thread, and if it sticks, all
// after it.
type fault struct {
	call, says string
	n          int
	sticks     bool
}

func (f fault) String() string {
	more := ""
	if f.sticks {
		more = "+"
	}
	return fmt.Sprintf("%s:error=%s:when=%d%s", f.call, f.says, f.n, more)
}

// injection is a fault while the step after from is done.
type injection struct {
	from int
	fault
}

// injector has each call of the work fail once.
type injector struct {
	site   site
	kind   string              // of work
	stages []map[string][]byte // what lies in the folder after each step
	exact  []string            // digests after each step, of those files
	alike  []string            // and of any run
	list   []injection
	rng    *rand.Rand
	looker looker
	tally  *tally
}

// injected is the class: a fault at each call, once and from there on; in every
// third case another while the program is started again.
func injected(ctx context.Context, t *tally, work string, j job) error {
	alike, _, err := undisturbed(ctx, j.dir, work)
	if err != nil {
		return err
	}
	in := &injector{site: site{j.dir}, kind: work, alike: alike, rng: rand.New(rand.NewPCG(j.seed, 0)), tally: t}
	defer in.looker.stop()
	if err := in.stage(ctx); err != nil {
		return err
	}
	t.note = fmt.Sprintf("of %d single faults; told: the step was refused and the rest kept", len(in.list))
	for n, i := range in.rng.Perm(len(in.list)) {
		if ctx.Err() != nil {
			return nil
		}
		if err := in.try(ctx, in.list[i], n%3 == 2); err != nil {
			return err
		}
	}
	return nil
}

// stage does the work step by step, keeps what lies there after each, and
// counts the calls of each.
func (in *injector) stage(ctx context.Context) error {
	if err := lay(in.site.folder(), nil); err != nil {
		return err
	}
	in.stages, in.exact = []map[string][]byte{{}}, []string{absent}
	for from := range len(in.alike) - 1 {
		said, log, err := in.work(ctx, from, nil)
		if err != nil {
			return err
		}
		p, exact, failed := heard(said, from, in.exact[from])
		if p.done != from+1 || len(failed) > 0 {
			return fmt.Errorf("step %d of the work undisturbed: %v", from+1, failed)
		}
		files, err := readFolder(in.site.folder())
		if err != nil {
			return err
		}
		in.stages, in.exact = append(in.stages, files), append(in.exact, exact)
		in.enumerate(from, log)
	}
	return nil
}

// enumerate lists the faults of one step: its thread's calls from where it was
// about to touch the ledger.
func (in *injector) enumerate(from int, log []byte) {
	before, all := callsOf(log)
	for _, call := range slices.Sorted(maps.Keys(failingCalls)) {
		for _, says := range failingCalls[call] {
			for n := before[call] + 1; n <= all[call]; n++ {
				in.list = append(in.list, injection{from, fault{call, says, n, false}}, injection{from, fault{call, says, n, true}})
			}
		}
	}
}

// callsOf counts the calls of the thread that did the work, before it was ready
// and in all.
func callsOf(log []byte) (before, all map[string]int) {
	ready := []byte(`"\x72\x65\x61\x64\x79\x0a"`)
	thread := ""
	for line := range bytes.Lines(log) {
		if bytes.Contains(line, ready) {
			thread, _, _ = strings.Cut(string(line), " ")
		}
	}
	all = map[string]int{}
	for line := range bytes.Lines(log) {
		if bytes.Contains(line, ready) {
			before = maps.Clone(all)
		}
		rest, ok := bytes.CutPrefix(line, []byte(thread+" "))
		if name, _, call := strings.Cut(string(rest), "("); ok && call {
			all[strings.TrimSpace(name)]++
		}
	}
	return before, all
}

func readFolder(dir string) (map[string][]byte, error) {
	files := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err == nil {
			files[name], err = os.ReadFile(path)
		}
		return err
	})
	return files, err
}

// work has a child do one step under strace, with a fault or none, and returns
// what it said and the trace.
func (in *injector) work(ctx context.Context, from int, f *fault) (said string, log []byte, err error) {
	self, err := os.Executable()
	if err != nil {
		return "", nil, err
	}
	ctx, stop := context.WithTimeout(ctx, 3*patience)
	defer stop()
	args := []string{"-f", "-o", traceFile(in.site.dir), "-e", "signal=none"}
	if f == nil {
		args = append(args, "-xx", "-e", "trace=writev,"+strings.Join(slices.Sorted(maps.Keys(failingCalls)), ","))
	} else {
		args = append(args, "-y", "--seccomp-bpf", "-e", "trace="+f.call, "-e", "inject="+f.String())
	}
	cmd := exec.CommandContext(ctx, "strace", append(args, self, "work", in.site.dir, in.kind, strconv.Itoa(from), strconv.Itoa(from+1))...)
	cmd.Env = quietRuntime()
	together(cmd)
	cmd.WaitDelay = time.Second
	complaint := &tail{}
	cmd.Stderr = complaint
	out, err := cmd.Output()
	log, noLog := os.ReadFile(traceFile(in.site.dir))
	switch {
	case ctx.Err() != nil:
		return string(out), log, ctx.Err()
	case bytes.Contains(complaint.text, []byte("goroutine ")):
		return string(out), log, fmt.Errorf("%w: %s", errDied, complaint)
	case err != nil && !errors.As(err, new(*exec.ExitError)):
		return "", nil, err
	}
	return string(out), log, noLog
}

// hit reports whether the fault befell a file of ours, and whether it befell
// anything else: Go's own calls, and those of other threads, are counted too.
func (in *injector) hit(log []byte) (ours, others bool) {
	for line := range bytes.Lines(log) {
		if bytes.Contains(line, []byte("(INJECTED)")) {
			own := bytes.Contains(line, []byte(in.site.dir))
			ours, others = ours || own, others || !own
		}
	}
	return ours, others
}

var errDied = errors.New("the program ended in the middle of its work")

// heard is what a child acknowledged. A step that was refused, and never said
// to be uncertain, must leave nothing behind: it counts as not begun.
func heard(said string, from int, before string) (p promise, exact string, failed []string) {
	p, exact = promise{from, from}, before
	for _, l := range lines(said) {
		switch l.verb {
		case "done":
			p, exact = promise{l.step, l.step}, l.rest[0]
		case "failed":
			failed = append(failed, strings.Join(l.rest, " "))
			if l.rest[0] == "uncertain" {
				p.begun = l.step
			}
		}
	}
	return p, exact, failed
}

// try makes one case.
func (in *injector) try(ctx context.Context, i injection, again bool) error {
	if err := lay(in.site.folder(), in.stages[i.from]); err != nil {
		return err
	}
	p, exact := promise{i.from, i.from}, in.exact[i.from]
	faults := []fault{i.fault}
	if again {
		second := in.list[in.rng.IntN(len(in.list))].fault
		faults = append(faults, second)
	}
	v := opened
	for n := range faults {
		if p.done > i.from {
			break // saved in spite of the fault: nothing to go on with
		}
		said, log, err := in.work(ctx, p.done, &faults[n])
		ours, others := in.hit(log)
		if n == 0 && !ours || others && errors.Is(err, errDied) || said == "" {
			return nil // the fault befell something else, or strace did not get the program started
		}
		switch {
		case errors.Is(err, errDied):
			in.tally.add(died)
			in.tally.find("%v at step %d: %v", faults[:n+1], i.from+1, err)
			return nil
		case errors.Is(err, context.DeadlineExceeded):
			in.tally.add(hung)
			in.tally.find("%v at step %d: no end, after %q", faults[:n+1], i.from+1, said)
			return nil
		case err != nil:
			return err
		}
		now, digest, failed := heard(said, p.done, exact)
		if now.begun = max(now.begun, p.begun); now.done >= now.begun {
			now.begun = now.done
		}
		if p, exact = now, digest; len(failed) > 0 {
			v = told
			in.told(faults[n], failed)
		}
		if v == told && p.done > i.from {
			v = repaired // the second try was saved
		}
	}
	return in.look(i, faults, p, exact, v)
}

// told notes a refusal that no person could read.
func (in *injector) told(f fault, failed []string) {
	for _, text := range failed {
		if strings.Contains(text, unsaid) {
			in.tally.find("%s is told as %s", f, text)
		}
	}
}

// look holds what lies there now against the promise.
func (in *injector) look(i injection, faults []fault, p promise, exact string, v verdict) error {
	a, err := in.looker.ask(in.site.ledger())
	if err != nil {
		return err
	}
	text := a.text
	switch {
	case a.verdict != opened && a.verdict != repaired:
		v = a.verdict
	case a.digests.exact == exact, in.kind == "copies" && a.digests.alike == in.alike[p.done]:
	case p.begun > p.done && a.digests.alike == in.alike[p.begun]:
	default:
		v, text = p.against(a.digests.alike, in.alike)
		if v == opened {
			v, text = silent, "a step that was refused is there"
		}
	}
	bad := v == silent || v == lost || a.verdict > repaired
	if !bad {
		if kept, why := copiesIn(in.site, stepsNamed(in.kind), p.done); kept != opened {
			v, text, bad = kept, why, true
		}
	}
	in.tally.add(v)
	if bad {
		in.tally.find("%s: %v at step %d: %s", v, faults, i.from+1, text)
	}
	return nil
}
