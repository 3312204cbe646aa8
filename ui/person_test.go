package ui

import (
	"strings"
	"testing"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/ui/button"
	"touyan/ui/page"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

// key presses a key where the keyboard is.
func (s *station) key(names ...fyne.KeyName) {
	s.t.Helper()
	for _, name := range names {
		e := &fyne.KeyEvent{Name: name}
		if f := s.win.Canvas().Focused(); f != nil {
			f.TypedKey(e)
		} else {
			s.win.Canvas().OnTypedKey()(e)
		}
		s.settle()
	}
}

// write types where the keyboard is.
func (s *station) write(text string) {
	s.t.Helper()
	test.Type(s.win.Canvas().Focused(), text)
	s.settle()
}

// tap taps the last thing on screen that bears a text and can be tapped.
func (s *station) tap(text string) {
	s.t.Helper()
	c := s.win.Canvas()
	root := c.Content()
	if top := c.Overlays().Top(); top != nil {
		root = top
	}
	var found fyne.Tappable
	for _, o := range test.LaidOutObjects(root) {
		p, can := o.(fyne.Tappable)
		if !can {
			continue
		}
		if b, is := o.(*button.Button); is && b.Text == text {
			found = p
		}
		w, is := o.(fyne.Widget)
		if !is {
			continue
		}
		for _, inside := range test.WidgetRenderer(w).Objects() {
			for _, part := range test.LaidOutObjects(inside) {
				if t, isText := part.(*canvas.Text); isText && t.Text == text && o.Visible() {
					found = p
				}
			}
		}
	}
	if found == nil {
		s.t.Fatalf("nothing to tap says %s, but: %s", text, strings.Join(s.texts(), " | "))
	}
	test.Tap(found)
	s.settle()
}

// person opens the page of the first person.
func (s *station) person() string {
	s.t.Helper()
	list := s.enter("person").(*page.List)
	id := list.Rows()[0]
	list.Grid.OnOpen(id)
	s.settle()
	return id
}

// bare opens the page of the first person with no papers.
func (s *station) bare() string {
	s.t.Helper()
	list := s.enter("person").(*page.List)
	for _, id := range list.Rows() {
		papers := 0
		s.view(func(tx *store.Tx) error {
			links, err := tx.Referring(id)
			for _, l := range links {
				if l.Kind == "paper" {
					papers++
				}
			}
			return err
		})
		if papers == 0 {
			list.Grid.OnOpen(id)
			s.settle()
			return id
		}
	}
	s.t.Fatal("everybody has papers")
	return ""
}

// leaf goes to the tab so many to the right.
func (s *station) leaf(right int) {
	for range right {
		s.key(fyne.KeyRight)
	}
}

// lastOp is the newest operation of the journal.
func (s *station) lastOp() (op string) {
	s.view(func(tx *store.Tx) error {
		for e, err := range tx.Journal() {
			op = e.Op
			return err
		}
		return nil
	})
	return op
}

// Ensure that a person's page says who it is, what is held and what is missing,
// with numbers masked until they are asked for, on that page alone.
func TestPersonPage(t *testing.T) {
	s := openFew(t)
	s.person()
	s.mustSay("白音巴图", "1978.03（48 岁）", "前进嘎查 党组织书记", "154••••0001", "待补 5 项")
	if s.says("15400000001") {
		t.Fatal("the phone can be read")
	}
	s.tap("显示")
	s.mustSay("15400000001", "隐藏")
	s.tap("隐藏")
	if s.says("15400000001") {
		t.Error("the phone can still be read")
	}
	s.tap("显示")
	s.key(fyne.KeyEscape)
	s.person()
	if s.says("15400000001") {
		t.Error("the page opened again shows the phone")
	}
}

// Ensure that what is typed into the facts is one operation when the page is
// left, named by whether something was wrong or missing, and can be taken back
// from the foot.
func TestFactsAreSavedOnLeaving(t *testing.T) {
	for _, c := range []struct{ field, typed, op string }{{"联系电话", "15400008888", "更正"}, {"籍贯", "内蒙古赤峰", "登记"}} {
		s := openFew(t)
		before := s.everything()
		s.person()
		s.key(fyne.KeyDown)
		for n := 0; n < 40 && !focusedOn(s, c.field); n++ {
			s.key(fyne.KeyTab)
		}
		s.write(c.typed)
		s.keys(&desktop.CustomShortcut{KeyName: fyne.KeyLeft, Modifier: fyne.KeyModifierAlt})
		if got := s.lastOp(); got != c.op {
			t.Errorf("%s is saved as %s, want %s", c.field, got, c.op)
		}
		if got := s.shell.Page().Title(); got != "人员" {
			t.Errorf("after leaving the page is %s", got)
		}
		s.mustSay("已保存白音巴图的" + c.field)
		s.link("撤销")
		if after := s.everything(); strings.Join(after, "\n") != strings.Join(before, "\n") {
			t.Errorf("taken back, the ledger is another")
		}
	}
}

// focusedOn reports whether the field with a label has the keyboard: it stands
// right of the label, in the same row.
func focusedOn(s *station, label string) bool {
	f, is := s.win.Canvas().Focused().(fyne.CanvasObject)
	if !is {
		return false
	}
	driver := fyne.CurrentApp().Driver()
	at := driver.AbsolutePositionForObject(f)
	best, name := float32(1e6), ""
	for _, o := range test.LaidOutObjects(s.win.Canvas().Content()) {
		t, isText := o.(*canvas.Text)
		if !isText {
			continue
		}
		p := driver.AbsolutePositionForObject(t)
		if dx := at.X - p.X; dx > 0 && dx < best && p.Y > at.Y-14 && p.Y < at.Y+14 {
			best, name = dx, t.Text
		}
	}
	return name == label
}

// Ensure that a line of what is missing leads to the field.
func TestMissingLeadsToTheField(t *testing.T) {
	s := openFew(t)
	s.person()
	s.tap("民族")
	if !focusedOn(s, "民族") {
		t.Error("another field has the keyboard")
	}
}

// Ensure that the life in posts and the pool stands in one line, that a line of
// it opens the record, and that Escape goes back.
func TestLifeOfAPerson(t *testing.T) {
	s := openFew(t)
	s.person()
	s.leaf(1)
	s.mustSay("2024.03 至今", "前进嘎查 党组织书记", "2025.07 至今", "前进嘎查 后备力量")
	s.key(fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
	if got := s.shell.Page().Title(); !strings.Contains(got, "党组织书记") {
		t.Errorf("the second line opens %s", got)
	}
	s.key(fyne.KeyEscape)
	if got := s.shell.Page().Title(); got != "白音巴图" {
		t.Errorf("Escape leads to %s", got)
	}
}

// Ensure that the history tells cell by cell what was changed, masked as the
// field demands, and that one field can be asked for.
func TestHistoryOfAPerson(t *testing.T) {
	s := openFew(t)
	phone(t, s.desk.DB, "15400002222")
	s.settle()
	s.person()
	s.leaf(10)
	s.mustSay("更正", "联系电话", "154••••0001", "154••••2222", "张敏", "（建立）")
	for _, number := range []string{"15400002222", "15400000001"} {
		if s.says(number) {
			t.Errorf("%s can be read", number)
		}
	}
	for _, o := range test.LaidOutObjects(s.win.Canvas().Content()) {
		if pick, is := o.(*widget.Select); is {
			pick.SetSelected("联系电话")
		}
	}
	s.settle()
	if s.says("（建立）") {
		t.Error("other fields are still listed")
	}
}

// Ensure that 离任 asks when and why, refuses a day before the post began in a
// sentence, warns that the village is left without 书记, and ends the post by
// one operation.
func TestLeavingAPost(t *testing.T) {
	s := openFew(t)
	s.person()
	s.press("离任")
	s.mustSay("白音巴图离任", "前进嘎查 党组织书记")
	s.write("2023.01")
	s.key(fyne.KeyTab)
	s.write("辞职")
	s.key(fyne.KeyTab)
	s.tap("完成")
	s.mustSay("早于")
	s.write("2026.02")
	s.key(fyne.KeyTab)
	s.mustSay("离任后前进嘎查没有党组织书记")
	s.tap("完成")
	if got := s.lastOp(); got != "离任" || s.desk.Panel() != nil {
		t.Fatalf("the last operation is %s, a panel is open: %v", got, s.desk.Panel() != nil)
	}
	s.mustSay("已登记白音巴图离任前进嘎查 党组织书记", "现在没有任职")
	s.link("撤销")
	s.mustSay("已撤销")
}

// Ensure that a step that is closed stays a draft that counts nowhere, and is
// found again.
func TestStepStaysADraft(t *testing.T) {
	s := openFew(t)
	before := s.everything()
	s.person()
	s.press("任命")
	s.write("村委会主任")
	s.key(fyne.KeyTab)
	s.press("关闭")
	if strings.Join(s.everything(), "\n") != strings.Join(before, "\n") {
		t.Error("a draft is in the ledger")
	}
	s.press("任命")
	s.mustSay("这是上次没有完成的草稿", "村委会主任")
	s.press("放弃")
	s.press("任命")
	if s.says("村委会主任") {
		t.Error("a draft given up is found again")
	}
}

// Ensure that 任命 makes the post by one operation, with what the ledger knows
// filled in.
func TestAppointing(t *testing.T) {
	s := openFew(t)
	id := s.person()
	s.press("任命")
	s.write("村委会主任")
	s.key(fyne.KeyTab)
	s.write("2026.03")
	s.key(fyne.KeyTab)
	s.tap("完成")
	if s.desk.Panel() != nil {
		s.tap("完成")
	}
	if got := s.lastOp(); got != "任命" {
		t.Fatalf("the last operation is %s: %s", got, strings.Join(s.texts(), " | "))
	}
	s.mustSay("（一肩挑）")
	held := 0
	s.view(func(tx *store.Tx) error {
		for p, err := range store.All[record.Post](tx) {
			if err != nil {
				return err
			}
			if p.Person == id && p.To.IsZero() {
				held++
			}
		}
		return nil
	})
	if held != 2 {
		t.Errorf("holds %d posts", held)
	}
}

// Ensure that Ctrl+N opens an empty form, that nothing counts before 完成, that
// 完成 makes the record by one operation and shows it, and that a name is asked.
func TestNewPerson(t *testing.T) {
	s := openFew(t)
	s.enter("person")
	s.ctrl(fyne.KeyN)
	s.mustSay("新增人员")
	s.tap("完成")
	if s.lastOp() != "录入" {
		t.Fatal("a person without a name was made")
	}
	s.write("李秀英")
	s.key(fyne.KeyTab, fyne.KeyTab)
	s.write("150426198003121225")
	s.key(fyne.KeyTab)
	if s.lastOp() != "录入" {
		t.Fatal("saved before it was complete")
	}
	s.tap("完成")
	if got := s.lastOp(); got != "登记" {
		t.Fatalf("the last operation is %s: %s", got, strings.Join(s.texts(), " | "))
	}
	if got := s.shell.Page().Title(); got != "李秀英" {
		t.Errorf("shows %s", got)
	}
	s.mustSay("女", "1980.03.12", "现在没有任职")
}

// Ensure that every kind has a page for its records and an empty form for new
// ones, in Chinese, and that both fit the smallest screen.
func TestRecordsOfEveryKind(t *testing.T) {
	s := openFew(t)
	for _, kind := range []string{"village", "person", "post", "reserve"} {
		list := s.enter(kind).(*page.List)
		list.Grid.OnOpen(list.Rows()[0])
		s.settle()
		s.mustSay("概况", "记录")
		s.chinese(kind)
		if least := s.win.Content().MinSize(); least.Width > 1366 || least.Height > 768 {
			t.Errorf("%s wants %v", kind, least)
		}
		s.enter(kind)
		s.press("新增")
		s.mustSay("完成")
		s.chinese("new " + kind)
		s.putAway()
	}
}

// Ensure that two records are said to be one person, and to be two again, each
// with a reason that the journal keeps.
func TestTwoRecordsAreOnePerson(t *testing.T) {
	s := openFew(t)
	ok(t, s.desk.DB.Do("录入", tester, func(tx *store.Tx) error {
		return tx.Put(&record.Person{Name: "白音巴图", Birth: field.Date{Year: 1978, Month: 3}, Phone: "15400000009"})
	}))
	s.settle()
	count := func() (n int) {
		s.view(func(tx *store.Tx) error {
			for _, err := range store.All[record.Person](tx) {
				if err != nil {
					return err
				}
				n++
			}
			return nil
		})
		return n
	}
	first := firstPerson(t, s.desk.DB, func(*record.Person) {})
	s.desk.Record("person", first)
	s.settle()
	s.press("同一人…")
	s.mustSay("白音巴图和哪一条是同一个人", "1978.03")
	s.hit(fyne.KeyReturn)
	s.mustSay("凭什么认定")
	s.hit(fyne.Key2)
	s.mustSay("已合并为同一人", "待裁定")
	if n, e := count(), lastEntry(s); n != 1 || e.Why != "与本人核实" {
		t.Errorf("%d people, the journal has %+v", n, e)
	}
	s.press("同一人…")
	s.mustSay("这一条是 2 条记录合并成的")
	s.hit(fyne.Key2)
	s.hit(fyne.Key1)
	if n := count(); n != 2 {
		t.Errorf("parted, there are %d", n)
	}
}
