package ui

import (
	"slices"
	"strings"
	"testing"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/ui/page"

	"fyne.io/fyne/v2"
)

// only opens the page of the only record of a kind.
func (s *station) only(kind string) {
	s.t.Helper()
	list := s.enter(kind).(*page.List)
	list.Grid.OnOpen(list.Rows()[0])
	s.settle()
}

// offers reports whether the page has a button that can be seen, or an item in
// the menu of what there is more.
func (s *station) offers(text string) bool {
	if s.shell.Page().Buttons().Press("更多…") && s.desk.Offers(text) {
		return true
	}
	for _, b := range s.shell.Page().Buttons() {
		if strings.HasPrefix(b.Text, text) && b.Visible() {
			return true
		}
	}
	return false
}

// fill fills in two fields of the step that is open, and completes it.
func (s *station) fill(first, second string) {
	s.t.Helper()
	s.write(first)
	s.key(fyne.KeyTab)
	s.write(second)
	s.key(fyne.KeyTab)
	s.tap("完成")
	if s.desk.Panel() != nil { // it was warned of something
		s.tap("完成")
	}
}

// change changes records of a kind.
func change[T any, P interface {
	*T
	field.Record
}](s *station, f func(P)) {
	s.t.Helper()
	ok(s.t, s.desk.DB.Do("更正", tester, func(tx *store.Tx) error {
		for r, err := range store.All[T, P](tx) {
			if err != nil {
				return err
			}
			f(r)
			return tx.Put(r)
		}
		return nil
	}))
	s.settle()
}

// Ensure that the page of a post ends that post, and offers it no more once it
// has ended, until that is undone.
func TestLeavingFromThePost(t *testing.T) {
	s := openFew(t)
	s.only("post")
	s.press("离任")
	s.mustSay("白音巴图离任", "前进嘎查 党组织书记")
	s.fill("2026.02", "辞职")
	if got := s.lastOp(); got != "离任" {
		t.Fatalf("the last operation is %s: %s", got, strings.Join(s.texts(), " | "))
	}
	if s.offers("离任") || !s.offers("看本人") {
		t.Error("a post that has ended can be left")
	}
	s.link("撤销")
	if !s.offers("离任") {
		t.Error("a post that was left by mistake cannot be left")
	}
}

// Ensure that a place in the pool is closed from its page, that one who is in
// the pool can be taken up and a clue only admitted.
func TestStepsOfAReserve(t *testing.T) {
	s := openFew(t)
	s.only("reserve")
	if s.offers("入库") || !s.offers("任用") || !s.offers("出库") {
		t.Error("who is in the pool is not offered 任用 and 出库 alone")
	}
	change(s, func(r *record.Reserve) { r.State, r.Entered = record.Judged, field.Date{} })
	s.only("reserve")
	if !s.offers("入库") || s.offers("任用") || !s.offers("出库") {
		t.Error("a clue is not offered 入库 and 出库 alone")
	}
	s.press("入库")
	s.mustSay("白音巴图", "前进嘎查")
	s.write("2026.01")
	s.key(fyne.KeyTab)
	s.tap("完成")
	if got := s.lastOp(); got != "入库" || !s.offers("任用") {
		t.Fatalf("the last operation is %s: %s", got, strings.Join(s.texts(), " | "))
	}
	s.press("出库")
	s.mustSay("白音巴图出库")
	s.fill("2026.03", "本人申请退出")
	if got := s.lastOp(); got != "出库" || s.offers("出库") || s.offers("任用") || s.offers("入库") {
		t.Fatalf("the last operation is %s: %s", got, strings.Join(s.texts(), " | "))
	}
}

// Ensure that leaving the pool is offered with a post of the committees, and not
// with another, which takes nobody out of it.
func TestOffersToLeaveThePool(t *testing.T) {
	for position, offered := range map[string]bool{"村委会主任": true, "会计": false} {
		s := openFew(t)
		s.only("reserve")
		s.press("任用")
		s.write(position)
		s.key(fyne.KeyTab)
		s.settle()
		if s.says("同时办理后备出库") != offered {
			t.Errorf("%s: offered %v", position, !offered)
		}
	}
}

// Ensure that who is taken up from a place in the pool is appointed in its
// village, leaves the pool by the same operation, and comes back by one 撤销.
func TestTakingUp(t *testing.T) {
	s := openFew(t)
	other := store.NewID(clock())
	ok(t, s.desk.DB.Do("录入", tester, func(tx *store.Tx) error {
		return tx.Put(&record.Village{Head: field.Head{ID: other}, Name: "红星嘎查", Office: store.OfficeID(s.desk.DB.Office().Code)})
	}))
	change(s, func(r *record.Reserve) { r.Village = other })
	before := s.everything()
	s.only("reserve")
	s.press("任用")
	s.mustSay("红星嘎查")
	s.fill("村委会主任", "2026.03")
	if got := s.lastOp(); got != "任命" {
		t.Fatalf("the last operation is %s: %s", got, strings.Join(s.texts(), " | "))
	}
	var posts, left int
	s.view(func(tx *store.Tx) error {
		for p, err := range store.All[record.Post](tx) {
			if err != nil {
				return err
			}
			if p.Village == other && p.Position == record.Head {
				posts++
			}
		}
		for r, err := range store.All[record.Reserve](tx) {
			if err != nil {
				return err
			}
			if !r.Left.IsZero() {
				left++
			}
		}
		return nil
	})
	if posts != 1 || left != 1 {
		t.Errorf("%d posts, %d left the pool: %s", posts, left, strings.Join(s.texts(), " | "))
	}
	s.link("撤销")
	if got := s.everything(); !slices.Equal(got, before) {
		t.Error("one 撤销 does not take it back")
	}
}

// Ensure that the lists of posts and of the pool take a step with what is
// selected in them, and ask who is meant where nothing is.
func TestStepsOfLists(t *testing.T) {
	s := openFew(t)
	list := s.enter("post").(*page.List)
	list.Grid.Select(list.Rows()[0])
	s.press("离任")
	s.mustSay("白音巴图离任")
	s.press("放弃")
	list.Grid.Select()
	s.press("离任")
	s.mustSay("谁离任？", "白音巴图 · 前进嘎查", "党组织书记")
	s.write("bybt")
	s.key(fyne.KeyReturn)
	s.mustSay("白音巴图离任")
	s.fill("2026.02", "辞职")
	if got := s.lastOp(); got != "离任" {
		t.Fatalf("the last operation is %s: %s", got, strings.Join(s.texts(), " | "))
	}
	s.press("离任")
	s.mustSay("没有在任的职务")
	list = s.enter("reserve").(*page.List)
	list.Grid.Select(list.Rows()[0])
	s.press("出库")
	s.mustSay("白音巴图出库")
	s.press("放弃")
	s.press("入库")
	s.mustSay("入库时间")
	s.press("放弃")
}

// Ensure that the find box takes the steps from anywhere.
func TestStepsFromAnywhere(t *testing.T) {
	s := openFew(t)
	for typed, want := range map[string]string{"登记离任": "谁离任？", "djck": "谁出库？", "登记任命": "任命", "djrk": "入库时间"} {
		s.enter("person")
		s.ctrl(fyne.KeyK)
		s.shell.Search(typed)
		if len(s.answers()) == 0 {
			t.Fatalf("%s finds nothing", typed)
		}
		s.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		s.settle()
		s.mustSay(want)
		s.key(fyne.KeyEscape)
		s.putAway()
	}
}
