package chart

import (
	"math"
	"slices"
	"strings"
	"testing"

	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

// middle is the middle of the spot of an item.
func middle(g *ground, row, column int) fyne.Position {
	for _, p := range g.spots {
		if s := p.at(); s.row == row && s.column == column {
			return s.Position().AddXY(s.Size().Width/2, s.Size().Height/2)
		}
	}
	return fyne.NewPos(-1, -1)
}

// Ensure that a click opens what was clicked and nothing else, and that what
// leads nowhere leads nowhere.
func TestTapOpens(t *testing.T) {
	dress(t, theme.Roomy, false)
	var o opened
	for name, chart := range all(&o) {
		w := show(t, chart, 500)
		g := chartGround(chart)
		for _, c := range chart.cells() {
			o = nil
			test.TapCanvas(w.Canvas(), middle(g, c.row, c.column))
			got := slices.Clone(o)
			o = nil
			if c.item.Open != nil {
				c.item.Open()
			}
			if !slices.Equal(got, o) {
				t.Errorf("%s: a click on %s opens %q, want %q", name, c.item.Label, got, o)
			}
		}
	}
}

// keyed is a window with what it was left of the keys.
type keyed struct {
	fyne.Window
	left []fyne.KeyName
}

func (w *keyed) press(names ...fyne.KeyName) {
	for _, name := range names {
		w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: name})
	}
}

func listen(w fyne.Window) *keyed {
	k := &keyed{Window: w}
	w.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) { k.left = append(k.left, e.Name) })
	return k
}

// Ensure that Tab leads to bars that may be opened and to no others, that the
// arrows walk along them, and that Enter and the space bar open the right one.
func TestKeysWalkBars(t *testing.T) {
	dress(t, theme.Roomy, false)
	var o opened
	w := listen(show(t, NewBars(posts(&o), sentence), 500))
	w.Canvas().FocusNext()
	w.press(fyne.KeyReturn, fyne.KeyDown, fyne.KeyEnter, fyne.KeyDown, fyne.KeyDown, fyne.KeySpace, fyne.KeyUp, fyne.KeySpace)
	if want := []string{"secretary", "chair", "unsure", "vacant"}; !slices.Equal(o, want) {
		t.Errorf("opened %q, want %q", o, want)
	}
	if len(w.left) != 0 {
		t.Errorf("the window got %v", w.left)
	}
	o = nil
	w.Canvas().FocusNext()
	w.press(fyne.KeyReturn)
	if !slices.Equal(o, opened{"unsure"}) {
		t.Errorf("Tab leads to %q", o)
	}
}

// Ensure that keys a chart does nothing with are the window's: an arrow at the
// edge among them, and letters.
func TestOtherKeysAreTheWindows(t *testing.T) {
	dress(t, theme.Roomy, false)
	var o opened
	w := listen(show(t, NewBars(posts(&o), sentence), 500))
	w.Canvas().FocusNext()
	w.press(fyne.KeyF1, fyne.KeyUp, fyne.KeyLeft, fyne.KeyEscape)
	w.Canvas().Focused().TypedRune('a')
	if want := []fyne.KeyName{fyne.KeyF1, fyne.KeyUp, fyne.KeyLeft, fyne.KeyEscape}; !slices.Equal(w.left, want) || len(o) != 0 {
		t.Errorf("the window got %v, opened %q", w.left, o)
	}
}

// Ensure that the arrows walk within a row and from row to row, over rows with
// nothing in them, to the part nearest to the one before.
func TestKeysWalkParts(t *testing.T) {
	dress(t, theme.Roomy, false)
	var o opened
	rows := grades(&o)
	rows[1], rows[2] = rows[2], rows[1]
	w := listen(show(t, NewStacked(rows, sentence), 500))
	w.Canvas().FocusNext()
	w.press(fyne.KeyRight, fyne.KeyRight, fyne.KeyReturn, fyne.KeyDown, fyne.KeyReturn, fyne.KeyLeft, fyne.KeyReturn, fyne.KeyUp, fyne.KeyReturn)
	if want := []string{"2023 poor", "2024 fair", "2024 good", "2023 good"}; !slices.Equal(o, want) {
		t.Errorf("opened %q, want %q", o, want)
	}
}

// Ensure that down leads to the next row, also where that ends sooner.
func TestKeysWalkShorterRows(t *testing.T) {
	dress(t, theme.Roomy, false)
	var o opened
	rows := grades(&o)
	rows[1].Parts = []Item{{"优秀", "3", 3, Good, o.to("short")}}
	rows[2].Parts = rows[0].Parts
	w := listen(show(t, NewStacked(rows, sentence), 500))
	w.Canvas().FocusNext()
	w.press(fyne.KeyRight, fyne.KeyRight, fyne.KeyDown, fyne.KeyReturn)
	if want := []string{"short"}; !slices.Equal(o, want) {
		t.Errorf("opened %q, want %q", o, want)
	}
}

// Ensure that left and right walk along a line, and Enter opens its points.
func TestKeysWalkPoints(t *testing.T) {
	dress(t, theme.Roomy, false)
	var o opened
	w := listen(show(t, NewLine(years(&o), sentence), 500))
	w.Canvas().FocusNext()
	w.press(fyne.KeyRight, fyne.KeyRight, fyne.KeyReturn, fyne.KeyLeft, fyne.KeyReturn)
	if want := []string{"2021", "2020"}; !slices.Equal(o, want) {
		t.Errorf("opened %q, want %q", o, want)
	}
}

// Ensure that the mouse over a bar and the keyboard on it show, that what may be
// opened has a hand for a cursor, and that what may not shows nothing.
func TestShowsWhatOpens(t *testing.T) {
	look := dress(t, theme.Roomy, false)
	b := NewBars(posts(&opened{}), sentence)
	w := show(t, b, 900)
	p := b.spots[0].(*press)
	test.MoveMouse(w.Canvas(), middle(&b.ground, 0, 0))
	if !p.tint.Visible() || p.tint.FillColor != look.AccentWeak || p.Cursor() != desktop.PointerCursor || p.tint.Size() != p.Size() {
		t.Error("the mouse over a bar does not show")
	}
	test.MoveMouse(w.Canvas(), middle(&b.ground, 3, 0))
	if p.tint.Visible() || b.spots[3].at().tint.Visible() || b.spots[3].Visible() {
		t.Error("the mouse shows where it is not, or where nothing opens")
	}
	w.Canvas().Focus(p)
	if !p.ring.Visible() || p.ring.StrokeColor != look.Accent || p.ring.Size() != p.Size() {
		t.Error("the keyboard on a bar does not show")
	}
	w.Canvas().FocusNext()
	if p.ring.Visible() {
		t.Error("the keyboard shows where it was")
	}
}

func incomes() []Item {
	return []Item{{"2024年6月", "90,000 元", 9, Info, nil}, {"2024年12月", "120,000 元", 12, Info, nil}, {"2025年6月", "150,000 元", 15, Info, nil}}
}

// Ensure that what was cut off, or not written, is told in full under the mouse
// and where the keyboard is, within the chart, and no longer than that.
func TestTellsWhatIsCutOff(t *testing.T) {
	dress(t, theme.Roomy, false)
	var o opened
	for name, c := range map[string]struct {
		chart       drawn
		row, column int
		want        string
	}{
		"label":         {NewBars(posts(&o), sentence), 1, 0, "村民委员会主任和副主任（一肩挑的除外） 12 人"},
		"part":          {NewStacked(grades(&o), sentence), 0, 1, "2023 年 基本合格 8"},
		"last part":     {NewStacked(grades(&o)[:1], sentence), 0, 2, "2023 年 不合格 4"},
		"no words":      {NewStacked([]Row{{"", "", []Item{{"", "", 1, Good, nil}}}}, sentence), 0, 0, ""},
		"alone":         {NewProgress([]Goal{{Item{"发展党员和入党积极分子培养", "38 / 50", 38, Info, nil}, 50, 0}}, sentence), 0, 0, "发展党员和入党积极分子培养 38 / 50 · 76%"},
		"point":         {NewLine(incomes(), sentence), 0, 1, "2024年12月 120,000 元"},
		"last of above": {NewBars(append(posts(&o)[2:], posts(&o)[1]), sentence), 4, 0, "村民委员会主任和副主任（一肩挑的除外） 12 人"},
	} {
		width := float32(330)
		if name == "point" {
			width = 0
		}
		w := show(t, c.chart, width)
		before := said(c.chart)
		if slices.Contains(before, c.want) {
			t.Errorf("%s: told before anybody asked", name)
		}
		test.MoveMouse(w.Canvas(), middle(chartGround(c.chart), c.row, c.column))
		texts, boxes := inks(c.chart)
		told, size := said(c.chart)[len(before):], c.chart.Size()
		if strings.Join(told, " ") != c.want {
			t.Errorf("%s: tells %q", name, told)
		}
		for i := len(before); i < len(texts); i++ {
			if b := boxes[i]; b.X < 0 || b.X+b.Width > size.Width || b.Y < 0 || b.Y+b.Height > size.Height {
				t.Errorf("%s: tells %q at %v in %v", name, texts[i].Text, b, size)
			}
		}
		test.MoveMouse(w.Canvas(), fyne.NewPos(-5, -5))
		if got := said(c.chart); !slices.Equal(got, before) {
			t.Errorf("%s: afterwards it says %q", name, got)
		}
	}
}

// Ensure that what a bar is called is told where the keyboard is.
func TestTellsWhereTheKeyboardIs(t *testing.T) {
	dress(t, theme.Roomy, false)
	var o opened
	w := listen(show(t, NewBars(posts(&o), sentence), 330))
	w.Canvas().FocusNext()
	w.press(fyne.KeyDown)
	if got := strings.Join(said(w.Content()), " "); !strings.Contains(got, "（一肩挑的除外） 12 人") {
		t.Errorf("it says %s", got)
	}
	w.press(fyne.KeyDown)
	if got := strings.Join(said(w.Content()), " "); strings.Contains(got, "（一肩挑的除外） 12 人") {
		t.Errorf("afterwards it says %s", got)
	}
}

// Ensure that the keyboard stays on a bar when the numbers change, opens what
// stands there now, and goes to what is near when the bar is no more.
func TestKeyboardStays(t *testing.T) {
	dress(t, theme.Roomy, false)
	var o opened
	b := NewBars(posts(&o)[:3], sentence)
	w := listen(show(t, b, 500))
	w.Canvas().FocusNext()
	w.press(fyne.KeyDown, fyne.KeyDown)
	other := []Item{{"一", "1", 1, Info, o.to("one")}, {"二", "2", 2, Info, o.to("two")}, {"三", "3", 3, Info, o.to("three")}}
	b.Set(other)
	w.press(fyne.KeyReturn)
	b.Set(other[:2])
	w.press(fyne.KeyReturn)
	other[1].Open = nil
	b.Set(other[:2])
	w.press(fyne.KeyReturn)
	if want := []string{"three", "two", "one"}; !slices.Equal(o, want) {
		t.Errorf("opened %q, want %q", o, want)
	}
	b.Set(nil)
	if got := w.Canvas().Focused(); got != nil {
		t.Errorf("the keyboard is with %v, which is not there", got)
	}
}

// Ensure that the keyboard does not stay on a point of a line nothing of which
// is known any more.
func TestKeyboardLeavesAnEmptyLine(t *testing.T) {
	dress(t, theme.Roomy, false)
	var o opened
	l := NewLine(years(&o), sentence)
	w := show(t, l, 500)
	w.Canvas().FocusNext()
	l.Set([]Item{{"2019", "未报", math.NaN(), Plain, o.to("2019")}})
	if got := w.Canvas().Focused(); got != nil {
		t.Errorf("the keyboard is with %v", got)
	}
}
