package sheet

import (
	"fmt"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// codeHead is the head of the column of row codes.
const codeHead = "行码（勿改）"

// sampleMark stands on everything that shows invented people.
const sampleMark = "示例数据"

// writePage writes one table. What excelize keeps for the sheet as a whole is
// set first: after Flush it would silently be left out.
func (w *writer) writePage(p *page) error {
	if err := w.setUp(p); err != nil {
		return err
	}
	r, err := w.stream(p.name, p.width())
	if err != nil {
		return err
	}
	if err := w.setColumns(p, r); err != nil {
		return err
	}
	if err := w.writeTop(p, r); err != nil {
		return err
	}
	if err := w.writeHeads(p, r); err != nil {
		return err
	}
	if err := w.writeLines(p, r); err != nil {
		return err
	}
	if err := w.writeFoot(p, r); err != nil {
		return err
	}
	if err := r.stream.Flush(); err != nil {
		return fmt.Errorf("finish sheet: %w", err)
	}
	return nil
}

// firstRow is the 1-based number of the first row of data.
func (p *page) firstRow() int { return 3 + p.heads }

// lastRow is that of the last ruled row, at least the first.
func (p *page) lastRow() int {
	return p.firstRow() + max(1, len(p.sheet.Lines)+p.sheet.Spare) - 1
}

func cellName(col, row int) string {
	name, _ := excelize.CoordinatesToCellName(col+1, row)
	return name
}

func columnLetters(col int) string {
	name, _ := excelize.ColumnNumberToName(col + 1)
	return name
}

func (w *writer) setUp(p *page) error {
	f, name := w.f, p.name
	last := cellName(p.width()-1, p.lastRow())
	steps := []func() error{
		// AutoFilter forgets what the sheet was told before: it comes first.
		func() error { return f.AutoFilter(name, cellName(0, p.firstRow()-1)+":"+last, nil) },
		func() error { return w.setPaper(name, "landscape") },
		func() error { return f.SetHeaderFooter(name, w.pageMarks()) },
		func() error {
			return f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: name, RefersTo: fmt.Sprintf("'%s'!$3:$%d", name, p.firstRow()-1)})
		},
		func() error {
			return f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", Scope: name, RefersTo: fmt.Sprintf("'%s'!$A:$%s", name, columnLetters(len(p.columns)-1))})
		},
		func() error {
			return f.AddIgnoredErrors(name, cellName(0, p.firstRow())+":"+cellName(p.width()-1, p.lastRow()+openRows), excelize.IgnoredErrorsNumberStoredAsText)
		},
		func() error { return w.offerLists(p) },
		func() error { return w.guardCodes(p) },
		func() error { return w.writeNotes(p) },
		func() error { return w.protect(name) },
	}
	for _, s := range steps {
		if err := s(); err != nil {
			return fmt.Errorf("set up sheet: %w", err)
		}
	}
	return nil
}

// setPaper makes the sheet an A4 page as wide as the table.
func (w *writer) setPaper(name, orientation string) error {
	yes, size, wide, long := true, 9, 1, 0
	if err := w.f.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &yes}); err != nil {
		return err
	}
	if err := w.f.SetPageLayout(name, &excelize.PageLayoutOptions{Size: &size, Orientation: &orientation, FitToWidth: &wide, FitToHeight: &long}); err != nil {
		return err
	}
	side, top, bottom, mark := 0.4, 0.6, 0.6, 0.3
	return w.f.SetPageMargins(name, &excelize.PageLayoutMarginsOptions{Left: &side, Right: &side, Top: &top, Bottom: &bottom, Header: &mark, Footer: &mark, Horizontally: &yes})
}

// pageMarks are what stands on every page outside the table.
func (w *writer) pageMarks() *excelize.HeaderFooterOptions {
	h := &excelize.HeaderFooterOptions{OddFooter: "&C第 &P 页，共 &N 页"}
	if w.doc.Copy != "" {
		h.OddFooter = "&L" + strings.ReplaceAll(w.doc.Copy, "&", "&&") + h.OddFooter
	}
	if w.doc.Code != "" {
		h.OddFooter += "&R批次码：" + strings.ReplaceAll(w.doc.Code, "&", "&&")
	}
	if w.doc.Sample {
		h.OddHeader = "&R" + sampleMark
	}
	return h
}

// protect guards heads and titles. Everything else stays open, row codes too:
// a sheet with one locked cell in a row can be neither sorted nor have the row
// deleted. The codes are guarded against typing by guardCodes.
func (w *writer) protect(name string) error {
	if !w.doc.Protect {
		return nil
	}
	return w.f.ProtectSheet(name, &excelize.SheetProtectionOptions{
		AutoFilter: true, Sort: true, InsertRows: true, DeleteRows: true,
		FormatCells: true, FormatColumns: true, FormatRows: true,
		SelectLockedCells: true, SelectUnlockedCells: true,
	})
}

// guardCodes lets nobody type into the column of row codes.
func (w *writer) guardCodes(p *page) error {
	if !p.codes {
		return nil
	}
	dv := excelize.NewDataValidation(true)
	dv.Type, dv.Formula1 = "custom", "FALSE"
	col := len(p.columns)
	dv.SetSqref(cellName(col, p.firstRow()) + ":" + cellName(col, p.lastRow()))
	dv.SetError(excelize.DataValidationErrorStyleStop, "行码", "行码由程序填写，用来对上原来的记录，请不要改。新增的行不用填。")
	return w.f.AddDataValidation(p.name, dv)
}

// setColumns sets widths, the look of rows typed below the table, and panes.
// It goes from the last column to the first: excelize puts the one set last in
// front, and a workbook lists them ascending.
func (w *writer) setColumns(p *page, r *rows) error {
	if p.codes {
		if err := r.stream.SetColWidth(p.width(), p.width(), 14); err != nil {
			return fmt.Errorf("set column: %w", err)
		}
	}
	for i, c := range slices.Backward(p.columns) {
		id, err := w.style(look{part: barePart, align: c.align, number: c.count})
		if err != nil {
			return err
		}
		if err := r.stream.SetColStyle(i+1, i+1, id); err != nil {
			return fmt.Errorf("set column: %w", err)
		}
		if err := r.stream.SetColWidth(i+1, i+1, c.width); err != nil {
			return fmt.Errorf("set column: %w", err)
		}
	}
	top := p.firstRow() - 1
	err := r.stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: top, TopLeftCell: cellName(0, top+1), ActivePane: "bottomLeft"})
	if err != nil {
		return fmt.Errorf("set panes: %w", err)
	}
	return nil
}

// writeTop writes the title and the line of unit, date and batch code.
func (w *writer) writeTop(p *page, r *rows) error {
	title := p.title
	if w.doc.Sample {
		title += "（" + sampleMark + "）"
	}
	id, err := w.style(look{part: titlePart, align: center})
	if err != nil {
		return err
	}
	r.put(0, id, title)
	if err := r.merge(span{0, len(p.columns) - 1}); err != nil {
		return err
	}
	if err := r.end(36); err != nil {
		return err
	}
	texts := []string{"填报单位（盖章）：" + w.doc.Unit, "填报时间：" + w.doc.Made.Format("2006年1月2日"), ""}
	if w.doc.Note != "" {
		texts[1] += "　" + w.doc.Note
	}
	if w.doc.Code != "" {
		texts[2] = "批次码：" + w.doc.Code
	}
	return w.writeThirds(p, r, texts)
}

// writeThirds writes a line of up to three texts: left, middle and right, or
// one after the other where a third is too narrow for its own.
func (w *writer) writeThirds(p *page, r *rows, texts []string) error {
	runs := p.thirds()
	for i, s := range runs {
		if textWidth(strings.TrimSpace(texts[i])) > p.widthOf(s) {
			runs = []span{{0, len(p.columns) - 1}}
			break
		}
	}
	if len(runs) == 1 {
		texts = []string{strings.TrimSpace(strings.Join(texts, "　　　　"))}
	}
	for i, s := range runs {
		side := align(i)
		id, err := w.style(look{part: linePart, align: side})
		if err != nil {
			return err
		}
		r.put(s.from, id, texts[i])
		if err := r.merge(s); err != nil {
			return err
		}
	}
	return r.end(24)
}

// merge merges cells of the coming row.
func (r *rows) merge(s span) error {
	if s.from == s.to {
		return nil
	}
	if err := r.stream.MergeCell(cellName(s.from, r.next), cellName(s.to, r.next)); err != nil {
		return fmt.Errorf("merge cells: %w", err)
	}
	return nil
}

// writeHeads writes one row of heads, or two where some stand under a common
// one; the others then reach over both.
func (w *writer) writeHeads(p *page, r *rows) error {
	id, err := w.style(look{part: headPart, align: center})
	if err != nil {
		return err
	}
	height := p.headHeight()
	for level := range p.heads {
		bottom := level == p.heads-1
		for i := range p.width() {
			head, over := codeHead, ""
			if i < len(p.columns) {
				head, over = p.columns[i].head, p.columns[i].over
			}
			switch {
			case over == "" && level == 0:
				r.put(i, id, head)
				if p.heads == 2 {
					if err := r.stream.MergeCell(cellName(i, r.next), cellName(i, r.next+1)); err != nil {
						return fmt.Errorf("merge heads: %w", err)
					}
				}
			case over != "" && bottom:
				r.put(i, id, head)
			case over != "" && (i == 0 || p.columns[i-1].over != over):
				r.put(i, id, over)
				if err := r.merge(span{i, p.overEnd(i)}); err != nil {
					return err
				}
			default:
				r.put(i, id, "")
			}
		}
		if err := r.end(height); err != nil {
			return err
		}
	}
	return nil
}

// overEnd is the last column that shares the upper head of column i.
func (p *page) overEnd(i int) int {
	end := i
	for end+1 < len(p.columns) && p.columns[end+1].over == p.columns[i].over {
		end++
	}
	return end
}

// writeNotes says what is said beside cells, as the comments of a spreadsheet.
func (w *writer) writeNotes(p *page) error {
	for n := range p.sheet.Lines {
		notes := p.sheet.Lines[n].Notes
		if notes == nil {
			continue
		}
		for i := range p.columns {
			text := notes[p.columns[i].index]
			if text == "" {
				continue
			}
			c := excelize.Comment{Cell: cellName(i, p.firstRow()+n), Author: w.doc.Unit, Paragraph: []excelize.RichTextRun{{Text: text}}, Width: 220, Height: 70}
			if err := w.f.AddComment(p.name, c); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *writer) writeLines(p *page, r *rows) error {
	styles := make([]int, p.width())
	for i := range styles {
		k := look{part: codePart, align: center}
		if i < len(p.columns) {
			k = look{part: cellPart, align: p.columns[i].align, number: p.columns[i].count}
		}
		id, err := w.style(k)
		if err != nil {
			return err
		}
		styles[i] = id
	}
	empty := Line{}
	for n := range p.lastRow() - p.firstRow() + 1 {
		l := &empty
		if n < len(p.sheet.Lines) {
			l = &p.sheet.Lines[n]
			w.step()
		}
		for i := range p.columns {
			c, style := &p.columns[i], styles[i]
			if l.Notes[c.index] != "" {
				var err error
				if style, err = w.style(look{part: wrongPart, align: c.align, number: c.count}); err != nil {
					return err
				}
			}
			if c.count {
				r.number(i, style, l.cell(c.index))
			} else {
				r.put(i, style, lineEnds(l.cell(c.index)))
			}
		}
		if p.codes {
			r.put(len(p.columns), styles[len(p.columns)], l.Code)
		}
		if err := r.end(p.rowHeight(l)); err != nil {
			return err
		}
	}
	return nil
}

// writeFoot leaves a narrow row, so that sorting and filtering end with the
// table, and writes the line for signatures.
func (w *writer) writeFoot(p *page, r *rows) error {
	r.next++
	n := w.doc.Notice
	if n == nil {
		return w.writeThirds(p, r, []string{"单位负责人：", "填表人：", "联系电话：　　　　　　　　"})
	}
	if err := w.writeThirds(p, r, []string{"公示期：" + n.Period, "受理单位：" + n.Office, "监督电话：" + n.Phone}); err != nil {
		return err
	}
	return w.writeThirds(p, r, []string{"", "", "落款：" + n.Signed})
}
