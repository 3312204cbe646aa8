package page

import (
	"image/color"

	"touyan/store"
	"touyan/store/dossier"
	"touyan/store/field"
	"touyan/ui/form"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

// Dossier is the page of one record: its facts in a form, what is missing, its
// history; of a person (一人一档) also the life in posts and the pool. A record
// that is new has its form alone, as a step that counts once it is complete.
type Dossier struct {
	desk *Desk
	kind *field.Kind
	id   string // empty: new
	at   string // the field to go to once there is something to see

	found   *recordFacts // nil: not read yet
	form    *form.Form
	missing *missing
	past    *past
	person  *personLeaves // nil for other kinds
	village *villageLeaf  // nil for other kinds
	papers  *papersLeaf   // nil for other kinds
	dossier *dossierLeaf  // nil for other kinds
	parts   []*partsLeaf  // the lists inside the record
	bar     *fyne.Container
	tabs    *tabs
	head    *fyne.Container
	area    *fyne.Container
	frame   *fyne.Container
	content *fyne.Container
	buttons Buttons
	name    string
	turn    int

	saving  bool
	leaving func() // waits for the saving
	kept    form.Draft
	open    map[string]bool // private items shown on this page
}

// The leaves of a dossier.
const (
	leafFacts = "facts"
	leafLife  = "life"
	leafPosts = "posts"
	leafPool  = "pool"
	leafPast  = "past"
)

// recordFacts are what a dossier reads beside the UI thread.
type recordFacts struct {
	row     field.Row
	name    string
	aside   string          // what else tells which record it is
	below   map[string]bool // fields of a level above, filled in by one below it
	choices map[string][]form.Choice
	person  *personFacts
	village *villageFacts
	papers  []paperFact
	dossier *dossier.Dossier
	gone    bool // merged away, voided or taken back
	void    bool // it is there, and counts no longer
	stale   bool // its kind has other fields since, and the page is about to be made anew
}

// openRecord shows a record on a page of its own, over the present one.
func (d *Desk) openRecord(kind *field.Kind, id string) { d.Open(d.pageOf(kind, id, "")) }

// openNew begins a record of a kind: one that a step makes by the step.
func (d *Desk) openNew(kind *field.Kind) {
	if kind.Name == "post" {
		d.askAppoint("")
		return
	}
	if s := newStep(kind.Name); s != nil && s.MayAt(d.DB.Office().Level) {
		d.askStep(s, "", nil)
		return
	}
	d.openRecord(kind, "")
}

// newDossier makes the page of a record; without an id, of a new one. at names
// the field one came for, if any.
func newDossier(d *Desk, kind *field.Kind, id, at string) *Dossier {
	x := &Dossier{desk: d, kind: kind, id: id, at: at, open: map[string]bool{}, content: container.NewStack()}
	if err := d.DB.View(func(tx *store.Tx) error {
		x.name = tx.Name(kind.Name, id) // for the path above the page, at once
		return nil
	}); err != nil {
		d.Fail(err)
	}
	x.missing = newMissing(x)
	x.form = x.newForm()
	if id != "" {
		x.past = newPast(d, kind, id)
		switch kind.Name {
		case "person":
			x.person = newPersonLeaves(x)
			x.dossier = newDossierLeaf(x)
		case "village":
			x.village = newVillageLeaf(x)
		}
		if x.person != nil || x.village != nil {
			x.papers = newPapersLeaf(x)
		}
		x.parts = partsOf(x)
	}
	x.build(x.firstLeaf())
	x.Refresh()
	return x
}

// build puts the page together in the present look, with a leaf open.
func (x *Dossier) build(open string) {
	look := theme.Current()
	x.head = container.NewVBox()
	x.area = container.NewStack()
	x.tabs = newTabs(x.leaves(), open, func(o fyne.CanvasObject) {
		x.area.Objects = []fyne.CanvasObject{o}
		x.area.Refresh()
	})
	switch {
	case x.person != nil:
		x.buttons = buttons(x.person.steps())
	case x.village != nil:
		x.buttons = buttons(x.village.steps())
	case x.id != "":
		x.buttons = buttons(x.steps())
		x.showSteps()
	}
	x.bar = container.NewVBox(x.buttons.row())
	bar := container.NewHBox(x.tabs.content)
	if x.id == "" {
		bar.Hide()
		x.bar.Hide()
	}
	line := canvas.NewRectangle(look.Line)
	line.SetMinSize(fyne.NewSize(0, look.Hairline))
	gap := container.New(layout.NewCustomPaddedLayout(look.Space, look.Gap, 0, 0), container.New(layout.NewCustomPaddedVBoxLayout(0), bar, line))
	top := container.NewVBox(container.NewBorder(nil, nil, nil, x.bar, x.head), gap)
	x.frame = container.NewBorder(top, nil, nil, nil, x.area)
	x.content.Objects = []fyne.CanvasObject{container.New(layout.NewCustomPaddedLayout(look.Margin-look.Space, look.Margin, look.Margin, look.Margin), x.frame)}
	x.tabs.to(open)
	x.content.Refresh()
}

// leaves are the tabs of the kind.
func (x *Dossier) leaves() []leaf {
	facts := leaf{name: leafFacts, label: tabFacts, body: x.factsLeaf, focus: func() { x.form.Focus("") }}
	out := []leaf{facts}
	if x.village != nil {
		if out = x.village.leaves(); x.desk.Projecting() {
			return out
		}
		facts.label = tabVillageFacts
		out = append(out, facts)
	}
	if x.person != nil {
		out = append(out, x.person.leaves()...)
	}
	if x.dossier != nil {
		out = append(out, x.dossier.leaf())
	}
	for _, p := range x.parts {
		out = append(out, p.leaf())
	}
	if x.papers != nil {
		out = append(out, x.papers.leaf())
	}
	if x.past != nil {
		out = append(out, leaf{name: leafPast, label: tabPast, body: x.past.body, focus: x.past.Grid.Focus, find: x.past.Grid.Find})
	}
	return out
}

// firstLeaf is the tab a page opens with.
func (x *Dossier) firstLeaf() string {
	if x.village != nil {
		return leafOverview
	}
	return leafFacts
}

func (x *Dossier) factsLeaf() fyne.CanvasObject {
	look := theme.Current()
	inset := container.New(layout.NewCustomPaddedLayout(look.Gap, look.Gap, look.Margin, look.Space), x.form)
	return container.New(besides{}, card(inset), x.missing.body())
}

// Refresh reads the record anew.
func (x *Dossier) Refresh() {
	read(x.desk, &x.turn, x.read, x.fill)
	if x.id == "" {
		return
	}
	x.missing.refresh()
	x.past.refresh()
	for _, p := range x.parts {
		p.Refresh()
	}
}

func (x *Dossier) read(tx *store.Tx) (*recordFacts, error) {
	if tx.Kinds().Kind(x.kind.Name) != x.kind {
		return &recordFacts{stale: true}, nil
	}
	f := &recordFacts{row: field.Row{Values: make([]string, len(x.kind.Fields))}}
	if x.id != "" {
		row, ok, err := tx.Row(x.kind.Name, x.id)
		if err != nil {
			return nil, err
		}
		if !ok || row.Void != "" {
			return &recordFacts{gone: true, void: ok && !tx.WasPurged(x.id)}, nil
		}
		f.row, f.name = row, tx.NameOf(x.kind, row)
		if f.below, err = fromBelow(tx, x.kind, x.id); err != nil {
			return nil, err
		}
	}
	names := nameBook{tx: tx, known: map[string]string{}}
	for _, named := range asideFields[x.kind.Name] {
		if text := names.show(x.kind.Field(named), x.kind.Value(f.row, named)); text != "" {
			f.aside += between + text
		}
	}
	if dates, has := periods[x.kind.Name]; has && f.row.ID != "" {
		f.aside += between + sayPeriod(dateText(x.kind.Value(f.row, dates[0])), dateText(x.kind.Value(f.row, dates[1])))
	}
	var err error
	if f.choices, err = choicesOf(tx, x.kind); err != nil {
		return nil, err
	}
	if x.person != nil {
		f.person, err = readPerson(tx, x.id, field.DateAt(x.desk.DB.Now()))
	}
	if x.village != nil && err == nil {
		f.village, err = readVillage(tx, x.id, field.DateAt(x.desk.DB.Now()))
	}
	if x.dossier != nil && err == nil {
		f.dossier, err = dossier.Of(tx, x.id, field.DateAt(x.desk.DB.Now()))
	}
	if x.papers != nil && err == nil {
		f.papers, err = readPapers(tx, x.desk.DB, x.id)
	}
	return f, err
}

// fill shows what was read. The page of a record that is no longer there goes
// with it.
func (x *Dossier) fill(f *recordFacts) {
	first := x.found == nil
	if f.stale {
		return
	}
	if f.gone {
		x.desk.closes(x)
		switch {
		case first && f.void:
			x.desk.openVoided(x.kind.Name, x.id)
		case first:
			x.desk.Fail(store.ErrNoRecord)
		}
		return
	}
	x.found = f
	if x.id != "" {
		x.name = f.name
	}
	x.form.SetRow(f.row)
	x.offer()
	x.showHead()
	x.missing.showEmpty(f.row)
	if x.person != nil {
		x.person.fill(f.person)
	}
	if x.village != nil {
		x.village.fill()
	}
	if x.dossier != nil {
		x.dossier.show(f.dossier)
	}
	if x.papers != nil {
		x.papers.fill(f.papers)
	}
	if first && x.at != "" {
		x.toField(x.at)
		x.at = ""
	}
	if first && x.id == "" {
		x.form.Focus("")
	}
}

// periods are the fields a kind's records begin and end with.
var periods = map[string][2]string{"post": {"from", "to"}, "reserve": {"entered", "left"}}

// openPerson shows whose post or place in the pool this is.
func (x *Dossier) openPerson() {
	person := x.desk.DB.Kinds().Kind("person")
	if x.found == nil || person == nil {
		return
	}
	if id := x.kind.Value(x.found.row, "person"); id != "" {
		x.form.Leave()
		x.desk.openRecord(person, id)
	}
}

// toField goes to a field of the form.
func (x *Dossier) toField(name string) {
	x.tabs.to(leafFacts)
	x.form.Focus(name)
}

// showHead draws who or what the record is.
func (x *Dossier) showHead() {
	look := theme.Current()
	defer func() { x.frame.Refresh() }() // the head may be higher now
	x.head.RemoveAll()
	if x.person != nil {
		x.person.head(x.head)
		return
	}
	if x.village != nil {
		x.village.head(x.head)
		return
	}
	line := container.NewHBox(heading(x.Title(), look.Heading))
	if x.id == "" {
		line.Add(beside(sayNew(x.kind.Label), look.Ink2))
	} else {
		line.Add(beside(x.kind.Label+x.found.aside, look.Ink2))
	}
	x.head.Add(line)
}

// beside is a text on one line with a heading, at its foot.
func beside(text string, c color.Color) fyne.CanvasObject {
	look := theme.Current()
	return container.NewVBox(layout.NewSpacer(), container.New(layout.NewCustomPaddedLayout(0, look.Space/2, look.Gap, 0), words(text, c, look.Text)))
}
