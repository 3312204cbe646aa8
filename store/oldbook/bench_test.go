package oldbook

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"touyan/store/xlsx"

	"github.com/xuri/excelize/v2"
)

// rosterLines are the cells of a roster of 20,000 invented people.
func rosterLines() [][]string {
	var lines [][]string
	for i := range 20_000 {
		lines = append(lines, []string{fmt.Sprint(i + 1), fmt.Sprintf("第%d嘎查", i/14), fmt.Sprintf("某某%d", i), []string{"男", "女"}[i%2], "蒙古族", fmt.Sprintf("19%02d.%02d", 50+i%50, 1+i%12),
			fmt.Sprintf("1504261985%08d", i), fmt.Sprintf("138%08d", i), "大专", "支委", "2021.01", fmt.Sprintf("备注%d", i%100)})
	}
	return lines
}

// asXLS writes lines as a BIFF8 workbook of shared strings.
func asXLS(lines [][]string) []byte {
	index := map[string]uint32{}
	globals, record := (&builder{}).xf(0), le(uint32(0), uint32(0))
	s, kind := &builder{}, recSST
	for row, line := range lines {
		for col, text := range line {
			if _, known := index[text]; !known {
				index[text] = uint32(len(index))
				one := le(len([]rune(text)), byte(flagWide), text)
				if len(record)+len(one) > mostRecord {
					globals.put(kind, record)
					kind, record = recContinue, nil
				}
				record = append(record, one...)
			}
			s.put(recLabelSST, row, col, 0, index[text])
		}
	}
	globals.put(kind, record)
	copy(globals.stream[24+4:], le(uint32(len(index)), uint32(len(index)))) // behind the cell format
	return inCompound("Workbook", aBook(globals, s))
}

// lined writes lines as text: what stands before and behind a row, and a cell.
func lined(lines [][]string, row, cell, rowEnd string) string {
	var w strings.Builder
	for _, line := range lines {
		w.WriteString(row)
		for _, text := range line {
			fmt.Fprintf(&w, cell, text)
		}
		w.WriteString(rowEnd)
	}
	return w.String()
}

// BenchmarkRoster reads the same roster in each format and, beside it, as .xlsx.
func BenchmarkRoster(b *testing.B) {
	lines := rosterLines()
	f := excelize.NewFile()
	defer f.Close()
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		b.Fatal(err)
	}
	for i, line := range lines {
		row := make([]any, len(line))
		for n, text := range line {
			row[n] = text
		}
		if err := w.SetRow(xlsx.CellName(0, i), row); err != nil {
			b.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	var peer bytes.Buffer
	if err := f.Write(&peer); err != nil {
		b.Fatal(err)
	}
	read := func(b *testing.B, open func() (*xlsx.Book, error)) {
		b.ReportAllocs()
		for b.Loop() {
			book, err := open()
			cells := 0
			if err == nil {
				err = book.Rows(b.Context(), 0, func(r xlsx.Row) error {
					cells += len(r.Cells)
					return nil
				})
			}
			if err != nil || cells != 12*len(lines) {
				b.Fatal(cells, err)
			}
		}
	}
	b.Run("xlsx", func(b *testing.B) {
		read(b, func() (*xlsx.Book, error) {
			return xlsx.NewReader(bytes.NewReader(peer.Bytes()), int64(peer.Len()), xlsx.DefaultLimits())
		})
	})
	for name, c := range map[string]struct {
		data []byte
		code xlsx.Code
	}{
		"xls":  {asXLS(lines), xlsx.OldFormat},
		"csv":  {[]byte(lined(lines, "", "%s,", "\n")), xlsx.PlainText},
		"html": {[]byte("<table>" + lined(lines, "<tr>", "<td>%s</td>", "</tr>\n") + "</table>"), xlsx.HTML},
		"xml":  {[]byte(markedUp(lined(lines, "<Row>", `<Cell><Data ss:Type="String">%s</Data></Cell>`, "</Row>\n"))), xlsx.Spreadsheet2003XML},
	} {
		b.Run(name, func(b *testing.B) {
			read(b, func() (*xlsx.Book, error) { return Read(c.data, "", c.code, "", xlsx.DefaultLimits()) })
		})
	}
}
