package store_test

import (
	"bufio"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"slices"
	"testing"

	"touyan/store"
)

type draft map[string]string

func draftOf(t *testing.T, db *store.DB, key string) (d draft) {
	t.Helper()
	found, err := db.Draft(key, &d)
	if err != nil || found != (d != nil) {
		t.Fatalf("draft %s: found %v, %v, %v", key, found, d, err)
	}
	return d
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Ensure that a draft is kept, replaced and dropped, each under its own key.
func TestDrafts(t *testing.T) {
	db := newLedger(t, township)
	if d := draftOf(t, db, "person/1"); d != nil {
		t.Errorf("a new ledger has a draft %v", d)
	}
	ok(t, db.DropDraft("person/1"))
	ok(t, db.KeepDraft("person/1", draft{"name": "白"}))
	ok(t, db.KeepDraft("person/1", draft{"name": "白音", "birth": "1985.1"}))
	ok(t, db.KeepDraft("post/1", draft{"term": "第十一届"}))
	if d := draftOf(t, db, "person/1"); !maps.Equal(d, draft{"name": "白音", "birth": "1985.1"}) {
		t.Errorf("the later draft is %v", d)
	}
	if keys, err := db.Drafts(); err != nil || !slices.Equal(keys, []string{"person/1", "post/1"}) {
		t.Errorf("drafts %v, %v", keys, err)
	}
	ok(t, db.DropDraft("person/1"))
	if d := draftOf(t, db, "person/1"); d != nil {
		t.Errorf("dropped, and still there: %v", d)
	}
	if d := draftOf(t, db, "post/1"); d["term"] != "第十一届" {
		t.Errorf("the other draft is %v", d)
	}
}

// Ensure that a draft is no operation: it takes no number, nobody is told, and
// the operations before and after it follow one another.
func TestDraftIsNoOperation(t *testing.T) {
	db := newLedger(t, township)
	put(t, db, &person{Name: "甲"})
	told := 0
	db.Watch(func(store.Event) { told++ })
	before := seq(t, db)
	ok(t, db.KeepDraft("person/1", draft{"name": "乙"}))
	ok(t, db.DropDraft("person/1"))
	if after := seq(t, db); after != before || told != 0 {
		t.Errorf("operation %d became %d, and %d were told", before, after, told)
	}
	put(t, db, &person{Name: "乙"})
	if after := seq(t, db); after != before+1 {
		t.Errorf("the next operation is %d after %d", after, before)
	}
}

func seq(t *testing.T, db *store.DB) (n uint64) {
	t.Helper()
	ok(t, db.View(func(tx *store.Tx) error {
		n = tx.Seq()
		return nil
	}))
	return n
}

// Ensure that a draft is there after the program was killed: kept is on disk.
func TestDraftOutlivesAKill(t *testing.T) {
	if path := os.Getenv("TOUYAN_DRAFT_TEST"); path != "" {
		db, err := store.Open(path, options())
		ok(t, err)
		ok(t, db.KeepDraft("person/1", draft{"name": "白音巴图"}))
		fmt.Println("kept")
		select {}
	}
	db := newLedger(t, township)
	ok(t, db.Close())
	child := exec.Command(os.Args[0], "-test.run=^TestDraftOutlivesAKill$")
	child.Env = append(os.Environ(), "TOUYAN_DRAFT_TEST="+db.Path())
	out, err := child.StdoutPipe()
	ok(t, err)
	ok(t, child.Start())
	if line, _ := bufio.NewReader(out).ReadString('\n'); line != "kept\n" {
		t.Errorf("the child said %q", line)
	}
	ok(t, child.Process.Kill())
	child.Wait() // killed: its error is expected
	if d := draftOf(t, open(t, db.Path()), "person/1"); d["name"] != "白音巴图" {
		t.Errorf("after the kill the draft is %v", d)
	}
}

// Ensure that a draft lies under the strictest class of its kind that its writer
// reads, and that who does not read that class neither sees, replaces nor drops it.
func TestDraftsByClass(t *testing.T) {
	db, _ := protected(t)
	addUser(t, db, "经办", clerkWord, store.Clerk)
	addUser(t, db, "管理", leadWord, store.Admin)
	ok(t, db.KeepDraft("case/1", draft{"found": "挪用"}))
	login(t, db, "管理", leadWord)
	if err := db.KeepDraft("case/3", draft{"found": "x"}); !errors.Is(err, store.ErrNoRight) || errors.Is(err, store.ErrUnsaved) {
		t.Errorf("without any class: %v", err)
	}
	login(t, db, "经办", clerkWord)
	if d := draftOf(t, db, "case/1"); d != nil {
		t.Errorf("a clerk reads %v", d)
	}
	if err := db.KeepDraft("case/1", draft{"name": "饲草款"}); !errors.Is(err, store.ErrNoRight) {
		t.Errorf("replacing it: %v", err)
	}
	ok(t, db.DropDraft("case/1"))
	ok(t, db.KeepDraft("case/2", draft{"name": "饲草款"}))
	if d := draftOf(t, db, "case/2"); d["name"] != "饲草款" {
		t.Errorf("his own is %v", d)
	}
	login(t, db, "苏和", adminWord)
	if d := draftOf(t, db, "case/1"); d["found"] != "挪用" {
		t.Errorf("after a clerk was in the draft is %v", d)
	}
}
