package page

import (
	"errors"
	"strings"

	"touyan/store"
	"touyan/store/field"
	"touyan/ui/grid"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

// journalEntry is one entry of the journal with what it changed: the cells of
// each record before and after.
type journalEntry struct {
	listing

	desk *Desk
	seq  uint64
	turn int

	found entryFacts
	name  string
}

// entryFacts are what is read of an entry.
type entryFacts struct {
	store.Entry
	undone bool
	purged bool // what it changed is purged: nothing is left to take back
	hidden bool // who is in reads no record
	rows   []grid.Row
	more   int // records not listed
}

// returns reports whether the entry can be taken back.
func (f *entryFacts) returns() bool { return !f.undone && !f.Event && !f.purged }

// entryRecords is how many records of an operation are listed one by one; a
// batch has a page of its own.
const entryRecords = 200

// openEntry shows an entry on a page over the present one.
func (d *Desk) openEntry(seq uint64) {
	read(d, &d.asking, func(tx *store.Tx) (entryFacts, error) { return readEntry(tx, seq, d.veil()) }, func(f entryFacts) {
		e := newJournalEntry(d, f)
		d.Open(e)
		e.fill(f.rows)
	})
}

func newJournalEntry(d *Desk, f entryFacts) *journalEntry {
	e := &journalEntry{desk: d, seq: f.Seq, found: f, name: titleEntry(f.Seq)}
	e.Grid = grid.New([]grid.Column{
		{Name: "record", Label: headRecord, Type: field.Text, Width: 300, Find: true},
		{Name: "how", Label: headHow, Type: field.Code, Width: 76},
		{Name: "field", Label: headField, Type: field.Text, Width: 170, Find: true},
		{Name: "was", Label: headWas, Type: field.Text, Width: 230},
		{Name: "now", Label: headNow, Type: field.Text, Width: 230},
	})
	switch {
	case f.hidden:
		e.Grid.SetEmpty(sayHeadsOnly, "", nil)
	case f.Event:
		e.Grid.SetEmpty(sayEventEntry, "", nil)
	default:
		e.Grid.SetEmpty(sayNothingChanged, "", nil)
	}
	e.Grid.OnOpen = d.openRecordRow
	choices := []Choice{{Text: doBackToList, Do: d.Close}}
	if f.Batch != nil && !f.hidden {
		choices = append(choices, Choice{Text: doSeeBatch, Do: func() { d.openPassage(rowID(f.Seq)) }})
	}
	choices = append(choices, Choice{Text: doUndo, Do: func() { d.askUndoEntry(f.Seq) }})
	e.buttons = buttons(choices)
	enable(e.buttons[len(choices)-1], f.returns())
	e.content = sheet(e.name+between+f.Op, sayEntry(&f.Entry), e.buttons, e.facts(), card(e.Grid), nil)
	return e
}

// facts are the lines above the changes.
func (e *journalEntry) facts() fyne.CanvasObject {
	look := theme.Current()
	box := container.New(layout.NewCustomPaddedVBoxLayout(look.Space))
	add := func(label, text string) {
		if text != "" {
			box.Add(labelled(label, words(text, look.Ink, look.Text)))
		}
	}
	f := &e.found
	add(labelWhyDone, f.Why)
	add(labelObject, f.Object)
	add(labelDetail, f.Detail)
	switch {
	case f.Batch != nil:
		add(labelBook, strings.TrimSpace(f.Batch.Book+"　"+f.Batch.Sheet+"　"+f.Batch.From))
	case f.Sent != nil:
		add(labelWent, f.Sent.File)
	}
	add(labelCounts, countsOf(&f.Entry))
	if by := sayTurned(f.Turned); by != "" {
		add(labelClock, sayTurnedLong(f.Turned))
	}
	if f.undone {
		add(headState, sayTakenBack)
	}
	if f.purged {
		add(headState, sayPurgedSince)
	}
	if f.more > 0 {
		add("", sayMoreRecords(f.more))
	}
	return container.New(layout.NewCustomPaddedLayout(look.Space, 0, 0, 0), box)
}

// Remake makes the page in another look.
func (e *journalEntry) Remake() Page {
	n := newJournalEntry(e.desk, e.found)
	n.take(&e.listing)
	return n
}

// Projects says that what is personal is hidden here on a wall.
func (e *journalEntry) Projects() {}

// Title is the entry's number.
func (e *journalEntry) Title() string { return e.name }

// Refresh reads whether it was taken back meanwhile, and shows what it did as
// the screen may show it now.
func (e *journalEntry) Refresh() {
	read(e.desk, &e.turn, func(tx *store.Tx) (entryFacts, error) { return readEntry(tx, e.seq, e.desk.veil()) }, func(f entryFacts) {
		e.found = f
		enable(e.buttons[len(e.buttons)-1], f.returns())
		e.fill(f.rows)
	})
}

// readEntry reads an entry and what it changed.
func readEntry(tx *store.Tx, seq uint64, seen veil) (f entryFacts, err error) {
	there := false
	if f.Entry, there, err = tx.Entry(seq); err != nil || !there {
		return f, errors.Join(err, unlessThere(there))
	}
	by, err := tx.Undone(seq)
	if err != nil {
		return f, err
	}
	f.undone = by > 0
	if f.purged, err = tx.Purged(seq); err != nil {
		return f, err
	}
	var list []store.Past
	list, f.more, err = tx.Did(seq, entryRecords)
	if errors.Is(err, store.ErrNoRight) {
		f.hidden = true
		return f, nil
	}
	if err != nil {
		return f, err
	}
	for _, p := range list {
		f.add(tx, p, seen)
	}
	return f, nil
}

func unlessThere(there bool) error {
	if there {
		return nil
	}
	return store.ErrNoBatch
}

// add tells of one record.
func (f *entryFacts) add(tx *store.Tx, p store.Past, seen veil) {
	k := tx.Kinds().Kind(p.Kind)
	if k == nil {
		return
	}
	name := strings.TrimSpace(k.Label + " " + tx.Name(p.Kind, p.ID))
	how := countUpdated
	switch {
	case p.Created:
		how = countNew
	case p.Removed:
		how = wordRemoved
	}
	line := func(label, was, now string) {
		f.rows = append(f.rows, grid.Row{ID: recordRow(p.Kind, p.ID) + "#" + rowID(uint64(len(f.rows))), Cells: []string{name, how, label, was, now}})
	}
	for _, c := range p.Cells {
		fd := k.Field(c.Name)
		was, now := seen.past(fd, c.Was, c.WasText), seen.past(fd, c.Now, c.NowText)
		if len(c.Beside) > 0 {
			now += sayBeside(seen.beside(fd, c.Beside))
		}
		line(c.Label, was, now)
	}
	if len(p.Cells) == 0 {
		line(sayWholeRecord, "", "")
	}
}

// noRight leaves out that who is in may not read what something is about.
func noRight(err error) error {
	if errors.Is(err, store.ErrNoRight) {
		return nil
	}
	return err
}

// askUndoEntry asks before an operation is taken back: of a batch with all that
// goes back, of a book with what it was.
func (d *Desk) askUndoEntry(seq uint64) {
	if !d.Reads() {
		d.Fail(store.ErrNoRight)
		return
	}
	read(d, &d.asking, func(tx *store.Tx) (p passage, err error) {
		there := false
		if p.Entry, there, err = tx.Entry(seq); err != nil || !there {
			return p, errors.Join(err, unlessThere(there))
		}
		by, err := tx.Undone(seq)
		p.undone = by > 0
		return p, err
	}, func(p passage) {
		switch {
		case p.undone:
			d.Say(titleFailed, sayUndoneBefore("“"+p.Op+"”"))
		case p.Batch != nil || p.Sent != nil:
			d.askUndoOf(p)
		default:
			d.Show(doUndo+"“"+p.Op+"”", prose(sayUndoEntry(p.Op), theme.Current().Dialog), narrow,
				Choice{Text: doCancel}, Choice{Text: doUndoNamed(p.Op), Main: true, Do: func() { d.UndoOperation(Operation{Seq: p.Seq, Name: p.Op}) }})
		}
	})
}
