package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// packed returns an npm package of the given files.
func packed(t *testing.T, files map[string]string) []byte {
	t.Helper()
	var archive bytes.Buffer
	zipped := gzip.NewWriter(&archive)
	entries := tar.NewWriter(zipped)
	for name, content := range files {
		header := &tar.Header{Name: name, Mode: 0o644, Size: int64(len(content))}
		if err := entries.WriteHeader(header); err != nil {
			t.Fatal(err)
		}
		if _, err := entries.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := entries.Close(); err != nil {
		t.Fatal(err)
	}
	if err := zipped.Close(); err != nil {
		t.Fatal(err)
	}
	return archive.Bytes()
}

func wantedFiles() []fontFile {
	return []fontFile{
		{"package/fonts/Thin.otf", "thin.otf", sum([]byte("thin strokes"))},
		{"package/LICENSE", "LICENSE", sum([]byte("free to use"))},
	}
}

// Ensure that the wanted files arrive under our names, the others do not, and
// that a later run sees that nothing is left to do.
func TestUnpackFonts(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "font")
	archive := packed(t, map[string]string{
		"package/fonts/Thin.otf": "thin strokes",
		"package/LICENSE":        "free to use",
		"package/README.md":      "read me",
	})
	if fontsPresent(dir, wantedFiles()) {
		t.Error("fonts are said to be there before they are")
	}
	if err := unpackFonts(bytes.NewReader(archive), dir, wantedFiles()); err != nil {
		t.Fatal(err)
	}
	if !fontsPresent(dir, wantedFiles()) {
		t.Error("fonts are not found after they were unpacked")
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != 2 {
		t.Errorf("%d files in the folder, want 2: %v", len(entries), entries)
	}
	if err := os.WriteFile(filepath.Join(dir, "thin.otf"), []byte("thin strokez"), 0o644); err != nil {
		t.Fatal(err)
	}
	if fontsPresent(dir, wantedFiles()) {
		t.Error("a changed font is taken for the right one")
	}
}

// Ensure that a package other than the one we know is an error that names the
// file, and that none of its files is left behind.
func TestUnpackFontsRefuses(t *testing.T) {
	good := packed(t, map[string]string{"package/fonts/Thin.otf": "thin strokes", "package/LICENSE": "free to use"})
	tests := []struct {
		name    string
		archive []byte
		says    string
	}{
		{"another content", packed(t, map[string]string{"package/fonts/Thin.otf": "thin strokes", "package/LICENSE": "all rights reserved"}), "package/LICENSE has SHA-256"},
		{"a file is absent", packed(t, map[string]string{"package/LICENSE": "free to use"}), "no package/fonts/Thin.otf"},
		{"cut short", good[:len(good)-20], "read"},
		{"no archive", []byte("<html>sign in</html>"), "read font package"},
	}
	for _, test := range tests {
		dir := filepath.Join(t.TempDir(), "font")
		err := unpackFonts(bytes.NewReader(test.archive), dir, wantedFiles())
		if err == nil || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: error %v, want one with %q", test.name, err, test.says)
		}
		if entries, _ := os.ReadDir(dir); len(entries) > 0 {
			t.Errorf("%s: left %v", test.name, entries)
		}
	}
}
