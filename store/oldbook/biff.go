package oldbook

import (
	"cmp"
	"slices"
	"unicode/utf16"

	"touyan/store/xlsx"
)

// workbook is a BIFF8 workbook being read: what its first part says of all sheets.
type workbook struct {
	*records
	lim      xlsx.Limits
	book     *xlsx.Memory
	date1904 bool
	formats  map[int]string // number formats by their number
	xfs      []int          // cell formats: the number format of each
	strings  []string       // shared
	sheets   []boundSheet
}

// boundSheet is where a sheet lies in the stream.
type boundSheet struct {
	table *xlsx.Table
	pos   uint32
}

// Kinds of parts of a workbook, as BOF says them.
const (
	partGlobals = 0x0005
	partSheet   = 0x0010

	biff8 = 0x0600
)

// maxStyles bounds the formats a workbook may list, as in store/xlsx.
const maxStyles = 100_000

// readBIFF reads an OLE2 file with a workbook of Excel 97 to 2003 in it.
func readBIFF(data []byte, password string, lim xlsx.Limits) (*xlsx.Book, error) {
	if data[0] == 0x09 { // no OLE2 file: a workbook of Excel 2 to 4
		return nil, tooOld()
	}
	c, err := openCompound(data)
	if err != nil {
		return nil, err
	}
	place := c.find("Workbook")
	if place == nil {
		if c.find("Book") != nil {
			return nil, tooOld()
		}
		return nil, xlsx.Refuse(xlsx.NotWorkbook, "这不是 Excel 工作簿：文件里没有工作表。请确认选对了文件；确是工作簿的，%s", xlsx.Resave)
	}
	stream, err := c.read(place)
	if err != nil {
		return nil, err
	}
	w := &workbook{records: &records{stream: stream}, lim: lim, book: xlsx.NewMemory(lim), formats: map[int]string{}}
	if err := w.readGlobals(password); err != nil {
		return nil, err
	}
	if err := w.readSheets(); err != nil {
		return nil, err
	}
	return w.book.Book(w.date1904), nil
}

func tooOld() error {
	return xlsx.Refuse(xlsx.OldFormat, "这是 Excel 95 或更早的工作簿，不能直接读取。%s", xlsx.Resave)
}

// begin reads the BOF that a part of the workbook begins with.
func (w *workbook) begin() (kind int, err error) {
	if err := w.next(); err != nil {
		return 0, err
	}
	if w.id != recBOF && w.id&0xFF == recBOF&0xFF && w.id <= 0x0409 {
		return 0, tooOld()
	}
	if w.id != recBOF {
		return 0, cutRecord()
	}
	if err := w.need(4); err != nil {
		return 0, err
	}
	if version := w.u16(0); version != biff8 {
		return 0, tooOld()
	}
	return w.u16(2), nil
}

// readGlobals reads the first part: formats, shared strings, the list of sheets.
func (w *workbook) readGlobals(password string) error {
	if kind, err := w.begin(); err != nil {
		return err
	} else if kind != partGlobals {
		return xlsx.Defect("", "它的开头不是工作簿")
	}
	for {
		if err := w.next(); err != nil {
			return err
		}
		var err error
		switch w.id {
		case recEOF:
			if len(w.sheets) == 0 {
				return xlsx.Defect("", "里面一张工作表也没有")
			}
			return nil
		case recFilePass:
			w.opener, err = newOpener(w.body, password)
		case recDate1904:
			if err = w.need(2); err == nil {
				w.date1904 = w.u16(0) == 1
			}
		case recFormat:
			err = w.readFormat()
		case recXF:
			err = w.readXF()
		case recSheet:
			err = w.readBoundSheet()
		case recSST:
			err = w.readStrings()
		}
		if err != nil {
			return err
		}
	}
}

func (w *workbook) readFormat() error {
	if err := w.need(5); err != nil {
		return err
	}
	code, err := w.text(2, 2)
	if len(w.formats) == maxStyles {
		return xlsx.Refuse(xlsx.TooMany, "这个工作簿的数字格式超过 %d 种。请把要用的行只粘贴“值”到新工作簿里另存再试。", maxStyles)
	}
	w.formats[w.u16(0)] = code
	return err
}

func (w *workbook) readXF() error {
	if err := w.need(20); err != nil {
		return err
	}
	if len(w.xfs) == maxStyles {
		return xlsx.Refuse(xlsx.TooMany, "这个工作簿的单元格格式超过 %d 种。请把要用的行只粘贴“值”到新工作簿里另存再试。", maxStyles)
	}
	w.xfs = append(w.xfs, w.u16(2))
	return nil
}

// format is the number format of a cell format.
func (w *workbook) format(xf int) (string, bool) {
	if xf >= len(w.xfs) {
		return "General", xf == 0
	}
	if code := w.formats[w.xfs[xf]]; code != "" {
		return code, true
	}
	return xlsx.Builtin(w.xfs[xf]), true
}

func (w *workbook) readBoundSheet() error {
	if err := w.need(8); err != nil {
		return err
	}
	name, err := w.text(6, 1)
	if err != nil {
		return err
	}
	t, err := w.book.Table(name)
	if err != nil {
		return err
	}
	switch w.body[4] & 3 {
	case 1:
		t.State = xlsx.Hidden
	case 2:
		t.State = xlsx.VeryHidden
	}
	t.NoGrid = w.body[5] != 0
	w.sheets = append(w.sheets, boundSheet{t, w.u32(0)})
	return nil
}

// text reads a text that lies whole in the record: its length in size bytes,
// flags, and its characters.
func (w *workbook) text(at, size int) (string, error) {
	if err := w.need(at + size + 1); err != nil {
		return "", err
	}
	n := int(w.body[at])
	if size == 2 {
		n = w.u16(at)
	}
	at += size
	wide := w.body[at]&flagWide != 0
	at++
	bytes := n
	if wide {
		bytes = 2 * n
	}
	if err := w.need(at + bytes); err != nil {
		return "", err
	}
	return string(utf16.Decode(units(nil, w.body[at:at+bytes], wide))), nil
}

// units appends characters as they lie in a record: one byte each, the low half
// of a UTF-16 unit, or both.
func units(to []uint16, b []byte, wide bool) []uint16 {
	if !wide {
		for _, c := range b {
			to = append(to, uint16(c))
		}
		return to
	}
	for i := 0; i+1 < len(b); i += 2 {
		to = append(to, uint16(b[i])|uint16(b[i+1])<<8)
	}
	return to
}

// readSheets reads the sheets in the order they lie in. Each begins behind the end
// of the one before it: two that share their content would be read many times. A
// part that lies there and is in no list is a sheet that was lost from it.
func (w *workbook) readSheets() error {
	slices.SortStableFunc(w.sheets, func(a, b boundSheet) int { return cmp.Compare(a.pos, b.pos) })
	for _, s := range w.sheets {
		if int64(s.pos) >= int64(len(w.stream)) || int(s.pos) < w.pos {
			return xlsx.Defect("", "工作表“%s”的内容不见了", s.table.Name)
		}
		if int(s.pos) > w.pos && w.peek() == recBOF {
			return unlisted()
		}
		w.pos = int(s.pos)
		r := &sheetReader{workbook: w, table: s.table}
		if err := r.read(); err != nil {
			return err
		}
	}
	if w.peek() == recBOF {
		return unlisted()
	}
	return nil
}

func unlisted() error { return xlsx.Defect("", "有一张工作表没有列在工作簿的目录里") }
