package xlsx

import (
	"bytes"
	"errors"
	"strings"
	"testing"
)

// sample gives the entries of a small workbook that has some of everything.
func sample() []file {
	sheet := sheetXML(`<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>` +
		`<row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2" s="1"><v>27470</v></c><c r="C2" t="inlineStr"><is><t>备注</t></is></c></row>` +
		`<row r="3" hidden="1"><c r="A3" t="s"><v>3</v></c><c r="B3" s="2"><v>30011</v></c><c r="C3"><f>B3*2</f><v>60022</v></c></row>`)
	sheet = strings.Replace(sheet, "</worksheet>", `<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells></worksheet>`, 1)
	list := minimal(sheet, sharedXML("姓名", "出生年月", "白某", "陈某"))
	list[1].text = strings.Replace(relations("officeDocument", "xl/workbook.xml", "custom-properties", "docProps/custom.xml", "extended-properties", "docProps/app.xml"), relPrefix+"custom", relPrefix+"custom", 1)
	return append(list,
		file{"docProps/", ""},
		file{"docProps/custom.xml", `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="批次"><vt:lpwstr>7K2M</vt:lpwstr></property></Properties>`},
		file{"docProps/app.xml", `<Properties/>`})
}

// containers packs the sample in every way writers pack.
func containers(t testing.TB) map[string][]byte {
	return map[string][]byte{
		"stored":           rawZip{entries: raw(sample(), stored, 0, false)}.bytes(t),
		"deflated":         rawZip{entries: raw(sample(), deflated, 0, false), comment: "a comment"}.bytes(t),
		"sizes behind":     rawZip{entries: raw(sample(), deflated, flagTrailing, false)}.bytes(t),
		"zip64":            rawZip{entries: raw(sample(), deflated, 0, true), zip64: true}.bytes(t),
		"zip64 of entries": rawZip{entries: raw(sample(), stored, 0, true)}.bytes(t),
		"archive/zip":      pack(t, deflated, sample()),
	}
}

// Ensure that every way of packing gives the same table.
func TestContainers(t *testing.T) {
	want := ""
	for name, data := range containers(t) {
		got, err := table(data)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if want == "" {
			want = got
		}
		if got != want || !strings.Contains(got, "7K2M") || !strings.Contains(got, "[{0 0 0 1}]") || !strings.Contains(got, `B3 1 "30011" yyyy"年"m"月" true`) {
			t.Errorf("%s gives\n%s", name, got)
		}
	}
}

// Ensure that any one flipped bit of a workbook gives an error or the same table.
func TestEveryBit(t *testing.T) {
	all := containers(t)
	for _, name := range []string{"stored", "sizes behind", "zip64"} {
		t.Run(name, func(t *testing.T) {
			data := all[name]
			want, err := table(data)
			if err != nil {
				t.Fatal(err)
			}
			same := 0
			for i := 0; i < 8*len(data); i += stride {
				data[i/8] ^= 1 << (i % 8)
				same += damage(t, data, want, "bit", i)
				data[i/8] ^= 1 << (i % 8)
			}
			t.Logf("%d bytes: %d of %d flips change nothing, the others are refused", len(data), same, 8*len(data))
		})
	}
}

// Ensure that a workbook cut anywhere, from behind or from the front, or with
// any byte missing, gives an error or the same table.
func TestEveryCut(t *testing.T) {
	for name, data := range containers(t) {
		t.Run(name, func(t *testing.T) {
			want, err := table(data)
			if err != nil {
				t.Fatal(err)
			}
			for i := range data {
				damage(t, data[:i], want, "cut", i)
				damage(t, data[i+1:], want, "front cut", i)
				damage(t, append(bytes.Clone(data[:i]), data[i+1:]...), want, "without", i)
			}
		})
	}
}

// Ensure that zeros over a stretch of a workbook give an error or the same table.
func TestZeros(t *testing.T) {
	data := pack(t, deflated, sample())
	want, err := table(data)
	if err != nil {
		t.Fatal(err)
	}
	for i := range len(data) - 64 {
		holed := bytes.Clone(data)
		clear(holed[i : i+64])
		damage(t, holed, want, "zeros", i)
	}
}

// damage reads a damaged workbook; it returns 1 if the table is the same, and
// fails the test if it is another.
func damage(t *testing.T, data []byte, want, what string, at int) int {
	t.Helper()
	got, err := table(data)
	var refused *Error
	switch {
	case err == nil && got == want:
		return 1
	case err == nil:
		t.Errorf("%s %d: another table\n%s", what, at, got)
	case !errors.As(err, &refused) || refused.Code == 0 || strings.Contains(err.Error(), "无法理解，没有") && refused.Err != nil:
		t.Errorf("%s %d: %v (%v)", what, at, err, errors.Unwrap(err))
	}
	return 0
}

// Ensure that a part cut in half is refused also when the zip around it is whole.
func TestCutParts(t *testing.T) {
	for i := range sample() {
		files := sample()
		for _, part := range []float64{0.3, 0.5, 0.9, 0.99} {
			text := sample()[i].text
			if len(text) < 20 || strings.HasSuffix(files[i].name, "app.xml") {
				continue // nothing is read from it
			}
			files[i].text = text[:int(float64(len(text))*part)]
			if got, err := table(pack(t, deflated, files)); err == nil {
				t.Errorf("%s cut at %v gives\n%s", files[i].name, part, got)
			}
		}
	}
}

// Ensure that a part that others name must be there.
func TestMissingParts(t *testing.T) {
	for i, f := range sample() {
		if strings.HasPrefix(f.name, "docProps/") && f.name != "docProps/custom.xml" {
			continue
		}
		files := append(sample()[:i:i], sample()[i+1:]...)
		if got, err := table(pack(t, deflated, files)); err == nil {
			t.Errorf("without %s gives\n%s", f.name, got)
		}
	}
}

// Ensure that one flipped bit or a cut anywhere in a roster is an error or
// gives the same table.
func FuzzDamage(f *testing.F) {
	books := [][]byte{roster(f, 60, true), roster(f, 60, false), pack(f, stored, sample())}
	wants := make([]string, len(books))
	for i, data := range books {
		want, err := table(data)
		if err != nil {
			f.Fatal(err)
		}
		wants[i] = want
	}
	f.Add(uint8(0), uint32(1000), uint8(3), false)
	f.Add(uint8(1), uint32(5000), uint8(8), true)
	f.Add(uint8(2), uint32(70), uint8(0), false)
	f.Fuzz(func(t *testing.T, which uint8, at uint32, bit uint8, cut bool) {
		n := int(which) % len(books)
		data := bytes.Clone(books[n])
		i := int(at) % len(data)
		if cut {
			data = data[:i]
		} else {
			data[i] ^= 1 << (bit % 8)
		}
		damage(t, data, wants[n], "at", i)
	})
}

// Ensure that a file which changes after it was opened, as on a failing stick,
// is an error and not another table.
func TestChangedAfterOpening(t *testing.T) {
	for _, method := range []uint16{stored, deflated} {
		data := pack(t, method, minimal(sheetXML(strings.Repeat(`<row><c><v>1</v></c></row>`, 5000)), ""))
		b := open(t, data)
		middle := b.zip.byName["xl/worksheets/sheet1.xml"].data + b.zip.byName["xl/worksheets/sheet1.xml"].packed/2
		for at := middle; at < middle+40; at++ {
			data[at] ^= 1
			var refused *Error
			if err := b.Rows(t.Context(), 0, func(Row) error { return nil }); !errors.As(err, &refused) || refused.Code != Damaged {
				t.Errorf("method %d, byte %d: %v", method, at, err)
			}
			data[at] ^= 1
		}
		if err := b.Rows(t.Context(), 0, func(Row) error { return nil }); err != nil {
			t.Errorf("whole again: %v", err)
		}
	}
}
