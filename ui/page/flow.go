package page

import (
	"slices"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/work"

	"fyne.io/fyne/v2"
)

// Declared steps (store/work) on screen: the same panel for all of them.

// flowStart is what a declared step begins with on screen.
type flowStart struct {
	from starting
	row  field.Row
	name string // of the record it is taken with
}

// askStep fills in a declared step: with a record, or from nothing where it makes
// one. given are cells known already, by field.
func (d *Desk) askStep(s *work.Step, id string, given map[string]string) {
	read(d, &d.asking, func(tx *store.Tx) (f flowStart, err error) {
		t := &work.Taking{Step: s, ID: id, Cells: given}
		if f.row, err = t.Begin(tx); err != nil {
			return f, err
		}
		if f.from.choices, err = choicesOf(tx, tx.Kinds().Kind(s.Asked())); err != nil {
			return f, err
		}
		if village := given["village"]; village != "" {
			f.from.choices["person"], err = poolFirst(tx, village, f.from.choices["person"], field.DateAt(d.DB.Now()))
		}
		f.name = tx.Name(s.Kind, id)
		return f, err
	}, func(f flowStart) { d.beginStep(s, id, given, f) })
}

func (d *Desk) beginStep(s *work.Step, id string, given map[string]string, f flowStart) {
	kind := needing(d.DB.Kinds().Kind(s.Asked()), s.Need)
	title := s.Name
	if f.name != "" {
		title = f.name + between + s.Name
	}
	for name, value := range given {
		if i := kind.Index(name); i >= 0 {
			f.row.Values[i] = value
		}
	}
	d.begin(&task{
		title: title, op: s.Name, key: stepKey(s, id, given), kind: kind, choices: f.from.choices,
		fields: s.Ask, start: f.row, fixed: func(fd *field.Field) bool { return given[fd.Name] != "" },
		plan: func(row field.Row, why string) verb {
			t := &work.Taking{Step: s, ID: id, Cells: map[string]string{}, Why: why}
			for _, name := range s.Ask {
				t.Cells[name] = kind.Value(row, name)
			}
			return verb{t.Check, func(tx *store.Tx) error {
				_, _, err := work.Take(tx, t)
				return err
			}}
		},
		done: func(field.Row) string { return sayStepDone(f.name, s.Name) },
	})
}

// stepKey is where the draft of a step lies.
func stepKey(s *work.Step, id string, given map[string]string) string {
	if id == "" {
		id = given["person"] + given["village"]
	}
	return s.Kind + "/" + id + "/" + s.Name
}

// needing is a kind of which a step needs some cells and no others.
func needing(kind *field.Kind, need []string) *field.Kind {
	k := *kind
	k.Fields = slices.Clone(kind.Fields)
	for i := range k.Fields {
		k.Fields[i].Required = slices.Contains(need, k.Fields[i].Name)
	}
	return &k
}

// newStep is the step that begins a record of a kind, nil if there is none.
func newStep(kind string) *work.Step {
	for _, s := range work.Steps(kind) {
		if s.New {
			return s
		}
	}
	return nil
}

// fitting are the declared steps that may be taken with a record here.
func (d *Desk) fitting(kind *field.Kind, row field.Row) []*work.Step {
	var out []*work.Step
	for _, s := range work.Steps(kind.Name) {
		if row.ID != "" && s.Fits(kind, row, d.DB.Office().Level) {
			out = append(out, s)
		}
	}
	return out
}

// moreSteps are the steps that begin something about a person or a village, for
// a menu.
func (d *Desk) moreSteps(given map[string]string) []*fyne.MenuItem {
	var out []*fyne.MenuItem
	for _, k := range d.DB.Kinds() {
		s := newStep(k.Name)
		if s == nil || !s.MayAt(d.DB.Office().Level) || given["person"] != "" && !slices.Contains(s.Ask, "person") || given["village"] != "" && !slices.Contains(s.Ask, "village") {
			continue
		}
		out = append(out, fyne.NewMenuItem(s.Name+"…", func() { d.askStep(s, "", given) }))
	}
	return out
}

// declaredSteps is the button of the steps of a record selected in a list, for
// kinds that have any.
func (l *List) declaredSteps() []Choice {
	if len(work.Steps(l.kind.Name)) == 0 {
		return nil
	}
	return []Choice{{Text: doSteps, Do: l.stepsOfOne}}
}

// stepsOfOne offers the steps of the one record selected in a list.
func (l *List) stepsOfOne() {
	chosen := l.Grid.Selected()
	if len(chosen) != 1 {
		l.desk.Tell(Notice{Text: sayPickOne})
		return
	}
	row := l.values[chosen[0]]
	var items []*fyne.MenuItem
	for _, s := range l.desk.fitting(l.kind, row) {
		items = append(items, fyne.NewMenuItem(s.Name+"…", func() { l.desk.askStep(s, row.ID, nil) }))
	}
	if len(items) == 0 {
		l.desk.Tell(Notice{Text: saySettled})
		return
	}
	for _, b := range l.buttons {
		if b.Text == doSteps {
			l.desk.menuBelow(b, items)
		}
	}
}
