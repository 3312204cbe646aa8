package page

import (
	"context"
	"path/filepath"
	"testing"

	"touyan/store"
	"touyan/store/check"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/sample"
)

// Ensure that the ledger is looked through once for each state of it, and anew
// after an operation.
func TestFindingsOncePerState(t *testing.T) {
	opts := store.Options{Kinds: record.Kinds()}
	path := filepath.Join(t.TempDir(), "台账.touyan")
	if err := store.Create(path, sample.OfficeAt(field.Township), true, opts); err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(path, opts)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := sample.Build(context.Background(), db, store.Actor{Name: "测试"}, 1); err != nil {
		t.Fatal(err)
	}
	d := &Desk{DB: db}
	look := func() (found []check.Problem) {
		t.Helper()
		if err := db.View(func(tx *store.Tx) (err error) {
			found, err = d.findings(tx)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		return found
	}
	first := look()
	if again := look(); len(first) == 0 || &first[0] != &again[0] {
		t.Fatal("the same ledger was looked through twice")
	}
	if err := db.Do("录入", store.Actor{Name: "测试"}, func(tx *store.Tx) error {
		return tx.Put(&record.Person{Name: "满都拉", Politics: "13", Joined: field.Date{Year: 2003, Month: 7}})
	}); err != nil {
		t.Fatal(err)
	}
	if after := look(); len(after) <= len(first) {
		t.Errorf("%d findings before a faulty person, %d after", len(first), len(after))
	}
}
