package sheet_test

import (
	"errors"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"touyan/store/sheet"
	"touyan/store/xlsx"
)

func openBook(t testing.TB, path string) *xlsx.Book {
	t.Helper()
	b, err := xlsx.Open(path, xlsx.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	return b
}

// carried writes a book with a carrier, lets edit do something to it with
// another program, and gives the book that comes back.
func carried(t *testing.T, edit func(f *excelize.File)) *xlsx.Book {
	t.Helper()
	path := filepath.Join(t.TempDir(), "book.xlsx")
	d, _ := printed(1, 3, formNamed("village"))
	d.Carrier = &sheet.Carrier{Book: "01hv-abc", Rows: [][]string{{"village", "", "x<&>"}, {strings.Repeat("长", 32767)}}}
	if err := sheet.Write(t.Context(), path, d, nil); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	edit(f)
	if err := f.Save(); err != nil {
		t.Fatal(err)
	}
	return openBook(t, path)
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Ensure that each place a book names itself in is enough, and that the rows
// come back from the hidden sheet, also where someone unhid or renamed it.
func TestCarrier(t *testing.T) {
	lose := func(sheetToo, name, property bool) func(f *excelize.File) {
		return func(f *excelize.File) {
			if sheetToo {
				must(t, f.DeleteSheet("_交接"))
			}
			if name {
				must(t, f.DeleteDefinedName(&excelize.DefinedName{Name: "touyan_book"}))
			}
			if property {
				must(t, f.SetCustomProps(excelize.CustomProperty{Name: "TouyanBook"}))
				must(t, f.SetCustomProps(excelize.CustomProperty{Name: "TouyanFormat"}))
			}
		}
	}
	rows := [][]string{{"village", "", "x<&>"}, {strings.Repeat("长", 32767)}}
	for name, c := range map[string]struct {
		edit  func(f *excelize.File)
		found bool
		rows  [][]string
	}{
		"untouched":         {func(*excelize.File) {}, true, rows},
		"sheet unhidden":    {func(f *excelize.File) { must(t, f.SetSheetVisible("_交接", true)) }, true, rows},
		"sheet renamed":     {func(f *excelize.File) { must(t, f.SetSheetName("_交接", "x")) }, true, rows},
		"only the sheet":    {lose(false, true, true), true, rows},
		"only the name":     {lose(true, false, true), true, nil},
		"only the property": {lose(true, true, false), true, nil},
		"nothing left":      {lose(true, true, true), false, nil},
	} {
		t.Run(name, func(t *testing.T) {
			got, found, err := sheet.ReadCarrier(t.Context(), carried(t, c.edit))
			if err != nil || found != c.found || !reflect.DeepEqual(got.Rows, c.rows) || found && got.Book != "01hv-abc" {
				t.Fatalf("found %v, %+v, %v", found, got, err)
			}
		})
	}
}

// Ensure that two ids in one book and a newer version are told, in Chinese.
func TestCarrierRefused(t *testing.T) {
	_, _, err := sheet.ReadCarrier(t.Context(), carried(t, func(f *excelize.File) {
		must(t, f.SetCustomProps(excelize.CustomProperty{Name: "TouyanBook", Value: "other"}))
	}))
	if m, ok := errors.AsType[*sheet.Mismatch](err); !ok || m.Sheet != "01hv-abc" || m.Name != "01hv-abc" || m.Property != "other" {
		t.Errorf("two ids: %v", err)
	}
	_, _, err = sheet.ReadCarrier(t.Context(), carried(t, func(f *excelize.File) {
		must(t, f.SetCellStr("_交接", "B1", "2"))
	}))
	if err == nil || !strings.Contains(err.Error(), "更新版本") {
		t.Errorf("newer version: %v", err)
	}
}
