//go:build linux

package exchange_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"touyan/store"
	"touyan/store/exchange"
	"touyan/store/record"
)

// With -update the files of testdata/hostile are made anew, and corpus.txt is
// written as the program judges them now: read it before you keep it.
var updateHostile = flag.Bool("update", false, "make the hostile files and corpus.txt anew")

const (
	hostileDir = "testdata/hostile"
	corpusFile = "testdata/corpus.txt"

	// What a file may cost, of memory and of the processor. A child that opens an
	// honest book takes some 50 MB and a tenth of a second. One that hangs is ended.
	mostMemory = 300 << 10 // KB
	mostTime   = 3 * time.Second
	hangs      = time.Minute
)

// The variables that make the test program a child that opens one file.
const (
	hostileBook   = "TOUYAN_TEST_BOOK"
	hostileLedger = "TOUYAN_TEST_LEDGER"
)

// Ensure that each file made to mislead, to cost much or to break something is
// taken in whole or refused with the sentence that stands in corpus.txt, in the
// time and memory that any book may take. Each is opened by a process of its own,
// as the clerk would, by content and not by name.
func TestHostileCorpus(t *testing.T) {
	if *updateHostile {
		makeHostile(t)
	}
	dir := t.TempDir()
	db := newOffice(t, dir, township, clock())
	ledger := db.Path()
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for _, f := range hostileFiles() {
		verdict := judge(t, f.name, ledger)
		fmt.Fprintf(&got, "%s\n  类别：%s\n%s\n", f.name, f.class, verdict)
	}
	if *updateHostile {
		if err := os.WriteFile(corpusFile, []byte(got.String()), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(corpusFile)
	if err != nil {
		t.Fatal(err)
	}
	wants, gots := strings.Split(string(want), "\n\n"), strings.Split(got.String(), "\n\n")
	for i := range max(len(wants), len(gots)) {
		if i >= len(wants) || i >= len(gots) || wants[i] != gots[i] {
			t.Fatalf("differs from corpus.txt:\n%s", strings.Join(gots[min(i, len(gots)-1):min(i+1, len(gots))], ""))
		}
	}
}

// Ensure that the files in testdata are those the code names, and no others: how
// each is made can be read there. Their bytes are those of the day, for packing and
// encrypting change with their makers.
func TestHostileFilesAreMadeHere(t *testing.T) {
	var names []string
	for _, f := range hostileFiles() {
		names = append(names, f.name)
	}
	there, err := os.ReadDir(hostileDir)
	if err != nil {
		t.Fatal(err)
	}
	var lie []string
	for _, e := range there {
		lie = append(lie, e.Name())
	}
	slices.Sort(names)
	if slices.Sort(lie); !slices.Equal(lie, names) || len(names) < 60 {
		t.Errorf("there are %q, the code names %q", lie, names)
	}
}

func makeHostile(t *testing.T) {
	t.Helper()
	err := os.RemoveAll(hostileDir)
	if err == nil {
		err = os.MkdirAll(hostileDir, 0o700)
	}
	for _, f := range hostileFiles() {
		if err == nil {
			err = os.WriteFile(filepath.Join(hostileDir, f.name), f.make(), 0o600)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
}

// judge has a child open a file and gives what it says.
func judge(t *testing.T, name, ledger string) string {
	t.Helper()
	path, err := filepath.Abs(filepath.Join(hostileDir, name))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), hangs)
	defer cancel()
	cmd := exec.CommandContext(ctx, os.Args[0], "-test.run=^TestHostileChild$")
	cmd.Env = append(os.Environ(), hostileBook+"="+path, hostileLedger+"="+ledger)
	var out, said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &said
	if err := cmd.Run(); err != nil {
		t.Errorf("%s: %v %v\n%s%s", name, err, ctx.Err(), out.String(), said.String())
		return ""
	}
	used, took := cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss, cmd.ProcessState.UserTime()+cmd.ProcessState.SystemTime()
	if t.Logf("%s: %d MB, %v", name, used>>10, took); used > slack*mostMemory || took > slack*mostTime {
		t.Errorf("%s took %d MB and %v", name, used>>10, took)
	}
	verdict, _, _ := strings.Cut(out.String(), "PASS\n")
	return verdict
}

// TestHostileChild is what the child does: it opens one file and prints what comes
// of it. Without a file there is nothing to do.
func TestHostileChild(t *testing.T) {
	path := os.Getenv(hostileBook)
	if path == "" {
		t.Skip("no book was given")
	}
	db, err := store.Open(os.Getenv(hostileLedger), store.Options{Kinds: record.Kinds(), Machine: "test"})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	b, err := exchange.Open(t.Context(), db, path, exchange.Options{})
	if err != nil {
		fmt.Printf("  拒绝：%s\n", strings.ReplaceAll(err.Error(), "\n", "\n  "))
		return
	}
	for _, table := range b.Tables {
		fmt.Printf("  读入：%s，%d行\n", table.Form.Title, table.Len())
		for _, l := range table.Left {
			fmt.Printf("  未读：第%d行（%s）\n", l.Number, l.Why)
		}
		for n := range min(table.Len(), 2) {
			row := table.Row(n)
			for i, v := range row.Values {
				switch {
				case v.Problem != nil:
					fmt.Printf("  提醒：%s %s\n", table.Cell(row, i), v.Problem.Message)
				case v.Text != "":
					fmt.Printf("  %s %s=%q\n", table.Cell(row, i), table.Form.Columns[i].Path, v.Text)
				}
			}
		}
	}
}
