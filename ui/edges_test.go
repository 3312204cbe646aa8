package ui

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"touyan/store"
	"touyan/store/record"
	"touyan/ui/page"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

// Ensure that why and where to, typed for somebody who then stays after all, is
// not written into the post that ends.
func TestTermChangeForgetsWhyOfWhoStays(t *testing.T) {
	s := openFew(t)
	village := sunny(s)
	s.term(village, "2026.02.20")
	s.place(2)
	s.write("wygw")
	s.key(fyne.KeyReturn)
	s.key(fyne.KeyTab)
	s.write("个人原因")
	s.backTab(2)
	s.write("李秀云")
	s.key(fyne.KeyTab)
	s.mustSay("完成后登记：留任3人、新任0人、离任0人。")
	s.tap("完成")
	if got := s.team(village); s.lastOp() != "换届" || !slices.Contains(got, "12 李秀云 2021.03–2026.02.20 第十届 1届") {
		t.Errorf("the team is\n  %s", strings.Join(got, "\n  "))
	}
}

// backTab goes back so many cells of a form.
func (s *station) backTab(n int) {
	s.t.Helper()
	shift := &fyne.KeyEvent{Name: desktop.KeyShiftLeft}
	for range n {
		s.win.Canvas().Focused().(desktop.Keyable).KeyDown(shift)
		s.key(fyne.KeyTab)
	}
	s.win.Canvas().Focused().(desktop.Keyable).KeyUp(shift)
}

// slow holds what is to be written back until it is called.
func (s *station) slow() (goOn func()) {
	s.t.Helper()
	held, wait := make(chan struct{}), make(chan struct{})
	ended := make(chan error, 1)
	go func() {
		ended <- s.desk.DB.Do("录入", tester, func(*store.Tx) error {
			close(held)
			<-wait
			return context.Canceled // nothing is written
		})
	}()
	<-held
	return func() {
		close(wait)
		if err := <-ended; !errors.Is(err, context.Canceled) {
			s.t.Fatal(err)
		}
		s.settle()
	}
}

// Ensure that 换届 that is left while it is still being written does not close
// the page one went to, and says that it is done.
func TestTermChangeLeftWhileWriting(t *testing.T) {
	s := openFew(t)
	village := sunny(s)
	s.term(village, "2026.02.20")
	goOn := s.slow()
	s.win.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierShortcutDefault})
	for _, d := range s.shell.side.doors {
		if d.room.Name == "reserve" {
			test.Tap(d)
		}
	}
	goOn()
	if got := s.lastOp(); got != "换届" {
		t.Fatalf("the last operation is %s", got)
	}
	if got := s.shell.Page().Title(); got != "后备力量" {
		t.Errorf("shows %s", got)
	}
	s.mustSay("已登记向阳嘎查换届")
}

// Ensure that of two posts that read alike, held in villages of one name, each
// can be left, and both are where both are ticked.
func TestLeavingPostsThatReadAlike(t *testing.T) {
	s := openFew(t)
	id := s.person()
	ok(t, s.desk.DB.Do("录入", tester, func(tx *store.Tx) error {
		other := &record.Village{Name: "前进嘎查"}
		err := tx.Put(other)
		return errors.Join(err, tx.Put(&record.Post{Person: id, Village: other.ID, Position: record.Secretary, From: date(t, "2025-01")}))
	}))
	s.settle()
	s.press("离任")
	s.fill("2026.02", "去世")
	if got := s.lastOp(); got != "离任" {
		t.Fatalf("the last operation is %s: %s", got, strings.Join(s.texts(), " | "))
	}
	s.view(func(tx *store.Tx) error {
		for p, err := range store.All[record.Post](tx) {
			if err != nil {
				return err
			}
			if p.To.IsZero() {
				t.Errorf("the post since %s has not ended", p.From.Office())
			}
		}
		return nil
	})
}

// Ensure that a wall hides names wholly where one begins like another, and the
// names told at the foot and in the path too, which come back afterwards.
func TestNamesOnAWall(t *testing.T) {
	s := openFew(t)
	s.newcomer("乌兰")
	ok(t, s.desk.DB.Do("更正", tester, func(tx *store.Tx) error {
		for p, err := range store.All[record.Person](tx) {
			if err != nil {
				return err
			}
			if p.Name == "白音巴图" {
				p.Name, p.Birth = "乌兰其其格", date(t, "1960-03")
				return tx.Put(p)
			}
		}
		return nil
	}))
	s.settle()
	village := s.village()
	s.mustSay("乌兰其其格66岁")
	s.desk.Tell(page.Notice{Text: "已登记乌兰其其格离任。"})
	s.desk.Wall()
	s.settle()
	if s.says("其其格") {
		t.Errorf("the wall shows a name: %s", s.told())
	}
	s.desk.Wall()
	s.settle()
	s.mustSay("已登记乌兰其其格离任。")
	s.link("知道了")
	s.desk.Record("village", village)
	s.settle()
	s.key(fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
	if got := s.shell.Page().Title(); got != "乌兰其其格" {
		t.Fatalf("shows %s", got)
	}
	s.desk.Wall()
	s.settle()
	if s.says("其其格") {
		t.Errorf("the path names who is covered: %s", s.told())
	}
}

// Ensure that a book that is accepted closes its own page, not one that was
// opened while it was being written.
func TestAcceptingClosesNoOtherPage(t *testing.T) {
	s := openFew(t)
	sunny(s)
	s.drop(sheetOf(t, newTermRoster))
	if s.says("没有对上") {
		s.press("继续核对")
	}
	goOn := s.slow()
	if !s.shell.Page().Buttons().Press("接受全部") {
		t.Fatalf("cannot be accepted: %s", s.told())
	}
	s.shell.back()
	s.shell.Show("person")
	var id string
	s.view(func(tx *store.Tx) error {
		for p, err := range store.All[record.Person](tx) {
			id = p.ID
			return err
		}
		return nil
	})
	s.desk.Record("person", id)
	name := s.shell.Page().Title()
	goOn()
	s.mustSay("已写入")
	if got := s.shell.Page().Title(); got != name || len(s.shell.over) != 1 {
		t.Errorf("shows %s, not %s", got, name)
	}
}

// Ensure that the page of a record that is taken back goes with it: nothing
// failed.
func TestPageOfWhatIsTakenBackCloses(t *testing.T) {
	for _, kind := range []string{"person", "village"} {
		s := openFew(t)
		s.enter(kind)
		s.ctrl(fyne.KeyN)
		s.write("红旗")
		s.key(fyne.KeyTab)
		s.tap("完成")
		if got := s.shell.Page().Title(); got != "红旗" {
			t.Fatalf("shows %s: %s", got, s.told())
		}
		s.link("撤销")
		if s.desk.Panel() != nil || s.says("没有完成") {
			t.Errorf("%s: taken back, it says %s", kind, s.told())
		}
		if n := len(s.shell.over); n != 0 {
			t.Errorf("%s: the page of what is not there is still open", kind)
		}
		s.mustSay("已撤销“登记”。")
	}
}

// Ensure that a post of nobody is shown as vacant in the table of 换届, counts as
// nobody who stays or leaves, and ends with it.
func TestTermChangeOfAPostOfNobody(t *testing.T) {
	s := openFew(t)
	village := sunny(s)
	ok(t, s.desk.DB.Do("录入", tester, func(tx *store.Tx) error {
		return tx.Put(&record.Post{Village: village, Position: record.DeputyHead, From: date(t, "2021-03")})
	}))
	s.settle()
	s.term(village, "2026.02.20")
	s.mustSay("完成后登记：留任3人、新任0人、离任0人，空缺1席。")
	s.tap("完成")
	if got := s.team(village); s.lastOp() != "换届" || !slices.Contains(got, "22  2021.03–2026.02.20  0届") {
		t.Errorf("the team is\n  %s", strings.Join(got, "\n  "))
	}
}

// Ensure that a card of somebody whose 任职时间 is not known says so.
func TestCardOfAnUndatedPost(t *testing.T) {
	s := openFew(t)
	village := s.village()
	ok(t, s.desk.DB.Do("更正", tester, func(tx *store.Tx) error {
		v, err := store.Get[record.Village](tx, village)
		if err != nil {
			return err
		}
		v.Elected = date(t, "2024-03-10")
		p := &record.Person{Name: "孟和"}
		err = errors.Join(tx.Put(v), tx.Put(p))
		return errors.Join(err, tx.Put(&record.Post{Person: p.ID, Village: village, Position: record.Head}))
	}))
	s.settle()
	s.mustSay("2024.03 — 2029.03.10", "任职时间未填")
	for _, text := range s.texts() {
		if strings.HasPrefix(text, " — ") {
			t.Errorf("a card says %q", text)
		}
	}
}
