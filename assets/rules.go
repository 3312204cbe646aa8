package assets

import (
	"embed"
	"encoding/csv"
	"fmt"
	"strings"
)

// The rules the program begins with, so that a clerk or the county can read
// them without reading Go. An office's own stand in its ledger and come first.
//
//go:embed rules/rules.csv
var rules embed.FS

// Rule is one line of the rules: a limit, or an item of a list.
type Rule struct {
	Group  string // code of the list rulegroup
	Code   string // tells it from the others of its group, never reused
	Label  string // in office words
	Value  string // a number, or what the group says it is
	Unit   string // of the value; of a material: whom it is asked of
	Source string // a quotation, the number of a law, or 默认值
}

// Rules returns the rules in their order. An error means that the program was
// built with a broken table.
func Rules() ([]Rule, error) {
	f, err := rules.Open("rules/rules.csv")
	if err != nil {
		return nil, fmt.Errorf("open rules: %w", err)
	}
	defer f.Close()
	head := []string{"group", "code", "label", "value", "unit", "source"}
	r := csv.NewReader(f)
	r.FieldsPerRecord = len(head)
	lines, err := r.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read rules: %w", err)
	}
	if len(lines) < 2 || strings.Join(lines[0], ",") != strings.Join(head, ",") {
		return nil, fmt.Errorf("rules: want columns %v and at least one row", head)
	}
	var out []Rule
	for _, l := range lines[1:] {
		out = append(out, Rule{l[0], l[1], l[2], l[3], l[4], l[5]})
	}
	return out, nil
}
