package ui

import (
	"bytes"
	"encoding/binary"
)

// Vertical metrics in font units, 1000 to the em. They are those of the later
// releases of the same design. As shipped the font reckons its line from the
// ideographic box alone, and text sits some three pixels above the middle of
// a button or a table row.
const (
	fontAscender  = 1160
	fontDescender = -288
	fontLineGap   = 0
)

// Layout of an OpenType file, in bytes, all numbers big-endian: a header whose
// third and fourth pair count the tables, then an entry a table: tag,
// checksum, offset, length, four bytes each.
const (
	fontHeaderSize = 12
	fontEntrySize  = 16
)

// fontLines says where a table keeps ascender, descender and line gap, three
// signed 16-bit numbers in a row, and how long it is at least.
var fontLines = map[string]struct{ at, size int }{
	"OS/2": {68, 78},
	"hhea": {4, 36},
}

// patchMetrics returns a copy of an OpenType font with the vertical metrics
// above. Table checksums stay as they were: the text shaper does not read
// them, and the copy never leaves memory. A file that is no font, or lacks
// either table, comes back as it is, for whoever parses it to complain.
func patchMetrics(otf []byte) []byte {
	if len(otf) < fontHeaderSize {
		return otf
	}
	patched := bytes.Clone(otf)
	found := 0
	for i := range int(binary.BigEndian.Uint16(otf[4:])) {
		at := fontHeaderSize + i*fontEntrySize
		if at+fontEntrySize > len(otf) {
			return otf
		}
		entry := otf[at : at+fontEntrySize]
		lines, ok := fontLines[string(entry[:4])]
		if !ok {
			continue
		}
		offset := int64(binary.BigEndian.Uint32(entry[8:]))
		length := int64(binary.BigEndian.Uint32(entry[12:]))
		if length < int64(lines.size) || offset+length > int64(len(otf)) {
			return otf
		}
		numbers := patched[offset+int64(lines.at):]
		for j, value := range []int16{fontAscender, fontDescender, fontLineGap} {
			binary.BigEndian.PutUint16(numbers[2*j:], uint16(value))
		}
		found++
	}
	if found != len(fontLines) {
		return otf
	}
	return patched
}
