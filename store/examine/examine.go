// Package examine looks at a ledger's file before it is opened here: a cut or
// flipped file can fault in ways no program survives, or lead it round in
// circles, and so can a disk that does not answer. The look is therefore taken
// by a child: the same program, started with a hidden first word, within a time
// and with little memory. It reads, and never writes; Windows alone would let
// an opening for writing grow a file that was cut.
//
// The child walks bbolt's pages by itself, each once and by offsets it has
// checked, so that it finishes on any file; that it runs apart is for what it
// did not think of. What the pages hold is sealed and not looked at: that is
// told when the ledger is unlocked.
//
// A program that calls File calls Main first thing.
package examine

import (
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

const (
	hidden   = "examine-file"     // the child's first word
	inChild  = "TOUYAN_EXAMINING" // set for the child: it has no children
	memory   = 128 << 20          // bytes the child tries to keep to
	patience = 10 * time.Second   // for any file
	slowest  = 2 << 20            // bytes a second that a bad stick still reads
	answer   = 4 << 10            // bytes of a child's answer that are read
)

// File looks at the file of a ledger. It ends when the look does, when ctx does
// or when too much time went by.
func File(ctx context.Context, path string) Verdict {
	exe, err := os.Executable()
	if err != nil || os.Getenv(inChild) != "" {
		return Verdict{State: Unseen, path: path}
	}
	limit := patience
	if info, err := os.Stat(path); err == nil {
		limit += time.Duration(info.Size()/slowest) * time.Second
	}
	v := ask(ctx, path, limit, exe, hidden, path)
	if v.State == Good {
		v.Copies = besides(path)
	}
	return v
}

// ask starts a child and waits for its answer, at most so long.
func ask(ctx context.Context, path string, limit time.Duration, exe string, args ...string) Verdict {
	timed, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	cmd := exec.CommandContext(timed, exe, args...)
	cmd.Env = append(os.Environ(), inChild+"=1", "GOMAXPROCS=1", "GOTRACEBACK=none")
	cmd.WaitDelay = time.Second
	var out bytes.Buffer
	cmd.Stdout = &limited{to: &out, left: answer}
	err := cmd.Start()
	switch {
	case ctx.Err() != nil && err != nil:
		return Verdict{State: Stopped, path: path, cause: ctx.Err()}
	case err != nil:
		return Verdict{State: Unseen, path: path, cause: err}
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	v := Verdict{State: Hung}
	select {
	case err := <-ended:
		v = parse(out.Bytes())
		if err != nil {
			v = Verdict{State: Damaged, cause: err} // it fell over the file
		}
		if timed.Err() != nil {
			v = Verdict{State: Hung, cause: err}
		}
	case <-timed.Done(): // a child that waits for a disk cannot be ended, and is not waited for
	}
	if ctx.Err() != nil {
		v = Verdict{State: Stopped, cause: ctx.Err()}
	}
	v.path = path
	return v
}

// limited keeps a child that has gone mad from filling the memory.
type limited struct {
	to   io.Writer
	left int
}

func (l *limited) Write(b []byte) (int, error) {
	keep := b[:min(len(b), l.left)]
	l.left -= len(keep)
	if _, err := l.to.Write(keep); err != nil {
		return 0, err
	}
	return len(b), nil
}

const ending = ".touyan"

// copyMarks are what programs that keep folders in step, and those who copy
// files, put behind the name of a second file.
var copyMarks = []string{"冲突", "副本", "conflict", "Conflict", "(1)", "(2)", "（1）", "（2）", "Copy", "copy"}

// besides are the names of files beside a ledger that look like second copies
// of it.
func besides(path string) (names []string) {
	list, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return nil
	}
	own := filepath.Base(path)
	stem := strings.TrimSuffix(own, ending)
	for _, e := range list {
		more, ours := strings.CutPrefix(strings.TrimSuffix(e.Name(), ending), stem)
		if !ours || e.IsDir() || e.Name() == own || !strings.HasSuffix(e.Name(), ending) {
			continue
		}
		if slices.ContainsFunc(copyMarks, func(mark string) bool { return strings.Contains(more, mark) }) {
			names = append(names, e.Name())
		}
	}
	return names
}
