package chart

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
)

// curve is what is drawn of a line: its strokes, the middles of its dots and
// where its axis is.
func curve(l *Line) (strokes []*canvas.Line, dots []fyne.Position, axis float32) {
	for _, m := range test.WidgetRenderer(l).Objects() {
		switch m := m.(type) {
		case *canvas.Line:
			strokes = append(strokes, m)
		case *canvas.Circle:
			dots = append(dots, m.Position().AddXY(m.Size().Width/2, m.Size().Height/2))
		case *canvas.Rectangle:
			axis = m.Position().Y
		}
	}
	return strokes, dots, axis
}

// Ensure that points stand as high above the axis as their values, evenly apart
// and where their strokes end.
func TestPointsInProportion(t *testing.T) {
	dress(t, theme.Roomy, false)
	l := NewLine([]Item{{"2023", "10", 10, Info, nil}, {"2024", "40", 40, Info, nil}, {"2025", "0", 0, Info, nil}}, sentence)
	show(t, l, 480)
	strokes, dots, axis := curve(l)
	if len(strokes) != 2 || len(dots) != 3 {
		t.Fatalf("%d strokes, %d dots", len(strokes), len(dots))
	}
	if !near((axis-dots[0].Y)*4, axis-dots[1].Y) || !near(dots[2].Y, axis) || dots[1].Y <= 0 || dots[1].Y > axis/3 {
		t.Errorf("the points are at %v, the axis at %v", dots, axis)
	}
	if !near(dots[1].X-dots[0].X, dots[2].X-dots[1].X) {
		t.Errorf("the points are at %v", dots)
	}
	for i, s := range strokes {
		if !near(s.Position1.X, dots[i].X) || !near(s.Position1.Y, dots[i].Y) || !near(s.Position2.X, dots[i+1].X) || !near(s.Position2.Y, dots[i+1].Y) {
			t.Errorf("stroke %d goes from %v to %v", i, s.Position1, s.Position2)
		}
	}
}

// Ensure that a point that is not known leaves a gap, and its text says why.
func TestGap(t *testing.T) {
	dress(t, theme.Roomy, false)
	l := NewLine(years(&opened{}), sentence)
	show(t, l, 500)
	strokes, dots, _ := curve(l)
	if len(strokes) != 4 || len(dots) != 6 {
		t.Errorf("%d strokes and %d dots, want 4 and 6", len(strokes), len(dots))
	}
	from, to := dots[2].X, dots[3].X
	for _, s := range strokes {
		if s.Position1.X < to-1 && s.Position2.X > from+1 {
			t.Errorf("a stroke goes over the gap, from %v to %v", s.Position1, s.Position2)
		}
	}
	if texts := said(l); !slices.Contains(texts, "未报") || !slices.Contains(texts, "2022") {
		t.Errorf("it says %q", texts)
	}
}

// Ensure that every value is written where there is room, and the first, the
// last and the highest where there is not.
func TestValuesOfPoints(t *testing.T) {
	dress(t, theme.Roomy, false)
	var points []Item
	for i := range 12 {
		v := 1000 + float64(i*7%12)*100
		points = append(points, Item{fmt.Sprintf("%d月", i+1), fmt.Sprintf("%.0f 元", v), v, Info, nil})
	}
	l := NewLine(points, sentence)
	values := func() (out []string) {
		for _, text := range said(l) {
			if strings.HasSuffix(text, "元") {
				out = append(out, text)
			}
		}
		return out
	}
	show(t, l, 900)
	if got := values(); len(got) != 12 {
		t.Errorf("where there is room it says %q", got)
	}
	l.Resize(fyne.NewSize(300, 200))
	want := []string{points[0].Text, "2100 元", points[11].Text}
	if got := values(); !slices.Equal(got, want) {
		t.Errorf("where there is none it says %q, want %q", got, want)
	}
}

// Ensure that the values written at the points stand where the line does not go.
func TestValuesBesideTheLine(t *testing.T) {
	dress(t, theme.Roomy, false)
	for _, values := range [][]float64{{4, 9, 3, 9, 4}, {1, 3, 5, 7, 9}, {9, 7, 5, 3, 1}, {5, 5, 5, 5, 5}, {9, 4, 9, 5, 9}} {
		var points []Item
		for i, v := range values {
			points = append(points, Item{fmt.Sprint(2021 + i), fmt.Sprintf("%.0f人", v), v, Info, nil})
		}
		l := NewLine(points, sentence)
		l.Resize(fyne.NewSize(500, 220))
		strokes, _, _ := curve(l)
		texts, boxes := inks(l)
		written := 0
		for i, b := range boxes {
			if !strings.HasSuffix(texts[i].Text, "人") {
				continue
			}
			written++
			for _, s := range strokes {
				for n := range 101 {
					x := s.Position1.X + (s.Position2.X-s.Position1.X)*float32(n)/100
					y := s.Position1.Y + (s.Position2.Y-s.Position1.Y)*float32(n)/100
					if x > b.X && x < b.X+b.Width && y > b.Y && y < b.Y+b.Height {
						t.Fatalf("%v: the line goes through %s at %v", values, texts[i].Text, b)
					}
				}
			}
		}
		if written != len(values) {
			t.Errorf("%v: %d values are written", values, written)
		}
	}
}

// Ensure that no value stands below the axis, among the times.
func TestValuesAboveTheAxis(t *testing.T) {
	dress(t, theme.Roomy, false)
	l := NewLine([]Item{{"2022", "9", 9, Info, nil}, {"2023", "0", 0, Info, nil}, {"2024", "9", 9, Info, nil}, {"2025", "1", 1, Info, nil}}, sentence)
	l.Resize(fyne.NewSize(160, 200))
	_, _, axis := curve(l)
	texts, boxes := inks(l)
	for i, b := range boxes {
		if len(texts[i].Text) == 1 && b.Y+b.Height > axis {
			t.Errorf("%s stands at %v, the axis is at %v", texts[i].Text, b, axis)
		}
	}
	if len(texts) != 8 {
		t.Errorf("it says %q", said(l))
	}
}

// Ensure that where there is no room for every time, the last is written and
// those before it at even steps.
func TestTimesOfPoints(t *testing.T) {
	dress(t, theme.Roomy, false)
	var points []Item
	for i := range 12 {
		points = append(points, Item{fmt.Sprintf("2025年%02d月", i+1), "", float64(i), Info, nil})
	}
	l := NewLine(points, sentence)
	l.Resize(fyne.NewSize(360, 150))
	texts := said(l)
	if !slices.Contains(texts, "2025年12月") || len(texts) < 2 || len(texts) > 6 || 12%len(texts) != 0 {
		t.Errorf("it says %q", texts)
	}
}

// Ensure that one point alone is shown with its value, and that zeros lie on
// the axis.
func TestFewPoints(t *testing.T) {
	dress(t, theme.Roomy, false)
	l := NewLine([]Item{{"2025", "3 人", 3, Info, nil}}, sentence)
	show(t, l, 300)
	if strokes, dots, _ := curve(l); len(strokes) != 0 || len(dots) != 1 || !slices.Contains(said(l), "3 人") {
		t.Errorf("%d strokes, %d dots, %q", len(strokes), len(dots), said(l))
	}
	l.Set([]Item{{"2024", "0 人", 0, Info, nil}, {"2025", "0 人", 0, Info, nil}, {"2026", "", math.NaN(), Info, nil}})
	_, dots, axis := curve(l)
	for _, d := range dots {
		if !near(d.Y, axis) {
			t.Errorf("a zero is at %v, the axis at %v", d.Y, axis)
		}
	}
	if got := strings.Count(strings.Join(said(l), " "), "0 人"); got != 2 {
		t.Errorf("it says %q", said(l))
	}
}

// Ensure that a stroke has the tone of its ends where they agree, and none of
// its own where they do not.
func TestTonesOfStrokes(t *testing.T) {
	look := dress(t, theme.Roomy, false)
	l := NewLine([]Item{{"2023", "1", 1, Info, nil}, {"2024", "2", 2, Info, nil}, {"2025", "1", 1, Bad, nil}}, sentence)
	show(t, l, 300)
	if strokes, _, _ := curve(l); strokes[0].StrokeColor != look.Info || strokes[1].StrokeColor != look.Ink3 {
		t.Errorf("the strokes are %v and %v", strokes[0].StrokeColor, strokes[1].StrokeColor)
	}
}
