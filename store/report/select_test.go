package report_test

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/report"
	"touyan/store/sample"
)

var clerk = store.Actor{Name: "张敏"}

func day(s string) field.Date {
	d, err := field.DateOf(s)
	if err != nil {
		panic(err)
	}
	return d
}

func year(n int64) *int64 { return &n }

func create(t testing.TB, invented bool) *store.DB {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.touyan")
	options := store.Options{Kinds: record.Kinds(), Machine: "test", Now: func() time.Time { return time.Date(2026, 5, 8, 9, 0, 0, 0, time.UTC) }}
	if err := store.Create(path, store.Office{Code: "150426201", Name: "星露苏木", Level: field.Township}, invented, options); err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(path, options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// figures are those of a day, by name.
func figures(t testing.TB, db *store.DB, on string) map[string]*report.Figure {
	t.Helper()
	out := map[string]*report.Figure{}
	if err := db.View(func(tx *store.Tx) error {
		list, err := report.Select(tx, day(on))
		for _, f := range list {
			if _, twice := out[f.Name]; twice {
				t.Errorf("%s stands twice", f.Name)
			}
			out[f.Name] = &f
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return out
}

// Ensure that every figure of an invented office opens to records that are
// there, each once, that a share is those that count out of the whole, and that
// it says how it is counted.
func TestEveryFigureOpens(t *testing.T) {
	db := create(t, true)
	if err := sample.Build(context.Background(), db, clerk, 1); err != nil {
		t.Fatal(err)
	}
	for name, f := range figures(t, db, "2026-05-08") {
		if f.Label == "" || f.Group == "" || !strings.HasSuffix(f.Basis, "。") || f.Sort.Word() == "" || f.Text() == "" {
			t.Errorf("%s: %+v does not say what it is", name, f)
		}
		if f.Sort == report.Rate && f.Unit == "%" && len(f.IDs)+len(f.Rest) != f.Of {
			t.Errorf("%s: %d and %d of %d", name, len(f.IDs), len(f.Rest), f.Of)
		}
		if err := db.View(func(tx *store.Tx) error {
			seen := map[string]bool{}
			for _, id := range slices.Concat(f.IDs, f.Rest) {
				row, ok, err := tx.Row(f.Kind, id)
				if err != nil || !ok || row.Void != "" || seen[id] {
					t.Errorf("%s opens to %s %s: there %v, twice %v, %v", name, f.Kind, id, ok, seen[id], err)
				}
				seen[id] = true
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		if len(f.IDs) == 0 && f.Of == 0 && f.Goal == 0 && name != "removed" {
			t.Errorf("%s: the sample gives it nothing to count", name)
		}
	}
}

// small is an office whose figures can be counted on the fingers.
func small(t *testing.T) *store.DB {
	db := create(t, false)
	if err := db.Do("录入", clerk, func(tx *store.Tx) error {
		put := func(r field.Record) string {
			if err := tx.Put(r); err != nil {
				t.Fatal(err)
			}
			return r.Header().ID
		}
		who := func(name, birth, politics string) string {
			return put(&record.Person{Name: name, Birth: day(birth), Politics: politics, Sex: "1", Ethnic: "02"})
		}
		a, b, c := put(&record.Village{Name: "甲嘎查"}), put(&record.Village{Name: "乙嘎查"}), put(&record.Village{Name: "丙嘎查"})
		leader := who("书记甲", "1975-01", "01")
		put(&record.Post{Person: leader, Village: a, Position: record.Secretary, From: day("2024-03"), Filing: record.OutcomeAgreed})
		put(&record.Post{Person: who("书记乙", "1976-01", "01"), Village: b, Position: record.Secretary, From: day("2024-03")})
		put(&record.Post{Person: who("前书记丙", "1966-01", "01"), Village: c, Position: record.Secretary, From: day("2021-03"), To: day("2026-04-08")})
		put(&record.Paper{Person: leader, Title: "履历表", Class: "01"})
		both := who("两村后备", "1992-05", "01")
		for _, v := range []string{a, b} {
			put(&record.Reserve{Person: both, Village: v, Source: "1", State: record.InTraining, Entered: day("2024-01")})
		}
		trained := put(&record.Reserve{Person: who("有培养", "1970-05", "13"), Village: a, Source: "2", State: record.InTraining, Entered: day("2024-01")})
		put(&record.Coaching{Reserve: trained, Date: day("2026-01-10"), Text: "列席会议"})
		put(&record.Reserve{Person: who("已任用", "1985-05", "01"), Village: a, Source: "1", State: record.MadeMember, Entered: day("2022-01"), Left: day("2023-05"), Exit: "2"})
		hired := who("乡招", "1999-05", "01")
		h := put(&record.Hire{Person: hired, Village: a, Year: year(2022), State: record.HireServing, Reported: day("2022-09")})
		put(&record.Tracking{Hire: h, Date: day("2026-01-05")})
		put(&record.Hire{Person: who("借调", "1998-05", "01"), Village: b, Year: year(2023), State: record.HireLent, Reported: day("2023-09")})
		put(&record.Hire{Person: who("早年", "1990-05", "01"), Village: b, Year: year(2017), State: "3", Left: day("2020-01")})
		put(&record.Reserve{Person: hired, Village: a, Source: "3", State: record.InTraining, Entered: day("2025-12")})
		home := who("回引", "1988-05", "01")
		put(&record.Away{Person: home, Village: b, Type: "2", Willing: "1", State: record.AwayServing, Returned: day("2024-06")})
		put(&record.Post{Person: home, Village: b, Position: "13", From: day("2024-07")})
		put(&record.Away{Person: who("无任职", "1989-05", "01"), Village: b, Type: "3", Willing: "2", State: record.AwayHome, Returned: day("2025-06")})
		put(&record.Away{Person: who("在外", "1991-05", "01"), Village: c, Type: "1", Willing: "1", State: record.AwayTouched})
		s := put(&record.Secondment{Person: who("选派", "1986-05", "01"), Unit: "旗农牧局", Village: c, State: record.SecondServing, From: day("2025-03")})
		put(&record.Benefit{Secondment: s, Type: "1", Done: day("2026-01")})
		put(&record.Benefit{Secondment: s, Type: "2", Due: day("2026-03-01")})
		put(&record.Conduct{Person: leader, Village: a, Class: "带富能力弱", State: record.ConductMend, Noticed: day("2025-10"), Decided: day("2025-11"), Due: day("2026-02-01")})
		put(&record.Lax{Village: c, Year: year(2026), Ground: "1", State: record.LaxMending})
		sv := put(&record.Survey{Name: "2025年全覆盖摸排", From: day("2025-11-01")})
		put(&record.Canvass{Survey: sv, Village: a, Date: day("2025-11-05")})
		put(&record.Canvass{Survey: sv, Village: b, Date: day("2025-11-06")})
		put(&record.Canvass{Survey: sv, Village: c})
		put(&record.Filing{Person: leader, Village: a, Type: "1", Submitted: day("2024-04-01"), Outcome: record.OutcomeAgreed, State: record.FilingAppointed})
		put(&record.Filing{Person: both, Village: c, Type: "1", Submitted: day("2026-04-01"), Outcome: record.OutcomeReturned, State: record.FilingReturned})
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return db
}

// Ensure that each indicator counts what its sentence says, counted by hand: who
// is in two pools once, who returned without a post not at all, who is lent not
// as being there.
func TestSelectByHand(t *testing.T) {
	got := figures(t, small(t), "2026-05-08")
	for name, want := range map[string]string{
		"F1": "2", "F2": "0.67", "pool": "3", "blank": "1", "local-cover": "66.7%", "survey": "66.7%", "used": "20.0%", "uncoached": "2",
		"cases": "1", "removed": "0", "mended": "0.0%", "vacant": "30", "lax": "0.0%",
		"F4": "2", "F5": "33.3%", "F6": "1", "on-duty": "50.0%", "lent": "50.0%", "tracked": "100.0%",
		"F7": "1", "F8": "0", "willing": "66.7%", "stayed": "100.0%", "promises": "—",
		"F9": "0", "seconded": "1", "seconded-needed": "100.0%", "benefits": "50.0%", "benefit-kinds": "1",
		"F13": "50.0%", "filed": "50.0%", "vacancies": "1", "returned": "50.0%",
	} {
		f, there := got[name]
		if !there || f.Text() != want {
			t.Errorf("%s (%s): %q, want %q", name, f.Label, f.Text(), want)
		}
		delete(got, name)
	}
	for name := range got {
		t.Errorf("%s is counted by nobody's hand", name)
	}
}

// Ensure that a 时点 number and a 累计 one of the same people are two: who left
// since is in the second alone.
func TestStockAndFlow(t *testing.T) {
	db := small(t)
	if f := figures(t, db, "2022-06-01"); f["pool"].Text() != "0" || f["F4"].Text() != "1" {
		t.Errorf("2022: pool %s, hired %s", f["pool"].Text(), f["F4"].Text())
	}
	now := figures(t, db, "2026-05-08")
	if now["F4"].Sort != report.Flow || now["F5"].Sort != report.Rate || now["F1"].Sort != report.Stock {
		t.Error("the sorts are mixed up")
	}
}
