package page

import (
	"context"
	"errors"
	"maps"
	"slices"

	"touyan/store/exchange"
	"touyan/ui/button"
	"touyan/ui/grid"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Review is a returned book before it is merged: what it changes, and what of it
// only a person can decide. Nothing is written before 合并, and that with all
// decisions is one operation, taken back as one.
type Review struct {
	*merging
	Grid *grid.Grid // what needs no decision

	desk   *Desk
	book   *exchange.Book
	overs  map[exchange.RowAt]exchange.Overtyping
	filter lookFilter
	docket *docket
	looked string // what a person looked at and would have merged all the same

	content *fyne.Container
	buttons Buttons
	chips   Buttons
	find    *findBox
	main    *button.Button
}

func newReview(d *Desk, book *exchange.Book, m *merging) *Review {
	r := &Review{merging: m, desk: d, book: book, overs: map[exchange.RowAt]exchange.Overtyping{}, content: container.NewStack()}
	r.noteOvers()
	if len(m.matters) > 0 {
		r.filter = lookDecide
	}
	r.build()
	r.docket.first()
	return r
}

// noteOvers remembers the rows typed over, for a plan without them.
func (r *Review) noteOvers() {
	for _, o := range r.plan.Overtyped {
		r.overs[o.RowAt] = o
	}
}

// Remake makes the page in another look, or with more or less to hide.
func (r *Review) Remake() Page {
	n := *r
	n.content = container.NewStack()
	n.build()
	n.docket.at, n.docket.line = r.docket.at, r.docket.line
	n.docket.reasons, n.docket.written = r.docket.reasons, r.docket.written
	return &n
}

// Projects says that values of people are hidden here on a wall.
func (r *Review) Projects() {}

// Title is what is done with the book, and its name.
func (r *Review) Title() string { return verbMerge + " " + r.plan.Book }

// Content is the page.
func (r *Review) Content() fyne.CanvasObject { return r.content }

// Buttons are the page's actions.
func (r *Review) Buttons() Buttons { return r.buttons }

// Find narrows what is shown, as if typed into the find box.
func (r *Review) Find(text string) { r.find.SetText(text) }

// FocusFind gives the find box the keyboard.
func (r *Review) FocusFind() { r.desk.Window.Canvas().Focus(r.find) }

// Focus gives the table shown the keyboard.
func (r *Review) Focus() {
	if r.filter == lookDecide {
		r.docket.takeFocus()
		return
	}
	r.Grid.Focus()
}

// Refresh does nothing: a plan that the ledger has overtaken is made again when
// it is to be merged.
func (r *Review) Refresh() {}

// Leave asks before choices are given up.
func (r *Review) Leave(then func()) {
	decided, _ := tallyOf(r.matters)
	if decided == 0 {
		then()
		return
	}
	r.desk.Show(titleLeaving, prose(sayNotMergedYet(decided), theme.Current().Dialog), narrow,
		Choice{Text: doGoDecide, Main: true, Do: r.Focus}, Choice{Text: doLeaveMerge, Do: then})
}

// build makes the page.
func (r *Review) build() {
	look := theme.Current()
	r.docket = newDocket(r.desk)
	r.docket.changed, r.docket.done, r.docket.ask = r.tell, r.askMerge, r.answer
	r.docket.matters, r.docket.sent = r.matters, r.plan.SentAt
	r.docket.narrow()
	r.Grid = grid.New(lookColumns())
	r.Grid.SetEmpty(sayNoRows, "", nil)
	r.Grid.OnOpen = r.opened
	r.main = button.New(doMergeNow, r.merge)
	r.main.Importance = widget.HighImportance
	choices := buttons([]Choice{{Text: doNotMerge, Do: func() { r.Leave(r.desk.Close) }},
		{Text: doListAside, Do: func() { r.desk.listAsides(asides(r.plan, true)) }}, {Text: doSaveBad, Do: func() { r.desk.saveBad(r.plan) }}})
	visible(choices[1], len(asides(r.plan, true)) > 0)
	visible(choices[2], r.plan.HasBad())
	choices = append(choices, r.main)
	line, doors := r.stepLine()
	r.chips = nil
	chips := container.NewHBox()
	for f := range lookWords {
		b := button.New("", func() { r.only(lookFilter(f)) })
		r.chips = append(r.chips, b)
		chips.Add(b)
	}
	r.buttons = append(append(append(Buttons{}, choices...), r.chips...), doors...)
	r.tell()
	r.find = newFindBox(r.narrow, r.Focus)
	r.Grid.OnFind = r.FocusFind
	over := container.NewVBox(container.NewBorder(nil, nil, line, least(r.find, fyne.NewSize(22*look.Text, 0))), chips)
	body, under := fyne.CanvasObject(card(r.Grid)), fyne.CanvasObject(nil)
	if r.filter == lookDecide {
		body, under = card(r.docket), r.foot()
	}
	r.content.Objects = []fyne.CanvasObject{sheet(verbMerge+"“"+r.plan.Book+"”", sayFrom(r.plan.From, r.plan.Rows), choices, over, body, under)}
	r.content.Refresh()
	r.list()
}

// stepLine shows the steps, and goes to them.
func (r *Review) stepLine() (fyne.CanvasObject, Buttons) {
	present := 0
	if r.filter == lookDecide {
		present = 1
	}
	return stepLine(mergeSteps, present, []func(){func() { r.only(lookAll) }, func() { r.only(lookDecide) }, r.askMerge})
}

// foot is what needs no decision, on one line that opens, and the keys.
func (r *Review) foot() fyne.CanvasObject {
	look := theme.Current()
	c := r.counts()
	folded := newPress(words(sayFolded(c[lookNew], c[lookUpdated], c[lookSame]), look.Info, look.Text), func() { r.only(lookAll) })
	return container.NewVBox(container.NewHBox(folded), docketKeys())
}

// docketKeys is what the keys of a docket do.
func docketKeys() fyne.CanvasObject {
	look := theme.Current()
	return words(sayDocketKeys+"　"+sayAlikeKeys, look.Ink3, look.Caption)
}

// only shows what a count counts.
func (r *Review) only(f lookFilter) {
	at, line, reasons, written := r.docket.at, r.docket.line, r.docket.reasons, r.docket.written
	r.filter = f
	r.build()
	r.docket.at, r.docket.line, r.docket.reasons, r.docket.written = at, line, reasons, written
	r.docket.draw()
	r.Focus()
}

// list fills the table of what needs no decision.
func (r *Review) list() {
	if r.filter == lookDecide {
		return
	}
	rows := r.rows(r.desk, r.filter)
	r.Grid.SetRows(rows)
	if len(rows) > 0 {
		r.Grid.Select(rows[0].ID)
	}
}

// opened goes on from a row by Enter: to what is to be decided of it, or to the
// last step where nothing is.
func (r *Review) opened(id string) {
	if r.filter != lookRefused {
		n := &r.plan.News[rowOf(id)]
		key := keyOfRecord(n.Kind, n.Record)
		if i := slices.IndexFunc(r.docket.shown, func(m *matter) bool { return m.key == key }); i >= 0 {
			r.docket.turn(i, 0)
			r.only(lookDecide)
			return
		}
	}
	if _, open := tallyOf(r.matters); open == 0 {
		r.askMerge()
	}
}

func (r *Review) narrow(text string) {
	if r.filter == lookDecide {
		r.docket.seekText(text)
		return
	}
	r.Grid.Find(text)
}

// tell shows the counts as they are now, and what the main button would do.
func (r *Review) tell() {
	c := r.counts()
	for i, b := range r.chips {
		b.Importance = widget.LowImportance
		if lookFilter(i) == r.filter {
			b.Importance = widget.MediumImportance
		}
		b.SetText(sayState(lookWords[i], c[i]))
		enable(b, c[i] > 0 || lookFilter(i) == r.filter || lookFilter(i) == lookAll)
	}
	text := doMergeNow
	if _, open := tallyOf(r.matters); open > 0 {
		text = sayUndecided(open, r.asksBesides())
	}
	r.main.SetText(text)
}

// asksBesides reports a question not answered yet that is no conflict: nothing
// of it is left to be decided later.
func (r *Review) asksBesides() bool {
	for _, m := range r.matters {
		if slices.ContainsFunc(m.points, func(p *point) bool { return p.question != nil && p.open() }) {
			return true
		}
	}
	return false
}

// change does something to the book and holds it against the ledger again; the
// choices made stay, and given are those that follow.
func (r *Review) change(do func() error, given map[string]choice, then func()) {
	overs := maps.Clone(r.overs)
	var next *merging
	r.desk.Attempt(sayHolding, func(ctx context.Context, _ func(done, total int64)) (err error) {
		if do != nil {
			if err := do(); err != nil {
				return err
			}
		}
		next, err = holdReturned(ctx, r.desk.DB, r.book, overs)
		return err
	}, func(err error) {
		switch {
		case errors.Is(err, context.Canceled):
			r.desk.Tell(Notice{Text: sayMendsKept})
		case err != nil:
			r.desk.Fail(err)
		default:
			lost := keepChoices(next.matters, r.matters)
			for _, m := range next.matters {
				for _, p := range m.points {
					if c, is := given[p.key]; is {
						p.choice = c
					}
				}
			}
			r.take(next)
			if given == nil {
				r.replanned(lost)
			}
			then()
		}
	})
}

// take shows the book as it is planned now.
func (r *Review) take(next *merging) {
	r.merging = next
	r.noteOvers()
	r.docket.setMatters(next.matters)
	r.list()
	r.tell()
}

// replanned tells that the ledger had moved.
func (r *Review) replanned(lost int) {
	text := sayReplanned
	if lost > 0 {
		text = sayMoved(lost)
	}
	r.desk.Tell(Notice{Text: text})
}
