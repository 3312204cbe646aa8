package page

import (
	"context"
	"image/color"
	"strconv"

	"touyan/store/exchange"
	"touyan/ui/button"
	"touyan/ui/grid"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
)

// checking is the third step: the rows of the book as they will be. Counts are
// filters, and what is wrong is mended in place.
type checking struct {
	w       *Wizard
	table   int
	state   filter
	grid    *grid.Grid
	chips   []*button.Button // in the order of filters
	tables  *widget.Select   // nil for a book of one table
	whole   *fyne.Container  // what is to be said of the row selected
	under   *fyne.Container  // that, and the buttons beside it
	choices Buttons
	rows    Buttons // what may be done with the row selected
	last    int     // the row mended last
	through bool    // every row with a problem is gone through, then the book is accepted
}

// tableWords is how wide the names of tables are, in characters.
const tableWords = 20

// footRows is how much room there is below the table for what is to be said.
const footRows = 2.5

// filters are the counts above the rows.
var filters = []filter{every, filter(exchange.RowNew), filter(exchange.RowUpdated), filter(exchange.RowSame), filter(exchange.RowFaulty), filter(exchange.RowSkipped)}

// showRows is the last step.
func (w *Wizard) showRows() {
	c := &checking{w: w, state: every, whole: container.New(layout.NewCustomPaddedVBoxLayout(theme.Current().Space))}
	c.table = w.firstTable()
	if w.tables[c.table].counts[exchange.RowFaulty] > 0 {
		c.state = filter(exchange.RowFaulty)
	}
	w.check = c
	c.choices = buttons([]Choice{
		{Text: doNotTake, Do: w.desk.Close},
		{Text: doListAside, Do: func() { w.desk.listAsides(asides(w.plan, false)) }},
		{Text: doSaveBad, Do: func() { w.settled(func() { w.desk.saveBad(w.plan) }) }},
		{Text: doAcceptGood(0), Do: w.accept},
		{Text: doAllMended, Main: true, Do: c.acceptAll},
	})
	c.rows = buttons([]Choice{
		{Text: doMendThis, Do: func() { c.open(c.selected()) }},
		{Text: doLeaveOut, Do: func() { c.leaveOut(true) }},
		{Text: doTakeBackRow, Do: func() { c.leaveOut(false) }},
	})
	for _, f := range filters {
		c.chips = append(c.chips, button.New("", func() { c.only(f) }))
	}
	c.build()
}

// firstTable is the table one most likely wants to see: the first with a
// problem, else the first that changes anything.
func (w *Wizard) firstTable() int {
	for _, states := range [][]exchange.RowState{{exchange.RowFaulty}, {exchange.RowNew, exchange.RowUpdated}} {
		for i := range w.tables {
			for _, s := range states {
				if w.tables[i].counts[s] > 0 {
					return i
				}
			}
		}
	}
	return 0
}

func (w *Wizard) showRowsAgain() {
	w.showRows()
	w.Focus()
}

// build makes the page for the table chosen.
func (c *checking) build() {
	w := c.w
	t := &w.tables[c.table]
	c.grid = grid.New(t.gridColumns())
	c.grid.SetEmpty(sayNoRows, "", nil)
	c.grid.OnSelect = func([]string) { c.describe() }
	c.grid.OnOpen = func(id string) { c.open(rowOf(id)) }
	look := theme.Current()
	row := container.NewHBox()
	if len(w.tables) > 1 {
		var names []string
		for i := range w.tables {
			names = append(names, w.tables[i].name)
		}
		c.tables = newSelect(names, nil)
		c.tables.SetSelectedIndex(c.table)
		c.tables.OnChanged = func(string) { c.turn(c.tables.SelectedIndex()) }
		row.Add(least(c.tables, fyne.NewSize(tableWords*look.Text, 0)))
	}
	for _, b := range c.chips {
		row.Add(b)
	}
	c.under = container.NewBorder(nil, nil, nil, container.NewVBox(c.rows.row()), least(c.whole, fyne.NewSize(0, footRows*look.Row)))
	more := append(append(Buttons{}, c.rows...), c.chips...)
	c.fill()
	w.show(stage{at: atRows, says: sayTakenFor(w.plan.Form, w.plan.Sheet, w.plan.Rows), grid: c.grid, choices: c.choices, more: more, over: row, under: c.under})
	if rows := t.in(c.state); len(rows) > 0 {
		c.grid.Select(rows[0].ID)
	}
}

// partly counts the rows with a problem of which something comes all the same.
func (c *checking) partly() (n int) {
	for i := range c.w.tables {
		n += c.w.tables[i].partly
	}
	return n
}

// turn shows another table of the book.
func (c *checking) turn(table int) {
	c.table, c.state = table, every
	if c.w.tables[table].counts[exchange.RowFaulty] > 0 {
		c.state = filter(exchange.RowFaulty)
	}
	c.build()
	c.grid.Focus()
}

// only shows the rows in a state.
func (c *checking) only(f filter) {
	c.state = f
	c.fill()
	if rows := c.w.tables[c.table].in(f); len(rows) > 0 {
		c.grid.Select(rows[0].ID)
	}
	c.grid.Focus()
}

// fill shows rows, counts and buttons as the plan has them now.
func (c *checking) fill() {
	t := &c.w.tables[c.table]
	for i, f := range filters {
		name, n := wordAllRows, len(t.rows)
		if f != every {
			name, n = exchange.RowState(f).String(), t.counts[exchange.RowState(f)]
		}
		b := c.chips[i]
		b.Importance = widget.LowImportance
		if f == c.state {
			b.Importance = widget.MediumImportance
		}
		b.SetText(sayState(name, n))
		enable(b, n > 0 || f == c.state || f == every)
	}
	come, faulty := 0, 0
	for i := range c.w.tables {
		n := c.w.tables[i].counts
		come, faulty = come+n[exchange.RowNew]+n[exchange.RowUpdated]+n[exchange.RowSame]+n[rowHeld], faulty+n[exchange.RowFaulty]
	}
	visible(c.choices[1], len(asides(c.w.plan, false)) > 0)
	visible(c.choices[2], c.w.plan.HasBad())
	visible(c.choices[3], faulty > 0)
	c.choices[3].SetText(doAcceptGood(come))
	enable(c.choices[3], come+c.partly() > 0)
	c.choices[4].SetText(doAllMended)
	if faulty == 0 {
		c.choices[4].SetText(doAcceptAll(come))
	}
	enable(c.choices[4], come+faulty > 0)
	c.grid.SetRows(t.in(c.state))
	c.describe()
}

func visible(b *button.Button, is bool) {
	if is {
		b.Show()
	} else {
		b.Hide()
	}
}

func enable(b *button.Button, is bool) {
	if is {
		b.Enable()
	} else {
		b.Disable()
	}
}

// rowOf is the number of a row of a table; ids are ours.
func rowOf(id string) int {
	n, _ := strconv.Atoi(id)
	return n
}

// selected is the row selected, -1 if none or several are.
func (c *checking) selected() int {
	if ids := c.grid.Selected(); len(ids) == 1 {
		return rowOf(ids[0])
	}
	return -1
}

// describe says what is to be said of the row selected. While the book is held
// against the ledger again nobody else may read it.
func (c *checking) describe() {
	look := theme.Current()
	n := c.selected()
	c.whole.Objects = nil
	if c.under != nil {
		defer c.under.Refresh() // the buttons take another room
	}
	say := func(text string, ink color.Color) {
		c.whole.Add(sentences(text, 9*look.WideDialog/8, ink))
	}
	hide := func() {
		for _, b := range c.rows {
			b.Hide()
		}
	}
	if n < 0 || c.w.desk.busy {
		hide()
		if len(c.w.plan.Notes()) > 0 {
			say(c.w.plan.Notes()[0].Message, look.Warn)
		}
		say(saySelectRow, look.Ink2)
		return
	}
	t := &c.w.tables[c.table]
	row, known := c.w.rowFor(c.table, n)
	if !known {
		hide()
		say(sayHeld, look.Ink2)
		return
	}
	head := words(sayRowState(t.sheet, row.Number, t.nameOf(&row), row.State.String()), look.Ink, look.Text)
	head.TextStyle.Bold = true
	c.whole.Add(head)
	for i := range row.Problems {
		if i < 2 {
			say(sayRowProblem(&row.Problems[i]), look.Bad)
		}
	}
	switch {
	case len(row.Problems) == 0:
		say(sayFine, look.Ink2)
	case row.Refused:
		say(sayRefused, look.Ink2)
	default:
		say(sayPartlyComing, look.Ink2)
	}
	c.rows[0].Show()
	visible(c.rows[1], !row.LeftOut)
	visible(c.rows[2], row.LeftOut)
}

// open opens a row for mending.
func (c *checking) open(n int) {
	if n < 0 || c.w.desk.busy {
		return
	}
	if _, known := c.w.rowFor(c.table, n); !known {
		c.w.settled(func() { c.open(n) })
		return
	}
	c.w.mendRow(c.table, n, func(mended bool) {
		if mended {
			c.mended(n)
			return
		}
		c.through = false
		c.grid.Focus()
	})
}

// leaveOut passes the rows selected over, or not any more.
func (c *checking) leaveOut(out bool) {
	ids := c.grid.Selected()
	if len(ids) == 0 {
		return
	}
	var all []mended
	for _, id := range ids {
		all = append(all, mended{table: c.table, row: rowOf(id), out: &out})
	}
	c.w.mend(all...)
	c.mended(rowOf(ids[0]))
}

// mended shows a row as it was mended and goes on to the next one with a
// problem.
func (c *checking) mended(at int) {
	c.last = at
	next := c.w.tables[c.table].after(at)
	if next < 0 && c.state == filter(exchange.RowFaulty) {
		c.state = every
		next = at
	}
	c.fill()
	if next >= 0 {
		c.grid.Select(strconv.Itoa(next))
	}
	c.grid.Focus()
	if c.through {
		c.goThrough()
	}
}

// acceptAll accepts the book once no row of it has a problem, and goes through
// those that have one until then.
func (c *checking) acceptAll() {
	c.through = true
	c.goThrough()
}

func (c *checking) goThrough() {
	for i := range c.w.tables {
		table := (c.table + i) % len(c.w.tables)
		t := &c.w.tables[table]
		if t.counts[exchange.RowFaulty] == 0 {
			continue
		}
		if table != c.table {
			c.turn(table)
		}
		from := max(c.selected(), 0)
		next := t.after(from)
		if c.state != every && c.state != filter(exchange.RowFaulty) {
			c.only(filter(exchange.RowFaulty))
		}
		c.grid.Select(strconv.Itoa(next))
		c.open(next)
		return
	}
	if c.w.behind { // the plan may still find something
		c.w.settled(c.goThrough)
		return
	}
	c.through = false
	c.w.accept()
}

// saveBad writes the rows that need mending into a book of their own.
func (d *Desk) saveBad(p *exchange.Plan) {
	d.chooseSave(titleSaveBad, badName(p.Book), func(path string) {
		d.work(sayWritingBook, func(ctx context.Context, _ func(done, total int64)) error {
			return p.WriteBad(ctx, path)
		}, func() { d.Say(titleSaved, saySavedBad(path)) })
	})
}
