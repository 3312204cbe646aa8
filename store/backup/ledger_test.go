package backup

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"touyan/store"
	"touyan/store/field"
)

// person is the smallest kind of record.
type person struct {
	field.Head
	Name string
}

func (p *person) Fields() []field.Field {
	return []field.Field{field.Words(&p.Name, "name", "姓名", field.Match)}
}

var kinds = field.Kinds{field.NewKind("person", "人员", "name", func() field.Record { return new(person) })}

var (
	clerk    = store.Actor{Name: "张敏"}
	township = store.Office{Code: "150426201", Name: "白音花苏木", Level: field.Township}
	morning  = time.Date(2026, 11, 23, 9, 15, 42, 0, time.Local)
)

// clock is set by hand.
type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

func (c *clock) pass(d time.Duration) { c.at = c.at.Add(d) }

func options(now func() time.Time) store.Options {
	return store.Options{Kinds: kinds, Machine: "test", Now: now}
}

// newLedger is an open ledger called 台账 with a clock that stands still.
func newLedger(t testing.TB) (*store.DB, *clock) {
	t.Helper()
	c := &clock{morning}
	path := filepath.Join(t.TempDir(), "台账.touyan")
	if err := store.Create(path, township, false, options(c.now)); err != nil {
		t.Fatal(err)
	}
	return open(t, path, c.now), c
}

func open(t testing.TB, path string, now func() time.Time) *store.DB {
	t.Helper()
	db, err := store.Open(path, options(now))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func save(t testing.TB, db *store.DB, name string) {
	t.Helper()
	if err := db.Do("录入", clerk, func(tx *store.Tx) error { return tx.Put(&person{Name: name}) }); err != nil {
		t.Fatal(err)
	}
}

// names are the people of a ledger that is open.
func names(t testing.TB, db *store.DB) (list []string) {
	t.Helper()
	err := db.View(func(tx *store.Tx) error {
		for row, err := range tx.Rows("person") {
			if err != nil {
				return err
			}
			list = append(list, row.Values[0])
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// held are the people of a ledger that is not open.
func held(t testing.TB, path string) (list []string) {
	t.Helper()
	err := store.Look(path, options(nil), func(tx *store.Tx) error {
		for row, err := range tx.Rows("person") {
			if err != nil {
				return err
			}
			list = append(list, row.Values[0])
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func mustMake(t testing.TB, db *store.DB, why Reason) Copy {
	t.Helper()
	c, err := Make(t.Context(), db, Folder(db.Path()), why, nil)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// files are the names in a folder.
func files(t testing.TB, folder string) (list []string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return list
}

// crowd fills a ledger with so many people.
func crowd(t testing.TB, db *store.DB, n int) {
	t.Helper()
	k := kinds.Kind("person")
	_, err := db.Stage(t.Context(), "导入", clerk, func(s *store.Stage) error {
		for i := range n {
			row := k.Take(&person{Name: "某人" + strconv.Itoa(i)})
			row.ID = store.NewID(db.Now())
			if err := s.Create("person", row); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
