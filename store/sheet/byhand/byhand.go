// Package byhand makes and changes workbooks as people do in a spreadsheet
// program, so that tests of what reads them need not know the file format. Only
// tests import it; the program writes its books with store/sheet.
package byhand

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Sheet is a worksheet as typed: a row a line, cells parted by |.
type Sheet struct{ Name, Text string }

// Write makes a workbook of sheets; with a password it is encrypted.
func Write(path, password string, sheets ...Sheet) error {
	f := excelize.NewFile()
	defer f.Close()
	for i, s := range sheets {
		if i == 0 {
			if err := f.SetSheetName("Sheet1", s.Name); err != nil {
				return err
			}
		} else if _, err := f.NewSheet(s.Name); err != nil {
			return err
		}
		b := Book{f}
		for row, line := range strings.Split(strings.TrimSpace(s.Text), "\n") {
			for column, text := range strings.Split(line, "|") {
				if text == "" {
					continue
				}
				if err := b.Set(s.Name, row, column, text); err != nil {
					return err
				}
			}
		}
	}
	return f.SaveAs(path, excelize.Options{Password: password})
}

// Book is a workbook that lies open.
type Book struct{ f *excelize.File }

// Change opens a workbook, has it changed, and saves it where it was.
func Change(path string, change func(Book) error) error {
	f, err := excelize.OpenFile(path)
	if err != nil {
		return fmt.Errorf("open book: %w", err)
	}
	defer f.Close()
	if err := change(Book{f}); err != nil {
		return err
	}
	return f.Save()
}

// Rows are the texts of a sheet, as shown.
func (b Book) Rows(sheet string) ([][]string, error) { return b.f.GetRows(sheet) }

// Set types a text into a cell; row and column count from 0.
func (b Book) Set(sheet string, row, column int, text string) error {
	cell, err := excelize.CoordinatesToCellName(column+1, row+1)
	if err != nil {
		return err
	}
	return b.f.SetCellStr(sheet, cell, text)
}
