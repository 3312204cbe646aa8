package chart

import (
	"image/color"
	"math"

	"touyan/ui/theme"
)

// Tone is what a number means, as its colour says it. The words of an item say
// the same: some people do not see the colours.
type Tone int

// The tones.
const (
	Plain Tone = iota // nothing more than how much there is
	Good
	Warn
	Bad
	Info
)

func (t Tone) colour(look *theme.Theme) color.Color {
	switch t {
	case Good:
		return look.Good
	case Warn:
		return look.Warn
	case Bad:
		return look.Bad
	case Info:
		return look.Info
	}
	return look.Ink3
}

// Item is a number with its words.
type Item struct {
	Label string  // what it counts
	Text  string  // the number as people read it, with its unit
	Value float64 // how much is drawn; NaN where it is not known
	Tone  Tone
	Open  func() // leads to what was counted; nil leads nowhere
}

func (i Item) known() bool { return finite(i.Value) }

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

// amount is how much is drawn.
func (i Item) amount() float64 {
	if !i.known() {
		return 0
	}
	return max(i.Value, 0)
}

// share is a part of a whole, between 0 and 1.
func share(part, whole float64) float32 {
	if whole <= 0 || !finite(whole) || !finite(part) {
		return 0
	}
	return float32(min(part/whole, 1))
}
