package work_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"touyan/store"
	"touyan/store/check"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/work"
)

func (p *place) proposed() (t *work.TermTable) {
	p.t.Helper()
	p.view(func(tx *store.Tx) (err error) {
		t, err = work.ProposeTerm(tx, p.sunny.ID)
		return err
	})
	return t
}

func rows(t *work.TermTable) (out []string) {
	for i := range t.Rows {
		r := &t.Rows[i]
		side := func(h *work.Held) string {
			if h == nil {
				return "—"
			}
			return h.Name
		}
		out = append(out, fmt.Sprintf("%s %s %s %s", r.Position, side(r.Old), side(r.New), r.Word()))
	}
	return out
}

func wantRows(t testing.TB, table *work.TermTable, want ...string) {
	t.Helper()
	if got := rows(table); !slices.Equal(got, want) {
		t.Errorf("got\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}

// row finds the row of a position, the last of several.
func row(t *work.TermTable, position string) *work.TermRow {
	for i := range slices.Backward(t.Rows) {
		if t.Rows[i].Position == position {
			return &t.Rows[i]
		}
	}
	return nil
}

// Ensure that the table to fill in has everybody as going on, who only stands in
// as leaving, a row for every seat that is free, and the next 届.
func TestProposeTerm(t *testing.T) {
	p := newPlace(t)
	p.do("录入", func(tx *store.Tx) error {
		p.put(tx, p.post(p.deputy, record.ActingHead), p.post(p.farmer, "44")) // 妇联 is none of it
		return nil
	})
	table := p.proposed()
	wantRows(t, table,
		"11 白音达来 白音达来 连任",
		"12 李秀云 李秀云 连任",
		"13 — — 空缺",
		"21 白音达来 白音达来 连任",
		"23 王建业 王建业 连任",
		"23 — — 空缺",
		"24 李秀云 — 离任")
	if table.Term != "第十一届" || table.Was != day("2021-01-15") || !table.Elected.IsZero() {
		t.Errorf("%+v", table)
	}
	if again, fresh, gone, vacant := table.Count(); again != 4 || fresh != 0 || gone != 1 || vacant != 2 {
		t.Errorf("counted %d %d %d %d", again, fresh, gone, vacant)
	}
}

// Ensure that one accepted table ends and begins all posts on their days, raises
// 任职届数 of who goes on, makes who is new, once, takes them out of the pool, and
// keeps the election with the village; and that it is undone as one.
func TestTermChange(t *testing.T) {
	p := newPlace(t)
	before := p.team(p.sunny)
	table := p.proposed()
	table.Elected = day("2026-01-10")
	row(table, record.Secretary).New = &work.Held{Person: p.reserve.ID}
	fresh := &record.Person{Name: "孟和", Birth: day("1988-09"), Politics: "01"}
	row(table, record.Head).New = &work.Held{Make: fresh}
	row(table, record.Head).From = day("2026-01-20")
	row(table, record.PartyCommitteeMember).New = &work.Held{Make: &record.Person{Name: "孟和", Birth: day("1988-09")}}
	row(table, record.DeputySecretary).New = nil
	row(table, record.DeputySecretary).Reason = "10"
	for i := range table.Rows { // 王建业 goes on, the other seat of a member stays free
		if r := &table.Rows[i]; r.Position == record.VillageCommitteeMember && r.Old != nil {
			r.Document = "选字1号"
		}
	}
	p.view(func(tx *store.Tx) error {
		w, err := table.Check(tx)
		wantWarnings(t, "asked first", w, "党组织应配3职，新班子实配2职", "村委会应配3职，新班子实配2职")
		return err
	})
	var seq uint64
	p.do("换届", func(tx *store.Tx) error {
		seq = tx.Seq()
		_, err := work.TermChange(tx, *table)
		return err
	})
	p.wantTeam(p.sunny,
		"白音达来 党组织书记 2021.01–2026.01.10 换届离任 第十届 1届",
		"白音达来 村委会主任 2021.01–2026.01.20 换届离任 第十届 1届",
		"李秀云 党组织副书记 2021.01–2026.01.10 退休 第十届 1届",
		"王建业 村委会委员 2021.01–2026.01.10 换届离任 第十届 1届",
		"王建业 村委会委员 2026.01.10– 第十一届 2届 连任 初任2021.01",
		"乌云高娃 党组织书记 2026.01.10– 第十一届 1届",
		"孟和 党组织委员 2026.01.10– 第十一届 1届",
		"孟和 村委会主任 2026.01.20– 第十一届 1届")
	if r := p.entry(p.pool.ID); r.State != record.MadeLeader {
		t.Errorf("the new 书记 is still in the pool: %+v", r)
	}
	p.view(func(tx *store.Tx) error {
		v, err := store.Get[record.Village](tx, p.sunny.ID)
		if err == nil && v.Elected != day("2026-01-10") {
			t.Errorf("elected %s", v.Elected.Office())
		}
		problems, err2 := check.Run(tx, day("2026-03-02"))
		for _, x := range problems {
			if x.Record == p.sunny.ID && x.Rule != "blank-village" { // its only reserve is 书记 now
				t.Errorf("check finds %s", x.Message)
			}
		}
		n := 0
		for row := range tx.Rows("person") {
			if tx.Kinds().Kind("person").Value(row, "name") == "孟和" {
				n++
			}
		}
		if n != 1 {
			t.Errorf("who holds two posts was made %d times", n)
		}
		if err2 != nil {
			return err2
		}
		return err
	})
	if _, err := p.db.Undo(seq, clerk, false); err != nil {
		t.Fatal(err)
	}
	p.wantTeam(p.sunny, before...)
}

// Ensure that a table that cannot be is refused and nothing of it written.
func TestTermChangeRefuses(t *testing.T) {
	p := newPlace(t)
	before := p.team(p.sunny)
	for _, c := range []struct {
		name, field, piece string
		spoil              func(*work.TermTable)
	}{
		{"no day", "elected", "请填写本届两委产生日期", func(t *work.TermTable) { t.Elected = field.Date{} }},
		{"not later than the last", "elected", "不比它晚", func(t *work.TermTable) { t.Elected = day("2021-01") }},
		{"somebody forgotten", "", "王建业（村委会委员）还在任", func(t *work.TermTable) {
			t.Rows = slices.DeleteFunc(t.Rows, func(r work.TermRow) bool { return r.Position == record.VillageCommitteeMember })
		}},
		{"somebody in one position twice", "person", "两次任党组织委员", func(t *work.TermTable) {
			row(t, record.PartyCommitteeMember).New = &work.Held{Person: p.member.ID, Name: "王建业"}
			t.Rows = append(t.Rows, work.TermRow{Position: record.PartyCommitteeMember, New: &work.Held{Person: p.member.ID, Name: "王建业"}})
		}},
		{"two 书记", "position", "党组织书记只有一人，换届表里写了白音达来和李秀云", func(t *work.TermTable) {
			t.Rows = append(t.Rows, work.TermRow{Position: record.Secretary, New: &work.Held{Person: p.deputy.ID, Name: "李秀云"}})
		}},
		{"a row for somebody without a name", "person", "请填写新任党组织委员的姓名", func(t *work.TermTable) { row(t, record.PartyCommitteeMember).New = &work.Held{} }},
		{"a position nobody elects", "position", "不随换届产生", func(t *work.TermTable) { t.Rows = append(t.Rows, work.TermRow{Position: "43"}) }},
		{"a row that ends before it began", "from", "自2021.01起任职，晚于换届", func(t *work.TermTable) { row(t, record.Head).From = day("2020-12") }},
		{"an unknown reason", "reason", "请选择白音达来的离任原因", func(t *work.TermTable) { row(t, record.Head).Reason = "55" }},
	} {
		table := p.proposed()
		table.Elected = day("2026-01-10")
		c.spoil(table)
		p.refused(c.name, c.field, c.piece, func(tx *store.Tx) error {
			_, err := work.TermChange(tx, *table)
			return err
		})
	}
	table := p.proposed()
	table.Elected = day("2026-01-10")
	p.do("离任", func(tx *store.Tx) error {
		_, err := work.Leave(tx, work.Leaving{Posts: []string{p.third.ID}, On: day("2025-12"), Reason: "2"})
		return err
	})
	p.refused("somebody who left meanwhile", "", "换届表要重新打开", func(tx *store.Tx) error {
		_, err := work.TermChange(tx, *table)
		return err
	})
	if got := p.team(p.sunny); len(got) != len(before) {
		t.Errorf("a refused table wrote: %q", got)
	}
}

// Ensure that a term overrun and a 书记 outside the Party are written as they
// happened and marked.
func TestTermChangeMarks(t *testing.T) {
	p := newPlace(t)
	table := p.proposed()
	table.Elected, table.Why = day("2026-04-10"), "因疫情延期"
	row(table, record.Secretary).New = &work.Held{Person: p.member.ID}
	p.do("换届", func(tx *store.Tx) error {
		w, err := work.TermChange(tx, *table)
		wantWarnings(t, "换届", w, "上一届应于2026.01.15届满", "应是中共正式党员", "实配2职", "实配2职")
		return err
	})
	const late = "超过任期才换届（原因：因疫情延期）"
	p.wantTeam(p.sunny,
		"白音达来 党组织书记 2021.01–2026.04.10 换届离任 第十届 1届",
		"白音达来 村委会主任 2021.01–2026.04.10 换届离任 第十届 1届",
		"白音达来 村委会主任 2026.04.10– 第十一届 "+late+" 2届 连任 初任2021.01",
		"李秀云 党组织副书记 2021.01–2026.04.10 换届离任 第十届 1届",
		"李秀云 党组织副书记 2026.04.10– 第十一届 "+late+" 2届 连任 初任2021.01",
		"王建业 村委会委员 2021.01–2026.04.10 换届离任 第十届 1届",
		"王建业 村委会委员 2026.04.10– 第十一届 "+late+" 2届 连任 初任2021.01",
		"王建业 党组织书记 2026.04.10– 第十一届 超过任期才换届；书记不是中共正式党员（原因：因疫情延期） 1届")
}

// Ensure that what is refused or warned of about one row names the row, and that
// where somebody went is noted on the post that ends, behind what stood there.
func TestTermChangeNamesTheRow(t *testing.T) {
	p := newPlace(t)
	p.do("更正", func(tx *store.Tx) error {
		p.third.Note = "包第三组"
		p.put(tx, p.third)
		return nil
	})
	table := p.proposed()
	table.Elected = day("2026-01-10")
	at := 0
	for i := range table.Rows {
		if r := &table.Rows[i]; r.Old != nil && r.Old.Post == p.third.ID {
			at = i + 1
			r.New, r.Where = nil, "外出务工"
		}
	}
	table.Rows[0].New = &work.Held{Person: p.member.ID} // 书记, and no member of the Party
	p.view(func(tx *store.Tx) error {
		warnings, err := table.CheckRows(tx)
		if !slices.ContainsFunc(warnings[1], func(w work.Warning) bool { return w.Flaw == "书记不是中共正式党员" }) || len(warnings[0]) != 2 {
			t.Errorf("no warning names the first row: %+v", warnings)
		}
		return err
	})
	p.do("换届", func(tx *store.Tx) error {
		_, err := work.TermChange(tx, *table)
		return err
	})
	p.view(func(tx *store.Tx) error {
		post, err := store.Get[record.Post](tx, p.third.ID)
		if err == nil && post.Note != "包第三组；去向：外出务工" {
			t.Errorf("the note is %q", post.Note)
		}
		return err
	})
	p = newPlace(t)
	table = p.proposed()
	table.Elected = day("2026-01-10")
	table.Rows[at-1].Reason = "55"
	p.view(func(tx *store.Tx) error {
		_, err := table.Check(tx)
		var refused *work.RowError
		if !errors.As(err, &refused) || refused.Row != at || !strings.Contains(refused.Error(), "离任原因") {
			t.Errorf("row %d is refused with %v", at, err)
		}
		return nil
	})
}

// Ensure that a post without a person, as a vacancy may have been typed, is
// proposed as a place that ends with nobody in it, and does not keep the table
// from being written.
func TestTermOfAPostWithoutAPerson(t *testing.T) {
	p := newPlace(t)
	p.do("录入", func(tx *store.Tx) error {
		return tx.Put(&record.Post{Village: p.sunny.ID, Position: record.DeputyHead, From: day("2021-01")})
	})
	p.do("换届", func(tx *store.Tx) error {
		table, err := work.ProposeTerm(tx, p.sunny.ID)
		if err != nil {
			return err
		}
		table.Elected = day("2026-03")
		_, err = work.TermChange(tx, *table)
		return err
	})
}

// Ensure that who is elected in the place of somebody who held it beside another
// office (乡镇干部兼任, 选派) does not get that lawful type, and who goes on keeps it.
func TestTermDoesNotHandDownHowOneHeldIt(t *testing.T) {
	for _, goesOn := range []bool{false, true} {
		p := newPlace(t)
		const concurrent = "8"
		p.secretary.Statutory = concurrent
		p.do("更正", func(tx *store.Tx) error { return tx.Put(p.secretary) })
		p.do("换届", func(tx *store.Tx) error {
			table, err := work.ProposeTerm(tx, p.sunny.ID)
			if err != nil {
				return err
			}
			table.Elected = day("2026-03")
			for i := range table.Rows {
				if r := &table.Rows[i]; r.Position == record.Secretary && !goesOn {
					r.New = &work.Held{Person: p.reserve.ID}
				}
			}
			_, err = work.TermChange(tx, *table)
			return err
		})
		p.view(func(tx *store.Tx) error {
			for post, err := range store.All[record.Post](tx) {
				if err != nil {
					return err
				}
				if post.Position != record.Secretary || !post.To.IsZero() {
					continue
				}
				if got := post.Statutory == concurrent; got != goesOn {
					t.Errorf("goes on: %t; the new post is of type %s", goesOn, post.Statutory)
				}
			}
			return nil
		})
	}
}

// Ensure that who follows somebody who held a post beside another office does
// not get that lawful type either.
func TestReplaceDoesNotHandDownHowOneHeldIt(t *testing.T) {
	p := newPlace(t)
	p.secretary.Statutory = "8"
	p.do("更正", func(tx *store.Tx) error { return tx.Put(p.secretary) })
	p.do("换人", func(tx *store.Tx) error {
		done, err := work.Replace(tx, work.Replacement{Posts: []string{p.secretary.ID}, Successor: record.Person{Head: field.Head{ID: p.reserve.ID}}, On: day("2026-03"), Reason: "9"})
		if err != nil {
			return err
		}
		post, err := store.Get[record.Post](tx, done.Posts[0])
		if err == nil && post.Statutory != record.Statutory(record.Secretary) {
			t.Errorf("the successor's post is of type %s", post.Statutory)
		}
		return err
	})
}
