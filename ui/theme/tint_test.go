package theme

import (
	"image/color"
	"testing"
)

// Ensure that a colour, and plain ink, can be read on the tint of the colour.
func TestTintCanBeReadOn(t *testing.T) {
	for name, th := range map[string]*Theme{"light": New(nil, nil, Roomy, false), "strong": New(nil, nil, Roomy, true)} {
		for of, c := range map[string]color.Color{"good": th.Good, "warn": th.Warn, "bad": th.Bad, "info": th.Info} {
			for text, ink := range map[string]color.Color{"ink": th.Ink, "ink2": th.Ink2, of: c} {
				if got := contrast(ink, th.Tint(c)); got < 4.5 {
					t.Errorf("%s: %s on the tint of %s has a contrast of %.2f", name, text, of, got)
				}
			}
		}
	}
}
