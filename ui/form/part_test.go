package form

import (
	"fmt"
	"maps"
	"testing"

	"touyan/store/field"
)

// family is a member with the lines of the ledger.
func family(t testing.TB) (*station, *[]func(string)) {
	n := 0
	var asked []func(string)
	o := Options{
		Sections: []Section{{Title: "基本情况", Fields: []string{"name", "birth"}}, {Title: "亲属", Lines: relatives}},
		NewID:    func() string { n++; return fmt.Sprintf("new%d", n) },
		AskVoid: func(_ *field.Kind, line field.Row, then func(string)) {
			if line.ID != "r1" {
				t.Errorf("asked about %s", line.ID)
			}
			asked = append(asked, then)
		},
	}
	s := bench(t, members, o)
	s.SetRow(known("m1"))
	s.SetLines("relative", kin())
	return s, &asked
}

func kin() []field.Row {
	return []field.Row{{ID: "r1", Values: []string{"m1", "斯琴", "1980-05"}}, {ID: "r2", Values: []string{"m1", "巴特尔", "2004-11"}}}
}

func (s *station) lines(want ...Line) {
	s.t.Helper()
	if len(s.saved) != 1 {
		s.t.Fatalf("saved were %v", s.saved)
	}
	got := s.saved[0].Lines
	same := len(got) == len(want)
	for i := 0; same && i < len(got); i++ {
		a, b := got[i], want[i]
		same = a.ID == b.ID && a.New == b.New && a.Void == b.Void && a.Kind == "relative" && maps.Equal(a.Values, b.Values)
	}
	if !same {
		s.t.Errorf("saved were the lines %+v, want %+v", got, want)
	}
	s.saved = nil
}

// Ensure that lines stand as a table in their owner's form, are gone through
// like fields, and are saved with the owner in one visit.
func TestLines(t *testing.T) {
	s, _ := family(t)
	s.mustSay("亲属姓名", "斯琴", "1980.05", "巴特尔", "添加一行", "作废")
	s.mustNotSay("姓名斯琴")
	s.in("birth", "1979.3")
	s.keys("Tab", "斯琴高娃", "Return", "1981.5", "Return")
	s.leave()
	if v := s.saved[0].Values; !maps.Equal(v, map[string]string{"birth": "1979-03"}) {
		t.Errorf("of the owner saved was %v", v)
	}
	s.lines(Line{ID: "r1", Values: map[string]string{"name": "斯琴高娃", "birth": "1981-05"}})
}

// Ensure that a line is added by its word, and by Enter at the end of the last
// one; that Enter in an empty line goes on; and that an empty line is dropped.
func TestAddsLines(t *testing.T) {
	s, _ := family(t)
	s.Focus("name")
	s.press("添加一行")
	s.keys("乌云", "Return", "2010.02", "Return", "其其格", "Return", "Return")
	if n := len(s.parts[0].records); n != 5 {
		t.Errorf("there are %d lines", n)
	}
	s.keys("Return", "Return")
	if s.win.Canvas().Focused() != s.outside {
		t.Errorf("the keyboard is at %s", describe(s.win.Canvas().Focused()))
	}
	s.lines(Line{ID: "new1", New: true, Values: map[string]string{"name": "乌云", "birth": "2010-02"}},
		Line{ID: "new2", New: true, Values: map[string]string{"name": "其其格"}})
	if n := len(s.parts[0].records); n != 4 {
		t.Errorf("there are %d lines with the empty one", n)
	}
	s.SetLines("relative", append(kin(), field.Row{ID: "new1", Values: []string{"m1", "乌云", "2010-02"}}, field.Row{ID: "new2", Values: []string{"m1", "其其格"}}))
	s.Leave()
	if n := len(s.parts[0].records); n != 4 || len(s.saved) > 0 {
		t.Errorf("read back there are %d lines, and saved again %v", n, s.saved)
	}
}

// Ensure that a line of the ledger is voided with the reason the page asks for,
// and that without a reason it stays.
func TestVoidsLines(t *testing.T) {
	s, asked := family(t)
	s.press("作废")
	(*asked)[0]("")
	s.mustSay("斯琴")
	s.press("作废")
	(*asked)[1]("重复录入")
	s.mustNotSay("斯琴")
	s.leave()
	s.lines(Line{ID: "r1", Void: "重复录入"})
	s.SetLines("relative", kin()[1:])
	s.Leave()
	if len(s.saved) > 0 {
		t.Errorf("voided again: %v", s.saved)
	}
}

// Ensure that a line added here is removed without a question.
func TestRemovesNewLines(t *testing.T) {
	s, _ := family(t)
	s.press("添加一行")
	s.keys("乌云")
	s.press("删除")
	s.mustNotSay("乌云")
	s.leave()
	if len(s.saved) > 0 {
		t.Errorf("saved: %v", s.saved)
	}
}

// Ensure that what is wrong in a line is told below it, and the rest is saved.
func TestWrongLines(t *testing.T) {
	s, _ := family(t)
	s.Focus("birth")
	s.keys("Tab", "斯琴高娃", "Tab", "五月", "Tab")
	s.mustSay("“五月”不是日期")
	s.leave()
	s.lines(Line{ID: "r1", Values: map[string]string{"name": "斯琴高娃"}})
}

// Ensure that drafts hold lines: changed, added and voided.
func TestDraftsOfLines(t *testing.T) {
	s, asked := family(t)
	o := s.o
	s.press("作废")
	(*asked)[0]("重复录入")
	s.press("添加一行")
	s.keys("乌云", "Tab", "二月")
	s.wait()
	s.again(members, o)
	s.SetRow(known("m1"))
	s.SetLines("relative", kin())
	s.mustSay("已经找回", "乌云", "二月", "巴特尔")
	s.mustNotSay("斯琴")
	s.press("保留")
	s.Leave()
	s.lines(Line{ID: "new1", New: true, Values: map[string]string{"name": "乌云"}}, Line{ID: "r1", Void: "重复录入"})
	s.Discard()
	s.mustNotSay("二月")
	s.again(members, o)
	s.SetRow(known("m2"))
	s.mustNotSay("乌云")
}
