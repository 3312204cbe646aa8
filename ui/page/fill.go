package page

import (
	"context"
	"path/filepath"
	"slices"
	"strconv"

	"touyan/store/disk"
	"touyan/store/exchange"
	"touyan/store/field"
	"touyan/store/record"
	books "touyan/store/sheet"
	"touyan/ui/grid"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// blankEndings are the files that can be filled: a blank is copied as it lies.
var blankEndings = []string{".xlsx"}

// FillBlank asks for a blank that somebody above made, and shows which of its
// heads is filled with what.
func (d *Desk) FillBlank() {
	d.chooseOpen(titleChooseBlank, blankEndings, func(path string) { d.OpenBlank(path) })
}

// OpenBlank shows a blank.
func (d *Desk) OpenBlank(path string) {
	d.readBlank(path, "", nil, func(book *exchange.Book) { d.Open(newFill(d, path, book, nil)) })
}

func (d *Desk) readBlank(path, form string, told map[string]string, then func(*exchange.Book)) {
	var book *exchange.Book
	d.work(sayReading(filepath.Base(path)), func(ctx context.Context, _ func(done, total int64)) (err error) {
		book, err = exchange.OpenBlank(ctx, d.DB, path, form, told)
		return err
	}, func() { then(book) })
}

// Fill is a blank before it is filled (套表): which form, and which head takes
// which column of it. What a person says is remembered for every blank with the
// same heads.
type Fill struct {
	listing

	desk   *Desk
	path   string
	book   *exchange.Book
	told   map[string]string
	form   *widget.Select
	heads  []exchange.HeadMatch
	ready  bool // the fields are filled in: what is chosen is a person's choice
	copies *widget.Select
}

// blankCopies are the copies a blank is filled as, in the order of their words.
var blankCopies = []exchange.Copy{exchange.Upward, exchange.Full, exchange.Public}

func newFill(d *Desk, path string, book *exchange.Book, told map[string]string) *Fill {
	look := theme.Current()
	f := &Fill{desk: d, path: path, book: book, told: told}
	f.Grid = grid.New([]grid.Column{
		{Name: "head", Label: headHead, Type: field.Text, Width: 260, Find: true},
		{Name: "target", Label: headFilledWith, Type: field.Text, Width: 260, Find: true},
		{Name: "sure", Label: headSure, Type: field.Text, Width: 260},
	})
	f.Grid.OnOpen = f.change
	f.Grid.OnSelect = func([]string) { enable(f.buttons[1], len(f.Grid.Selected()) == 1) }
	f.buttons = buttons([]Choice{
		{Text: doNotFill, Do: d.Close},
		{Text: doChooseHead, Do: func() {
			if ids := f.Grid.Selected(); len(ids) == 1 {
				f.change(ids[0])
			}
		}},
		{Text: doFill, Main: true, Do: f.save},
	})
	var titles []string
	for _, one := range record.Forms() {
		titles = append(titles, "《"+one.Title+"》")
	}
	f.form = newSelect(titles, func(string) {
		if f.ready {
			f.again(record.Forms()[f.form.SelectedIndex()].Name, nil)
		}
	})
	f.form.SetSelectedIndex(slices.IndexFunc(record.Forms(), func(one *field.Form) bool { return one.Name == book.Tables[0].Form.Name }))
	var copyNames []string
	for _, c := range blankCopies {
		copyNames = append(copyNames, c.Word())
	}
	f.copies = newSelect(copyNames, nil)
	f.copies.SetSelectedIndex(0)
	label := func(text string) fyne.CanvasObject { return container.NewCenter(words(text, look.Ink2, look.Text)) }
	over := container.NewHBox(label(labelFillForm), least(card(f.form), fyne.NewSize(20*look.Text, 0)), label(labelCopy), least(card(f.copies), fyne.NewSize(8*look.Text, 0)))
	f.content = sheet(f.Title(), sayFill, f.buttons, over, card(f.Grid), nil)
	f.show()
	f.ready = true
	return f
}

// Remake makes the page in another look.
func (f *Fill) Remake() Page {
	n := newFill(f.desk, f.path, f.book, f.told)
	n.take(&f.listing)
	return n
}

// Projects says that no person stands here.
func (f *Fill) Projects() {}

// Title is what is done with the blank.
func (f *Fill) Title() string { return titleFill(filepath.Base(f.path)) }

// Refresh does nothing: the page is about a file.
func (f *Fill) Refresh() {}

// show lists the heads: what a person should look at first.
func (f *Fill) show() {
	heads, err := f.book.Heads(0)
	if err != nil {
		f.desk.Fail(err)
		return
	}
	rank := func(h exchange.HeadMatch) int {
		switch {
		case h.Label == "" && h.Sure != books.Told:
			return 0
		case h.Sure == books.Likely:
			return 1
		}
		return 2
	}
	slices.SortStableFunc(heads, func(a, b exchange.HeadMatch) int { return rank(a) - rank(b) })
	f.heads = heads
	var rows []grid.Row
	for i, h := range heads {
		row := grid.Row{ID: strconv.Itoa(i), Cells: []string{h.Head, h.Label, sayHowSure(&h)}}
		if h.Label == "" {
			row.Cells[1] = wordLeftEmpty
		}
		if rank(h) < 2 {
			row.Marks = map[int]grid.Mark{2: {Tone: grid.Doubtful}}
		}
		rows = append(rows, row)
	}
	f.fill(rows)
	enable(f.buttons[1], false)
}

// change asks what a head is filled with.
func (f *Fill) change(id string) {
	i, err := strconv.Atoi(id)
	if err != nil || i >= len(f.heads) {
		return
	}
	h := f.heads[i]
	choices, err := f.book.Choices(0)
	if err != nil {
		f.desk.Fail(err)
		return
	}
	items := []pickItem{}
	for _, c := range h.Guesses {
		items = append(items, pickItem{c.Path, c.Label, wordLikelyTo})
	}
	items = append(items, pickItem{"", wordLeftEmpty, ""})
	for _, c := range choices {
		if !slices.ContainsFunc(items, func(p pickItem) bool { return p.id == c.Path }) {
			items = append(items, pickItem{c.Path, c.Label, ""})
		}
	}
	f.desk.pickFrom(titleChooseHead(h.Head), items, func(path string) {
		told := map[string]string{h.Head: path}
		for head, was := range f.told {
			if head != h.Head && (was != path || path == "") {
				told[head] = was
			}
		}
		for _, other := range f.heads { // what had the column gives it up
			if path != "" && other.Path == path && other.Head != h.Head {
				told[other.Head] = ""
			}
		}
		f.again(f.book.Tables[0].Form.Name, told)
	})
}

// again reads the blank anew.
func (f *Fill) again(form string, told map[string]string) {
	f.desk.readBlank(f.path, form, told, func(book *exchange.Book) {
		f.book, f.told = book, told
		f.show()
	})
}

// save asks where the filled copy goes, and writes it.
func (f *Fill) save() {
	d := f.desk
	name := disk.FileName(fileStem(f.path) + tailFilled + d.DB.Now().Format("20060102") + bookEnding)
	d.chooseSave(titleFill(filepath.Base(f.path)), name, func(out string) {
		o := exchange.FillOrder{Blank: f.path, Out: out, Form: exchange.FormNamed(d.DB.Kinds(), f.book.Tables[0].Form.Name), Mapping: f.told,
			Copy: blankCopies[f.copies.SelectedIndex()], AsOf: field.DateAt(d.DB.Now())}
		var filled exchange.Filled
		d.work(sayWritingBook, func(ctx context.Context, _ func(done, total int64)) (err error) {
			filled, err = exchange.Fill(ctx, d.DB, d.Who, o)
			return err
		}, func() {
			d.closes(f)
			d.Tell(Notice{Text: sayFilled(&filled), Choices: []Choice{{Text: doOpen, Do: func() { d.OpenFile(out) }},
				{Text: doOpenFolder, Do: func() { d.OpenFile(filepath.Dir(out)) }}}})
		})
	})
}

// fileStem is the name of a file without folder and ending.
func fileStem(path string) string {
	name := filepath.Base(path)
	return name[:len(name)-len(filepath.Ext(name))]
}
