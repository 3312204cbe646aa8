package page

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"touyan/store/field"
	"touyan/ui/grid"
)

// place is a folder people keep their files in.
type place struct{ name, path string }

// places are the folders offered beside a list of files: those of the person,
// the ledger's, and what is plugged in.
func (d *Desk) places() []place {
	var out []place
	home, _ := os.UserHomeDir()
	for _, p := range []place{
		{placeDesktop, firstFolder(home, placeDesktop, "Desktop")},
		{placeDocuments, firstFolder(home, placeDocuments, "Documents")},
		{placeDownloads, firstFolder(home, placeDownloads, "Downloads")},
		{placeHome, firstFolder(home, "")},
	} {
		if p.path != "" {
			out = append(out, p)
		}
	}
	if d.DB != nil {
		out = append(out, place{placeLedger, filepath.Dir(d.DB.Path())})
	}
	return append(out, drives()...)
}

// startFolder is where choosing begins: where it ended last, else the first of
// the places that is there.
func (d *Desk) startFolder() string {
	if isFolder(d.folder) {
		return d.folder
	}
	if p := d.places(); len(p) > 0 {
		return p[0].path
	}
	return string(filepath.Separator)
}

func firstFolder(home string, names ...string) string {
	for _, n := range names {
		if p := filepath.Join(home, n); home != "" && isFolder(p) {
			return p
		}
	}
	return ""
}

// drives are the memory sticks and disks plugged in.
func drives() []place {
	var out []place
	if runtime.GOOS == "windows" {
		for letter := 'C'; letter <= 'Z'; letter++ {
			if p := string(letter) + `:\`; isFolder(p) {
				out = append(out, place{fmt.Sprintf(placeDrive, letter), p})
			}
		}
		return out
	}
	for _, pattern := range []string{"/media/*/*", "/run/media/*/*"} {
		found, _ := filepath.Glob(pattern) // the pattern is well formed
		for _, p := range found {
			if isFolder(p) {
				out = append(out, place{filepath.Base(p), p})
			}
		}
	}
	return out
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

func fileColumns() []grid.Column {
	return []grid.Column{
		{Name: "name", Label: headFileName, Type: field.Text, Width: 500},
		{Name: "changed", Label: headChanged, Type: field.Day, Width: 130},
		{Name: "size", Label: headSize, Type: field.Number, Width: 90},
	}
}

// filesIn lists the folders in a folder and then its files of some endings.
func filesIn(folder string, endings []string) ([]grid.Row, error) {
	entries, err := os.ReadDir(folder)
	var out []grid.Row
	var folders []grid.Row
	for _, e := range entries {
		name := e.Name()
		path := filepath.Join(folder, name)
		if strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") {
			continue
		}
		info, err := os.Stat(path)
		switch {
		case err != nil:
		case info.IsDir():
			folders = append(folders, grid.Row{ID: path, Cells: []string{sayFolder(name), info.ModTime().Format("2006.01.02 15:04"), ""}, Keys: []string{name, momentKey(info.ModTime())}})
		case slices.Contains(endings, strings.ToLower(filepath.Ext(name))):
			out = append(out, grid.Row{ID: path, Cells: []string{name, info.ModTime().Format("2006.01.02 15:04"), sayBytes(info.Size())},
				Keys: []string{name, momentKey(info.ModTime()), fmt.Sprint(info.Size())}})
		}
	}
	byName := func(a, b grid.Row) int { return cmp.Compare(a.Cells[0], b.Cells[0]) }
	slices.SortFunc(folders, byName)
	slices.SortFunc(out, byName)
	return append(folders, out...), err
}
