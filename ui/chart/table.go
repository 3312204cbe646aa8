package chart

import (
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
)

// table is the lines of words that bars stand in: a label on the left, a bar,
// a text on the right. All bars begin and end at the same places.
type table struct {
	look        *theme.Theme
	lines       []words
	label, text float32 // the widest
}

// words are those of a line.
type words struct{ label, text string }

func newTable(look *theme.Theme, lines []words) *table {
	t := &table{look: look, lines: lines}
	for _, l := range lines {
		t.label = max(t.label, wide(l.label, look.Text))
		t.text = max(t.text, wide(l.text, look.Text))
	}
	return t
}

// line is the height of one.
func (t *table) line() float32 { return t.look.Row - t.look.Space }

// aside is what the words and edges of a line take that is no word and no bar.
func (t *table) aside() float32 { return 2*t.look.Space + 2*t.look.Gap }

// leastLabel is as narrow as labels are cut before bars are given up.
func (t *table) leastLabel() float32 { return min(t.label, leastLabel*t.look.Text) }

// least is the smallest size the lines can be read at.
func (t *table) least() fyne.Size {
	look := t.look
	width := t.aside() + t.leastLabel() + leastBar*look.Text + min(t.text, mostText*look.Text)
	return fyne.NewSize(width, float32(len(t.lines))*t.line())
}

// widths divide a width between labels, bars and texts. Labels have no more than
// two fifths of what the texts leave, unless they are short.
func (t *table) widths(width float32) (label, bar, text float32) {
	room := max(width-t.aside(), 0)
	least := min(leastBar*t.look.Text, room)
	text = min(t.text, max(room-least-t.leastLabel(), 0))
	room -= text
	label = min(t.label, max(room*2/5, t.leastLabel()), room-least)
	return label, room - label, text
}

// write writes the words of a line and returns it and where its bar goes; what
// was cut off is unsaid.
func (t *table) write(p *pen, i int, top, width float32) (line, bar box, unsaid []string) {
	look, l := t.look, t.lines[i]
	label, room, text := t.widths(width)
	line = boxed(0, top+float32(i)*t.line(), width, t.line())
	bar = boxed(look.Space+label+look.Gap, line.Y, room, line.Height)
	whole := p.write(l.label, look.Ink2, look.Text, fyne.TextAlignLeading, boxed(look.Space, line.Y, label, line.Height))
	right := boxed(bar.X+room+look.Gap, line.Y, text, line.Height)
	if !p.write(l.text, look.Ink, look.Text, fyne.TextAlignTrailing, right) || !whole {
		unsaid = []string{l.label, l.text}
	}
	return line, bar, unsaid
}

// flat is the box in the middle of another that is so high.
func flat(in box, height float32) box {
	return boxed(in.X, in.Y+(in.Height-height)/2, in.Width, height)
}
