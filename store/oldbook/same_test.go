package oldbook_test

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/sheet"
	"touyan/store/xlsx"
)

// readTables is what the program makes of a book: rows, values, problems.
func readTables(t *testing.T, b *xlsx.Book) []string {
	t.Helper()
	kinds := record.Kinds()
	forms := record.Forms()
	for _, k := range kinds {
		forms = append(forms, field.Register(kinds, k))
	}
	tables, _, err := sheet.Read(t.Context(), b, sheet.ReadOptions{Kinds: kinds, Forms: forms})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, table := range tables {
		var w strings.Builder
		fmt.Fprintf(&w, "%s %s %d\n", table.Form.Name, table.Title, table.Len())
		for i := range table.Len() {
			row := table.Row(i)
			fmt.Fprintf(&w, "%d", row.Number)
			for n, v := range row.Values {
				if v.Problem != nil {
					v.Text = "!" + v.Raw
				}
				if v.Text != "" {
					fmt.Fprintf(&w, "|%s=%s", table.Form.Columns[n].Path, v.Text)
				}
			}
			w.WriteByte('\n')
		}
		out = append(out, w.String())
	}
	return out
}

// dayOfBirth is what the filter that made roster.xml has added: it drops number
// formats of its own making, and with them that only the month was meant.
var dayOfBirth = regexp.MustCompile(`(birth=\d{4}-\d{2})-\d{2}`)

// Ensure that a book gives the same tables whatever format it was saved in. Text
// with separators has room for one sheet only.
func TestSameTables(t *testing.T) {
	open := func(name string) []string {
		b, err := openAny(filepath.Join("testdata", name), "")
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		defer b.Close()
		return readTables(t, b)
	}
	want := open("roster.xlsx")
	if len(want) != 2 || !strings.Contains(want[0], " 40\n") || !strings.Contains(want[0], "birth=1965-09|") {
		t.Fatalf("the .xlsx itself gives\n%s", want)
	}
	for _, f := range fixtures {
		got, want := open(f.name), want
		if strings.HasSuffix(f.name, ".csv") {
			want = want[:1]
		}
		if len(got) != len(want) {
			t.Errorf("%s: %d tables, want %d", f.name, len(got), len(want))
			continue
		}
		for i := range want {
			if strings.HasSuffix(f.name, ".xml") {
				got[i] = dayOfBirth.ReplaceAllString(got[i], "$1")
			}
			if got[i] != want[i] {
				t.Errorf("%s: %s", f.name, firstDifference(got[i], want[i]))
			}
		}
	}
}

func firstDifference(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Sprintf("line %d\n got %s\nwant %s", i, a[i], b[i])
		}
	}
	return fmt.Sprintf("%d lines, want %d", len(a), len(b))
}

// Ensure that a workbook that LibreOffice has encrypted opens with its password.
func TestSealedByAnother(t *testing.T) {
	path := filepath.Join("testdata", "roster_password.xls") // saved by hand, with the password below
	if _, err := openAny(path, ""); err == nil {
		t.Error("it opens without a password")
	}
	b, err := openAny(path, "秘密1")
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	plain, err := openAny(filepath.Join("testdata", "roster.xls"), "")
	if err != nil {
		t.Fatal(err)
	}
	defer plain.Close()
	if got, want := readTables(t, b), readTables(t, plain); !slices.Equal(got, want) {
		t.Errorf("%s", firstDifference(strings.Join(got, ""), strings.Join(want, "")))
	}
}
