package oldbook

import (
	"math"
	"strconv"
	"unicode/utf16"

	"touyan/store/xlsx"
)

// sheetReader reads the records of one sheet.
type sheetReader struct {
	*workbook
	table *xlsx.Table
	begun bool   // a row or a cell was read
	other uint16 // what followed the cells and is none, 0 while they go on
}

// read reads a sheet from its BOF to its EOF. Charts that lie in it are parts of
// their own inside, and passed over.
func (r *sheetReader) read() error {
	kind, err := r.begin()
	if err != nil {
		return err
	}
	if (kind == partSheet) == r.table.NoGrid {
		return xlsx.Defect("", "工作表“%s”的种类前后不一", r.table.Name)
	}
	for depth := 1; depth > 0; {
		if err := r.next(); err != nil {
			return err
		}
		switch {
		case r.id == recBOF:
			depth++
		case r.id == recEOF:
			depth--
		case depth == 1 && !r.table.NoGrid:
			if err := r.among(); err != nil {
				return err
			}
			if err := r.understand(); err != nil {
				return err
			}
		}
	}
	return nil
}

// understand takes what a record says of cells. Each has at least row, column
// and cell format in front.
func (r *sheetReader) understand() error {
	switch r.id {
	case recRow:
		const options, zeroHeight = 12, 0x20
		if err := r.exactly(options + 4); err != nil {
			return err
		}
		if r.u32(options)&zeroHeight != 0 {
			r.table.Hide(r.u16(0))
		}
	case recMerged:
		return r.merged()
	case recLabelSST:
		return r.shared()
	case recLabel, recRString:
		if err := r.need(9); err != nil {
			return err
		}
		text, err := r.text(6, 2)
		if err != nil {
			return err
		}
		return r.put(xlsx.Text, text)
	case recNumber:
		if err := r.exactly(14); err != nil {
			return err
		}
		return r.number(r.u16(2), r.u16(4), r.f64(6), false)
	case recRK:
		if err := r.exactly(10); err != nil {
			return err
		}
		return r.number(r.u16(2), r.u16(4), rk(r.u32(6)), false)
	case recMulRK:
		return r.several()
	case recBoolErr:
		if err := r.exactly(8); err != nil {
			return err
		}
		return r.truth(r.body[6], r.body[7] != 0, false)
	case recFormula:
		return r.formula()
	case recBlank:
		return r.exactly(6)
	case recMulBlank:
		if err := r.need(6); err != nil {
			return err
		}
		return r.exactly(6 + 2*(r.u16(len(r.body)-2)-r.u16(2)+1))
	}
	return nil
}

// among holds that cells follow one another, with nothing unknown between them: a
// cell whose mark is damaged would else be passed over. Some writers put notes
// and links there.
func (r *sheetReader) among() error {
	switch r.id {
	case recRow, recBlank, recMulBlank, recLabelSST, recLabel, recRString, recNumber, recRK, recMulRK, recBoolErr, recFormula:
		if r.other != 0 {
			return xlsx.Defect("", "工作表“%s”的单元格之间有不认识的内容（%04X）", r.table.Name, r.other)
		}
		r.begun = true
	case recDBCell, recString, recSharedFmla, recArray, recDataTable, recUncalced, recPublisher, recContinue, recNote, recObject, recDrawing, recTextShape, recHyperlink, recTooltip:
	default:
		if r.begun && r.other == 0 {
			r.other = r.id
		}
	}
	return nil
}

// put puts the cell of the record at hand into the table.
func (r *sheetReader) put(kind xlsx.Type, text string) error {
	return r.cell(r.u16(0), r.u16(2), r.u16(4), xlsx.Cell{Type: kind, Text: text})
}

func (r *sheetReader) cell(row, col, xf int, c xlsx.Cell) error {
	format, ok := r.format(xf)
	if !ok {
		return r.bad(row, col, "它的格式（%d 号）不在格式表里", xf)
	}
	c.Col, c.Format = col, format
	return r.table.Put(row, c)
}

func (r *sheetReader) bad(row, col int, what string, args ...any) error {
	name := xlsx.CellName(col, row)
	e := xlsx.Defect("", "工作表“%s”的 %s 格，"+what, append([]any{r.table.Name, name}, args...)...)
	e.Cell = name
	return e
}

// number puts a number into a column of the record's row.
func (r *sheetReader) number(col, xf int, x float64, formula bool) error {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return r.bad(r.u16(0), col, "它的数无法理解")
	}
	return r.cell(r.u16(0), col, xf, xlsx.Cell{Type: xlsx.Number, Text: written(x), Formula: formula})
}

// written writes a number as an .xlsx holds it: plain, or with an exponent where
// it would be long.
func written(x float64) string {
	if n := math.Abs(x); n != 0 && (n < 1e-5 || n >= 1e15) {
		return strconv.FormatFloat(x, 'E', -1, 64)
	}
	return strconv.FormatFloat(x, 'f', -1, 64)
}

// rk is a number in four bytes: a whole number of thirty bits or the upper
// thirty bits of a float, either perhaps in hundredths.
func rk(n uint32) float64 {
	x := math.Float64frombits(uint64(n&^3) << 32)
	if n&2 != 0 {
		x = float64(int32(n) >> 2)
	}
	if n&1 != 0 {
		x /= 100
	}
	return x
}

// several puts a run of numbers: row, first column, format and number of each,
// last column.
func (r *sheetReader) several() error {
	if err := r.need(12); err != nil {
		return err
	}
	first, last, n := r.u16(2), r.u16(len(r.body)-2), (len(r.body)-6)/6
	if (len(r.body)-6)%6 != 0 || last-first+1 != n {
		return r.bad(r.u16(0), first, "它和右边几格的数前后对不上")
	}
	for i := range n {
		if err := r.number(first+i, r.u16(4+6*i), rk(r.u32(6+6*i)), false); err != nil {
			return err
		}
	}
	return nil
}

func (r *sheetReader) shared() error {
	if err := r.exactly(10); err != nil {
		return err
	}
	n := r.u32(6)
	if int64(n) >= int64(len(r.strings)) {
		return r.bad(r.u16(0), r.u16(2), "它的文字（%d 号）不在字符串表里", n)
	}
	return r.put(xlsx.Text, r.strings[n])
}

// errorValues are the texts of the errors a cell may hold.
var errorValues = map[byte]string{0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A", 0x2B: "#GETTING_DATA"}

// truth puts 真 or 假, or an error.
func (r *sheetReader) truth(value byte, isError, formula bool) error {
	c := xlsx.Cell{Type: xlsx.Bool, Formula: formula}
	switch text, known := errorValues[value]; {
	case isError && known:
		c.Type, c.Text = xlsx.ErrorValue, text
	case !isError && value == 0:
		c.Text = "FALSE"
	case !isError && value == 1:
		c.Text = "TRUE"
	default:
		return r.bad(r.u16(0), r.u16(2), "它的值（%d）无法理解", value)
	}
	return r.cell(r.u16(0), r.u16(2), r.u16(4), c)
}

// formula puts the value a formula was last computed to. It is a number, or in
// the place of one, told by two bytes no number has, a mark of what it is.
func (r *sheetReader) formula() error {
	if err := r.need(20); err != nil {
		return err
	}
	if r.u16(12) != 0xFFFF {
		return r.number(r.u16(2), r.u16(4), r.f64(6), true)
	}
	const isText, isBool, isError, isBlank = 0, 1, 2, 3
	switch r.body[6] {
	case isText:
		return r.computedText()
	case isBool, isError:
		return r.truth(r.body[8], r.body[6] == isError, true)
	case isBlank:
		return r.cell(r.u16(0), r.u16(2), r.u16(4), xlsx.Cell{Type: xlsx.Text, Formula: true})
	}
	return r.bad(r.u16(0), r.u16(2), "它的公式没有可以理解的结果")
}

// computedText puts the text of a formula, which stands in a STRING record behind
// it; what several cells share of a formula may come between.
func (r *sheetReader) computedText() error {
	row, col, xf := r.u16(0), r.u16(2), r.u16(4)
	for {
		switch r.peek() {
		case recSharedFmla, recArray, recDataTable, recContinue:
			if err := r.next(); err != nil {
				return err
			}
		case recString:
			if err := r.next(); err != nil {
				return err
			}
			text, err := r.longText()
			if err != nil {
				return err
			}
			return r.cell(row, col, xf, xlsx.Cell{Type: xlsx.Text, Text: text, Formula: true})
		default:
			return r.bad(row, col, "它的公式的结果不见了")
		}
	}
}

// longText reads a text that may go on in CONTINUE records.
func (r *sheetReader) longText() (string, error) {
	if err := r.need(3); err != nil {
		return "", err
	}
	s := &sstReader{workbook: r.workbook, rest: r.body[3:]}
	if err := s.characters(r.u16(0), r.body[2]&flagWide != 0); err != nil {
		return "", err
	}
	return string(utf16.Decode(s.text)), nil
}

// merged notes the merged ranges of a record.
func (r *sheetReader) merged() error {
	if err := r.need(2); err != nil {
		return err
	}
	n := r.u16(0)
	if err := r.need(2 + 8*n); err != nil {
		return err
	}
	for at := 2; at < 2+8*n; at += 8 {
		if err := r.table.Merge(xlsx.Range{FirstRow: r.u16(at), LastRow: r.u16(at + 2), FirstCol: r.u16(at + 4), LastCol: r.u16(at + 6)}); err != nil {
			return err
		}
	}
	return nil
}
