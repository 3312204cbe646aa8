package grid

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// Ensure that a text that fits is left alone and another is cut so that, with
// its ellipsis, it is no wider than the cell, and not much narrower.
func TestFit(t *testing.T) {
	test.NewTempApp(t)
	r := newRuler(14, false)
	for text, known := range map[string]bool{ // whether the font of tests has the characters
		"Illiiil WWWWWWW":     true,
		"1504xxxxxxxxxx1234":  true,
		"AVATAR To. Ty. fifl": true,
		"":                    true,
		"白音巴图":                false,
		"党组织书记、村委会主任（一肩挑）":     false,
		"内蒙古自治区 abc 前进嘎查 12 组": false,
		"𬭳𫟹䶮": false,
	} {
		whole := fyne.MeasureText(text, 14, fyne.TextStyle{}).Width
		for width := float32(0); width < whole+20; width += 7 {
			got := r.fit(text, width)
			is := fyne.MeasureText(got, 14, fyne.TextStyle{}).Width
			switch {
			case is > width+1:
				t.Errorf("%q in %v: %q is %v wide", text, width, got, is)
			case got == text:
			case got != "" && !strings.HasSuffix(got, ellipsis):
				t.Errorf("%q in %v: %q is cut without a sign", text, width, got)
			case !known: // what stands for a missing character is narrower in a row of them
			case whole+3 < width:
				t.Errorf("%q in %v: %q is cut without need", text, width, got)
			case got != "" && is < width-2*r.rune('W')-1:
				t.Errorf("%q in %v: %q leaves room, %v wide", text, width, got, is)
			}
		}
	}
}

// Ensure that a text of several lines becomes one.
func TestFitOneLine(t *testing.T) {
	test.NewTempApp(t)
	if got := newRuler(14, false).fit("一\r\n二\t三", 500); got != "一 二 三" {
		t.Errorf("got %q", got)
	}
}
