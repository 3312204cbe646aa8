package main

import (
	"os"
	"path/filepath"
	"testing"
)

// Ensure that the database of vulnerabilities is dated by its own index, that a
// folder without one is told as absent, and that a broken one is an error.
func TestVulnDate(t *testing.T) {
	tests := []struct {
		name, index, date string
		absent            bool
	}{
		{"dated", `{"modified":"2026-08-21T00:00:00Z"}`, "2026-08-21T00:00:00Z", false},
		{"no date", `{}`, "", false},
		{"no index", "<html>sign in</html>", "", false},
		{"absent", "", "", true},
	}
	for _, test := range tests {
		dir := t.TempDir()
		if !test.absent {
			if err := os.MkdirAll(filepath.Join(dir, "index"), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, "index", "db.json"), []byte(test.index), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		date, err := vulnDate(dir)
		if date != test.date || (err == nil) != (test.date != "") || os.IsNotExist(err) != test.absent {
			t.Errorf("%s: date %q, error %v", test.name, date, err)
		}
	}
}
