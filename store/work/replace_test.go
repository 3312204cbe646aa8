package work_test

import (
	"strings"
	"testing"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/work"
)

// Ensure that typing another name over the 书记 ends his posts and gives them to
// the other, who is found in the ledger or made, as one operation.
func TestReplace(t *testing.T) {
	number := field.CompleteID("15049919880912301")
	for _, c := range []struct {
		name      string
		successor func(*place) record.Person
		apart     bool
		made      bool
		who       string
	}{
		{"somebody new", func(*place) record.Person {
			return record.Person{Name: "孟和", IDNo: number, Politics: "01"}
		}, false, true, "孟和"},
		{"somebody chosen", func(p *place) record.Person { return record.Person{Head: field.Head{ID: p.deputy.ID}} }, false, false, "李秀云"},
		{"found by number", func(p *place) record.Person {
			p.do("更正", func(tx *store.Tx) error { p.deputy.IDNo = number; return tx.Put(p.deputy) })
			return record.Person{Name: "李秀云", IDNo: number}
		}, false, false, "李秀云"},
		{"a namesake who is another", func(*place) record.Person { return record.Person{Name: "李秀云", IDNo: number, Politics: "01"} }, true, true, "李秀云"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := newPlace(t)
			r := work.Replacement{Posts: []string{p.secretary.ID, p.head.ID}, Successor: c.successor(p), Apart: c.apart, On: day("2026-03-01"), Reason: "2", Manner: record.ByBallotLate}
			p.view(func(tx *store.Tx) error { _, err := r.Check(tx); return err })
			var done work.Replaced
			p.do("换人", func(tx *store.Tx) (err error) {
				done, err = work.Replace(tx, r)
				return err
			})
			if done.Made != c.made || len(done.Posts) != 2 || (done.Person == p.deputy.ID) == c.made {
				t.Errorf("%+v", done)
			}
			p.wantTeam(p.sunny,
				"白音达来 党组织书记 2021.01–2026.03.01 辞职 第十届 1届",
				"白音达来 村委会主任 2021.01–2026.03.01 辞职 第十届 1届",
				"李秀云 党组织副书记 2021.01– 第十届 1届",
				"王建业 村委会委员 2021.01– 第十届 1届",
				c.who+" 党组织书记 2026.03.01– 第十届",
				c.who+" 村委会主任 2026.03.01– 第十届")
		})
	}
}

// Ensure that a replacement asks where it is not clear who takes over.
func TestReplaceRefuses(t *testing.T) {
	p := newPlace(t)
	number := field.CompleteID("15049919880912301")
	p.do("更正", func(tx *store.Tx) error { p.farmer.IDNo = number; return tx.Put(p.farmer) })
	ok := work.Replacement{Posts: []string{p.secretary.ID}, Successor: record.Person{Name: "孟和"}, On: day("2026-03"), Reason: "2"}
	for _, c := range []struct {
		name, field, piece string
		spoil              func(*work.Replacement)
	}{
		{"no post", "", "请选择换人的职务", func(r *work.Replacement) { r.Posts = nil }},
		{"no name", "name", "请填写接任人的姓名", func(r *work.Replacement) { r.Successor.Name = "" }},
		{"a namesake", "name", "台账里已有“李秀云 1980.05 向阳嘎查”", func(r *work.Replacement) { r.Successor.Name = "李秀云" }},
		{"the number of somebody else", "idno", "与台账里的“赵丰”相同", func(r *work.Replacement) { r.Successor.IDNo = number }},
		{"no reason", "reason", "请选择离任原因", func(r *work.Replacement) { r.Reason = "" }},
	} {
		r := ok
		c.spoil(&r)
		p.refused(c.name, c.field, c.piece, func(tx *store.Tx) error {
			_, err := work.Replace(tx, r)
			return err
		})
	}
	p.view(func(tx *store.Tx) error {
		for row, err := range tx.Rows("person") {
			if err != nil {
				return err
			}
			if k := tx.Kinds().Kind("person"); k.Value(row, "name") == "孟和" {
				t.Error("a refused replacement left somebody behind")
			}
		}
		return nil
	})
}

// Ensure that a namesake of another birth is nobody's double, and blanks of
// somebody found are filled.
func TestReplaceFillsWhatIsNotKnown(t *testing.T) {
	p := newPlace(t)
	p.do("换人", func(tx *store.Tx) error {
		_, err := work.Replace(tx, work.Replacement{Posts: []string{p.second.ID}, Successor: record.Person{Name: "王建业", Birth: day("1970-01"), Politics: "01"}, On: day("2026-03"), Reason: "2"})
		return err
	})
	p.do("换人", func(tx *store.Tx) error {
		_, err := work.Replace(tx, work.Replacement{Posts: []string{p.secretary.ID}, Successor: record.Person{Head: field.Head{ID: p.reserve.ID}, Name: "别名", Phone: "13800001111"}, On: day("2026-03"), Reason: "2"})
		return err
	})
	p.view(func(tx *store.Tx) error {
		who, err := store.Get[record.Person](tx, p.reserve.ID)
		if err == nil && (who.Phone != "13800001111" || who.Name != "乌云高娃") {
			t.Errorf("%+v", who)
		}
		return err
	})
}

// Ensure that who held one position by two posts, as two rosters may bring it,
// hands over both and the successor gets one.
func TestReplaceOfAPostBroughtTwice(t *testing.T) {
	p := newPlace(t)
	again := p.post(p.leader, record.Secretary)
	again.From = day("2025-01")
	p.do("录入", func(tx *store.Tx) error { return tx.Put(again) })
	r := work.Replacement{Posts: []string{p.secretary.ID, again.ID}, Successor: record.Person{Head: field.Head{ID: p.deputy.ID}}, On: day("2026-03"), Reason: "9"}
	p.view(func(tx *store.Tx) error {
		_, err := r.Check(tx)
		return err
	})
	p.do("换人", func(tx *store.Tx) error {
		done, err := work.Replace(tx, r)
		if len(done.Posts) != 1 {
			t.Errorf("the successor got %d posts", len(done.Posts))
		}
		return err
	})
	left := 0
	for _, line := range p.team(p.sunny) {
		if strings.HasPrefix(line, "白音达来 党组织书记") && strings.Contains(line, "–2026.03 ") {
			left++
		}
	}
	if left != 2 {
		t.Errorf("%d posts ended: %q", left, p.team(p.sunny))
	}
}
