package main

import (
	"bufio"
	"context"
	"encoding/binary"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"touyan/store/examine"
)

// A row is a long row of cases, each found again by its number.
type row interface {
	// try makes case i and tells how it ended, and what is to be told of it.
	// ok is false if there is nothing to try under that number, more is false
	// behind the last.
	try(i int) (v verdict, text string, ok, more bool)
}

// patience is how long one case may take.
const patience = 10 * time.Second

// A case may end or hang the program that tries it. So it is tried in another,
// which writes down in a file where it is, and is started again behind the case
// that ended it.

// progress is that file: the case at hand, and how many ended how.
type progress struct {
	f  *os.File
	at [1 + verdicts]uint64
}

func (p *progress) save() error {
	var b []byte
	for _, n := range p.at {
		b = binary.LittleEndian.AppendUint64(b, n)
	}
	_, err := p.f.WriteAt(b, 0)
	return err
}

func (p *progress) load() {
	b := make([]byte, 8*len(p.at))
	if _, err := p.f.ReadAt(b, 0); err != nil {
		return // not begun yet
	}
	for i := range p.at {
		p.at[i] = binary.LittleEndian.Uint64(b[8*i:])
	}
}

func progressFile(dir string) string { return filepath.Join(dir, "progress") }

// shift is how many cases one child tries: a ledger that does not open leaves
// behind a bit of memory mapped, and a process may have some ten thousand.
const shift = 20_000

// tryAll is the child's side: it tries the cases of a job.
func tryAll(r row, j job) error {
	f, err := os.OpenFile(progressFile(j.dir), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	defer f.Close()
	p := &progress{f: f}
	for i, tried := j.first, 0; ; i, tried = i+j.every, tried+1 {
		p.at[0] = uint64(i)
		if err := p.save(); err != nil {
			return err
		}
		if tried == shift {
			say("again\n")
			return nil
		}
		v, text, ok, more := r.try(i)
		if !more {
			return nil
		}
		if ok {
			p.at[1+v]++
		}
		if text != "" {
			say(fmt.Sprintf("found %d %s\n", i, strings.ReplaceAll(text, "\n", " ")))
		}
	}
}

// job is what one of several workers does of a class.
type job struct {
	dir          string // where, and with what was made in common
	seed         uint64 // of what is left to chance
	first, every int    // which cases of a long row are this worker's
}

// args are how a child is told its job.
func (j job) args() []string {
	return []string{j.dir, strconv.FormatUint(j.seed, 10), strconv.Itoa(j.first), strconv.Itoa(j.every)}
}

// jobOf is the job that such arguments tell.
func jobOf(args []string) (j job, err error) {
	if j.seed, err = strconv.ParseUint(args[1], 10, 64); err != nil {
		return j, err
	}
	if j.first, err = strconv.Atoi(args[2]); err != nil {
		return j, err
	}
	j.dir = args[0]
	j.every, err = strconv.Atoi(args[3])
	return j, err
}

// sweep is the parent's side: it has children try all cases of a job, until
// there are no more or ctx ends.
func sweep(ctx context.Context, t *tally, class string, j job) error {
	for ctx.Err() == nil {
		os.Remove(progressFile(j.dir))
		f, err := os.OpenFile(progressFile(j.dir), os.O_RDWR|os.O_CREATE, 0o600)
		if err != nil {
			return err
		}
		p := &progress{f: f}
		end, err := sweepOnce(ctx, t, p, append([]string{"cases", class}, j.args()...))
		p.load()
		f.Close()
		for v := range verdicts {
			t.counts[v] += int(p.at[1+v])
		}
		switch {
		case err != nil:
			return err
		case end == repaired:
			j.first = int(p.at[0])
			continue
		case end == opened, ctx.Err() != nil:
			return nil
		}
		if seen := examine.File(ctx, site{j.dir}.ledger()); seen.Lost() && seen.State != examine.Missing {
			end = told // the program looks so first, and never comes to open it
		} else {
			t.find("case %d of seed %d in %s: %s", p.at[0], j.seed, filepath.Base(j.dir), end)
		}
		t.add(end)
		j.first = int(p.at[0]) + j.every
	}
	return nil
}

// sweepOnce runs one child. It answers opened if the child got to the end of the
// row, and repaired if it got to the end of its shift.
func sweepOnce(ctx context.Context, t *tally, p *progress, args []string) (verdict, error) {
	self, err := os.Executable()
	if err != nil {
		return 0, err
	}
	child := exec.Command(self, args...)
	complaint := &tail{}
	child.Stderr = complaint
	out, err := child.StdoutPipe()
	if err != nil {
		return 0, err
	}
	if err := child.Start(); err != nil {
		return 0, err
	}
	over := make(chan struct{})
	done := opened
	go func() {
		defer close(over)
		for found := bufio.NewScanner(out); found.Scan(); {
			if found.Text() == "again" {
				done = repaired
			} else {
				t.find("%s", found.Text())
			}
		}
	}()
	late := watched(ctx, p, over)
	if late != opened {
		child.Process.Kill()
	}
	<-over
	err = child.Wait()
	switch {
	case late == hung:
		return hung, nil
	case late != opened || err == nil:
		return done, nil
	}
	t.find("%s", complaint)
	return died, nil
}

// watched waits for the end of a child. It answers hung for one that stays too
// long at one case, and died for one whose time is up.
func watched(ctx context.Context, p *progress, over <-chan struct{}) verdict {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	last, since := uint64(0), time.Now()
	for {
		select {
		case <-over:
			return opened
		case <-ctx.Done():
			return died
		case <-tick.C:
			if p.load(); p.at[0] != last {
				last, since = p.at[0], time.Now()
			} else if time.Since(since) > patience {
				return hung
			}
		}
	}
}

// tail keeps the beginning of what a child complained of.
type tail struct{ text []byte }

func (t *tail) Write(b []byte) (int, error) {
	if room := 600 - len(t.text); room > 0 {
		t.text = append(t.text, b[:min(room, len(b))]...)
	}
	return len(b), nil
}

func (t *tail) String() string { return strings.Join(strings.Fields(string(t.text)), " ") }
