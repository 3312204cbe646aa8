package backup

import (
	"cmp"
	"context"
	"os"
	"slices"
	"time"

	"touyan/store"
)

// What stays, at the least, however old it is. Days, weeks and months are
// counted among those that have a copy, not back from today: a clock that has
// gone wrong ages nothing.
const (
	fullDays = 3 // two days reach into three
	days     = 14
	weeks    = 12
	months   = 12
	// and one a year for ever
)

const (
	// DefaultBudget is how much the copies of a ledger may take in one place.
	DefaultBudget = 2 << 30
	// least is how many good copies stay, whatever they take.
	least = 3
)

// rank is how much a copy is worth: under the budget the lowest go first.
type rank int

const (
	spoilt  rank = iota // not whole
	passing             // one of several of its day, by the timer
	extra               // one of several of its day
	daily               // the last of its day
	weekly
	monthly
	yearly
)

// choose says which copies stay without a budget, and what for. list is the
// newest first.
func choose(list []Copy) map[string]rank {
	stays := map[string]rank{}
	for _, w := range []struct {
		r    rank
		most int
		of   func(time.Time) [2]int
	}{
		{daily, days, func(t time.Time) [2]int { return [2]int{t.Year(), t.YearDay()} }},
		{weekly, weeks, func(t time.Time) [2]int { y, w := t.ISOWeek(); return [2]int{y, w} }},
		{monthly, months, func(t time.Time) [2]int { return [2]int{t.Year(), int(t.Month())} }},
		{yearly, len(list), func(t time.Time) [2]int { return [2]int{t.Year()} }},
	} {
		seen := map[[2]int]bool{}
		for _, c := range list {
			key := w.of(c.At)
			if seen[key] {
				if _, known := stays[c.Path]; w.r == daily && len(seen) <= fullDays && !known {
					stays[c.Path] = extra
					if c.Reason == Timed {
						stays[c.Path] = passing
					}
				}
				continue
			}
			if len(seen) == w.most {
				break
			}
			seen[key] = true
			stays[c.Path] = w.r
		}
	}
	return stays
}

// plan says which copies of one ledger may go, the oldest first. list is the
// newest first, just the one just made; good reads a copy and says whether it
// is whole.
//
// A copy goes only where the next newer one that stays for it is good, and only
// as long as three good ones stay. Copies that are not ours, and those later
// than now, which a wrong clock has dated, stay in any case, the latter unless
// the budget asks for them.
func plan(list []Copy, just string, now time.Time, budget int64, good func(Copy) bool) []Copy {
	p := planning{good: good, just: just, going: map[string]bool{}, ranks: map[string]rank{}}
	var pool []Copy
	for _, c := range list {
		p.total += c.Size
		switch {
		case !c.ours():
		case c.At.After(now):
			p.ranks[c.Path] = daily
		default:
			pool = append(pool, c)
		}
	}
	p.settle(pool)
	p.fit(list, budget)
	p.rescue(list)
	var out []Copy
	for _, c := range slices.Backward(list) {
		if p.going[c.Path] {
			out = append(out, c)
		}
	}
	return out
}

type planning struct {
	good  func(Copy) bool
	just  string
	total int64           // bytes that stay
	going map[string]bool // by path
	ranks map[string]rank // of those of ours that stay
}

// settle lets go what the days, weeks, months and years do not need. A copy
// that is not whole stands for nothing, and is left lying.
func (p *planning) settle(pool []Copy) {
	for again := true; again; {
		again = false
		stays := choose(pool)
		heir := Copy{}
		for _, c := range pool {
			if _, ok := stays[c.Path]; ok || c.Path == p.just {
				heir = c
				continue
			}
			if !p.good(heir) {
				p.ranks[heir.Path] = spoilt
				pool = slices.DeleteFunc(pool, func(c Copy) bool { return c.Path == heir.Path })
				again = true
				break
			}
		}
		if again {
			continue
		}
		for _, c := range pool {
			r, ok := stays[c.Path]
			if ok || c.Path == p.just {
				p.ranks[c.Path] = max(r, passing)
				continue
			}
			p.going[c.Path] = true
			p.total -= c.Size
		}
	}
}

// fit lets go more until the rest keeps to the budget: the least worth first,
// of those the oldest.
func (p *planning) fit(list []Copy, budget int64) {
	var left []Copy
	for _, c := range slices.Backward(list) {
		if _, ours := p.ranks[c.Path]; ours && c.Path != p.just {
			left = append(left, c)
		}
	}
	slices.SortStableFunc(left, func(a, b Copy) int { return cmp.Compare(p.ranks[a.Path], p.ranks[b.Path]) })
	for _, c := range left {
		if p.total <= budget {
			return
		}
		p.going[c.Path] = true
		p.total -= c.Size
	}
}

// rescue lets the newest good ones stay where fewer than three would.
func (p *planning) rescue(list []Copy) {
	if len(p.going) == 0 {
		return
	}
	stay := 0
	for _, c := range list {
		if !p.going[c.Path] && c.Marked && p.good(c) {
			if stay++; stay == least {
				return
			}
		}
	}
	for _, c := range list {
		if stay < least && p.going[c.Path] && p.good(c) {
			delete(p.going, c.Path)
			stay++
		}
	}
	if stay < least { // too little is certain here to let anything go
		clear(p.going)
	}
}

// proofs remembers which copies have been read through and found whole, as long
// as they look the same from outside. It is used by one goroutine.
type proofs map[string]Copy

// good reads a copy unless it has been read before.
func (s proofs) good(ctx context.Context, c Copy) bool {
	old, known := s[c.Path]
	if known && old.Size == c.Size && old.changed.Equal(c.changed) {
		return true
	}
	delete(s, c.Path)
	mark, err := store.CheckCopy(ctx, c.Path, nil)
	if err != nil || mark.Ledger != c.Mark.Ledger {
		return false
	}
	s[c.Path] = c
	return true
}

// thin removes from a folder what plan lets go, after just has been made there.
// A copy that cannot be removed now is left for the next time.
func (s proofs) thin(ctx context.Context, folder string, just Copy, now time.Time, budget int64) error {
	all, err := List(folder)
	if err != nil {
		return err
	}
	list := slices.DeleteFunc(all, func(c Copy) bool { return c.Mark.Ledger != just.Mark.Ledger })
	if budget <= 0 {
		budget = DefaultBudget
	}
	going := plan(list, just.Path, now, budget, func(c Copy) bool { return s.good(ctx, c) })
	if ctx.Err() != nil {
		return ctx.Err() // what could not be read to its end counts as bad
	}
	for _, c := range going {
		if os.Remove(c.Path) == nil {
			delete(s, c.Path)
		}
	}
	return nil
}
