package page

import (
	"strconv"

	"touyan/store/dossier"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/ui/grid"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

// leafDossier is the tab of the ten classes of somebody's dossier.
const leafDossier = "dossier"

// dossierLeaf lists what a dossier has and what it lacks, and tells its score.
type dossierLeaf struct {
	listing

	of      *Dossier
	found   *dossier.Dossier // nil: not read yet
	lacking map[string]dossier.Missing
	side    *fyne.Container
}

func newDossierLeaf(x *Dossier) *dossierLeaf {
	l := &dossierLeaf{of: x}
	l.remake()
	return l
}

// remake makes the table in the present look.
func (l *dossierLeaf) remake() {
	l.Grid = grid.New([]grid.Column{
		{Name: "class", Label: headClass, Type: field.Code, Width: 172},
		{Name: "title", Label: headMaterial, Type: field.Text, Width: 196, Find: true},
		{Name: "state", Label: headHave, Type: field.Code, Width: 104},
		{Name: "date", Label: headMade, Type: field.Day, Width: 96},
		{Name: "pages", Label: headPages, Type: field.Number, Width: 64},
		{Name: "why", Label: headWhyAsked, Type: field.Text, Width: 300},
	})
	l.Grid.SetEmpty(sayNoMaterials, "", nil)
	l.Grid.OnOpen = l.open
	l.side = container.NewStack()
	l.buttons = buttons([]Choice{{Text: doPrintContents, Do: l.print}, {Text: doEnterMaterial, Main: true, Do: l.enterSelected}})
	inset := container.New(layout.NewCustomPaddedLayout(theme.Current().Gap, theme.Current().Gap, 0, 0), l.buttons.row())
	right := container.NewBorder(nil, inset, nil, nil, card(l.side))
	l.content = container.New(besides{}, card(l.Grid), least(right, fyne.NewSize(20*theme.Current().Text, 0)))
}

func (l *dossierLeaf) leaf() leaf {
	return leaf{name: leafDossier, label: l.label(), body: l.Content, focus: l.Focus, find: l.Grid.Find}
}

// label counts what is there and what is not.
func (l *dossierLeaf) label() string {
	if l.found == nil {
		return tabDossier
	}
	there := 0
	for _, c := range l.found.Classes {
		there += len(c.Materials)
	}
	return sayDossierTab(there, len(l.found.Missing()))
}

// show shows what was read.
func (l *dossierLeaf) show(d *dossier.Dossier) {
	l.found, l.lacking = d, map[string]dossier.Missing{}
	var rows []grid.Row
	for _, c := range d.Classes {
		for _, m := range c.Materials {
			state, pages := wordThere, ""
			if !m.Scanned {
				state = wordOnPaper
			}
			if m.Paper.Pages != nil {
				pages = strconv.FormatInt(*m.Paper.Pages, 10)
			}
			rows = append(rows, grid.Row{ID: m.Paper.ID, Cells: []string{c.Label, m.Paper.Title, state, m.Paper.Date.Office(), pages, ""}, Keys: []string{c.Code}})
		}
		for i, m := range c.Missing {
			id := c.Code + "/" + strconv.Itoa(i)
			l.lacking[id] = m
			rows = append(rows, grid.Row{ID: id, Cells: []string{c.Label, m.Label, wordEmpty, "", "", m.Why}, Keys: []string{c.Code}})
		}
	}
	l.fill(rows)
	l.showSide()
	l.of.tabs.relabel(leafDossier, l.label())
}

// showSide tells the score, what was taken off, and what gaps the résumé has.
func (l *dossierLeaf) showSide() {
	look := theme.Current()
	d := l.found
	box := container.New(layout.NewCustomPaddedVBoxLayout(look.Space))
	score := heading(sayScore(d.Score), look.Heading)
	if !d.Complete() {
		score.Color = look.Bad
	}
	box.Add(score)
	box.Add(words(sayPassAt(d.Pass), look.Ink2, look.Text))
	for _, x := range d.Deductions {
		box.Add(proseTight(sayDeduction(x.Reason, x.Count, x.Points), 17*look.Text))
	}
	for _, g := range d.Gaps {
		box.Add(proseTight(sayGapIn(g.From.Office(), g.To.Office()), 17*look.Text))
	}
	l.side.Objects = []fyne.CanvasObject{container.NewVScroll(container.New(layout.NewCustomPaddedLayout(look.Gap, look.Gap, look.Margin, look.Margin), box))}
	l.side.Refresh()
}

// open shows a paper that is there, or enters one that is not.
func (l *dossierLeaf) open(id string) {
	if m, lacks := l.lacking[id]; lacks {
		l.enter(m)
		return
	}
	l.of.desk.viewPaper(l.of.id, id)
}

func (l *dossierLeaf) enterSelected() {
	if ids := l.Grid.Selected(); len(ids) == 1 {
		if m, lacks := l.lacking[ids[0]]; lacks {
			l.enter(m)
			return
		}
	}
	l.enter(dossier.Missing{})
}

// enter registers a material that lies in the cabinet; its scan may be added
// afterwards, as any paper's.
func (l *dossierLeaf) enter(m dossier.Missing) {
	d := l.of.desk
	kind := needing(d.DB.Kinds().Kind("paper"), []string{"title", "class"})
	d.begin(&task{
		title: l.of.Title() + between + doEnterMaterial, op: opEnterMaterial, key: "person/" + l.of.id + "/material/" + m.Label, kind: kind,
		fields: []string{"title", "class", "date", "pages", "copies", "origin", "receiver", "received", "note"},
		start:  blankRow(kind, map[string]string{"title": m.Label, "class": m.Class, "person": l.of.id}),
		plan:   func(row field.Row, _ string) verb { return putting(d.DB.Kinds().Kind("paper"), "person", l.of.id, row) },
		done:   func(row field.Row) string { return sayEntered(kind.Value(row, "title")) },
	})
}

// print writes 《干部人事档案目录》 of the person.
func (l *dossierLeaf) print() {
	f := record.FormNamed("material")
	l.of.desk.printOf(f, l.of.Title()+f.Title, field.Condition{Path: "person", Values: []string{l.of.id}})
}
