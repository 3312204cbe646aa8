package theme

import (
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	base "fyne.io/fyne/v2/theme"
)

// luminance and contrast are those of WCAG 2.1, section 1.4.3.
func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	linear := func(v uint32) float64 {
		x := float64(v) / 0xFFFF
		if x <= 0.03928 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}

func contrast(a, b color.Color) float64 {
	l, d := luminance(a), luminance(b)
	return (max(l, d) + 0.05) / (min(l, d) + 0.05)
}

// Ensure that every text can be read on every ground it is written on.
func TestTextCanBeRead(t *testing.T) {
	for name, c := range map[string]struct {
		colors Colors
		least  float64
	}{"light": {light(), 4.5}, "strong": {strong(), 7}} {
		texts := map[string]color.Color{"ink": c.colors.Ink, "ink2": c.colors.Ink2, "ink3": c.colors.Ink3,
			"accent": c.colors.Accent, "good": c.colors.Good, "warn": c.colors.Warn, "bad": c.colors.Bad, "info": c.colors.Info}
		grounds := map[string]color.Color{"canvas": c.colors.Canvas, "surface": c.colors.Surface, "accent weak": c.colors.AccentWeak}
		for text, ink := range texts {
			for ground, paper := range grounds {
				if got := contrast(ink, paper); got < c.least {
					t.Errorf("%s: %s on %s has a contrast of %.2f, want %.1f", name, text, ground, got, c.least)
				}
			}
		}
		if got := contrast(c.colors.Ink, c.colors.Button); got < c.least {
			t.Errorf("%s: text on a button has a contrast of %.2f", name, got)
		}
		for _, paper := range []color.Color{c.colors.Accent, c.colors.Good, c.colors.Warn, c.colors.Bad, c.colors.Info, c.colors.Ink3} {
			if got := contrast(c.colors.OnAccent, paper); got < c.least {
				t.Errorf("%s: text on %v has a contrast of %.2f, want %.1f", name, paper, got, c.least)
			}
		}
	}
}

// Ensure that only two faces of the given font are ever asked for, and that
// symbols are left to the toolkit.
func TestTwoWeights(t *testing.T) {
	test.NewTempApp(t)
	regular := fyne.NewStaticResource("regular", nil)
	bold := fyne.NewStaticResource("bold", nil)
	th := New(regular, bold, Roomy, false)
	for _, c := range []struct {
		style fyne.TextStyle
		want  fyne.Resource
	}{
		{fyne.TextStyle{}, regular},
		{fyne.TextStyle{Bold: true}, bold},
		{fyne.TextStyle{Italic: true}, regular},
		{fyne.TextStyle{Monospace: true}, regular},
		{fyne.TextStyle{Bold: true, Italic: true}, bold},
		{fyne.TextStyle{Symbol: true}, base.DefaultTheme().Font(fyne.TextStyle{Symbol: true})},
	} {
		if got := th.Font(c.style); got != c.want {
			t.Errorf("%+v: got %s, want %s", c.style, got.Name(), c.want.Name())
		}
	}
}

// Ensure that a missing font falls back to the toolkit's, and a missing bold
// one to the regular one.
func TestMissingFonts(t *testing.T) {
	test.NewTempApp(t)
	style := fyne.TextStyle{Bold: true}
	if got := New(nil, nil, Roomy, false).Font(style); got != base.DefaultTheme().Font(style) {
		t.Errorf("no font: got %s", got.Name())
	}
	regular := fyne.NewStaticResource("regular", nil)
	if got := New(regular, nil, Roomy, false).Font(style); got != regular {
		t.Errorf("no bold font: got %s", got.Name())
	}
}

// Ensure that the densities have the sizes people were promised.
func TestDensities(t *testing.T) {
	for _, c := range []struct {
		density   Density
		text, row float32
	}{{Dense, 13, 26}, {Roomy, 14, 30}, {Large, 17, 38}, {Stage, 20, 44}} {
		th := New(nil, nil, c.density, false)
		if th.Text != c.text || th.Row != c.row {
			t.Errorf("density %d: text %v, row %v", c.density, th.Text, th.Row)
		}
		if got := th.Size(base.SizeNameText); got != c.text {
			t.Errorf("density %d: the toolkit sees text %v", c.density, got)
		}
	}
}

// Ensure that Current is the app's theme where that is ours, and a usable one
// otherwise.
func TestCurrent(t *testing.T) {
	app := test.NewTempApp(t)
	if one, again := Current(), Current(); one == nil || one != again {
		t.Error("under a foreign theme there must be one standard theme")
	}
	th := New(nil, nil, Large, true)
	app.Settings().SetTheme(th)
	if Current() != th {
		t.Error("the theme of the app is not the current one")
	}
}

// Ensure that no colour or size the toolkit asks for is missing.
func TestNothingMissing(t *testing.T) {
	test.NewTempApp(t)
	th := New(nil, nil, Roomy, false)
	for _, name := range []fyne.ThemeColorName{base.ColorNameBackground, base.ColorNameButton, base.ColorNameFocus,
		base.ColorNameForeground, base.ColorNameHover, base.ColorNameSelection, base.ColorNameShadow, "unknown"} {
		if th.Color(name, base.VariantDark) == nil {
			t.Errorf("no colour %s", name)
		}
	}
	for _, name := range []fyne.ThemeSizeName{base.SizeNameText, base.SizeNamePadding, base.SizeNameScrollBar,
		base.SizeNameWindowTitleBarHeight, base.SizeNameLineSpacing} {
		if th.Size(name) <= 0 {
			t.Errorf("no size %s", name)
		}
	}
}
