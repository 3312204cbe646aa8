package page

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strconv"

	"touyan/store/exchange"
	"touyan/ui/grid"
)

// mended is what a person did to a row of the book.
type mended struct {
	table, row int
	texts      map[int]*string // by column of the form; nil: as the book says again
	out        *bool           // left out, or not any more
}

// rowHeld is the state of a row that was mended and is being held against the
// ledger again.
const rowHeld exchange.RowState = 255

// apply mends the book.
func (m *mended) apply(b *exchange.Book) error {
	for column, text := range m.texts {
		if text == nil {
			b.Restore(m.table, m.row, column)
		} else if err := b.Mend(m.table, m.row, column, *text); err != nil {
			return err
		}
	}
	if m.out != nil {
		return b.LeaveOut(m.table, m.row, *m.out)
	}
	return nil
}

// show shows the row as it will most likely be, before the plan knows.
func (m *mended) show(t *reviewed) {
	state, word := rowHeld, wordHeld
	if m.out != nil && *m.out {
		state, word = exchange.RowSkipped, exchange.RowSkipped.String()
	}
	row := t.rows[m.row]
	row.Cells, row.Marks = slices.Clone(row.Cells), maps.Clone(row.Marks)
	row.Cells[1] = word
	delete(row.Marks, 1)
	for i, c := range t.columns {
		text, typed := m.texts[c.Column]
		if !typed || text == nil {
			continue
		}
		shown, found := readText(c.Field, *text)
		if found != nil && !found.Warning {
			shown = *text
		}
		row.Cells[ownColumns+i] = shown
		if row.Marks == nil {
			row.Marks = map[int]grid.Mark{}
		}
		row.Marks[ownColumns+i] = grid.Mark{Tone: grid.Changed}
	}
	t.rows[m.row] = row
	t.counts[t.states[m.row]]--
	t.counts[state]++
	t.states[m.row] = state
}

// replanning holds a book that is being mended against the ledger, beside the
// UI thread and as often as it must: a book of twenty thousand rows takes more
// than a second, and nobody waits for it. Meanwhile the UI thread may not touch
// the book: rows with a problem are kept to be opened.
type replanning struct {
	todo    []mended      // not yet in the book
	holding bool          // the book is being held against the ledger
	behind  bool          // the book was mended and the plan knows nothing of it yet
	held    chan struct{} // closed when what goes on is posted
}

// mend takes what a person did to rows: it shows at once.
func (w *Wizard) mend(all ...mended) {
	for i := range all {
		all[i].show(&w.tables[all[i].table])
	}
	w.todo = append(w.todo, all...)
	w.replan()
}

// replan begins to hold the book against the ledger, if nothing does already.
func (w *Wizard) replan() {
	w.behind = true
	if w.holding {
		return
	}
	todo, held := w.todo, make(chan struct{})
	w.todo, w.holding, w.held = nil, true, held
	next := reading{book: w.book, sheets: w.sheets}
	w.desk.running.Go(func() {
		defer close(held)
		var err error
		for i := range todo {
			err = errors.Join(err, todo[i].apply(next.book))
		}
		if err == nil {
			err = next.hold(context.Background(), w.desk.DB)
		}
		w.desk.Post(func() { w.replanned(&next, err) })
	})
}

// replanned shows the plan made anew, and goes on if the book was mended again
// meanwhile.
func (w *Wizard) replanned(r *reading, err error) {
	w.holding = false
	if err != nil {
		w.desk.Fail(err)
		return
	}
	w.reading, w.behind = r, false
	for i := range w.todo {
		w.todo[i].show(&w.tables[w.todo[i].table])
	}
	if len(w.todo) > 0 {
		w.replan()
	}
	if w.check != nil && w.at == atRows {
		w.check.refill()
	}
}

// settled does something once the plan knows all that was mended. A person who
// has to wait is told, and may go on mending instead.
func (w *Wizard) settled(then func()) {
	switch {
	case w.behind && !w.holding:
		w.replan()
	case !w.holding:
		then()
		return
	}
	held := w.held
	w.desk.Attempt(sayHolding, func(ctx context.Context, _ func(done, total int64)) error {
		select {
		case <-held:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}, func(err error) {
		if w.check != nil && (err != nil || w.behind && !w.holding) {
			w.check.through = false // to accept is another word, to be given again
		}
		switch {
		case err != nil:
			w.desk.Tell(Notice{Text: sayMendsKept})
		case w.behind && !w.holding: // it went wrong, and that was told
		default:
			w.settled(then)
		}
	})
}

// rowFor is a row for review; ok is false while only the plan that is being made
// could tell.
func (w *Wizard) rowFor(table, n int) (row exchange.ReviewRow, ok bool) {
	t := &w.tables[table]
	if t.states[n] == rowHeld {
		return row, false
	}
	if w.holding {
		row, ok = t.faulty[n]
		return row, ok && t.states[n] == exchange.RowFaulty
	}
	return w.plan.Row(exchange.RowAt{Table: table, Row: n}, t.columns), true
}

// mostFaulty is how many rows with a problem are kept to be opened while the
// book is held against the ledger.
const mostFaulty = 1000

// refill shows the plan made anew where a person is. What is selected stays.
func (c *checking) refill() {
	if c.tables != nil {
		names := make([]string, len(c.w.tables))
		for i := range c.w.tables {
			names[i] = c.w.tables[i].name
		}
		c.tables.Options = names
	}
	if c.state == filter(exchange.RowFaulty) && c.w.tables[c.table].counts[exchange.RowFaulty] == 0 && c.w.desk.Panel() == nil {
		at := c.last
		c.state = every
		c.fill()
		c.grid.Select(strconv.Itoa(at))
		return
	}
	c.fill()
}
