package oldbook

import (
	"bytes"
	"encoding/xml"
	"io"
	"strconv"
	"strings"
	"time"

	"touyan/store/xlsx"
)

// Namespaces of the XML of Excel 2003.
const (
	spaceSheet = "urn:schemas-microsoft-com:office:spreadsheet"
	spaceExcel = "urn:schemas-microsoft-com:office:excel"
)

// maxDepth is how deep elements may lie in each other.
const maxDepth = 200

// namedFormats are the number formats that a style may call by a name.
var namedFormats = map[string]string{
	"General Number": "General", "General Date": "yyyy/m/d h:mm", "Long Date": `yyyy"年"m"月"d"日"`, "Medium Date": "d-mmm-yy", "Short Date": "yyyy/m/d",
	"Long Time": "h:mm:ss", "Medium Time": "h:mm AM/PM", "Short Time": "h:mm",
	"Currency": `"¥"#,##0.00`, "Euro Currency": "[$€-2]#,##0.00", "Fixed": "0.00", "Standard": "#,##0.00", "Percent": "0.00%", "Scientific": "0.00E+00",
}

// markup reads the XML of a workbook.
type markup struct {
	decoder  *xml.Decoder
	lim      xlsx.Limits
	book     *xlsx.Memory
	date1904 bool
	styles   map[string]string // number formats by the style's id

	table *xlsx.Table
	row   int // 0-based, of the row being read or read last
	col   int
	down  reach
}

func readSpreadsheetML(text []byte, lim xlsx.Limits) (*xlsx.Book, error) {
	m := &markup{decoder: xml.NewDecoder(bytes.NewReader(text)), lim: lim, book: xlsx.NewMemory(lim), styles: map[string]string{}}
	m.decoder.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // it is UTF-8 by now
	start, err := m.root()
	if err != nil {
		return nil, err
	}
	if start.Name != (xml.Name{Space: spaceSheet, Local: "Workbook"}) {
		return nil, xlsx.Refuse(xlsx.NotWorkbook, "这是一个 XML 文件，但不是工作簿。请确认选对了文件；确是表格的，%s", strings.TrimPrefix(xlsx.Resave, "请"))
	}
	sheets := 0
	err = m.children(func(e xml.StartElement) error {
		switch e.Name {
		case xml.Name{Space: spaceExcel, Local: "ExcelWorkbook"}:
			return m.children(func(e xml.StartElement) error {
				m.date1904 = m.date1904 || e.Name.Local == "Date1904"
				return m.skip()
			})
		case xml.Name{Space: spaceSheet, Local: "Styles"}:
			return m.children(m.style)
		case xml.Name{Space: spaceSheet, Local: "Worksheet"}:
			sheets++
			return m.sheet(e)
		}
		return m.skip()
	})
	if err != nil {
		return nil, err
	}
	if sheets == 0 {
		return nil, xlsx.Defect("", "里面一张工作表也没有")
	}
	if err := m.end(); err != nil {
		return nil, err
	}
	return m.book.Book(m.date1904), nil
}

func (m *markup) style(e xml.StartElement) error {
	id := attr(e, "ID")
	return m.children(func(e xml.StartElement) error {
		if e.Name.Local == "NumberFormat" {
			code := attr(e, "Format")
			if named, ok := namedFormats[code]; ok {
				code = named
			}
			m.styles[id] = code
		}
		return m.skip()
	})
}

func (m *markup) sheet(e xml.StartElement) (err error) {
	if m.table, err = m.book.Table(attr(e, "Name")); err != nil {
		return err
	}
	m.row, m.down = -1, nil
	tables := 0
	return m.children(func(e xml.StartElement) error {
		switch e.Name {
		case xml.Name{Space: spaceSheet, Local: "Table"}:
			if tables++; tables > 1 {
				return xlsx.Defect("", "工作表“%s”的内容有两份", m.table.Name)
			}
			return m.children(m.readRow)
		case xml.Name{Space: spaceExcel, Local: "WorksheetOptions"}:
			return m.children(m.option)
		}
		return m.skip()
	})
}

// option looks whether the sheet is shown.
func (m *markup) option(e xml.StartElement) error {
	if e.Name.Local != "Visible" {
		return m.skip()
	}
	var text strings.Builder
	err := m.gather(&text)
	switch strings.TrimSpace(text.String()) {
	case "SheetHidden":
		m.table.State = xlsx.Hidden
	case "SheetVeryHidden":
		m.table.State = xlsx.VeryHidden
	}
	return err
}

func (m *markup) readRow(e xml.StartElement) error {
	if e.Name != (xml.Name{Space: spaceSheet, Local: "Row"}) {
		return m.skip()
	}
	index, err := number(e, "Index", m.row+2)
	if err != nil {
		return err
	}
	if index-1 <= m.row {
		return xlsx.Defect("", "工作表“%s”的第 %d 行排在第 %d 行之后", m.table.Name, index, m.row+1)
	}
	m.row, m.col = index-1, -1
	if attr(e, "Hidden") == "1" {
		m.table.Hide(m.row)
	}
	more, err := number(e, "Span", 0) // rows below that look the same and are empty
	if err != nil {
		return err
	}
	if err := m.children(m.readCell); err != nil {
		return err
	}
	m.row += more
	return nil
}

// readCell reads a cell. One without an index stands behind the one before it
// and all that is merged with that. Where a cell from above reaches down, it is
// what holds its place if it is empty, and stands behind if it has a value:
// writers differ, and Excel opens neither two values in one place.
func (m *markup) readCell(e xml.StartElement) error {
	if e.Name != (xml.Name{Space: spaceSheet, Local: "Cell"}) {
		return m.skip()
	}
	index, err := number(e, "Index", 0)
	if err != nil {
		return err
	}
	if index > 0 && index-1 <= m.col {
		return xlsx.Defect("", "工作表“%s”第 %d 行的单元格次序颠倒", m.table.Name, m.row+1)
	}
	if m.col++; index > 0 {
		m.col = index - 1
	}
	c, err := m.content(e)
	if err != nil {
		return err
	}
	for index == 0 && c.Type != xlsx.Blank && m.down.covers(m.row, m.col) {
		m.col++
	}
	if c.Col = m.col; c.Type != xlsx.Blank {
		if err := m.table.Put(m.row, c); err != nil {
			return err
		}
	}
	return m.merge(e)
}

// merge notes what a cell is merged with.
func (m *markup) merge(e xml.StartElement) error {
	across, err := number(e, "MergeAcross", 0)
	if err != nil {
		return err
	}
	down, err := number(e, "MergeDown", 0)
	if err != nil {
		return err
	}
	area := xlsx.Range{FirstRow: m.row, FirstCol: m.col, LastRow: m.row + down, LastCol: m.col + across}
	m.col += across
	if across == 0 && down == 0 || area.FirstCol >= m.lim.Columns {
		return nil
	}
	m.down.add(area, m.lim.Columns)
	return m.table.Merge(area)
}

// content reads the value of a cell.
func (m *markup) content(e xml.StartElement) (xlsx.Cell, error) {
	c := xlsx.Cell{Formula: attr(e, "Formula") != "", Format: m.styles[attr(e, "StyleID")]}
	if c.Formula {
		c.Type = xlsx.ErrorValue // never computed, unless a value follows
	}
	found := false
	err := m.children(func(e xml.StartElement) error {
		if e.Name != (xml.Name{Space: spaceSheet, Local: "Data"}) {
			return m.skip()
		}
		if found {
			return m.bad("有两个值")
		}
		found = true
		return m.value(&c, attr(e, "Type"))
	})
	return c, err
}

func (m *markup) bad(what string) error {
	name := xlsx.CellName(m.col, m.row)
	e := xlsx.Defect("", "工作表“%s”的 %s 格，%s", m.table.Name, name, what)
	e.Cell = name
	return e
}

// value reads the Data of a cell.
func (m *markup) value(c *xlsx.Cell, kind string) error {
	var text strings.Builder
	if err := m.gather(&text); err != nil {
		return err
	}
	c.Text = text.String()
	switch kind {
	case "String", "":
		c.Type = xlsx.Text
		if c.Formula { // some call its error a text
			c.Type = shown(m.col, c.Text).Type
		}
		return nil
	case "Error":
		c.Type = xlsx.ErrorValue
		return nil
	}
	c.Text = strings.TrimSpace(c.Text)
	switch {
	case kind == "Number" && xlsx.IsNumber([]byte(c.Text)):
		c.Type = xlsx.Number
	case kind == "DateTime" && m.date(c):
	case kind == "Boolean" && c.Text == "1":
		c.Type, c.Text = xlsx.Bool, "TRUE"
	case kind == "Boolean" && c.Text == "0":
		c.Type, c.Text = xlsx.Bool, "FALSE"
	default:
		return m.bad("它的值无法理解")
	}
	return nil
}

// date reads a DateTime. One whose format shows a date becomes the number an
// .xlsx holds: what its format leaves out, such as the day, nobody meant.
func (m *markup) date(c *xlsx.Cell) bool {
	day, err := time.Parse("2006-01-02T15:04:05", strings.TrimSuffix(c.Text, "Z"))
	if err != nil {
		return false
	}
	c.Type = xlsx.DateISO
	epoch := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	if m.date1904 {
		epoch = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	first := time.Date(1900, 3, 1, 0, 0, 0, 0, time.UTC) // before it Excel counts a day that never was
	if xlsx.IsDateFormat(c.Format) && c.Format != "" && !day.Before(first) && !day.Before(epoch) {
		c.Type = xlsx.Number
		c.Text = strconv.FormatFloat(float64(day.Unix()-epoch.Unix())/(24*60*60), 'f', -1, 64)
	}
	return true
}
