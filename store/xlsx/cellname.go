package xlsx

import (
	"bytes"
	"math"
	"strconv"
	"time"
)

// CellName gives the name of a cell as people read it; col and row are
// 0-based: CellName(5, 11) is "F12".
func CellName(col, row int) string {
	return columnName(col) + strconv.Itoa(row+1)
}

func columnName(col int) string {
	name := ""
	for col++; col > 0; col = (col - 1) / 26 {
		name = string(rune('A'+(col-1)%26)) + name
	}
	return name
}

// parseCell reads a cell name, dollar signs allowed; col and row are 0-based.
// A column or row beyond any sheet is not ok.
func parseCell(b []byte) (col, row int, ok bool) {
	i := 0
	if i < len(b) && b[i] == '$' {
		i++
	}
	letters := i
	for ; i < len(b); i++ {
		c := b[i] &^ 0x20
		if c < 'A' || c > 'Z' {
			break
		}
		if col = col*26 + int(c-'A') + 1; col > 1<<20 {
			return 0, 0, false
		}
	}
	if i == letters {
		return 0, 0, false
	}
	if i < len(b) && b[i] == '$' {
		i++
	}
	digits := i
	for ; i < len(b) && '0' <= b[i] && b[i] <= '9'; i++ {
		if row = row*10 + int(b[i]-'0'); row > maxRows {
			return 0, 0, false
		}
	}
	return col - 1, row - 1, i == len(b) && i > digits && row > 0
}

// parseRange reads "A1:C3" or "A1".
func parseRange(b []byte) (Range, bool) {
	first, last, two := bytes.Cut(b, []byte(":"))
	if !two {
		last = first
	}
	c1, r1, ok1 := parseCell(first)
	c2, r2, ok2 := parseCell(last)
	if !ok1 || !ok2 || max(c1, c2) >= maxColumns {
		return Range{}, false
	}
	return Range{FirstRow: min(r1, r2), FirstCol: min(c1, c2), LastRow: max(r1, r2), LastCol: max(c1, c2)}, true
}

// IsNumber tells whether b is a number as xsd:double writes it, without INF and NaN.
func IsNumber(b []byte) bool {
	i := 0
	sign := func() {
		if i < len(b) && (b[i] == '-' || b[i] == '+') {
			i++
		}
	}
	digits := func() int {
		from := i
		for i < len(b) && '0' <= b[i] && b[i] <= '9' {
			i++
		}
		return i - from
	}
	sign()
	n := digits()
	if i < len(b) && b[i] == '.' {
		i++
		n += digits()
	}
	if n == 0 {
		return false
	}
	if i < len(b) && b[i]|0x20 == 'e' {
		i++
		sign()
		if digits() == 0 {
			return false
		}
	}
	return i == len(b)
}

// Last serial dates of the two systems: 9999-12-31.
const (
	lastSerial1900 = 2_958_465
	lastSerial1904 = 2_957_003
)

// Serial gives the day of a serial date as Excel counts: 1 is 1900-01-01 and
// 60 a 29 February 1900 that never was (not ok), or, with date1904, 0 is
// 1904-01-01. The time of day is dropped.
func Serial(text string, date1904 bool) (y, m, d int, ok bool) {
	if !IsNumber([]byte(text)) {
		return 0, 0, 0, false
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return 0, 0, 0, false
	}
	f = math.Floor(f)
	first, last, epoch := 1.0, float64(lastSerial1900), time.Date(1899, 12, 31, 0, 0, 0, 0, time.UTC)
	switch {
	case date1904:
		first, last, epoch = 0, lastSerial1904, time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case f == 60:
		return 0, 0, 0, false
	case f > 60:
		epoch = epoch.AddDate(0, 0, -1)
	}
	if f < first || f > last {
		return 0, 0, 0, false
	}
	day := epoch.AddDate(0, 0, int(f))
	return day.Year(), int(day.Month()), day.Day(), true
}
