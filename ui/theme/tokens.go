package theme

import "image/color"

// Colors are the only colours of the program. Good, Warn, Bad and Info never
// stand alone: a word or a sign beside them says the same. Every colour text
// is written in has a contrast of at least 4.5 to 1 on Canvas, Surface and
// AccentWeak.
type Colors struct {
	Canvas  color.Color // the window
	Surface color.Color // cards and tables
	Line    color.Color // hairlines
	Button  color.Color // a button that is not the main one

	Ink  color.Color // text
	Ink2 color.Color // labels
	Ink3 color.Color // hints

	Accent     color.Color // main button, selected room, focus ring
	AccentWeak color.Color // behind a selected row
	OnAccent   color.Color // text on Accent, Good, Warn, Bad, Info and Ink3

	Good, Warn, Bad, Info color.Color
}

func light() Colors {
	return Colors{
		Canvas: rgb(0xF5F6F8), Surface: rgb(0xFFFFFF), Line: rgb(0xE2E5EA), Button: rgb(0xE2E5EA),
		Ink: rgb(0x1D2129), Ink2: rgb(0x5B626D), Ink3: rgb(0x666D78),
		Accent: rgb(0xB3271E), AccentWeak: rgb(0xFBECEA), OnAccent: rgb(0xFFFFFF),
		Good: rgb(0x23794A), Warn: rgb(0x8F6000), Bad: rgb(0xB3271E), Info: rgb(0x2B62A8),
	}
}

// strong is for poor eyes, poor panels and sunlit desks: black lines, black
// text, colours dark enough for 7 to 1.
func strong() Colors {
	return Colors{
		Canvas: rgb(0xFFFFFF), Surface: rgb(0xFFFFFF), Line: rgb(0x000000), Button: rgb(0xDDDDDD),
		Ink: rgb(0x000000), Ink2: rgb(0x1A1A1A), Ink3: rgb(0x333333),
		Accent: rgb(0x8B0000), AccentWeak: rgb(0xFFE9A8), OnAccent: rgb(0xFFFFFF),
		Good: rgb(0x00501E), Warn: rgb(0x5C3D00), Bad: rgb(0x8B0000), Info: rgb(0x003A8C),
	}
}

func rgb(v uint32) color.Color {
	return color.NRGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 0xFF}
}

// veil is a colour through which what lies below is still seen.
func veil(c color.Color, alpha uint8) color.Color {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	n.A = alpha
	return n
}

// Density is how much fits on a screen.
type Density int

// The densities, in the order the settings offer them.
const (
	Roomy Density = iota // text 14, rows 30
	Dense                // text 13, rows 26
	Large                // text 17, rows 38
	Stage                // text 20, rows 44: for a wall, while projecting; not offered
)

// BaseText is the text size all widths are given at; see Sizes.Scale.
const BaseText = 14

// Sizes are the only sizes of the program, in Fyne's units: the same on every
// screen, whatever its resolution.
type Sizes struct {
	Text, Caption               float32 // Caption: hints below a field
	Heading, Subheading, Figure float32 // page title, card title, number on a card
	Row                         float32 // one line of a table, its head and its foot
	Space                       float32 // the step of all distances
	Gap                         float32 // between the edge of a cell, button or field and its text
	Margin                      float32 // around a page
	Hairline, Bar               float32 // Bar: the mark of a selected row or room
	Sidebar, TopBar, Foot       float32
	Dialog, WideDialog, Radius  float32
	Tall                        float32 // a panel grows no higher: it fits the smallest screen
	ScrollBar, ScrollBarAtRest  float32
	Scale                       float32 // Text over BaseText, for widths that hold text
}

func sizes(d Density) Sizes {
	text, row, gap := float32(14), float32(30), float32(8)
	switch d {
	case Dense:
		text, row, gap = 13, 26, 6
	case Large:
		text, row, gap = 17, 38, 10
	case Stage:
		text, row, gap = 20, 44, 10
	}
	// What is small stays readable and what holds text grows with it; nothing
	// but text and rows shrinks. Panels and the sidebar grow no further than
	// leaves the smallest screen room.
	scale := text / BaseText
	grow := max(scale, 1)
	panel := min(grow, float32(17)/BaseText)
	return Sizes{
		Text: text, Caption: max(text-2, 12),
		Heading: 18 * grow, Subheading: 15 * grow, Figure: 26 * grow,
		Row: row, Space: 4, Gap: gap, Margin: 16, Hairline: 1, Bar: 3,
		Sidebar: 188 * panel, TopBar: 44 * grow, Foot: row,
		Dialog: 560 * panel, WideDialog: 840 * panel, Radius: 4, Tall: 540,
		ScrollBar: 12, ScrollBarAtRest: 4,
		Scale: scale,
	}
}
