package main

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// imported is a package of ours and what it imports itself.
type imported struct {
	ImportPath                         string
	Imports, TestImports, XTestImports []string
}

// ours lists our packages, the commands for builders among them.
func ours(t *testing.T) []imported {
	t.Helper()
	cmd := exec.Command("go", "list", "-tags", "ci", "-json=ImportPath,Imports,TestImports,XTestImports", "touyan/...")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []imported
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p imported
		err := d.Decode(&p)
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

// under reports whether a package is the one named or lies below it.
func under(path, root string) bool { return path == root || strings.HasPrefix(path, root+"/") }

// topLevel is what may lie there; its files with a leading dot aside.
var topLevel = []string{"FyneApp.toml", "LICENSE", "README.md", "assets", "cmd", "go.mod", "go.sum", "store", "ui"}

// Ensure that nothing is kept in git at the top level but what the house is made
// of: what go build leaves there is not.
func TestTopLevel(t *testing.T) {
	cmd := exec.Command("git", "ls-files", "-z", "--full-name", ":/") // -z: names as they are, not quoted
	out, err := cmd.Output()
	if err != nil {
		t.Skipf("git ls-files: %v", err) // an archive of the source has no git
	}
	for path := range strings.SplitSeq(strings.TrimRight(string(out), "\x00"), "\x00") {
		top, _, _ := strings.Cut(path, "/")
		if !strings.HasPrefix(top, ".") && !slices.Contains(topLevel, top) {
			t.Errorf("%s does not belong there", top)
		}
	}
}

// Ensure that the house keeps its walls: what each part may import itself.
func TestWalls(t *testing.T) {
	const toolkit, driver = "fyne.io/fyne/v2", "fyne.io/fyne/v2/app"
	type wall struct {
		name      string
		of        func(path string) bool
		forbidden func(imports string) bool
	}
	ofTestsToo := []wall{
		{"the store knows no screen", func(p string) bool { return under(p, "touyan/store") },
			func(i string) bool { return under(i, toolkit) || under(i, "touyan/ui") }},
		{"the screens know neither the file's format nor a workbook's", func(p string) bool { return under(p, "touyan/ui") },
			func(i string) bool { return under(i, "go.etcd.io/bbolt") || under(i, "github.com/xuri/excelize/v2") }},
	}
	walls := []wall{
		{"books made by hand are for tests", func(p string) bool { return p != "touyan/store/sheet/byhand" && p != "touyan/store/exchange/levels" },
			func(i string) bool { return i == "touyan/store/sheet/byhand" }},
		{"histories are for tests", func(p string) bool { return p != "touyan/store/exchange/levels" && p != "touyan/cmd/dev/torture" },
			func(i string) bool { return i == "touyan/store/exchange/levels" }},
		{"readers of workbooks know cells, not the ledger", func(p string) bool { return p == "touyan/store/xlsx" || p == "touyan/store/oldbook" },
			func(i string) bool {
				return under(i, "touyan") && i != "touyan/store/disk" && i != "touyan/store/xlsx"
			}},
		{"the form of a cadre knows dates, not records", func(p string) bool { return p == "touyan/store/lrmx" },
			func(i string) bool { return under(i, "touyan") && i != "touyan/store/field" }},
		{"the ledger is handed its kinds", func(p string) bool { return p == "touyan/store" },
			func(i string) bool { return under(i, "touyan/store/record") }},
		{"what everyone may call knows nobody", func(p string) bool { return p == "touyan/store/disk" || p == "touyan/store/vault" },
			func(i string) bool { return under(i, "touyan") }},
		{"form, grid and theme know fields, not kinds", func(p string) bool { return p == "touyan/ui/form" || p == "touyan/ui/grid" || p == "touyan/ui/theme" },
			func(i string) bool {
				return strings.HasPrefix(i, "touyan/") && i != "touyan/store/field" && i != "touyan/ui/theme" && i != "touyan/ui/find" && i != "touyan/ui/screen" && i != "touyan/ui/entry" && i != "touyan/ui/button"
			}},
		{"charts know numbers and words", func(p string) bool { return p == "touyan/ui/chart" },
			func(i string) bool { return under(i, "touyan") && i != "touyan/ui/theme" && i != "touyan/ui/screen" }},
		{"what tells the canvas knows nobody of ours", func(p string) bool { return p == "touyan/ui/screen" },
			func(i string) bool { return under(i, "touyan") }},
		{"a text field and a button know only where they stand", func(p string) bool { return p == "touyan/ui/entry" || p == "touyan/ui/button" },
			func(i string) bool { return under(i, "touyan") && i != "touyan/ui/screen" }},
		{"finding knows nobody", func(p string) bool { return p == "touyan/ui/find" },
			func(i string) bool { return under(i, "touyan") || under(i, toolkit) }},
		{"only this command starts the toolkit", func(p string) bool { return p != "touyan/cmd/touyan" },
			func(i string) bool { return i == driver }},
		{"nothing of ours goes over a network", func(p string) bool { return true },
			func(i string) bool { return under(i, "net") && i != "net/url" }},
		{"touyanctl needs no screen", func(p string) bool { return p == "touyan/cmd/touyanctl" },
			func(i string) bool { return under(i, toolkit) || under(i, "touyan/ui") }},
		{"nothing is built on the commands", func(p string) bool { return true },
			func(i string) bool { return under(i, "touyan/cmd") }},
	}
	packages := ours(t)
	if len(packages) < 10 {
		t.Fatalf("go list found %d packages", len(packages))
	}
	for n, w := range append(ofTestsToo, walls...) {
		met := false
		for _, p := range packages {
			if !w.of(p.ImportPath) {
				continue
			}
			met = true
			imports := p.Imports
			if n < len(ofTestsToo) {
				imports = slices.Concat(p.Imports, p.TestImports, p.XTestImports)
			}
			for _, i := range imports {
				if w.forbidden(i) {
					t.Errorf("%s: %s imports %s", w.name, p.ImportPath, i)
				}
			}
		}
		if !met {
			t.Errorf("%s: no such package", w.name)
		}
	}
}
