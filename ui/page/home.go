package page

import (
	"slices"

	"touyan/store"
	"touyan/store/check"
	"touyan/store/field"
	"touyan/ui/screen"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

// Home is the 工作台: what waits, how the villages stand, and the figures, each
// of which leads to where it is done or to whom it counts.
type Home struct {
	desk  *Desk
	found *homeFacts // nil: not read yet
	turn  int

	content *fyne.Container
	scroll  *container.Scroll
	box     *fyne.Container
	hint    *hint
	tiles   *tiles
	cards   *tiles // of the figures
	roomy   bool   // there is more room than the page needs
	buttons Buttons
	presses []*press // in the order the keyboard goes through them
	wanted  bool     // the keyboard was given here before there was anything
}

// NewHome makes the page.
func NewHome(d *Desk) *Home {
	h := &Home{desk: d, hint: newHint(), tiles: &tiles{}, cards: &tiles{even: true}}
	look := theme.Current()
	h.buttons = buttons([]Choice{
		{Text: doImport, Do: func() { d.importBelow(h.buttons[0]) }},
		{Text: doSend(d), Do: d.AskSend},
	})
	h.box = container.New(layout.NewCustomPaddedVBoxLayout(look.Gap))
	h.scroll = container.NewVScroll(container.New(layout.NewCustomPaddedLayout(look.Gap, look.Gap, look.Margin, look.Margin), h.box))
	h.content = container.New(homeLayout{h}, h.scroll, h.hint)
	return h
}

// roomyRows is how many lines high a page has room for more than it needs.
const roomyRows = 30

// homeLayout tells the tiles how wide they are before they are asked how high.
type homeLayout struct{ home *Home }

// MinSize is for the toolkit.
func (l homeLayout) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

// Layout is for the toolkit.
func (l homeLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	h, look := l.home, theme.Current()
	h.tiles.fit(size.Width - 2*look.Margin - 2*cardPad())
	h.cards.fit(size.Width - 2*look.Margin)
	if objects[0].Size() != size {
		h.hint.hide() // what it tells of has moved
	}
	objects[0].Resize(size)
	if roomy := size.Height > roomyRows*look.Row; roomy != h.roomy {
		h.roomy = roomy
		h.desk.Post(h.draw)
	}
}

// cardPad is the room between the edge of a card and what is in it.
func cardPad() float32 { return theme.Current().Gap + theme.Current().Space }

// Remake makes the page in another look.
func (h *Home) Remake() Page { return NewHome(h.desk) }

// Projects says that what is personal is hidden here on a wall.
func (h *Home) Projects() {}

// Title is the room's name.
func (h *Home) Title() string { return titleHome }

// Content is the page.
func (h *Home) Content() fyne.CanvasObject { return h.content }

// Buttons are what a day begins and ends with.
func (h *Home) Buttons() Buttons { return h.buttons }

// Find does nothing: what waits is few.
func (h *Home) Find(string) {}

// Focus gives the keyboard to the first thing that waits.
func (h *Home) Focus() {
	c := h.desk.Window.Canvas()
	if h.found != nil && h.found.asOf != field.DateAt(h.desk.DB.Now()) {
		h.Refresh() // the window stayed open overnight
	}
	if len(h.presses) == 0 {
		c.Unfocus()
		h.wanted = true
		return
	}
	c.Focus(h.presses[0])
}

// Refresh looks over the ledger anew.
func (h *Home) Refresh() {
	read(h.desk, &h.turn, func(tx *store.Tx) (*homeFacts, error) { return h.desk.survey(tx) }, h.fill)
}

// fill shows what was found.
func (h *Home) fill(f *homeFacts) {
	if h.found == f {
		return
	}
	h.found = f
	h.draw()
}

// draw shows what is known. The keyboard stays where it was.
func (h *Home) draw() {
	if h.found == nil {
		return
	}
	c := h.desk.Window.Canvas()
	at := -1
	if p, is := c.Focused().(*press); is {
		at = slices.Index(h.presses, p)
	}
	if h.wanted && c.Focused() == nil && h.desk.Panel() == nil {
		at = 0
	}
	h.wanted = false
	h.hint.hide()
	h.presses = nil
	h.box.Objects = []fyne.CanvasObject{h.waitsCard(), h.lightsCard()}
	if h.found.people() {
		h.box.Add(h.figureCards())
	}
	h.box.Refresh()
	h.content.Refresh()
	switch {
	case at < 0 || screen.Of(h.content) == nil:
	case len(h.presses) == 0:
		c.Focus(h.buttons[0])
	default:
		c.Focus(h.presses[min(at, len(h.presses)-1)])
	}
}

// press is something on this page that leads elsewhere.
func (h *Home) press(content fyne.CanvasObject, do func()) *press {
	p := newPress(content, do)
	p.told = func(by comer, on bool) {
		if on && by == byKeys {
			h.reveal(p)
		}
	}
	h.presses = append(h.presses, p)
	return p
}

// reveal scrolls to what the keyboard has come to.
func (h *Home) reveal(o fyne.CanvasObject) {
	driver := fyne.CurrentApp().Driver()
	top := driver.AbsolutePositionForObject(o).Y - driver.AbsolutePositionForObject(h.scroll).Y
	by := float32(0)
	switch bottom := top + o.Size().Height; {
	case top < 0:
		by = top - theme.Current().Gap
	case bottom > h.scroll.Size().Height:
		by = bottom - h.scroll.Size().Height + theme.Current().Gap
	default:
		return
	}
	h.scroll.ScrollToOffset(h.scroll.Offset.AddXY(0, by))
}

// homeCard is a card with a heading and what stands at the other end of it.
func homeCard(title string, aside, right, body fyne.CanvasObject) fyne.CanvasObject {
	look := theme.Current()
	head := container.NewHBox(container.NewCenter(heading(title, look.Subheading)))
	if aside != nil {
		head.Add(container.NewCenter(aside))
	}
	if right != nil {
		head.Objects = append(head.Objects, layout.NewSpacer(), right)
	}
	in := cardPad()
	return card(container.New(layout.NewCustomPaddedLayout(look.Gap, look.Gap, in, in),
		container.New(layout.NewCustomPaddedVBoxLayout(look.Space), head, body)))
}

// open goes to a village, or to a list of several.
func (h *Home) open(p *region) {
	if p.alone() {
		h.desk.Record("village", p.lights[0].Village)
		return
	}
	h.desk.Names("village", p.name, p.villages())
}

// lightsCard is how the villages stand.
func (h *Home) lightsCard() fyne.CanvasObject {
	look := theme.Current()
	all := 0
	counts := container.NewHBox()
	for _, c := range []check.Colour{check.Red, check.Yellow, check.Green} {
		ids := h.found.lights[c]
		all += len(ids)
		label := container.NewHBox(lamp(c), container.NewCenter(words(sayLights(c, len(ids)), look.Ink2, look.Text)))
		counts.Add(h.press(container.New(layout.NewCustomPaddedLayout(0, 0, look.Space, look.Space), label), func() {
			h.desk.Names("village", titleOfLight(c), ids)
		}))
	}
	if all == 0 {
		h.presses = h.presses[:len(h.presses)-3]
		return homeCard(titleLights, nil, nil, words(sayNoVillages, look.Ink2, look.Text))
	}
	return homeCard(titleLights, beside(sayVillages(all), look.Ink2), counts, h.newTiles())
}
