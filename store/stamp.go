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

// Vector says, per ledger, up to which counter writings of one cell were known
// of. It is sorted by ledger and names only ledgers that wrote the cell.
type Vector []Dot

// Covers reports whether the writing was known of.
func (v Vector) Covers(d Dot) bool {
	i, ok := slices.BinarySearchFunc(v, d.Ledger, func(e Dot, l string) int { return cmp.Compare(e.Ledger, l) })
	return ok && v[i].Counter >= d.Counter
}

// With returns the vector that knows of all dots besides.
func (v Vector) With(dots ...Dot) Vector {
	out := slices.Clone(v)
	for _, d := range dots {
		i, ok := slices.BinarySearchFunc(out, d.Ledger, func(e Dot, l string) int { return cmp.Compare(e.Ledger, l) })
		switch {
		case !ok:
			out = slices.Insert(out, i, d)
		case out[i].Counter < d.Counter:
			out[i].Counter = d.Counter
		}
	}
	return out
}

// Version is one value of a cell with its stamp.
type Version struct {
	Dot
	Value    string
	Knew     Vector
	Level    field.Level // of the office that wrote it
	Office   string      // code of that office
	Decision bool        // it settles a conflict
	Was      string      // what the writer saw before, for showing it as 原值
}

// knows reports whether v was written knowing of w.
func (v *Version) knows(w *Version) bool { return v.Knew.Covers(w.Dot) }

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
		return cmp.Or(a.Dot.compare(b.Dot), cmp.Compare(a.Value, b.Value))
	})
	return out
}

func overwritten(all []Version, i int, owner field.Level) bool {
	v := &all[i]
	for j := range all {
		w := &all[j]
		if w.Dot == v.Dot && w.Value == v.Value {
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

// Shown returns the version a ledger of that office shows: its own office's
// edit if one stands, else the one the stamps order first.
func (c Cell) Shown(owner field.Level, office string) *Version {
	s := c.Standing(owner)
	for i := range s {
		if s[i].Office == office {
			return &s[i]
		}
	}
	if len(s) == 0 {
		return nil
	}
	return &s[0]
}

// Value is the shown value, empty for a cell never written.
func (c Cell) Value(owner field.Level, office string) string {
	if v := c.Shown(owner, office); v != nil {
		return v.Value
	}
	return ""
}

// Known is the vector of somebody who has seen the given versions.
func (c Cell) Known() Vector {
	var v Vector
	for i := range c {
		v = v.With(c[i].Knew...).With(c[i].Dot)
	}
	return v
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

// Names of cells that every record may have.
const (
	VoidCell = "_void" // why the record no longer counts
	SameCell = "_same" // id of the record this one was found to be
)
