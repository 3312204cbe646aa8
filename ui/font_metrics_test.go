package ui

import (
	"bytes"
	"encoding/binary"
	"testing"
)

// testTable is one table of a made-up font; length is what the directory
// says, the content's own when zero.
type testTable struct {
	tag     string
	content []byte
	length  uint32
}

func testFont(tables ...testTable) []byte {
	otf := []byte("OTTO")
	otf = binary.BigEndian.AppendUint16(otf, uint16(len(tables)))
	otf = append(otf, make([]byte, 6)...)
	offset := len(otf) + 16*len(tables)
	for _, table := range tables {
		length := table.length
		if length == 0 {
			length = uint32(len(table.content))
		}
		otf = append(otf, table.tag...)
		otf = binary.BigEndian.AppendUint32(otf, 0x5eed)
		otf = binary.BigEndian.AppendUint32(otf, uint32(offset))
		otf = binary.BigEndian.AppendUint32(otf, length)
		offset += len(table.content)
	}
	for _, table := range tables {
		otf = append(otf, table.content...)
	}
	return otf
}

func filled(size int) []byte { return bytes.Repeat([]byte{0xab}, size) }

// Ensure that the three numbers change in both tables, that nothing else
// does, and that the font handed in stays as it was.
func TestPatchMetricsChangesOnlyTheLine(t *testing.T) {
	otf := testFont(
		testTable{tag: "CFF ", content: filled(50)},
		testTable{tag: "OS/2", content: filled(96)},
		testTable{tag: "hhea", content: filled(36)},
	)
	before := bytes.Clone(otf)
	want := bytes.Clone(otf)
	os2 := 12 + 3*16 + 50
	for _, at := range []int{os2 + 68, os2 + 96 + 4} {
		copy(want[at:], []byte{0x04, 0x88, 0xfe, 0xe0, 0, 0}) // 1160, -288, 0
	}
	if got := patchMetrics(otf); !bytes.Equal(got, want) {
		t.Errorf("patched font:\n%x\nwant\n%x", got, want)
	}
	if !bytes.Equal(otf, before) {
		t.Error("the font handed in was changed")
	}
}

// Ensure that what is no whole font comes back unchanged.
func TestPatchMetricsLeavesDamagedFilesAlone(t *testing.T) {
	os2 := testTable{tag: "OS/2", content: filled(96)}
	hhea := testTable{tag: "hhea", content: filled(36)}
	whole := testFont(os2, hhea)
	tests := map[string][]byte{
		"nothing":                nil,
		"a few bytes":            []byte("OTTO"),
		"cut in the directory":   whole[:20],
		"cut in the last table":  whole[:len(whole)-1],
		"no hhea":                testFont(os2),
		"no OS/2":                testFont(hhea),
		"no tables":              testFont(),
		"OS/2 too short":         testFont(testTable{tag: "OS/2", content: filled(70)}, hhea),
		"hhea longer than there": testFont(os2, testTable{tag: "hhea", content: filled(36), length: 0xffffffff}),
	}
	for name, otf := range tests {
		before := bytes.Clone(otf)
		if got := patchMetrics(otf); !bytes.Equal(got, before) {
			t.Errorf("%s: changed to %x", name, got)
		}
	}
}

// Ensure that no input makes it panic or change the length.
func FuzzPatchMetrics(f *testing.F) {
	f.Add(testFont(testTable{tag: "OS/2", content: filled(96)}, testTable{tag: "hhea", content: filled(36)}))
	f.Add([]byte("OTTO\x00\x01"))
	f.Fuzz(func(t *testing.T, otf []byte) {
		if got := patchMetrics(otf); len(got) != len(otf) {
			t.Errorf("%d bytes became %d", len(otf), len(got))
		}
	})
}
