package page

import (
	"image/color"
	"strings"

	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

// drawTeam draws a card for everybody in post, and one for each of 书记 and 主任
// that nobody is, which comes first.
func (l *villageLeaf) drawTeam() {
	look := theme.Current()
	f := l.facts()
	l.left.RemoveAll()
	seats := saySeats(l.value("party_seats"), l.value("committee_seats"))
	l.left.Add(heading(sayTeam(len(f.team), seats), look.Subheading))
	grid := container.New(&cards{width: l.tile(), count: l.across(), changed: func() { l.of.desk.Post(l.left.Refresh) }})
	for _, position := range f.vacant {
		grid.Add(l.keep(newPress(l.vacancy(position), func() { l.of.desk.appoint(starting{village: l.of.id, position: position}) })))
	}
	for _, m := range f.team {
		grid.Add(l.keep(newPress(l.member(m), func() { l.openPerson(m.person) })))
	}
	l.left.Add(grid)
}

// keep remembers the first thing to press.
func (l *villageLeaf) keep(p *press) *press {
	if l.of.desk.Projecting() {
		p.do = func() {} // what lies behind is covered on a wall
	}
	if l.first == nil {
		l.first = p
	}
	return p
}

func (l *villageLeaf) openPerson(id string) {
	if k := l.of.desk.DB.Kinds().Kind("person"); k != nil {
		l.of.desk.openRecord(k, id)
	}
}

// tile is how wide a card is at least.
func (l *villageLeaf) tile() float32 { return 17 * theme.Current().Text }

// across is how many cards stand side by side to begin with.
func (l *villageLeaf) across() int {
	look := theme.Current()
	inside := l.of.desk.Window.Canvas().Size().Width - look.Sidebar - 2*look.Margin
	right := max(inside*asideShare, 20*look.Text)
	return max(int((inside-right-look.Gap)/(l.tile()+look.Gap)), 1)
}

// member is the card of one person: name and posts, who it is, and the term.
func (l *villageLeaf) member(m member) fyne.CanvasObject {
	look := theme.Current()
	width := l.tile() - 2*(look.Gap+look.Space)
	box := container.New(layout.NewCustomPaddedVBoxLayout(look.Space))
	box.Add(l.title(l.named(m.name), strings.Join(m.positions, "、"), width))
	if !l.of.desk.Projecting() {
		box.Add(words(strings.Join(m.about, between), look.Ink2, look.Text))
	}
	f := l.facts()
	foot := container.New(layout.NewCustomPaddedVBoxLayout(look.Space))
	from := words(saySince(m.from.Office()), look.Ink2, look.Caption)
	if m.elected && !f.until.IsZero() {
		if !m.from.IsZero() {
			from.Text = m.from.Office() + " — " + f.until.Office()
		}
		foot.Add(termBar(f.passed, f.termColour()))
		foot.Add(container.NewBorder(nil, nil, from, l.leftText(look.Caption)))
	} else {
		foot.Add(from)
	}
	gap := container.New(layout.NewCustomPaddedLayout(look.Space, 0, 0, 0), foot)
	return tileCard(container.NewBorder(box, gap, nil, nil), look.Surface)
}

// title is a name and the posts beside it, or below it where there is no room.
func (l *villageLeaf) title(name, posts string, width float32) fyne.CanvasObject {
	look := theme.Current()
	head := heading(name, look.Subheading)
	rest := width - head.MinSize().Width - look.Gap
	if fyne.MeasureText(posts, look.Text, fyne.TextStyle{}).Width <= rest {
		return container.New(layout.NewCustomPaddedHBoxLayout(look.Gap), head, words(posts, look.Ink, look.Text))
	}
	box := container.New(layout.NewCustomPaddedVBoxLayout(0), head)
	for _, line := range wrapped(posts, width, look.Text) {
		box.Add(words(line, look.Ink, look.Text))
	}
	return box
}

// vacancy is the card of a post nobody holds.
func (l *villageLeaf) vacancy(position string) fyne.CanvasObject {
	look := theme.Current()
	label := l.of.desk.DB.Kinds().Kind("post").Field("position").Show(position)
	head := heading(wordVacant, look.Subheading)
	head.Color = look.Bad
	box := container.New(layout.NewCustomPaddedVBoxLayout(look.Space),
		container.New(layout.NewCustomPaddedHBoxLayout(look.Gap), head, words(label, look.Ink, look.Text)))
	if !l.of.desk.Projecting() {
		box.Add(words(sayVacantAppoint, look.Info, look.Text))
	}
	return tileCard(box, look.Canvas)
}

// tileCard is a card among several of one size.
func tileCard(o fyne.CanvasObject, ground color.Color) fyne.CanvasObject {
	look := theme.Current()
	back := canvas.NewRectangle(ground)
	back.StrokeColor, back.StrokeWidth, back.CornerRadius = look.Line, look.Hairline, look.Radius
	pad := look.Gap + look.Space
	return container.NewStack(back, container.New(layout.NewCustomPaddedLayout(look.Gap, look.Gap, pad, pad), o))
}

// drawPool draws who could follow, the readiest first.
func (l *villageLeaf) drawPool() {
	look := theme.Current()
	f := l.facts()
	l.left.Add(container.New(layout.NewCustomPaddedLayout(look.Space, 0, 0, 0), heading(sayFollow(len(f.pool)), look.Subheading)))
	list := container.New(layout.NewCustomPaddedVBoxLayout(0))
	if len(f.pool) == 0 {
		list.Add(container.New(layout.NewCustomPaddedLayout(look.Gap, look.Gap, look.Gap, look.Gap), words(sayNobody, look.Ink2, look.Text)))
	}
	for i, r := range f.pool {
		if i > 0 {
			line := canvas.NewRectangle(look.Line)
			line.SetMinSize(fyne.NewSize(0, look.Hairline))
			list.Add(line)
		}
		list.Add(l.keep(newPress(l.follower(i+1, r), func() { l.openPerson(r.person) })))
	}
	l.left.Add(card(list))
	l.left.Refresh()
}

// follower is one line of those who could follow.
func (l *villageLeaf) follower(rank int, r follower) fyne.CanvasObject {
	look := theme.Current()
	about := r.about
	if l.of.desk.Projecting() {
		about = nil
	}
	cell := func(t *canvas.Text, letters float32) fyne.CanvasObject {
		return least(container.NewVBox(layout.NewSpacer(), t, layout.NewSpacer()), fyne.NewSize(letters*look.Text, look.Row))
	}
	name := words(l.named(r.name), look.Ink, look.Text)
	name.TextStyle.Bold = true
	row := container.New(layout.NewCustomPaddedHBoxLayout(look.Gap),
		cell(words(sayRank(rank), look.Ink2, look.Text), 2), cell(name, 8),
		cell(words(orElse(r.maturity, wordNoMaturity), look.Ink, look.Text), 8), cell(words(orElse(r.direction, wordNoDirection), look.Ink, look.Text), 9),
		cell(words(strings.Join(about, between), look.Ink2, look.Text), 0))
	if r.reasons == "" {
		return container.New(layout.NewCustomPaddedLayout(0, 0, look.Gap+look.Space, look.Gap), row)
	}
	c := look.Ink2
	if !r.able {
		c = look.Warn
	}
	why := container.New(layout.NewCustomPaddedLayout(0, look.Space, 2*look.Text+look.Gap, 0), short(sayPoints(r.points)+l.veil(r.reasons), c, fyne.TextAlignLeading))
	return container.New(layout.NewCustomPaddedLayout(0, 0, look.Gap+look.Space, look.Gap), container.New(layout.NewCustomPaddedVBoxLayout(0), row, why))
}

func orElse(text, none string) string {
	if text == "" {
		return none
	}
	return text
}

// cards lays cards of one size side by side, as many as there is room for, in
// rows. It grows with the window and asks for the width of one card alone.
type cards struct {
	width   float32
	count   int
	changed func() // the height is another now
}

func (t *cards) cell(objects []fyne.CanvasObject) float32 {
	var high float32
	for _, o := range objects {
		high = max(high, o.MinSize().Height)
	}
	return high
}

// MinSize is for the toolkit.
func (t *cards) MinSize(objects []fyne.CanvasObject) fyne.Size {
	if len(objects) == 0 {
		return fyne.NewSize(t.width, 0)
	}
	gap := theme.Current().Gap
	rows := (len(objects) + t.count - 1) / t.count
	return fyne.NewSize(t.width, float32(rows)*(t.cell(objects)+gap)-gap)
}

// Layout is for the toolkit.
func (t *cards) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	gap := theme.Current().Gap
	count := max(int((size.Width+gap)/(t.width+gap)), 1)
	if count != t.count {
		t.count = count
		t.changed()
	}
	wide, high := (size.Width+gap)/float32(count)-gap, t.cell(objects)
	for i, o := range objects {
		o.Move(fyne.NewPos(float32(i%count)*(wide+gap), float32(i/count)*(high+gap)))
		o.Resize(fyne.NewSize(wide, high))
	}
}
