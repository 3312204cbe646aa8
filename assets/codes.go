package assets

import (
	"embed"
	"encoding/csv"
	"fmt"
	"strings"
)

// The code tables, so that a clerk or the county can read and correct a word
// without reading Go: codes/lists.csv names the tables in the order of menus,
// codes/NAME.csv holds the words of one.
//
//go:embed codes/*.csv
var codes embed.FS

// CodeTable is one table of words with codes.
type CodeTable struct {
	Name     string // lower-case English, the name of its file
	Label    string // in office words
	Standard string // the GB standard or other source; 默认值 where the words are ours
	Rows     []CodeRow
}

// CodeRow is one word of a table.
type CodeRow struct {
	Code     string
	Word     string   // as forms show it
	Synonyms []string // as people also write it
	Retired  bool     // still understood, no longer offered
}

// Codes returns every code table. An error means that the program was built
// with a broken table.
func Codes() ([]CodeTable, error) {
	index, err := table("lists", "name", "label", "standard")
	if err != nil {
		return nil, err
	}
	var out []CodeTable
	for _, head := range index {
		lines, err := table(head[0], "code", "word", "synonyms", "retired")
		if err != nil {
			return nil, err
		}
		t := CodeTable{Name: head[0], Label: head[1], Standard: head[2]}
		for _, l := range lines {
			row := CodeRow{Code: l[0], Word: l[1], Retired: l[3] == "1"}
			if l[2] != "" {
				row.Synonyms = strings.Split(l[2], "|")
			}
			t.Rows = append(t.Rows, row)
		}
		out = append(out, t)
	}
	return out, nil
}

// table reads one embedded file and holds it to its columns.
func table(name string, columns ...string) ([][]string, error) {
	f, err := codes.Open("codes/" + name + ".csv")
	if err != nil {
		return nil, fmt.Errorf("open code table: %w", err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.FieldsPerRecord = len(columns)
	lines, err := r.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read code table %s: %w", name, err)
	}
	if len(lines) < 2 || strings.Join(lines[0], ",") != strings.Join(columns, ",") {
		return nil, fmt.Errorf("code table %s: want columns %v and at least one row", name, columns)
	}
	return lines[1:], nil
}
