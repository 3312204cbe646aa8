package ui

import (
	"strings"

	"touyan/ui/entry"
	"touyan/ui/page"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
)

// palette is the find box of the window, open, with what it found below it.
type palette struct {
	shell   *Shell
	pop     *widget.PopUp
	entry   *paletteEntry
	list    *fyne.Container
	answers []*answer
	at      int // the one Enter opens
	width   float32
}

// search opens the find box, or gives it the keyboard again.
func (s *Shell) search() {
	if s.palette != nil && s.palette.pop.Visible() {
		s.desk.Window.Canvas().Focus(s.palette.entry)
		return
	}
	look := theme.Current()
	c := s.desk.Window.Canvas()
	p := &palette{shell: s, width: min(52*look.Text, c.Size().Width-2*look.Margin)}
	p.entry = newPaletteEntry(p)
	p.list = container.New(layout.NewCustomPaddedVBoxLayout(0))
	p.pop = widget.NewPopUp(container.NewBorder(p.entry, nil, nil, nil, p.list), c)
	s.palette = p
	p.show("")
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(s.top.find)
	x := at.X + s.top.find.Size().Width/2 - p.width/2
	p.pop.ShowAtPosition(fyne.NewPos(min(max(x, look.Margin), c.Size().Width-p.width-look.Margin), look.Space))
	c.Focus(p.entry)
}

// shut closes the find box.
func (s *Shell) shut() {
	if s.palette != nil {
		s.palette.pop.Hide()
		s.palette = nil
	}
}

// Search opens the find box and types into it, as a person would.
func (s *Shell) Search(text string) {
	s.search()
	s.palette.entry.SetText(text)
}

// show lists what answers the text.
func (p *palette) show(text string) {
	s, look := p.shell, theme.Current()
	var rooms []page.Room
	for _, r := range s.rooms {
		rooms = append(rooms, r.Room)
	}
	p.answers, p.at, p.list.Objects = nil, 0, nil
	groups := s.finder.Find(text, rooms, append(s.doings(), s.desk.Commands()...))
	for _, g := range p.fitted(groups) {
		label := g.Label
		if more := g.All - len(g.Lines); more > 0 {
			label = sayMore(label, more)
		}
		p.list.Add(container.New(layout.NewCustomPaddedLayout(look.Gap, look.Space, look.Gap, look.Gap), small(label, look.Ink3, look.Caption)))
		for _, l := range g.Lines {
			a := newAnswer(p, l, len(p.answers))
			p.answers = append(p.answers, a)
			p.list.Add(a)
		}
	}
	if len(p.answers) == 0 {
		p.list.Add(container.New(layout.NewCustomPaddedLayout(look.Gap, look.Gap, look.Gap, look.Gap), small(sayNotFound, look.Ink2, look.Text)))
	}
	p.mark(0)
	p.pop.Resize(fyne.NewSize(p.width, p.pop.MinSize().Height+look.Gap))
}

// fitted cuts the groups so that all lines fit below the box, the last first;
// something of each is left.
func (p *palette) fitted(groups []page.Finds) []page.Finds {
	look := theme.Current()
	room := int((p.pop.Canvas.Size().Height-look.TopBar-look.Foot)/look.Row) - len(groups)
	for _, g := range groups {
		room -= len(g.Lines)
	}
	for i := len(groups) - 1; i >= 0 && room < 0; i-- {
		lines := groups[i].Lines
		keep := max(min(len(lines), 2), len(lines)+room)
		room += len(lines) - keep
		groups[i].Lines = lines[:keep]
	}
	return groups
}

// doings are the buttons of the page shown, as commands.
func (s *Shell) doings() []page.Command {
	if s.covered() {
		return nil
	}
	var out []page.Command
	for _, b := range s.Page().Buttons() {
		if b.Visible() && !b.Disabled() {
			text := strings.Trim(b.Text, " …")
			out = append(out, page.Command{Text: s.Page().Title() + doingOf + text, Do: b.OnTapped})
		}
	}
	return out
}

// mark moves to another answer.
func (p *palette) mark(at int) {
	if len(p.answers) == 0 {
		return
	}
	p.at = (at + len(p.answers)) % len(p.answers)
	for i, a := range p.answers {
		a.mark(i == p.at)
	}
}

// enter closes the box and does what the answer stands for.
func (p *palette) enter(at int) {
	if at >= len(p.answers) {
		return
	}
	do := p.answers[at].line.Do
	p.shell.shut()
	do()
}

// paletteEntry is the text field of the find box.
type paletteEntry struct {
	entry.Entry

	of *palette
}

func newPaletteEntry(p *palette) *paletteEntry {
	e := &paletteEntry{of: p}
	e.Extend(e)
	e.PlaceHolder = hintSearch
	e.OnChanged = p.show
	return e
}

// TypedKey walks the answers, opens one or closes the box.
func (e *paletteEntry) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyUp:
		e.of.mark(e.of.at - 1)
	case fyne.KeyDown:
		e.of.mark(e.of.at + 1)
	case fyne.KeyReturn, fyne.KeyEnter:
		e.of.enter(e.of.at)
	case fyne.KeyEscape:
		s := e.of.shell
		s.shut()
		s.focus()
	case fyne.KeyF1, fyne.KeyF6, page.KeyWall:
		e.of.shell.shut()
		passKey(e, k)
	default:
		e.Entry.TypedKey(k)
	}
}

// answer is one line under the find box.
type answer struct {
	widget.BaseWidget

	of    *palette
	line  page.Found
	at    int
	tint  *canvas.Rectangle
	text  *canvas.Text
	aside *canvas.Text
}

var (
	_ fyne.Tappable      = (*answer)(nil)
	_ desktop.Hoverable  = (*answer)(nil)
	_ desktop.Cursorable = (*answer)(nil)
)

func newAnswer(p *palette, l page.Found, at int) *answer {
	look := theme.Current()
	a := &answer{of: p, line: l, at: at, tint: canvas.NewRectangle(look.AccentWeak),
		text: small(l.Text, look.Ink, look.Text), aside: small(l.Aside, look.Ink2, look.Text)}
	a.tint.CornerRadius = look.Radius
	a.aside.Alignment = fyne.TextAlignTrailing
	a.ExtendBaseWidget(a)
	return a
}

func (a *answer) mark(on bool) {
	a.tint.Hidden = !on
	a.text.TextStyle.Bold = on
	a.Refresh()
}

// Tapped opens it.
func (a *answer) Tapped(*fyne.PointEvent) { a.of.enter(a.at) }

// MouseIn moves to it.
func (a *answer) MouseIn(*desktop.MouseEvent) { a.of.mark(a.at) }

// MouseOut does nothing: the keyboard goes on from there.
func (a *answer) MouseOut() {}

// MouseMoved does nothing.
func (a *answer) MouseMoved(*desktop.MouseEvent) {}

// Cursor is a hand.
func (a *answer) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer is for the toolkit.
func (a *answer) CreateRenderer() fyne.WidgetRenderer {
	look := theme.Current()
	line := container.NewBorder(nil, nil, a.text, nil, container.NewHBox(layout.NewSpacer(), a.aside))
	return widget.NewSimpleRenderer(sized(container.NewStack(a.tint,
		container.New(layout.NewCustomPaddedLayout(0, 0, look.Gap, look.Gap), line)), fyne.NewSize(0, look.Row)))
}
