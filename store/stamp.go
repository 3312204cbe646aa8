package store

import (
	"cmp"
	"slices"

	"touyan/store/field"
)

// Dot names one writing: the ledger that wrote and its counter at the time.
// All cells one operation writes share its dot. Ledger is eight bytes; a cell
// edited by hand in a book has a ledger of its own, derived from the book.
type Dot struct {
	Ledger  string
	Counter uint64
}

func (d Dot) compare(e Dot) int {
	return cmp.Or(cmp.Compare(d.Ledger, e.Ledger), cmp.Compare(d.Counter, e.Counter))
}

// Writing names one writing of one cell: a dot, and the record written in. One
// operation may write the same field of two records that are later found to be
// one; only the record tells these two apart. It is empty where a stamp lies
// or travels with the record it speaks of.
type Writing struct {
	Dot
	Record string
}

func (w Writing) compare(v Writing) int {
	return cmp.Or(w.Dot.compare(v.Dot), cmp.Compare(w.Record, v.Record))
}

// Writings is a set of writings of one cell, sorted. It names each of them:
// "all of this ledger up to here" would say too much once records are joined,
// or a conflict is left standing, for a ledger may then have written what the
// next writer never saw. A cell is written a few times in its life, and one
// more writing of a ledger packs into two or three bytes.
type Writings []Writing

// Covers reports whether the writing was known of.
func (ws Writings) Covers(w Writing) bool {
	_, ok := slices.BinarySearchFunc(ws, w, Writing.compare)
	return ok
}

// With returns the set with more writings in it.
func (ws Writings) With(more ...Writing) Writings {
	out := slices.Clone(ws)
	for _, w := range more {
		if i, ok := slices.BinarySearchFunc(out, w, Writing.compare); !ok {
			out = slices.Insert(out, i, w)
		}
	}
	return out
}

// Version is one value of a cell with its stamp.
type Version struct {
	Dot
	Record   string // written in, see Writing
	Value    string
	Knew     Writings    // what it replaced knowingly, and all that this had replaced
	Level    field.Level // of the office that wrote it
	Office   string      // code of that office
	Decision bool        // it settles a conflict
	Was      string      // what the writer saw before, for showing it as 原值
}

func (v *Version) writing() Writing { return Writing{v.Dot, v.Record} }

// knows reports whether v was written knowing of w.
func (v *Version) knows(w *Version) bool { return v.Knew.Covers(w.writing()) }

// Is reports whether two versions are one writing, come by two ways.
func (v *Version) Is(w *Version) bool { return v.writing() == w.writing() && v.Value == w.Value }

// In returns a version that lies or travels with a record, with the record
// named throughout. Out is its inverse: the stamps of many records then read
// alike and are kept once.
func (v Version) In(record string) Version { return v.rename("", record) }

// Out returns the version without the name of the record it will lie with.
func (v Version) Out(record string) Version { return v.rename(record, "") }

func (v Version) rename(from, to string) Version {
	if v.Record == from {
		v.Record = to
	}
	if slices.ContainsFunc(v.Knew, func(w Writing) bool { return w.Record == from }) {
		v.Knew = slices.Clone(v.Knew)
		for i := range v.Knew {
			if v.Knew[i].Record == from {
				v.Knew[i].Record = to
			}
		}
		slices.SortFunc(v.Knew, Writing.compare)
	}
	return v
}

// Cell is what a ledger holds of one cell: the versions of which none knew
// another. One version is the ordinary case; none is a cell never written.
type Cell []Version

// Join unites what two ledgers hold of one cell and drops what somebody
// overwrote knowingly. The word of the level that owns the field is dropped
// only by that level. Join is idempotent, commutative and associative, so
// books may come in any order, twice, or late.
func (c Cell) Join(other Cell, owner field.Level) Cell {
	all := slices.Concat(c, other)
	var out Cell
	for i := range all {
		if !overwritten(all, i, owner) {
			out = append(out, all[i])
		}
	}
	slices.SortFunc(out, func(a, b Version) int {
		return cmp.Or(a.writing().compare(b.writing()), cmp.Compare(a.Value, b.Value))
	})
	return out
}

func overwritten(all []Version, i int, owner field.Level) bool {
	v := &all[i]
	for j := range all {
		w := &all[j]
		if w.Is(v) {
			if j < i {
				return true // the same writing, heard twice
			}
			continue
		}
		heldByOwner := owner != field.NoLevel && v.Level == owner && w.Level != owner
		if w.knows(v) && !heldByOwner {
			return true
		}
	}
	return false
}

// Standing returns the versions between which nobody has chosen yet: the
// owner's where the owner has spoken; of decisions unaware of one another the
// owner's, else the highest level's.
func (c Cell) Standing(owner field.Level) Cell {
	if len(c) < 2 {
		return c
	}
	if spoke := c.keep(func(v *Version) bool { return v.Level == owner }); owner != field.NoLevel && len(spoke) > 0 {
		return spoke.decided()
	}
	return c.decided()
}

func (c Cell) decided() Cell {
	top := field.NoLevel
	for i := range c {
		if c[i].Decision {
			top = max(top, c[i].Level)
		}
	}
	return c.keep(func(v *Version) bool { return !v.Decision || v.Level == top })
}

func (c Cell) keep(want func(*Version) bool) Cell {
	var out Cell
	for i := range c {
		if want(&c[i]) {
			out = append(out, c[i])
		}
	}
	return out
}

// Conflict reports whether standing versions differ in value.
func (c Cell) Conflict(owner field.Level) bool {
	s := c.Standing(owner)
	for i := 1; i < len(s); i++ {
		if s[i].Value != s[0].Value {
			return true
		}
	}
	return false
}

// Shown returns the version a ledger of that office shows while others stand
// against it. The rule, the first point that tells two versions apart:
//
//  1. an edit of the ledger's own office comes before all others;
//  2. what somebody entered in a ledger, before what was typed into a book by
//     hand: the ledger checked it and knows who it was, and a book that comes
//     in does not replace under the clerk's eyes what he entered;
//  3. the smaller ledger id, which is any order, but the same for everybody;
//  4. of one ledger, its latest word.
//
// The order in which books came in is no part of it.
func (c Cell) Shown(owner field.Level, office string) *Version {
	s := c.Standing(owner)
	if len(s) == 0 {
		return nil
	}
	best := &s[0]
	for i := range s {
		if s[i].before(best, office) {
			best = &s[i]
		}
	}
	return best
}

// derived reports whether no ledger issued the stamp: ids of ledgers have their
// first bit set.
func (v *Version) derived() bool { return v.Ledger == "" || v.Ledger[0]&0x80 == 0 }

func (v *Version) before(w *Version, office string) bool {
	if own := v.Office == office; own != (w.Office == office) {
		return own
	}
	if byHand := v.derived(); byHand != w.derived() {
		return !byHand
	}
	return cmp.Or(cmp.Compare(v.Ledger, w.Ledger), cmp.Compare(w.Counter, v.Counter), cmp.Compare(v.Record, w.Record), cmp.Compare(v.Value, w.Value)) < 0
}

// Value is the shown value, empty for a cell never written.
func (c Cell) Value(owner field.Level, office string) string {
	if v := c.Shown(owner, office); v != nil {
		return v.Value
	}
	return ""
}

// Known is the knowledge of somebody who has seen the given versions.
func (c Cell) Known() Writings {
	var ws Writings
	for i := range c {
		ws = ws.With(c[i].Knew...).With(c[i].writing())
	}
	return ws
}

// In is Version.In for a whole cell.
func (c Cell) In(record string) Cell { return c.each(func(v Version) Version { return v.In(record) }) }

func (c Cell) out(record string) Cell {
	return c.each(func(v Version) Version { return v.Out(record) })
}

func (c Cell) each(f func(Version) Version) Cell {
	out := slices.Clone(c)
	for i := range out {
		out[i] = f(out[i])
	}
	return out
}

// seen returns the version shown and those of equal value: what a person who
// looks at the cell has seen, and knowingly replaces.
func (c Cell) seen(owner field.Level, office string) Cell {
	shown := c.Shown(owner, office)
	if shown == nil {
		return nil
	}
	return c.keep(func(v *Version) bool { return v.Value == shown.Value })
}

// State is all cells of one record, by field name. The names beginning with
// "_" are the program's own.
type State map[string]Cell

// in is Version.In for all cells of a state at hand, out its inverse for a
// state that others hold.
func (s State) in(record string) State {
	for name, c := range s {
		for i := range c {
			c[i] = c[i].In(record)
		}
		s[name] = c
	}
	return s
}

func (s State) out(record string) State {
	if s == nil {
		return nil
	}
	o := make(State, len(s))
	for name, c := range s {
		o[name] = c.out(record)
	}
	return o
}

// Names of cells that every record may have.
const (
	VoidCell = "_void" // why the record no longer counts
	SameCell = "_same" // id of the record this one was found to be
)
