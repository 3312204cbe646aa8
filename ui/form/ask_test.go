package form

import (
	"testing"

	"touyan/store/field"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// Ensure that a field that is not asked for as the record stands is neither
// shown nor gone through, and is both once it is.
func TestAsksWhatIsNeeded(t *testing.T) {
	s := bench(t, members, Options{
		Sections: []Section{{Fields: []string{"name", "joined", "note"}}},
		Asks: func(kind *field.Kind, row field.Row, fd *field.Field) bool {
			return fd.Name != "joined" || kind.Value(row, "name") == "斯琴"
		},
	})
	s.SetRow(known("m1"))
	s.mustNotSay("入党时间")
	s.in("name", "孟和")
	s.keys("Tab")
	s.at("note")
	s.in("name", "斯琴")
	s.mustSay("入党时间")
	s.keys("Tab")
	s.at("joined")
}

// Ensure that what is wrong with a field is forgotten with the asking, that the
// step can then be completed by its chord, and that giving a draft up asks anew.
func TestWhatIsNotAskedForIsNeverWrong(t *testing.T) {
	edits := 0
	s := bench(t, members, Options{
		Sections: []Section{{Fields: []string{"name", "joined", "note"}}}, Step: true,
		Asks: func(kind *field.Kind, row field.Row, fd *field.Field) bool {
			return fd.Name != "joined" || kind.Value(row, "name") == "斯琴"
		},
		OnEdit: func() { edits++ },
	})
	s.SetRow(known("m1"))
	s.in("name", "斯琴")
	s.in("joined", "何时")
	if s.Finish() {
		t.Fatal("a wrong date is stored")
	}
	s.in("name", "孟和")
	s.cell("name").input.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierShortcutDefault})
	if len(s.saved) != 1 {
		t.Fatalf("saved was %v", s.saved)
	}
	s.in("name", "斯琴")
	before := edits
	s.Discard()
	s.mustNotSay("入党时间")
	if edits == before {
		t.Error("nobody was told that what was typed is gone")
	}
}

// Ensure that a name the list lacks can be made from the list, by the keyboard,
// and that one then goes on from the field that points to it.
func TestMakesWhatTheListLacks(t *testing.T) {
	choices := villages
	asked := ""
	var then func(string)
	s := bench(t, members, Options{
		Sections: []Section{{Fields: []string{"village", "note"}}},
		Choices:  func(string) []Choice { return choices },
		Make:     func(target, text string, do func(string)) { asked, then = target+" "+text, do },
	})
	s.SetRow(known("m1"))
	s.in("village", "前进嘎查")
	s.mustNotSay("新增“前进嘎查”…")
	s.in("village", "前进") // the name in full, not a longer one's beginning
	s.keys("Return")
	if asked != "village 前进" {
		t.Errorf("asked for is %q", asked)
	}
	s.in("village", "东风村")
	s.mustSay("新增“东风村”…")
	s.keys("Return")
	if asked != "village 东风村" {
		t.Fatalf("asked for is %q", asked)
	}
	choices = append([]Choice{{ID: "v9", Text: "东风村"}}, choices...)
	then("v9")
	s.holds("village", "东风村", "v9")
	s.at("note")
}

// Ensure that what follows from others is written into a line, and that lines
// can be read as they are typed.
func TestFillsAndReadsLines(t *testing.T) {
	s, _ := family(t)
	s.Fill("r2", "name", "巴特")
	if got := s.Lines("relative"); len(got) != 2 || got[1].Values[1] != "巴特" {
		t.Errorf("the lines are %v", got)
	}
	s.leave()
	if len(s.saved) > 0 {
		t.Errorf("saved as typed is %v", s.saved)
	}
}
