package assets

import (
	"io/fs"
	"testing"
)

// Ensure that every table parses, has rows and that no file is left out of the
// index.
func TestCodes(t *testing.T) {
	tables, err := Codes()
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range tables {
		if table.Label == "" || table.Standard == "" {
			t.Errorf("table %s lacks its label or its source", table.Name)
		}
		for _, row := range table.Rows {
			if row.Code == "" || row.Word == "" {
				t.Errorf("table %s: row %+v lacks its code or word", table.Name, row)
			}
		}
	}
	files, err := fs.Glob(codes, "codes/*.csv")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) != len(tables)+1 {
		t.Errorf("%d files beside the index, %d tables in it", len(files)-1, len(tables))
	}
}

// Ensure that the national tables are whole: 56 nations and two rests, the
// thirteen political faces.
func TestNationalTables(t *testing.T) {
	tables, err := Codes()
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]int{"sex": 4, "ethnic": 58, "politics": 13}
	for _, table := range tables {
		if n, ok := want[table.Name]; ok && n != len(table.Rows) {
			t.Errorf("%s has %d rows, want %d", table.Name, len(table.Rows), n)
		}
	}
}
