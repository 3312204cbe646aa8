package sheet_test

import (
	"slices"
	"testing"

	"touyan/store/field"
	"touyan/store/sheet"
)

// compare holds a table against what was written.
func compare(t *testing.T, table *sheet.Table, f *field.Form, lines []sheet.Line, want [][]wanted) {
	t.Helper()
	if table.Form.Name != f.Name || table.Len() != len(want) {
		t.Fatalf("%s: read as %s with %d rows, want %d; left %v", f.Name, table.Form.Name, table.Len(), len(want), table.Left)
	}
	for n := range table.Len() {
		row := table.Row(n)
		if lines[n].Code != row.Code || row.BadCode != "" || row.Extra != nil {
			t.Fatalf("%s row %d: code %q (%q), extra %v", f.Name, row.Number, row.Code, row.BadCode, row.Extra)
		}
		for i, c := range f.Columns {
			v, w := row.Values[i], want[n][i]
			if !table.Has[i] {
				t.Fatalf("%s: nobody claims column %d", f.Name, i)
			}
			if c.Path != "" && (v.Problem != nil || v.Text != w.text || c.Each && !slices.Equal(v.Each, w.each)) {
				t.Errorf("%s %s %q: read %q %q, want %q %q (%v)", f.Name, table.Cell(row, i), v.Raw, v.Text, v.Each, w.text, w.each, v.Problem)
			}
		}
	}
}

// Ensure that every form and every register, filled with values of its fields'
// types, reads back as it was printed in one protected book with a cover, and is
// known for what it is.
func TestRoundTrip(t *testing.T) {
	roundTrip(t, func(path string) string { return path })
}

// Ensure that LibreOffice opening and saving the book makes no difference.
func TestRoundTripResaved(t *testing.T) {
	roundTrip(t, func(path string) string { return office(t, path, "xlsx") })
}

func roundTrip(t *testing.T, travel func(path string) string) {
	t.Helper()
	d, want := printed(42, 40, allForms()...)
	d.Protect, d.Sample = true, true
	d.Carrier = &sheet.Carrier{Book: "b-1"}
	d.Cover = [][2]string{{"", "上报数据包"}, {"填报单位", "某旗幸福苏木"}}
	forms := map[string]string{}
	for _, s := range d.Sheets {
		forms[s.Name] = s.Form.Name
	}
	path := travel(write(t, d))
	for _, told := range []map[string]string{nil, forms} {
		got, err := tables(t, path, sheet.ReadOptions{SheetForms: told})
		must(t, err)
		if len(got) != len(d.Sheets) {
			t.Fatalf("%d tables of %d sheets", len(got), len(d.Sheets))
		}
		for i, table := range got {
			compare(t, table, d.Sheets[i].Form, d.Sheets[i].Lines, want[i])
			if len(table.Left) != 1 || table.Left[0].Why != "表尾" {
				t.Errorf("%s: left %+v", table.Form.Name, table.Left)
			}
		}
	}
}

// Ensure that a form reads back alone, whatever rows it has: none, one, with
// room to write in, without row codes, with some of its columns.
func TestRoundTripSingle(t *testing.T) {
	for _, f := range allForms() {
		for _, n := range []int{0, 1, 3} {
			d, want := printed(uint64(n), n, f)
			d.Sheets[0].Spare = 5
			for i := range d.Sheets[0].Lines {
				d.Sheets[0].Lines[i].Code = ""
			}
			got, err := tables(t, write(t, d), sheet.ReadOptions{})
			must(t, err)
			compare(t, got[0], f, d.Sheets[0].Lines, want[0])
		}
	}
	d, want := printed(5, 4, formNamed("committee"))
	shown := []int{0, 2, 3, 5, 6, 15, 24}
	d.Sheets[0].Columns = slices.Clone(shown)
	d.Sheets[0].Columns = append(d.Sheets[0].Columns, 4)
	got, err := tables(t, write(t, d), sheet.ReadOptions{})
	must(t, err)
	for n := range got[0].Len() {
		row := got[0].Row(n)
		for i := range want[0][n] {
			has := slices.Contains(d.Sheets[0].Columns, i)
			if got[0].Has[i] != has || has && i > 0 && row.Values[i].Text != want[0][n][i].text || !has && row.Values[i].Text != "" {
				t.Errorf("column %d: %+v, has %v", i, row.Values[i], got[0].Has[i])
			}
		}
	}
}
