package ui

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/sample"
	"touyan/ui/page"

	"fyne.io/fyne/v2"
)

// conflicted is a township that merged what its county says of a phone, while
// it had changed the same phone itself, and decided nothing.
func conflicted(t *testing.T) (s *station, person string) {
	s, person = reviewing(t)
	s.press("合并，1 处留待裁定")
	return s, person
}

// reviewing is conflicted before the book is merged.
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
	s.mustSay("合并“回传.xlsx”", "需要决定 1", county.Name)
	return s, person
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

// Ensure that a merged book leaves both values of a cell to be decided, that a
// decision asks for a reason, and that the chosen value then stands.
func TestDecidesAConflict(t *testing.T) {
	for key, want := range map[fyne.KeyName]string{fyne.Key1: "15400002222", fyne.Key2: "15400001111"} {
		s, person := conflicted(t)
		s.mustSay("待裁定 1", "去裁定")
		s.link("去裁定")
		c, isConflicts := s.shell.Page().(*page.Conflicts)
		if !isConflicts {
			t.Fatalf("shows %T", s.shell.Page())
		}
		s.mustSay("白音巴图", "前进嘎查", "154••••2222", "154••••1111", "张敏")
		if phoneOf(t, s.desk.DB, person) != "15400002222" {
			t.Error("until it is decided, our own edit must stand")
		}
		if c.Buttons().Press("裁定") {
			t.Fatal("decides what nobody chose")
		}
		s.hit(key)
		s.mustSay("为什么这样定")
		if c.Buttons().Press("裁定") {
			t.Fatal("decides without a reason")
		}
		s.tap("本人提供证件")
		s.mustSay("裁定 1 处", "原因：本人提供证件")
		s.hit(fyne.KeyReturn)
		if got := phoneOf(t, s.desk.DB, person); got != want {
			t.Errorf("%s: the phone is %s", key, got)
		}
		s.mustSay("已裁定 1 处", "没有待裁定的栏目")
		if why := lastEntry(s).Why; why != "本人提供证件" {
			t.Errorf("the journal says why: %q", why)
		}
	}
}

// Ensure that where two other offices say different things, neither is
// overruled in silence: all values are shown, and 对方 asks which.
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
		s.enter(page.RoomConflicts)
		s.mustSay("另有 1 个值", "154••••1111", "154••••3333", "赤云市 单晓梅")
		standing := phoneOf(t, s.desk.DB, person)
		s.hit(fyne.Key2)
		s.mustSay("采用对方的哪一个值", "联系电话", "赤云市")
		if got := phoneOf(t, s.desk.DB, person); got != standing {
			t.Fatalf("the phone became %s before one was chosen", got)
		}
		for i, text := range s.texts() {
			if strings.HasPrefix(text, "154••••"+want[len(want)-4:]+"　") {
				s.tap(s.texts()[i])
				break
			}
		}
		s.hit(fyne.Key1)
		s.hit(fyne.KeyReturn)
		if got := phoneOf(t, s.desk.DB, person); got != want {
			t.Errorf("choice %d: the phone is %s", pick, got)
		}
		s.mustSay("没有待裁定的栏目")
	}
}

// Ensure that a value this office never wrote is not called 本级.
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
	s.enter(page.RoomConflicts)
	s.mustSay("赤云市 单晓梅", "青山市 单晓梅", "现显示的", "2 处需要决定")
	s.tap("现显示的")
	s.mustSay("为什么这样定")
	s.hit(fyne.Key1)
	s.press("裁定 1 处")
	s.mustSay("已裁定 1 处。", "1 处需要决定")
}

// Ensure that 撤销 at the foot takes back just the decision made: the conflict is
// there again, with both values, and what else was merged stays.
func TestUndoesADecision(t *testing.T) {
	s, person := conflicted(t)
	before := s.everything()
	s.enter(page.RoomConflicts)
	s.hits(fyne.Key2, fyne.Key1, fyne.KeyReturn)
	s.mustSay("已裁定 1 处。", "没有待裁定的栏目")
	if got := phoneOf(t, s.desk.DB, person); got != "15400001111" {
		t.Fatalf("decided, the phone is %s", got)
	}
	s.link("撤销")
	s.mustSay("已撤销这次裁定", "154••••2222", "154••••1111")
	if !slices.Equal(s.everything(), before) {
		t.Error("undo did not bring back what was before the decision")
	}
	s.hits(fyne.Key1, fyne.Key1, fyne.KeyReturn)
	s.mustSay("已裁定 1 处。")
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
		s.enter(page.RoomConflicts)
		s.hits(fyne.Key1, fyne.Key1)
		ok(t, s.desk.DB.Do("合并", tester, func(tx *store.Tx) error { return meanwhile(tx, person) }))
		standing := phoneOf(t, s.desk.DB, person)
		s.press("裁定 1 处")
		s.mustSay("白音巴图的“联系电话”"+says, "这次没有裁定任何一处")
		s.press("知道了")
		if got := phoneOf(t, s.desk.DB, person); got != standing {
			t.Errorf("%s: the phone became %s", says, got)
		}
		if s.says("没有待裁定的栏目") != (says == "已经裁定过了") {
			t.Errorf("%s: the list shows %s", says, strings.Join(s.texts(), " | "))
		}
		if s.shell.Page().Buttons().Press("裁定") {
			t.Errorf("%s: a choice made of what is no more stays", says)
		}
	}
}

// Ensure that nothing is decided while other work goes on, and that a key then
// is answered by a sentence.
func TestDecidesOneThingAtATime(t *testing.T) {
	s, person := conflicted(t)
	s.enter(page.RoomConflicts)
	s.hits(fyne.Key2, fyne.Key1)
	ends := make(chan bool)
	s.desk.Attempt("正在写入", func(context.Context, func(done, total int64)) error { <-ends; return nil }, func(error) {})
	if !s.shell.Page().Buttons().Press("裁定 1 处") {
		t.Fatal("the button cannot be pressed")
	}
	s.mustSay("上一步还没有做完")
	close(ends)
	s.settle()
	if got := phoneOf(t, s.desk.DB, person); got != "15400002222" {
		t.Errorf("the phone became %s", got)
	}
	decide := s.shell.Page().Buttons()[0]
	s.press("裁定 1 处")
	decide.OnTapped() // as of a click that came before the emptied list disabled it
	s.settle()
	s.mustSay("没有待裁定的栏目")
	if got := phoneOf(t, s.desk.DB, person); got != "15400001111" {
		t.Errorf("the phone became %s", got)
	}
}

// Ensure that undoing a batch whose cells were decided since shows them first,
// and keeps them if told to.
func TestUndoAsksAboutLaterWork(t *testing.T) {
	s, person := conflicted(t)
	s.enter(page.RoomConflicts)
	s.hits(fyne.Key2, fyne.Key1, fyne.KeyReturn)
	b := s.enter(page.RoomBatches).(*page.Batches)
	b.Grid.Select(b.Rows()[0])
	s.press("撤销这一批")
	s.mustSay("其中 1 处后来又改过", "联系电话", "裁定")
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

// Ensure that 《数据核对情况表》 is printed with what is open.
func TestPrintsTheReconciliation(t *testing.T) {
	s, _ := conflicted(t)
	s.enter(page.RoomConflicts)
	s.press("打印核对情况")
	if len(s.launched) != 1 || !strings.Contains(s.launched[0], "数据核对情况表") {
		t.Errorf("opens %q", s.launched)
	}
}

// Ensure that a field of the county's says in a township that it was filled in
// from below, until the county's word comes.
func TestFieldsOfALevelSayWhoFilledThemIn(t *testing.T) {
	s := openFew(t)
	var post string
	ok(t, s.desk.DB.Do("录入", tester, func(tx *store.Tx) error {
		for p, err := range store.All[record.Post](tx) {
			if err != nil {
				return err
			}
			p.FilingNo, post = "旗备〔2026〕1号", p.ID
			return tx.Put(p)
		}
		return nil
	}))
	s.settle()
	s.desk.Record("post", post)
	s.settle()
	s.mustSay("旗备〔2026〕1号", "下级填报：这一栏由旗县区填写")
}
