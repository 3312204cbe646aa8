package page

import (
	"touyan/store/field"
	"touyan/ui/button"
	"touyan/ui/grid"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
)

// sendLeaves are the four tables beside the choices of a report: what changed,
// what should be looked at, what came and went, and the numbers reported on the
// period before beside those of now. Words above them turn to each.
type sendLeaves struct {
	Grid *grid.Grid // of the leaf shown

	desk   *Desk
	leaf   int
	grids  [4]*grid.Grid
	counts [4]int
	chips  Buttons
	says   *fyne.Container // what the table shown is about, in a sentence
	since  string          // what the changes come to
	good   bool            // nothing changed
	stack  *fyne.Container
}

func newSendLeaves(d *Desk, leaf int) *sendLeaves {
	l := &sendLeaves{desk: d, leaf: leaf, says: container.NewVBox(), stack: container.NewStack()}
	l.grids[0] = grid.New([]grid.Column{
		{Name: "kind", Label: headKind, Type: field.Code, Width: 84},
		{Name: "how", Label: headHow, Type: field.Code, Width: 70},
		{Name: "name", Label: headRecord, Type: field.Text, Width: 250, Find: true},
		{Name: "fields", Label: headWhichFields, Type: field.Text, Width: 260},
	})
	l.grids[1] = grid.New([]grid.Column{
		{Name: "level", Label: headLevel, Type: field.Code, Width: 70},
		{Name: "name", Label: headRecord, Type: field.Text, Width: 180, Find: true},
		{Name: "message", Label: headSentence, Type: field.Text, Width: 460},
	})
	l.grids[2] = grid.New([]grid.Column{
		{Name: "way", Label: headWay, Type: field.Code, Width: 56},
		{Name: "period", Label: labelPeriod, Type: field.Code, Width: 120},
		{Name: "office", Label: headOffice, Type: field.Text, Width: 108},
		{Name: "holds", Label: labelWhat, Type: field.Text, Width: 108},
		{Name: "at", Label: headAt, Type: field.Day, Width: 128},
		{Name: "rows", Label: headRows, Type: field.Number, Width: 60},
		{Name: "state", Label: headState, Type: field.Text, Width: 76},
		{Name: "file", Label: headBook, Type: field.Text, Width: 300},
	})
	l.grids[3] = grid.New([]grid.Column{
		{Name: "label", Label: headFigure, Type: field.Text, Width: 330, Find: true},
		{Name: "then", Label: headThen, Type: field.Number, Width: 96},
		{Name: "now", Label: headNowIs, Type: field.Number, Width: 96},
		{Name: "differs", Label: headDiffers, Type: field.Number, Width: 96},
	})
	l.grids[3].SetEmpty(sayNotReportedYet, "", nil)
	l.grids[0].SetEmpty(sayComparing, "", nil)
	l.grids[1].SetEmpty(sayComparing, "", nil)
	l.grids[2].SetEmpty(sayNonePassed, "", nil)
	l.grids[0].OnOpen, l.grids[1].OnOpen = d.openRecordRow, d.openRecordRow
	l.grids[2].OnOpen = d.openPassage
	for i := range l.grids {
		l.chips = append(l.chips, button.New("", func() { l.turnTo(i); l.Grid.Focus() }))
	}
	l.turnTo(leaf)
	return l
}

// body2 is the words, the sentence and the table below them.
func (l *sendLeaves) body2() fyne.CanvasObject {
	look := theme.Current()
	over := container.New(layout.NewCustomPaddedLayout(0, look.Gap, 0, 0), container.NewVBox(flushLeft(l.chips.row()), l.says))
	return container.NewBorder(over, nil, nil, nil, l.stack)
}

// turnTo shows one of the tables.
func (l *sendLeaves) turnTo(i int) {
	l.leaf, l.Grid = i, l.grids[i]
	l.stack.Objects = []fyne.CanvasObject{card(l.Grid)}
	l.stack.Refresh()
	l.label()
	l.say()
}

func (l *sendLeaves) label() {
	for i, b := range l.chips {
		b.Importance = widget.LowImportance
		if i == l.leaf {
			b.Importance = widget.MediumImportance
		}
		b.SetText(sayState(leafWords[i], l.counts[i]))
	}
}

// Find narrows the table shown.
func (l *sendLeaves) Find(text string) { l.Grid.Find(text) }

// begin says that something is being read.
func (l *sendLeaves) begin() {
	l.since, l.good = sayComparing, false
	l.say()
}

// say says what the table shown is about.
func (l *sendLeaves) say() {
	line := widget.NewLabel([...]string{l.since, sayCheckLeaf, sayPastLeaf, sayFiguresLeaf}[l.leaf])
	line.Truncation = fyne.TextTruncateEllipsis
	if l.leaf == 0 && l.good {
		line.Importance = widget.SuccessImportance
	}
	l.says.Objects = []fyne.CanvasObject{flush(line)}
	l.says.Refresh()
}

// show shows what was read.
func (l *sendLeaves) show(f *sendFacts) {
	for i, rows := range [][]grid.Row{f.changes, f.problems, f.past, f.figures} {
		l.counts[i] = len(rows)
		l.grids[i].SetRows(rows)
	}
	l.counts[3] = f.differing
	l.grids[0].SetEmpty(sayNoChanges, "", nil)
	l.grids[1].SetEmpty(sayNoneToCheck, "", nil)
	l.since, l.good = sayChangedSince(f, l.desk.DB.Now()), f.whole && f.nothing
	l.label()
	l.say()
}
