package main

import "testing"

// Ensure that no cell of a CSV is a formula to a spreadsheet, and that plain
// numbers stay numbers.
func TestCSVCellsAreNoFormulas(t *testing.T) {
	for in, want := range map[string]string{
		"":                 "",
		"张敏":               "张敏",
		"=1+1":             "'=1+1",
		"+86 138":          "'+86 138",
		"-cmd":             "'-cmd",
		"@SUM(A1)":         "'@SUM(A1)",
		"\t=1":             "'\t=1",
		"-12.50":           "-12.50",
		"+3":               "+3",
		"a=b":              "a=b",
		"150499198504223X": "150499198504223X",
	} {
		if got := guardCSV(in); got != want {
			t.Errorf("guardCSV(%q) = %q, want %q", in, got, want)
		}
	}
}

// Ensure that a name is found by characters, by pinyin and by initials, and
// other cells by their text alone.
func TestMatches(t *testing.T) {
	for _, c := range []struct {
		text, word string
		name, want bool
	}{
		{"宝音巴雅尔", "巴雅", true, true},
		{"宝音巴雅尔", "baoyin", true, true},
		{"宝音巴雅尔", "BYBYE", true, true},
		{"宝音巴雅尔", "zhang", true, false},
		{"霞岭学院", "xialing", false, false},
		{"150499198504223X", "223x", false, true},
		{"阿·孟和图", "amht", true, true},
	} {
		if got := matches(c.text, c.word, c.name); got != c.want {
			t.Errorf("matches(%q, %q) = %v, want %v", c.text, c.word, got, c.want)
		}
	}
}

// Ensure that columns stand under one another though Chinese characters are
// twice as wide.
func TestPlaces(t *testing.T) {
	for text, want := range map[string]int{"": 0, "abc": 3, "张敏": 4, "“两委”": 8, "A村": 3} {
		if got := places(text); got != want {
			t.Errorf("places(%q) = %d, want %d", text, got, want)
		}
	}
}
