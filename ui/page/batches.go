package page

import (
	"fmt"
	"slices"
	"strconv"

	"touyan/store/exchange"
	"touyan/store/field"
	"touyan/ui/grid"
	"touyan/ui/theme"
)

// Batches is what came in and went out, the newest first.
type Batches struct {
	listing

	desk  *Desk
	turn  int
	lines map[string]passage
}

// NewBatches makes the page.
func NewBatches(d *Desk) *Batches {
	b := &Batches{desk: d, lines: map[string]passage{}}
	b.Grid = newBatchGrid()
	b.Grid.SetEmpty(sayNoBatches, doImport, d.ChooseBook)
	b.Grid.OnSelect = func([]string) { b.enable() }
	b.Grid.OnOpen = func(id string) { d.openPassageOf(b.lines[id]) }
	b.buttons = buttons([]Choice{
		{Text: doImport, Do: func() { d.importBelow(b.buttons[0]) }},
		{Text: doSend(d), Do: d.AskSend},
		{Text: doOpenBatch, Do: func() {
			if p, ok := b.selected(); ok {
				d.openPassageOf(p)
			}
		}},
		{Text: doUndoBatch, Do: b.undo},
		{Text: doApprove, Do: b.approve},
	})
	if d.DB.Session().User == "" {
		b.buttons[4].Hide()
	}
	b.enable()
	tells := func(column string) bool { return column == "who" }
	b.keep(d, RoomBatches, tells)
	b.Grid.OnFind = b.FocusFind
	says := words(sayBatches, theme.Current().Ink2, theme.Current().Text)
	b.Grid.OnShow = func(all, shown int) {
		says.Text = sayHowMany(RoomBatches, all, shown) + between + sayBatches
		says.Refresh()
	}
	b.content = sheetOver(titleBatches, says, b.buttons, b.barred(d, RoomBatches, batchViews(), tells), card(b.Grid), nil)
	return b
}

// newBatchGrid makes the table of books.
func newBatchGrid() *grid.Grid {
	return grid.New([]grid.Column{
		{Name: "batch", Label: headBatch, Type: field.Code, Width: 64},
		{Name: "at", Label: headAt, Type: field.Day, Width: 128},
		{Name: "op", Label: headOp, Type: field.Code, Width: 62},
		{Name: "book", Label: headBook, Type: field.Text, Width: 190, Find: true},
		{Name: "office", Label: headOffice, Type: field.Text, Width: 122, Find: true},
		{Name: "period", Label: labelPeriod, Type: field.Code, Width: 128, Find: true},
		{Name: "rows", Label: headRows, Type: field.Number, Width: 56},
		{Name: "new", Label: countNew, Type: field.Number, Width: 56},
		{Name: "updated", Label: countUpdated, Type: field.Number, Width: 56},
		{Name: "same", Label: countSame, Type: field.Number, Width: 56},
		{Name: "refused", Label: countRefused, Type: field.Number, Width: 66},
		{Name: "who", Label: headWho, Type: field.Text, Width: 72, Find: true},
		{Name: "state", Label: headState, Type: field.Text, Width: 124},
	})
}

// batchViews come with the list: what came, what went, what was taken back.
func batchViews() []grid.View {
	view := func(name, column string, values ...string) grid.View {
		return grid.View{Name: name, Filters: []grid.Filter{{Column: column, Values: values}}}
	}
	return []grid.View{
		view(viewCame, "op", verbImport, verbMerge),
		view(viewWent, "op", titleSend, opIssue),
		view(viewTakenBack, "state", sayTakenBack),
		view(sayNotApproved, "state", sayNotApproved),
	}
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

// Refresh reads the journal anew.
func (b *Batches) Refresh() {
	read(b.desk, &b.turn, passages, func(found []passage) {
		clear(b.lines)
		var rows []grid.Row
		for _, p := range found {
			p.pending = p.Batch != nil && b.desk.DB.Session().User != ""
			row := p.batchRow()
			b.lines[row.ID] = p
			rows = append(rows, row)
		}
		b.fill(rows)
		b.enable()
	})
}

// batchRow is a line of the list of batches.
func (p *passage) batchRow() grid.Row {
	_, file, count, period := p.way()
	r := grid.Row{ID: rowID(p.Seq), Cells: []string{exchange.BatchID(p.Seq), sayTime(p.At), p.Op, file, p.office, period.String(),
		strconv.Itoa(count), "", "", "", "", p.Who.Name, p.state()}}
	if b := p.Batch; b != nil {
		for i, n := range []int{b.New, b.Updated, b.Same, b.Refused} {
			r.Cells[7+i] = strconv.Itoa(n)
		}
	}
	r.Keys = slices.Clone(r.Cells)
	r.Keys[1], r.Keys[5] = momentKey(p.At), string(period)
	return r
}

func rowID(seq uint64) string { return fmt.Sprint(seq) }

// enable lets one batch be opened, and taken back that has not been yet.
func (b *Batches) enable() {
	p, ok := b.selected()
	enable(b.buttons[2], ok)
	enable(b.buttons[3], ok && !p.undone)
	b.mayApprove(p, ok)
}

func (b *Batches) selected() (p passage, ok bool) {
	ids := b.Grid.Selected()
	if len(ids) != 1 {
		return p, false
	}
	p, ok = b.lines[ids[0]]
	return p, ok
}

func (b *Batches) undo() {
	if p, ok := b.selected(); ok && !p.undone {
		b.desk.askUndoOf(p)
	}
}

// openPassage opens the book of a row that is called after its operation.
func (d *Desk) openPassage(id string) {
	read(d, &d.asking, passages, func(found []passage) {
		for _, p := range found {
			if rowID(p.Seq) == id {
				d.openPassageOf(p)
			}
		}
	})
}

// openPassageOf shows the records of a batch, or what is known of a book sent.
func (d *Desk) openPassageOf(p passage) {
	if p.Batch != nil {
		b := newBatch(d, p)
		d.Open(b)
		b.Refresh()
		return
	}
	choices := []Choice{{Text: doClose, Main: true}}
	if !p.undone {
		choices = append(choices, Choice{Text: doUndoSent(p.Op), Do: func() { d.askUndoReport(p) }})
	}
	d.Show(p.Sent.File, prose(saySentBook(&p), theme.Current().Dialog), narrow, choices...)
}

// askUndoOf asks before a batch, or a report, is taken back.
func (d *Desk) askUndoOf(p passage) {
	if p.Sent != nil {
		d.askUndoReport(p)
		return
	}
	d.askReturn(p)
}
