package page

import (
	"image/color"
	"strings"

	"touyan/store/exchange"
	"touyan/store/field"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

// docketShares are how the width is shared out: 栏目, 原值, 本级, 对方, 采用.
var docketShares = []float32{11, 14, 21, 23, 31}

// docketLines is how many lines of a value are shown; the person page has all.
const docketLines = 4

// draw shows the record at hand anew.
func (k *docket) draw() {
	if k.width < k.MinSize().Width/2 { // not laid out yet
		return
	}
	look := theme.Current()
	m := k.matter()
	k.box.Objects = nil
	if m == nil {
		says := k.empty
		if len(k.matters) > 0 {
			says = sayNoneFound
		}
		k.box.Add(inset(words(says, look.Ink2, look.Text), look.Margin, look.Margin))
		k.box.Refresh()
		return
	}
	k.box.Add(k.head(m))
	k.box.Add(k.columns())
	for i, p := range m.points {
		k.box.Add(k.lineOf(i, p))
	}
	k.box.Refresh()
	k.scroll.Refresh()
	k.keepInView()
}

// keepInView scrolls to the line at hand.
func (k *docket) keepInView() {
	if k.line+2 >= len(k.box.Objects) || k.scroll.Size().Height == 0 {
		return
	}
	o := k.box.Objects[k.line+2]
	top, bottom := o.Position().Y, o.Position().Y+o.MinSize().Height
	switch view := k.scroll.Offset.Y; {
	case k.line == 0:
		k.scroll.ScrollToOffset(fyne.NewPos(0, 0))
	case bottom > view+k.scroll.Size().Height:
		k.scroll.ScrollToOffset(fyne.NewPos(0, bottom-k.scroll.Size().Height))
	case top < view:
		k.scroll.ScrollToOffset(fyne.NewPos(0, top))
	}
}

// head is whose record it is, how much is to be decided, and which of how many.
func (k *docket) head(m *matter) fyne.CanvasObject {
	look := theme.Current()
	name := heading(m.name, look.Subheading)
	left := container.NewHBox(name)
	if m.place != "" {
		left.Add(container.NewCenter(words(strings.TrimLeft(between, " ")+m.place, look.Ink2, look.Text)))
	}
	all, open := m.counts()
	right := container.NewHBox(container.NewCenter(words(sayDiffering(all, open), look.Ink2, look.Text)))
	if k.masks(m) {
		text := doShow
		if k.reveal {
			text = doHide
		}
		right.Add(gap())
		right.Add(container.NewCenter(linkWord(text, k.unmask)))
	}
	if len(k.shown) > 1 {
		right.Add(gap())
		right.Add(container.NewCenter(linkWord(doPrevious, func() { k.leaf(k.at - 1); k.takeFocus() })))
		right.Add(container.NewCenter(words(sayOf(k.at+1, len(k.shown)), look.Ink, look.Text)))
		right.Add(container.NewCenter(linkWord(doNextOne, func() { k.leaf(k.at + 1); k.takeFocus() })))
	}
	return inset(container.NewBorder(nil, nil, left, right), look.Gap, look.Margin)
}

// columns is the head of the table, between hairlines.
func (k *docket) columns() fyne.CanvasObject {
	look := theme.Current()
	var cells []fyne.CanvasObject
	for _, text := range []string{headField, headBase, headOwn, headTheirs, headAdopt} {
		cells = append(cells, inset(words(text, look.Ink2, look.Text), look.Space, 0))
	}
	return container.New(layout.NewCustomPaddedVBoxLayout(0), hairline(), k.shared(cells, docketShares), hairline())
}

// lineOf is one line, tinted where the keyboard is.
func (k *docket) lineOf(i int, p *point) fyne.CanvasObject {
	look := theme.Current()
	ink := look.Ink
	if p.taken != nil {
		ink = look.Ink2
	}
	label := words(p.label, ink, look.Text)
	label.TextStyle.Bold = p.open()
	cells := []fyne.CanvasObject{k.lines(p.label, ink, 0, label.TextStyle)}
	var shares []float32
	if p.question != nil {
		shares = []float32{docketShares[0], docketShares[1] + docketShares[2] + docketShares[3], docketShares[4]}
		middle := container.New(layout.NewCustomPaddedVBoxLayout(look.Space))
		for _, text := range p.question.texts(k.desk) {
			middle.Add(paragraph(text, k.part(shares[1]), look.Ink))
		}
		cells = append(cells, middle, k.adopt(i, p))
	} else {
		shares = docketShares
		base, own, others := k.values(p)
		cells = append(cells, k.value(base, k.sentOn(base), ink, 1), k.value(own.text, own.by, ink, 2), k.stack(others, ink), k.adopt(i, p))
	}
	for n := range cells {
		cells[n] = inset(cells[n], look.Gap, 0)
	}
	body := container.New(layout.NewCustomPaddedVBoxLayout(0), k.shared(cells, shares), hairline())
	if i != k.line {
		return newWord2(body, func() { k.turn(k.at, i); k.draw(); k.takeFocus() })
	}
	tint := canvas.NewRectangle(look.AccentWeak)
	bar := canvas.NewRectangle(look.Accent)
	if !k.focused {
		bar.FillColor = look.Line
	}
	bar.SetMinSize(fyne.NewSize(look.Bar, 0))
	return container.NewStack(tint, body, container.NewBorder(nil, nil, bar, nil))
}

// newWord2 is a line to click: no tint comes and goes under the pointer.
func newWord2(content fyne.CanvasObject, do func()) fyne.CanvasObject {
	w := newWord(content, do)
	w.tint.FillColor = color.Transparent
	return w
}

// sentOn is when what stood before was sent out.
func (k *docket) sentOn(base string) string {
	if k.sent.IsZero() || base == sayNothing {
		return ""
	}
	return saySentOn(k.sent)
}

// told is a value in words and who said it.
type told struct{ text, by string }

// values are what the columns of a cell say.
func (k *docket) values(p *point) (base string, own told, others []told) {
	now := k.desk.DB.Now()
	if p.taken != nil {
		show := k.shower(p.field(), p.taken.Own, p.taken.Theirs)
		own = told{or(show(p.taken.Own), sayNothing), ""}
		if p.taken.Own.Value != "" {
			own.by = saidBy(p.taken.Own, now)
		}
		return or(show(p.taken.Base), sayNothing), own, []told{{or(show(p.taken.Theirs), sayBlank), saidBy(p.taken.Theirs, now)}}
	}
	d := p.dispute
	show := k.shower(d.Field, append([]exchange.Saying{d.Shown}, d.Others...)...)
	for _, s := range d.Others {
		others = append(others, told{or(show(s), sayBlank), saidBy(s, now)})
	}
	return or(show(d.Base), sayNothing), told{or(show(d.Shown), sayBlank), saidBy(d.Shown, now)}, others
}

// shower shows values of a cell as the screen may. Where masking hides what
// differs they are shown whole, though never on a wall: nobody can choose
// between two rows of dots.
func (k *docket) shower(f *field.Field, differing ...exchange.Saying) func(exchange.Saying) string {
	seen := k.desk.veil()
	masked := func(s exchange.Saying) string {
		if f == nil || f.Type == field.Ref {
			return s.Text
		}
		return seen.show(f, s.Value)
	}
	if seen.wall {
		return masked
	}
	whole := k.reveal
	met := map[string]bool{}
	for _, s := range differing {
		whole = whole || met[masked(s)]
		met[masked(s)] = true
	}
	if whole {
		return func(s exchange.Saying) string { return s.Text }
	}
	return masked
}

// masks reports that something of a record is not shown whole.
func (k *docket) masks(m *matter) bool {
	seen := k.desk.veil()
	for _, p := range m.points {
		if f := p.field(); f != nil && f.Private && !seen.wall && !seen.bares(f) {
			return true
		}
	}
	return false
}

func (k *docket) unmask() {
	if m := k.matter(); m != nil && k.masks(m) {
		k.reveal = !k.reveal
		k.draw()
		k.takeFocus()
	}
}

// value is a value with who said it below.
func (k *docket) value(text, by string, ink color.Color, column int) fyne.CanvasObject {
	look := theme.Current()
	box := container.New(layout.NewCustomPaddedVBoxLayout(0), k.lines(text, ink, column, fyne.TextStyle{}))
	if by != "" {
		for _, line := range wrapped(by, k.part(docketShares[column]), look.Caption) {
			box.Add(words(line, look.Ink3, look.Caption))
		}
	}
	return box
}

// stack is what stands against the value shown, one below the other.
func (k *docket) stack(others []told, ink color.Color) fyne.CanvasObject {
	look := theme.Current()
	box := container.New(layout.NewCustomPaddedVBoxLayout(look.Space))
	for _, o := range others {
		box.Add(k.value(o.text, o.by, ink, 3))
	}
	if len(others) > 1 {
		box.Add(words(sayFurther(len(others)-1), look.Warn, look.Caption))
	}
	return box
}

// adopt is what is to stand: the answers, and why.
func (k *docket) adopt(i int, p *point) fyne.CanvasObject {
	look := theme.Current()
	if p.taken != nil {
		text, why := wordTheirs, sayOnlyTheirs
		if !p.taken.TheirsWins {
			text, why = wordOwn, sayOnlyOwn
		}
		if p.taken.Owner != field.NoLevel {
			why = sayOwner(p.taken.Owner)
		}
		return container.New(layout.NewCustomPaddedVBoxLayout(0), words(text, look.Ink2, look.Text), words(why, look.Ink3, look.Caption))
	}
	row := container.New(layout.NewCustomPaddedHBoxLayout(2 * look.Gap))
	for n, text := range p.words() {
		s := side(n + 1)
		row.Add(newWord(radio(text, p.side == s), func() {
			k.turn(k.at, i)
			k.takeFocus()
			k.choose(s)
		}))
	}
	box := container.New(layout.NewCustomPaddedVBoxLayout(look.Space), row)
	if p.side == another || p.question != nil && p.text != "" {
		text := p.text
		if f := p.field(); f != nil && f.Private && !k.reveal || k.desk.Projecting() && f != nil && Veiled(f) {
			text = k.desk.Shown(f, p.value)
		}
		box.Add(k.lines(or(text, sayBlank), look.Ink, 4, fyne.TextStyle{}))
	}
	if p.side != undecided && p.question == nil {
		why := container.New(layout.NewCustomPaddedHBoxLayout(2*look.Gap), newWord(words(sayWhyLine(p.why), look.Info, look.Caption), func() { k.turn(k.at, i); k.askWhy() }))
		if _, open := tallyOf(k.matters); open > 0 && p.side != another {
			why.Add(newWord(words(doRestAlike, look.Info, look.Caption), func() { k.turn(k.at, i); k.alike() }))
		}
		box.Add(why)
	}
	return box
}

// radio is an answer with its ring, filled where it is the one chosen.
func radio(text string, chosen bool) fyne.CanvasObject {
	look := theme.Current()
	size := look.Text
	ring := canvas.NewCircle(look.Surface)
	ring.StrokeColor, ring.StrokeWidth = look.Ink3, look.Hairline
	label := words(text, look.Ink, look.Text)
	mark := container.NewStack(ring)
	if chosen {
		ring.StrokeColor = look.Accent
		dot := canvas.NewCircle(look.Accent)
		in := size / 4
		mark.Add(container.New(layout.NewCustomPaddedLayout(in, in, in, in), dot))
		label.TextStyle.Bold = true
	}
	return container.New(layout.NewCustomPaddedHBoxLayout(look.Space), container.NewCenter(container.NewGridWrap(fyne.NewSize(size, size), mark)), label)
}

// lines is a text broken to a column's width, cut where it is very long.
func (k *docket) lines(text string, ink color.Color, column int, style fyne.TextStyle) fyne.CanvasObject {
	look := theme.Current()
	all := wrapped(text, k.part(docketShares[column]), look.Text)
	if len(all) > docketLines {
		all = append(all[:docketLines-1], all[docketLines-1]+"…")
	}
	box := container.New(layout.NewCustomPaddedVBoxLayout(0))
	for _, line := range all {
		t := words(line, ink, look.Text)
		t.TextStyle = style
		box.Add(t)
	}
	return box
}

// paragraph is text of several lines without space around it.
func paragraph(text string, width float32, ink color.Color) fyne.CanvasObject {
	look := theme.Current()
	box := container.New(layout.NewCustomPaddedVBoxLayout(0))
	for _, line := range wrapped(text, width, look.Text) {
		box.Add(words(line, ink, look.Text))
	}
	return box
}

// part is the width of a column's text.
func (k *docket) part(share float32) float32 {
	look := theme.Current()
	return (k.width-2*look.Margin)*share/100 - 2*look.Gap
}

// shared stands cells side by side, each at its share of the width.
func (k *docket) shared(cells []fyne.CanvasObject, shares []float32) fyne.CanvasObject {
	look := theme.Current()
	return inset(container.New(sharing(shares), cells...), 0, look.Margin)
}

// sharing lays out cells by shares of a hundred.
type sharing []float32

// MinSize is for the toolkit.
func (s sharing) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var high float32
	for _, o := range objects {
		high = max(high, o.MinSize().Height)
	}
	return fyne.NewSize(0, high)
}

// Layout is for the toolkit.
func (s sharing) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	var x float32
	for i, o := range objects {
		w := size.Width * s[i] / 100
		o.Move(fyne.NewPos(x, 0))
		o.Resize(fyne.NewSize(w, size.Height))
		x += w
	}
}

// inset leaves space above and below, and at the sides.
func inset(o fyne.CanvasObject, y, x float32) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(y, y, x, x), o)
}

func hairline() fyne.CanvasObject {
	look := theme.Current()
	r := canvas.NewRectangle(look.Line)
	r.SetMinSize(fyne.NewSize(0, look.Hairline))
	return r
}

func gap() fyne.CanvasObject {
	r := canvas.NewRectangle(color.Transparent)
	r.SetMinSize(fyne.NewSize(theme.Current().Gap, 0))
	return r
}
