package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"
)

// looker has a child look into ledgers, since looking may end or hang it. The
// child is started when first asked, and again after it is gone.
type looker struct {
	child *exec.Cmd
	in    io.WriteCloser
	out   chan string
}

// An answer is what the child found. Of opened and repaired there are digests,
// of told the sentence.
type answer struct {
	verdict verdict
	digests digests
	text    string
}

// ask looks into the ledger at path.
func (l *looker) ask(path string) (answer, error) {
	if l.child == nil {
		if err := l.start(); err != nil {
			return answer{}, err
		}
	}
	if _, err := io.WriteString(l.in, path+"\n"); err != nil {
		l.stop()
		return answer{verdict: died, text: err.Error()}, nil
	}
	select {
	case line, ok := <-l.out:
		if !ok {
			l.stop()
			return answer{verdict: died}, nil
		}
		return readAnswer(line)
	case <-time.After(patience):
		l.stop()
		return answer{verdict: hung}, nil
	}
}

func (l *looker) start() error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	l.child = exec.Command(self, "look")
	if l.in, err = l.child.StdinPipe(); err != nil {
		return err
	}
	out, err := l.child.StdoutPipe()
	if err != nil {
		return err
	}
	l.out = make(chan string, 1)
	go func(to chan<- string) {
		defer close(to)
		for lines := bufio.NewScanner(out); lines.Scan(); {
			to <- lines.Text()
		}
	}(l.out)
	return l.child.Start()
}

func (l *looker) stop() {
	if l.child == nil {
		return
	}
	l.in.Close()
	l.child.Process.Kill()
	for range l.out { // until the child's end of it is closed
	}
	l.child.Wait()
	l.child = nil
}

func readAnswer(line string) (answer, error) {
	word, rest, _ := strings.Cut(line, " ")
	switch word {
	case "told":
		return answer{verdict: told, text: rest}, nil
	case "opened", "cleared":
		exact, alike, ok := strings.Cut(rest, " ")
		a := answer{digests: digests{exact, alike}}
		if word == "cleared" {
			a.verdict = repaired
		}
		if ok {
			return a, nil
		}
	}
	return answer{}, fmt.Errorf("the child that looks said %q", line)
}

// lookUp is the child's side: it answers each line of a path.
func lookUp(next func() (string, bool)) {
	for path, ok := next(); ok; path, ok = next() {
		before, err := os.ReadFile(path)
		if err != nil {
			say("opened " + absent + " " + absent + "\n")
			continue
		}
		d, err := look(path, true)
		if err != nil {
			say("told " + sentence(err) + "\n")
			continue
		}
		word := "opened"
		if after, err := os.ReadFile(path); err != nil || !bytes.Equal(after, before) {
			word = "cleared"
		}
		say(word + " " + d.exact + " " + d.alike + "\n")
	}
}
