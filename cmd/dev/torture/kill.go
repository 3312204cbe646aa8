package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"time"
)

// undisturbed does a kind of work to its end and returns, after each step, the
// digests of what every run of it has alike, and those of this run.
func undisturbed(ctx context.Context, dir, work string) (alike, exact []string, err error) {
	s, err := prepare(dir)
	if err != nil {
		return nil, nil, err
	}
	self, err := os.Executable()
	if err != nil {
		return nil, nil, err
	}
	out, err := exec.CommandContext(ctx, self, "work", s.dir, work, "0").Output()
	if ctx.Err() != nil {
		return nil, nil, ctx.Err()
	}
	if err != nil {
		return nil, nil, fmt.Errorf("work undisturbed: %w\n%s", err, out)
	}
	alike, exact = []string{absent}, []string{absent}
	for _, l := range lines(string(out)) {
		if l.verb == "done" {
			alike, exact = append(alike, l.rest[1]), append(exact, l.rest[0])
		}
	}
	return alike, exact, nil
}

// killer kills the program at its work, again and again, and looks each time
// what is left. The next program goes on with that.
type killer struct {
	site   site
	work   string
	alike  []string // by step
	exact  string   // of the ledger as it was when looked at last
	at     int      // steps it holds
	rng    *rand.Rand
	looker looker
	tally  *tally
}

// killed is the class: rounds of the office's work, and now and then of a batch
// of thousands, of copies and of changing the locks.
func killed(ctx context.Context, t *tally, j job) error {
	rng := rand.New(rand.NewPCG(j.seed, 0))
	var all []*killer
	for _, work := range []string{"office", "big", "copies", "users"} {
		place := j.dir + work
		alike, _, err := undisturbed(ctx, place, work)
		if err != nil {
			return err
		}
		k := &killer{site: site{place}, work: work, alike: alike, at: len(alike), rng: rng, tally: t}
		defer k.looker.stop()
		all = append(all, k)
	}
	for n := 0; ctx.Err() == nil; n++ {
		k := all[0]
		switch n % 20 {
		case 5:
			k = all[1]
		case 10, 15:
			k = all[2]
		case 19:
			k = all[3]
		}
		if err := k.round(); err != nil {
			return err
		}
	}
	return nil
}

// round starts the work, kills it and looks.
func (k *killer) round() error {
	if k.at >= len(k.alike)-1 {
		if err := lay(k.site.folder(), nil); err != nil {
			return err
		}
		k.at, k.exact = 0, absent
	}
	p, exact, err := k.interrupt()
	if err != nil {
		return err
	}
	a, err := k.looker.ask(k.site.ledger())
	if err != nil {
		return err
	}
	v, text := a.verdict, a.text
	if v == opened || v == repaired {
		if bad, why := k.hold(p, exact, a.digests); bad != opened {
			v, text = bad, why
		}
	}
	k.tally.add(v)
	if v != opened && v != repaired {
		k.tally.find("%s, killed at step %d of %d: %s", v, p.begun, len(k.alike)-1, text)
		k.at = len(k.alike) // start anew
	}
	return nil
}

// hold holds what was found against the promise, and notes where the work is.
func (k *killer) hold(p promise, exact string, d digests) (verdict, string) {
	k.exact = d.exact
	if d.exact == exact || k.work != "office" && d.alike == k.alike[p.done] { // coming in, or a copy put back, changed the journal
		k.at = p.done
		return opened, ""
	}
	if p.begun > p.done && p.begun < len(k.alike) && d.alike == k.alike[p.begun] {
		k.at = p.begun
		return opened, ""
	}
	if v, text := p.against(d.alike, k.alike); v == lost {
		return v, text
	}
	return silent, "the ledger holds what no step saved"
}

// interrupt starts the work where it was and kills it: after some lines of what
// it says, and a bit.
func (k *killer) interrupt() (p promise, exact string, err error) {
	self, err := os.Executable()
	if err != nil {
		return p, "", err
	}
	child := exec.Command(self, "work", k.site.dir, k.work, fmt.Sprint(k.at))
	out, err := child.StdoutPipe()
	if err != nil {
		return p, "", err
	}
	if err := child.Start(); err != nil {
		return p, "", err
	}
	p, exact = promise{k.at, k.at}, k.exact
	after, bit := k.rng.IntN(9), time.Duration(k.rng.IntN(6000))*time.Microsecond
	if k.work != "office" {
		bit *= 50
	}
	said := bufio.NewScanner(out)
	for n := 0; said.Scan(); n++ {
		for _, l := range lines(said.Text() + "\n") {
			switch l.verb {
			case "begin":
				p.begun = l.step
			case "done":
				p.done, exact = l.step, l.rest[0]
			case "failed":
				k.tally.find("a step failed: %v", l)
			}
		}
		if n == after {
			time.Sleep(bit)
			child.Process.Kill()
		}
	}
	if err := child.Wait(); err != nil && !errors.As(err, new(*exec.ExitError)) {
		return p, "", err
	}
	return p, exact, nil
}
