package page

import (
	"fmt"
	"strconv"

	"touyan/store"
	"touyan/store/exchange"
	"touyan/store/field"
	"touyan/ui/grid"
)

// Batches is what came in and went out, the newest first.
type Batches struct {
	listing

	desk   *Desk
	turn   int
	undoes map[string]uint64 // rows that can be taken back
}

// NewBatches makes the page.
func NewBatches(d *Desk) *Batches {
	b := &Batches{desk: d, undoes: map[string]uint64{}}
	b.Grid = grid.New([]grid.Column{
		{Name: "batch", Label: headBatch, Type: field.Code, Width: 72},
		{Name: "at", Label: headAt, Type: field.Day, Width: 134},
		{Name: "op", Label: headOp, Type: field.Code, Width: 66},
		{Name: "book", Label: headBook, Type: field.Text, Width: 226},
		{Name: "office", Label: headOffice, Type: field.Text, Width: 132},
		{Name: "rows", Label: headRows, Type: field.Number, Width: 60},
		{Name: "new", Label: countNew, Type: field.Number, Width: 60},
		{Name: "updated", Label: countUpdated, Type: field.Number, Width: 60},
		{Name: "same", Label: countSame, Type: field.Number, Width: 60},
		{Name: "refused", Label: countRefused, Type: field.Number, Width: 72},
		{Name: "who", Label: headWho, Type: field.Text, Width: 90},
		{Name: "state", Label: headState, Type: field.Text, Width: 90},
	})
	b.Grid.SetEmpty(sayNoBatches, doImport, d.ChooseBook)
	b.Grid.OnSelect = func([]string) { b.enable() }
	b.buttons = buttons([]Choice{
		{Text: doImport, Do: func() { d.importBelow(b.buttons[0]) }},
		{Text: doSend, Do: d.AskSend},
		{Text: doUndoBatch, Do: b.undo},
	})
	b.enable()
	b.keep(d, RoomBatches, nil)
	b.content = sheet(titleBatches, sayBatches, b.buttons, b.filter(), card(b.Grid), nil)
	return b
}

// Remake makes the page in another look.
func (b *Batches) Remake() Page {
	n := NewBatches(b.desk)
	n.take(&b.listing)
	return n
}

// Projects says that no person stands here.
func (b *Batches) Projects() {}

// Title is the room's name.
func (b *Batches) Title() string { return titleBatches }

// batchRow is one line, and whether it can be taken back.
type batchRow struct {
	row  grid.Row
	seq  uint64
	undo bool
}

// Refresh reads the journal anew.
func (b *Batches) Refresh() {
	read(b.desk, &b.turn, batchRows, func(found []batchRow) {
		clear(b.undoes)
		var rows []grid.Row
		for _, r := range found {
			rows = append(rows, r.row)
			if r.undo {
				b.undoes[r.row.ID] = r.seq
			}
		}
		b.fill(rows)
		b.enable()
	})
}

// batchRows lists the operations that took books in or sent them. An undoing
// that was itself undone does not count.
func batchRows(tx *store.Tx) ([]batchRow, error) {
	undone := map[uint64]bool{}
	var out []batchRow
	for e, err := range tx.Journal() {
		switch {
		case err != nil:
			return nil, err
		case e.Undid > 0 && !undone[e.Seq]:
			undone[e.Undid] = true
		case e.Batch != nil:
			out = append(out, batchRow{row: receivedRow(e, undone[e.Seq]), seq: e.Seq, undo: !undone[e.Seq]})
		case e.Sent != nil && e.Sent.To != "":
			out = append(out, batchRow{row: grid.Row{ID: rowID(e.Seq), Cells: []string{exchange.BatchID(e.Seq), sayTime(e.At), e.Op,
				e.Sent.File, addressee(tx, e.Sent.To), strconv.Itoa(e.Sent.Rows), "", "", "", "", e.Who.Name, ""}}})
		}
	}
	return out, nil
}

// addressee names an office a book was sent to. One above ours that the ledger
// has no record of is called by its level, as it was when the book was sent.
func addressee(tx *store.Tx, code string) string {
	for _, word := range []string{"own", "county", "city", code} {
		if o, err := exchange.Addressee(tx, word); err == nil && o.Code == code {
			return o.Name
		}
	}
	return code
}

func receivedRow(e store.Entry, undone bool) grid.Row {
	b := e.Batch
	r := grid.Row{ID: rowID(e.Seq), Cells: []string{exchange.BatchID(e.Seq), sayTime(e.At), e.Op, b.Book, b.From,
		strconv.Itoa(b.Rows), strconv.Itoa(b.New), strconv.Itoa(b.Updated), strconv.Itoa(b.Same), strconv.Itoa(b.Refused), e.Who.Name, ""}}
	if undone {
		r.Cells[len(r.Cells)-1] = sayTakenBack
	}
	return r
}

func rowID(seq uint64) string { return fmt.Sprint(seq) }

// enable lets one batch be taken back that has not been yet.
func (b *Batches) enable() {
	undo := b.buttons[len(b.buttons)-1]
	if _, ok := b.selected(); ok {
		undo.Enable()
	} else {
		undo.Disable()
	}
}

func (b *Batches) selected() (seq uint64, ok bool) {
	ids := b.Grid.Selected()
	if len(ids) != 1 {
		return 0, false
	}
	seq, ok = b.undoes[ids[0]]
	return seq, ok
}

func (b *Batches) undo() {
	if seq, ok := b.selected(); ok {
		b.desk.Undo(seq)
	}
}
