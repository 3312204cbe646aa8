package record

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"touyan/store/field"
)

var update = flag.Bool("update", false, "rewrite the golden files of this package")

// Ensure that the data dictionary changes only where someone meant it: stored
// names, types, lists and owners are what other offices' books are read by.
func TestDictionary(t *testing.T) {
	const path = "testdata/dictionary.txt"
	got := dictionary()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got == string(want) {
		return
	}
	g, w := strings.Split(got, "\n"), strings.Split(string(want), "\n")
	for i := range max(len(g), len(w)) {
		if i >= len(g) || i >= len(w) || g[i] != w[i] {
			t.Fatalf("line %d differs (go test -update accepts it)\n got %q\nwant %q", i+1, at(g, i), at(w, i))
		}
	}
}

func at(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return ""
}

func dictionary() string {
	var b strings.Builder
	types := []string{"text", "number", "money", "day", "code", "ref", "idnumber", "phone"}
	owners := map[field.Level]string{field.Township: "township", field.County: "county", field.City: "city"}
	for _, k := range Kinds() {
		fmt.Fprintf(&b, "kind %s %s\n", k.Name, k.Label)
		for _, f := range k.Fields {
			what := []string{types[f.Type]}
			if f.Codes != nil {
				what = append(what, f.Codes.Name)
			}
			if f.Target != "" {
				what = append(what, "-> "+f.Target)
			}
			for _, rule := range []struct {
				word string
				on   bool
			}{{"required", f.Required}, {"match", f.Match}, {"part", f.Part}, {"private", f.Private}, {"proper", f.Proper}, {"owner " + owners[f.Owner], f.Owner != field.NoLevel}, {fmt.Sprintf("class %d", f.Class), f.Class != field.Ordinary}, {fmt.Sprintf("max %d", f.Max), f.Max != 0}, {fmt.Sprintf("%d..%d", f.Least, f.Most), f.Least < f.Most}} {
				if rule.on {
					what = append(what, rule.word)
				}
			}
			fmt.Fprintf(&b, "  %-16s %s [%s]\n", f.Name, f.Label, strings.Join(what, ", "))
			if len(f.Aliases) > 0 {
				fmt.Fprintf(&b, "  %-16s   = %s\n", "", strings.Join(f.Aliases, " | "))
			}
		}
		b.WriteString("\n")
	}
	for _, l := range CodeLists() {
		fmt.Fprintf(&b, "list %s %s (%s)\n", l.Name, l.Label, l.Standard)
		for _, it := range l.Items {
			fmt.Fprintf(&b, "  %s %s", it.Code, it.Word)
			if it.Retired {
				b.WriteString(" (retired)")
			}
			b.WriteString("\n")
		}
		b.WriteString("\n")
	}
	for _, f := range Forms() {
		fmt.Fprintf(&b, "form %s 《%s》 of %s\n", f.Name, f.Title, f.Kind)
		for _, c := range f.Columns {
			path := c.Path
			if path == "" {
				path = "(computed)"
			}
			var last *field.Field
			if c.Path != "" {
				_, _, last, _ = Kinds().Resolve(f.Kind, c.Path)
			}
			fmt.Fprintf(&b, "  %s %s\n", c.Over+c.Label(last), path)
		}
		b.WriteString("\n")
	}
	return b.String()
}
