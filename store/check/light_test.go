package check_test

import (
	"context"
	"errors"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"touyan/store"
	"touyan/store/check"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/sample"
)

func lights(t testing.TB, db *store.DB, on field.Date) (out []check.Light) {
	t.Helper()
	err := db.View(func(tx *store.Tx) (err error) {
		s, err := check.Look(tx, on)
		if err == nil {
			out = s.Lights()
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// Ensure that a village is red, yellow or green for the reasons it has, and
// that one village read alone shines as it does among all.
func TestLights(t *testing.T) {
	born := func(p *record.Person, birth string) {
		p.Birth, p.IDNo = day(birth), field.CompleteID("150499"+strings.ReplaceAll(birth, "-", "")+"001")
	}
	for _, c := range []struct {
		name   string
		spoil  func(*sound)
		colour check.Colour
		want   []string // parts of the coloured reasons, in order
	}{
		{"nothing wrong", func(s *sound) {}, check.Green, nil},
		{"no 书记", func(s *sound) { s.first.To = day("2025-12") }, check.Red, []string{"没有党组织书记，自2025.12起空缺，已超过3个月"}},
		{"主持工作 is no 书记", func(s *sound) { s.first.Position = record.ActingSecretary }, check.Red, []string{"现由宝音图主持工作"}},
		{"书记 58 today", func(s *sound) { born(&s.leader, "1968-05-08") }, check.Yellow, []string{"58岁，已到58周岁（默认值）"}},
		{"书记 60 when the term ends", func(s *sound) { born(&s.leader, "1969-03-18") }, check.Yellow, []string{"届满时60岁"}},
		{"书记 59 when the term ends", func(s *sound) { born(&s.leader, "1969-03-19") }, check.Green, nil},
		{"nobody in the pool", func(s *sound) { s.reserve.State, s.reserve.Left = "8", day("2026-01") }, check.Yellow, []string{"没有后备力量在库"}},
		{"书记 58 and nobody in the pool", func(s *sound) { born(&s.leader, "1968-05-08"); s.reserve.State = "8" }, check.Red,
			[]string{"书记即将到龄，又没有后备力量在库", "58岁"}},
		{"only somebody sent", func(s *sound) { s.reserve.Source = "5" }, check.Yellow, []string{"不是本土"}},
		{"only somebody outside the Party", func(s *sound) { s.other.Politics, s.other.Joined, s.reserve.Direction = "13", field.Date{}, "4" }, check.Yellow, []string{"接不了书记"}},
		{"only somebody of fifty", func(s *sound) { born(&s.other, "1976-05-08") }, check.Yellow, []string{"不满50周岁（默认值）"}},
		{"a term that ends in six months", func(s *sound) { s.village.Elected = day("2021-11-08") }, check.Yellow, []string{"将于2026.11.08届满"}},
		{"a term that ends a day later", func(s *sound) { s.village.Elected = day("2021-11-09") }, check.Green, nil},
		{"a term that has ended", func(s *sound) { s.village.Elected = day("2021-05-07") }, check.Yellow, []string{"已于2026.05.07届满"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			db, s := create(t, false), newSound()
			c.spoil(s)
			s.put(t, db)
			l := lights(t, db, today)[0]
			var got []string
			for _, r := range l.Reasons {
				if r.Colour > check.Green {
					got = append(got, r.Text)
				}
				if r.Default != strings.Contains(r.Text, "默认值") && r.Colour == check.Yellow {
					t.Errorf("a limit nobody set is not told as one: %+v", r)
				}
			}
			ok := l.Colour == c.colour && len(got) == len(c.want)
			for i := 0; ok && i < len(got); i++ {
				ok = strings.Contains(got[i], c.want[i])
			}
			if !ok {
				t.Errorf("%s for %q, want %s for %q", l.Colour, got, c.colour, c.want)
			}
			var alone check.Light
			err := db.View(func(tx *store.Tx) (err error) {
				alone, err = check.LightOf(tx, l.Village, today)
				return err
			})
			if err != nil || !reflect.DeepEqual(alone, l) {
				t.Errorf("alone it is %+v (%v), among all %+v", alone, err, l)
			}
		})
	}
}

// Ensure that a village that was closed before the day has no colour of its own
// either.
func TestLightOfClosed(t *testing.T) {
	db, s := create(t, false), newSound()
	s.put(t, db)
	id := lights(t, db, today)[0].Village
	if err := db.Do("撤并", clerk, func(tx *store.Tx) error {
		v, err := store.Get[record.Village](tx, id)
		if err != nil {
			return err
		}
		v.To = day("2026-01-01")
		return tx.Put(v)
	}); err != nil {
		t.Fatal(err)
	}
	if err := db.View(func(tx *store.Tx) error {
		_, err := check.LightOf(tx, id, today)
		if !errors.Is(err, store.ErrNoRecord) {
			t.Errorf("it has one: %v", err)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

// Ensure that a whole team beside an old one is found, and what only looks like
// one is left in peace.
func TestNewTeam(t *testing.T) {
	post := func(person, position, from string) *record.Post {
		return &record.Post{Person: person, Position: position, From: day(from)}
	}
	old := []*record.Post{post("a", record.Secretary, "2021-01"), post("a", record.Head, "2021-02"), post("b", "13", "2021-01"), post("c", "23", "2021-01")}
	fresh := []*record.Post{post("d", record.Secretary, "2026-01"), post("d", record.Head, "2026-01"), post("e", "13", "2026-01"), post("f", "23", "2026-01-20")}
	for _, c := range []struct {
		name       string
		posts      []*record.Post
		elected    string
		fresh, old int
	}{
		{"beside the old one", append(old[:4:4], fresh...), "2021-01", 4, 4},
		{"no election is known, two 书记", append(old[:4:4], fresh...), "", 4, 4},
		{"no election is known, one 书记 who goes on", append(old[2:4:4], fresh...), "", 0, 0},
		{"the election is registered", append(old[:4:4], fresh...), "2026-01", 0, 0},
		{"two people came later", append(old[:4:4], fresh[:3]...), "2021-01", 0, 0},
		{"three members without 书记 or 主任", append(old[:4:4], fresh[2], fresh[3], post("g", "23", "2026-01")), "2021-01", 0, 0},
		{"the whole team is new", fresh, "2021-01", 4, 0},
		{"whoever came in between counts to neither", append(fresh[:4:4], post("h", "23", "2026-03"), old[2]), "2021-01", 4, 1},
		{"会计 and 驻村 are not elected", append(fresh[:4:4], post("h", "43", "2019-01"), post("i", record.FirstSecretary, "2023-01")), "2021-01", 4, 0},
	} {
		var elected field.Date
		if c.elected != "" {
			elected = day(c.elected)
		}
		since, f, o := check.NewTeam(c.posts, elected)
		if len(f) != c.fresh || len(o) != c.old || (c.fresh > 0) == since.IsZero() {
			t.Errorf("%s: %d new since %s beside %d old, want %d beside %d", c.name, len(f), since.Office(), len(o), c.fresh, c.old)
		}
	}
}

func city(b *testing.B) *store.DB {
	path := filepath.Join(b.TempDir(), "a.touyan")
	options := store.Options{Kinds: record.Kinds(), Machine: "test"}
	if err := store.Create(path, sample.OfficeAt(field.City), true, options); err != nil {
		b.Fatal(err)
	}
	db, err := store.Open(path, options)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	if err := sample.Build(context.Background(), db, clerk, 1); err != nil {
		b.Fatal(err)
	}
	return db
}

// BenchmarkLights looks over all villages of a city's sample, beside one of
// them alone and what waits.
func BenchmarkLights(b *testing.B) {
	db := city(b)
	on := field.DateAt(db.Now())
	all := lights(b, db, on)
	b.Run("all", func(b *testing.B) {
		for b.Loop() {
			lights(b, db, on)
		}
		b.ReportMetric(float64(len(all)), "villages")
	})
	b.Run("one", func(b *testing.B) {
		for b.Loop() {
			err := db.View(func(tx *store.Tx) error {
				_, err := check.LightOf(tx, all[len(all)/2].Village, on)
				return err
			})
			if err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("waiting", func(b *testing.B) {
		for b.Loop() {
			waiting(b, db, on, nil, 8)
		}
	})
}
