package page

import (
	"context"

	"touyan/store"
	"touyan/store/field"
	"touyan/ui/grid"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

// returnRows is how many lines of what goes back are seen at once.
const returnRows = 11

// askReturn shows what undoing a batch would do, and asks.
func (d *Desk) askReturn(p passage) {
	var back returning
	d.Attempt(sayLookingBatch, func(context.Context, func(done, total int64)) error {
		return d.DB.View(func(tx *store.Tx) (err error) {
			back, err = d.returns(tx, p.Seq)
			return err
		})
	}, func(err error) {
		switch {
		case err != nil:
			d.Fail(err)
		case back.Undone:
			d.Say(titleFailed, sayUndoneBefore(stepBatch))
		default:
			d.showReturn(p, &back)
		}
	})
}

func (d *Desk) showReturn(p passage, back *returning) {
	look := theme.Current()
	g := grid.New([]grid.Column{
		{Name: "name", Label: headRecord, Type: field.Text, Width: 176, Find: true},
		{Name: "kind", Label: headKind, Type: field.Code, Width: 76},
		{Name: "field", Label: headField, Type: field.Text, Width: 120},
		{Name: "now", Label: headNow, Type: field.Text, Width: 150},
		{Name: "then", Label: headAfter, Type: field.Text, Width: 150},
		{Name: "later", Label: headLaterOp, Type: field.Text, Width: 120},
	})
	var rows []grid.Row
	for _, r := range back.rows {
		then, now := r.Cells[4], r.Cells[5]
		if r.Cells[2] == countNew {
			now, then = sayMadeThen, sayGoes(back.Sent)
		}
		if r.Cells[2] == wordConflict {
			then = sayConflictGoes
		}
		if then == "" {
			then = sayBlank
		}
		row := grid.Row{ID: r.ID, Cells: []string{r.Cells[0], r.Cells[1], r.Cells[3], now, then, r.Cells[6]}}
		if r.Cells[6] != "" {
			row.Cells[4] = sayStays
			row.Marks = map[int]grid.Mark{5: {Tone: grid.Doubtful}}
		}
		rows = append(rows, row)
	}
	g.SetEmpty(sayNothingChanged, "", nil)
	g.SetRows(rows)
	text := container.New(layout.NewCustomPaddedLayout(0, look.Gap, 0, 0), sentences(sayReturn(back), look.WideDialog, look.Ink))
	body := container.NewBorder(text, nil, nil, nil, least(card(g), fyne.NewSize(look.WideDialog, returnRows*look.Row)))
	undo := Choice{Text: doUndoNamed(p.Batch.Book), Main: true, Do: func() { d.undo(step{p.Seq, stepBatch}, false) }}
	if len(back.Later) > 0 {
		undo = Choice{Text: doKeepLater, Main: true, Do: func() { d.undo(step{p.Seq, stepBatch}, true) }}
	}
	d.Show(titleUndo(p.Seq), body, wide, Choice{Text: doCancel}, undo)
}

// askUndoReport asks before a report counts no more.
func (d *Desk) askUndoReport(p passage) {
	d.Show(doUndoSent(p.Op), prose(sayUndoReport(p.Sent.File), theme.Current().Dialog), narrow,
		Choice{Text: doCancel}, Choice{Text: doUndoNamed(p.Sent.File), Main: true, Do: func() { d.undo(step{p.Seq, stepSent(p.Op)}, false) }})
}
