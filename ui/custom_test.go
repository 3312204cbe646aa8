package ui

import (
	"slices"
	"testing"

	"touyan/store"
	"touyan/store/check"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/work"
	"touyan/ui/page"

	"fyne.io/fyne/v2"
)

// own finds the field of that label that the office added to a kind; empty if
// there is none.
func (s *station) own(kind, label string) string {
	k := s.desk.DB.Kinds().Kind(kind)
	for _, f := range k.Fields[k.Bound():] {
		if f.Label == label {
			return f.Name
		}
	}
	return ""
}

// Ensure that a head that no field takes becomes a field of the office's own by
// one choice: its values come in, the list of people has the column at once and
// the form the cell, and a value typed there is stored.
func TestHeadBecomesAField(t *testing.T) {
	s := openAt(t, false)
	people := s.enter("person").(*page.List)
	s.drop(sheetOf(t, typedRoster))
	s.mustSay("对列", "爱好")
	s.press("改对应")
	s.mustSay("＋ 加为人员的自定义项", "＋ 加为任职的自定义项")
	s.replace("加为人员")
	s.hit(fyne.KeyReturn)
	s.mustSay("已给人员加了自定义项“爱好”")
	s.press("继续核对")
	s.press("接受无误的 1 行")
	name := s.own("person", "爱好")
	if name == "" {
		t.Fatal("people have no such field")
	}
	s.mustSay("已写入")
	again := s.enter("person").(*page.List)
	if again == people {
		t.Fatal("the list was not made anew")
	}
	if got := again.Grid.VisibleColumns(); !slices.Contains(got, name) {
		t.Errorf("columns %v", got)
	}
	id := s.ids("person")[0]
	if got := s.value("person", id, name); got != "摔跤" {
		t.Errorf("the cell says %q", got)
	}
	s.shell.Page().(*page.List).OpenRecord(id)
	s.settle()
	s.mustSay("自定义项", "爱好")
}

// Ensure that a field is added by its form, that what is wrong with it is told,
// that its kind and type stay, and that the column goes when it is voided.
func TestDefinesAField(t *testing.T) {
	s := openFew(t)
	c := &record.Custom{On: "village", Label: "网格数", Type: record.CustomNumber}
	s.enter("custom")
	s.mustSay("还没有自定义项")
	s.press("新增")
	s.mustSay("名称", "用于", "类型", "可选内容")
	s.write(c.Label)
	s.key(fyne.KeyReturn)
	s.write("嘎查村")
	s.key(fyne.KeyReturn)
	s.write("整数")
	s.key(fyne.KeyReturn)
	s.tap("完成")
	name := s.own("village", c.Label)
	if name == "" {
		t.Fatalf("villages have no such field: %s", s.told())
	}
	list := s.enter("village").(*page.List)
	if !slices.Contains(list.Grid.VisibleColumns(), name) {
		t.Error("the list has no such column")
	}
	s.view(func(tx *store.Tx) error {
		for d, err := range store.All[record.Custom](tx) {
			if err != nil {
				return err
			}
			c = d
		}
		return nil
	})
	s.enter("custom").(*page.List).OpenRecord(c.ID)
	s.settle()
	s.press("作废")
	s.key(fyne.Key2)
	if s.own("village", c.Label) != "" {
		t.Error("the field is still there")
	}
	list = s.enter("village").(*page.List)
	if slices.Contains(list.Grid.VisibleColumns(), name) {
		t.Error("the list still has the column")
	}
}

// Ensure that what stands under a field that was taken out again, a conflict and a
// request about it among them, stops no page.
func TestFieldTakenOutStopsNothing(t *testing.T) {
	s, person := conflicted(t)
	c := &record.Custom{On: "person", Label: "是否持证", Type: record.CustomYesNo}
	ok(t, s.desk.DB.Do("自定义项", tester, func(tx *store.Tx) error { return work.Define(tx, c) }))
	name := record.CustomName(c.ID)
	ok(t, s.desk.DB.Do("更正", tester, func(tx *store.Tx) error {
		k := tx.Kinds().Kind("person")
		row, _, err := tx.Row("person", person)
		if err != nil {
			return err
		}
		row.Values[k.Index(name)] = "1"
		if _, err := tx.PutRow("person", row); err != nil {
			return err
		}
		other := store.Version{Dot: store.DerivedDot(store.Digest("other")), Record: person, Value: "0", Level: field.County, Office: "150426"}
		if _, err := tx.JoinState("person", person, store.State{name: store.Cell{other}}); err != nil {
			return err
		}
		return tx.Put(&record.Request{Office: store.OfficeID(tx.Office().Code), Name: "白音巴图", Sheet: "人员", Column: "是否持证", Reason: "请核对",
			Target: "person/" + person + "/" + name + "/" + record.SeenDigest("1")})
	}))
	ok(t, s.desk.DB.Do("作废", tester, func(tx *store.Tx) error {
		return work.Void(tx, work.Voiding{Kind: "custom", ID: c.ID, Why: "不统计了"})
	}))
	s.settle()
	for _, w := range s.waitingNow() {
		if w.Room == check.Requests {
			t.Errorf("the bench waits for what nobody can mend: %+v", w)
		}
	}
	for _, d := range s.shell.side.doors {
		s.enter(d.room.Name)
	}
	s.enter(page.RoomConflicts)
	s.hit(fyne.KeyDown)
	s.hit(fyne.KeyReturn)
	requests := s.enter(page.RoomRequests).(*page.Requests)
	requests.Grid.OnOpen(requests.Rows()[0])
	s.settle()
	s.desk.Record("person", person)
	s.settle()
	s.tap("记录")
	journal := s.journal()
	for _, id := range journal.Rows()[:3] {
		journal.Grid.OnOpen(id)
		s.settle()
		s.shell.Show(page.RoomJournal)
		s.settle()
	}
}
