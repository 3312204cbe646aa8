package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"touyan/store/examine"
	"touyan/store/pages"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	examine.Main(os.Args)
	testscript.Main(m, map[string]func(){"touyanctl": main})
}

// The cases lie in testdata, one file a story, readable without Go.
func TestStories(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(e *testscript.Env) error {
			e.Setenv("TOUYAN_USER", "")
			e.Setenv("XDG_CONFIG_HOME", filepath.Join(e.WorkDir, ".config")) // anchors lie there
			return nil
		},
		Condition: func(name string) (bool, error) {
			if name != "slow" {
				return false, fmt.Errorf("no condition %s", name)
			}
			return raceDetector, nil // making a key takes seconds then
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "cut": cut, "tear": tear, "findcopy": findCopy, "jsonlen": jsonLength, "jsonkeys": jsonKeys, "jsonhas": jsonHas,
		},
	})
}

// exits CODE ARGUMENTS runs touyanctl and holds it to what it exits with.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	err := ts.Exec("touyanctl", args[1:]...)
	code := 0
	if err != nil {
		if _, e := fmt.Sscanf(err.Error(), "exit status %d", &code); e != nil {
			ts.Fatalf("%v", err)
		}
	}
	if want, _ := strconv.Atoi(args[0]); code != want {
		ts.Fatalf("exit %d, want %d", code, want)
	}
}

// cut FILE SIZE leaves a file its first bytes.
func cut(ts *testscript.TestScript, neg bool, args []string) {
	size, err := strconv.ParseInt(args[1], 10, 64)
	ts.Check(err)
	ts.Check(os.Truncate(ts.MkAbs(args[0]), size))
}

// tear FILE takes away a page of a ledger's last operation, as a disk does that
// says it has written and has not.
func tear(ts *testscript.TestScript, neg bool, args []string) {
	path := ts.MkAbs(args[0])
	b, err := os.ReadFile(path)
	ts.Check(err)
	last := pages.Roots(bytes.NewReader(b))[0]
	clear(b[last.Tree*uint64(last.PageSize):][:last.PageSize])
	ts.Check(os.WriteFile(path, b, 0o600))
}

// findcopy FOLDER NAME copies the one backup in a folder to a name a story can say.
func findCopy(ts *testscript.TestScript, neg bool, args []string) {
	copies, err := filepath.Glob(ts.MkAbs(filepath.Join(args[0], "*.touyan")))
	ts.Check(err)
	if len(copies) != 1 {
		ts.Fatalf("%d copies", len(copies))
	}
	b, err := os.ReadFile(copies[0])
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), b, 0o600))
}

// array reads the JSON array that the last command wrote.
func array(ts *testscript.TestScript) []map[string]any {
	var rows []map[string]any
	if err := json.Unmarshal([]byte(ts.ReadFile("stdout")), &rows); err != nil {
		ts.Fatalf("no array of objects: %v", err)
	}
	return rows
}

// jsonlen LEAST [MOST] holds the array to a length.
func jsonLength(ts *testscript.TestScript, neg bool, args []string) {
	n := len(array(ts))
	least, _ := strconv.Atoi(args[0])
	most, _ := strconv.Atoi(args[len(args)-1])
	if n < least || n > most {
		ts.Fatalf("%d objects, want %s", n, strings.Join(args, " to "))
	}
}

// jsonkeys KEY... wants these keys in every object of the array, in no order,
// and with "only" in front no others.
func jsonKeys(ts *testscript.TestScript, neg bool, args []string) {
	only := args[0] == "only"
	if only {
		args = args[1:]
	}
	for i, row := range array(ts) {
		for _, key := range args {
			if _, ok := row[key]; !ok {
				ts.Fatalf("object %d has no key %s", i, key)
			}
		}
		if only && len(row) != len(args) {
			ts.Fatalf("object %d has %d keys, want %d", i, len(row), len(args))
		}
	}
}

// jsonhas KEY=VALUE... wants an object of the array that has all of them.
func jsonHas(ts *testscript.TestScript, neg bool, args []string) {
	for _, row := range array(ts) {
		all := true
		for _, a := range args {
			key, value, _ := strings.Cut(a, "=")
			all = all && fmt.Sprint(row[key]) == value
		}
		if all {
			if neg {
				ts.Fatalf("there is an object with %v", args)
			}
			return
		}
	}
	if !neg {
		ts.Fatalf("no object with %v", args)
	}
}
