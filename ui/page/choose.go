package page

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"touyan/ui/button"
	"touyan/ui/entry"
	"touyan/ui/grid"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
)

// chooser is the panel a file is chosen in. The toolkit's own has English
// words that cannot be translated, and no drives.
type chooser struct {
	desk  *Desk
	title string
	panel *Panel
	kinds []string // endings of names, with the dot
	save  bool
	then  func(path string)

	folder string
	here   *widget.Label
	list   *grid.Grid
	name   *entry.Entry
	chosen string // in the list, for opening
}

// bookEndings are the files that are read as books; a wrong one is told why.
var bookEndings = []string{".xlsx", ".xls", ".et", ".xml", ".htm", ".html", ".csv", ".txt", ".xlsm"}

// ledgerEnding is that of ledgers.
const ledgerEnding = ".touyan"

// chooseOpen asks for a file that is there.
func (d *Desk) chooseOpen(title string, kinds []string, then func(path string)) {
	c := &chooser{desk: d, title: title, kinds: kinds, then: then}
	d.askSystem(Ask{Title: title, Folder: d.startFolder(), Endings: kinds}, then, c.show)
}

// chooseSave asks where to write a file.
func (d *Desk) chooseSave(title, name string, then func(path string)) {
	c := &chooser{desk: d, title: title, kinds: []string{filepath.Ext(name)}, save: true, then: then}
	c.name = entry.New()
	c.name.SetText(name)
	c.name.OnChanged = func(string) { c.enable() }
	c.name.OnSubmitted = func(string) { c.done() }
	d.askSystem(Ask{Title: title, Folder: d.startFolder(), Name: name, Endings: c.kinds, Save: true}, then, c.show)
}

func (c *chooser) show() {
	look := theme.Current()
	action := doOpen
	if c.save {
		action = doSave
	}
	c.here = widget.NewLabel("")
	c.here.Truncation = fyne.TextTruncateEllipsis
	c.list = grid.New(fileColumns())
	c.list.OnOpen = c.open
	c.list.OnSelect = c.selected
	up := button.New(doUp, func() { c.enter(filepath.Dir(c.folder)) })
	places := container.NewVBox()
	for _, p := range c.desk.places() {
		b := button.New(p.name, func() { c.enter(p.path) })
		b.Alignment = widget.ButtonAlignLeading
		b.Importance = widget.LowImportance
		places.Add(b)
	}
	var under fyne.CanvasObject
	if c.save {
		under = container.New(layout.NewCustomPaddedLayout(look.Gap, 0, 0, 0),
			container.NewBorder(nil, nil, widget.NewLabel(labelFileName), nil, c.name))
	}
	left := container.New(layout.NewCustomPaddedLayout(0, 0, 0, look.Gap), least(places, fyne.NewSize(8*look.Text, 0)))
	body := container.NewBorder(container.NewBorder(nil, nil, nil, up, c.here), under, left, nil, card(c.list))
	c.panel = c.desk.Show(c.title, least(body, fyne.NewSize(look.WideDialog, 14*look.Row)), wide,
		Choice{Text: doCancel}, Choice{Text: action, Main: true, Do: c.confirmed})
	c.enter(c.desk.startFolder())
	if c.save {
		c.desk.Window.Canvas().Focus(c.name)
		return
	}
	c.list.Focus()
}

// enter shows a folder.
func (c *chooser) enter(folder string) {
	c.folder, c.chosen = folder, ""
	c.here.SetText(folder)
	rows, err := filesIn(folder, c.kinds)
	empty := sayNoFiles
	if c.save {
		empty = sayNoneYet
	}
	if err != nil {
		empty = sayClosedFolder
	}
	c.list.SetEmpty(empty, "", nil)
	c.list.SetRows(rows)
	c.list.Select()
	if first := slices.IndexFunc(rows, func(r grid.Row) bool { return !isFolder(r.ID) }); !c.save && len(rows) > 0 {
		c.list.Select(rows[max(first, 0)].ID)
	}
	c.enable()
}

func (c *chooser) selected(ids []string) {
	c.chosen = ""
	if len(ids) == 1 {
		c.chosen = ids[0]
		if c.save && !isFolder(c.chosen) {
			c.name.SetText(filepath.Base(c.chosen))
		}
	}
	c.enable()
}

func (c *chooser) open(path string) {
	c.chosen = path
	if isFolder(path) {
		c.enter(path)
		return
	}
	c.done()
}

// done takes the panel away and hands the file on.
func (c *chooser) done() {
	c.panel.Hide()
	c.confirmed()
}

func (c *chooser) confirmed() {
	if isFolder(c.chosen) { // the panel is gone already: come back inside the folder
		c.desk.folder = c.chosen
		c.show()
		return
	}
	if !c.save {
		c.desk.folder = c.folder
		c.then(c.chosen)
		return
	}
	name := strings.TrimSpace(c.name.Text)
	if name == "" {
		return
	}
	if !strings.EqualFold(filepath.Ext(name), c.kinds[0]) {
		name += c.kinds[0]
	}
	c.desk.folder = c.folder
	c.desk.mayReplace(filepath.Join(c.folder, name), c.then)
}

// mayReplace asks before a file is written over another.
func (d *Desk) mayReplace(path string, then func(string)) {
	if _, err := os.Lstat(path); err != nil {
		then(path)
		return
	}
	name := filepath.Base(path)
	d.Show(titleReplace, prose(sayReplace(name), theme.Current().Dialog), narrow,
		Choice{Text: doCancel}, Choice{Text: doReplace(name), Do: func() { then(path) }})
}

// enable lets the file be taken once there is one.
func (c *chooser) enable() {
	if c.panel == nil {
		return
	}
	b := c.panel.buttons[len(c.panel.buttons)-1]
	ready := c.chosen != ""
	if c.save {
		ready = strings.TrimSpace(c.name.Text) != ""
	}
	if ready {
		b.Enable()
	} else {
		b.Disable()
	}
}
