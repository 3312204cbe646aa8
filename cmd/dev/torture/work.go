package main

import (
	"errors"
	"fmt"
	"runtime"
	"strconv"
	"strings"

	"touyan/store"
	"touyan/store/disk"
)

// A speech is one line of the working program to whoever started it.
//
//	ready                    about to touch the ledger
//	begin STEP
//	done STEP EXACT ALIKE    the step is saved, and this is what the ledger holds
//	failed STEP WORD TEXT    the step was not saved: WORD is refused, or uncertain
//	end
type speech struct {
	verb string
	step int
	rest []string
}

// lines reads what was said; half a line is nothing yet.
func lines(text string) (out []speech) {
	for line := range strings.Lines(text) {
		words := strings.Fields(line)
		if len(words) == 0 || !strings.HasSuffix(line, "\n") {
			continue
		}
		s := speech{verb: words[0]}
		if len(words) > 1 {
			s.step, _ = strconv.Atoi(words[1])
			s.rest = words[2:]
		}
		out = append(out, s)
	}
	return out
}

// worker does the steps of a kind of work on a site's ledger, like the program
// at a clerk's desk: it opens the ledger once, and again where it does not know
// what became of a step.
type worker struct {
	site  site
	steps []step
	db    *store.DB
	say   func(format string, args ...any)
}

// errGaveUp ends a worker whose ledger takes nothing any more; it has said so.
var errGaveUp = errors.New("the ledger takes no more steps")

// work does the steps after from up to to. Step 1 makes the ledger.
func work(dir, name string, from, to int) error {
	// Calls are counted by thread where faults are injected.
	runtime.LockOSThread()
	w := &worker{site: site{dir}, steps: stepsNamed(name), say: func(format string, args ...any) { say(fmt.Sprintf(format+"\n", args...)) }}
	return w.run(from, to)
}

func (w *worker) run(from, to int) (err error) {
	w.say("ready")
	if from == 0 {
		if err := w.make(); err != nil {
			return err
		}
		from = 1
	} else if err := w.open(); err != nil {
		w.say("failed %d refused %s", from+1, sentence(err))
		return errGaveUp
	}
	defer func() {
		if w.db != nil { // not opened again after a fault
			err = errors.Join(err, w.db.Close())
		}
	}()
	for n := from + 1; n <= to; n++ {
		if err := w.step(n, w.steps[n-2]); err != nil {
			return err
		}
	}
	w.say("end")
	return nil
}

func (w *worker) open() (err error) {
	w.db, err = enter(w.site.ledger())
	return err
}

// make is step 1. Whether it failed or not, a second try must work or say why
// not.
func (w *worker) make() error {
	w.say("begin 1")
	for try := 1; ; try++ {
		word := "refused"
		err := store.Create(w.site.ledger(), township, false, options())
		if err == nil || errors.Is(err, store.ErrExists) {
			word, err = "uncertain", w.open()
		}
		if err == nil {
			return w.done(1)
		}
		if w.say("failed 1 %s %s", word, sentence(err)); try == 2 {
			return errGaveUp
		}
	}
}

// step does one step, and once more if it was not saved.
func (w *worker) step(n int, s step) error {
	w.say("begin %d", n)
	for try := 1; ; try++ {
		before, err := w.seq()
		if err == nil {
			err = w.try(s)
		}
		if err == nil {
			return w.done(n)
		}
		if !s.noted && !errors.Is(err, store.ErrUncertain) {
			w.say("failed %d refused %s", n, sentence(err))
		} else {
			w.say("failed %d uncertain %s", n, sentence(err))
			saved, err := w.reopen(before)
			if err != nil {
				w.say("failed %d uncertain %s", n, sentence(err))
				return errGaveUp
			}
			if saved {
				return w.done(n)
			}
		}
		if try == 2 {
			return errGaveUp
		}
	}
}

// try does a step once, with the ledger open or closed as it asks for. One that
// cannot be opened again is uncertain.
func (w *worker) try(s step) error {
	if s.closed == nil {
		return s.do(w.site, w.db)
	}
	if err := w.db.Close(); err != nil {
		return err
	}
	err := s.closed(w.site)
	if again := w.open(); again != nil {
		return errors.Join(store.ErrUncertain, again, err)
	}
	return err
}

// reopen does what the sentence of an uncertain save asks for: close, open
// again and look. A draft leaves no number and is simply kept again.
func (w *worker) reopen(before uint64) (saved bool, err error) {
	if w.db != nil {
		if err := w.db.Close(); err != nil {
			return false, err
		}
	}
	if err := w.open(); err != nil {
		return false, err
	}
	after, err := w.seq()
	return after != before, err // a copy put back has come less far
}

func (w *worker) seq() (seq uint64, err error) {
	err = w.db.View(func(tx *store.Tx) error { seq = tx.Seq(); return nil })
	return seq, err
}

// done acknowledges a step with what the ledger then holds. From here on it
// must never be lost.
func (w *worker) done(n int) error {
	d, err := read(w.db, true)
	if err != nil {
		w.say("failed %d uncertain %s", n, sentence(err))
		return errGaveUp
	}
	w.say("done %d %s %s", n, d.exact, d.alike)
	return nil
}

// unsaid marks an error that has no words for people.
const unsaid = "(no sentence)"

// sentence is an error as a person would be told it, on one line.
func sentence(err error) string {
	text, ok := disk.Sentence(err)
	if !ok {
		text = unsaid + " " + err.Error()
	}
	return strings.ReplaceAll(text, "\n", " ")
}
