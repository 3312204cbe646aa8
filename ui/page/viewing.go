package page

import (
	"image"
	"slices"

	"touyan/store"
	"touyan/store/paper"
	"touyan/store/record"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

// Viewing is a paper seen large, with the others of its owner to the left and
// right of it. Nothing of it is ever put on the disk. No wall shows it.
type Viewing struct {
	desk  *Desk
	owner string
	id    string

	list    []paperFact
	at      int
	image   image.Image // nil: not read yet, or no picture
	large   bool        // as wide as the page, scrolled
	sheet   *press      // what has the keyboard
	area    *fyne.Container
	scroll  *container.Scroll // while large
	head    *fyne.Container
	buttons Buttons
	content *fyne.Container
	turn    int // of the lists read
	opening int // of the files opened
}

// viewEdge is the longer edge of what is shown, in pixels: more than the screens
// of the offices have, and text of a page stays readable enlarged.
const viewEdge = 3000

// viewPaper shows a paper large, on a page over the present one.
func (d *Desk) viewPaper(owner, id string) { d.Open(newViewing(d, owner, id)) }

func newViewing(d *Desk, owner, id string) *Viewing {
	v := &Viewing{desk: d, owner: owner, id: id, content: container.NewStack()}
	v.build()
	v.Refresh()
	return v
}

// build puts the page together in the present look.
func (v *Viewing) build() {
	look := theme.Current()
	v.area, v.head = container.NewStack(), container.NewVBox()
	v.buttons = buttons([]Choice{
		{Text: doPaperBefore, Do: func() { v.step(-1) }}, {Text: doPaperAfter, Do: func() { v.step(1) }}, {Text: doZoom, Do: v.zoom},
		{Text: doEditPaper, Do: v.edit}, {Text: doReplaceFile, Do: v.replace}, {Text: doVoid, Do: v.void},
		{Text: doExport, Do: v.export}, {Text: doOpenOutside, Do: v.openOutside},
	})
	v.sheet = newPress(v.area, v.zoom)
	v.sheet.key = v.key
	top := container.NewBorder(nil, nil, v.head, container.NewVBox(v.buttons.row()))
	v.content.Objects = []fyne.CanvasObject{container.New(layout.NewCustomPaddedLayout(look.Margin-look.Space, look.Margin, look.Margin, look.Margin),
		container.NewBorder(container.New(layout.NewCustomPaddedLayout(0, look.Gap, 0, 0), top), nil, nil, nil, card(v.sheet)))}
	v.content.Refresh()
}

// Title is the same for all papers, for they are turned over.
func (v *Viewing) Title() string { return tabPapers }

// Content is the page.
func (v *Viewing) Content() fyne.CanvasObject { return v.content }

// Buttons are what can be done with the paper.
func (v *Viewing) Buttons() Buttons { return v.buttons }

// Find does nothing: there is one paper.
func (v *Viewing) Find(string) {}

// Focus gives the paper the keyboard.
func (v *Viewing) Focus() { v.desk.Window.Canvas().Focus(v.sheet) }

// Remake makes the page in another look.
func (v *Viewing) Remake() Page {
	v.build()
	if len(v.list) > 0 {
		v.show()
	}
	return v
}

// Refresh reads the papers anew. Where the one shown is gone the next takes its
// place; with the last of them the page goes.
func (v *Viewing) Refresh() {
	read(v.desk, &v.turn, func(tx *store.Tx) ([]paperFact, error) { return readPapers(tx, v.desk.DB, v.owner) }, func(list []paperFact) {
		v.list = list
		if len(list) == 0 {
			v.desk.closes(v)
			return
		}
		if i := slices.IndexFunc(list, func(f paperFact) bool { return f.id == v.id }); i >= 0 {
			v.at = i
		}
		v.at = min(v.at, len(list)-1)
		v.turnTo(v.at)
	})
}

// step goes to the paper so many further on.
func (v *Viewing) step(by int) {
	if at := v.at + by; at >= 0 && at < len(v.list) {
		v.large = false
		v.turnTo(at)
	}
}

// turnTo shows a paper: its thumbnail until the file is read.
func (v *Viewing) turnTo(at int) {
	v.at, v.id, v.image = at, v.list[at].id, nil
	v.show()
	v.opening++
	mine, id := v.opening, v.id
	v.desk.running.Go(func() {
		var img image.Image
		c, _, err := paper.Get(v.desk.DB, id)
		if err == nil && c.Type != record.PDF {
			img, err = paper.Picture(c, viewEdge)
		}
		v.desk.Post(func() {
			if mine != v.opening {
				return
			}
			v.image = img
			v.show()
			if err != nil {
				v.tell(sentence(err))
			}
		})
	})
}

// show draws the paper at hand.
func (v *Viewing) show() {
	look := theme.Current()
	f := v.list[v.at]
	v.head.RemoveAll()
	title := short(f.title, look.Ink, fyne.TextAlignLeading)
	title.Objects[0].(*canvas.Text).TextStyle.Bold = true
	v.head.Add(container.New(layout.NewCustomPaddedLayout(0, 0, 0, look.Margin), least(title, fyne.NewSize(26*look.Text, 0))))
	about := sayPlace(v.at, len(v.list))
	for _, text := range []string{f.class, f.date} {
		if text != "" {
			about += between + text
		}
	}
	v.head.Add(short(about, look.Ink2, fyne.TextAlignLeading))
	enable(v.buttons[0], v.at > 0)
	enable(v.buttons[1], v.at < len(v.list)-1)
	enable(v.buttons[2], v.image != nil)
	for _, b := range v.buttons {
		switch b.Text {
		case doReplaceFile, doExport, doOpenOutside:
			enable(b, f.state != paper.Closed)
		}
	}
	v.buttons[2].SetText(doZoom)
	v.scroll = nil
	switch {
	case v.image != nil && v.large:
		v.buttons[2].SetText(doFit)
		v.showLarge()
	case v.image != nil:
		v.put(pictureOf(v.image))
	case f.kind == record.PDF:
		v.tell(sayPDFOutside)
	case f.thumb != nil:
		v.put(pictureOf(f.thumb))
	default:
		v.tell(sayLoading)
	}
	v.content.Refresh()
}

func (v *Viewing) put(o fyne.CanvasObject) {
	v.area.Objects = []fyne.CanvasObject{inset(o, theme.Current().Gap, theme.Current().Gap)}
	v.area.Refresh()
}

func pictureOf(img image.Image) *canvas.Image {
	c := canvas.NewImageFromImage(img)
	c.FillMode = canvas.ImageFillContain
	return c
}

// showLarge shows the picture as wide as the page.
func (v *Viewing) showLarge() {
	c := pictureOf(v.image)
	b := v.image.Bounds()
	wide := max(v.area.Size().Width-4*theme.Current().Gap, 1)
	c.SetMinSize(fyne.NewSize(wide, wide*float32(b.Dy())/float32(b.Dx())))
	v.scroll = container.NewScroll(c)
	v.put(v.scroll)
}

// tell puts a sentence in the place of a picture.
func (v *Viewing) tell(text string) {
	look := theme.Current()
	f := v.list[v.at]
	picture := container.NewCenter(sheetOf(f))
	if f.thumb != nil { // the ledger still has it where the file is gone
		picture = container.NewCenter(least(pictureOf(f.thumb), fyne.NewSquareSize(13*look.Text)))
	}
	v.put(container.NewCenter(container.New(layout.NewCustomPaddedVBoxLayout(look.Margin), picture, paragraph(text, look.WideDialog, look.Ink))))
}

func (v *Viewing) zoom() {
	if v.image != nil {
		v.large = !v.large
		v.show()
		v.Focus()
	}
}

// key turns the papers over, and scrolls one that is large.
func (v *Viewing) key(name fyne.KeyName) bool {
	switch name {
	case fyne.KeyLeft:
		v.step(-1)
	case fyne.KeyRight:
		v.step(1)
	case fyne.KeyEscape:
		v.desk.closes(v)
	case fyne.KeyUp, fyne.KeyPageUp:
		v.scrollBy(-1, name == fyne.KeyPageUp)
	case fyne.KeyDown, fyne.KeyPageDown:
		v.scrollBy(1, name == fyne.KeyPageDown)
	default:
		return false
	}
	return true
}

func (v *Viewing) scrollBy(sign float32, page bool) {
	if v.scroll == nil {
		return
	}
	step := 2 * theme.Current().Row
	if page {
		step = v.scroll.Size().Height - theme.Current().Row
	}
	most := max(v.scroll.Content.MinSize().Height-v.scroll.Size().Height, 0)
	v.scroll.ScrollToOffset(fyne.NewPos(v.scroll.Offset.X, min(max(v.scroll.Offset.Y+sign*step, 0), most)))
}

// Pictured is a page that holds pictures of papers. They go from memory when the
// window is locked; a page with nothing else to show does not stay.
type Pictured interface{ DropPictures() (stays bool) }

// DropPictures forgets what is shown, and what is being read to be shown.
func (v *Viewing) DropPictures() (stays bool) {
	v.turn++
	v.opening++
	v.list, v.image, v.scroll = nil, nil, nil
	v.area.Objects, v.head.Objects = nil, nil
	v.content.Refresh()
	return false
}
