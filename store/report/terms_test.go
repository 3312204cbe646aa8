package report_test

import (
	"context"
	"testing"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/report"
	"touyan/store/sample"
	"touyan/store/work"
)

func put(t *testing.T, tx *store.Tx, recs ...field.Record) {
	t.Helper()
	for _, r := range recs {
		if err := tx.Put(r); err != nil {
			t.Fatal(err)
		}
	}
}

func terms(t *testing.T, db *store.DB, on string) []report.Term {
	t.Helper()
	var out []report.Term
	if err := db.View(func(tx *store.Tx) (err error) {
		out, err = report.Terms(tx, day(on))
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return out
}

// Ensure that a village's 换届 shows the team before and after it with who
// stays, comes and goes, that a village which has not elected in this round shows
// the team it has, and that the sum is over people, not over villages.
func TestTerms(t *testing.T) {
	db := create(t, false)
	v, w := &record.Village{Name: "前进嘎查", Elected: day("2021-03-10")}, &record.Village{Name: "柳树嘎查", Elected: day("2021-03-12")}
	old := &record.Person{Name: "白音巴图", Sex: "1", Birth: day("1966-03"), Politics: record.PartyMember, Ethnic: "02"}
	stays := &record.Person{Name: "王建国", Sex: "1", Birth: day("1976-03"), Ethnic: "01"}
	fresh := &record.Person{Name: "娜仁", Sex: "2", Birth: day("1996-03"), Politics: record.PartyMember, Ethnic: "02", Education: "31"}
	nominated := &record.Nominee{}
	if err := db.Do("录入", clerk, func(tx *store.Tx) error {
		put(t, tx, v, w, old, stays, fresh)
		put(t, tx, &record.Post{Person: old.ID, Village: v.ID, Position: record.Secretary, From: day("2021-03-10"), Term: "第十一届"},
			&record.Post{Person: stays.ID, Village: v.ID, Position: record.Head, From: day("2021-03-10"), Term: "第十一届"},
			&record.Post{Person: stays.ID, Village: w.ID, Position: record.Secretary, From: day("2021-03-12"), Term: "第十一届"})
		*nominated = record.Nominee{Person: fresh.ID, Village: w.ID, Position: record.Head, State: record.NomineeVetting}
		put(t, tx, nominated, &record.Nominee{Person: old.ID, Village: w.ID, Position: record.Head, State: record.NomineeNot})
		put(t, tx, &record.Vetting{Person: fresh.ID, Nominee: nominated.ID, Department: "公安", Opinion: record.OpinionBarred})
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if err := db.Do("换届", clerk, func(tx *store.Tx) error {
		table, err := work.ProposeTerm(tx, v.ID)
		if err != nil {
			return err
		}
		table.Elected = day("2026-03-01")
		for i := range table.Rows {
			if table.Rows[i].Position == record.Secretary {
				table.Rows[i].New = &work.Held{Person: fresh.ID, Name: fresh.Name}
			}
		}
		_, err = work.TermChange(tx, *table)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	got := terms(t, db, "2026-05-08")
	if len(got) != 2 {
		t.Fatalf("%d villages", len(got))
	}
	a := got[0]
	if !a.Done || a.Name != "第十二届" || len(a.Before.People) != 2 || len(a.After.People) != 2 {
		t.Errorf("%+v", a)
	}
	if len(a.Stays) != 1 || a.Stays[0] != stays.ID || len(a.Fresh) != 1 || a.Fresh[0] != fresh.ID || len(a.Gone) != 1 || a.Gone[0] != old.ID {
		t.Errorf("stays %v, new %v, gone %v", a.Stays, a.Fresh, a.Gone)
	}
	if a.Before.Age != 55 || a.After.Age != 40 || a.After.Young != 1 || a.After.Women != 1 || a.Before.Women != 0 || a.After.College != 1 || a.After.Members != 1 || a.After.Minority != 1 {
		t.Errorf("before %+v, after %+v", a.Before, a.After)
	}
	b := got[1]
	if b.Done || len(b.Before.People) != 1 || len(b.After.People) != 0 || len(b.Nominees) != 1 || b.Nominees[0] != nominated.ID || b.Vetted != 1 || b.Barred != 1 {
		t.Errorf("%+v", b)
	}
	sum := report.Sum(got)
	if len(sum.Before.People) != 3 || len(sum.After.People) != 2 || sum.After.Age != 40 || sum.Before.Age < 53.3 || sum.Before.Age > 53.4 {
		t.Errorf("in all %+v and %+v", sum.Before, sum.After)
	}
}

// Ensure that the teams of an invented office agree with themselves: who stays
// and who is new are the new team, who stays and who went the old one.
func TestTermsOfEverybody(t *testing.T) {
	db := create(t, true)
	if err := sample.Build(context.Background(), db, clerk, 1); err != nil {
		t.Fatal(err)
	}
	done := 0
	for _, x := range terms(t, db, "2026-05-08") {
		if !x.Done {
			if len(x.After.People)+len(x.Stays)+len(x.Fresh)+len(x.Gone) != 0 {
				t.Errorf("%s has a team it did not elect", x.Village.Name)
			}
			continue
		}
		done++
		if len(x.Stays)+len(x.Fresh) != len(x.After.People) || len(x.Stays)+len(x.Gone) != len(x.Before.People) {
			t.Errorf("%s: %d stay, %d are new, %d went of %d and %d", x.Village.Name, len(x.Stays), len(x.Fresh), len(x.Gone), len(x.Before.People), len(x.After.People))
		}
	}
	if done == 0 {
		t.Error("no village has elected")
	}
}
