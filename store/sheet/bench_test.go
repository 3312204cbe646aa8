package sheet_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"

	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/sheet"
)

// roster20k is a roster of 20,000 rows and 30 columns.
func roster20k() sheet.Doc {
	f := &field.Form{Name: "wide", Title: "花名册", Kind: "person"}
	f.Columns = append(f.Columns, formNamed("person").Columns...)
	for i := 0; len(f.Columns) < 30; i++ {
		f.Columns = append(f.Columns, field.Column{Head: fmt.Sprint("栏", i), Path: "note"})
	}
	d, _ := printed(1, 20_000, f)
	d.Sheets[0].Kinds = record.Kinds()
	return d
}

// BenchmarkWrite writes 20,000 × 30 as offices get it, reading back included.
func BenchmarkWrite(b *testing.B) {
	d := roster20k()
	path := filepath.Join(b.TempDir(), "book.xlsx")
	b.ReportAllocs()
	for b.Loop() {
		if err := sheet.Write(b.Context(), path, d, nil); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkWriteExcelize writes the same cells by a plain StreamWriter, without
// styles, lists, widths or reading back.
func BenchmarkWriteExcelize(b *testing.B) {
	d := roster20k()
	path := filepath.Join(b.TempDir(), "book.xlsx")
	b.ReportAllocs()
	for b.Loop() {
		f := excelize.NewFile()
		w, err := f.NewStreamWriter("Sheet1")
		if err != nil {
			b.Fatal(err)
		}
		values := make([]any, len(d.Sheets[0].Form.Columns))
		for n, l := range d.Sheets[0].Lines {
			for i := range values {
				values[i] = l.Cells[i]
			}
			if err := w.SetRow(fmt.Sprint("A", n+1), values); err != nil {
				b.Fatal(err)
			}
		}
		if err := w.Flush(); err != nil {
			b.Fatal(err)
		}
		if err := f.SaveAs(path); err != nil {
			b.Fatal(err)
		}
		if err := f.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
