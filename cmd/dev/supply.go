package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

// What we lean on: the modules are those go.sum knows, the analysers are asked
// for by exact version, and the database of known vulnerabilities is a dated
// copy on this machine, since nothing here goes to the network for an answer
// that would be another tomorrow.
const (
	staticcheckTool = "honnef.co/go/tools/cmd/staticcheck@v0.8.2"
	vulnTool        = "golang.org/x/vuln/cmd/govulncheck@v1.9.0"

	// vulnFolder is where the database lies unless TOUYAN_VULNDB says otherwise:
	// ID/*.json and index/*.json, as vuln.go.dev has them.
	vulnFolder = "build/vulndb"
)

// tool runs an analyser of one version over everything, as it is without cgo.
func tool(ctx context.Context, words ...string) error {
	words = append([]string{"go", "run"}, words...)
	return command(ctx, []string{"CGO_ENABLED=0"}, append(words, "-tags", "ci", "./...")...)
}

// vulnerable looks for known vulnerabilities that our code can reach. Without a
// database it is skipped.
func vulnerable(ctx context.Context) error {
	dir := os.Getenv("TOUYAN_VULNDB")
	if dir == "" {
		dir = vulnFolder
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	date, err := vulnDate(dir)
	if os.IsNotExist(err) {
		fmt.Println("skipped")
		return nil
	}
	if err != nil {
		return err
	}
	fmt.Println("database of", date)
	return tool(ctx, vulnTool, "-db", "file://"+filepath.ToSlash(dir))
}

// vulnDate is when a database was last changed, as it says itself.
func vulnDate(dir string) (string, error) {
	content, err := os.ReadFile(filepath.Join(dir, "index", "db.json"))
	if err != nil {
		return "", err
	}
	var index struct {
		Modified string `json:"modified"`
	}
	if err := json.Unmarshal(content, &index); err != nil || index.Modified == "" {
		return "", fmt.Errorf("%s is no database of vulnerabilities: its index has no date", dir)
	}
	return index.Modified, nil
}
