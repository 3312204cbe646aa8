package page

import (
	"slices"
	"strconv"

	"touyan/store"
	"touyan/store/field"
	"touyan/ui/grid"
	"touyan/ui/theme"

	"fyne.io/fyne/v2/canvas"
)

// Journal is the page of all that was ever done with the ledger, the newest
// first: operations and what was none, such as logins, failures and prints. It
// is read from the end on demand, as far as somebody scrolls. Who reads no
// record sees the heads alone.
type Journal struct {
	listing

	desk    *Desk
	turn    int
	says    *canvas.Text
	filter  journalFilter
	asked   *journalAsked
	so      journalReading
	reading bool
	rows    []grid.Row
	lines   map[string]journalLine
}

// journalPage is how many entries are read at a time at least: more than a
// screen shows, and less than anybody waits for.
const journalPage = 300

// NewJournal makes the page.
func NewJournal(d *Desk) *Journal {
	j := &Journal{desk: d, lines: map[string]journalLine{}}
	j.Grid = grid.New([]grid.Column{
		{Name: "seq", Label: headNumber, Type: field.Number, Width: 60},
		{Name: "at", Label: headAt, Type: field.Day, Width: 136},
		{Name: "who", Label: headActor, Type: field.Text, Width: 176},
		{Name: "op", Label: headOp, Type: field.Text, Width: 160},
		{Name: "object", Label: headObject, Type: field.Text, Width: 180},
		{Name: "why", Label: headDetail, Type: field.Text, Width: 140},
		{Name: "book", Label: headBook, Type: field.Text, Width: 120},
		{Name: "counts", Label: headCounts, Type: field.Text, Width: 96},
		{Name: "state", Label: headState, Type: field.Text, Width: 64},
	})
	j.Grid.Bare = true
	j.Grid.SetEmpty(sayNoEntry, "", nil)
	j.Grid.OnOpen = func(id string) { d.openEntry(j.lines[id].Seq) }
	j.Grid.OnSelect = func([]string) { j.enable() }
	j.Grid.OnEnd = func() { j.more() }
	j.buttons = buttons([]Choice{
		{Text: doSeeEntry, Do: func() { j.chosen(func(l journalLine) { d.openEntry(l.Seq) }) }},
		{Text: doUndo, Do: func() { j.chosen(func(l journalLine) { d.askUndoEntry(l.Seq) }) }},
		{Text: doVerify, Do: d.verifyLedger},
		{Text: doPrint, Do: j.print},
	})
	if !d.Reads() {
		j.buttons[1].Hide()
	}
	j.enable()
	j.says = words(sayJournal, theme.Current().Ink2, theme.Current().Text)
	j.asked = newJournalAsked(d, j.ask)
	j.keep(d, RoomJournal, func(string) bool { return true })
	j.content = sheetOver(titleJournal, j.says, j.buttons, j.asked.content, card(j.Grid), nil)
	return j
}

// Remake makes the page in another look.
func (j *Journal) Remake() Page {
	n := NewJournal(j.desk)
	n.take(&j.listing)
	n.filter = j.filter
	n.asked.show(j.filter)
	return n
}

// Projects says that what is personal is hidden here on a wall.
func (j *Journal) Projects() {}

// Title is the room's name.
func (j *Journal) Title() string { return titleJournal }

// Find looks for records whose name holds the text.
func (j *Journal) Find(text string) {
	j.asked.record.SetText(text)
	j.asked.apply()
}

// FocusFind gives the field of the record the keyboard.
func (j *Journal) FocusFind() { j.desk.Window.Canvas().Focus(j.asked.record) }

// ask shows what meets a filter.
func (j *Journal) ask(f journalFilter) {
	if f == j.filter {
		return
	}
	j.filter = f
	j.rows = nil
	j.Refresh()
}

// Refresh reads the newest anew, as far as it was read before.
func (j *Journal) Refresh() {
	j.read(journalReading{filter: j.filter, seen: j.desk.veil()}, max(journalPage, len(j.rows)), nil)
}

// more reads on. Each time there is more of it, so that the whole of a long
// journal is not set a hundred times.
func (j *Journal) more() {
	if j.reading || j.so.ended || j.so.next == 0 {
		return
	}
	j.read(j.so, max(journalPage, len(j.rows)/2), j.rows)
}

func (j *Journal) read(from journalReading, most int, rows []grid.Row) {
	j.reading = true
	read(j.desk, &j.turn, func(tx *store.Tx) (journalRead, error) { return from.on(tx, most) }, func(found journalRead) {
		if rows == nil {
			clear(j.lines)
		}
		j.so, j.rows = found.so, slices.Clip(rows)
		for _, l := range found.lines {
			row := l.row()
			j.lines[row.ID] = l
			j.rows = append(j.rows, row)
		}
		j.reading = false
		j.says.Text = sayJournalSeen(len(j.rows), found.so.ended) + between + sayJournal
		j.says.Refresh()
		j.fill(j.rows)
		j.enable()
	})
}

func (j *Journal) chosen(do func(journalLine)) {
	if ids := j.Grid.Selected(); len(ids) == 1 {
		do(j.lines[ids[0]])
	}
}

// enable lets one entry be opened, and taken back what has not been yet.
func (j *Journal) enable() {
	ids := j.Grid.Selected()
	l, ok := journalLine{}, false
	if len(ids) == 1 {
		l, ok = j.lines[ids[0]]
	}
	enable(j.buttons[0], ok)
	enable(j.buttons[1], ok && !l.undone && !l.Event)
}

// row is a line of the journal.
func (l *journalLine) row() grid.Row {
	r := grid.Row{ID: rowID(l.Seq), Cells: []string{strconv.FormatUint(l.Seq, 10), sayTime(l.At), sayActor(l.Who), l.Op, l.about, l.detail(), bookOf(&l.Entry), countsOf(&l.Entry), ""}}
	if l.undone {
		r.Cells[8] = sayTakenBack
	}
	r.Keys = slices.Clone(r.Cells)
	r.Keys[1] = momentKey(l.At)
	if sayTurned(l.Turned) != "" {
		r.Marks = map[int]grid.Mark{5: {Tone: grid.Doubtful, Note: sayTurnedLong(l.Turned)}}
	}
	return r
}

// bookOf is the file an entry is about.
func bookOf(e *store.Entry) string {
	switch {
	case e.Batch != nil:
		return e.Batch.Book
	case e.Sent != nil:
		return e.Sent.File
	}
	return ""
}

// countsOf is how much an import, a merge or a book was.
func countsOf(e *store.Entry) string {
	switch {
	case e.Batch != nil:
		return sayBatchCounts(e.Batch.New, e.Batch.Updated, e.Batch.Refused)
	case e.Sent != nil:
		return sayRowCount(e.Sent.Rows)
	}
	return ""
}
