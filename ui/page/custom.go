package page

import (
	"touyan/store"
	"touyan/store/exchange"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/work"
)

// roomCustom is the list of the fields that the office added (自定义项).
const roomCustom = "custom"

// definesCells are the cells of such a record that stay as they were made, for
// others stand under it.
var definesCells = map[string]bool{"on": true, "type": true}

// define stores such a record.
func define(tx *store.Tx, row field.Row) (string, error) {
	c := &record.Custom{}
	tx.Kinds().Kind(roomCustom).Fill(c, row)
	err := work.Define(tx, c)
	return c.ID, err
}

// retake takes the page's kind anew where the office has added a field to it, or
// taken one out: what is typed is stored first.
func (x *Dossier) retake() {
	now := x.desk.DB.Kinds().Kind(x.kind.Name)
	if now == x.kind {
		return
	}
	x.form.Leave()
	x.kind, x.found = now, nil
	x.form = x.newForm()
	x.missing = newMissing(x)
}

// addItems offers to make a head that no field takes one of the office's own.
func (w *Wizard) addItems(h *bookHead) []pickItem {
	if h.Path != "" || w.desk.why(store.Clerk) != "" {
		return nil
	}
	var out []pickItem
	may := w.desk.DB.Kinds().Kind(roomCustom).Field("on").Codes
	for _, p := range w.book.Places(h.table) {
		if !may.Has(p.Kind.Name) {
			continue
		}
		out = append(out, pickItem{addPrefix + p.Path, doAddTo(p.Kind.Label), hintAdd})
	}
	return out
}

// addPrefix marks, among the paths to pick from, those where a field is to be
// made.
const addPrefix = "+"

// addField makes a head of the book a field of the office's own, and matches it.
func (w *Wizard) addField(h *bookHead, at string) {
	d := w.desk
	var place exchange.Place
	for _, p := range w.book.Places(h.table) {
		if p.Path == at {
			place = p
		}
	}
	c := &record.Custom{On: place.Kind.Name, Label: h.Head, Type: customTypeOf(h.Samples)}
	d.do(opDefine, func(tx *store.Tx) error { return work.Define(tx, c) }, func(o Operation, err error) {
		if err != nil {
			d.Fail(err)
			return
		}
		d.Tell(Notice{Text: sayAdded(c.Label, place.Kind.Label)})
		w.remap(map[string]string{h.Head: place.Path + record.CustomName(c.ID)}, w.showHeadsAgain)
	})
}

// customTypeOf is what stands below a head, as far as that can be told from a few
// samples: text takes everything.
func customTypeOf(samples []string) string {
	for _, t := range []struct {
		name string
		field.Field
	}{
		{record.CustomYesNo, field.Field{Type: field.Code, Codes: field.YesOrNo}},
		{record.CustomNumber, field.Field{Type: field.Number}},
	} {
		reads := len(samples) > 0
		for _, s := range samples {
			_, p := t.Read(field.Input{Text: s})
			reads = reads && p == nil
		}
		if reads {
			return t.name
		}
	}
	return record.CustomText
}
