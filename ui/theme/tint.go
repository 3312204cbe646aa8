package theme

import "image/color"

// tinted is how much of a colour, in percent, stands in a tint of it.
const tinted = 11

// Tint is the pale form of a colour, for the ground of what it marks. It hides
// what lies below, and every text of the program can be read on it.
func (t *Theme) Tint(c color.Color) color.Color {
	top, ground := color.NRGBAModel.Convert(c).(color.NRGBA), color.NRGBAModel.Convert(t.Surface).(color.NRGBA)
	mix := func(a, b uint8) uint8 { return uint8((int(a)*tinted + int(b)*(100-tinted)) / 100) }
	return color.NRGBA{R: mix(top.R, ground.R), G: mix(top.G, ground.G), B: mix(top.B, ground.B), A: 0xFF}
}
