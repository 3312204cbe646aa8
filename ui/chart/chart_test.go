package chart

import (
	"fmt"
	"image/color"
	"math"
	"slices"
	"strings"
	"testing"

	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
)

const sentence = "还没有登记过培训。"

// opened notes what was opened.
type opened []string

// to is a way that leads to a name.
func (o *opened) to(name string) func() { return func() { *o = append(*o, name) } }

// posts are items of all tones: a long label, nothing, next to nothing, one
// that is not known, and one that leads nowhere.
func posts(o *opened) []Item {
	return []Item{
		{"党组织书记", "24 人", 24, Info, o.to("secretary")},
		{"村民委员会主任和副主任（一肩挑的除外）", "12 人", 12, Good, o.to("chair")},
		{"空岗", "0 人", 0, Bad, o.to("vacant")},
		{"后备力量", "6 人", 6, Plain, nil},
		{"待核实", "1 人", 0.001, Warn, o.to("unsure")},
		{"未报", "", math.NaN(), Plain, o.to("unknown")},
	}
}

// grades are rows of the grades of three years; the second has no poor ones,
// the third nothing.
func grades(o *opened) []Row {
	parts := func(year string, good, fair, poor float64) []Item {
		return []Item{
			{"优秀", fmt.Sprint(good), good, Good, o.to(year + " good")},
			{"基本合格", fmt.Sprint(fair), fair, Warn, o.to(year + " fair")},
			{"不合格", fmt.Sprint(poor), poor, Bad, o.to(year + " poor")},
		}
	}
	return []Row{{"2023 年", "24 人", parts("2023", 12, 8, 4)}, {"2024 年", "12 人", parts("2024", 9, 3, 0)}, {"2025 年", "未评", nil}}
}

func goals(o *opened) []Goal {
	return []Goal{
		{Item{"发展党员", "38 / 50", 38, Info, o.to("members")}, 50, 40},
		{Item{"集体经济收入", "60万 / 50万", 60, Good, o.to("income")}, 50, 0},
		{Item{"培训", "0 / 8", 0, Plain, nil}, 8, 4},
	}
}

func years(o *opened) []Item {
	var out []Item
	for i, v := range []float64{18, 21, 16, math.NaN(), 25, 40, 28} {
		text := fmt.Sprint(v)
		if math.IsNaN(v) {
			text = "未报"
		}
		year := fmt.Sprint(2019 + i)
		out = append(out, Item{year, text, v, Info, o.to(year)})
	}
	return out
}

// all is one chart of each kind.
func all(o *opened) map[string]drawn {
	return map[string]drawn{"bars": NewBars(posts(o), sentence), "stacked": NewStacked(grades(o), sentence),
		"progress": NewProgress(goals(o), sentence), "line": NewLine(years(o), sentence)}
}

// dress starts an app in a look.
func dress(t *testing.T, density theme.Density, strong bool) *theme.Theme {
	app := test.NewTempApp(t)
	look := theme.New(nil, nil, density, strong)
	app.Settings().SetTheme(look)
	return look
}

// show puts a chart in a window of a width, but no smaller than it may be.
func show(t *testing.T, chart drawn, width float32) fyne.Window {
	w := test.NewTempWindow(t, chart)
	w.SetPadded(false)
	least := chart.MinSize()
	w.Resize(fyne.NewSize(max(width, least.Width), least.Height))
	return w
}

// marks are what is drawn of a chart and of what lies in it.
func marks(o fyne.CanvasObject) []fyne.CanvasObject {
	w, isWidget := o.(fyne.Widget)
	if !isWidget {
		return []fyne.CanvasObject{o}
	}
	var out []fyne.CanvasObject
	for _, child := range test.WidgetRenderer(w).Objects() {
		if child.Visible() {
			out = append(out, marks(child)...)
		}
	}
	return out
}

// inks are the texts of a chart and the boxes their characters take.
func inks(o fyne.CanvasObject) (texts []*canvas.Text, boxes []box) {
	for _, m := range marks(o) {
		t, isText := m.(*canvas.Text)
		if !isText || t.Text == "" {
			continue
		}
		b := box{t.Position(), t.MinSize()}
		switch t.Alignment {
		case fyne.TextAlignTrailing:
			b.X += t.Size().Width - b.Width
		case fyne.TextAlignCenter:
			b.X += (t.Size().Width - b.Width) / 2
		}
		b.Y += (t.Size().Height - b.Height) / 2
		texts, boxes = append(texts, t), append(boxes, b)
	}
	return texts, boxes
}

// said are the texts of a chart.
func said(o fyne.CanvasObject) (out []string) {
	texts, _ := inks(o)
	for _, t := range texts {
		out = append(out, t.Text)
	}
	return out
}

// areas are the rectangles of a colour, from left to right in each line.
func areas(o drawn, c color.Color) (out []box) {
	for _, m := range test.WidgetRenderer(o).Objects() {
		if r, isArea := m.(*canvas.Rectangle); isArea && r.FillColor == c {
			out = append(out, box{r.Position(), r.Size()})
		}
	}
	return out
}

func near(a, b float32) bool { return math.Abs(float64(a-b)) < 0.01 }

// Ensure that no two texts meet and none leaves the chart, however narrow it is
// and whatever the density.
func TestTextsDoNotMeet(t *testing.T) {
	for density := theme.Roomy; density <= theme.Stage; density++ {
		dress(t, density, density == theme.Dense)
		for name, chart := range all(&opened{}) {
			least := chart.MinSize()
			for width := float32(0); width < 900; width += 23 {
				chart.Resize(fyne.NewSize(width, max(chart.MinSize().Height, least.Height)))
				texts, boxes := inks(chart)
				for i, b := range boxes {
					if b.X < -0.1 || b.X+b.Width > width+0.1 {
						t.Errorf("%s, density %d, width %v: %q stands from %v to %v", name, density, width, texts[i].Text, b.X, b.X+b.Width)
					}
					for j, other := range boxes[:i] {
						if b.X < other.X+other.Width-0.1 && other.X < b.X+b.Width-0.1 && b.Y < other.Y+other.Height-0.1 && other.Y < b.Y+b.Height-0.1 {
							t.Errorf("%s, density %d, width %v: %q meets %q", name, density, width, texts[i].Text, texts[j].Text)
						}
					}
				}
			}
		}
	}
}

// Ensure that the smallest size of a chart has room for every value, and for a
// bar of some length.
func TestSmallestSize(t *testing.T) {
	look := dress(t, theme.Roomy, false)
	for name, chart := range all(&opened{}) {
		show(t, chart, 0)
		if got := chart.MinSize().Width; got > 20*look.Text {
			t.Errorf("%s wants %v", name, got)
		}
		texts := said(chart)
		for _, value := range map[string][]string{"bars": {"24 人", "12 人", "0 人", "6 人", "1 人"}, "stacked": {"24 人", "12 人", "未评"},
			"progress": {"38 / 50 · 76%", "60万 / 50万 · 120%", "0 / 8 · 0%"}, "line": {"18", "40", "28"}}[name] {
			if !slices.Contains(texts, value) {
				t.Errorf("%s does not say %s at its smallest: %q", name, value, texts)
			}
		}
	}
	three, two := NewBars(posts(&opened{})[:3], sentence).MinSize().Height, NewBars(posts(&opened{})[:2], sentence).MinSize().Height
	if one := three - two; one < look.Row-look.Gap || one > look.Row {
		t.Errorf("a line is %v high", one)
	}
}

// Ensure that an empty chart shows the sentence it was given, in full and
// nothing else, until there is something to show.
func TestEmpty(t *testing.T) {
	dress(t, theme.Roomy, false)
	var o opened
	bars, stacked, progress, line := NewBars(nil, sentence), NewStacked(nil, sentence), NewProgress(nil, sentence), NewLine(nil, sentence)
	for name, c := range map[string]struct {
		chart       drawn
		fill, clear func()
		word        string
	}{
		"bars":     {bars, func() { bars.Set(posts(&o)) }, func() { bars.Set(nil) }, "空岗"},
		"stacked":  {stacked, func() { stacked.Set(grades(&o)) }, func() { stacked.Set(nil) }, "2023 年"},
		"progress": {progress, func() { progress.Set(goals(&o)) }, func() { progress.Set(nil) }, "发展党员"},
		"line":     {line, func() { line.Set(years(&o)) }, func() { line.Set([]Item{{Label: "2023", Value: math.NaN()}}) }, "2019"},
	} {
		show(t, c.chart, 400)
		if got := strings.Join(said(c.chart), ""); got != sentence {
			t.Errorf("%s, empty: %q", name, got)
		}
		c.fill()
		if got := strings.Join(said(c.chart), ""); strings.Contains(got, sentence) || !strings.Contains(got, c.word) {
			t.Errorf("%s, filled: %q", name, got)
		}
		c.clear()
		if got := strings.Join(said(c.chart), ""); got != sentence {
			t.Errorf("%s, empty again: %q", name, got)
		}
	}
}

// Ensure that a chart follows the theme, and draws in no colour and writes in
// no size but those of the theme.
func TestFollowsTheTheme(t *testing.T) {
	var o opened
	app := test.NewTempApp(t)
	charts := all(&o)
	for density := theme.Roomy; density <= theme.Stage; density++ {
		for _, strong := range []bool{false, true} {
			look := theme.New(nil, nil, density, strong)
			app.Settings().SetTheme(look)
			for name, chart := range charts {
				chart.Resize(fyne.NewSize(500, 300))
				chart.Refresh()
				for _, p := range chartGround(chart).spots {
					if p.at().tint.Show(); p.at().item.Open != nil {
						p.at().ring.Show()
					}
				}
				for _, m := range marks(chart) {
					mustBeOf(t, name, look, m)
				}
			}
		}
	}
}

func chartGround(chart drawn) *ground {
	switch c := chart.(type) {
	case *Bars:
		return &c.ground
	case *Stacked:
		return &c.ground
	case *Progress:
		return &c.ground
	}
	return &chart.(*Line).ground
}

// mustBeOf checks that what is drawn takes its colours and sizes from a look.
func mustBeOf(t *testing.T, name string, look *theme.Theme, m fyne.CanvasObject) {
	t.Helper()
	colours := []color.Color{nil, look.Line, look.Button, look.Ink, look.Ink2, look.Ink3, look.Accent, look.AccentWeak,
		look.OnAccent, look.Surface, look.Good, look.Warn, look.Bad, look.Info}
	var used []color.Color
	switch m := m.(type) {
	case *canvas.Text:
		used = append(used, m.Color)
		if m.TextSize != look.Text && m.TextSize != look.Caption {
			t.Errorf("%s writes %s in size %v", name, m.Text, m.TextSize)
		}
	case *canvas.Rectangle:
		used = append(used, m.FillColor, m.StrokeColor)
	case *canvas.Line:
		used = append(used, m.StrokeColor)
	case *canvas.Circle:
		used = append(used, m.FillColor, m.StrokeColor)
	}
	for _, c := range used {
		if !slices.Contains(colours, c) {
			t.Errorf("%s has a %T of colour %v", name, m, c)
		}
	}
}

// Ensure that a chart not seen for a while, of which the toolkit has forgotten
// what was drawn, is drawn again.
func TestDrawnAgain(t *testing.T) {
	dress(t, theme.Roomy, false)
	for name, chart := range all(&opened{}) {
		show(t, chart, 400)
		again := chart.CreateRenderer().Objects()
		if want := len(test.WidgetRenderer(chart).Objects()); len(again) != want {
			t.Errorf("%s: %d things are drawn, want %d", name, len(again), want)
		}
	}
}

// Ensure that numbers nobody counts on give no size that is none.
func TestOddNumbers(t *testing.T) {
	dress(t, theme.Roomy, false)
	var o opened
	odd := []float64{math.NaN(), math.Inf(1), math.Inf(-1), -3, 0, math.SmallestNonzeroFloat64, math.MaxFloat64}
	for _, a := range odd {
		for _, b := range odd {
			items := []Item{{"一", "1", a, Info, o.to("a")}, {"二", "2", b, Info, nil}, {"三", "3", 1, Info, nil}}
			for name, chart := range map[string]drawn{"bars": NewBars(items, ""), "stacked": NewStacked([]Row{{"行", "", items}}, ""),
				"progress": NewProgress([]Goal{{items[0], b, a}}, ""), "line": NewLine(items, "")} {
				chart.Resize(fyne.NewSize(300, 120))
				for _, m := range marks(chart) {
					at, size := m.Position(), m.Size()
					for _, v := range []float32{at.X, at.Y, size.Width, size.Height} {
						if !(v > -10 && v < 310) {
							t.Fatalf("%s of %v and %v: %T at %v, %v", name, a, b, m, at, size)
						}
					}
				}
			}
		}
	}
}
