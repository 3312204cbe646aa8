package store

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"touyan/store/field"

	"pgregory.net/rapid"
)

// cells draws versions of one cell as ledgers really make them: each writing
// knows some earlier writings and all that those knew.
func cells(t *rapid.T) Cell {
	var all Cell
	n := rapid.IntRange(1, 7).Draw(t, "writings")
	counter, twice := map[string]uint64{}, map[string]bool{}
	for i := range n {
		ledger := rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "ledger")
		record := "r"
		if counter[ledger] == 0 || twice[ledger] || rapid.Bool().Draw(t, "another operation") {
			counter[ledger]++
			record = "" // else the operation before wrote a second record too
		}
		twice[ledger] = record != ""
		v := Version{Dot: Dot{ledger, counter[ledger]}, Record: record, Value: fmt.Sprint(rapid.IntRange(0, 3).Draw(t, "value")),
			Level: map[string]field.Level{"a": field.Township, "b": field.County, "c": field.Township}[ledger], Office: ledger,
			Decision: rapid.Bool().Draw(t, "decision")}
		for j := range i {
			if rapid.Bool().Draw(t, "knew") {
				v.Knew = v.Knew.With(all[j].Knew...).With(all[j].writing())
			}
		}
		all = append(all, v)
	}
	return all
}

// Ensure that joining is idempotent, commutative and associative, whatever was
// written and whoever owns the field: then any order of books ends alike.
func TestJoinIsALattice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := cells(t)
		owner := rapid.SampledFrom([]field.Level{field.NoLevel, field.County}).Draw(t, "owner")
		part := func(name string) Cell {
			return Cell{}.Join(all.keep(func(*Version) bool { return rapid.Bool().Draw(t, name) }), owner)
		}
		x, y, z := part("x"), part("y"), part("z")
		if got := x.Join(x, owner); !reflect.DeepEqual(got, x) {
			t.Fatalf("x·x = %v, want %v", got, x)
		}
		if a, b := x.Join(y, owner), y.Join(x, owner); !reflect.DeepEqual(a, b) {
			t.Fatalf("x·y = %v, y·x = %v", a, b)
		}
		if a, b := x.Join(y, owner).Join(z, owner), x.Join(y.Join(z, owner), owner); !reflect.DeepEqual(a, b) {
			t.Fatalf("(x·y)·z = %v, x·(y·z) = %v", a, b)
		}
	})
}

// Ensure that of versions that stand against one another the own office's is
// shown, then what a ledger issued before what was typed into a book, then one
// ledger's latest, however they are listed.
func TestShownVersion(t *testing.T) {
	issued, derived := func(n byte, counter uint64) Dot { return Dot{string([]byte{0x80, n}), counter} }, DerivedDot([32]byte{})
	own, hand := Version{Dot: issued(9, 1), Office: "a", Value: "own"}, Version{Dot: derived, Office: "a", Value: "hand"}
	theirs, later := Version{Dot: issued(1, 3), Office: "b", Value: "theirs"}, Version{Dot: issued(1, 4), Record: "r", Office: "b", Value: "later"}
	for _, c := range []struct {
		cell Cell
		want string
	}{
		{Cell{hand, own, theirs, later}, "own"},
		{Cell{hand, theirs}, "hand"},
		{Cell{theirs, later}, "later"},
		{Cell{{Dot: derived, Office: "c", Value: "hand"}, theirs}, "theirs"},
	} {
		slices.Reverse(c.cell)
		for range 2 {
			if got := c.cell.Value(field.NoLevel, "a"); got != c.want {
				t.Errorf("%+v shows %s, want %s", c.cell, got, c.want)
			}
			slices.Reverse(c.cell)
		}
	}
}

// Ensure that a packed record comes back whole from its parts.
func TestPackedRecordComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := newNames(nil)
		s := State{}
		classes := map[string]field.Class{"phone": field.Pay, "x": field.Discipline}
		for range rapid.IntRange(0, 6).Draw(t, "cells") {
			s[rapid.SampledFrom([]string{"name", "phone", "_void", "x"}).Draw(t, "name")] = Cell{}.Join(cells(t), field.NoLevel)
		}
		class := func(name string) field.Class { return classes[name] }
		parts := n.pack(s, 7, birthOf(s), class).parts()
		got, seq, err := n.unpack(joined(parts))
		if err != nil || seq != 7 || !reflect.DeepEqual(got, s) {
			t.Fatalf("unpack = %v, %d, %v; want %v", got, seq, err, s)
		}
	})
}

// Ensure that whatever bytes lie under a record, reading them ends in an error
// or a record, never in a panic.
func FuzzUnpack(f *testing.F) {
	n := newNames([]string{"name", "phone"})
	ordinary := func(string) field.Class { return field.Ordinary }
	s := State{"name": {{Dot: Dot{"a", 1}, Value: "甲"}}}
	f.Add(joined(n.pack(s, 1, birthOf(s), ordinary).parts()), "")
	f.Fuzz(func(t *testing.T, packed, more string) {
		n := newNames([]string{"name", "phone"})
		n.unpack(packed)
		n.unpackChanges([]part{{plain: []byte(packed)}, {class: 2, plain: []byte(more)}})
	})
}
