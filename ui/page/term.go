package page

import (
	"image/color"
	"slices"
	"strings"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/work"
	"touyan/ui/form"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

// TermChange is 换届 of one village: the old team beside the new in one table,
// which counts nowhere until it is completed and is then one operation. It names
// people in full and is covered while the screen is on a wall.
type TermChange struct {
	desk    *Desk
	village string
	name    string

	headKind, lineKind *field.Kind
	form               *form.Form
	found              *termFacts                 // nil: not read yet
	seats              []string                   // lines added by hand
	fresh              []form.Choice              // people typed here, whom the ledger lacks
	said               map[string][]field.Problem // what the rules have against a line; "": against the head
	told               string                     // the warnings shown, as one text
	whole              []work.Warning             // of the table as a whole
	refused            string                     // why the table as a whole cannot be
	flawed             bool
	leaving            map[string]bool // lines whose old holder leaves the team
	counts             [4]int          // 留任, 新任, 离任, 空缺
	kept               form.Draft
	saving             bool
	after              func() // waits for the saving

	head, says *fyne.Container
	frame      *fyne.Container
	content    *fyne.Container
	buttons    Buttons
	turn       int // of readings of the ledger
	judging    int // of readings of what the rules say
}

// termFacts are what the page reads beside the UI thread.
type termFacts struct {
	table  *work.TermTable
	rows   []placed
	filled bool // from a roster of the new term
	people []form.Choice
}

// newTermChange makes the page. A draft of it is found again.
func newTermChange(d *Desk, village string) *TermChange {
	x := &TermChange{desk: d, village: village, said: map[string][]field.Problem{}, leaving: map[string]bool{}, content: container.NewStack()}
	if err := d.DB.View(func(tx *store.Tx) error {
		x.name = tx.Name("village", village) // for the path above the page, at once
		return nil
	}); err != nil {
		d.Fail(err)
	}
	x.headKind, x.lineKind = x.kinds()
	if draft, found := d.findDraft(termKey(village)); found {
		x.seats, x.fresh = remembered(d.DB.Kinds().Kind("person"), draft)
	}
	x.form = form.New(x.headKind, form.Options{
		Sections: []form.Section{{Fields: []string{"elected", "term", "why"}}, {Lines: x.lineKind}, {Fields: []string{"document", "release"}}},
		Columns:  4,
		ReadOnly: func(f *field.Field) bool { return f.Name == "place" || f.Name == "was" || f.Name == "becomes" },
		Choices:  func(string) []form.Choice { return x.choices() },
		Today:    field.DateAt(d.DB.Now()),
		Asks:     x.asks,
		Make:     x.makePerson,
		OnEdit:   x.edited,
		Step:     true,
		Drafts:   d.drafts(func(kept form.Draft) { x.kept = kept }),
		Key:      termKey(village),
		OnSave:   func(form.Edit) { x.finish() },
		Post:     d.Post,
	})
	x.build()
	x.Refresh()
	return x
}

// termKey is where the draft of a village's table lies.
func termKey(village string) string { return "village/" + village + "/term" }

// build puts the page together in the present look.
func (x *TermChange) build() {
	look := theme.Current()
	x.head, x.says = container.NewVBox(), container.New(layout.NewCustomPaddedVBoxLayout(look.Space))
	x.buttons = buttons([]Choice{{Text: doDropTerm, Do: x.drop}, {Text: doAddPlace, Do: x.askPlace}})
	top := container.New(layout.NewCustomPaddedLayout(0, look.Gap, 0, 0),
		container.NewVBox(container.NewBorder(nil, nil, x.head, container.NewVBox(x.buttons.row())), x.says))
	inset := container.New(layout.NewCustomPaddedLayout(look.Gap, look.Gap, look.Margin, look.Space), x.form)
	x.frame = container.NewBorder(top, nil, nil, nil, card(inset))
	x.content.Objects = []fyne.CanvasObject{container.New(layout.NewCustomPaddedLayout(look.Margin, look.Margin, look.Margin, look.Margin), x.frame)}
	x.showHead()
	x.content.Refresh()
}

// Title is what the page is about.
func (x *TermChange) Title() string { return titleTermOf(x.name) }

// Content is the page.
func (x *TermChange) Content() fyne.CanvasObject { return x.content }

// Buttons are those beside 完成.
func (x *TermChange) Buttons() Buttons { return x.buttons }

// Find does nothing: a team is seen at once.
func (x *TermChange) Find(string) {}

// Focus gives the day the keyboard, or what is next to be filled in.
func (x *TermChange) Focus() { x.form.Focus("") }

// Remake makes the page in another look; what is typed stays in the form.
func (x *TermChange) Remake() Page {
	x.build()
	x.showSaid()
	x.form.Refresh()
	return x
}

// Leave keeps what is typed as a draft. While it is being written the page
// stays until that has ended.
func (x *TermChange) Leave(then func()) {
	x.form.Leave()
	if x.saving {
		x.after = then
		return
	}
	if len(x.kept.Values)+len(x.kept.Wrong)+len(x.kept.Lines) > 0 {
		x.desk.Tell(Notice{Text: sayTermKept})
	}
	then()
}

// Refresh reads the ledger anew; what is typed stays.
func (x *TermChange) Refresh() {
	read(x.desk, &x.turn, func(tx *store.Tx) (*termFacts, error) { return readTerm(tx, x.village) }, x.fill)
}

func readTerm(tx *store.Tx, village string) (f *termFacts, err error) {
	f = &termFacts{}
	if f.table, f.rows, f.filled, err = proposed(tx, village); err != nil {
		return nil, err
	}
	f.people, err = termPeople(tx, village, f.table)
	return f, err
}

// termPeople lists whom one may choose: the reserves of the village first, then
// its team, then everybody else.
func termPeople(tx *store.Tx, village string, t *work.TermTable) ([]form.Choice, error) {
	all, err := choices(tx, tx.Kinds().Kind("person"))
	if err != nil {
		return nil, err
	}
	first := map[string]string{}
	for _, r := range t.Rows {
		if r.Old != nil {
			first[r.Old.Person] = hintTeam
		}
	}
	pool, err := store.Referrers[record.Reserve](tx, village, "village")
	if err != nil {
		return nil, err
	}
	for _, r := range pool {
		if r.Left.IsZero() && !record.Gone(r.State) {
			first[r.Person] = strings.TrimSpace(hintReserve + " " + tx.Kinds().Kind("reserve").Field("maturity").Show(r.Maturity))
		}
	}
	rank := func(c form.Choice) int {
		switch hint, near := first[c.ID]; {
		case !near:
			return 2
		case hint == hintTeam:
			return 1
		}
		return 0
	}
	for i := range all {
		if hint := first[all[i].ID]; hint != "" && hint != hintTeam {
			all[i].Hint = strings.TrimSpace(hint + " " + all[i].Hint)
		}
	}
	slices.SortStableFunc(all, func(a, b form.Choice) int { return rank(a) - rank(b) })
	return all, nil
}

// choices are whom a place may be given to.
func (x *TermChange) choices() []form.Choice {
	if x.found == nil {
		return x.fresh
	}
	return append(slices.Clone(x.fresh), x.found.people...)
}

// fill shows what was read.
func (x *TermChange) fill(f *termFacts) {
	first := x.found == nil
	x.found = f
	x.form.Renew()
	t := f.table
	cells := map[string]string{"term": t.Term, "elected": t.Elected.String(), "release": ""}
	if t.Release {
		cells["release"] = codeYes
	}
	x.form.SetRow(blankRow(x.headKind, cells))
	x.showLines()
	x.showHead()
	if first {
		x.Focus()
	}
}

// showLines hands the form the places as the ledger has them.
func (x *TermChange) showLines() {
	post := x.desk.DB.Kinds().Kind("post")
	var rows []field.Row
	for _, p := range withSeats(x.found.rows, x.seats) {
		cells := map[string]string{"place": post.Field("position").Show(p.row.Position), "was": wordNobody, "reason": record.LeftByElection}
		if held(p.row.Old) {
			cells["was"] = sayWas(p.row.Old.Name, p.row.Old.From.Office())
		}
		if p.row.New != nil {
			cells["who"] = p.row.New.Person
		}
		row := blankRow(x.lineKind, cells)
		row.ID = p.id
		rows = append(rows, row)
	}
	x.form.SetLines(x.lineKind.Name, rows)
	x.edited()
	x.form.Check()
}

// showHead draws of which village and term the table is.
func (x *TermChange) showHead() {
	look := theme.Current()
	x.head.RemoveAll()
	line := container.NewHBox(heading(x.Title(), look.Heading))
	help := sayTermHelp
	if x.found != nil {
		line.Add(beside(sayLastElected(x.found.table.Was.Office()), look.Ink2))
		if x.found.filled {
			help = sayTermFilled
		}
	}
	x.head.Add(line)
	x.head.Add(words(help, look.Ink2, look.Text))
	x.frame.Refresh()
}

// showSaid tells what 完成 will write, and what the rules have against the table
// as a whole.
func (x *TermChange) showSaid() {
	look := theme.Current()
	x.says.RemoveAll()
	if x.found == nil {
		return
	}
	count := words(sayTermCount(x.counts[0], x.counts[1], x.counts[2], x.counts[3]), look.Ink, look.Text)
	count.TextStyle.Bold = true
	x.says.Add(count)
	if x.refused != "" {
		x.says.Add(ruleLine(wordCannot, x.refused, look.Bad))
	}
	for _, w := range x.whole {
		mark, ink := wordNotice, look.Warn
		if w.Flaw != "" {
			mark, ink = wordFlawed, look.Bad
		}
		x.says.Add(ruleLine(mark, w.Message, ink))
	}
	x.frame.Refresh()
}

// ruleLine is one thing the rules have against a step, with its mark.
func ruleLine(mark, text string, ink color.Color) fyne.CanvasObject {
	look := theme.Current()
	label := words(mark, ink, look.Text)
	label.TextStyle.Bold = true
	return container.NewBorder(nil, nil, least(label, fyne.NewSize(5*look.Text, 0)), nil, words(text, look.Ink, look.Text))
}
