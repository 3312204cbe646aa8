package form

import (
	"strings"
	"testing"

	"touyan/store/field"
	ledger "touyan/store/record"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// Ensure that the form of every kind of the ledger shows each field with its
// label, takes back what it shows, and finds nothing changed.
func TestEveryKind(t *testing.T) {
	for _, k := range ledger.Kinds() {
		s := bench(t, k, Options{})
		row := field.Row{ID: "x1"}
		for i := range k.Fields {
			row.Values = append(row.Values, sampleOf(&k.Fields[i]))
		}
		s.SetRow(row)
		s.Reveal(true)
		for i := range k.Fields {
			fd := &k.Fields[i]
			s.mustSay(fd.Label)
			c := s.cell(fd.Name)
			c.input.OnChanged(c.text)
			if c.bad != nil || c.value != row.Values[i] {
				t.Errorf("%s.%s shows %q, which is read as %q, %v", k.Name, fd.Name, c.text, c.value, c.bad)
			}
		}
		s.Leave()
		if len(s.saved) > 0 {
			t.Errorf("%s: saved unchanged %v", k.Name, s.saved)
		}
	}
}

// sampleOf is a value of a field's type.
func sampleOf(fd *field.Field) string {
	switch fd.Type {
	case field.Number, field.Money:
		return "3"
	case field.Day:
		return "2024-03"
	case field.Code:
		return fd.Codes.Items[0].Code
	case field.Ref:
		return "v1"
	case field.IDNumber:
		return "150426197803121237"
	case field.Phone:
		return "15400000001"
	}
	return "甲"
}

// Ensure that there are two columns where the window has room for them, one in
// a narrow dialog, and that long texts have a row to themselves.
func TestColumns(t *testing.T) {
	s := newMember(t, Options{})
	for _, c := range []struct {
		width float32
		side  bool
	}{{1146, true}, {theme.Current().WideDialog, true}, {theme.Current().Dialog, false}, {360, false}} {
		s.win.Resize(fyne.NewSize(c.width, 700))
		name, id, note := s.cell("name").frame, s.cell("idno").frame, s.cell("note").frame
		if side := name.Position().Y == id.Position().Y; side != c.side {
			t.Errorf("at %v wide, side by side is %v", c.width, side)
		}
		if right := id.Position().X + id.Size().Width; right > c.width {
			t.Errorf("at %v wide, fields reach to %v", c.width, right)
		}
		if note.Size().Width < name.Size().Width || note.Position().X != name.Position().X {
			t.Errorf("at %v wide, the long text is %v", c.width, note.Size())
		}
	}
}

// Ensure that sentences make room for themselves, and that the field with the
// keyboard is brought into sight.
func TestMakesRoom(t *testing.T) {
	s := newMember(t, Options{Columns: 1})
	s.win.Resize(fyne.NewSize(600, 200))
	below := s.cell("joined").frame.Position().Y
	s.in("birth", "三月")
	s.keys("Tab")
	if got := s.cell("joined").frame.Position().Y; got <= below {
		t.Errorf("the field below stands at %v, as before", got)
	}
	s.Focus("note")
	c := s.cell("note").frame
	if top := c.Position().Y - s.scroll.Offset.Y; top < 0 || top+c.Size().Height > s.scroll.Size().Height {
		t.Errorf("the last field stands at %v of %v", top, s.scroll.Size().Height)
	}
}

// Ensure that the wheel scrolls the form also over a field, and a list where one
// is open.
func TestWheel(t *testing.T) {
	s := newMember(t, Options{Columns: 1})
	s.win.Resize(fyne.NewSize(600, 300))
	s.Focus("nation")
	over := fyne.CurrentApp().Driver().AbsolutePositionForObject(s.cell("nation").input).AddXY(20, 10)
	test.Scroll(s.win.Canvas(), over, 0, -30)
	if s.scroll.Offset.Y == 0 {
		t.Error("the form has not moved")
	}
	s.keys("F4")
	at := s.scroll.Offset
	test.Scroll(s.win.Canvas(), fyne.CurrentApp().Driver().AbsolutePositionForObject(s.float).AddXY(20, 10), 0, -30)
	if l := s.float.(*list); l.top != 1 || s.scroll.Offset != at {
		t.Errorf("the list begins at %d, and the form went from %v to %v", l.top, at, s.scroll.Offset)
	}
}

// Ensure that what drops below a field stays within the form, above the field
// where there is no room below.
func TestDropsWithinTheForm(t *testing.T) {
	s := newMember(t, Options{})
	s.win.Resize(fyne.NewSize(1146, 420))
	for _, name := range []string{"sex", "nation", "birth", "joined", "village"} {
		s.Focus(name)
		s.keys("F4")
		at, size := s.float.Position(), s.float.Size()
		if at.X < 0 || at.Y < 0 || at.X+size.Width > s.Size().Width || at.Y+size.Height > s.Size().Height {
			t.Errorf("what drops below %s stands at %v, %v in %v", name, at, size, s.Size())
		}
		s.keys("Escape")
	}
}

// Ensure that another density or contrast is taken over by an open form, with
// what is typed.
func TestTakesOverTheTheme(t *testing.T) {
	s := newMember(t, Options{})
	s.in("name", "白音那")
	large := theme.New(nil, nil, theme.Large, true)
	fyne.CurrentApp().Settings().SetTheme(large)
	s.Refresh()
	if c := s.cell("name"); c.frame.Size().Height != large.Row || c.label.TextSize != large.Text || c.frame.FillColor != large.Surface || c.input.Text != "白音那" {
		t.Errorf("the field is %v high, its label %v, with %q", c.frame.Size().Height, c.label.TextSize, c.input.Text)
	}
}

// Ensure that no line of a sentence begins with a stop, and that numbers are
// not torn apart.
func TestBreaksLines(t *testing.T) {
	text := "“150426197803121230”的校验码不对，至少有一位写错，请对照证件核对公民身份号码。"
	for width := float32(150); width < 400; width += 7 {
		lines := broken(text, width, 12)
		if strings.Join(lines, "") != text {
			t.Fatalf("at %v broken into %q", width, lines)
		}
		for _, l := range lines {
			if strings.ContainsAny(l[:3], "。，”") && strings.HasPrefix(l, string([]rune(l)[:1])) && strings.ContainsRune(noStart, []rune(l)[0]) {
				t.Errorf("at %v a line is %q", width, l)
			}
		}
		if !strings.Contains(strings.Join(lines, "\n"), "150426197803121230") {
			t.Errorf("at %v the number is torn: %q", width, lines)
		}
	}
}
