package xlsx

import (
	"strings"
	"testing"
)

// Ensure that texts at the ends of the blocks of the string table, empty ones
// too, come back as they were.
func TestStringTable(t *testing.T) {
	table := &stringTable{limit: 100 << 20}
	var want []string
	for _, n := range []int{0, 1, 32767, blockSize - 32769 - 1, 0, 0, 1, 0, blockSize - 1, 0, 0, blockSize - 1, 5} {
		want = append(want, strings.Repeat("x", n))
	}
	for i := range 3 * startsSize {
		want = append(want, strings.Repeat("字", i%100))
	}
	for _, text := range want {
		if !table.add([]byte(text)) {
			t.Fatal("full")
		}
	}
	table.seal()
	for i, text := range want {
		if got := table.at(i); got != text {
			t.Fatalf("text %d has %d bytes, want %d", i, len(got), len(text))
		}
	}
}

// Ensure that escapes become the characters they stand for, and what only
// looks like one stays.
func TestUnescape(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "a": "a", "_x": "_x", "_x0041_": "A", "a_x0041_b_x4e2D_": "aAb中", "_x005F_x0041_": "_x0041_", "__x0041_": "_A",
		"_x000D_": "\r", "_x004_": "_x004_", "_x004G_": "_x004G_", "_X0041_": "_X0041_", "_xD83D__xDE00_": "😀", "_xD83D_": "_xD83D_", "_xDE00__xD83D_": "_xDE00__xD83D_", "_xD83D_x": "_xD83D_x",
	} {
		if got := string(unescape([]byte(in))); got != want {
			t.Errorf("%q gives %q, want %q", in, got, want)
		}
	}
}
