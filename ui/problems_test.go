package ui

import (
	"strconv"
	"testing"

	"touyan/store"
	"touyan/store/check"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/ui/page"

	"fyne.io/fyne/v2"
)

// waiting is the count beside a room.
func (s *station) waiting(room string) string {
	for _, d := range s.shell.side.doors {
		if d.room.Name == room {
			return d.count.Text
		}
	}
	return "no door"
}

// Ensure that the room of problems lists all that the rules find, the gravest
// first, with their number beside it.
func TestProblemsRoom(t *testing.T) {
	s := open(t)
	p := s.enter(page.RoomProblems).(*page.Problems)
	var all []check.Problem
	s.view(func(tx *store.Tx) (err error) {
		all, err = check.Run(tx, field.DateAt(clock()))
		return err
	})
	if n := len(p.Rows()); n != len(all) || n == 0 {
		t.Fatalf("%d lines for %d findings", n, len(all))
	}
	if got := s.waiting(page.RoomProblems); got != strconv.Itoa(len(all)) {
		t.Errorf("the count beside the room is %q", got)
	}
	s.mustSay("严重", "没有后备力量在库", "请摸排人选并入库。", "怎么办", "检查项目")
	s.shell.Find("没有后备力量在库")
	s.settle()
	if _, shown, _ := p.Grid.Counts(); shown == 0 || shown >= len(all) {
		t.Errorf("finding shows %d of %d", shown, len(all))
	}
}

// Ensure that a problem opens its record with the field to mend under the
// keyboard, and that it is listed no longer once it is mended.
func TestProblemLeadsToTheField(t *testing.T) {
	s := openFew(t)
	ok(t, s.desk.DB.Do("录入", tester, func(tx *store.Tx) error {
		return tx.Put(&record.Person{Name: "满都拉", Politics: "13", Joined: field.Date{Year: 2003, Month: 7}})
	}))
	s.settle()
	p := s.enter(page.RoomProblems).(*page.Problems)
	before := len(p.Rows())
	s.shell.Find("填了入党")
	s.settle()
	p.Grid.Focus()
	found := p.Grid.Shown()
	if len(found) != 1 {
		t.Fatalf("%d lines tell of the contradiction", len(found))
	}
	p.Grid.Select(found...)
	s.key(fyne.KeyReturn)
	if got := s.shell.Page().Title(); got != "满都拉" || !focusedOn(s, "政治面貌") {
		t.Fatalf("opened %s, at another field than 政治面貌", got)
	}
	s.key(fyne.KeyEscape)
	ok(t, s.desk.DB.Do("更正", tester, func(tx *store.Tx) error {
		for q, err := range store.All[record.Person](tx) {
			if err != nil {
				return err
			}
			if q.Name == "满都拉" {
				return tx.Void("person", q.ID, "重复")
			}
		}
		return nil
	}))
	s.settle()
	if now := len(p.Rows()); now >= before {
		t.Errorf("%d lines before, %d after the person is gone", before, now)
	}
}
