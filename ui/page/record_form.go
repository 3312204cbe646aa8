package page

import (
	"slices"
	"strings"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/ui/form"
)

// newForm makes the form of the record's facts.
func (x *Dossier) newForm() *form.Form {
	d := x.desk
	return form.New(x.kind, form.Options{
		Sections: sectionsOf(x.kind),
		Choices:  x.choices,
		Today:    field.DateAt(d.DB.Now()),
		Derive:   derive(x.kind),
		Step:     x.id == "",
		ReadOnly: x.readOnly,
		Drafts:   d.drafts(func(kept form.Draft) { x.kept = kept }),
		OnSave:   x.save,
		OnReveal: func() { d.noteRevealed(x.kind, x.id, x.name) },
		Post:     d.Post,
		Bares:    d.bares,
		Aside:    x.aside,
	})
}

// readOnly are the cells that nobody types: what a file tells of a paper, and
// what cells stand under, of a field that the office added.
func (x *Dossier) readOnly(f *field.Field) bool {
	return x.kind.Name == "paper" && givenByFile[f.Name] || x.kind.Name == roomCustom && x.id != "" && definesCells[f.Name]
}

// aside says of a field that belongs to a level above who has filled it in: until
// the owner speaks, anybody's word stands.
func (x *Dossier) aside(f *field.Field) string {
	if x.found == nil || !x.found.below[f.Name] {
		return ""
	}
	return sayFromBelow(f.Owner)
}

// fromBelow finds the cells of a record that belong to a level and show the word
// of one below it.
func fromBelow(tx *store.Tx, k *field.Kind, id string) (map[string]bool, error) {
	out := map[string]bool{}
	state, _, err := tx.State(k.Name, id)
	for i := range k.Fields {
		f := &k.Fields[i]
		if f.Owner == field.NoLevel {
			continue
		}
		if v := state[f.Name].Shown(f.Owner, tx.Office().Code); v != nil && v.Value != "" && v.Level < f.Owner {
			out[f.Name] = true
		}
	}
	return out, err
}

func (x *Dossier) choices(target string) []form.Choice {
	if x.found == nil {
		return nil
	}
	return x.found.choices[target]
}

// sectionsOf groups a kind's fields as offices think of them. Fields no group
// names come last, so that none is left out.
func sectionsOf(kind *field.Kind) []form.Section {
	var out []form.Section
	var rest, own []string
	for i := range kind.Fields {
		if i < kind.Bound() {
			rest = append(rest, kind.Fields[i].Name)
		} else {
			own = append(own, kind.Fields[i].Name)
		}
	}
	for _, s := range factSections[kind.Name] {
		section := form.Section{Title: s.title}
		for _, name := range s.fields {
			if i := slices.Index(rest, name); i >= 0 {
				section.Fields = append(section.Fields, name)
				rest = slices.Delete(rest, i, i+1)
			}
		}
		out = append(out, section)
	}
	if len(rest) > 0 {
		s := form.Section{Fields: rest}
		if len(out) > 0 {
			s.Title = sectionRest
		}
		out = append(out, s)
	}
	if len(own) > 0 {
		out = append(out, form.Section{Title: sectionOwn, Fields: own})
	}
	return out
}

// givenByFile are the fields of a paper that its file tells.
var givenByFile = map[string]bool{"type": true, "content": true}

// derive fills birth and sex from an ID number just typed.
func derive(kind *field.Kind) func(field.Row, string) map[string]string {
	if kind.Name != "person" {
		return nil
	}
	return func(row field.Row, name string) map[string]string {
		id := kind.Value(row, "idno")
		if name != "idno" || !field.ValidID(id) {
			return nil
		}
		born := field.BirthOf(id)
		return map[string]string{"birth": born.String(), "sex": field.SexOf(id)}
	}
}

// choicesOf lists what the references of a kind may point to.
func choicesOf(tx *store.Tx, kind *field.Kind) (map[string][]form.Choice, error) {
	out := map[string][]form.Choice{}
	for i := range kind.Fields {
		f := &kind.Fields[i]
		if f.Type != field.Ref || out[f.Target] != nil {
			continue
		}
		list, err := choices(tx, tx.Kinds().Kind(f.Target))
		if err != nil {
			return nil, err
		}
		out[f.Target] = list
	}
	return out, nil
}

// choices lists the records of a kind with what tells them apart.
func choices(tx *store.Tx, kind *field.Kind) ([]form.Choice, error) {
	held := map[string][]*record.Post{}
	if kind.Name == "person" {
		posts, err := presentPosts(tx)
		if err != nil {
			return nil, err
		}
		for _, p := range posts {
			held[p.Person] = append(held[p.Person], p)
		}
	}
	names := nameBook{tx: tx, known: map[string]string{}}
	var out []form.Choice
	for row, err := range tx.Rows(kind.Name) {
		if err != nil {
			return nil, err
		}
		c := form.Choice{ID: row.ID, Text: tx.NameOf(kind, row)}
		var hints []string
		for _, p := range held[row.ID][:min(len(held[row.ID]), 1)] {
			hints = append(hints, tx.Name("village", p.Village))
		}
		for _, name := range hintFields[kind.Name] {
			hints = append(hints, names.show(kind.Field(name), kind.Value(row, name)))
		}
		c.Hint = strings.Join(slices.DeleteFunc(hints, func(s string) bool { return s == "" }), " ")
		out = append(out, c)
	}
	return out, nil
}

// hintFields tell records of one name apart where one is chosen.
var hintFields = map[string][]string{"person": {"birth"}, "village": {"office"}, "office": {"code"}}

// asideFields stand beside a record's name on its page.
var asideFields = map[string][]string{"village": {"office", "code"}, "office": {"code"}, "reserve": {"round"}, "paper": {"person", "village"}}

// do runs a named operation beside the UI thread. It waits for other work that
// writes, and is not cancelled: it is soon done.
func (d *Desk) do(name string, f func(*store.Tx) error, then func(o Operation, err error)) {
	d.running.Go(func() {
		var seq uint64
		err := d.DB.Do(name, d.Who, func(tx *store.Tx) error {
			seq = tx.Seq()
			return f(tx)
		})
		d.Post(func() { then(Operation{seq, name}, err) })
	})
}

// save stores a visit to the form as one operation: 更正 where something that
// stood there was wrong, else 登记.
func (x *Dossier) save(e form.Edit) {
	x.saving = true
	name, id := opRegister, x.id
	var labels []string
	for i := range x.kind.Fields {
		f := &x.kind.Fields[i]
		if _, changed := e.Values[f.Name]; !changed {
			continue
		}
		labels = append(labels, f.Label)
		if id != "" && x.kind.Value(x.found.row, f.Name) != "" {
			name = opCorrect
		}
	}
	x.desk.do(name, func(tx *store.Tx) (err error) {
		id, err = putCells(tx, x.kind, id, e.Values)
		return err
	}, func(o Operation, err error) {
		x.saving = false
		x.form.Saved(err)
		then := x.leaving
		x.leaving = nil
		if err != nil {
			x.desk.Fail(err)
			return
		}
		x.tell(o, labels)
		switch {
		case x.id == "" && then == nil:
			x.desk.Close()
			x.desk.openRecord(x.kind, id)
		case then != nil && !x.saving:
			then()
		default:
			x.leaving = then
		}
	})
}

// putCells writes some cells of a record, or makes one of them.
func putCells(tx *store.Tx, kind *field.Kind, id string, cells map[string]string) (string, error) {
	kind = tx.Kinds().Kind(kind.Name) // of this moment: an office may have added a field since
	row := field.Row{Values: make([]string, len(kind.Fields))}
	if id != "" {
		found, ok, err := tx.Row(kind.Name, id)
		if err != nil {
			return "", err
		}
		if !ok || found.Void != "" {
			return "", store.ErrNoRecord
		}
		row = found
		row.Values = slices.Clone(found.Values)
	}
	for name, value := range cells {
		if i := kind.Index(name); i >= 0 {
			row.Values[i] = value
		}
	}
	if kind.Name == roomCustom {
		return define(tx, row)
	}
	return tx.PutRow(kind.Name, row)
}

// tell says at the foot what was saved, and offers to take it back.
func (x *Dossier) tell(o Operation, labels []string) {
	text := saySavedNew(x.kind.Label)
	if x.id != "" {
		text = saySavedCells(x.Title(), labels)
	}
	x.desk.Tell(Notice{Text: text, Choices: []Choice{{Text: doUndo, Do: func() { x.desk.UndoOperation(o) }}}})
}

// tellKept says that something was typed that could not be saved.
func (x *Dossier) tellKept() {
	switch {
	case x.id == "" && len(x.kept.Values)+len(x.kept.Wrong) > 0:
		x.desk.Tell(Notice{Text: sayKeptNew(x.kind.Label)})
	case len(x.kept.Wrong) > 0:
		var labels []string
		for i := range x.kind.Fields {
			if _, wrong := x.kept.Wrong[x.kind.Fields[i].Name]; wrong {
				labels = append(labels, x.kind.Fields[i].Label)
			}
		}
		x.desk.Tell(Notice{Text: sayKeptWrong(labels)})
	}
}
