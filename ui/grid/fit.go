package grid

import (
	"strings"

	"fyne.io/fyne/v2"
)

const ellipsis = "…"

// ruler measures text of one size and weight, character by character. It is
// exact enough to cut a cell and needs no shaping: Chinese characters are all
// of one width, others are measured once.
type ruler struct {
	size  float32
	style fyne.TextStyle
	runes map[rune]float32
	han   float32
}

func newRuler(size float32, bold bool) *ruler {
	r := &ruler{size: size, style: fyne.TextStyle{Bold: bold}, runes: map[rune]float32{}}
	r.han = fyne.MeasureText(string('汉'), size, r.style).Width
	return r
}

func (r *ruler) rune(c rune) float32 {
	if c >= 0x4E00 && c <= 0x9FFF {
		return r.han
	}
	w, ok := r.runes[c]
	if !ok {
		w = fyne.MeasureText(string(c), r.size, r.style).Width
		r.runes[c] = w
	}
	return w
}

// fit returns the text on one line if it is no wider than width, and else as
// much of it as leaves room for an ellipsis. Where not even that has room it
// returns nothing.
func (r *ruler) fit(text string, width float32) string {
	text = oneLine(text)
	room := width - r.rune('…')
	var used float32
	cut := 0 // where the text that leaves room for an ellipsis ends
	for i, c := range text {
		used += r.rune(c)
		if used > width {
			if room < 0 {
				return ""
			}
			return strings.TrimRight(text[:cut], " ") + ellipsis
		}
		if used <= room {
			cut = i + len(string(c))
		}
	}
	return text
}

// oneLine turns what would break a cell in two, on screen or in a worksheet,
// into spaces.
func oneLine(s string) string {
	if !strings.ContainsAny(s, "\n\r\t") {
		return s
	}
	return strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ", "\t", " ").Replace(s)
}

// width is the width of a text.
func (r *ruler) width(text string) float32 {
	var w float32
	for _, c := range text {
		w += r.rune(c)
	}
	return w
}

// wrap breaks a text into lines no wider than width, between any two
// characters but not within a word or number of a few.
func (r *ruler) wrap(text string, width float32) []string {
	const longest = 24 // a word longer than this is broken all the same
	var out []string
	var used float32
	start, gap := 0, 0 // where the line begins, and where it may best end
	var last rune
	for i, c := range text {
		if c >= 0x2E80 || last >= 0x2E80 || last == ' ' {
			gap = i
		}
		w := r.rune(c)
		if used+w > width && i > start {
			if gap <= start || i-gap > longest {
				gap = i
			}
			out = append(out, strings.TrimSpace(text[start:gap]))
			used = r.width(text[gap:i])
			start = gap
		}
		used += w
		last = c
	}
	return append(out, strings.TrimSpace(text[start:]))
}
