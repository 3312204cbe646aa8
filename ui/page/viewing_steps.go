package page

import (
	"context"
	"path/filepath"

	"touyan/store/disk"
	"touyan/store/paper"
	"touyan/ui/theme"
)

// edit opens the record of the paper.
func (v *Viewing) edit() {
	if k := v.desk.DB.Kinds().Kind("paper"); k != nil && len(v.list) > 0 {
		v.desk.openRecord(k, v.id)
	}
}

// replace puts another file in the place of the paper's.
func (v *Viewing) replace() {
	d, id := v.desk, v.id
	d.chooseOpen(titleChoosePaper, paperEndings, func(path string) {
		var done paper.Verdict
		d.work(sayReplacing, func(ctx context.Context, _ func(done, total int64)) (err error) {
			done, err = paper.Replace(ctx, d.DB, d.Who, id, path)
			return err
		}, func() {
			o := Operation{done.Seq, paper.OpReplace}
			d.Tell(Notice{Text: sayFileReplaced(done.Title), Choices: []Choice{{Text: doUndo, Do: func() { d.UndoOperation(o) }}}})
			if len(done.Warnings) > 0 {
				d.Show(titleVerdicts, findingsBody(sayFileReplaced(done.Title), done.Warnings), wide, Choice{Text: doUnderstood, Main: true})
			}
		})
	})
}

// void asks why the paper no longer counts.
func (v *Viewing) void() {
	if len(v.list) > 0 {
		v.desk.askVoidPaper(v.id, v.list[v.at].title, v.Focus)
	}
}

// copyName is a name for an open copy.
func (v *Viewing) copyName() string {
	return disk.FileName(v.list[v.at].title + paper.Ending(v.list[v.at].kind))
}

// export asks whether an open copy is meant, and where it goes.
func (v *Viewing) export() {
	if len(v.list) == 0 {
		return
	}
	d, id, name := v.desk, v.id, v.copyName()
	d.Show(titleExport, prose(sayExportAs, theme.Current().Dialog), narrow, Choice{Text: doCancel, Do: v.Focus}, Choice{Text: doExportAs, Main: true, Do: func() {
		d.chooseSave(titleExport, name, func(path string) { d.exportPaper(id, path, func() {}) })
	}})
}

// openOutside asks whether an open copy is meant, and shows it in the program
// the system has for it.
func (v *Viewing) openOutside() {
	if len(v.list) == 0 {
		return
	}
	d, id, name := v.desk, v.id, v.copyName()
	d.Show(titleExport, prose(sayExportOpen(folderPrinted), theme.Current().Dialog), narrow, Choice{Text: doCancel, Do: v.Focus}, Choice{Text: doExportOpen, Main: true, Do: func() {
		path, ok := d.printedAs(name)
		if !ok {
			return
		}
		d.exportPaper(id, path, func() { d.OpenFile(path) })
	}})
}

// exportPaper writes an open copy.
func (d *Desk) exportPaper(id, path string, then func()) {
	d.work(sayExporting, func(context.Context, func(done, total int64)) error { return paper.Export(d.DB, d.Who, id, path) }, func() {
		d.Tell(Notice{Text: sayExported(filepath.Base(path)), Choices: []Choice{{Text: doOpenFolder, Do: func() { d.OpenFile(filepath.Dir(path)) }}}})
		then()
	})
}
