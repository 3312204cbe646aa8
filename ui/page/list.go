package page

import (
	"slices"
	"unicode/utf8"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/ui/grid"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// List is the page of a kind: its records that count, a column for each field
// and for what follows from the records around it.
type List struct {
	listing

	desk    *Desk
	kind    *field.Kind
	fields  []int // of the kind, by column; -1-n is the nth derived column
	derived []derived
	only    map[string]bool // the records listed; nil: all
	title   string          // what those have in common
	says    *canvas.Text
	level   field.Level // of this office
	turn    int
}

// NewList makes the list of a kind.
func NewList(d *Desk, kind *field.Kind) *List { return newList(d, kind, "", nil) }

// Names opens a list of some records of a kind; title says what they have in
// common.
func (d *Desk) Names(kind, title string, ids []string) {
	only := map[string]bool{}
	for _, id := range ids {
		only[id] = true
	}
	d.Open(newList(d, d.DB.Kinds().Kind(kind), title, only))
}

func newList(d *Desk, kind *field.Kind, title string, only map[string]bool) *List {
	l := &List{desk: d, kind: kind, derived: derivedColumns(kind), title: title, only: only, level: d.DB.Office().Level}
	l.fields = columnFields(kind, l.derived)
	l.Grid = grid.New(l.columns())
	l.Grid.Today = field.DateAt(d.DB.Now())
	l.Grid.OnOpen = l.open
	l.Grid.OnFind = l.FocusFind
	l.Grid.OnEdit, l.Grid.OnPaste, l.Grid.TextOf, l.Grid.Judge = l.edit, l.paste, l.textOf, l.judge
	l.Grid.NewEditor = func(string) grid.Editor { return newCellEditor() }
	t := kindTexts(kind)
	l.Grid.SetEmpty(t.empty, doImport, d.ChooseBook)
	l.buttons = buttons(l.choices())
	l.keep(d, kind.Name)
	l.views(d, kind.Name, madeViews(kind.Name, d.DB.Kinds(), l.columns(), l.Grid.Today))
	l.says = words(t.says, theme.Current().Ink2, theme.Current().Text)
	l.Grid.OnShow = l.count
	l.content = sheetOver(kind.Label, l.says, l.buttons, l.filter(), card(l.Grid), nil)
	return l
}

// choices are the page's buttons. A list of some records leads to that of all.
func (l *List) choices() []Choice {
	d := l.desk
	if l.only != nil {
		return []Choice{
			{Text: doEverything, Do: func() { d.Close(); d.Room(l.kind.Name) }},
			{Text: doPrint, Do: l.print},
		}
	}
	return slices.Insert([]Choice{
		{Text: doImport, Do: func() { d.importBelow(l.buttons[0]) }},
		{Text: doNew, Do: func() { d.openNew(l.kind) }},
		{Text: doSend, Do: d.AskSend},
		{Text: doPrint, Do: l.print},
	}, 2, d.listSteps(l.kind, l.Grid.Selected)...)
}

// count tells how many records there are, and how many of them are shown.
func (l *List) count(all, shown int) {
	text := sayListed(all, shown, unitOf(l.kind.Name)) + between + kindTexts(l.kind).says
	if l.only != nil {
		text = sayNarrowed(l.title, all)
	}
	l.says.Text = text
	l.says.Refresh()
}

// Remake makes the list in another look: found, sorted and selected as it was.
func (l *List) Remake() Page {
	n := newList(l.desk, l.kind, l.title, l.only)
	n.take(&l.listing)
	return n
}

// Projects says that what is personal is hidden here on a wall.
func (l *List) Projects() {}

// OpenRecord shows one of the records.
func (l *List) OpenRecord(id string) { l.open(id) }

// Title is the kind's label, or what the records have in common.
func (l *List) Title() string {
	if l.only != nil {
		return l.title
	}
	return l.kind.Label
}

// Refresh reads the records anew.
func (l *List) Refresh() {
	read(l.desk, &l.turn, l.rows, l.fill)
}

// columnFields puts first what people call a record by, for that column stays
// in sight; then what offices look at most, and then all the rest.
func columnFields(kind *field.Kind, besides []derived) []int {
	first := max(kind.Index(kind.Named), 0)
	out := []int{first}
	add := func(i int) {
		if !slices.Contains(out, i) {
			out = append(out, i)
		}
	}
	for _, name := range leadColumns[kind.Name] {
		if n := slices.IndexFunc(besides, func(d derived) bool { return d.Name == name }); n >= 0 {
			add(-1 - n)
		} else if i := kind.Index(name); i >= 0 {
			add(i)
		}
	}
	for n := range besides {
		add(-1 - n)
	}
	for i := range kind.Fields {
		add(i)
	}
	return out
}

// leadColumns are what a list begins with, after the name.
var leadColumns = map[string][]string{
	"person":  {"holds.village", "holds.position", "sex", "birth", "holds.age", "ethnic", "politics", "education", "phone", "holds.since", "holds.filing", "holds.pool"},
	"village": {"holds.secretary", "holds.head", "holds.both", "holds.team", "holds.reserves", "holds.due", "households", "population", "members", "representatives", "income"},
	"post":    {"village", "position", "holds.present", "from", "to", "term", "manner", "filing", "filed"},
	"reserve": {"village", "holds.sex", "holds.age", "holds.education", "maturity", "direction", "state", "entered", "contact"},
}

func (l *List) columns() []grid.Column {
	var out []grid.Column
	for _, i := range l.fields {
		if i < 0 {
			out = append(out, l.derived[-1-i].Column)
			continue
		}
		f := &l.kind.Fields[i]
		c := grid.Columns([]field.Field{*f})[0]
		c.Width, c.Birth, c.Edit = columnWidth(f), f.Name == "birth", len(out) > 0 && l.editable(f)
		out = append(out, c)
	}
	out[0].Width = 136
	return out
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
	a, err := lookAround(tx, l.kind, l.Grid.Today)
	if err != nil {
		return nil, err
	}
	names := nameBook{tx: tx, known: map[string]string{}, wall: l.desk.Projecting()}
	var rows []grid.Row
	for row, err := range tx.Rows(l.kind.Name) {
		if err != nil {
			return nil, err
		}
		if l.only != nil && !l.only[row.ID] {
			continue
		}
		r := grid.Row{ID: row.ID, Cells: make([]string, len(l.fields)), Keys: make([]string, len(l.fields))}
		for at, i := range l.fields {
			if i < 0 {
				d := &l.derived[-1-i]
				if r.Cells[at], r.Keys[at] = d.of(a, row); names.wall && d.personal && r.Cells[at] != "" {
					r.Cells[at], r.Keys[at] = veiled, ""
				}
				continue
			}
			f := &l.kind.Fields[i]
			r.Cells[at], r.Keys[at] = names.show(f, row.Values[i]), names.key(f, row.Values[i])
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

// print offers what is seen, and the kind's forms.
func (l *List) print() {
	items := []*fyne.MenuItem{fyne.NewMenuItem(sayPrintSeen(len(l.Grid.Shown()), len(l.Grid.VisibleColumns())), l.PrintSeen)}
	for _, f := range l.forms() {
		items = append(items, fyne.NewMenuItem("《"+f.Title+"》", func() { l.Print(f) }))
	}
	l.desk.menuBelow(l.buttons[len(l.buttons)-1], items)
}

// Print writes a form and opens it.
func (l *List) Print(f *field.Form) { l.desk.print(f) }
