package work_test

import (
	"fmt"
	"slices"
	"testing"

	"touyan/store"
	"touyan/store/check"
	"touyan/store/record"
	"touyan/store/work"
)

// Ensure that a roster of a new term that was taken in beside the old team, and
// over the posts of who went on, is recognised and put right as one 换届: the
// old posts end, what was written over is a post of its own again.
func TestRecogniseTerm(t *testing.T) {
	p := newPlace(t)
	none := func(why string) {
		t.Helper()
		p.view(func(tx *store.Tx) error {
			found, err := work.RecogniseTerm(tx)
			if len(found) != 0 {
				t.Errorf("%s, and a 换届 is seen: %q", why, rows(found[0]))
			}
			return err
		})
	}
	none("nothing was taken in")
	var taken uint64
	p.do("导入", func(tx *store.Tx) error { // as exchange takes a roster in
		taken = tx.Seq()
		tx.NoteBatch(store.Batch{Book: "第十一届花名册.xlsx"})
		p.head.From = day("2026-01")
		p.third.From, p.third.Terms, p.third.Again = day("2026-01"), n(2), "1"
		fresh := []*record.Post{p.post(p.reserve, record.Secretary), p.post(p.farmer, record.PartyCommitteeMember)}
		for _, post := range fresh {
			post.From, post.Term, post.Terms, post.Again, post.Manner = day("2026-01"), "", nil, "", ""
			p.put(tx, post)
		}
		p.put(tx, p.head, p.third)
		return nil
	})
	var table *work.TermTable
	p.view(func(tx *store.Tx) error {
		found, err := work.RecogniseTerm(tx)
		if err != nil || len(found) != 1 {
			t.Fatalf("%d found, %v", len(found), err)
		}
		table = found[0]
		one, err := work.RecogniseTermOf(tx, p.sunny.ID)
		if err != nil || !slices.Equal(rows(one), rows(table)) {
			t.Errorf("alone: %v, %v", one, err)
		}
		survey, err := check.Look(tx, day("2026-03-02"))
		if err != nil {
			return err
		}
		waits, err := survey.Waiting(nil, 0)
		if !slices.ContainsFunc(waits, func(w check.Wait) bool { return w.What == "登记换届" && w.ID == p.sunny.ID }) {
			t.Errorf("the 工作台 does not say so: %+v", waits)
		}
		return err
	})
	wantRows(t, table,
		"11 白音达来 乌云高娃 离任、新任",
		"12 李秀云 — 离任",
		"13 — 赵丰 新任",
		"21 白音达来 白音达来 连任",
		"23 王建业 王建业 连任")
	if table.Elected != day("2026-01") || table.Term != "第十一届" {
		t.Errorf("%+v", table)
	}
	p.do("换届", func(tx *store.Tx) error {
		_, err := work.TermChange(tx, *table)
		return err
	})
	p.wantTeam(p.sunny,
		"白音达来 党组织书记 2021.01–2026.01 换届离任 第十届 1届",
		"乌云高娃 党组织书记 2026.01– 第十一届 1届",
		"李秀云 党组织副书记 2021.01–2026.01 换届离任 第十届 1届",
		"赵丰 党组织委员 2026.01– 第十一届 1届",
		"白音达来 村委会主任 2021.01–2026.01 换届离任 第十届 1届",
		"白音达来 村委会主任 2026.01– 第十一届 2届 连任 初任2021.01",
		"王建业 村委会委员 2021.01–2026.01 换届离任 第十届 1届",
		"王建业 村委会委员 2026.01– 第十一届 2届 连任 初任2021.01")
	none("it is registered")
	if _, err := p.db.Undo(taken+1, clerk, false); err != nil {
		t.Fatal(err)
	}
	if _, err := p.db.Undo(taken, clerk, false); err != nil {
		t.Fatal(err)
	}
	none("all is undone")
}

// BenchmarkRecogniseTerm looks for new teams in 600 villages of seven posts, of
// which one in twelve had a roster taken in.
func BenchmarkRecogniseTerm(b *testing.B) {
	p := newPlace(b)
	p.do("录入", func(tx *store.Tx) error {
		for i := range 600 {
			v := &record.Village{Name: fmt.Sprint("第", i, "村"), Elected: day("2021-01")}
			p.put(tx, v)
			for n, position := range []string{"11", "21", "12", "13", "22", "23", "23"} {
				who := someone(fmt.Sprint("某", i, "之", n), "1980-01", "01")
				p.put(tx, who)
				post := p.post(who, position)
				post.Village = v.ID
				p.put(tx, post)
				if i%12 == 0 && n < 4 {
					again := p.post(who, position)
					again.Village, again.From = v.ID, day("2026-01")
					p.put(tx, again)
				}
			}
		}
		return nil
	})
	for b.Loop() {
		p.view(func(tx *store.Tx) error {
			found, err := work.RecogniseTerm(tx)
			if len(found) != 50 {
				b.Fatalf("%d found", len(found))
			}
			return err
		})
	}
}
