package store

import (
	"fmt"
	"reflect"
	"testing"

	"touyan/store/field"

	"pgregory.net/rapid"
)

// cells draws versions of one cell as ledgers really make them: each writing
// knows some earlier writings and all that those knew.
func cells(t *rapid.T) Cell {
	var all Cell
	n := rapid.IntRange(1, 7).Draw(t, "writings")
	counter := map[string]uint64{}
	for i := range n {
		ledger := rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "ledger")
		counter[ledger]++
		v := Version{Dot: Dot{ledger, counter[ledger]}, Value: fmt.Sprint(rapid.IntRange(0, 3).Draw(t, "value")),
			Level: map[string]field.Level{"a": field.Township, "b": field.County, "c": field.Township}[ledger], Office: ledger,
			Decision: rapid.Bool().Draw(t, "decision")}
		for j := range i {
			if all[j].Ledger == ledger || rapid.Bool().Draw(t, "knew") {
				v.Knew = v.Knew.With(all[j].Knew...).With(all[j].Dot)
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

// Ensure that a packed record comes back whole, and that a damaged one is an
// error and never another record.
func TestPackedRecordComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := newNames(nil)
		s := State{}
		for range rapid.IntRange(0, 6).Draw(t, "cells") {
			s[rapid.SampledFrom([]string{"name", "phone", "_void", "x"}).Draw(t, "name")] = Cell{}.Join(cells(t), field.NoLevel)
		}
		packed := n.pack(s, 7)
		got, seq, err := n.unpack(string(packed))
		if err != nil || seq != 7 || !reflect.DeepEqual(got, s) {
			t.Fatalf("unpack = %v, %d, %v; want %v", got, seq, err, s)
		}
		sealed := seal("r:person", []byte("k"), packed)
		bit := rapid.IntRange(0, len(sealed)*8-1).Draw(t, "bit")
		sealed[bit/8] ^= 1 << (bit % 8)
		if _, err := unseal("r:person", []byte("k"), sealed); err == nil {
			t.Fatal("a flipped bit went unseen")
		}
	})
}

// Ensure that whatever bytes lie under a record, reading them ends in an error
// or a record, never in a panic.
func FuzzUnpack(f *testing.F) {
	n := newNames([]string{"name", "phone"})
	f.Add(string(n.pack(State{"name": {{Dot: Dot{"a", 1}, Value: "甲"}}}, 1)))
	f.Fuzz(func(t *testing.T, packed string) {
		n := newNames([]string{"name", "phone"})
		n.unpack(packed)
		n.unpackChanges(packed)
	})
}
