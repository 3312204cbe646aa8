package form

import (
	"image/color"
	"strings"

	"touyan/store/field"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// lines is text of several lines, broken to the width it is given.
type lines struct {
	text   string
	width  float32
	size   float32
	drawn  []fyne.CanvasObject
	height float32
}

// fit breaks the text anew if it or its room has changed.
func (l *lines) fit(text string, width, size float32, ink color.Color) {
	if l.text != text || l.width != width || l.size != size {
		l.text, l.width, l.size = text, width, size
		l.drawn = nil
		l.height = 0
		for _, line := range broken(text, width, size) {
			t := canvas.NewText(line, ink)
			t.TextSize = size
			t.Move(fyne.NewPos(0, l.height))
			t.Resize(t.MinSize())
			l.height += t.MinSize().Height
			l.drawn = append(l.drawn, t)
		}
	}
	for _, o := range l.drawn {
		o.(*canvas.Text).Color = ink
	}
}

// last is the width of the last line.
func (l *lines) last() float32 {
	if len(l.drawn) == 0 {
		return 0
	}
	return l.drawn[len(l.drawn)-1].MinSize().Width
}

// noStart are the signs no line begins with; they stay with what is before.
const noStart = "。，、；：？！”’）》】…"

// broken breaks a text into lines: between Chinese characters anywhere, in
// numbers and Latin words only where nothing else is left.
func broken(text string, width, size float32) []string {
	if text == "" {
		return nil
	}
	var out []string
	line, used := "", float32(0)
	for _, piece := range pieces(text) {
		w := fyne.MeasureText(piece, size, fyne.TextStyle{}).Width
		if line != "" && used+w > width {
			out = append(out, line)
			line, used = "", 0
		}
		line += piece
		used += w
	}
	return append(out, line)
}

// pieces takes a text apart into what stays together on a line.
func pieces(text string) []string {
	var out []string
	latin := false
	for _, r := range text {
		isLatin := r < 0x2E80 && r != ' '
		if len(out) > 0 && (latin && isLatin || strings.ContainsRune(noStart, r)) {
			out[len(out)-1] += string(r)
		} else {
			out = append(out, string(r))
		}
		latin = isLatin
	}
	return out
}

// note is the sentence below a cell that says what is wrong with it, with what
// it might be changed to.
type note struct {
	widget.BaseWidget

	form    *Form
	problem field.Problem
	lines   lines
	offers  []*press
}

func newNote(f *Form) *note {
	n := &note{form: f}
	n.ExtendBaseWidget(n)
	n.Hide()
	return n
}

// say shows a problem, or none. It reports whether anything has changed.
func (n *note) say(p *field.Problem, offer func(proposal string) *press) bool {
	if p == nil {
		changed := n.Visible()
		n.problem = field.Problem{}
		n.Hidden = true
		return changed
	}
	if n.Visible() && n.problem.Message == p.Message && n.problem.Warning == p.Warning {
		return false
	}
	n.problem, n.Hidden, n.offers = *p, false, nil
	for _, proposal := range p.Proposals {
		n.offers = append(n.offers, offer(proposal))
	}
	return true
}

// fit lays the note out in a width and returns its height.
func (n *note) fit(width float32) float32 {
	look := theme.Current()
	ink := look.Bad
	if n.problem.Warning {
		ink = look.Warn
	}
	n.lines.fit(n.problem.Message, width, look.Caption, ink)
	height := n.lines.height
	if len(n.offers) > 0 {
		x := n.lines.last() + look.Gap
		line := n.offers[0].MinSize().Height
		y := max(height-line, 0)
		for _, o := range n.offers {
			size := o.MinSize()
			if x+size.Width > width && x > 0 {
				x, y = -look.Gap, y+line
			}
			o.Move(fyne.NewPos(x, y))
			o.Resize(size)
			x += size.Width
		}
		height = y + line
	}
	return height
}

// CreateRenderer is for the toolkit.
func (n *note) CreateRenderer() fyne.WidgetRenderer {
	n.ExtendBaseWidget(n)
	return &noteRenderer{n}
}

type noteRenderer struct{ n *note }

func (r *noteRenderer) Layout(size fyne.Size) { r.n.fit(size.Width) }
func (r *noteRenderer) MinSize() fyne.Size    { return fyne.Size{} }
func (r *noteRenderer) Destroy()              {}

func (r *noteRenderer) Refresh() {
	r.n.fit(r.n.Size().Width)
	canvas.Refresh(r.n)
}

func (r *noteRenderer) Objects() []fyne.CanvasObject {
	out := append([]fyne.CanvasObject(nil), r.n.lines.drawn...)
	for _, o := range r.n.offers {
		out = append(out, o)
	}
	return out
}

// plain is the text of a cell that may not be changed.
type plain struct {
	widget.BaseWidget

	text  string
	lines lines
}

func newPlain() *plain {
	p := &plain{}
	p.ExtendBaseWidget(p)
	return p
}

func (p *plain) set(text string) {
	if p.text != text {
		p.text = text
		p.Refresh()
	}
}

// fit lays the text out in a width and returns its height.
func (p *plain) fit(width float32) float32 {
	look := theme.Current()
	text, ink := p.text, look.Ink
	if text == "" {
		text, ink = "—", look.Ink3
	}
	p.lines.fit(text, width, look.Text, ink)
	return p.lines.height
}

// CreateRenderer is for the toolkit.
func (p *plain) CreateRenderer() fyne.WidgetRenderer {
	p.ExtendBaseWidget(p)
	return &plainRenderer{p}
}

type plainRenderer struct{ p *plain }

func (r *plainRenderer) Layout(size fyne.Size)        { r.p.fit(size.Width) }
func (r *plainRenderer) MinSize() fyne.Size           { return fyne.Size{} }
func (r *plainRenderer) Destroy()                     {}
func (r *plainRenderer) Objects() []fyne.CanvasObject { return r.p.lines.drawn }

func (r *plainRenderer) Refresh() {
	r.p.fit(r.p.Size().Width)
	canvas.Refresh(r.p)
}
