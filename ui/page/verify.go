package page

import (
	"context"
	"path/filepath"
	"strconv"

	"touyan/store"
	"touyan/store/field"
	paper "touyan/store/sheet"
	"touyan/ui/grid"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Verified is the page of what verifying the ledger looked at and found.
type Verified struct {
	listing

	desk   *Desk
	report *store.Report
}

// verifyLedger looks at every value of the ledger and shows what it found. The
// journal says that it was done.
func (d *Desk) verifyLedger() {
	var r *store.Report
	d.work(sayVerifying, func(ctx context.Context, tell func(done, total int64)) (err error) {
		if r, err = d.DB.VerifyTelling(ctx, tell); err != nil {
			return err
		}
		return d.DB.Note(opVerify, sayVerified(len(r.Findings))+between+sayRoot(r.Head), "", d.Who)
	}, func() {
		v := newVerified(d, r)
		d.Open(v)
		v.fillFindings()
	})
}

func newVerified(d *Desk, r *store.Report) *Verified {
	v := &Verified{desk: d, report: r}
	v.Grid = grid.New([]grid.Column{
		{Name: "n", Label: headNumber, Type: field.Number, Width: 60},
		{Name: "what", Label: headFinding, Type: field.Text, Width: 900},
	})
	v.Grid.Bare = true
	v.Grid.SetEmpty(sayAllGood, "", nil)
	v.buttons = buttons([]Choice{{Text: doBackToList, Do: d.Close}, {Text: doPrintHead, Do: v.print}})
	look := theme.Current()
	says, ink := sayAllGood, look.Good
	if !r.Good() {
		says, ink = sayFound(len(r.Findings)), look.Bad
	}
	told := words(says, ink, look.Text)
	told.TextStyle.Bold = true
	facts := section(titleVerify, look.WideDialog,
		labelled(labelLookedAt, words(sayLookedAt(r), look.Ink, look.Text)),
		labelled(labelHead, words(sayHead(r.Head), look.Ink, look.Text)),
		labelled(labelRoot, heading(sayRoot(r.Head), look.Subheading)),
		labelled("", prose(sayHeadUse, look.WideDialog-12*look.Text)))
	body := fyne.CanvasObject(facts)
	if !r.Good() {
		body = container.NewBorder(facts, nil, nil, nil, card(v.Grid))
	} else {
		body = container.NewVBox(facts)
	}
	v.content = sheetOver(titleVerify, told, v.buttons, nil, body, nil)
	return v
}

func (v *Verified) fillFindings() {
	var rows []grid.Row
	for i, f := range v.report.Findings {
		n := strconv.Itoa(i + 1)
		rows = append(rows, grid.Row{ID: n, Cells: []string{n, f.String() + "。"}})
	}
	v.fill(rows)
}

// Remake makes the page in another look.
func (v *Verified) Remake() Page {
	n := newVerified(v.desk, v.report)
	n.fillFindings()
	return n
}

// Projects says that nothing of a record stands here.
func (v *Verified) Projects() {}

// Title is what was done.
func (v *Verified) Title() string { return titleVerify }

// Refresh does nothing: the page tells of a moment.
func (v *Verified) Refresh() {}

// print writes what was found and how far the journal had come.
func (v *Verified) print() {
	lines := [][]string{{labelLookedAt, sayLookedAt(v.report)}, {labelHead, sayHead(v.report.Head)}, {labelRoot, sayRoot(v.report.Head)},
		{headFinding, sayVerified(len(v.report.Findings))}}
	for _, f := range v.report.Findings {
		lines = append(lines, []string{"", f.String()})
	}
	for _, who := range []string{sayVerifier, sayWitness} {
		lines = append(lines, []string{who, ""})
	}
	v.desk.printPlain(headPaperHead, []string{headItem, headContent}, []float64{20, 76}, lines)
}

// printPlain writes a paper of plain lines, notes it in the journal and opens
// it.
func (d *Desk) printPlain(title string, heads []string, widths []float64, lines [][]string) {
	path, ok := d.printPath(title)
	if !ok {
		return
	}
	doc := plainPaper(d, title, heads, widths, lines)
	d.work(sayWritingBook, func(ctx context.Context, tell func(done, total int64)) error {
		if err := paper.Write(ctx, path, doc, func(done, total int) { tell(int64(done), int64(total)) }); err != nil {
			return err
		}
		return d.DB.Note(DoPrint, title, filepath.Base(path), d.Who)
	}, func() { d.printed(path) })
}

// print writes the entries that are shown.
func (j *Journal) print() {
	var lines [][]string
	for _, id := range j.Grid.Shown() {
		l := j.lines[id]
		row := l.row()
		lines = append(lines, row.Cells)
	}
	if len(lines) == 0 {
		j.desk.Tell(Notice{Text: sayNothingSeen})
		return
	}
	j.desk.printPlain(titleJournal, []string{headNumber, headAt, headActor, headOp, headObject, headDetail, headBook, headCounts, headState},
		[]float64{8, 18, 18, 16, 30, 24, 24, 18, 8}, lines)
}
