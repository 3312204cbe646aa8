package store_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"testing"

	"touyan/store"
)

// Ensure that a program killed in the middle of a big import leaves the ledger
// as it was before.
func TestKilledImportLeavesNothing(t *testing.T) {
	if path := os.Getenv("TOUYAN_KILL_TEST"); path != "" {
		importUntilKilled(t, path)
	}
	db := newLedger(t, township)
	put(t, db, &person{Name: "甲"})
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	child := exec.Command(os.Args[0], "-test.run=^TestKilledImportLeavesNothing$")
	child.Env = append(os.Environ(), "TOUYAN_KILL_TEST="+db.Path())
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	line, _ := bufio.NewReader(out).ReadString('\n')
	if line != "staged\n" {
		t.Errorf("the child said %q", line)
	}
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	child.Wait() // killed: its error is expected

	again := open(t, db.Path())
	if got := people(t, again); len(got) != 1 || got[0].Name != "甲" {
		t.Errorf("%d people after the crash, want the one of before", len(got))
	}
	if _, err := stagePeople(again, 10, func(*store.Stage) error { return nil }); err != nil {
		t.Errorf("the next import: %v", err)
	}
	if n := len(people(t, again)); n != 11 {
		t.Errorf("%d people after the next import", n)
	}
}

// importUntilKilled stages more than one commit's worth of records, says so
// and waits for the end.
func importUntilKilled(t *testing.T, path string) {
	db, err := store.Open(path, options())
	if err != nil {
		t.Fatal(err)
	}
	k := kinds.Kind("person")
	db.Stage(context.Background(), "导入", clerk, func(s *store.Stage) error {
		for range 12_000 {
			row := k.Take(&person{Name: "某人"})
			row.ID = store.NewID(db.Now())
			if err := s.Create("person", row); err != nil {
				return err
			}
		}
		fmt.Println("staged")
		select {}
	})
}
