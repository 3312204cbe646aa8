package page

import (
	"slices"
	"strconv"
	"strings"

	"touyan/store"
	"touyan/store/field"
	"touyan/ui/grid"
)

// Batch is one book that came in: the records it made and the cells it changed.
type Batch struct {
	listing

	desk    *Desk
	turn    int
	passage passage
}

func newBatch(d *Desk, p passage) *Batch {
	b := &Batch{desk: d, passage: p}
	b.Grid = grid.New([]grid.Column{
		{Name: "name", Label: headRecord, Type: field.Text, Width: 220, Find: true},
		{Name: "kind", Label: headKind, Type: field.Code, Width: 84},
		{Name: "how", Label: headHow, Type: field.Code, Width: 70},
		{Name: "field", Label: headField, Type: field.Text, Width: 160, Find: true},
		{Name: "was", Label: headWas, Type: field.Text, Width: 200},
		{Name: "now", Label: headNow, Type: field.Text, Width: 200},
		{Name: "later", Label: headLaterOp, Type: field.Text, Width: 150},
	})
	b.Grid.SetEmpty(sayNothingChanged, "", nil)
	b.Grid.OnOpen = d.openRecordRow
	b.Grid.OnFind = b.FocusFind
	b.buttons = buttons([]Choice{
		{Text: doBackToList, Do: d.Close},
		{Text: doUndoBatch, Do: func() { d.askUndoOf(b.passage) }},
	})
	enable(b.buttons[1], !p.undone)
	b.content = sheet(sayBatchTitle(&p), sayBatch(&p), b.buttons, b.filter(), card(b.Grid), nil)
	return b
}

// Remake makes the page in another look.
func (b *Batch) Remake() Page {
	n := newBatch(b.desk, b.passage)
	n.take(&b.listing)
	return n
}

// Projects says that what is personal is hidden here on a wall.
func (b *Batch) Projects() {}

// Title is the name of the book.
func (b *Batch) Title() string { return b.passage.Batch.Book }

// Refresh reads what the book did, and whether it was taken back meanwhile.
func (b *Batch) Refresh() {
	read(b.desk, &b.turn, func(tx *store.Tx) (returning, error) { return b.desk.returns(tx, b.passage.Seq) }, func(r returning) {
		b.passage.undone = r.Undone
		enable(b.buttons[1], !r.Undone)
		b.fill(r.rows)
	})
}

// returning is what undoing a batch would do, in words: a line for each record
// it made and for each cell it changed.
type returning struct {
	store.Return
	rows     []grid.Row
	made     int // records that go
	cells    int // cells that go back
	disputes int // cells in conflict since
}

// returns reads what undoing a batch would do. It runs beside the UI thread.
func (d *Desk) returns(tx *store.Tx, seq uint64) (out returning, err error) {
	if out.Return, err = tx.Return(seq); err != nil {
		return out, err
	}
	names := nameBook{tx: tx, known: map[string]string{}, seen: d.veil()}
	later := map[string]string{}
	for _, l := range out.Later {
		later[recordRow(l.Kind, l.ID)+"."+l.Field] = l.Op
	}
	for _, c := range out.Changes {
		if err := out.add(&names, c, later); err != nil {
			return out, err
		}
	}
	return out, nil
}

// add tells of one record.
func (r *returning) add(names *nameBook, c store.Change, later map[string]string) error {
	k := names.tx.Kinds().Kind(c.Kind)
	if k == nil {
		return nil
	}
	id, name := recordRow(c.Kind, c.ID), names.tx.Name(c.Kind, c.ID)
	if name == "" {
		name = sayTakenAway // the batch was taken back
	}
	line := func(how, label, was, now, again string) {
		if r.Undone {
			how = sayTakenBack
		}
		r.rows = append(r.rows, grid.Row{ID: id + "#" + strconv.Itoa(len(r.rows)), Cells: []string{name, k.Label, how, label, was, now, again}})
	}
	if c.Created {
		r.made++
		line(countNew, sayWholeRecord, "", "", later[id+"."])
		return nil
	}
	row, _, err := names.tx.Row(c.Kind, c.ID)
	if err != nil {
		return err
	}
	fields := make([]string, 0, len(c.Was))
	for f := range c.Was {
		fields = append(fields, f)
	}
	slices.SortFunc(fields, func(a, b string) int { return k.Index(a) - k.Index(b) })
	for _, n := range fields {
		how, again := countUpdated, later[id+"."+n]
		// A cell that says what it said has another value beside it.
		if f := k.Field(n); f != nil && c.Was[n] == k.Value(row, n) && again == "" && !r.Undone {
			how = wordConflict
			r.disputes++
		} else {
			r.cells++
		}
		label, was, now := wordVoided, strings.TrimSpace(c.Was[n]), row.Void
		if f := k.Field(n); f != nil {
			label, was, now = f.Label, names.show(f, c.Was[n]), names.show(f, k.Value(row, n))
		}
		line(how, label, was, now, again)
	}
	return nil
}
