package store_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"touyan/store"
)

// Ensure that nothing of a rewriting that was broken off is left, and the ledger
// is what it was.
func TestBrokenOffRekey(t *testing.T) {
	db, _ := protected(t)
	p := &person{Name: "白音巴图"}
	put(t, db, p)
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if err := db.Rekey(ctx); err == nil {
		t.Fatal("not broken off")
	}
	if value(t, db, "person", p.ID, "name") != "白音巴图" || !verify(t, db).Good() {
		t.Error("the ledger is not what it was")
	}
	if err := db.Rekey(t.Context()); err != nil {
		t.Fatal(err)
	}
	if value(t, db, "person", p.ID, "name") != "白音巴图" || !verify(t, db).Good() {
		t.Error("after the second try")
	}
	left, err := os.ReadDir(filepath.Dir(db.Path()))
	if err != nil || len(left) != 1 {
		t.Errorf("beside the ledger lies %v, %v", left, err)
	}
}

// Ensure that what was deleted is in no page of the file once it is compacted,
// not even for those who have the keys.
func TestCompactLeavesNothing(t *testing.T) {
	db := newLedger(t, township)
	for range 20 {
		seq := do(t, db, "录入", func(tx *store.Tx) error { return tx.Put(&person{Name: strings.Repeat("白", 300)}) })
		if _, err := db.Undo(seq, clerk, false); err != nil {
			t.Fatal(err)
		}
	}
	before := size(t, db.Path())
	if err := db.Compact(t.Context()); err != nil {
		t.Fatal(err)
	}
	put(t, db, &person{Name: "李秀英"})
	if after := size(t, db.Path()); after >= before {
		t.Errorf("%d bytes before, %d after", before, after)
	}
	if !verify(t, db).Good() {
		t.Error("damaged by compacting")
	}
}

func size(t testing.TB, path string) int64 {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Size()
}

// Ensure that no byte of what was purged is in the file any more, not as it was
// sealed either: not of the record, its lines in the journal, its draft.
func TestPurgedBytesAreGone(t *testing.T) {
	db, _ := protected(t)
	p := &person{Name: "白音巴图", Phone: "13800001234"}
	put(t, db, p)
	do(t, db, "更正", func(tx *store.Tx) error {
		tx.NoteWhy("本人来电")
		p.Phone = "13900001234"
		return tx.Put(p)
	})
	ok(t, db.KeepDraft("person/"+p.ID, draft{"name": "白音"}))
	do(t, db, "作废", func(tx *store.Tx) error { return tx.Void("person", p.ID, "重复") })
	before := values(t, db)
	if _, err := db.Purge(t.Context(), "person", p.ID, "本人要求", clerk); err != nil {
		t.Fatal(err)
	}
	after := values(t, db)
	b, err := os.ReadFile(db.Path())
	ok(t, err)
	gone := map[string]int{}
	for sealed, bucket := range before {
		if after[sealed] != "" || bucket == "header" || bucket == "door" {
			continue
		}
		if gone[bucket]++; bytes.Contains(b, []byte(sealed)) {
			t.Errorf("what lay in %s is in the file still", bucket)
		}
	}
	for _, bucket := range []string{"r:person", "changes", "drafts", "tails"} {
		if gone[bucket] == 0 {
			t.Errorf("nothing of %s was purged", bucket)
		}
	}
}

// values is where each sealed value of an open ledger lies.
func values(t *testing.T, db *store.DB) map[string]string {
	t.Helper()
	out := map[string]string{}
	each(t, copied(t, db), func(bucket string, _, v []byte) {
		if len(v) > 20 {
			out[string(v)] = bucket
		}
	})
	return out
}
