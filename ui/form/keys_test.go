package form

import (
	"slices"
	"testing"

	"touyan/store/field"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// Ensure that Tab and Enter go to the next field and with Shift to the one
// before, and that what is typed there takes the place of what stood there.
func TestGoesThrough(t *testing.T) {
	s := newMember(t, Options{})
	s.SetRow(known("m1"))
	s.Focus("birth")
	s.keys("Return")
	s.at("joined")
	s.keys("2004.01", "Tab")
	s.at("village")
	s.keys("Shift+Tab")
	s.at("joined")
	s.keys("Shift+Return")
	s.at("birth")
	s.holds("joined", "2004.01", "2004-01")
	s.Focus("note")
	s.keys("甲", "Return")
	if s.win.Canvas().Focused() != s.outside {
		t.Errorf("after the last field the keyboard is at %s", describe(s.win.Canvas().Focused()))
	}
	s.savedOnce(map[string]string{"joined": "2004-01", "note": "甲"})
}

// Ensure that Escape takes a field back to what it was when it was entered,
// readable or not, and that with nothing to take back it is the window's.
func TestEscape(t *testing.T) {
	s := newMember(t, Options{})
	s.SetRow(known("m1"))
	passed := 0
	s.win.Canvas().SetOnTypedKey(func(*fyne.KeyEvent) { passed++ })
	s.in("birth", "三月")
	s.keys("Tab", "Shift+Tab", "四月", "Escape")
	s.holds("birth", "三月", "1978-03")
	s.in("name", "别人")
	s.keys("Escape")
	s.holds("name", "白音巴图", "白音巴图")
	s.in("village", "bay")
	s.keys("Escape", "Escape")
	s.holds("village", "前进嘎查", "v1")
	if passed != 0 {
		t.Error("the window had an Escape that took something back")
	}
	s.keys("Escape")
	if passed != 1 {
		t.Errorf("the window had %d Escapes", passed)
	}
}

// Ensure that a masked field comes back masked.
func TestEscapeKeepsTheMask(t *testing.T) {
	s := newMember(t, Options{})
	s.SetRow(known("m1"))
	s.in("phone", "15400000002")
	s.keys("Escape")
	s.holds("phone", "154••••0001", "15400000001")
}

// Ensure that Ctrl+S saves and that Alt+Down opens.
func TestShortcuts(t *testing.T) {
	s := newMember(t, Options{})
	s.SetRow(known("m1"))
	s.in("name", "白音那")
	in := s.cell("name").input
	in.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyS, Modifier: fyne.KeyModifierShortcutDefault})
	s.savedOnce(map[string]string{"name": "白音那"})
	s.at("name")
	if s.cell("name").frame.StrokeColor != s.look.Accent {
		t.Error("after saving the field with the keyboard has no ring")
	}
	s.Focus("sex")
	s.cell("sex").input.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyDown, Modifier: fyne.KeyModifierAlt})
	s.mustOffer("男", "女")
}

// Ensure that a code is found by characters, pinyin, initials and number, the
// likeliest first, and that Enter takes the marked one and goes on.
func TestFindsCodes(t *testing.T) {
	s := newMember(t, Options{})
	for _, c := range []struct {
		typed string
		want  []string
	}{
		{"蒙", []string{"蒙古族"}}, {"menggu", []string{"蒙古族"}}, {"mgz", []string{"蒙古族"}}, {"mgu", []string{"蒙古族"}},
		{"m", []string{"蒙古族", "苗族", "满族", "锡伯族"}}, {"MZ", []string{"苗族", "满族", "锡伯族"}}, {"hui", []string{"回族"}},
		{"1", []string{"朝鲜族", "满族"}}, {"11", []string{"满族"}}, {"cxz", []string{"朝鲜族"}}, {"ewk", []string{"鄂温克族"}},
		{"els", []string{"俄罗斯族"}}, {"wenke", []string{"鄂温克族"}}, {"汉", []string{"汉族"}}, {"旧称", nil}, {"xyz", nil},
	} {
		s.in("nation", c.typed)
		s.mustOffer(c.want...)
		s.keys("Escape", "Escape")
	}
	s.in("nation", "m")
	s.keys("Down", "Down", "Up", "Return")
	s.holds("nation", "苗族", "06")
	s.at("birth")
	if s.float != nil {
		t.Error("the list stayed open")
	}
}

// Ensure that the list opens by F4 and Down at what stands there, closes by
// Escape, and that emptying the field empties it.
func TestOpensTheList(t *testing.T) {
	s := newMember(t, Options{})
	s.SetRow(known("m1"))
	s.Focus("nation")
	s.keys("F4")
	if l := s.float.(*list); l.items[l.at].Text != "蒙古族" || len(l.items) != 10 {
		t.Errorf("the list of %d is at %d", len(l.items), l.at)
	}
	s.mustSay("还有 2 项")
	s.keys("PageDown", "PageDown", "Down")
	if l := s.float.(*list); l.at != 9 || l.top != 2 {
		t.Errorf("the list went to %d, from %d", l.at, l.top)
	}
	s.keys("Escape")
	if s.float != nil {
		t.Error("Escape left the list open")
	}
	s.holds("nation", "蒙古族", "02")
	s.keys("Down", "BackSpace", "Return")
	s.holds("nation", "", "")
	s.in("nation", "没有")
	s.mustSay("没有这样的内容")
}

// Ensure that on leaving a word typed in full is taken as it is, whatever the
// list marks; that Tab takes the marked one for a word begun, and the mouse
// going elsewhere does not.
func TestLeavesTheList(t *testing.T) {
	s := newMember(t, Options{})
	s.in("nation", "汉")
	s.keys("Tab")
	s.holds("nation", "汉族", "01")
	s.in("nation", "me")
	s.keys("Tab")
	s.holds("nation", "蒙古族", "02")
	s.in("nation", "miao")
	s.leave()
	s.holds("nation", "miao", "")
	s.mustSay("不在“民族”可填的内容里")
}

// Ensure that the mouse opens a list and takes from it, and that this does not
// leave the form.
func TestListByMouse(t *testing.T) {
	s := newMember(t, Options{})
	s.SetRow(known("m1"))
	s.Focus("name")
	c := s.cell("sex")
	s.click(c.button, fyne.NewPos(1, 1))
	s.mustOffer("男", "女")
	s.at("sex")
	s.click(s.float.(*list), fyne.NewPos(10, s.look.Row*1.5))
	s.holds("sex", "女", "2")
	s.at("sex")
	if s.float != nil || len(s.saved) > 0 {
		t.Error("the list stays open, or the form was left")
	}
	s.keys("男", "Tab", "Shift+Tab", "女") // what was chosen is typed over
	s.holds("sex", "女", "2")
	s.keys("Escape")
	s.click(c.button, fyne.NewPos(1, 1))
	s.click(c.button, fyne.NewPos(1, 1))
	if s.float != nil {
		t.Error("a second press does not close the list")
	}
	s.leave()
	s.savedOnce(map[string]string{"sex": "2"})
}

// Ensure that a reference is found among the page's candidates, that two of one
// name are told apart by choosing, and that what was chosen stays chosen.
func TestReferences(t *testing.T) {
	asked := 0
	s := newMember(t, Options{Choices: func(target string) []Choice {
		asked++
		if target != "village" {
			t.Errorf("asked for %s", target)
		}
		return villages
	}})
	s.in("village", "byh")
	s.mustOffer("巴彦花嘎查")
	s.keys("Return")
	s.holds("village", "巴彦花嘎查", "v2")
	s.in("village", "红旗村")
	s.mustOffer("红旗村", "红旗村")
	s.mustSay("白音花苏木", "乌兰苏木")
	s.leave()
	s.mustSay("名单里有 2 个“红旗村”")
	s.in("village", "hq")
	s.keys("Down", "Return")
	s.holds("village", "红旗村", "v4")
	s.leave()
	s.SetRow(field.Row{ID: "m1", Values: []string{"甲", "", "", "", "", "", "v3"}})
	s.Focus("village")
	s.keys("Tab")
	s.holds("village", "红旗村", "v3")
	s.SetRow(known("m2"))
	if asked != 2 {
		t.Errorf("the candidates of two records were asked for %d times", asked)
	}
}

// Ensure that a choice is found however far down a long list it stands, and
// that finding keeps the order of the list among equals.
func TestChoices(t *testing.T) {
	c := newChooser([]Choice{{ID: "1", Text: "李秀英"}, {ID: "2", Text: "单于"}, {ID: "3", Text: "Bat Erdene"}, {ID: "4", Text: "那顺·巴图"}, {ID: "5", Text: "李秀芳"}})
	for query, want := range map[string][]string{
		"lix": {"1", "5"}, "lxf": {"5"}, "秀": {"1", "5"}, "shanyu": {"2"}, "danyu": {"2"}, "chanyu": {"2"}, "baterdene": {"3"}, "BAT": {"3", "4"}, "nsbt": nil,
		"ns·bt": {"4"}, "bt": {"4"}, "ｌｘ": {"1", "5"}, "李 秀": {"1", "5"},
	} {
		var got []string
		for _, item := range c.find(query) {
			got = append(got, item.ID)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s finds %v, want %v", query, got, want)
		}
	}
}
