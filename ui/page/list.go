package page

import (
	"unicode/utf8"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/ui/grid"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// List is the page of a kind: its records that count, a column for each field.
type List struct {
	listing

	desk   *Desk
	kind   *field.Kind
	fields []int // of the kind, by column
	turn   int
	all    []grid.Row // as read, before they are narrowed
	chip   *fyne.Container
}

// NewList makes the list of a kind.
func NewList(d *Desk, kind *field.Kind) *List {
	l := &List{desk: d, kind: kind, fields: columnFields(kind), chip: newChipPlace()}
	l.Grid = grid.New(l.columns())
	l.Grid.OnOpen = l.open
	t := kindTexts(kind)
	l.Grid.SetEmpty(t.empty, doImport, d.ChooseBook)
	l.buttons = buttons([]Choice{
		{Text: doImport, Do: func() { d.importBelow(l.buttons[0]) }},
		{Text: doNew, Do: func() { d.openNew(kind) }},
		{Text: doSend, Do: d.AskSend},
		{Text: doPrint, Do: l.print},
	})
	l.keep(d, kind.Name)
	l.content = sheet(kind.Label, t.says, l.buttons, container.NewHBox(l.filter(), container.NewCenter(l.chip)), card(l.Grid), nil)
	d.listed(l)
	l.placeChip()
	return l
}

// setAside takes away what was found and filtered.
func (l *List) setAside() {
	l.Find("")
	l.Grid.SetFilters(nil)
}

// show takes the rows that were read.
func (l *List) show(all []grid.Row) {
	l.all = all
	l.refill()
}

// refill shows the rows that were read, narrowed as asked.
func (l *List) refill() {
	l.fill(l.narrowed(l.all))
	l.placeChip()
}

// Remake makes the list in another look: found, sorted and selected as it was.
func (l *List) Remake() Page {
	n := NewList(l.desk, l.kind)
	n.take(&l.listing)
	return n
}

// Projects says that what is personal is hidden here on a wall.
func (l *List) Projects() {}

// OpenRecord shows one of the records.
func (l *List) OpenRecord(id string) { l.open(id) }

// Title is the kind's label.
func (l *List) Title() string { return l.kind.Label }

// Refresh reads the records anew.
func (l *List) Refresh() {
	read(l.desk, &l.turn, l.rows, l.show)
}

// columnFields puts first what people call a record by, for that column stays
// in sight.
func columnFields(kind *field.Kind) []int {
	first := max(kind.Index(kind.Named), 0)
	out := []int{first}
	for i := range kind.Fields {
		if i != first {
			out = append(out, i)
		}
	}
	return out
}

func (l *List) columns() []grid.Column {
	var fields []field.Field
	for _, i := range l.fields {
		fields = append(fields, l.kind.Fields[i])
	}
	columns := grid.Columns(fields)
	for i := range columns {
		columns[i].Width = columnWidth(&fields[i])
	}
	columns[0].Width = 136
	return append(columns[:1:1], append(holdsColumns(l.kind), columns[1:]...)...)
}

// columnWidth gives room to long texts, and to a code what its words need.
func columnWidth(f *field.Field) float32 {
	switch {
	case f.Type == field.Text && f.Max == 0:
		return 220
	case f.Type == field.Text && f.Max >= 100:
		return 180
	case f.Type == field.Code:
		longest := utf8.RuneCountInString(f.Label) + 2
		for _, w := range f.Codes.Words() {
			longest = max(longest, utf8.RuneCountInString(w))
		}
		return min(float32(longest)*theme.BaseText+24, 180)
	}
	return 0
}

func (l *List) rows(tx *store.Tx) ([]grid.Row, error) {
	holds, err := holdings(tx, l.kind)
	if err != nil {
		return nil, err
	}
	names := nameBook{tx: tx, known: map[string]string{}, wall: l.desk.Projecting()}
	var rows []grid.Row
	for row, err := range tx.Rows(l.kind.Name) {
		if err != nil {
			return nil, err
		}
		r := grid.Row{ID: row.ID}
		for n, i := range l.fields {
			f := &l.kind.Fields[i]
			r.Cells = append(r.Cells, names.show(f, row.Values[i]))
			r.Keys = append(r.Keys, names.key(f, row.Values[i]))
			if n == 0 {
				r.Cells = append(r.Cells, holds(row.ID)...)
				r.Keys = append(r.Keys, holds(row.ID)...)
			}
		}
		rows = append(rows, r)
	}
	return rows, nil
}

// nameBook shows values, and looks up each name once.
type nameBook struct {
	tx    *store.Tx
	known map[string]string
	wall  bool // the screen is on a wall
}

// key is what a value is sorted and found by: nothing that a wall must not
// show, for what is found can be guessed.
func (b *nameBook) key(f *field.Field, canonical string) string {
	if b.wall && Veiled(f) {
		return ""
	}
	return canonical
}

// show is a value as lists show it: references by name, private ones masked.
func (b *nameBook) show(f *field.Field, canonical string) string {
	if f.Type != field.Ref || canonical == "" {
		return shown(f, canonical, b.wall)
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

// print offers the kind's forms.
func (l *List) print() {
	var items []*fyne.MenuItem
	for _, f := range l.forms() {
		items = append(items, fyne.NewMenuItem("《"+f.Title+"》", func() { l.Print(f) }))
	}
	l.desk.menuBelow(l.buttons[len(l.buttons)-1], items)
}

// Print writes a form and opens it.
func (l *List) Print(f *field.Form) { l.desk.print(f) }
