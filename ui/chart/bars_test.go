package chart

import (
	"math"
	"slices"
	"strings"
	"testing"

	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// Ensure that bars are as long as their values, that nothing is a hairline,
// next to nothing is more than that, and what is not known has none.
func TestBarsInProportion(t *testing.T) {
	look := dress(t, theme.Roomy, false)
	b := NewBars(posts(&opened{}), sentence)
	show(t, b, 500)
	full, half := areas(b, look.Info)[0], areas(b, look.Good)[0]
	if !near(half.Width*2, full.Width) || half.X != full.X {
		t.Errorf("24 is %v wide from %v, 12 is %v from %v", full.Width, full.X, half.Width, half.X)
	}
	grey := areas(b, look.Ink3)
	if len(grey) != 2 || grey[0].Width != look.Hairline || !near(grey[1].Width*4, full.Width) {
		t.Errorf("the bars of 0 and 6 are %v; 24 is %v wide", grey, full.Width)
	}
	if few := areas(b, look.Warn)[0]; few.Width <= look.Hairline || few.Width > look.Space {
		t.Errorf("next to nothing is %v wide", few.Width)
	}
}

// Ensure that below zero is drawn as zero, and that only zeros are hairlines.
func TestBarsOfNothing(t *testing.T) {
	look := dress(t, theme.Roomy, false)
	b := NewBars([]Item{{Label: "一", Value: -4, Tone: Bad}, {Label: "二", Value: 0, Tone: Bad}, {Label: "三", Value: math.NaN(), Tone: Bad}}, sentence)
	show(t, b, 500)
	if grey := areas(b, look.Ink3); len(grey) != 2 || grey[0].Width != look.Hairline || grey[1].Width != look.Hairline || len(areas(b, look.Bad)) != 0 {
		t.Errorf("drawn %v and %v", grey, areas(b, look.Bad))
	}
}

// Ensure that labels stand left and values right, that a label that is too long
// is cut, and that the values end where the lines do.
func TestBarsWords(t *testing.T) {
	look := dress(t, theme.Roomy, false)
	b := NewBars(posts(&opened{}), sentence)
	show(t, b, 360)
	texts, boxes := inks(b)
	for i, text := range texts {
		switch {
		case strings.HasSuffix(text.Text, " 人"):
			if !near(boxes[i].X+boxes[i].Width, 360-look.Space) {
				t.Errorf("%s ends at %v", text.Text, boxes[i].X+boxes[i].Width)
			}
		case boxes[i].X != look.Space:
			t.Errorf("%s begins at %v", text.Text, boxes[i].X)
		}
	}
	if !slices.ContainsFunc(texts, func(text *canvas.Text) bool {
		return strings.HasPrefix(text.Text, "村民") && strings.HasSuffix(text.Text, "…")
	}) {
		t.Errorf("the long label is not cut: %q", said(b))
	}
}

// Ensure that a text too long for a width is cut as little as possible, and is
// not there where not even the sign has room.
func TestFit(t *testing.T) {
	dress(t, theme.Roomy, false)
	const text = "村民委员会主任"
	for width := float32(0); width < 200; width += 3 {
		got := fit(text, width, 14)
		switch runes := []rune(got); {
		case got == text && wide(text, 14) <= width:
		case got == "" && wide("…", 14) > width:
		case got == "" || got == text || wide(got, 14) > width:
			t.Errorf("width %v: %q", width, got)
		case wide(string([]rune(text)[:len(runes)])+"…", 14) <= width:
			t.Errorf("width %v: %q is cut too much", width, got)
		}
	}
	if got := fit("", -1, 14); got != "" {
		t.Errorf("nothing is %q", got)
	}
}

// Ensure that bars all of which are of the same value are all full.
func TestBarsAllAlike(t *testing.T) {
	look := dress(t, theme.Roomy, false)
	b := NewBars([]Item{{Label: "一", Text: "7", Value: 7, Tone: Info}, {Label: "二", Text: "7", Value: 7, Tone: Info}}, sentence)
	b.Resize(fyne.NewSize(300, 60))
	if all := areas(b, look.Info); len(all) != 2 || all[0].Width != all[1].Width || all[0].Width < 200 {
		t.Errorf("the bars are %v", all)
	}
}
