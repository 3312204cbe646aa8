package page

import (
	"context"
	"errors"
	"slices"

	"touyan/store"
	"touyan/store/exchange"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Conflicts is the cells of which two offices say different things, neither
// knowing of the other's word, and which nobody decided when the book came in.
type Conflicts struct {
	desk    *Desk
	docket  *docket
	turn    int
	content fyne.CanvasObject
	buttons Buttons
	find    *findBox
}

// NewConflicts makes the page.
func NewConflicts(d *Desk) *Conflicts {
	c := &Conflicts{desk: d, docket: newDocket(d)}
	look := theme.Current()
	c.docket.changed, c.docket.done = c.enable, c.decide
	c.find = newFindBox(c.docket.seekText, c.docket.takeFocus)
	c.buttons = buttons([]Choice{{Text: doPrintReconciliation, Do: c.print}, {Text: opDecide, Main: true, Do: c.decide}})
	c.enable()
	over := container.NewHBox(least(c.find, fyne.NewSize(22*look.Text, 0)))
	c.content = sheet(titleConflicts, sayConflicts, c.buttons, inset(over, look.Space, 0), card(c.docket), docketKeys())
	return c
}

// Remake makes the page in another look, with the choices made.
func (c *Conflicts) Remake() Page {
	n := NewConflicts(c.desk)
	n.docket.matters = c.docket.matters
	n.docket.reasons, n.docket.written = c.docket.reasons, c.docket.written
	n.docket.narrow()
	n.docket.at, n.docket.line = c.docket.at, c.docket.line
	n.enable()
	return n
}

// Projects says that values of people are hidden here on a wall.
func (c *Conflicts) Projects() {}

// Title is the room's name.
func (c *Conflicts) Title() string { return titleConflicts }

// Content is the page.
func (c *Conflicts) Content() fyne.CanvasObject { return c.content }

// Buttons are the page's actions.
func (c *Conflicts) Buttons() Buttons { return c.buttons }

// Find narrows the records, as if typed into the find box.
func (c *Conflicts) Find(text string) { c.find.SetText(text) }

// FocusFind gives the find box the keyboard.
func (c *Conflicts) FocusFind() { c.desk.Window.Canvas().Focus(c.find) }

// Focus gives the table the keyboard.
func (c *Conflicts) Focus() { c.docket.takeFocus() }

// Refresh reads the conflicts anew. Choices stay where nothing else is said than
// when they were made.
func (c *Conflicts) Refresh() {
	read(c.desk, &c.turn, func(tx *store.Tx) ([]*matter, error) {
		open, err := exchange.Disputes(tx)
		if err != nil {
			return nil, err
		}
		g := gather(tx)
		err = g.add(open)
		return g.matters, err
	}, func(matters []*matter) {
		keepChoices(matters, c.docket.matters)
		c.docket.empty = sayNoConflicts
		c.docket.setMatters(matters)
		c.enable()
	})
}

// enable says how many would be decided.
func (c *Conflicts) enable() {
	n, _ := tallyOf(c.docket.matters)
	c.buttons[1].SetText(doDecideNow(n))
	c.buttons[1].Importance = widget.HighImportance
	enable(c.buttons[1], n > 0)
}

// print writes 《数据核对情况表》: what is open, and what was decided.
func (c *Conflicts) print() {
	d := c.desk
	path, ok := d.printPath(titleReconciliation)
	if !ok {
		return
	}
	d.Attempt(sayWritingBook, func(ctx context.Context, _ func(done, total int64)) error {
		_, err := exchange.WriteReconciliation(ctx, d.DB, d.Who, path)
		return err
	}, func(err error) {
		switch {
		case errors.Is(err, exchange.ErrNothingDisputed):
			d.Tell(Notice{Text: sentence(err)})
		case err != nil:
			d.Fail(err)
		default:
			d.printed(path)
		}
	})
}

// decide settles what was chosen as one operation that can be taken back.
func (c *Conflicts) decide() {
	chosen := verdictsOf(c.docket.matters)
	if len(chosen) == 0 {
		return
	}
	var disputes []*exchange.Dispute
	for _, m := range c.docket.matters {
		for _, p := range m.points {
			if p.side != undecided {
				disputes = append(disputes, p.dispute)
			}
		}
	}
	var seq uint64
	c.desk.work(sayDeciding, func(context.Context, func(done, total int64)) error {
		return c.desk.DB.Do(opDecide, c.desk.Who, func(tx *store.Tx) error {
			seq = tx.Seq()
			for _, d := range disputes {
				if err := stillOpen(tx, d); err != nil {
					return err
				}
			}
			return exchange.Judge(tx, chosen)
		})
	}, func() {
		c.desk.Tell(Notice{Text: sayDecided(len(chosen)), Choices: []Choice{
			{Text: doUndo, Do: func() { c.desk.undo(step{seq, stepDecision}, false) }}}})
	})
}

// stillOpen refuses to decide what was decided meanwhile, or of which another
// value has come that nobody looked at.
func stillOpen(tx *store.Tx, of *exchange.Dispute) error {
	now, open, err := tx.Conflict(of.Conflict.Kind, of.Conflict.Record, of.Conflict.Field)
	if err != nil {
		return err
	}
	same := func(a, b store.Version) bool { return a.Dot == b.Dot && a.Value == b.Value }
	switch {
	case !open:
		return errors.New(sayDecidedBefore(of.Name, of.Label))
	case !slices.EqualFunc(now.Versions, of.Conflict.Versions, same):
		return errors.New(sayOthersCame(of.Name, of.Label))
	}
	return nil
}
