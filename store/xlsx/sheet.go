package xlsx

import (
	"cmp"
	"context"
	"fmt"
	"slices"
)

// rowReader reads one sheet.
type rowReader struct {
	*scanner
	book  *Book
	sheet string // name, for errors
	visit func(Row) error

	visiting bool // a panic now is the caller's

	row    int // 0-based, of the row being read or read last
	col    int // of the cell being read or read last, -1 before the first
	sorted bool

	cells   []Cell
	spans   []span // where in text the text of each cell lies
	text    []byte // texts of the row other than shared strings
	formula []byte
	merges  []Range
}

// span is a part of rowReader.text; length -1 says that the text is a shared string.
type span struct{ from, length int }

// read reads a sheet to its end. Without visit it passes over the rows, to
// find what follows them; the reading with visit then proves it right.
func (b *Book) read(ctx context.Context, sheet int, visit func(Row) error) (err error) {
	if sheet < 0 || sheet >= len(b.sheets) {
		return Refuse(NotWorkbook, "这个工作簿没有第 %d 张工作表，只有 %d 张。", sheet+1, len(b.sheets))
	}
	part := b.sheets[sheet]
	if !part.Grid {
		b.merges[sheet] = nil
		return nil
	}
	if b.tables != nil {
		return b.readTable(ctx, sheet, visit)
	}
	e := b.zip.byName[part.part]
	r := &rowReader{scanner: newScanner(b.zip.open(e), e.name, e.size), book: b, sheet: part.Name, visit: visit, row: -1, col: -1}
	defer Rescue(&err, &r.visiting)
	if visit != nil {
		if err := b.loadStrings(ctx); err != nil {
			return err
		}
	}
	done := int64(0)
	r.tick = func(n int) error {
		done += int64(n)
		if b.Progress != nil {
			b.Progress(done, e.size)
		}
		return ctx.Err()
	}
	if err := r.readSheet(); err != nil {
		return err
	}
	if known, ok := b.merges[sheet]; ok && !slices.Equal(known, r.merges) {
		return r.bad("合并区域前后两次读得不同")
	}
	b.merges[sheet] = r.merges
	return nil
}

func (r *rowReader) readSheet() error {
	if err := r.root("worksheet", mainSpaces...); err != nil {
		return err
	}
	seen := false
	err := r.children(func() error {
		switch {
		case r.is("sheetData"):
			if seen {
				return r.bad("表格内容有两份")
			}
			seen = true
			if r.visit == nil && !r.closes {
				return r.passTo("</" + r.prefix + "sheetData")
			}
			return r.readRows()
		case r.is("mergeCells"):
			return r.children(r.readMerge)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if !seen {
		return r.bad("没有表格内容")
	}
	return r.finish()
}

func (r *rowReader) readMerge() error {
	if !r.is("mergeCell") {
		return nil
	}
	if len(r.merges) == r.book.lim.Merges {
		return manyMerges(r.sheet, r.book.lim.Merges)
	}
	ref := r.attr("ref")
	area, ok := parseRange(ref)
	if !ok {
		return r.bad("合并区域“%s”无法理解", printable(ref))
	}
	r.merges = append(r.merges, area)
	return nil
}

// readRows reads the children of sheetData. What is not a row is refused, not
// passed over: it could hold rows.
func (r *rowReader) readRows() error {
	for {
		kind, err := r.next()
		if err != nil {
			return err
		}
		switch kind {
		case tokenEnd:
			return nil
		case tokenText:
			if err := r.noText(); err != nil {
				return err
			}
		case tokenStart:
			if !r.is("row") {
				return r.bad("第 %d 行之后有不认识的内容 %s", r.row+1, printable(r.name))
			}
			if err := r.readRow(); err != nil {
				return err
			}
		}
	}
}

func (r *rowReader) noText() error {
	for _, c := range r.raw {
		if !isSpace(c) {
			return r.bad("第 %d 行附近有散落的文字", r.row+1)
		}
	}
	return nil
}

// readRow reads a row to its end and visits it.
func (r *rowReader) readRow() error {
	number, err := r.attrInt("r", r.row+2)
	if err != nil {
		return err
	}
	if number > maxRows {
		return manyRows(r.sheet, number)
	}
	if number-1 <= r.row {
		return r.bad("第 %d 行排在第 %d 行之后", number, r.row+1)
	}
	row := Row{Index: number - 1, Hidden: r.attrBool("hidden")}
	r.row, r.col, r.sorted = row.Index, -1, true
	r.cells, r.spans, r.text = r.cells[:0], r.spans[:0], r.text[:0]
	for {
		if read, err := r.readPlainCell(); err != nil {
			return err
		} else if read {
			continue
		}
		kind, err := r.next()
		if err != nil {
			return err
		}
		if kind == tokenEnd {
			break
		}
		switch {
		case kind == tokenText:
			err = r.noText()
		case r.is("c"):
			err = r.readCell()
		case r.is("extLst"):
			err = r.skip()
		default:
			err = r.bad("第 %d 行里有不认识的内容 %s", number, printable(r.name))
		}
		if err != nil {
			return err
		}
	}
	if err := r.finishCells(); err != nil {
		return err
	}
	row.Cells = r.cells
	r.visiting = true
	err = r.visit(row)
	r.visiting = false
	return err
}

// finishCells gives the cells their texts, out of one string for the row, and
// puts them in order.
func (r *rowReader) finishCells() error {
	text := string(r.text)
	for i, at := range r.spans {
		if at.length >= 0 {
			r.cells[i].Text = text[at.from : at.from+at.length]
		}
	}
	if r.sorted {
		return nil
	}
	slices.SortFunc(r.cells, func(a, b Cell) int { return cmp.Compare(a.Col, b.Col) })
	for i := 1; i < len(r.cells); i++ {
		if r.cells[i].Col == r.cells[i-1].Col {
			return r.badCell(r.cells[i].Col, "它出现了两次")
		}
	}
	return nil
}

// badCell is a Damaged error about a cell of the row.
func (r *rowReader) badCell(col int, what string, args ...any) error {
	name := CellName(col, r.row)
	e := Defect(r.entry, "工作表“%s”的 %s 格，%s", r.sheet, name, fmt.Sprintf(what, args...))
	e.Cell = name
	return e
}

// tooWide is a cell with content beyond the last column allowed.
func tooWide(sheet string, col, row, columns int) *Error {
	name := CellName(col, row)
	e := Refuse(TooWide, "工作表“%s”的 %s 格有内容，已超出可以读取的 %d 列（到 %s 列为止）。请删去右边多余的内容后再试。", sheet, name, columns, columnName(columns-1))
	e.Cell = name
	return e
}

func manyMerges(sheet string, most int) error {
	return Refuse(TooMany, "工作表“%s”里合并的单元格超过 %d 处。请把要用的行只粘贴“值”到新工作簿里另存再试。", sheet, most)
}

func manyRows(sheet string, number int) error {
	return Refuse(TooMany, "工作表“%s”的行号到了 %d，超过 Excel 的 %d 行，不能读取。请用 WPS 打开后另存为 .xlsx 再试。", sheet, number, maxRows)
}

// tooLong is a text that no cell can hold; cell may be "".
func tooLong(entry, cell string, limit int) error {
	where := "有一个单元格"
	if cell != "" {
		where = "单元格 " + cell + " "
	}
	e := Refuse(TooLong, "%s的文字超过 %d 个字符，Excel 的单元格放不下这么多。请缩短后再试。", where, limit)
	e.Entry, e.Cell = entry, cell
	return e
}
