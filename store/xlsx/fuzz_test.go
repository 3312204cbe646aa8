package xlsx

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"
)

// Ensure that a cell's name is refused, or names one cell of a sheet, and that
// a range lies within a sheet.
func FuzzCellName(f *testing.F) {
	for _, s := range []string{"A1", "$XFD$1048576", "a1:B2", "ZZZZZZ9", "A0", "A1:", "$"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if col, row, ok := parseCell([]byte(s)); ok {
			if again := CellName(col, row); col >= 0 && row >= 0 && again != strings.ReplaceAll(strings.ToUpper(s), "$", "") && s[len(s)-1] != '0' && !strings.Contains(s, "0") {
				t.Errorf("%q is %s", s, again)
			}
		}
		if r, ok := parseRange([]byte(s)); ok && (r.FirstRow < 0 || r.FirstCol < 0 || r.LastRow < r.FirstRow || r.LastCol < r.FirstCol || r.LastCol >= maxColumns || r.LastRow >= maxRows) {
			t.Errorf("%q is %v", s, r)
		}
	})
}

// Ensure that undoing _xHHHH_ leaves other texts alone and makes none that is
// no text.
func FuzzUnescape(f *testing.F) {
	for _, s := range []string{"_x0041_", "_xD83D__xDE00_", "_xD83D_", "_x005F_x0041_", "a_x_", "_x00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := string(unescape([]byte(s)))
		if !strings.Contains(s, "_x") && got != s || utf8.ValidString(s) && !utf8.ValidString(got) || len(got) > len(s) {
			t.Errorf("%q becomes %q", s, got)
		}
		IsDateFormat(s)
	})
}

// Ensure that whatever one part of a workbook holds, the workbook is refused
// with words for people, or read.
func FuzzPart(f *testing.F) {
	for i, part := range sample() {
		f.Add(uint8(i), []byte(part.text))
	}
	f.Add(uint8(0), []byte(`<Types><Override PartName="/" ContentType=""/></Types>`))
	f.Add(uint8(3), []byte(`<Relationships><Relationship Id="rId1" Target="../../x"/></Relationships>`))
	f.Fuzz(func(t *testing.T, which uint8, content []byte) {
		parts := sample()
		parts[int(which)%len(parts)].text = string(content)
		readable(t, pack(t, stored, parts))
	})
}

// Ensure that any file is refused with words for people, or read.
func FuzzFile(f *testing.F) {
	f.Add(pack(f, deflated, sample()))
	f.Add([]byte("PK\x05\x06" + strings.Repeat("\x00", 18)))
	f.Add(append([]byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1}, bytes.Repeat([]byte{0, 1, 0xFF}, 300)...))
	f.Add([]byte("姓名,性别\n甲,男\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		spins(data)
		readable(t, data)
	})
}

func readable(t *testing.T, data []byte) {
	t.Helper()
	b, err := NewReader(bytes.NewReader(data), int64(len(data)), DefaultLimits())
	if err == nil {
		_, err = bookTable(b)
	}
	if err == nil {
		return
	}
	if told, ok := errors.AsType[*Error](err); !ok || told.Error() == "" {
		t.Errorf("refused without words: %v", err)
	}
}
