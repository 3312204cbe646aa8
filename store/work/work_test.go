package work_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/work"
)

var clerk = store.Actor{Name: "张敏"}

// place is an office with two villages: in 向阳 a 书记 who is 主任 too, a deputy
// and a member; a reserve; in 红柳 nobody.
type place struct {
	t                                       testing.TB
	db                                      *store.DB
	options                                 store.Options
	sunny, willow                           *record.Village
	leader, deputy, member, reserve, farmer *record.Person
	secretary, head, second, third          *record.Post
	pool                                    *record.Reserve
}

func day(s string) field.Date {
	d, err := field.DateOf(s)
	if err != nil {
		panic(err)
	}
	return d
}

func n(i int64) *int64 { return &i }

func newPlace(t testing.TB) *place {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.touyan")
	at := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	options := store.Options{Kinds: record.Kinds(), Machine: "test", Now: func() time.Time { at = at.Add(time.Minute); return at }}
	office := store.Office{Code: "150426201", Name: "星露苏木", Level: field.Township}
	if err := store.Create(path, office, false, options); err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(path, options)
	if err != nil {
		t.Fatal(err)
	}
	p := &place{t: t, db: db, options: options}
	t.Cleanup(func() { p.db.Close() })
	p.do("录入", func(tx *store.Tx) error {
		o := &record.Office{Head: field.Head{ID: store.OfficeID(office.Code)}, Name: office.Name, Code: office.Code, Level: "1"}
		p.put(tx, o)
		p.sunny = &record.Village{Office: o.ID, Name: "向阳嘎查", Elected: day("2021-01-15"), PartySeats: n(3), CommitteeSeats: n(3)}
		p.willow = &record.Village{Office: o.ID, Name: "红柳嘎查"}
		p.put(tx, p.sunny, p.willow)
		p.leader, p.deputy, p.member = someone("白音达来", "1975-03", "01"), someone("李秀云", "1980-05", "01"), someone("王建业", "1985-07", "13")
		p.reserve, p.farmer = someone("乌云高娃", "1990-06", "01"), someone("赵丰", "1962-08", "13")
		p.put(tx, p.leader, p.deputy, p.member, p.reserve, p.farmer)
		p.secretary = p.post(p.leader, record.Secretary)
		p.head = p.post(p.leader, record.Head)
		p.second = p.post(p.deputy, record.DeputySecretary)
		p.third = p.post(p.member, record.VillageCommitteeMember)
		p.put(tx, p.secretary, p.head, p.second, p.third)
		p.pool = &record.Reserve{Person: p.reserve.ID, Village: p.sunny.ID, Source: "1", State: record.InTraining, Entered: day("2024-05")}
		p.put(tx, p.pool)
		return nil
	})
	return p
}

func someone(name, birth, politics string) *record.Person {
	return &record.Person{Name: name, Birth: day(birth), Politics: politics}
}

func (p *place) post(who *record.Person, position string) *record.Post {
	return &record.Post{Person: who.ID, Village: p.sunny.ID, Position: position, Statutory: record.Statutory(position), Term: "第十届", From: day("2021-01"), Manner: record.ByElection, Terms: n(1), Again: "0"}
}

func (p *place) put(tx *store.Tx, recs ...field.Record) {
	for _, r := range recs {
		if err := tx.Put(r); err != nil {
			p.t.Fatal(err)
		}
	}
}

func (p *place) do(op string, f func(*store.Tx) error) {
	p.t.Helper()
	if err := p.db.Do(op, clerk, f); err != nil {
		p.t.Fatal(err)
	}
}

func (p *place) view(f func(*store.Tx) error) {
	p.t.Helper()
	if err := p.db.View(f); err != nil {
		p.t.Fatal(err)
	}
}

// reopen closes the ledger and opens it anew.
func (p *place) reopen() {
	p.t.Helper()
	path := p.db.Path()
	if err := p.db.Close(); err != nil {
		p.t.Fatal(err)
	}
	db, err := store.Open(path, p.options)
	if err != nil {
		p.t.Fatal(err)
	}
	p.db = db
}

// team lists the posts of a village, each with who, what, from, to and what is
// marked.
func (p *place) team(v *record.Village) (out []string) {
	p.t.Helper()
	p.view(func(tx *store.Tx) error {
		k := tx.Kinds().Kind("post")
		for post, err := range store.All[record.Post](tx) {
			if err != nil {
				return err
			}
			if post.Village != v.ID {
				continue
			}
			line := fmt.Sprintf("%s %s %s–%s", tx.Name("person", post.Person), k.Field("position").Show(post.Position), post.From.Office(), post.To.Office())
			for _, s := range []string{k.Field("reason").Show(post.Reason), post.Term, post.Flaw} {
				if s != "" {
					line += " " + s
				}
			}
			if post.Terms != nil {
				line += fmt.Sprintf(" %d届", *post.Terms)
			}
			if post.Again == "1" {
				line += " 连任"
			}
			if !post.First.IsZero() {
				line += " 初任" + post.First.Office()
			}
			out = append(out, line)
		}
		return nil
	})
	slices.Sort(out)
	return out
}

func (p *place) wantTeam(v *record.Village, want ...string) {
	p.t.Helper()
	slices.Sort(want)
	if got := p.team(v); !slices.Equal(got, want) {
		p.t.Errorf("got\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}

// refused expects a step to be refused with a sentence that has the piece, tied
// to the field, and to have written nothing.
func (p *place) refused(name, fieldName, piece string, step func(*store.Tx) error) {
	p.t.Helper()
	err := p.db.Do("试", clerk, step)
	said, ok := errors.AsType[*field.Problem](err)
	if !ok || said.Field != fieldName || !strings.Contains(said.Message, piece) || !strings.HasSuffix(said.Message, "。") {
		p.t.Errorf("%s: %v, want a sentence about %q with %q", name, err, fieldName, piece)
	}
}

func wantWarnings(t testing.TB, name string, got []work.Warning, want ...string) {
	t.Helper()
	ok := len(got) == len(want)
	for i := 0; ok && i < len(got); i++ {
		ok = strings.Contains(got[i].Message, want[i]) && strings.HasSuffix(got[i].Message, "。")
	}
	if !ok {
		t.Errorf("%s: warnings %+v, want %v", name, got, want)
	}
}
