package page

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"touyan/store/paper"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

// Dropper is a page that takes in files dropped on the window. It returns those
// that are not for it.
type Dropper interface{ Drop(paths []string) []string }

// paperEndings are the files offered as papers; another is told why not.
var paperEndings = []string{".jpg", ".jpeg", ".png", ".pdf"}

// IsPaper reports whether a file may be meant as a paper, by its name.
func IsPaper(path string) bool {
	return slices.Contains(paperEndings, strings.ToLower(filepath.Ext(path)))
}

// isBook reports whether a file is meant to be imported, by its name.
func isBook(path string) bool {
	return slices.Contains(bookEndings, strings.ToLower(filepath.Ext(path)))
}

// TellWherePapersGo says where photos are dropped.
func (d *Desk) TellWherePapersGo() { d.Tell(Notice{Text: sayDropElsewise}) }

// Drop attaches what is no book.
func (x *Dossier) Drop(paths []string) (rest []string) {
	if x.papers == nil {
		return paths
	}
	var mine []string
	for _, p := range paths {
		if isBook(p) || isCompanion(p) {
			rest = append(rest, p)
		} else {
			mine = append(mine, p)
		}
	}
	switch {
	case len(mine) == 0:
	case x.desk.Busy():
		x.desk.Tell(Notice{Text: sayBusy})
	default:
		x.papers.attach(mine)
	}
	return rest
}

func (l *papersLeaf) owner() paper.Owner {
	if l.of.village != nil {
		return paper.Owner{Village: l.of.id}
	}
	return paper.Owner{Person: l.of.id}
}

func (l *papersLeaf) choose() {
	l.of.desk.chooseOpen(titleChoosePaper, paperEndings, func(path string) { l.attach([]string{path}) })
}

// attach takes files in, each with its own verdict.
func (l *papersLeaf) attach(paths []string) {
	d := l.of.desk
	var list []paper.Verdict
	d.work(sayAttaching, func(ctx context.Context, tell func(done, total int64)) (err error) {
		list, err = paper.Attach(ctx, d.DB, d.Who, l.owner(), paths, tell)
		return err
	}, func() {
		l.of.tabs.to(leafPapers)
		d.tellAttached(list)
	})
}

// tellAttached tells what became of the files: at the foot, if all went well.
func (d *Desk) tellAttached(list []paper.Verdict) {
	var titles, lines []string
	o := Operation{Name: paper.OpAttach}
	for _, v := range list {
		if v.Err != nil {
			lines = append(lines, sentence(v.Err))
			continue
		}
		titles, lines, o.Seq = append(titles, v.Title), append(lines, v.Warnings...), v.Seq
	}
	if len(titles) > 0 {
		d.Tell(Notice{Text: sayAttached(titles), Choices: []Choice{{Text: doUndo, Do: func() { d.UndoOperation(o) }}}})
	}
	if len(lines) == 0 {
		return
	}
	d.Show(titleVerdicts, findingsBody(sayVerdicts(len(titles), len(list)-len(titles)), lines), wide, Choice{Text: doUnderstood, Main: true})
}

// findingsBody is a sentence with findings below it, each begun by a dot.
func findingsBody(says string, lines []string) fyne.CanvasObject {
	look := theme.Current()
	box := container.New(layout.NewCustomPaddedVBoxLayout(look.Gap))
	for _, text := range lines {
		mark := container.NewVBox(least(dot(look.Warn), fyne.NewSize(look.Margin, look.Text*1.4)))
		box.Add(container.NewBorder(nil, nil, mark, nil, paragraph(text, look.WideDialog-look.Margin-2*look.Gap, look.Ink)))
	}
	height := min(box.MinSize().Height+look.Gap, 14*look.Row)
	head := container.New(layout.NewCustomPaddedLayout(0, look.Gap, 0, 0), paragraph(says, look.WideDialog, look.Ink2))
	return container.NewBorder(head, nil, nil, nil, least(container.NewVScroll(box), fyne.NewSize(look.WideDialog, height)))
}

// mostListed is how many findings of a check a panel lists.
const mostListed = 200

// check reads every file of the ledger's papers and tells what is not as it
// should be.
func (l *papersLeaf) check() {
	d := l.of.desk
	var r *paper.Report
	d.work(sayChecking, func(ctx context.Context, tell func(done, total int64)) (err error) {
		r, err = paper.Check(ctx, d.DB, tell)
		return err
	}, func() {
		if len(r.Wrong)+len(r.Orphans) == 0 {
			d.Say(titleChecked, sayAllWhole(r.Files, r.Bytes, r.Closed))
			return
		}
		d.tellChecked(r)
	})
}

func (d *Desk) tellChecked(r *paper.Report) {
	body := container.NewVBox()
	add := func(says string, lines []string) {
		if n := len(lines) - mostListed; n > 0 {
			lines = append(lines[:mostListed:mostListed], sayMore(n))
		}
		body.Add(findingsBody(says, lines))
	}
	var wrong, orphans []string
	for _, w := range r.Wrong {
		wrong = append(wrong, sentence(w.Err))
	}
	for _, o := range r.Orphans {
		orphans = append(orphans, sayOrphan(o.Name, o.Why))
	}
	if len(wrong) > 0 {
		add(sayNotWhole(len(wrong), r.Files), wrong)
	}
	choices := []Choice{{Text: doUnderstood, Main: len(orphans) == 0}}
	if len(orphans) > 0 {
		add(sayOrphans(len(orphans)), orphans)
		choices = append(choices, Choice{Text: doSetAside, Do: func() { d.setAside(r.Orphans) }})
	}
	d.Show(titleChecked, body, wide, choices...)
}

// setAside moves what belongs to no paper out of the way.
func (d *Desk) setAside(list []paper.Orphan) {
	var moved []string
	d.work(sayChecking, func(context.Context, func(done, total int64)) (err error) {
		moved, err = paper.SetAside(d.DB, d.Who, list)
		return err
	}, func() { d.Tell(Notice{Text: sayAside(len(moved))}) })
}
