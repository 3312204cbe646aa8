package page

import (
	"fmt"
	"slices"
	"strings"

	"touyan/store"
	"touyan/store/field"
	"touyan/ui/grid"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// stepFields are the cells that a step fills: changing one by hand would leave
// out what goes with it.
var stepFields = map[string][]string{
	"post":    {"person", "village", "position", "from", "to", "reason"},
	"reserve": {"person", "village", "state", "left", "exit"},
}

// fixed says why a cell is not changed in a list, empty if it is.
func fixed(kind *field.Kind, f *field.Field) string {
	switch {
	case slices.Contains(stepFields[kind.Name], f.Name):
		return sayByStep(f.Label)
	case f.Type == field.Ref:
		return sayInRecord(f.Label)
	}
	return ""
}

// edits lets cells be changed, unless the screen is on a wall.
func (l *List) edits() {
	if l.desk.Projecting() {
		return
	}
	g := l.Grid
	g.OnEdit = l.edit
	g.OnPaste = l.paste
	g.OnFixed = func(column string) {
		why := sayReckoned(l.label(column))
		if f := l.kind.Field(column); f != nil {
			why = fixed(l.kind, f)
		}
		l.desk.Tell(Notice{Text: why})
	}
	g.Check = func(ids []string, column, text string) string {
		for _, id := range ids {
			if _, refused := l.take1(id, column, text); refused != "" {
				return refused
			}
		}
		return ""
	}
	g.NewEditor = func(column string) grid.Editor { return newCellEditor(l.kind.Field(column), l.today()) }
}

func (l *List) label(column string) string {
	for _, c := range besideColumns(l.kind) {
		if c.Name == column {
			return c.Label
		}
	}
	return column
}

// take1 turns a text typed for a cell into its canonical one, or says why it
// cannot be taken: it cannot be read, or contradicts what else is known.
func (l *List) take1(id, column, text string) (canonical, refused string) {
	f := l.kind.Field(column)
	if f == nil {
		return "", sayReckoned(l.label(column))
	}
	canonical, bad := readCell(f, l.today(), text)
	if bad != nil {
		return "", bad.Message
	}
	row, known := l.values[id]
	if !known {
		return "", sayGone
	}
	if canonical == row.Values[l.kind.Index(column)] {
		return canonical, ""
	}
	if canonical == "" && f.Required {
		return "", sayNeeded(f.Label)
	}
	row.Values = slices.Clone(row.Values)
	row.Values[l.kind.Index(column)] = canonical
	for _, p := range l.kind.Check(row) {
		if p.Field == column && !p.Warning {
			return "", p.Message
		}
	}
	return canonical, ""
}

// edit stores cells as one operation: all of them or none.
func (l *List) edit(changes []grid.Change) {
	name := opRegister
	cells := map[string]map[string]string{}
	var ids, labels []string
	for _, c := range changes {
		canonical, refused := l.take1(c.ID, c.Column, c.Text)
		if refused != "" {
			l.desk.Tell(Notice{Text: refused})
			return
		}
		was := l.values[c.ID].Values[l.kind.Index(c.Column)]
		if canonical == was {
			continue
		}
		if was != "" {
			name = opCorrect
		}
		if cells[c.ID] == nil {
			cells[c.ID] = map[string]string{}
			ids = append(ids, c.ID)
		}
		cells[c.ID][c.Column] = canonical
		labels = appendNew(labels, l.kind.Field(c.Column).Label)
	}
	if len(ids) == 0 {
		return
	}
	l.foresee(cells)
	l.desk.do(name, func(tx *store.Tx) error {
		for _, id := range ids {
			if _, err := putCells(tx, l.kind, id, cells[id]); err != nil {
				return err
			}
		}
		return nil
	}, func(o Operation, err error) {
		if err != nil {
			l.Refresh()
			l.desk.Fail(err)
			return
		}
		l.desk.Tell(Notice{Text: sayChangedCells(len(ids), labels), Choices: []Choice{{Text: doUndo, Do: func() { l.desk.UndoOperation(o) }}}})
	})
}

// foresee shows cells as they will be, so that the next one can be typed while
// these are being stored.
func (l *List) foresee(cells map[string]map[string]string) {
	for n := range l.all {
		changed := cells[l.all[n].ID]
		if changed == nil {
			continue
		}
		r := l.all[n]
		r.Cells, r.Keys = slices.Clone(r.Cells), slices.Clone(r.Keys)
		row := l.values[r.ID]
		row.Values = slices.Clone(row.Values)
		for i, s := range l.slots {
			if value, is := changed[s.name]; is {
				row.Values[s.field] = value
				r.Cells[i], r.Keys[i] = shown(&l.kind.Fields[s.field], value, false), value
			}
		}
		l.all[n], l.values[r.ID] = r, row
	}
	l.fill(l.narrowed(l.all))
}

// paste shows what a pasted block would change, and then does.
func (l *List) paste(b grid.Block) {
	proposals := l.Grid.Propose(b, func(id, column, text string) (string, string) {
		canonical, refused := l.take1(id, column, text)
		if refused != "" {
			return "", refused
		}
		return shown(l.kind.Field(column), canonical, false), ""
	})
	for i, p := range proposals {
		if f := l.kind.Field(p.Column); f != nil && p.Refused != "" && fixed(l.kind, f) != "" {
			proposals[i].Refused = fixed(l.kind, f)
		}
	}
	preview := grid.NewPreview(l.Grid, proposals, len(b.Beyond))
	changes := preview.Accepted()
	look := theme.Current()
	body := container.NewStack(least(preview, fyne.NewSize(look.WideDialog, 11*look.Row)))
	choices := []Choice{{Text: doCancel}}
	if len(changes) > 0 {
		choices = append(choices, Choice{Text: fmt.Sprintf(doTakeCells, len(changes)), Main: true, Do: func() { l.edit(changes) }})
	}
	l.desk.Show(titlePaste, body, wide, choices...)
}

// looked follows the choice of a view: the one for typing figures in edits by
// Enter, all others open records.
func (l *List) looked() {
	entry := l.Grid.View().Name == viewEntry
	l.Grid.Browse = !entry
	if entry {
		l.recall()
	}
}

// recall reads what stood in each cell before its last change, for 同上期. It is
// read only for typing figures in: the journal may be long.
func (l *List) recall() {
	if l.Grid.Browse || l.all == nil {
		return
	}
	ids := make([]string, 0, len(l.all))
	for _, r := range l.all {
		ids = append(ids, r.ID)
	}
	if len(ids) > mostRecalled {
		return
	}
	read(l.desk, &l.past, func(tx *store.Tx) (map[string]field.Row, error) {
		out := map[string]field.Row{}
		for _, id := range ids {
			row, err := l.earlier(tx, id)
			if err != nil {
				return nil, err
			}
			out[id] = row
		}
		return out, nil
	}, func(found map[string]field.Row) { l.before = found })
}

// mostRecalled is for how many records the journal is gone through.
const mostRecalled = 500

// earlier is a record with each cell as it was before its last change to
// something else than nothing.
func (l *List) earlier(tx *store.Tx, id string) (field.Row, error) {
	row := field.Row{ID: id, Values: make([]string, len(l.kind.Fields))}
	for p, err := range tx.History(l.kind.Name, id) {
		if err != nil {
			return row, err
		}
		for _, c := range p.Cells {
			if i := l.kind.Index(c.Name); i >= 0 && row.Values[i] == "" {
				row.Values[i] = c.Was
			}
		}
	}
	return row, nil
}

// previous is what stood in a cell before, as it is typed; what stands there
// now if it never was another.
func (l *List) previous(id string, at int) string {
	value := ""
	if row, known := l.before[id]; known {
		value = row.Values[at]
	}
	if value == "" {
		value = l.values[id].Values[at]
	}
	return l.kind.Fields[at].Show(value)
}

// readCell reads what is typed into a cell of a list. A code may be typed as
// its number or its word's initials.
func readCell(f *field.Field, today field.Date, text string) (string, *field.Problem) {
	text = strings.TrimSpace(text)
	if f.Type == field.Day && field.Tidy(text) == wordToday {
		return today.String(), nil
	}
	return f.Read(field.Input{Text: text})
}
