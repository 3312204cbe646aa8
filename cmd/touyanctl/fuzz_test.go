package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Ensure that any file given as a mapping is refused with a sentence, or a
// mapping.
func FuzzMapping(f *testing.F) {
	for _, s := range []string{`{"电话":"person.phone"}`, `{}`, `null`, `[]`, `{"a":1}`, "\ufeff{}", ""} {
		f.Add([]byte(s))
	}
	path := filepath.Join(f.TempDir(), "map.json")
	f.Fuzz(func(t *testing.T, b []byte) {
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := readMapping(path); err != nil && !strings.Contains(sentence(err), "栏目对照") {
			t.Errorf("told as %s", sentence(err))
		}
	})
}

// Ensure that nothing that is looked for, and no level that is typed, makes it
// panic, and that what stands in a text is found.
func FuzzMatches(f *testing.F) {
	for _, s := range [][2]string{{"白音巴图", "by"}, {"重庆", "CQ"}, {"ᠮᠣᠩ", "m"}, {"\xff", "\xff"}, {"İ", "i"}} {
		f.Add(s[0], s[1])
	}
	f.Fuzz(func(t *testing.T, text, word string) {
		if !matches(text, text, true) && strings.TrimSpace(text) == text {
			t.Errorf("%q does not match itself", text)
		}
		matches(text, word, true)
		if l, err := levelNamed(word); err == nil && levelWord(l) == "" {
			t.Errorf("%q is level %d", word, l)
		}
	})
}
