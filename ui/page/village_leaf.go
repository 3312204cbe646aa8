package page

import (
	"image/color"
	"slices"
	"strconv"
	"strings"

	"touyan/store/check"
	"touyan/store/field"
	"touyan/ui/screen"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

// leafOverview is the tab only a village's page has.
const leafOverview = "overview"

// villageLeaf is the overview of a village: who leads it and who could follow,
// how it stands and what is to be mended.
type villageLeaf struct {
	of    *Dossier
	left  *fyne.Container
	state *fyne.Container // the light and the term
	right *fyne.Container // with what is missing below it
	first *press          // where the keyboard goes
}

func newVillageLeaf(x *Dossier) *villageLeaf {
	l := &villageLeaf{of: x}
	l.remake()
	return l
}

// remake makes what the overview is drawn on.
func (l *villageLeaf) remake() {
	l.left = container.New(layout.NewCustomPaddedVBoxLayout(theme.Current().Gap))
	l.state = container.NewVBox()
}

func (l *villageLeaf) leaves() []leaf {
	return []leaf{{name: leafOverview, label: tabOverview, body: l.body, focus: func() {
		if c := screen.Of(l.left); c != nil && l.first != nil {
			c.Focus(l.first)
		}
	}}}
}

func (l *villageLeaf) body() fyne.CanvasObject {
	look := theme.Current()
	inset := container.New(layout.NewCustomPaddedLayout(look.Gap, look.Gap, look.Margin-look.Gap, look.Gap), l.state)
	state := container.New(layout.NewCustomPaddedLayout(0, look.Gap, 0, 0), card(inset))
	var below fyne.CanvasObject = container.NewVBox(words(sayWallHidden, look.Ink2, look.Text))
	if !l.of.desk.Projecting() {
		below = l.of.missing.body()
	}
	l.right = container.NewBorder(state, nil, nil, nil, below)
	edge := look.Space // the strokes of cards reach to their edge
	return container.New(besides{}, container.NewVScroll(container.New(layout.NewCustomPaddedLayout(0, 0, 0, edge), l.left)), l.right)
}

// fill shows what was read.
func (l *villageLeaf) fill() {
	l.first = nil
	l.drawTeam()
	l.drawPool()
	l.drawState()
	for _, b := range l.of.buttons {
		if b.Enable(); !l.facts().exists && b.Text != doPrint {
			b.Disable()
		}
	}
}

func (l *villageLeaf) facts() *villageFacts { return l.of.found.village }

func (l *villageLeaf) value(name string) string { return l.of.kind.Value(l.of.found.row, name) }

func (l *villageLeaf) shown(name string) string {
	return l.of.desk.Shown(l.of.kind.Field(name), l.value(name))
}

// named is a person's name as the screen may show it.
func (l *villageLeaf) named(name string) string {
	if l.of.desk.Projecting() {
		return sayVeiledName(name)
	}
	return name
}

// veil takes from a sentence what a wall must not show: names and ages.
func (l *villageLeaf) veil(text string) string {
	if !l.of.desk.Projecting() {
		return text
	}
	var pairs []string
	names := slices.Clone(l.facts().names)
	slices.SortFunc(names, func(a, b string) int { return len(b) - len(a) }) // one may begin like another
	for _, name := range names {
		if name != "" {
			pairs = append(pairs, name, sayVeiledName(name))
		}
	}
	return ageInText.ReplaceAllString(strings.NewReplacer(pairs...).Replace(text), veiledAge)
}

// head draws what kind of village it is, how large, and how it stands.
func (l *villageLeaf) head(box *fyne.Container) {
	look := theme.Current()
	f := l.facts()
	line := container.NewHBox(heading(l.of.Title(), look.Heading))
	var about []string
	names := strings.TrimPrefix(l.of.found.aside, between)
	for _, text := range []string{names, l.shown("type"), l.shown("class")} {
		if text != "" {
			about = append(about, text)
		}
	}
	line.Add(beside(strings.Join(about, between), look.Ink2))
	if f.exists {
		sign := lightSign(f.light.Colour)
		line.Add(container.NewVBox(layout.NewSpacer(), container.New(layout.NewCustomPaddedLayout(0, look.Space/2, look.Margin, 0), sign)))
	} else {
		line.Add(beside(wordNoLight, look.Warn))
	}
	box.Add(line)
	figures := container.New(layout.NewCustomPaddedHBoxLayout(look.Margin))
	for _, name := range []string{"households", "population", "members", "representatives", "income"} {
		c := color.Color(look.Ink)
		if l.value(name) == "" {
			c = look.Ink2
		}
		figures.Add(words(sayFact(l.of.kind.Field(name).Label, l.figure(name)), c, look.Text))
	}
	if first := l.value("first_secretary"); first != "" {
		figures.Add(words(sayFact(l.of.kind.Field("first_secretary").Label, l.named(first)), look.Ink, look.Text))
	}
	box.Add(figures)
}

// figure is a number of the village, as it is written by hand.
func (l *villageLeaf) figure(name string) string {
	text := l.shown(name)
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		text = thousands(n)
		if l.of.kind.Field(name).Type == field.Money {
			text += unitMoney
		}
	}
	return text
}

// lightSign is a dot in the colour of a light with its word.
func lightSign(c check.Colour) fyne.CanvasObject {
	look := theme.Current()
	text := words(c.String()+between+lightWords[c], lightColour(c), look.Text)
	text.TextStyle.Bold = true
	return container.New(layout.NewCustomPaddedHBoxLayout(look.Gap-look.Space/2), dot(lightColour(c)), text)
}

// dot is a small disc in the middle of its line.
func dot(c color.Color) fyne.CanvasObject {
	look := theme.Current()
	disc := canvas.NewCircle(c)
	size := fyne.NewSquareSize(look.Text * 0.7)
	return container.NewCenter(container.NewGridWrap(size, disc))
}

// drawState draws the light with its reasons, and the term.
func (l *villageLeaf) drawState() {
	look := theme.Current()
	f, width := l.facts(), l.of.missing.width()
	l.state.RemoveAll()
	title := heading(headLight, look.Subheading)
	l.state.Add(container.New(layout.NewCustomPaddedLayout(0, 0, look.Gap, look.Gap), container.NewBorder(nil, nil, title, l.sign())))
	for _, r := range f.light.Reasons {
		l.state.Add(l.reason(r, width))
	}
	if f.exists && len(f.light.Reasons) == 0 {
		l.state.Add(l.line(sayNoFault, look.Ink, width))
	}
	if f.until.IsZero() {
		l.state.Add(l.line(wordNoTerm, look.Warn, width))
	} else {
		l.state.Add(l.line(sayElected(dateText(l.value("elected")), f.until.Office()), look.Ink, width))
		bar := container.New(layout.NewCustomPaddedLayout(0, 0, look.Gap, look.Gap), container.NewBorder(nil, nil, nil, container.New(layout.NewCustomPaddedLayout(0, 0, look.Gap, 0), l.leftText(look.Text)),
			container.NewVBox(layout.NewSpacer(), termBar(f.passed, f.termColour()), layout.NewSpacer())))
		l.state.Add(bar)
	}
	l.state.Refresh()
	if l.right != nil {
		l.right.Refresh() // the light may be higher now
	}
}

func (l *villageLeaf) sign() fyne.CanvasObject {
	if !l.facts().exists {
		return words(wordNoLight, theme.Current().Warn, theme.Current().Text)
	}
	return lightSign(l.facts().light.Colour)
}

// reason is one of the reasons of the light, with its colour's dot.
func (l *villageLeaf) reason(r check.Reason, width float32) fyne.CanvasObject {
	look := theme.Current()
	left := 3 * look.Text
	text := container.New(layout.NewCustomPaddedVBoxLayout(look.Space / 2))
	for _, line := range wrapped(l.veil(r.Text), width-left, look.Text) {
		text.Add(words(line, look.Ink, look.Text))
	}
	mark := words(r.Colour.String(), lightColour(r.Colour), look.Text)
	if r.Colour == check.Green {
		mark.Text, mark.Color = string(check.Notice), look.Info
	}
	mark.TextStyle.Bold = true
	row := container.NewBorder(nil, nil, least(container.NewVBox(mark), fyne.NewSize(left, 0)), nil, text)
	return container.New(layout.NewCustomPaddedLayout(0, 0, look.Gap, look.Gap), row)
}

func (l *villageLeaf) line(text string, c color.Color, width float32) fyne.CanvasObject {
	look := theme.Current()
	box := container.New(layout.NewCustomPaddedVBoxLayout(look.Space / 2))
	for _, line := range wrapped(text, width, look.Text) {
		box.Add(words(line, c, look.Text))
	}
	return container.New(layout.NewCustomPaddedLayout(0, 0, look.Gap, look.Gap), box)
}

// leftText is what is left of the term, coloured as it presses.
func (l *villageLeaf) leftText(size float32) *canvas.Text {
	f := l.facts()
	t := words(sayTermRest(f.left), theme.Current().Ink2, size)
	if f.left <= f.notice {
		t.Color = f.termColour()
		t.TextStyle.Bold = true
	}
	return t
}

// termColour is that of a bar: how soon a term ends.
func (f *villageFacts) termColour() color.Color {
	look := theme.Current()
	switch {
	case f.left < 0:
		return look.Bad
	case f.left <= f.notice:
		return look.Warn
	}
	return look.Good
}

// termBar is how much of a term is over, as a share of its width.
func termBar(passed float32, c color.Color) fyne.CanvasObject {
	look := theme.Current()
	ground, done := canvas.NewRectangle(look.Button), canvas.NewRectangle(c)
	ground.CornerRadius, done.CornerRadius = look.Bar/2, look.Bar/2
	return least(container.New(shareLayout{passed}, ground, done), fyne.NewSize(0, look.Space))
}

// shareLayout lays the first object over the whole width and the second over a
// share of it.
type shareLayout struct{ share float32 }

// MinSize is for the toolkit.
func (shareLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(0, 0) }

// Layout is for the toolkit.
func (s shareLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Resize(size)
	objects[1].Resize(fyne.NewSize(size.Width*s.share, size.Height))
}
