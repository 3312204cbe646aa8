package chart

import (
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
)

// Bars compares items, one line each: label, bar, text. The longest bar is the
// highest value.
type Bars struct {
	ground

	items []Item
}

// NewBars makes a chart of items; where there are none it shows a sentence.
func NewBars(items []Item, sentence string) *Bars {
	b := &Bars{items: items}
	b.lay(b, sentence)
	return b
}

// Set shows other items.
func (b *Bars) Set(items []Item) {
	b.items = items
	b.renew()
}

func (b *Bars) empty() bool { return len(b.items) == 0 }

func (b *Bars) cells() []cell {
	var out []cell
	for i, item := range b.items {
		out = append(out, cell{i, 0, item})
	}
	return out
}

func (b *Bars) table(look *theme.Theme) *table {
	var lines []words
	for _, item := range b.items {
		lines = append(lines, words{item.Label, item.Text})
	}
	return newTable(look, lines)
}

func (b *Bars) least(look *theme.Theme, _ float32) fyne.Size { return b.table(look).least() }

func (b *Bars) draw(p *pen, size fyne.Size) {
	t, most := b.table(p.look), 0.0
	for _, item := range b.items {
		most = max(most, item.amount())
	}
	for i, item := range b.items {
		line, room, unsaid := t.write(p, i, 0, size.Width)
		p.spot(i, 0, line, unsaid)
		if item.known() {
			p.bar(item, share(item.amount(), most), flat(room, p.look.Gap))
		}
	}
}

// bar draws a share of a box; nothing is a hairline, and little is more.
func (p *pen) bar(item Item, share float32, in box) {
	look := p.look
	if item.amount() == 0 {
		in.Width = look.Hairline
		p.area(look.Ink3, in)
		return
	}
	in.Width = min(max(share*in.Width, look.Bar), in.Width)
	p.area(item.Tone.colour(look), in).CornerRadius = look.Bar / 2
}
