package oldbook

import (
	"errors"
	"strings"
	"testing"

	"touyan/store/xlsx"
)

// fuzzed holds that a file is refused with words for people, or read.
func fuzzed(t *testing.T, data []byte, code xlsx.Code) {
	t.Helper()
	if len(data) == 0 {
		return // refused before
	}
	_, err := read(data, code, "x")
	if told, ok := errors.AsType[*xlsx.Error](err); err != nil && (!ok || told.Message == "" || told.Err != nil && strings.HasPrefix(told.Err.Error(), "read workbook")) {
		t.Errorf("refused without words, or by a panic: %v: %v", err, errors.Unwrap(err))
	}
}

// Ensure that any stream of a workbook is refused with words for people, or read.
func FuzzBIFF(f *testing.F) {
	globals := (&builder{}).xf(14).put(recFormat, 164, 7, byte(0), []byte("yyyy\\.m")).put(recSST, uint32(1), uint32(1), 2, byte(flagWide), "旗").put(recContinue, byte(0), byte('x'))
	s := (&builder{}).put(recLabelSST, 0, 0, 0, uint32(0)).put(recMulRK, 1, 0, 0, uint32(7<<2|2), 0, uint32(7<<2|2), 1).
		put(recFormula, 2, 3, 0, []byte{0, 0, 0, 0, 0, 0, 0xFF, 0xFF}, 0, uint32(0), 0).put(recString, 1, byte(0), byte('x')).put(recMerged, 1, 0, 0, 0, 1)
	f.Add(aBook(globals, s))
	f.Add(encrypted("x", true, globals, s))
	f.Add(encrypted("x", false, globals, s))
	f.Fuzz(func(t *testing.T, stream []byte) {
		fuzzed(t, inCompound("Workbook", stream), xlsx.OldFormat)
	})
}

// Ensure that any OLE2 file is refused with words for people, or read.
func FuzzCompound(f *testing.F) {
	f.Add(inCompound("Workbook", aBook((&builder{}).xf(0), (&builder{}).put(recNumber, 0, 0, 0, 1.0))))
	f.Fuzz(func(t *testing.T, data []byte) { fuzzed(t, data, xlsx.OldFormat) })
}

// Ensure that any XML is refused with words for people, or read.
func FuzzSpreadsheetML(f *testing.F) {
	f.Add([]byte(markedUp(`<Row ss:Index="2" ss:Span="3"><Cell ss:MergeAcross="2" ss:MergeDown="1" ss:StyleID="s1"><Data ss:Type="DateTime">1985-03-07T00:00:00.000</Data></Cell></Row>`)))
	f.Fuzz(func(t *testing.T, data []byte) { fuzzed(t, data, xlsx.Spreadsheet2003XML) })
}

// Ensure that any page is refused with words for people, or read.
func FuzzHTML(f *testing.F) {
	f.Add([]byte(`<table><caption>x<tr><td rowspan=2 colspan=3 x:num="1">1<br>2<table><td>y</table><tr><th style="mso-number-format:\@">&nbsp;&#33945;</table>`))
	f.Fuzz(func(t *testing.T, data []byte) { fuzzed(t, data, xlsx.HTML) })
}

// Ensure that any text is refused with words for people, or read.
func FuzzCSV(f *testing.F) {
	f.Add([]byte("sep=;\n=\"01\";\"a\"\"b\n\"\r\n'=1\tx"))
	f.Add([]byte("\xFF\xFE\xD3\x59\x0D\x54\x09\x00"))
	f.Fuzz(func(t *testing.T, data []byte) { fuzzed(t, data, xlsx.PlainText) })
}
