package check_test

import (
	"fmt"
	"strings"
	"testing"

	"touyan/store"
	"touyan/store/check"
	"touyan/store/field"
	"touyan/store/record"
)

func figures(t testing.TB, db *store.DB, on field.Date) (out []check.Figure) {
	t.Helper()
	err := db.View(func(tx *store.Tx) error {
		s, err := check.Look(tx, on)
		if err == nil {
			out = s.Figures()
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// counted writes the figures down, parts without anybody left out.
func counted(list []check.Figure) string {
	var out []string
	for _, f := range list {
		line := fmt.Sprintf("%s %d", f.Name, len(f.IDs))
		if f.Mean > 0 {
			line += fmt.Sprintf(" mean %.1f", f.Mean)
		}
		for _, p := range f.Parts {
			if len(p.IDs) > 0 {
				line += fmt.Sprintf(", %s %d/%d", p.Name, len(p.IDs), p.Of)
			}
		}
		out = append(out, line)
	}
	return strings.Join(out, "\n")
}

// Ensure that people are counted once however many posts they hold, that 驻村,
// ended posts and who has left the pool are not, and that a village without
// reserves is among the figures of the pool.
func TestFigures(t *testing.T) {
	db, s := create(t, false), newSound()
	person := func(birth, sex, education, later string) *record.Person {
		p := &record.Person{Name: "苏日娜", Birth: day(birth), Sex: sex, Education: education, LaterEducation: later}
		p.ID = store.NewID(db.Now())
		return p
	}
	second, sent, gone := person("1990-05-08", "2", "61", "21"), person("1980-01", "1", "14", ""), person("1970-01", "1", "", "")
	old := person("1966-05-08", "1", "", "")
	hill := &record.Village{Office: s.office.ID, Name: "后山村"}
	hill.ID = store.NewID(db.Now())
	post := func(p *record.Person, position string, to string) *record.Post {
		out := &record.Post{Person: p.ID, Village: hill.ID, Position: position, From: day("2021-06")}
		if to != "" {
			out.To = day(to)
		}
		return out
	}
	s.more = append(s.more, second, sent, gone, old, hill,
		post(second, record.Secretary, ""), post(old, record.Head, ""), post(sent, record.FirstSecretary, ""), post(gone, record.DeputyHead, "2026-05-08"),
		&record.Reserve{Person: gone.ID, Village: hill.ID, State: record.LeftPool})
	s.put(t, db)
	got := counted(figures(t, db, today))
	if want := strings.Join([]string{
		"in-post 3, secretary 2/2, sole 1/2, women 1/3, college 1/3",
		"age 3 mean 48.0, age-45 1/3, age-55 1/3, age-over 1/3",
		"education 3, bachelor 1/3, secondary 1/3, education-unknown 1/3",
		"pool 1 mean 0.5, members 1/1, women 1/1, college 1/1, young 1/1, blank 1/2"}, "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := counted(figures(t, db, day("2026-05-07"))); !strings.HasPrefix(got, "in-post 4, secretary 2/2, sole 1/2, women 1/4, college 1/4, young 1/4") {
		t.Errorf("the day before: %s", got)
	}
	for _, p := range figures(t, db, today)[3].Parts {
		if p.Name == check.Blanks && (p.Kind != "village" || p.IDs[0] != hill.ID) {
			t.Errorf("the village without reserves is %+v", p)
		}
	}
}

// BenchmarkHome computes all that the 工作台 shows, of a city's sample and of
// 20,000 people in 1,000 villages.
func BenchmarkHome(b *testing.B) {
	home := func(b *testing.B, db *store.DB) {
		people := 0
		for b.Loop() {
			err := db.View(func(tx *store.Tx) error {
				s, err := check.Look(tx, field.DateAt(db.Now()))
				if err != nil {
					return err
				}
				s.Lights()
				people = len(s.Figures()[0].IDs)
				_, err = s.Waiting(nil, 8)
				return err
			})
			if err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(people), "people")
	}
	b.Run("city", func(b *testing.B) { home(b, city(b)) })
	b.Run("20000", func(b *testing.B) {
		db := create(b, false)
		many(b, db, 20_000)
		b.ResetTimer()
		home(b, db)
	})
}

// many fills a ledger with people, each in post, twenty to a village.
func many(b *testing.B, db *store.DB, n int) {
	b.Helper()
	kinds := db.Kinds()
	_, err := db.Stage(b.Context(), "导入", clerk, func(s *store.Stage) error {
		put := func(kind string, rec field.Record) error {
			rec.Header().ID = store.NewID(db.Now())
			return s.Create(kind, kinds.Kind(kind).Take(rec))
		}
		village := &record.Village{}
		for i := range n {
			if i%20 == 0 {
				*village = record.Village{Name: fmt.Sprintf("前进%d嘎查", i/20), Elected: day("2024-03")}
				if err := put("village", village); err != nil {
					return err
				}
			}
			p := &record.Person{Name: fmt.Sprint("白音巴图", i), Sex: "1", Ethnic: "05", Politics: "01", Education: "61",
				Birth: field.Date{Year: 1960 + i%40, Month: 1 + i%12}, Phone: fmt.Sprintf("1540000%04d", i%10000), Native: "前进嘎查"}
			if err := put("person", p); err != nil {
				return err
			}
			if err := put("post", &record.Post{Person: p.ID, Village: village.ID, Position: record.TeamPositions()[i%20%8], From: day("2024-03")}); err != nil {
				return err
			}
			if i%4 > 0 {
				continue
			}
			if err := put("reserve", &record.Reserve{Person: p.ID, Village: village.ID, State: record.InTraining, Source: "1"}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}
