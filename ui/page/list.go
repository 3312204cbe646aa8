package page

import (
	"fmt"
	"iter"
	"slices"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/ui/grid"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

// List is the page of a kind: its records that count, a column for each field
// and for what their neighbours tell of them. Facts are changed in place, as
// one operation for all cells changed at once.
type List struct {
	listing

	desk   *Desk
	kind   *field.Kind
	slots  []slot // by column
	turn   int
	all    []grid.Row           // as read, before they are narrowed
	values map[string]field.Row // by record, as read
	before map[string]field.Row // by record: what stood there before the last change of each cell
	past   int                  // turn of reading them
	aside  []grid.Filter        // kept from a wall until it is none
	count  *canvas.Text         // beside the title
	chip   *fyne.Container
	fills  *fyne.Container // what helps to type figures in, in that view
	bar    *grid.Bar
	over   *fyne.Container                      // around the bar
	source func(*store.Tx) ([]field.Row, error) // of the rows shown; nil: all of the kind
}

// NewList makes the list of a kind.
func NewList(d *Desk, kind *field.Kind) *List {
	l := &List{desk: d, kind: kind, slots: slotsOf(kind), chip: newChipPlace()}
	l.Grid = grid.New(l.columns())
	l.Grid.Today = l.today()
	l.Grid.Browse = true
	l.Grid.OnOpen = l.open
	l.Grid.OnShow = func(_, shown int) { l.tellCount(shown) }
	l.edits()
	t := kindTexts(kind)
	l.Grid.SetEmpty(t.empty, doImport, d.ChooseBook)
	l.buttons = buttons(slices.Insert([]Choice{
		{Text: doImport, Do: func() { d.importBelow(l.buttons[0]) }},
		{Text: doNew, Do: func() { d.openNew(kind) }},
		{Text: doSend(d), Do: d.AskSend},
		{Text: doPrint, Do: l.print},
	}, 2, append(d.listSteps(kind, l.Grid.Selected), l.declaredSteps()...)...))
	l.keep(d, kind.Name, l.tells)
	l.bar = grid.NewBar(l.Grid)
	made := ready(kind, l.today())
	l.bar.SetViews(d.viewsOf(kind.Name, made))
	l.bar.OnViews = func(views []grid.View) { d.keepViews(kind.Name, made, views, l.tells) }
	l.bar.OnView = func(grid.View) { l.looked() }
	kept := l.Grid.OnView
	l.Grid.OnView = func() {
		kept()
		l.over.Refresh() // the bar names the view
	}
	l.content = l.frame()
	d.listed(l)
	if _, narrowed := d.narrow.by[kind.Name]; narrowed {
		l.setAside()
	}
	l.placeChip()
	l.looked()
	return l
}

// frame puts the page together: title and count, actions at the right; below
// them what narrows the table.
func (l *List) frame() fyne.CanvasObject {
	look := theme.Current()
	l.count = words("", look.Ink2, look.Text)
	title := container.NewHBox(heading(l.kind.Label, look.Heading), container.New(layout.NewCustomPaddedLayout(look.Space, 0, look.Gap, 0), l.count))
	head := container.NewBorder(nil, nil, title, l.buttons.row())
	l.fills = container.New(layout.NewCustomPaddedHBoxLayout(look.Gap),
		pressWord(doFillDown, l.Grid.FillDown), pressWord(doAsBefore, l.Grid.FillPrevious))
	l.over = container.NewBorder(nil, nil, container.NewHBox(l.filter(), container.NewCenter(l.chip), container.NewCenter(l.fills)), container.NewCenter(l.bar))
	top := container.New(layout.NewCustomPaddedLayout(0, look.Gap, 0, 0), container.NewVBox(head, l.over))
	return container.New(layout.NewCustomPaddedLayout(look.Margin, look.Margin, look.Margin, look.Margin),
		container.NewBorder(top, nil, nil, nil, card(l.Grid)))
}

func (l *List) today() field.Date { return field.DateAt(l.desk.DB.Now()) }

// tellCount says how many records there are, and how many of them are seen.
func (l *List) tellCount(shown int) {
	if l.count == nil || l.all == nil {
		return
	}
	l.count.Text = sayHowMany(l.kind.Name, len(l.all), shown)
	l.count.Refresh()
}

// Remake makes the list in another look: found, filtered, sorted and selected
// as it was. On a wall no filter tells of a person; those that do come back
// after it.
func (l *List) Remake() Page {
	l.Grid.Settle()
	n := NewList(l.desk, l.desk.DB.Kinds().Kind(l.kind.Name))
	n.take(&l.listing)
	n.aside = l.aside
	switch wall := l.desk.Projecting(); {
	case wall && n.aside == nil:
		n.aside = l.Grid.Filters()
		n.Grid.SetFilters(slices.DeleteFunc(l.Grid.Filters(), func(f grid.Filter) bool { return l.tells(f.Column) }))
	case !wall && n.aside != nil:
		n.Grid.SetFilters(n.aside)
		n.aside = nil
	}
	n.looked()
	n.over.Refresh()
	return n
}

// Leave stores what is being typed into a cell. What cannot be taken keeps the
// page, and the foot of the table says why.
func (l *List) Leave(then func()) {
	if l.Grid.Settle() {
		then()
	}
}

// Projects says that what is personal is hidden here on a wall.
func (l *List) Projects() {}

// OpenRecord shows one of the records.
func (l *List) OpenRecord(id string) { l.open(id) }

// Title is the kind's label.
func (l *List) Title() string { return l.kind.Label }

// found is what a list reads beside the UI thread.
type foundRows struct {
	rows   []grid.Row
	values map[string]field.Row
}

// Refresh reads the records anew.
func (l *List) Refresh() {
	read(l.desk, &l.turn, func(tx *store.Tx) (f foundRows, err error) {
		f.values = map[string]field.Row{}
		f.rows, err = l.rows(tx, f.values)
		return f, err
	}, func(f foundRows) {
		l.all, l.values = f.rows, f.values
		l.refill()
		l.recall()
	})
}

// setAside takes away what was found and filtered.
func (l *List) setAside() {
	l.Find("")
	l.Grid.SetFilters(nil)
	l.aside = nil
}

// refill shows the rows that were read, narrowed as asked.
func (l *List) refill() {
	l.fill(l.narrowed(l.all))
	l.placeChip()
	_, shown, _ := l.Grid.Counts()
	l.tellCount(shown)
}

// rows reads what the list shows, and notes each record by its id.
func (l *List) rows(tx *store.Tx, values map[string]field.Row) ([]grid.Row, error) {
	if tx.Kinds().Kind(l.kind.Name) != l.kind {
		return nil, nil // it has other fields since, and the list is about to be made anew
	}
	seen := l.desk.veil()
	around, err := surround(tx, l.kind, l.today(), seen)
	if err != nil {
		return nil, err
	}
	names := nameBook{tx: tx, known: map[string]string{}, seen: seen}
	var rows []grid.Row
	for row, err := range l.read(tx) {
		if err != nil {
			return nil, err
		}
		values[row.ID] = row
		cells, keys := around.cells(row)
		r := grid.Row{ID: row.ID, Cells: make([]string, len(l.slots)), Keys: make([]string, len(l.slots))}
		for n, s := range l.slots {
			if s.field < 0 {
				r.Cells[n], r.Keys[n] = cells[s.beside], keys[s.beside]
				continue
			}
			f := &l.kind.Fields[s.field]
			r.Cells[n], r.Keys[n] = names.show(f, row.Values[s.field]), names.key(f, row.Values[s.field])
		}
		rows = append(rows, r)
	}
	return rows, nil
}

// read goes through the rows the list shows.
func (l *List) read(tx *store.Tx) iter.Seq2[field.Row, error] {
	if l.source == nil {
		return tx.Rows(l.kind.Name)
	}
	return func(yield func(field.Row, error) bool) {
		rows, err := l.source(tx)
		if err != nil {
			yield(field.Row{}, err)
			return
		}
		for _, row := range rows {
			if !yield(row, nil) {
				return
			}
		}
	}
}

// nameBook shows values, and looks up each name once.
type nameBook struct {
	tx    *store.Tx
	known map[string]string
	seen  veil
}

// key is what a value is sorted and found by: nothing that a wall must not
// show, for what is found can be guessed.
func (b *nameBook) key(f *field.Field, canonical string) string {
	if b.seen.wall && Veiled(f) {
		return ""
	}
	return canonical
}

// show is a value as lists show it: references by name, private ones masked.
func (b *nameBook) show(f *field.Field, canonical string) string {
	if f.Type != field.Ref || canonical == "" {
		return b.seen.show(f, canonical)
	}
	name, ok := b.known[canonical]
	if !ok {
		name = b.tx.Name(f.Target, canonical)
		b.known[canonical] = name
	}
	return name
}

// open shows a record on a page of its own.
func (l *List) open(id string) { l.desk.openRecord(l.kind, id) }

// forms are those the list can be printed in.
func (l *List) forms() []*field.Form {
	var out []*field.Form
	for _, f := range record.Forms() {
		if f.Kind == l.kind.Name {
			out = append(out, f)
		}
	}
	if len(out) == 0 {
		out = append(out, field.Register(l.desk.DB.Kinds(), l.kind))
	}
	return out
}

// print offers what is seen, and the kind's forms.
func (l *List) print() {
	_, shown, _ := l.Grid.Counts()
	items := []*fyne.MenuItem{fyne.NewMenuItem(fmt.Sprintf(doPrintSeen, shown), l.PrintSeen), fyne.NewMenuItemSeparator()}
	for _, f := range l.forms() {
		items = append(items, fyne.NewMenuItem("《"+f.Title+"》", func() { l.Print(f) }))
	}
	items = append(items, fyne.NewMenuItemSeparator(), fyne.NewMenuItem(cmdFill, l.desk.FillBlank))
	l.desk.menuBelow(l.buttons[len(l.buttons)-1], items)
}

// Print writes a form and opens it.
func (l *List) Print(f *field.Form) { l.desk.print(f) }
