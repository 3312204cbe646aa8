package page

import (
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"touyan/store/field"
	paper "touyan/store/sheet"
	"touyan/ui/button"
	"touyan/ui/entry"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

// recovery shows a new recovery code, the one time there is, and asks for two of
// its groups back: a code that nobody wrote down is none.
type recovery struct {
	desk    *Desk
	groups  []string
	ask     [2]int // the groups asked for
	fields  [2]*entry.Entry
	printed string // the book with the code; gone once it is in its envelope
	then    func()
}

// ShowRecovery shows a recovery code and goes on once it is written down.
func (d *Desk) ShowRecovery(code string, then func()) {
	r := &recovery{desk: d, groups: strings.Split(code, "-"), then: then}
	at := rand.Perm(len(r.groups))[:2]
	slices.Sort(at)
	r.ask = [2]int(at)
	r.show("")
}

// show shows the code in groups.
func (r *recovery) show(wrong string) {
	look := theme.Current()
	box := container.NewVBox(paragraph(sayRecoveryCode, look.WideDialog, look.Ink))
	if wrong != "" {
		box.Add(paragraph(wrong, look.WideDialog, look.Bad))
	}
	grid := container.New(layout.NewGridLayoutWithColumns(4))
	for i, g := range r.groups {
		number := words(sayGroup(i+1), look.Ink3, look.Caption)
		text := heading(g, look.Figure)
		text.TextStyle.Monospace = true
		number.Alignment, text.Alignment = fyne.TextAlignCenter, fyne.TextAlignCenter
		grid.Add(card(container.New(layout.NewCustomPaddedLayout(look.Gap, look.Gap, look.Gap, look.Gap),
			container.New(layout.NewCustomPaddedVBoxLayout(0), number, text))))
	}
	box.Add(container.New(layout.NewCustomPaddedLayout(look.Gap, look.Gap, 0, 0), grid))
	box.Add(paragraph(sayRecoveryKeep, look.WideDialog, look.Ink2))
	box.Add(container.NewHBox(button.New(doPrintCode, r.print)))
	r.desk.Show(titleRecovery, box, wide, Choice{Text: doWritten, Main: true, Do: r.check})
}

// check asks for two groups back.
func (r *recovery) check() {
	look := theme.Current()
	box := container.NewVBox(paragraph(sayTypeGroups, look.Dialog, look.Ink2))
	var p *Panel
	for i, n := range r.ask {
		e := entry.New()
		r.fields[i] = e
		box.Add(labelled(sayGroup(n+1), e))
	}
	r.fields[0].OnSubmitted = func(string) { r.desk.Window.Canvas().Focus(r.fields[1]) }
	r.fields[1].OnSubmitted = func(string) { p.enter() }
	p = r.desk.Show(titleRecoveryCheck, box, narrow, Choice{Text: doSeeAgain, Do: func() { r.show("") }}, Choice{Text: doCheckGroups, Main: true, Do: r.compare})
	r.desk.Window.Canvas().Focus(r.fields[0])
}

// compare goes on if both groups are right, and shows the code again if not.
func (r *recovery) compare() {
	var wrong []string
	for i, n := range r.ask {
		if !strings.EqualFold(plainGroup(r.fields[i].Text), r.groups[n]) {
			wrong = append(wrong, sayGroup(n+1))
		}
	}
	if len(wrong) > 0 {
		r.show(sayGroupsWrong(wrong))
		return
	}
	if r.printed != "" {
		if err := os.Remove(r.printed); err != nil && !os.IsNotExist(err) {
			r.desk.Say(titleRecovery, sayCodeLeft(r.printed))
		}
	}
	r.then()
}

// plainGroup takes what the input method adds off a group.
func plainGroup(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		case r == ' ' || r == '　' || r == '-':
			return -1
		}
		return r
	}, text)
}

// print writes the page for the envelope and opens it. The book goes away again
// once the code is written down: who finds it has the keys.
func (r *recovery) print() {
	d := r.desk
	if r.printed != "" {
		d.OpenFile(r.printed)
		return
	}
	path, ok := d.printPath(titleRecovery)
	if !ok {
		return
	}
	lines := [][]string{}
	for i, g := range r.groups {
		lines = append(lines, []string{sayGroup(i + 1), g})
	}
	for _, l := range recoveryPaper {
		lines = append(lines, []string{l[0], l[1]})
	}
	d.work(sayWritingBook, func(ctx context.Context, _ func(done, total int64)) error {
		doc := plainPaper(d, titleRecovery, []string{headItem, headContent}, []float64{14, 44}, lines)
		return paper.Write(ctx, path, doc, nil)
	}, func() {
		r.printed = path
		d.noteEvent(DoPrint, titleRecovery)
		d.OpenFile(path)
	})
}

// DropCodes removes the pages with a code that were left when the program ended,
// or another logged in, before the code was told back.
func (d *Desk) DropCodes() {
	folder := filepath.Join(filepath.Dir(d.DB.Path()), folderPrinted)
	found, err := os.ReadDir(folder)
	if err != nil {
		return // nothing was ever printed
	}
	for _, f := range found {
		if name := f.Name(); strings.Contains(name, titleRecovery) && strings.HasSuffix(name, bookEnding) {
			os.Remove(filepath.Join(folder, name)) // one still open goes the next time
		}
	}
}

// plainPaper is a table of texts that is no list of records.
func plainPaper(d *Desk, title string, heads []string, widths []float64, lines [][]string) paper.Doc {
	f := &field.Form{Name: "paper", Title: title, Kind: "office"}
	for i, h := range heads {
		f.Columns = append(f.Columns, field.Column{Head: h, Width: widths[i], Compute: func(field.Line) string { return "" }})
	}
	s := paper.Sheet{Form: f, Kinds: d.DB.Kinds()}
	for _, cells := range lines {
		s.Lines = append(s.Lines, paper.Line{Cells: cells})
	}
	return paper.Doc{Unit: d.DB.Office().Name, Made: d.DB.Now(), Sample: d.DB.Sample(), Sheets: []paper.Sheet{s}}
}

// noteEvent notes something in the journal that changed no record.
func (d *Desk) noteEvent(op, object string) { d.noteDetail(op, object, "") }

// noteDetail is noteEvent with what only those may know who read records.
func (d *Desk) noteDetail(op, object, detail string) {
	d.running.Go(func() {
		if err := d.DB.Note(op, object, detail, d.Who); err != nil {
			d.Post(func() { d.Fail(err) })
		}
	})
}
