package ui

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/sample"
	"touyan/ui/page"

	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

// conflicted is a township that merged what its county says of a phone, while
// it had changed the same phone itself.
func conflicted(t *testing.T) (s *station, person string) {
	s, person = reviewing(t)
	s.press("接受")
	return s, person
}

// reviewing is conflicted before the book is accepted.
func reviewing(t *testing.T) (s *station, person string) {
	s = openFew(t)
	dir := t.TempDir()
	up, down := filepath.Join(dir, "上报.xlsx"), filepath.Join(dir, "回传.xlsx")
	county := sample.OfficeAt(field.County)
	sendTo(t, s.desk.DB, up, county)
	path := filepath.Join(dir, "旗.touyan")
	build(t, path, county, false)
	other := reopen(t, path)
	defer other.Close()
	merge(t, other, up)
	phone(t, other, "15400001111")
	person = phone(t, s.desk.DB, "15400002222")
	sendTo(t, other, down, s.desk.DB.Office())
	s.settle()
	s.drop(down)
	s.mustSay("合并“回传.xlsx”", "冲突", county.Name)
	return s, person
}

// Ensure that a merged book leaves both values of a cell to be decided, that a
// decision asks for a reason, and that the chosen value then stands.
func TestDecidesAConflict(t *testing.T) {
	for button, want := range map[string]string{"采用本级": "15400002222", "采用对方": "15400001111"} {
		s, person := conflicted(t)
		s.mustSay("冲突 1", "去裁定")
		s.link("去裁定")
		c, isConflicts := s.shell.Page().(*page.Conflicts)
		if !isConflicts {
			t.Fatalf("shows %T", s.shell.Page())
		}
		s.mustSay("154••••2222", "154••••1111", "张敏")
		if phoneOf(t, s.desk.DB, person) != "15400002222" {
			t.Error("until it is decided, our own edit must stand")
		}
		c.Grid.Select(c.Rows()[0])
		if c.Buttons().Press(button) {
			t.Fatal("decides without a reason")
		}
		c.Reason("核实后以本级为准")
		s.press(button)
		if got := phoneOf(t, s.desk.DB, person); got != want {
			t.Errorf("%s: the phone is %s", button, got)
		}
		s.mustSay("没有待裁定的冲突")
		if why := lastEntry(s).Why; why != "核实后以本级为准" {
			t.Errorf("the journal says why: %q", why)
		}
	}
}

// Ensure that the review lists each conflict the book would bring before it is
// accepted: whom, the field, the former value, both sides with their writers
// and the place in the book; in full once selected; and that nothing is written.
func TestReviewListsComingConflicts(t *testing.T) {
	s, _ := reviewing(t)
	before := s.everything()
	r := s.shell.Page().(*page.Review)
	s.mustSay("两边都改过的 1 处", "原值", "154••••0001", "现显示", "154••••2222", "本级 张敏", "154••••1111", "书中位置", "人员 ")
	if s.says("没有发现问题") {
		t.Error("says that all can be accepted")
	}
	s.mustSay("选中一行")
	s.shell.Find("没有这个人")
	s.mustSay("没有查到")
	s.shell.Find("")
	r.Coming.Select("0")
	s.settle()
	s.mustSay("人员 白音巴图的“联系电话”：现显示“154••••2222”（本级 张敏", "对方“154••••1111”（云杉旗 张敏", "原值“154••••0001”", "见“人员”表 ")
	if !slices.Equal(s.everything(), before) {
		t.Error("looking at the conflicts wrote something")
	}
}

// Ensure that where two other offices say different things, neither is
// overruled in silence: the column says that there are more, and 采用对方 asks
// which.
func TestAsksWhichOfSeveralValues(t *testing.T) {
	for pick, want := range []string{"15400001111", "15400003333"} {
		s, person := conflicted(t)
		ok(t, s.desk.DB.Do("合并", tester, func(tx *store.Tx) error {
			dot := store.Dot{Ledger: "b5b5b5b5", Counter: 7}
			if err := tx.NoteOrigin(dot, store.Origin{Who: "单晓梅", At: clock(), Book: "市.xlsx", Name: "赤云市"}); err != nil {
				return err
			}
			_, err := tx.JoinState("person", person, store.State{"phone": {{Dot: dot, Value: "15400003333", Level: field.City, Office: "1504"}}})
			return err
		}))
		s.settle()
		c := s.enter(page.RoomConflicts).(*page.Conflicts)
		s.mustSay("另有 1 个值")
		c.Grid.Select(c.Rows()[0])
		c.Reason("核实后以对方为准")
		standing := phoneOf(t, s.desk.DB, person)
		s.press("采用对方")
		s.mustSay("采用对方的哪一个值", "联系电话", "赤云市", "154••••1111", "154••••3333")
		if s.desk.Panel().Buttons().Press("采用选中的值") {
			t.Fatal("decides before one is chosen")
		}
		if got := phoneOf(t, s.desk.DB, person); got != standing {
			t.Fatalf("the phone became %s before one was chosen", got)
		}
		s.choose(want[len(want)-4:])
		s.press("采用选中的值")
		if got := phoneOf(t, s.desk.DB, person); got != want {
			t.Errorf("choice %d: the phone is %s", pick, got)
		}
		s.mustSay("没有待裁定的冲突")
	}
}

// Ensure that a value this office never wrote is not called 本级: neither in the
// list nor on the button that takes it.
func TestShownIsNotAlwaysOurs(t *testing.T) {
	s, person := conflicted(t)
	hear := func(ledger, name, value string) {
		ok(t, s.desk.DB.Do("合并", tester, func(tx *store.Tx) error {
			dot := store.Dot{Ledger: ledger, Counter: 7}
			if err := tx.NoteOrigin(dot, store.Origin{Who: "单晓梅", At: clock(), Name: name}); err != nil {
				return err
			}
			_, err := tx.JoinState("person", person, store.State{"note": {{Dot: dot, Value: value, Level: field.City, Office: name}}})
			return err
		}))
	}
	hear("b5b5b5b5", "赤云市", "甲")
	hear("c5c5c5c5", "青山市", "乙")
	s.settle()
	c := s.enter(page.RoomConflicts).(*page.Conflicts)
	c.Reason("核实后以对方为准")
	for _, id := range c.Rows() {
		c.Grid.Select(id)
		s.settle()
		if s.says("现显示“甲”") {
			s.mustSay("现显示“甲”（赤云市 单晓梅", "对方“乙”（青山市 单晓梅", "采用现显示的")
			if c.Buttons().Press("采用本级") {
				t.Fatal("takes for ours what this office never wrote")
			}
			s.press("采用现显示的")
			s.mustSay("已裁定 1 处，采用现显示的。")
			return
		}
		s.mustSay("采用本级")
	}
	t.Fatalf("the list lacks the note: %s", strings.Join(s.texts(), " | "))
}

// Ensure that 撤销 at the foot takes back just the decision made: the conflict is
// there again, with both values, and what else was merged stays.
func TestUndoesADecision(t *testing.T) {
	s, person := conflicted(t)
	before := s.everything()
	c := s.enter(page.RoomConflicts).(*page.Conflicts)
	c.Grid.Select(c.Rows()[0])
	c.Reason("核实后以对方为准")
	s.press("采用对方")
	s.mustSay("已裁定 1 处，采用对方。", "没有待裁定的冲突")
	if got := phoneOf(t, s.desk.DB, person); got != "15400001111" {
		t.Fatalf("decided, the phone is %s", got)
	}
	s.link("撤销")
	s.mustSay("已撤销这次裁定，冲突重新等待裁定", "154••••2222", "154••••1111")
	if len(c.Rows()) != 1 || !slices.Equal(s.everything(), before) {
		t.Error("undo did not bring back what was before the decision")
	}
	c.Grid.Select(c.Rows()[0])
	s.press("采用本级")
	s.mustSay("已裁定 1 处，采用本级。")
}

// Ensure that a decision made elsewhere meanwhile, or a further value that came,
// is not decided over: a sentence says so, and the list is as it is now.
func TestDecidesNothingUnseen(t *testing.T) {
	decide := func(tx *store.Tx, person string) error { return tx.Decide("person", person, "phone", "15400001111") }
	come := func(tx *store.Tx, person string) error {
		v := store.Version{Dot: store.Dot{Ledger: "b5b5b5b5", Counter: 7}, Value: "15400003333", Level: field.City, Office: "1504"}
		_, err := tx.JoinState("person", person, store.State{"phone": {v}})
		return err
	}
	for says, meanwhile := range map[string]func(*store.Tx, string) error{"已经裁定过了": decide, "刚才又来了别的值": come} {
		s, person := conflicted(t)
		c := s.enter(page.RoomConflicts).(*page.Conflicts)
		c.Grid.Select(c.Rows()[0])
		c.Reason("核实后以本级为准")
		ok(t, s.desk.DB.Do("合并", tester, func(tx *store.Tx) error { return meanwhile(tx, person) }))
		standing := phoneOf(t, s.desk.DB, person)
		s.press("采用本级")
		s.mustSay("白音巴图的“联系电话”"+says, "这次没有裁定任何一处")
		s.press("知道了")
		if got := phoneOf(t, s.desk.DB, person); got != standing {
			t.Errorf("%s: the phone became %s", says, got)
		}
		if s.says("没有待裁定的冲突") != (says == "已经裁定过了") {
			t.Errorf("%s: the list shows %s", says, strings.Join(s.texts(), " | "))
		}
	}
}

// Ensure that nothing is decided while other work goes on, or with nothing
// chosen, and that a click then is answered by a sentence.
func TestDecidesOneThingAtATime(t *testing.T) {
	s, person := conflicted(t)
	c := s.enter(page.RoomConflicts).(*page.Conflicts)
	c.Grid.Select(c.Rows()[0])
	c.Reason("核实后以对方为准")
	ends := make(chan bool)
	s.desk.Attempt("正在写入", func(context.Context, func(done, total int64)) error { <-ends; return nil }, func(error) {})
	if !c.Buttons().Press("采用对方") {
		t.Fatal("the button cannot be pressed")
	}
	s.mustSay("上一步还没有做完")
	close(ends)
	s.settle()
	if got := phoneOf(t, s.desk.DB, person); got != "15400002222" {
		t.Errorf("the phone became %s", got)
	}
	ours := c.Buttons()[0]
	s.press("采用对方")
	ours.OnTapped() // as of a click that came before the emptied list disabled it
	s.settle()
	s.mustSay("没有选中要裁定的冲突", "没有待裁定的冲突")
}

// choose picks the line of a panel that has a text in it.
func (s *station) choose(part string) {
	s.t.Helper()
	for _, o := range test.LaidOutObjects(s.win.Canvas().Overlays().Top()) {
		if group, isGroup := o.(*widget.RadioGroup); isGroup {
			for _, text := range group.Options {
				if strings.Contains(text, part) {
					group.SetSelected(text)
					return
				}
			}
		}
	}
	s.t.Fatalf("nothing to choose with %s", part)
}

func lastEntry(s *station) (last store.Entry) {
	s.view(func(tx *store.Tx) error {
		for e, err := range tx.Journal() {
			last = e
			return err
		}
		return nil
	})
	return last
}

// Ensure that undoing a batch whose cells were decided since shows them first,
// and keeps them if told to.
func TestUndoAsksAboutLaterWork(t *testing.T) {
	s, person := conflicted(t)
	c := s.enter(page.RoomConflicts).(*page.Conflicts)
	c.Grid.Select(c.Rows()[0])
	c.Reason("本人提供证件")
	s.press("采用对方")
	b := s.enter(page.RoomBatches).(*page.Batches)
	b.Grid.Select(b.Rows()[0])
	s.press("撤销这一批")
	s.mustSay("这一批之后又有改动", "联系电话", "裁定")
	s.press("撤销其余")
	if got := phoneOf(t, s.desk.DB, person); got != "15400001111" {
		t.Errorf("the phone decided is now %s", got)
	}
	s.mustSay("已撤销批次", "后来又改过的 1 处保持现在的样子，没有恢复")
	if s.says("恢复到它之前的样子") {
		t.Error("says that all is as before")
	}
	b.Grid.Select(b.Rows()[0])
	if b.Buttons().Press("撤销这一批") {
		t.Error("a batch can be undone twice")
	}
}
