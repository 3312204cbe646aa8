package chart

import (
	"math"
	"slices"
	"testing"

	"touyan/ui/theme"
)

// Ensure that a goal is told with what somebody wrote and its percentage, which
// is 100 only once all is done, and more once more is.
func TestGoalText(t *testing.T) {
	for _, c := range []struct {
		text      string
		value, of float64
		want      string
	}{
		{"38 / 50", 38, 50, "38 / 50 · 76%"},
		{"2 / 3", 2, 3, "2 / 3 · 67%"},
		{"29 / 200", 29, 200, "29 / 200 · 15%"},
		{"999 / 1000", 999, 1000, "999 / 1000 · 99%"},
		{"50 / 50", 50, 50, "50 / 50 · 100%"},
		{"60 / 50", 60, 50, "60 / 50 · 120%"},
		{"0 / 50", 0, 50, "0 / 50 · 0%"},
		{"", 1, 4, "25%"},
		{"12 人", 12, 0, "12 人"},
		{"未报", math.NaN(), 50, "未报"},
	} {
		if got := (Goal{Item{Text: c.text, Value: c.value}, c.of, 0}).text(); got != c.want {
			t.Errorf("%v of %v: %q, want %q", c.value, c.of, got, c.want)
		}
	}
}

// Ensure that bars are filled by their share, that what is more than all is
// full, and that a target stands across the bar at its share.
func TestProgressInProportion(t *testing.T) {
	look := dress(t, theme.Roomy, false)
	w := NewProgress(goals(&opened{}), sentence)
	show(t, w, 600)
	tracks := areas(w, look.Button)
	if len(tracks) != 3 {
		t.Fatalf("there are %d bars", len(tracks))
	}
	if part := areas(w, look.Info)[0]; !near(part.Width, tracks[0].Width*0.76) || part.X != tracks[0].X {
		t.Errorf("38 of 50 is %v of %v", part, tracks[0])
	}
	if full := areas(w, look.Good)[0]; full != tracks[1] {
		t.Errorf("60 of 50 is %v of %v", full, tracks[1])
	}
	if none := areas(w, look.Ink3); len(none) != 0 {
		t.Errorf("0 of 8 is %v", none)
	}
	targets := areas(w, look.Ink)
	if len(targets) != 2 {
		t.Fatalf("there are %d targets, want 2", len(targets))
	}
	for i, c := range []struct {
		bar   box
		share float32
	}{{tracks[0], 0.8}, {tracks[2], 0.5}} {
		mark := targets[i]
		if !near(mark.X+look.Hairline, c.bar.X+c.share*c.bar.Width) || mark.Width != look.Hairline || mark.Y >= c.bar.Y || mark.Y+mark.Height <= c.bar.Y+c.bar.Height {
			t.Errorf("the target is %v, the bar %v", mark, c.bar)
		}
	}
}

// Ensure that a target beyond the whole stands at the end of the bar.
func TestTargetBeyondTheWhole(t *testing.T) {
	look := dress(t, theme.Roomy, false)
	w := NewProgress([]Goal{{Item{"培训", "3 / 8", 3, Info, nil}, 8, 20}}, sentence)
	show(t, w, 400)
	if mark, bar := areas(w, look.Ink)[0], areas(w, look.Button)[0]; !near(mark.X+mark.Width, bar.X+bar.Width) {
		t.Errorf("the target is %v, the bar %v", mark, bar)
	}
	if !slices.Contains(said(w), "3 / 8 · 38%") {
		t.Errorf("it says %q", said(w))
	}
}
