package sheet

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"touyan/store/disk"
)

// Bad is a row that waits to be mended.
type Bad struct {
	Row      *Row
	Problems []Problem
}

// Problem is what is wrong with a cell of a bad row.
type Problem struct {
	Cell, Label, Value, Message, Proposal string
}

// BadSheet is the bad rows of one table.
type BadSheet struct {
	Table *Table
	Rows  []Bad
}

// WriteErrors writes a book of bad rows: the heads of their table, in front
// the row's number in its book, behind what is wrong and what would be right.
// Read knows the three columns and passes over them.
func WriteErrors(ctx context.Context, path string, sheets []BadSheet) error {
	if err := disk.MayWrite(path); err != nil {
		return err
	}
	f := newFile(filepath.Dir(path))
	defer f.Close()
	var digests []*digest
	for i, s := range sheets {
		name := SheetName(s.Table.Sheet)
		if i == 0 {
			if err := f.SetSheetName("Sheet1", name); err != nil {
				return fmt.Errorf("write bad rows: %w", err)
			}
		} else if _, err := f.NewSheet(name); err != nil {
			return fmt.Errorf("write bad rows: %w", err)
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		d := newDigest(name)
		digests = append(digests, d)
		if err := writeBad(f, d, s); err != nil {
			return fmt.Errorf("write bad rows: %w", err)
		}
	}
	w := &writer{f: f, doc: &Doc{}, digests: digests}
	return w.save(ctx, path)
}

func writeBad(f *excelize.File, d *digest, s BadSheet) error {
	name := d.sheet
	head, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"F2F3F5"}},
		Alignment: &excelize.Alignment{WrapText: true, Vertical: "center"}, NumFmt: 49})
	if err != nil {
		return err
	}
	text, err := f.NewStyle(&excelize.Style{NumFmt: 49, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	if err != nil {
		return err
	}
	tint, err := f.NewStyle(&excelize.Style{NumFmt: 49, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"},
		Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"FBECEA"}}})
	if err != nil {
		return err
	}
	heads := slices.DeleteFunc(slices.Clone(s.Table.Heads), func(h Head) bool {
		f := fold(h.Text)
		return h.Column < 0 && (f == sourceHead || f == problemHead || f == proposalHead)
	})
	w := &badWriter{f: f, digest: d}
	top := w.above(s.Table, text)
	w.cell(1, top, sourceHead, head)
	for i, h := range heads {
		w.cell(i+2, top, h.Text, head)
	}
	w.cell(len(heads)+2, top, problemHead, head)
	w.cell(len(heads)+3, top, proposalHead, head)
	for n, b := range s.Rows {
		w.row(top+1+n, s.Table, heads, b, text, tint)
	}
	if w.err != nil {
		return w.err
	}
	last, err := excelize.ColumnNumberToName(len(heads) + 3)
	if err != nil {
		return err
	}
	before, err := excelize.ColumnNumberToName(len(heads) + 2)
	if err != nil {
		return err
	}
	if err := f.SetColWidth(name, before, last, 40); err != nil {
		return err
	}
	return f.SetPanes(name, &excelize.Panes{Freeze: true, YSplit: top, TopLeftCell: "A" + strconv.Itoa(top+1), ActivePane: "bottomLeft"})
}

// badWriter puts texts into cells and keeps the first fault.
type badWriter struct {
	f      *excelize.File
	digest *digest
	err    error
}

// above repeats what stood above the heads and says how to read the rows: what
// table it is, and in what unit its money is. It returns the row of the heads.
func (w *badWriter) above(t *Table, style int) int {
	row := 1
	for _, line := range []string{t.Title, unitLine(t.Unit)} {
		if line != "" {
			w.cell(1, row, line, style)
			row++
		}
	}
	return row
}

func unitLine(unit string) string {
	if unit == "" {
		return ""
	}
	return "单位：" + unit
}

func (w *badWriter) cell(col, row int, text string, style int) {
	if w.err != nil {
		return
	}
	name, err := excelize.CoordinatesToCellName(col, row)
	if err == nil && text != "" {
		w.digest.add(row-1, col-1, false, text)
		err = w.f.SetCellStr(w.digest.sheet, name, text)
	}
	if err == nil {
		err = w.f.SetCellStyle(w.digest.sheet, name, name, style)
	}
	w.err = err
}

func (w *badWriter) row(n int, s *Table, heads []Head, b Bad, text, tint int) {
	source := b.Row.Number
	if b.Row.Source > 0 {
		source = b.Row.Source
	}
	w.cell(1, n, strconv.Itoa(source), text)
	var said, right []string
	bad := map[string]bool{}
	for _, p := range b.Problems {
		bad[p.Cell] = true
		said = append(said, p.Message)
		if p.Proposal != "" {
			right = append(right, p.Label+"："+p.Proposal)
		}
	}
	for i, h := range heads {
		value, style := b.Row.Extra[h.Col], text
		switch {
		case h.Column >= 0:
			v := b.Row.Values[h.Column]
			if value = v.Raw; bad[s.Cell(b.Row, h.Column)] {
				style = tint
			}
		case isCodeHead(fold(h.Text)):
			value = b.Row.Code
		}
		w.cell(i+2, n, value, style)
	}
	w.cell(len(heads)+2, n, strings.Join(said, "\n"), tint)
	w.cell(len(heads)+3, n, strings.Join(right, "\n"), text)
}
