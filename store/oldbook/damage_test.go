package oldbook_test

import (
	"bytes"
	"errors"
	"runtime"
	"testing"

	"touyan/store/xlsx"
)

// count is how many cells and sheets a book has.
func count(t *testing.T, b *xlsx.Book) (cells, sheets int, err error) {
	for _, s := range b.Sheets() {
		if s.Grid {
			sheets++
		}
		err := b.Rows(t.Context(), s.Index, func(r xlsx.Row) error {
			cells += len(r.Cells)
			return nil
		})
		if err != nil {
			return 0, 0, err
		}
	}
	return cells, sheets, nil
}

// Ensure that an .xls with one bit changed is refused, or gives as many cells in
// as many sheets as before, but for one bit in two hundred, and never costs much.
//
// More the format cannot promise: it has no checksums. A bit in a text, a number or
// the place of a cell makes another text, number or place, one in what says that a
// sheet is hidden hides it, and one in the length of a record may make it take in
// those behind it, just to the beginning of another.
func TestFlippedBits(t *testing.T) {
	data := fixture(t, "roster.xls")
	b, err := readAny(data, "")
	if err != nil {
		t.Fatal(err)
	}
	wantCells, wantSheets, err := count(t, b)
	if err != nil {
		t.Fatal(err)
	}
	var before, after runtime.MemStats
	flips, lost := 0, 0
	for i := 0; i < 8*len(data); i += 83 {
		flips++
		data[i/8] ^= 1 << (i % 8)
		runtime.ReadMemStats(&before)
		b, err := readAny(bytes.Clone(data), "")
		cells, sheets := 0, 0
		if err == nil {
			cells, sheets, err = count(t, b)
		}
		runtime.ReadMemStats(&after)
		if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used > 8 {
			t.Errorf("bit %d: asked for %d MB", i, used)
		}
		if told, ok := errors.AsType[*xlsx.Error](err); err != nil && (!ok || told.Err != nil) {
			t.Errorf("bit %d: %v", i, err)
		}
		if err == nil && (cells < wantCells || sheets != wantSheets) {
			lost++
		}
		data[i/8] ^= 1 << (i % 8)
	}
	if 200*lost > flips {
		t.Errorf("of %d bits %d make a book smaller and nobody is told", flips, lost)
	}
}

// Ensure that a book of any format that is cut anywhere is refused, or lacks only
// what follows its content.
func TestCut(t *testing.T) {
	for _, f := range fixtures {
		if f.name == "roster.csv" {
			continue // text that ends with a line may be all there was
		}
		data := fixture(t, f.name)
		b, err := readAny(data, "")
		if err != nil {
			t.Fatal(err)
		}
		want, _, err := count(t, b)
		if err != nil {
			t.Fatal(err)
		}
		for n := len(data) - 1; n > 0; n -= 1 + len(data)/200 {
			b, err := readAny(data[:n], "")
			if err != nil {
				continue
			}
			if got, _, err := count(t, b); err == nil && got != want {
				t.Errorf("%s cut at %d of %d: %d cells, want %d", f.name, n, len(data), got, want)
			}
		}
	}
}
