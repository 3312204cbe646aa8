package chart

import (
	"fmt"
	"image/color"
	"slices"
	"strings"
	"testing"

	"touyan/ui/theme"

	"fyne.io/fyne/v2"
)

// Ensure that parts are as wide as their values and stand end to end, and that
// rows are as long as what they are of together.
func TestPartsInProportion(t *testing.T) {
	dress(t, theme.Roomy, false)
	s := NewStacked(grades(&opened{}), sentence)
	for _, width := range []float32{240, 500, 800} {
		show(t, s, width)
		var one float32 // of value
		end := map[int]float32{}
		for _, p := range s.spots {
			if one == 0 {
				one = p.Size().Width / float32(p.at().item.Value)
			}
			if !near(p.Size().Width, one*float32(p.at().item.Value)) {
				t.Errorf("%v is %v wide, one of it %v", p.at().item.Value, p.Size().Width, one)
			}
			if x, met := end[p.at().row]; met && !near(x, p.Position().X) {
				t.Errorf("row %d: a part begins at %v, the one before ends at %v", p.at().row, p.Position().X, x)
			}
			end[p.at().row] = p.Position().X + p.Size().Width
		}
		_, bar, _ := s.table(theme.Current()).widths(width)
		if !near(one*24, bar) {
			t.Errorf("the longest row is %v of %v", one*24, bar)
		}
	}
}

// Ensure that what is drawn of a part is its part but for the hairline between,
// that two of one colour are two, and that nothing is no part.
func TestPartsAreApart(t *testing.T) {
	look := dress(t, theme.Roomy, false)
	s := NewStacked([]Row{{"2025 年", "9 人", []Item{{"甲", "3", 3, Info, nil}, {"乙", "0", 0, Info, nil}, {"丙", "6", 6, Info, nil}}}}, sentence)
	show(t, s, 400)
	var drawn []box
	for _, b := range areas(s, look.Info) {
		if b.Y > s.spots[0].Position().Y { // below the legend
			drawn = append(drawn, b)
		}
	}
	if len(drawn) != 2 || len(s.spots) != 2 {
		t.Fatalf("drawn %v with %d spots", drawn, len(s.spots))
	}
	if gap := drawn[1].X - drawn[0].X - drawn[0].Width; !near(gap, look.Hairline) {
		t.Errorf("the parts are %v apart", gap)
	}
}

// Ensure that a legend names every colour once, with its mark beside the word,
// that it takes more lines where it has to, and that the rows are below it.
func TestLegend(t *testing.T) {
	look := dress(t, theme.Roomy, false)
	s := NewStacked(grades(&opened{}), sentence)
	height := map[float32]float32{}
	for _, width := range []float32{150, 600} {
		entries, high := s.legend(look, width)
		height[width] = high
		var words []string
		for _, e := range entries {
			words = append(words, e.label)
			if e.X < 0 || e.X+e.Width > width || e.Y+e.Height > high {
				t.Errorf("%s stands at %v", e.label, e.box)
			}
		}
		if want := []string{"优秀", "基本合格", "不合格"}; !slices.Equal(words, want) {
			t.Errorf("the legend is %q, want %q", words, want)
		}
	}
	if height[150] <= height[600] {
		t.Errorf("the legend is %v high where it is narrow, %v where it is wide", height[150], height[600])
	}
	show(t, s, 600)
	texts, boxes := inks(s)
	for i, c := range []color.Color{look.Good, look.Warn, look.Bad} {
		if mark := areas(s, c)[0]; mark.X+mark.Width > boxes[i].X || mark.Y < boxes[i].Y || mark.Y+mark.Height > boxes[i].Y+boxes[i].Height {
			t.Errorf("the mark of %s is %v, the word %v", texts[i].Text, mark, boxes[i])
		}
	}
	if top := s.spots[0].Position().Y; top < height[600] {
		t.Errorf("the rows begin at %v, the legend is %v high", top, height[600])
	}
}

// Ensure that a chart grows higher where its legend needs more lines.
func TestHeightFollowsLegend(t *testing.T) {
	dress(t, theme.Roomy, false)
	var parts []Item
	for i := range 8 {
		parts = append(parts, Item{fmt.Sprintf("第%d类情形", i+1), "1", 1, Tone(i % 5), nil})
	}
	s := NewStacked([]Row{{"2025 年", "8", parts}}, sentence)
	s.Resize(fyne.NewSize(1200, 100))
	wide := s.MinSize().Height
	s.Resize(fyne.NewSize(s.MinSize().Width, 100))
	if narrow := s.MinSize().Height; narrow <= wide {
		t.Errorf("it is %v high where it is wide, %v where it is narrow", wide, narrow)
	}
}

// Ensure that a value stands in its part where there is room for it.
func TestValuesInParts(t *testing.T) {
	look := dress(t, theme.Roomy, false)
	s := NewStacked([]Row{{"2025 年", "121 人", []Item{{"甲", "100 人", 100, Good, nil}, {"乙", "1 人", 1, Bad, nil}, {"丙", "20 人", 20, Warn, nil}}}}, sentence)
	show(t, s, 400)
	texts, boxes := inks(s)
	for i, text := range texts {
		if text.Text == "1 人" {
			t.Error("a part too narrow for its value has it")
		}
		if text.Text == "100 人" {
			if part := areas(s, look.Good)[1]; text.Color != look.OnAccent || boxes[i].X < part.X || boxes[i].X+boxes[i].Width > part.X+part.Width {
				t.Errorf("the value stands at %v in %v", boxes[i], part)
			}
		}
	}
	if !slices.Contains(said(s), "100 人") {
		t.Errorf("it says %q", said(s))
	}
	for width := s.MinSize().Width; width < 400; width += 7 {
		s.Resize(fyne.NewSize(width, 60))
		for _, text := range said(s) {
			if text != "2025 年" && strings.ContainsAny(text[:1], "12…") && !strings.HasSuffix(text, "人") {
				t.Errorf("at %v a part has a value cut to %s", width, text)
			}
		}
	}
}

// Ensure that parts without a name have no legend, nor room for one.
func TestNoLegend(t *testing.T) {
	look := dress(t, theme.Roomy, false)
	s := NewStacked([]Row{{"2025 年", "3 人", []Item{{"", "1", 1, Good, nil}, {"", "2", 2, Bad, nil}}}}, sentence)
	if got := s.MinSize().Height; got > look.Row {
		t.Errorf("one row is %v high", got)
	}
}
