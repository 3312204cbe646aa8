package chart

import (
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
)

// Row is a line of Stacked: what it is made of. The labels of its parts make
// the legend; there are five tones, so no more than five of them are told apart.
type Row struct {
	Label string
	Text  string // of the whole
	Parts []Item
}

func (r Row) amount() (sum float64) {
	for _, part := range r.Parts {
		sum += part.amount()
	}
	return sum
}

// Stacked compares rows and what each is made of, one line each: label, the
// parts end to end, text. Above them stands which colour means what.
type Stacked struct {
	ground

	rows []Row
}

// NewStacked makes a chart of rows; where there are none it shows a sentence.
func NewStacked(rows []Row, sentence string) *Stacked {
	s := &Stacked{rows: rows}
	s.lay(s, sentence)
	return s
}

// Set shows other rows.
func (s *Stacked) Set(rows []Row) {
	s.rows = rows
	s.renew()
}

func (s *Stacked) empty() bool { return len(s.rows) == 0 }

// cells are the parts there is something of.
func (s *Stacked) cells() []cell {
	var out []cell
	for i, row := range s.rows {
		for j, part := range row.Parts {
			if part.amount() > 0 {
				out = append(out, cell{i, j, part})
			}
		}
	}
	return out
}

func (s *Stacked) table(look *theme.Theme) *table {
	var lines []words
	for _, row := range s.rows {
		lines = append(lines, words{row.Label, row.Text})
	}
	return newTable(look, lines)
}

func (s *Stacked) least(look *theme.Theme, width float32) fyne.Size {
	size := s.table(look).least()
	_, height := s.legend(look, max(width, size.Width))
	return size.AddWidthHeight(0, height)
}

func (s *Stacked) draw(p *pen, size fyne.Size) {
	entries, top := s.legend(p.look, size.Width)
	for _, e := range entries {
		p.entry(e)
	}
	t, most := s.table(p.look), 0.0
	for _, row := range s.rows {
		most = max(most, row.amount())
	}
	for i, row := range s.rows {
		_, room, _ := t.write(p, i, top, size.Width)
		if row.amount() == 0 {
			p.bar(Item{}, 0, flat(room, p.look.Gap))
			continue
		}
		s.drawParts(p, i, most, room)
	}
}

// drawParts draws what a row is made of. Each part is as wide as its share; a
// hairline of it is left free, so that two of one colour are two.
func (s *Stacked) drawParts(p *pen, i int, most float64, room box) {
	look, row := p.look, s.rows[i]
	before := 0.0
	for j, part := range row.Parts {
		if part.amount() == 0 {
			continue
		}
		from, to := share(before, most)*room.Width, share(before+part.amount(), most)*room.Width
		before += part.amount()
		whole := boxed(room.X+from, room.Y, to-from, room.Height)
		p.spot(i, j, whole, []string{row.Label, part.Label, part.Text})
		seen := flat(whole, room.Height-2*look.Space)
		seen.Width = max(seen.Width-look.Hairline, look.Hairline)
		p.area(part.Tone.colour(look), seen)
		if wide(part.Text, look.Caption)+2*look.Hairline <= seen.Width {
			p.write(part.Text, look.OnAccent, look.Caption, fyne.TextAlignCenter, seen)
		}
	}
}

// entry is a word of the legend and where it stands, with its mark.
type entry struct {
	label string
	tone  Tone
	box
}

// swatch is how wide the mark of a legend's word is, with what keeps it apart.
func swatch(look *theme.Theme) (side, apart float32) { return look.Caption, look.Space }

// legend places the words of the parts, as many on a line as there is room for,
// and returns how high they are together.
func (s *Stacked) legend(look *theme.Theme, width float32) (entries []entry, height float32) {
	type meaning struct {
		label string
		tone  Tone
	}
	side, apart := swatch(look)
	line, met := look.Row-look.Gap, map[meaning]bool{}
	x, y := look.Space, float32(0)
	for _, row := range s.rows {
		for _, part := range row.Parts {
			m := meaning{part.Label, part.Tone}
			if part.Label == "" || met[m] {
				continue
			}
			met[m] = true
			need := min(side+apart+wide(part.Label, look.Text), max(width-2*look.Space, 0))
			if x > look.Space && x+need > width-look.Space {
				x, y = look.Space, y+line
			}
			entries = append(entries, entry{part.Label, part.Tone, boxed(x, y, need, line)})
			x += need + look.Margin
		}
	}
	if len(entries) == 0 {
		return nil, 0
	}
	return entries, y + line
}

func (p *pen) entry(e entry) {
	side, apart := swatch(p.look)
	at := flat(e.box, side)
	at.Width = min(side, e.Width)
	p.area(e.tone.colour(p.look), at).CornerRadius = p.look.Bar / 2
	p.write(e.label, p.look.Ink2, p.look.Text, fyne.TextAlignLeading,
		boxed(e.X+side+apart, e.Y, max(e.Width-side-apart, 0), e.Height))
}
