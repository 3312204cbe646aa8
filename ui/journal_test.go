package ui

import (
	"slices"
	"strconv"
	"testing"
	"time"

	"touyan/store"
	"touyan/ui/page"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// journal enters the room.
func (s *station) journal() *page.Journal {
	s.t.Helper()
	return s.enter(page.RoomJournal).(*page.Journal)
}

// narrows types into one of the fields above the journal: 0 that of the record,
// negative ones before it, positive ones behind it.
func (s *station) narrows(at int, text string) {
	s.t.Helper()
	s.ctrl(fyne.KeyF)
	for ; at < 0; at++ {
		s.win.Canvas().(interface{ FocusPrevious() }).FocusPrevious()
	}
	for ; at > 0; at-- {
		s.win.Canvas().(interface{ FocusNext() }).FocusNext()
	}
	s.replace(text)
	s.key(fyne.KeyReturn)
}

// told are the cells of a column of the journal shown.
func opsOf(s *station, j *page.Journal) (out []string) {
	seqs := j.Rows()
	s.view(func(tx *store.Tx) error {
		for e, err := range tx.Journal() {
			if err != nil {
				return err
			}
			if slices.Contains(seqs, strconv.FormatUint(e.Seq, 10)) {
				out = append(out, e.Op)
			}
		}
		return nil
	})
	return out
}

// Ensure that the journal is read from its end as far as somebody scrolls, and
// in the end to its beginning, each entry once.
func TestJournalReadsOnDemand(t *testing.T) {
	s := openFew(t)
	for range 700 {
		ok(t, s.desk.DB.Note("打印", "花名册", "", tester))
	}
	s.settle()
	j := s.journal()
	var seq uint64
	s.view(func(tx *store.Tx) error { seq = tx.Seq(); return nil })
	if n := len(j.Rows()); n >= int(seq) || n < 300 {
		t.Fatalf("%d entries of %d were read at once", n, seq)
	}
	s.mustSay("往下翻接着读")
	j.Grid.Focus()
	for range 5 {
		s.win.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyEnd, Modifier: fyne.KeyModifierShortcutDefault})
		s.settle()
	}
	got := slices.Clone(j.Rows())
	if len(got) != int(seq) {
		t.Errorf("%d entries of %d were read", len(got), seq)
	}
	if slices.Sort(got); len(slices.Compact(got)) != int(seq) {
		t.Error("an entry stands there twice")
	}
}

// Ensure that the journal narrows to a person, an operation, a record by its
// name, days, and to what was no operation.
func TestJournalNarrows(t *testing.T) {
	s := openFew(t)
	phone(t, s.desk.DB, "15400002222")
	ok(t, s.desk.DB.Note("打印", "花名册", "", store.Actor{Name: "苏和"}))
	s.settle()
	j := s.journal()
	all := len(j.Rows())
	for _, c := range []struct {
		at   int
		text string
		want []string
	}{
		{-2, "苏和", []string{"打印"}},
		{-1, "更正", []string{"更正"}},
		{0, "白音", []string{"更正", "录入"}},
		{1, "2026.3.3", nil},
		{2, "2026.3.1", nil},
	} {
		s.narrows(c.at, c.text)
		if got := opsOf(s, j); !slices.Equal(got, c.want) {
			t.Errorf("%q: %v, want %v", c.text, got, c.want)
		}
		s.tap("不筛选")
		if len(j.Rows()) != all {
			t.Fatalf("%d entries of %d without a filter", len(j.Rows()), all)
		}
	}
	s.narrows(1, "三月")
	s.mustSay("不是日期")
	s.tap("不筛选")
	s.tap("不筛选")
	s.tap("只看登录与导出")
	if got := opsOf(s, j); !slices.Equal(got, []string{"打印"}) {
		t.Errorf("events: %v", got)
	}
	s.chinese("journal")
}

// Ensure that an entry opens with each cell before and after, private ones
// masked, and is taken back from there; that later work on the same cells is
// listed first and kept if one says so; and that it then says so itself.
func TestJournalEntryIsUndone(t *testing.T) {
	s := openFew(t)
	id := phone(t, s.desk.DB, "15400002222")
	s.settle()
	j := s.journal()
	j.Grid.Select(j.Rows()[0])
	s.press("看这一条")
	s.mustSay("联系电话", "白音巴图", "更正", "154••••2222", "154••••0001")
	if s.says("15400002222") {
		t.Error("a phone stands there in full")
	}
	s.press("撤销")
	s.press("撤销“更正”")
	if got := phoneOf(t, s.desk.DB, id); got != "15400000001" {
		t.Errorf("the phone is %s", got)
	}
	s.shell.close()
	s.settle()
	s.mustSay("已撤销", "撤销第 2 条")

	phone(t, s.desk.DB, "15400003333")
	phone(t, s.desk.DB, "15400004444")
	s.settle()
	j.Grid.Select(j.Rows()[1])
	s.press("撤销")
	s.press("撤销“更正”")
	s.mustSay("之后又有改动", "联系电话")
	s.press("撤销其余")
	if got := phoneOf(t, s.desk.DB, id); got != "15400004444" {
		t.Errorf("later work is lost: %s", got)
	}
}

// Ensure that from a cell's history one press leads to the operation, and from
// there one to the batch it came in.
func TestHistoryLeadsToTheBatch(t *testing.T) {
	s := open(t)
	s.enter("person")
	path := s.roster(func(set func(row int, path, text string)) { set(0, "person.phone", "15400007777") })
	s.drop(path)
	s.press("接受")
	var seq uint64
	s.view(func(tx *store.Tx) error { seq = tx.Seq(); return nil })
	var id string
	s.view(func(tx *store.Tx) error {
		list, _, err := tx.Touched(seq, 10)
		for _, r := range list {
			if r.Kind == "person" {
				id = r.ID
			}
		}
		return err
	})
	s.shell.record("person", id)
	s.settle()
	s.tap("记录")
	s.key(fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
	s.mustSay("花名册.xlsx", strconv.FormatUint(seq, 10))
	s.press("看这一批")
	s.mustSay("花名册.xlsx")
}

// Ensure that verifying tells what was looked at, how far the journal has come
// and that nothing is wrong, and notes that it was done.
func TestVerifyPage(t *testing.T) {
	s := openFew(t)
	s.journal()
	s.press("核验")
	s.mustSay("没有发现问题", "核验了", "指纹")
	var head store.Head
	s.view(func(tx *store.Tx) (err error) { head, err = tx.Head(); return err })
	list := entries(s, "核验台账")
	if len(list) != 1 || head.Size < 2 {
		t.Errorf("the journal has %+v", list)
	}
	s.press("打印这一行")
	if len(s.launched) != 1 || len(entries(s, "打印")) != 1 {
		t.Errorf("printed %v, journalled %+v", s.launched, entries(s, "打印"))
	}
	_ = head
}

// Ensure that a turned clock is told beside the entry that found it.
func TestTurnedClockIsTold(t *testing.T) {
	c := &ticking{clock()}
	s := admitted(t, c.now)
	c.at = c.at.Add(-3 * 24 * time.Hour)
	ok(t, s.desk.DB.Note("打印", "花名册", "", tester))
	s.settle()
	s.journal()
	s.mustSay("时钟往回拨")
	j := s.shell.Page().(*page.Journal)
	j.Grid.Select(j.Rows()[0])
	s.press("看这一条")
	s.mustSay("此前系统时间被往回拨了 3 天", "只是记下")
}
