package page

import (
	"path/filepath"
	"strconv"

	"touyan/store/exchange"
	"touyan/store/field"
	"touyan/ui/grid"
)

// Receipts is what became of several books taken in together: each came in as a
// batch of its own, or tells why it did not.
type Receipts struct {
	listing

	desk  *Desk
	books []exchange.Receipt
	asked int // how many were to be taken in
}

func newReceipts(d *Desk, books []exchange.Receipt, asked int) *Receipts {
	r := &Receipts{desk: d, books: books, asked: asked}
	r.Grid = grid.New([]grid.Column{
		{Name: "book", Label: headBook, Type: field.Text, Width: 230, Find: true},
		{Name: "office", Label: headUnit, Type: field.Text, Width: 130, Find: true},
		{Name: "period", Label: labelPeriod, Type: field.Code, Width: 120},
		{Name: "new", Label: countNew, Type: field.Number, Width: 60},
		{Name: "updated", Label: countUpdated, Type: field.Number, Width: 60},
		{Name: "same", Label: countSame, Type: field.Number, Width: 60},
		{Name: "conflicts", Label: countConflicts, Type: field.Number, Width: 60},
		{Name: "problems", Label: countProblems, Type: field.Number, Width: 60},
		{Name: "state", Label: headState, Type: field.Text, Width: 420},
	})
	r.Grid.OnSelect = func([]string) { r.enable() }
	r.Grid.OnOpen = func(string) { r.open() }
	r.buttons = buttons([]Choice{
		{Text: doBackToList, Do: d.Close},
		{Text: doOpenBatch, Do: r.open},
		{Text: doOpenAlone, Do: r.alone},
		{Text: doDecide, Do: func() { d.Room(RoomConflicts) }},
	})
	r.content = sheet(titleReceipts, sayReceipts(books, asked), r.buttons, r.filter(), card(r.Grid), nil)
	r.enable()
	return r
}

// Remake makes the page in another look.
func (r *Receipts) Remake() Page {
	n := newReceipts(r.desk, r.books, r.asked)
	n.Refresh()
	n.take(&r.listing)
	return n
}

// Projects says that no person stands here.
func (r *Receipts) Projects() {}

// Title is what was done.
func (r *Receipts) Title() string { return titleReceipts }

// Refresh shows the books: the page tells of a moment.
func (r *Receipts) Refresh() {
	var rows []grid.Row
	for i := range r.books {
		b := &r.books[i]
		row := grid.Row{ID: strconv.Itoa(i), Cells: []string{filepath.Base(b.Path), b.Office.Name, b.Period.String(), "", "", "", "", "", sayReceipt(b)}}
		if b.Err == nil && b.Again == "" && b.Held == "" {
			for n, count := range []int{b.New, b.Updated, b.Same, b.Conflicts, len(b.Problems)} {
				row.Cells[3+n] = strconv.Itoa(count)
			}
		}
		if b.Err != nil || b.Held != "" {
			row.Marks = map[int]grid.Mark{8: {Tone: grid.Refused, Note: sayReceipt(b)}}
		} else if b.Conflicts+len(b.Problems) > 0 {
			row.Marks = map[int]grid.Mark{8: {Tone: grid.Doubtful, Note: sayReceipt(b)}}
		}
		rows = append(rows, row)
	}
	r.fill(rows)
	r.enable()
}

func (r *Receipts) selected() *exchange.Receipt {
	ids := r.Grid.Selected()
	if len(ids) != 1 {
		return nil
	}
	i, err := strconv.Atoi(ids[0])
	if err != nil {
		return nil
	}
	return &r.books[i]
}

func (r *Receipts) enable() {
	b := r.selected()
	enable(r.buttons[1], b != nil && r.batch(b) != "")
	enable(r.buttons[2], b != nil && (b.Err != nil || b.Held != ""))
	conflicts := 0
	for i := range r.books {
		conflicts += r.books[i].Conflicts
	}
	enable(r.buttons[3], conflicts > 0)
}

// batch is the one a book came in with, now or before.
func (r *Receipts) batch(b *exchange.Receipt) string {
	if b.Again != "" {
		return b.Again
	}
	return b.Batch
}

// open shows the records of the selected book's batch.
func (r *Receipts) open() {
	if b := r.selected(); b != nil {
		if seq, ok := batchSeq(r.batch(b)); ok {
			r.desk.openPassage(rowID(seq))
		}
	}
}

// alone looks at a book that did not come in, as if it were the only one.
func (r *Receipts) alone() {
	if b := r.selected(); b != nil {
		r.desk.Receive(b.Path)
	}
}
