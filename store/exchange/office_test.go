package exchange_test

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"touyan/store"
	"touyan/store/exchange"
	"touyan/store/field"
	"touyan/store/record"

	"github.com/xuri/excelize/v2"
)

var clerk = store.Actor{Name: "张敏"}

var (
	township = store.Office{Code: "150426201", Name: "白音花苏木", Level: field.Township}
	county   = store.Office{Code: "150426", Name: "云杉旗", Level: field.County}
)

// failer is what testing.T and rapid.T share.
type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

// clock counts minutes, so that no two things happen at once and every run is
// the same.
func clock() func() time.Time {
	at := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	return func() time.Time { at = at.Add(time.Minute); return at }
}

func newOffice(t failer, dir string, o store.Office, now func() time.Time) *store.DB {
	t.Helper()
	path := filepath.Join(dir, fmt.Sprint(o.Code, "-", len(must(os.ReadDir(dir))), ".touyan"))
	opts := store.Options{Kinds: record.Kinds(), Machine: "test", Now: now}
	if err := store.Create(path, o, false, opts); err != nil {
		t.Fatalf("create: %v", err)
	}
	db, err := store.Open(path, opts)
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	do(t, db, func(tx *store.Tx) error {
		return tx.Put(&record.Office{Head: field.Head{ID: store.OfficeID(o.Code)}, Code: o.Code, Name: o.Name, Level: fmt.Sprint(int(o.Level))})
	})
	return db
}

func do(t failer, db *store.DB, f func(*store.Tx) error) {
	t.Helper()
	if err := db.Do("录入", clerk, f); err != nil {
		t.Fatalf("do: %v", err)
	}
}

func view(t failer, db *store.DB, f func(*store.Tx) error) {
	t.Helper()
	if err := db.View(f); err != nil {
		t.Fatalf("view: %v", err)
	}
}

// send writes a bundle of all registers for an office.
func send(t failer, db *store.DB, to store.Office, path string) {
	t.Helper()
	forms := must(exchange.Registers(db.Kinds(), nil))
	_, err := exchange.Send(context.Background(), db, clerk, path, exchange.Order{To: to, Forms: forms, Cover: true, AsOf: field.Date{Year: 2026}}, nil)
	if err != nil {
		t.Fatalf("send: %v", err)
	}
}

// must stops at a fault of the test's own tools.
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func plan(t failer, db *store.DB, path string, o exchange.Options) *exchange.Plan {
	t.Helper()
	book, err := exchange.Open(context.Background(), db, path, o)
	if err != nil {
		t.Fatalf("open book: %v", err)
	}
	var p *exchange.Plan
	view(t, db, func(tx *store.Tx) (err error) {
		p, err = book.Plan(context.Background(), tx)
		return err
	})
	return p
}

// receive takes a book in and returns what it did.
func receive(t failer, db *store.DB, path string) exchange.Report {
	t.Helper()
	r, err := exchange.Apply(context.Background(), db, clerk, plan(t, db, path, exchange.Options{}), nil)
	if err != nil {
		t.Fatalf("apply: %v", err)
	}
	return r
}

// ledger is what an office's lists and its open conflicts say, as text that
// two ledgers agree on exactly when they hold the same villages and people.
func ledger(t failer, db *store.DB) string {
	t.Helper()
	var out []string
	view(t, db, func(tx *store.Tx) error {
		for _, k := range db.Kinds() {
			if k.Name == "office" {
				continue // each level speaks of its own offices
			}
			for row, err := range tx.Rows(k.Name) {
				if err != nil {
					return err
				}
				line := k.Name + " " + row.ID
				for i, f := range k.Fields {
					if row.Values[i] != "" {
						line += " " + f.Name + "=" + row.Values[i]
					}
				}
				out = append(out, line)
			}
		}
		return nil
	})
	return strings.Join(out, "\n")
}

// conflicts lists the open conflicts: the values of each, sorted.
func conflicts(t failer, db *store.DB) (out []string) {
	t.Helper()
	view(t, db, func(tx *store.Tx) error {
		found, err := tx.Conflicts()
		for _, c := range found {
			values := map[string]bool{}
			for _, v := range c.Versions {
				values[v.Value] = true
			}
			k := db.Kinds().Kind(c.Kind)
			out = append(out, fmt.Sprintf("%s %s: %s", tx.Name(c.Kind, c.Record), k.Field(c.Field).Label,
				strings.Join(slices.Sorted(maps.Keys(values)), " / ")))
		}
		return err
	})
	slices.Sort(out)
	return out
}

// hand is a book opened in another program and edited by hand.
type hand struct {
	t     failer
	f     *excelize.File
	sheet string
	head  int            // row of the heads
	cols  map[string]int // by head, from 1
}

func openByHand(t failer, path, sheet string) *hand {
	t.Helper()
	f := must(excelize.OpenFile(path))
	h := &hand{t: t, f: f, sheet: sheet, cols: map[string]int{}}
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatalf("rows of %s: %v", sheet, err)
	}
	for i, row := range rows {
		if slices.Contains(row, "序号") && h.head == 0 {
			h.head = i + 1
			for c, name := range row {
				if strings.HasPrefix(name, "行码") {
					name = "行码"
				}
				h.cols[name] = c + 1
			}
		}
	}
	if h.head == 0 {
		t.Fatalf("sheet %s has no heads", sheet)
	}
	return h
}

func (h *hand) cell(row int, head string) string {
	c, ok := h.cols[head]
	if !ok {
		h.t.Fatalf("sheet %s has no column %s", h.sheet, head)
	}
	return must(excelize.CoordinatesToCellName(c, h.head+row))
}

func (h *hand) get(row int, head string) string {
	return must(h.f.GetCellValue(h.sheet, h.cell(row, head)))
}

// set types a text into a cell; row counts data rows from 1.
func (h *hand) set(row int, head, text string) {
	if err := h.f.SetCellStr(h.sheet, h.cell(row, head), text); err != nil {
		h.t.Fatalf("%v", err)
	}
}

// rows is how many data rows there are: those with a 行码.
func (h *hand) rows() int {
	n := 0
	for h.get(n+1, "行码") != "" {
		n++
	}
	return n
}

func (h *hand) save(path string) {
	if err := h.f.SaveAs(path); err != nil {
		h.t.Fatalf("%v", err)
	}
	h.f.Close()
}

// person makes an invented person with a valid ID number.
func person(name string, birth field.Date, n int, phone string) *record.Person {
	sex := "2"
	if n%2 == 1 {
		sex = "1"
	}
	id := field.CompleteID(fmt.Sprintf("150499%04d%02d%02d%03d", birth.Year, birth.Month, birth.Day, n))
	return &record.Person{Name: name, IDNo: id, Sex: sex, Ethnic: "01", Birth: field.Date{Year: birth.Year, Month: birth.Month}, Phone: phone}
}

// threeVillages fills an office with three villages, a 书记 each (一肩挑 in the
// first) and a reserve.
func threeVillages(t failer, db *store.DB) {
	t.Helper()
	do(t, db, func(tx *store.Tx) error {
		office := store.OfficeID(township.Code)
		for i, name := range []string{"向阳嘎查", "红柳嘎查", "泉水嘎查"} {
			v := &record.Village{Office: office, Name: name}
			if err := tx.Put(v); err != nil {
				return err
			}
			p := person([]string{"白音达来", "李秀云", "王建业"}[i], field.Date{Year: 1970 + i, Month: 3, Day: 5}, 101+i, fmt.Sprint("1380000000", i))
			if err := tx.Put(p); err != nil {
				return err
			}
			post := &record.Post{Person: p.ID, Village: v.ID, Position: record.Secretary, From: field.Date{Year: 2021, Month: 1}}
			if err := tx.Put(post); err != nil {
				return err
			}
			if i == 0 {
				if err := tx.Put(&record.Post{Person: p.ID, Village: v.ID, Position: record.Head, From: field.Date{Year: 2021, Month: 2}}); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// TestMain bounds the random histories: each writes and reads real books.
func TestMain(m *testing.M) {
	flag.Parse()
	set := false
	flag.Visit(func(f *flag.Flag) { set = set || f.Name == "rapid.checks" })
	checks := "15"
	if raceDetector { // it costs ten times the time, and one history goes through all the code
		checks = "6"
	}
	if !set {
		flag.Set("rapid.checks", checks)
	}
	os.Exit(m.Run())
}

func closeAll(t *testing.T, dbs ...*store.DB) {
	t.Cleanup(func() {
		for _, db := range dbs {
			db.Close()
		}
	})
}
