package page

import (
	"slices"
	"strconv"
	"time"

	"touyan/store"
	"touyan/store/exchange"
	"touyan/store/field"
	"touyan/ui/grid"
	"touyan/ui/theme"
)

// Journal is the page of all that was ever done with the ledger, the newest
// first: operations and what was none, such as logins, failures and prints. Who
// reads no record sees the heads alone.
type Journal struct {
	listing

	desk *Desk
	turn int
}

// NewJournal makes the page.
func NewJournal(d *Desk) *Journal {
	j := &Journal{desk: d}
	j.Grid = grid.New([]grid.Column{
		{Name: "seq", Label: headNumber, Type: field.Number, Width: 64},
		{Name: "at", Label: headAt, Type: field.Day, Width: 140},
		{Name: "op", Label: headOp, Type: field.Text, Width: 130, Find: true},
		{Name: "who", Label: headActor, Type: field.Text, Width: 110, Find: true},
		{Name: "role", Label: labelRoles, Type: field.Text, Width: 200},
		{Name: "object", Label: headObject, Type: field.Text, Width: 320, Find: true},
		{Name: "turned", Label: headClock, Type: field.Text, Width: 110},
	})
	j.Grid.OnFind = j.FocusFind
	tells := func(column string) bool { return column == "who" || column == "object" }
	j.keep(d, RoomJournal, tells)
	says := words(sayJournal, theme.Current().Ink2, theme.Current().Text)
	j.Grid.OnShow = func(all, shown int) {
		says.Text = sayHowMany(RoomJournal, all, shown) + between + sayJournal
		says.Refresh()
	}
	j.content = sheetOver(titleJournal, says, j.buttons, j.barred(d, RoomJournal, nil, tells), card(j.Grid), nil)
	return j
}

// Remake makes the page in another look.
func (j *Journal) Remake() Page {
	n := NewJournal(j.desk)
	n.take(&j.listing)
	return n
}

// Title is the room's name.
func (j *Journal) Title() string { return titleJournal }

// Refresh reads the journal anew.
func (j *Journal) Refresh() {
	read(j.desk, &j.turn, func(tx *store.Tx) (rows []grid.Row, err error) {
		for e, err := range tx.Journal() {
			if err != nil {
				return nil, err
			}
			rows = append(rows, journalRow(&e))
		}
		return rows, nil
	}, j.fill)
}

// journalRow is a line of the journal.
func journalRow(e *store.Entry) grid.Row {
	r := grid.Row{ID: rowID(e.Seq), Cells: []string{strconv.FormatUint(e.Seq, 10), sayTime(e.At), e.Op, e.Who.Name, e.Who.Role, objectOf(e), sayTurned(e.Turned)}}
	r.Keys = slices.Clone(r.Cells)
	r.Keys[1] = momentKey(e.At)
	return r
}

// objectOf is what an entry is about, as far as who is in may know.
func objectOf(e *store.Entry) string {
	switch {
	case e.Object != "":
		return e.Object
	case e.Undid > 0:
		return exchange.BatchID(e.Undid)
	case e.Batch != nil:
		return exchange.BatchID(e.Seq) + " " + e.Batch.Book
	case e.Sent != nil:
		return e.Sent.File
	}
	return e.Why
}

// turnedLeast is from when on a clock that was turned is worth a word.
const turnedLeast = time.Minute

func sayTurned(by time.Duration) string {
	if by.Abs() < turnedLeast {
		return ""
	}
	return sayClockTurned(by)
}
