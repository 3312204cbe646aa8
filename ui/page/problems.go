package page

import (
	"fmt"
	"slices"
	"strings"

	"touyan/store"
	"touyan/store/check"
	"touyan/store/field"
	"touyan/ui/grid"
	"touyan/ui/theme"

	"fyne.io/fyne/v2/canvas"
)

// Problems is all that the rules find in the ledger, the gravest first.
type Problems struct {
	listing

	desk  *Desk
	says  *canvas.Text
	found map[string]check.Problem // by row
	turn  int
}

// NewProblems makes the page.
func NewProblems(d *Desk) *Problems {
	p := &Problems{desk: d, found: map[string]check.Problem{}}
	p.Grid = grid.New([]grid.Column{
		{Name: "level", Label: headWeight, Type: field.Code, Width: 72},
		{Name: "record", Label: headWhose, Type: field.Text, Width: 132, Find: true},
		{Name: "sentence", Label: headSentence, Type: field.Text, Width: 372, Find: true},
		{Name: "remedy", Label: headRemedy, Type: field.Text, Width: 240},
		{Name: "field", Label: headField, Type: field.Code, Width: 112},
		{Name: "rule", Label: headRule, Type: field.Code, Width: 104},
		{Name: "kind", Label: headKind, Type: field.Code, Width: 76},
	})
	p.Grid.SetEmpty(sayNoFindings, "", nil)
	p.Grid.OnOpen = p.open
	p.Grid.OnFind = p.FocusFind
	p.Grid.OnShow = p.count
	p.buttons = buttons([]Choice{{Text: doOpenProblem, Do: p.openSelected}})
	p.Grid.OnSelect = func([]string) { p.enable() }
	p.enable()
	tells := func(column string) bool { return column == "record" || column == "sentence" }
	p.keep(d, RoomProblems, tells)
	p.says = words(sayLooking, theme.Current().Ink2, theme.Current().Text)
	p.content = sheetOver(titleProblems, p.says, p.buttons, p.barred(d, RoomProblems, problemViews(), tells), card(p.Grid), nil)
	return p
}

// problemViews are the views that come with the page: one for each weight.
func problemViews() []grid.View {
	var out []grid.View
	for _, l := range levels {
		out = append(out, grid.View{Name: string(l), Filters: []grid.Filter{{Column: "level", Values: []string{string(l)}}}})
	}
	return out
}

// Remake makes the page in another look.
func (p *Problems) Remake() Page {
	n := NewProblems(p.desk)
	n.take(&p.listing)
	return n
}

// Title is the room's name.
func (p *Problems) Title() string { return titleProblems }

// levels are the weights, the gravest first.
var levels = []check.Level{check.Grave, check.Fault, check.Notice}

// problemRow is one line and what it stands for.
type problemRow struct {
	row   grid.Row
	about check.Problem
}

// Refresh looks through the ledger anew.
func (p *Problems) Refresh() {
	p.says.Text = sayLooking
	p.says.Refresh()
	own := p.desk.DB.Office().Name
	read(p.desk, &p.turn, func(tx *store.Tx) ([]problemRow, error) {
		all, err := p.desk.findings(tx)
		return problemRows(tx, slices.Clone(all), own), err
	}, func(found []problemRow) {
		clear(p.found)
		rows := make([]grid.Row, len(found))
		for i, f := range found {
			rows[i] = f.row
			p.found[f.row.ID] = f.about
		}
		p.fill(rows)
		all, shown, _ := p.Grid.Counts()
		p.count(all, shown)
		p.enable()
	})
}

// problemRows makes a line of each finding, and sorts them. Its id tells rule and record, so
// that what is selected stays so when the ledger is looked through anew. own is
// the office's name, which a sentence need not begin with.
func problemRows(tx *store.Tx, all []check.Problem, own string) []problemRow {
	titles := map[string]string{}
	for _, r := range check.Rules() {
		titles[r.Name] = r.Title
	}
	slices.SortStableFunc(all, func(a, b check.Problem) int {
		return slices.Index(levels, a.Level) - slices.Index(levels, b.Level)
	})
	seen := map[string]int{}
	out := make([]problemRow, len(all))
	for i, f := range all {
		kind, label := tx.Kinds().Kind(f.Kind), ""
		if at := kind.Field(f.Field); at != nil {
			label = at.Label
		}
		id := f.Rule + "/" + f.Kind + "/" + f.Record + "/" + f.Field
		if seen[id]++; seen[id] > 1 {
			id += fmt.Sprint("/", seen[id])
		}
		sentence, remedy := cutRemedy(strings.TrimPrefix(strings.TrimPrefix(f.Message, f.Name+joinName), own))
		out[i] = problemRow{about: f, row: grid.Row{ID: id,
			Cells: []string{string(f.Level), f.Name, sentence, remedy, label, titles[f.Rule], kind.Label},
			Keys:  []string{fmt.Sprint(slices.Index(levels, f.Level))}}}
	}
	return out
}

// cutRemedy parts what is wrong from what is to be done about it.
func cutRemedy(message string) (sentence, remedy string) {
	at := strings.LastIndex(message, askPlease)
	if at < 0 {
		return message, ""
	}
	sentence, remedy = message[:at], message[at:]
	for _, sign := range joints {
		if cut, had := strings.CutSuffix(sentence, sign); had {
			return cut, remedy
		}
	}
	return message, ""
}

// count tells how many there are, and how many of them are shown.
func (p *Problems) count(all, shown int) {
	p.says.Text = sayHowMany("", all, shown) + between + sayAllFindings
	p.says.Refresh()
}

func (p *Problems) enable() {
	if len(p.Grid.Selected()) == 1 {
		p.buttons[0].Enable()
	} else {
		p.buttons[0].Disable()
	}
}

func (p *Problems) openSelected() {
	if ids := p.Grid.Selected(); len(ids) == 1 {
		p.open(ids[0])
	}
}

// open shows the record, at the field to mend if there is one.
func (p *Problems) open(id string) {
	f, ok := p.found[id]
	if kind := p.desk.DB.Kinds().Kind(f.Kind); ok && kind != nil {
		p.desk.Open(p.desk.pageOf(kind, f.Record, f.Field))
	}
}
