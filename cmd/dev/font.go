package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
)

// The Chinese font: 17 MB that do not belong in the history of the project.
// The package carries Noto Sans Hans 1.000 under the SIL Open Font License,
// whose text must travel with the font.
const (
	fontPackage = "@embedpdf/fonts-sc@1.0.0"
	fontDir     = "ui/font" // package ui embeds from here; ignored by git

	// The largest of the files has 8.6 MB.
	fontSizeLimit = 16 << 20
)

// A fontFile is one file of the package, the name we keep it under and the
// SHA-256 it must have.
type fontFile struct{ path, name, sum string }

var fontFiles = []fontFile{
	{"package/fonts/NotoSansHans-Regular.otf", "regular.otf", "7db3c634bbd0301b3082a80ffcac2f422e8ef9ce0730f8b279c3e8f756598f68"},
	{"package/fonts/NotoSansHans-Bold.otf", "bold.otf", "9e7729ef993ca4c647882f798644f4bbf6da69bd822eac593fc68717dd6c8e2a"},
	{"package/LICENSE", "LICENSE", "cea028c0b5185b804ae79f1eab96ca5ee469d61d44925972a2379430890bbec1"},
}

// fontsPresent reports whether each file lies in dir with the right content.
func fontsPresent(dir string, files []fontFile) bool {
	for _, f := range files {
		content, err := os.ReadFile(filepath.Join(dir, f.name))
		if err != nil || sum(content) != f.sum {
			return false
		}
	}
	return true
}

// fetchFonts has npm download the package and takes our files out of it.
func fetchFonts(ctx context.Context) error {
	if _, err := exec.LookPath("npm"); err != nil {
		return fmt.Errorf("npm is needed to fetch the Chinese font (%s): %w", fontPackage, err)
	}
	fmt.Println("font: npm fetches", fontPackage)
	temp, err := os.MkdirTemp("", "touyan-font-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temp)
	if err := quietly(ctx, temp, "npm", "pack", "--ignore-scripts", fontPackage); err != nil {
		return err
	}
	archives, err := filepath.Glob(filepath.Join(temp, "*.tgz"))
	if err != nil || len(archives) != 1 {
		return fmt.Errorf("npm pack left %d archives instead of one", len(archives))
	}
	archive, err := os.Open(archives[0])
	if err != nil {
		return err
	}
	defer archive.Close()
	return unpackFonts(archive, fontDir, fontFiles)
}

// unpackFonts writes the wanted files of a package into dir. A file whose hash
// differs is an error and is not written; nor is anything when one is absent.
func unpackFonts(archive io.Reader, dir string, files []fontFile) error {
	unzipped, err := gzip.NewReader(archive)
	if err != nil {
		return fmt.Errorf("read font package: %w", err)
	}
	found := map[string][]byte{}
	for entries := tar.NewReader(unzipped); ; {
		entry, err := entries.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return fmt.Errorf("read font package: %w", err)
		}
		for _, f := range files {
			if f.path != entry.Name {
				continue
			}
			content, err := io.ReadAll(io.LimitReader(entries, fontSizeLimit))
			if err != nil {
				return fmt.Errorf("read %s: %w", f.path, err)
			}
			found[f.name] = content
		}
	}
	for _, f := range files {
		content, ok := found[f.name]
		if !ok {
			return fmt.Errorf("the font package has no %s", f.path)
		}
		if got := sum(content); got != f.sum {
			return fmt.Errorf("%s has SHA-256 %s, not %s: not used", f.path, got, f.sum)
		}
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for _, f := range files {
		if err := writeWhole(filepath.Join(dir, f.name), found[f.name]); err != nil {
			return err
		}
		fmt.Printf("  %s: %d bytes, SHA-256 %s\n", filepath.Join(dir, f.name), len(found[f.name]), f.sum)
	}
	return nil
}

// writeWhole replaces a file so that nobody ever reads half of it.
func writeWhole(path string, content []byte) error {
	temp, err := os.CreateTemp(filepath.Dir(path), ".new-")
	if err != nil {
		return err
	}
	defer os.Remove(temp.Name())
	_, err = io.Copy(temp, bytes.NewReader(content))
	if err := errors.Join(err, temp.Chmod(0o644), temp.Close()); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return os.Rename(temp.Name(), path)
}

func sum(content []byte) string {
	digest := sha256.Sum256(content)
	return hex.EncodeToString(digest[:])
}
