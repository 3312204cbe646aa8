package store_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/vault"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

// village and person are the two smallest kinds that refer to one another.
type village struct {
	field.Head
	Name string
	Word string // the county's word
}

func (v *village) Fields() []field.Field {
	return []field.Field{
		field.Words(&v.Name, "name", "嘎查村", field.Match),
		field.Words(&v.Word, "word", "结论", field.OwnedBy(field.County)),
	}
}

type person struct {
	field.Head
	Name    string
	Village string
	Phone   string
	Birth   field.Date
}

func (p *person) Fields() []field.Field {
	return []field.Field{
		field.Words(&p.Name, "name", "姓名", field.Match),
		field.Link(&p.Village, "village", "嘎查村", "village"),
		field.Telephone(&p.Phone, "phone", "电话"),
		field.On(&p.Birth, "birth", "出生年月"),
	}
}

// inquiry is a kind with cells of every class.
type inquiry struct {
	field.Head
	Name, Found, Next string
	Fine              *int64
}

func (q *inquiry) Fields() []field.Field {
	return []field.Field{
		field.Words(&q.Name, "name", "事由", field.Match),
		field.Words(&q.Found, "found", "查明", field.OfClass(field.Discipline)),
		field.Amount(&q.Fine, "fine", "扣发", field.OfClass(field.Pay)),
		field.Words(&q.Next, "next", "下一步"),
	}
}

var kinds = field.Kinds{
	field.NewKind("village", "嘎查村", "name", func() field.Record { return new(village) }),
	field.NewKind("case", "线索", "name", func() field.Record { return new(inquiry) }),
	field.NewKind("person", "人员", "name", func() field.Record { return new(person) }),
}

var clerk = store.Actor{Name: "张敏"}

func options() store.Options {
	at := time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)
	return store.Options{Kinds: kinds, Machine: "test", Cost: vault.Floor, Now: func() time.Time {
		at = at.Add(time.Minute)
		return at
	}}
}

func newLedger(t testing.TB, office store.Office) *store.DB {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.touyan")
	if err := store.Create(path, office, false, options()); err != nil {
		t.Fatal(err)
	}
	return open(t, path)
}

func open(t testing.TB, path string) *store.DB {
	t.Helper()
	db, err := store.Open(path, options())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := checkFile(db); err != nil && !errors.Is(err, os.ErrClosed) {
			t.Error(err)
		}
	})
	return db
}

// checkFile looks at every value of the ledger, closes it and runs bbolt's own
// consistency check.
func checkFile(db *store.DB) error {
	report, err := db.Verify(context.Background())
	if err == nil && !report.Good() {
		err = fmt.Errorf("verify: %v", report.Findings)
	}
	if errors.Is(err, store.ErrLocked) || errors.Is(err, bolterrors.ErrDatabaseNotOpen) {
		err = nil
	}
	if err := errors.Join(err, db.Close()); err != nil {
		return err
	}
	b, err := bbolt.Open(db.Path(), 0o600, &bbolt.Options{Timeout: time.Second})
	if err != nil {
		return err
	}
	defer b.Close()
	return b.View(func(tx *bbolt.Tx) error {
		for err := range tx.Check() {
			return err
		}
		return nil
	})
}

var (
	township = store.Office{Code: "150426201", Name: "白音花苏木", Level: field.Township}
	county   = store.Office{Code: "150426", Name: "某旗", Level: field.County}
)

func put(t testing.TB, db *store.DB, rec field.Record) {
	t.Helper()
	if err := db.Do("录入", clerk, func(tx *store.Tx) error { return tx.Put(rec) }); err != nil {
		t.Fatal(err)
	}
}

func people(t testing.TB, db *store.DB) (list []*person) {
	t.Helper()
	err := db.View(func(tx *store.Tx) error {
		for p, err := range store.All[person](tx) {
			if err != nil {
				return err
			}
			list = append(list, p)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}
