package main

import (
	"fmt"
	"io"
	"strings"

	"touyan/store/exchange/levels"
)

// verdict is how one case ended.
type verdict int

const (
	opened   verdict = iota // everything acknowledged is there and reads as it was saved
	repaired                // so too, after opening had to clear something away
	told                    // an error says so; nothing wrong was shown
	earlier                 // so too, and what was there before the last commit can be put back
	silent                  // something else than what was saved, and no error
	lost                    // an older state, without what was acknowledged later, and no error
	hung                    // no answer within the time allowed
	died                    // the program that looked at it ended
	verdicts                // how many there are
)

func (v verdict) String() string {
	return [...]string{"opened", "repaired", "told", "earlier", "silent", "lost", "hung", "died"}[v]
}

// tally counts the cases of one class of faults.
type tally struct {
	class   string
	counts  [verdicts]int
	note    string // what the counts leave unsaid
	mayLose bool   // no file in itself can tell that it is an older one, nor answer for a disk that lied
	found   []string
	lived   levels.Counts // of histories
}

func (t *tally) add(v verdict) { t.counts[v]++ }

// keep is how many findings are told.
const keep = 24

// find notes a case that must not be.
func (t *tally) find(format string, args ...any) {
	if len(t.found) < keep {
		t.found = append(t.found, fmt.Sprintf(format, args...))
	}
}

func (t *tally) cases() (n int) {
	for _, c := range t.counts {
		n += c
	}
	return n
}

// bad reports whether the ledger failed.
func (t *tally) bad() bool {
	return t.counts[silent]+t.counts[hung]+t.counts[died] > 0 || t.counts[lost] > 0 && !t.mayLose
}

// table prints the counts of all classes.
func table(w io.Writer, all []*tally) {
	fmt.Fprintf(w, "\n%-14s %9s %9s %9s %9s %9s %9s %9s %6s %6s\n", "fault", "cases", "opened", "repaired", "told", "earlier", "silent", "lost", "hung", "died")
	for _, t := range all {
		c, note := t.counts, t.note
		if t.lived.Histories > 0 {
			note = happened(t.lived)
		}
		fmt.Fprintf(w, "%-14s %9d %9d %9d %9d %9d %9d %9d %6d %6d  %s\n", t.class, t.cases(), c[opened], c[repaired], c[told], c[earlier], c[silent], c[lost], c[hung], c[died], note)
	}
	for _, t := range all {
		for _, f := range t.found {
			fmt.Fprintf(w, "%s: %s\n", t.class, strings.TrimSpace(f))
		}
	}
}

// join adds the counts of another tally of the same class.
func (t *tally) join(o *tally) {
	for v := range verdicts {
		t.counts[v] += o.counts[v]
	}
	t.found = append(t.found, o.found...)
	t.lived.Add(o.lived)
	t.found = t.found[:min(len(t.found), keep)]
	t.mayLose = t.mayLose || o.mayLose
	if o.note != "" {
		t.note = o.note
	}
}
