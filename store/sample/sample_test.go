package sample_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/sample"
)

var clerk = store.Actor{Name: "张敏"}

func create(t testing.TB, office store.Office, invented bool) *store.DB {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.touyan")
	options := store.Options{Kinds: record.Kinds(), Machine: "test",
		Now: func() time.Time { return time.Date(2026, 5, 8, 9, 0, 0, 0, time.UTC) }}
	if err := store.Create(path, office, invented, options); err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(path, options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func build(t testing.TB, level field.Level, seed uint64) *store.DB {
	t.Helper()
	db := create(t, sample.OfficeAt(level), true)
	if err := sample.Build(context.Background(), db, clerk, seed); err != nil {
		t.Fatal(err)
	}
	return db
}

// dump writes every record with names in place of ids.
func dump(t testing.TB, db *store.DB) []string {
	t.Helper()
	var out []string
	err := db.View(func(tx *store.Tx) error {
		for _, k := range db.Kinds() {
			for row, err := range tx.Rows(k.Name) {
				if err != nil {
					return err
				}
				line := k.Name
				for i := range k.Fields {
					f := &k.Fields[i]
					shown := f.Show(row.Values[i])
					if f.Type == field.Ref {
						shown = tx.Name(f.Target, row.Values[i])
					}
					line += "|" + shown
				}
				out = append(out, line)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func all[T any, P interface {
	*T
	field.Record
}](t testing.TB, db *store.DB) []P {
	t.Helper()
	var out []P
	err := db.View(func(tx *store.Tx) error {
		for rec, err := range store.All[T, P](tx) {
			if err != nil {
				return err
			}
			out = append(out, rec)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// Ensure that a seed names one office: the same records in the same order, and
// another seed another one.
func TestSeedNamesTheOffice(t *testing.T) {
	one, again, other := dump(t, build(t, field.Township, 7)), dump(t, build(t, field.Township, 7)), dump(t, build(t, field.Township, 8))
	if !slices.Equal(one, again) {
		t.Error("the same seed gave two offices")
	}
	if slices.Equal(one, other) {
		t.Error("two seeds gave the same office")
	}
}

// Ensure that an office of each level has the size that was asked for, and
// stands between the offices above and below it.
func TestSizeByLevel(t *testing.T) {
	for _, c := range []struct {
		level                     field.Level
		offices, villages         int
		inPost, inPool, leastLeft int
	}{
		{field.Township, 3, 24, 135, 38, 10},
		{field.County, 14, 204, 1130, 345, 100},
		{field.City, 40, 612, 3400, 1040, 300},
	} {
		t.Run(fmt.Sprint(c.level), func(t *testing.T) {
			db := build(t, c.level, 1)
			offices := all[record.Office](t, db)
			if len(offices) != c.offices {
				t.Errorf("%d offices, want %d", len(offices), c.offices)
			}
			if !slices.ContainsFunc(offices, func(o *record.Office) bool {
				return o.Code == db.Office().Code && o.Name == db.Office().Name && o.Level == fmt.Sprint(int(c.level))
			}) {
				t.Error("the ledger's own office is not among its records")
			}
			if n := len(all[record.Village](t, db)); n != c.villages {
				t.Errorf("%d villages, want %d", n, c.villages)
			}
			inPost, ended := map[string]bool{}, 0
			for _, p := range all[record.Post](t, db) {
				if p.To.IsZero() {
					inPost[p.Person] = true
				} else {
					ended++
				}
			}
			inPool := map[string]bool{}
			for _, r := range all[record.Reserve](t, db) {
				if r.Left.IsZero() {
					inPool[r.Person] = true
				}
			}
			near(t, "people in post", len(inPost), c.inPost)
			near(t, "people in the pool", len(inPool), c.inPool)
			if ended < c.leastLeft {
				t.Errorf("%d posts ended, want at least %d", ended, c.leastLeft)
			}
		})
	}
}

func near(t *testing.T, what string, got, want int) {
	t.Helper()
	if got*10 < want*9 || got*10 > want*11 {
		t.Errorf("%d %s, want about %d", got, what, want)
	}
}

// Ensure that every ID number is right by GB 11643, of a region never
// assigned, and of one person alone; and that every phone is invented too.
func TestNumbersAreValidAndNobodys(t *testing.T) {
	ids, phones := map[string]bool{}, map[string]bool{}
	for _, p := range all[record.Person](t, build(t, field.City, 3)) {
		if !field.ValidID(p.IDNo) || !strings.HasPrefix(p.IDNo, "150499") || ids[p.IDNo] {
			t.Errorf("%s has ID number %s", p.Name, p.IDNo)
		}
		if p.Phone != "" && (len(p.Phone) != 11 || !strings.HasPrefix(p.Phone, "1540000") || phones[p.Phone]) {
			t.Errorf("%s has phone %s", p.Name, p.Phone)
		}
		ids[p.IDNo], phones[p.Phone] = true, true
	}
}

// Ensure that no real banner, county or district of the city 1504 is named.
func TestNoRealPlaces(t *testing.T) {
	real := strings.Fields("赤峰 红山 元宝山 松山 阿鲁科尔沁 巴林左 巴林右 林西 克什克腾 翁牛特 喀喇沁 宁城 敖汉")
	for _, line := range dump(t, build(t, field.City, 1)) {
		for _, name := range real {
			if strings.Contains(line, name) {
				t.Errorf("%s names %s", line, name)
			}
		}
	}
}

// Ensure that villages of one ledger differ in name, and places in code.
func TestPlacesDiffer(t *testing.T) {
	db := build(t, field.City, 1)
	seen := map[string]bool{}
	for _, v := range all[record.Village](t, db) {
		for _, key := range []string{record.PlaceKey(v.Name), v.Code} {
			if seen[key] {
				t.Errorf("%s twice", key)
			}
			seen[key] = true
		}
	}
	for _, o := range all[record.Office](t, db) {
		for _, key := range []string{o.Name, o.Code} {
			if seen[key] {
				t.Errorf("%s twice", key)
			}
			seen[key] = true
		}
	}
}

// Ensure that only an empty ledger made as 示例数据 is filled.
func TestRealLedgersAreLeftAlone(t *testing.T) {
	ctx := context.Background()
	if err := sample.Build(ctx, create(t, sample.OfficeAt(field.Township), false), clerk, 1); err == nil {
		t.Error("a real ledger was filled")
	}
	if err := sample.Build(ctx, build(t, field.Township, 1), clerk, 1); err == nil {
		t.Error("a ledger was filled twice")
	}
}

// Ensure that a stopped build leaves nothing behind.
func TestStoppedBuildLeavesNothing(t *testing.T) {
	db := create(t, sample.OfficeAt(field.Township), true)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := sample.Build(ctx, db, clerk, 1); err == nil {
		t.Error("a stopped build did not say so")
	}
	if rows := dump(t, db); len(rows) > 0 {
		t.Errorf("a stopped build left %d records", len(rows))
	}
}
