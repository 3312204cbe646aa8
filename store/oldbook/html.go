package oldbook

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"

	"touyan/store/xlsx"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Bounds of a page.
const (
	maxTag    = 4 << 20 // one tag or text
	maxNested = 100     // tables in cells of tables
)

// page reads the tables of a web page, each into a sheet. A table inside a cell of
// another is a sheet of its own, and the cell has only its own text: pages are
// laid out with tables, and the one with the data lies in one of those.
type page struct {
	lim    xlsx.Limits
	book   *xlsx.Memory
	tables []*xlsx.Table
	open   []*htmlTable
	code   bool // the text that follows is a script or a style
	begun  bool // the page itself was opened
	closed bool // and closed
}

// htmlTable is a table being read. A cell goes where a browser puts it: into the
// first column that no cell of a row above reaches down to.
type htmlTable struct {
	table *xlsx.Table
	row   int  // -1 before the first
	inRow bool // it is not closed yet
	col   int  // where the next cell goes at the earliest
	down  reach
	cell  *htmlCell
}

// htmlCell is a cell being read.
type htmlCell struct {
	col    int
	text   []byte
	space  bool // white space was passed over
	line   bool // so was the end of a paragraph
	isText bool // the page says so
	number bool // so it does
	value  string
}

func readHTML(text []byte, name string, lim xlsx.Limits) (*xlsx.Book, error) {
	p := &page{lim: lim, book: xlsx.NewMemory(lim)}
	z := html.NewTokenizer(bytes.NewReader(text))
	z.SetMaxBuf(maxTag)
	for {
		var err error
		switch z.Next() {
		case html.ErrorToken:
			if z.Err() != io.EOF {
				return nil, xlsx.Defect("", "有一处文字或标记长得不合情理")
			}
			return p.finish(name)
		case html.TextToken:
			if c := p.cell(); c != nil && !p.code {
				c.write(z.Text())
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			err = p.start(z)
		case html.EndTagToken:
			tag, _ := z.TagName()
			p.code = false
			err = p.end(atom.Lookup(tag))
		}
		if err != nil {
			return nil, err
		}
	}
}

// finish names the tables that hold something.
func (p *page) finish(name string) (*xlsx.Book, error) {
	if len(p.open) > 0 {
		return nil, xlsx.Defect("", "网页里有一张表格没有结束，后面的内容多半丢了")
	}
	if p.begun && !p.closed {
		return nil, xlsx.Defect("", "网页到一半就断了，后面可能还有表格")
	}
	p.book.DropBlank()
	found := 0
	for _, t := range p.tables {
		if !t.Blank() {
			found++
			t.Name = fmt.Sprint("表格", found)
		}
	}
	switch found {
	case 0:
		return nil, xlsx.Refuse(xlsx.NotWorkbook, "这是一张网页，里面没有表格内容。请确认选对了文件；确是表格的，%s", strings.TrimPrefix(xlsx.Resave, "请"))
	case 1:
		for _, t := range p.tables {
			if !t.Blank() {
				t.Name = name
			}
		}
	}
	return p.book.Book(false), nil
}

// cell is the innermost open cell, nil if there is none.
func (p *page) cell() *htmlCell {
	if len(p.open) == 0 {
		return nil
	}
	return p.open[len(p.open)-1].cell
}

func (p *page) start(z *html.Tokenizer) error {
	name, more := z.TagName()
	tag := atom.Lookup(name)
	p.code = tag == atom.Script || tag == atom.Style
	p.begun = p.begun || tag == atom.Html || tag == atom.Body
	if tag == atom.Table {
		return p.openTable()
	}
	if len(p.open) == 0 {
		return nil
	}
	t := p.open[len(p.open)-1]
	switch tag {
	case atom.Br:
		if t.cell != nil {
			t.cell.text, t.cell.space = append(t.cell.text, '\n'), false
		}
	case atom.P, atom.Div, atom.Li, atom.H1, atom.H2, atom.H3, atom.H4:
		t.endLine()
	case atom.Tr, atom.Caption:
		if err := p.closeCell(t); err != nil {
			return err
		}
		t.newRow()
		if tag == atom.Caption {
			return p.openCell(t, attributes{})
		}
		if readAttributes(z, more).hidden {
			t.table.Hide(t.row)
		}
	case atom.Td, atom.Th:
		if err := p.closeCell(t); err != nil {
			return err
		}
		if !t.inRow {
			t.newRow()
		}
		return p.openCell(t, readAttributes(z, more))
	case atom.Thead, atom.Tbody, atom.Tfoot:
		t.inRow = false
		return p.closeCell(t)
	}
	return nil
}

func (p *page) end(tag atom.Atom) error {
	p.closed = p.closed || tag == atom.Html || tag == atom.Body
	if len(p.open) == 0 {
		return nil
	}
	t := p.open[len(p.open)-1]
	switch tag {
	case atom.P, atom.Div, atom.Li, atom.H1, atom.H2, atom.H3, atom.H4:
		t.endLine()
	case atom.Td, atom.Th:
		return p.closeCell(t)
	case atom.Tr, atom.Caption, atom.Thead, atom.Tbody, atom.Tfoot:
		t.inRow = false
		return p.closeCell(t)
	case atom.Table:
		p.open = p.open[:len(p.open)-1]
		return p.closeCell(t)
	}
	return nil
}

func (p *page) openTable() error {
	if len(p.open) == maxNested {
		return xlsx.Defect("", "网页里的表格嵌套太深")
	}
	table, err := p.book.Table(fmt.Sprint("表格", len(p.tables)+1))
	if err != nil {
		return err
	}
	p.tables = append(p.tables, table)
	p.open = append(p.open, &htmlTable{table: table, row: -1})
	return nil
}

func (t *htmlTable) newRow() { t.row, t.col, t.inRow = t.row+1, 0, true }

func (t *htmlTable) endLine() {
	if t.cell != nil {
		t.cell.line = true
	}
}

// attributes are what a cell's tag says that matters here.
type attributes struct {
	rows, cols     int // it reaches over, 0 for one
	isText, number bool
	value          string
	hidden         bool
}

// Bounds of HTML itself.
const (
	maxRowSpan = 65534
	maxColSpan = 1000
)

// readAttributes understands the attributes of the tag at hand. x:str, x:num and
// mso-number-format are what Excel and those who imitate it write.
func readAttributes(z *html.Tokenizer, more bool) (a attributes) {
	for more {
		var key, value []byte
		key, value, more = z.TagAttr()
		switch string(key) {
		case "rowspan":
			if a.rows = span(value, maxRowSpan); string(bytes.TrimSpace(value)) == "0" {
				a.rows = maxRowSpan
			}
		case "colspan":
			a.cols = span(value, maxColSpan)
		case "x:str":
			a.isText = true
		case "x:num":
			a.number, a.value = true, string(value)
		case "style":
			style := strings.ReplaceAll(strings.ToLower(string(value)), " ", "")
			a.isText = a.isText || strings.Contains(style, `mso-number-format:"\@`) || strings.Contains(style, `mso-number-format:'\@`) || strings.Contains(style, `mso-number-format:\@`)
			a.hidden = strings.Contains(style, "display:none")
		}
	}
	return a
}

// span reads a number of rows or columns; what is none counts as one.
func span(value []byte, most int) int {
	n, err := strconv.ParseUint(string(bytes.TrimSpace(value)), 10, 31)
	if err != nil {
		return 1
	}
	return min(int(n), most)
}

// openCell finds the place of a cell and takes it.
func (p *page) openCell(t *htmlTable, a attributes) error {
	for t.down.covers(t.row, t.col) {
		t.col++
	}
	t.cell = &htmlCell{col: t.col, isText: a.isText, number: a.number, value: a.value}
	rows, cols := max(a.rows, 1), max(a.cols, 1)
	t.col += cols
	if t.cell.col >= p.lim.Columns {
		return nil // nothing may stand there
	}
	area := xlsx.Range{FirstRow: t.row, LastRow: t.row + rows - 1, FirstCol: t.cell.col, LastCol: t.col - 1}
	t.down.add(area, p.lim.Columns)
	if rows == 1 && cols == 1 {
		return nil
	}
	return t.table.Merge(area)
}

// closeCell puts the open cell into the table, if it holds anything.
func (p *page) closeCell(t *htmlTable) error {
	c := t.cell
	if t.cell = nil; c == nil {
		return nil
	}
	text := strings.TrimRight(string(c.text), " \n")
	if text == "" {
		return nil
	}
	return t.table.Put(t.row, c.understood(text))
}

// understood is the cell with its type: a text, unless the page says number and
// shows one. A date is shown as one, and the number behind it means nothing
// without the format.
func (c *htmlCell) understood(text string) xlsx.Cell {
	number := strings.ReplaceAll(strings.TrimSpace(text), ",", "")
	if !c.number || c.isText || !xlsx.IsNumber([]byte(number)) {
		return shown(c.col, text)
	}
	if xlsx.IsNumber([]byte(c.value)) {
		number = c.value
	}
	return xlsx.Cell{Col: c.col, Type: xlsx.Number, Text: number}
}

// write adds text as a browser shows it: white space is one space, none at the
// beginning of a line.
func (c *htmlCell) write(text []byte) {
	for _, b := range text {
		switch b {
		case ' ', '\t', '\n', '\r', '\f':
			c.space = true
			continue
		}
		n := len(c.text)
		switch {
		case n == 0 || c.text[n-1] == '\n':
		case c.line:
			c.text = append(c.text, '\n')
		case c.space:
			c.text = append(c.text, ' ')
		}
		c.text, c.space, c.line = append(c.text, b), false, false
	}
}
