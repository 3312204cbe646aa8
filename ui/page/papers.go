package page

import (
	"bytes"
	"cmp"
	"image"
	"image/jpeg"
	"slices"
	"strings"

	"touyan/store"
	"touyan/store/paper"
	"touyan/store/record"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

// leafPapers is the tab of the files attached to a person or a village.
const leafPapers = "papers"

// papersLeaf shows the papers of a record as small pictures. No wall shows it.
type papersLeaf struct {
	of      *Dossier
	shown   []paperFact
	cards   []*press
	grid    *fyne.Container
	scroll  *container.Scroll
	area    *fyne.Container
	buttons Buttons
}

// paperFact is a paper as it is listed.
type paperFact struct {
	id, title, class, date string
	kind                   string // 文件类型
	pages                  int
	thumb                  image.Image // nil: there is none
	state                  paper.State
}

// readPapers lists the papers of a person or a village as dossiers lie: by
// class and date.
func readPapers(tx *store.Tx, db *store.DB, owner string) ([]paperFact, error) {
	kind := tx.Kinds().Kind("paper")
	var out []paperFact
	var order []string
	for p, err := range paper.Of(tx, owner) {
		if err != nil {
			return nil, err
		}
		f := paperFact{id: p.ID, title: p.Title, class: kind.Field("class").Show(p.Class), date: p.Date.Office(), kind: p.Type}
		if p.Pages != nil {
			f.pages = int(*p.Pages)
		}
		kept, state, err := paper.Seen(tx, db, p)
		if err != nil {
			return nil, err
		}
		f.state = state
		f.thumb, _ = jpeg.Decode(bytes.NewReader(kept.Thumb)) // without one the card has none
		out = append(out, f)
		order = append(order, cmp.Or(p.Class, "~")+"\x00"+p.Date.String()+"\x00"+p.ID)
	}
	index := map[string]string{}
	for i := range out {
		index[out[i].id] = order[i]
	}
	slices.SortFunc(out, func(a, b paperFact) int { return strings.Compare(index[a.id], index[b.id]) })
	return out, nil
}

// paperSteps are the ways from the record of a paper: to what it shows, and to
// whose it is.
func (x *Dossier) paperSteps() []Choice {
	return []Choice{{Text: doSeePaper, Do: func() {
		if owner := cmp.Or(x.of("person"), x.of("village")); owner != "" {
			x.form.Leave()
			x.desk.viewPaper(owner, x.id)
		}
	}}, {Text: doSeeOwner, Do: func() {
		for _, name := range []string{"person", "village"} {
			if k, id := x.desk.DB.Kinds().Kind(name), x.of(name); id != "" {
				x.form.Leave()
				x.desk.openRecord(k, id)
				return
			}
		}
	}}}
}

// OpenPart shows a record of a kind that has no room of its own, over the
// present page.
func (d *Desk) OpenPart(kind, id string) {
	if k := d.DB.Kinds().Kind(kind); k != nil && isPart(k) {
		d.openRecord(k, id)
	}
}

func newPapersLeaf(x *Dossier) *papersLeaf {
	l := &papersLeaf{of: x}
	l.remake()
	return l
}

// remake makes what the cards stand on, in the present look.
func (l *papersLeaf) remake() {
	l.grid = container.New(layout.NewGridWrapLayout(cardSize()))
	l.scroll = container.NewVScroll(inset(l.grid, theme.Current().Gap, theme.Current().Gap))
	l.area = container.NewStack()
	l.buttons = buttons([]Choice{{Text: doCheckPapers, Do: l.check}, {Text: doAttach, Main: true, Do: l.choose}})
}

// cardSize has room for a small picture and two lines.
func cardSize() fyne.Size {
	look := theme.Current()
	return fyne.NewSize(13*look.Text, 14*look.Text)
}

func (l *papersLeaf) leaf() leaf {
	return leaf{name: leafPapers, label: sayTab(tabPapers, len(l.shown)), body: l.body, focus: func() { l.focus(0) }}
}

func (l *papersLeaf) body() fyne.CanvasObject {
	look := theme.Current()
	says := words(sayPapers, look.Ink2, look.Text)
	top := container.NewBorder(nil, nil, container.NewVBox(layout.NewSpacer(), says, layout.NewSpacer()), l.buttons.row())
	return container.NewBorder(container.New(layout.NewCustomPaddedLayout(0, look.Gap, 0, 0), top), nil, nil, nil, card(l.area))
}

// fill shows what was read.
func (l *papersLeaf) fill(list []paperFact) {
	look := theme.Current()
	at := slices.IndexFunc(l.cards, func(p *press) bool { return p == l.of.desk.Window.Canvas().Focused() })
	l.shown, l.cards = list, nil
	l.grid.RemoveAll()
	for i, f := range list {
		p := newPress(paperCard(f), func() { l.of.desk.viewPaper(l.of.id, f.id) })
		p.key = func(name fyne.KeyName) bool { return l.walk(i, name) }
		p.told = func(by comer, on bool) {
			if by == byKeys && on {
				l.reveal(p)
			}
		}
		l.cards = append(l.cards, p)
		l.grid.Add(p)
	}
	l.area.Objects = []fyne.CanvasObject{l.scroll}
	if len(list) == 0 {
		l.area.Objects = []fyne.CanvasObject{container.NewCenter(words(sayNoPapers, look.Ink2, look.Text))}
	}
	l.area.Refresh()
	l.of.tabs.relabel(leafPapers, sayTab(tabPapers, len(list)))
	if at >= 0 {
		l.focus(min(at, len(list)-1))
	}
}

// DropPictures takes the small pictures off the cards, which are filled anew when
// the page is seen again.
func (x *Dossier) DropPictures() (stays bool) {
	if x.papers != nil {
		x.turn++
		x.papers.fill(nil)
		if x.found != nil {
			x.found.papers = nil
		}
	}
	return true
}

func (l *papersLeaf) focus(i int) {
	if i >= 0 && i < len(l.cards) {
		l.of.desk.Window.Canvas().Focus(l.cards[i])
	}
}

// walk goes from card to card by the arrows.
func (l *papersLeaf) walk(i int, name fyne.KeyName) bool {
	cell := cardSize().Width + theme.Current().Gap
	columns := max(int((l.grid.Size().Width+theme.Current().Gap)/cell), 1)
	switch name {
	case fyne.KeyLeft:
		l.focus(i - 1)
	case fyne.KeyRight:
		l.focus(i + 1)
	case fyne.KeyUp:
		if i < columns {
			l.of.tabs.focus()
			break
		}
		l.focus(i - columns)
	case fyne.KeyDown:
		l.focus(min(i+columns, len(l.cards)-1))
	default:
		return false
	}
	return true
}

// reveal scrolls to the card the keyboard has come to.
func (l *papersLeaf) reveal(p *press) {
	top, height := p.Position().Y, p.Size().Height
	switch seen := l.scroll.Size().Height; {
	case top < l.scroll.Offset.Y:
		l.scroll.ScrollToOffset(fyne.NewPos(0, top))
	case top+height > l.scroll.Offset.Y+seen:
		l.scroll.ScrollToOffset(fyne.NewPos(0, top+height-seen+2*theme.Current().Gap))
	}
}

// paperCard is a small picture of a paper with what it is.
func paperCard(f paperFact) fyne.CanvasObject {
	look := theme.Current()
	title := short(f.title, look.Ink, fyne.TextAlignLeading)
	about := f.class
	if about == "" {
		about = wordNoClass
	}
	if f.date != "" {
		about += between + f.date
	}
	line := short(about, look.Ink2, fyne.TextAlignLeading)
	if f.state == paper.Closed {
		line = short(stateWords[f.state], look.Warn, fyne.TextAlignLeading)
	} else if f.state != paper.Whole {
		line = short(stateWords[f.state], look.Bad, fyne.TextAlignLeading)
	} else if f.class == "" {
		line = short(about, look.Warn, fyne.TextAlignLeading)
	}
	under := container.New(layout.NewCustomPaddedLayout(look.Space, 0, 0, 0), container.New(layout.NewCustomPaddedVBoxLayout(look.Space/2), title, line))
	return inset(container.NewBorder(nil, under, nil, nil, smallPicture(f)), look.Space, look.Space)
}

// smallPicture is the thumbnail of a paper, or a sheet with its type.
func smallPicture(f paperFact) fyne.CanvasObject {
	look := theme.Current()
	ground := canvas.NewRectangle(look.Canvas)
	ground.CornerRadius, ground.StrokeColor, ground.StrokeWidth = look.Radius, look.Line, look.Hairline
	if f.thumb != nil {
		img := canvas.NewImageFromImage(f.thumb)
		img.FillMode = canvas.ImageFillContain
		return container.NewStack(ground, inset(img, look.Space, look.Space))
	}
	return container.NewStack(ground, container.NewCenter(sheetOf(f)))
}

// sheetOf is a sheet of paper that bears the type of the file, or why there is
// nothing to see.
func sheetOf(f paperFact) fyne.CanvasObject {
	look := theme.Current()
	leaf := canvas.NewRectangle(look.Surface)
	leaf.StrokeColor, leaf.StrokeWidth = look.Ink3, look.Hairline
	leaf.SetMinSize(fyne.NewSize(5*look.Text, 7*look.Text))
	text := container.New(layout.NewCustomPaddedVBoxLayout(look.Space))
	if f.kind == record.PDF {
		mark := words(wordPDF, look.Accent, look.Subheading)
		mark.TextStyle.Bold = true
		mark.Alignment = fyne.TextAlignCenter
		text.Add(mark)
	}
	if f.state != paper.Whole {
		mark := words(wordLacking, look.Bad, look.Text)
		if f.state == paper.Closed {
			mark = words(wordClosed, look.Ink2, look.Text)
		}
		mark.Alignment = fyne.TextAlignCenter
		text.Add(mark)
	}
	if f.pages > 0 {
		pages := words(sayPages(f.pages), look.Ink2, look.Text)
		pages.Alignment = fyne.TextAlignCenter
		text.Add(pages)
	}
	return container.NewStack(leaf, container.NewCenter(text))
}
