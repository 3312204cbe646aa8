package page

import (
	"errors"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/paper"
	"touyan/store/work"
)

// askVoid asks why the record no longer counts, once what is typed is saved, and
// tells what goes with it.
func (x *Dossier) askVoid() {
	x.Leave(func() { x.desk.askVoid(x.kind, x.id, x.Title(), x.Focus) })
}

func (d *Desk) askVoid(kind *field.Kind, id, name string, cancelled func()) {
	v := work.Voiding{Kind: kind.Name, ID: id}
	type found struct {
		with    map[string]int
		refused *field.Problem
	}
	read(d, &d.asking, func(tx *store.Tx) (f found, err error) {
		f.with, err = v.Check(tx)
		if errors.As(err, &f.refused) {
			err = nil
		}
		return f, err
	}, func(f found) {
		title := titleVoid(name)
		if f.refused != nil {
			d.Say(title, f.refused.Message)
			return
		}
		var with []string
		for _, k := range d.DB.Kinds() {
			if n := f.with[k.Name]; n > 0 {
				with = append(with, sayKindCount(k.Label, n))
			}
		}
		d.pickNumbered(title, sayVoid(kind.Name, with), voidReasons, labelOtherWhy, func(_ int, why string) {
			v.Why = why
			d.void(opVoid, sayVoided(kind.Label, name, with), func(tx *store.Tx) error { return work.Void(tx, v) })
		}, cancelled)
	})
}

// askVoidPaper asks the same of a paper, for reasons of its own.
func (d *Desk) askVoidPaper(id, title string, cancelled func()) {
	d.pickNumbered(titleVoidPaper+"“"+title+"”", sayVoidPaper, paperVoidReasons, labelOtherWhy, func(_ int, why string) {
		d.void(paper.OpVoid, sayVoided(tabPapers, title, nil), func(tx *store.Tx) error { return paper.Void(tx, id, why) })
	}, cancelled)
}

func (d *Desk) void(op, says string, f func(*store.Tx) error) {
	d.do(op, f, func(o Operation, err error) {
		if err != nil {
			d.Fail(err)
			return
		}
		d.Tell(Notice{Text: says, Choices: []Choice{{Text: doUndo, Do: func() { d.UndoOperation(o) }}}})
	})
}
