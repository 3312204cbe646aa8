package page

import (
	"fmt"
	"slices"
	"strings"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/work"
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
	case f.Name == work.StateField && len(work.Steps(kind.Name)) > 0:
		return sayByStep(f.Label)
	case kind.Name == roomCustom && definesCells[f.Name]:
		return sayDefines(f.Label)
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
			if refused := l.stage(id, map[string]string{column: text}).refused[column]; refused != "" {
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

// staged is what cells typed for one record come to.
type staged struct {
	values  map[string]string // canonical, by column
	refused map[string]string // and why the others cannot be taken
}

// stage reads the texts typed for cells of one record: what cannot be read, or
// contradicts the rest of the record as it would be, is refused.
func (l *List) stage(id string, texts map[string]string) staged {
	out := staged{map[string]string{}, map[string]string{}}
	row, known := l.values[id]
	row.Values = slices.Clone(row.Values)
	for column, text := range texts {
		f := l.kind.Field(column)
		switch {
		case f == nil:
			out.refused[column] = sayReckoned(l.label(column))
			continue
		case !known:
			out.refused[column] = sayGone
			continue
		}
		value, bad := readCell(f, l.today(), text)
		switch {
		case bad != nil:
			out.refused[column] = bad.Message
		case value == "" && f.Required:
			out.refused[column] = sayNeeded(f.Label)
		default:
			out.values[column] = value
			row.Values[l.kind.Index(column)] = value
		}
	}
	for refused := true; refused && len(out.values) > 0; {
		refused = false
		for _, p := range l.kind.Check(row) {
			stands := l.values[id].Values[max(l.kind.Index(p.Field), 0)]
			if value, changed := out.values[p.Field]; changed && !p.Warning && value != stands {
				out.refused[p.Field], refused = p.Message, true
			}
		}
		for column := range out.refused { // what was right beside it may be so no longer
			if _, read := out.values[column]; read {
				delete(out.values, column)
				row.Values[l.kind.Index(column)] = l.values[id].Values[l.kind.Index(column)]
			}
		}
	}
	return out
}

// edit stores cells as one operation: all of them or none.
func (l *List) edit(changes []grid.Change) {
	name := opRegister
	texts, cells := map[string]map[string]string{}, map[string]map[string]string{}
	var ids, labels []string
	for _, c := range changes {
		if texts[c.ID] == nil {
			texts[c.ID] = map[string]string{}
			ids = append(ids, c.ID)
		}
		texts[c.ID][c.Column] = c.Text
	}
	for _, id := range ids {
		s := l.stage(id, texts[id])
		for _, why := range s.refused {
			l.desk.Tell(Notice{Text: why})
			return
		}
		for column, value := range s.values {
			was := l.values[id].Values[l.kind.Index(column)]
			if value == was {
				delete(s.values, column)
				continue
			}
			if was != "" {
				name = opCorrect
			}
			labels = appendNew(labels, l.kind.Field(column).Label)
		}
		if len(s.values) > 0 {
			cells[id] = s.values
		}
	}
	ids = slices.DeleteFunc(ids, func(id string) bool { return cells[id] == nil })
	if len(ids) == 0 {
		return
	}
	slices.Sort(labels)
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
	l.all = slices.Clone(l.all) // the table may be sorting the rows it has
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
				r.Cells[i], r.Keys[i] = l.desk.Shown(&l.kind.Fields[s.field], value), value
			}
		}
		l.all[n], l.values[r.ID] = r, row
	}
	l.fill(l.narrowed(l.all))
}

// paste shows what a pasted block would change, and then does.
func (l *List) paste(b grid.Block) {
	read := map[string]staged{}
	for line, id := range b.IDs {
		texts := map[string]string{}
		for i, column := range b.Columns {
			if f := l.kind.Field(column); f != nil && fixed(l.kind, f) == "" {
				texts[column] = b.Texts[line][i]
			}
		}
		read[id] = l.stage(id, texts)
	}
	proposals := l.Grid.Propose(b, func(id, column, _ string) (string, string) {
		s := read[id]
		return l.desk.Shown(l.kind.Field(column), s.values[column]), s.refused[column]
	})
	var why []string
	for i, p := range proposals {
		if p.Refused == "" {
			value, typed := read[p.ID].values[p.Column]
			stands := l.values[p.ID].Values
			proposals[i].Hidden = typed && p.Text != p.Old && p.New == p.Old && value != stands[l.kind.Index(p.Column)]
			continue
		}
		if f := l.kind.Field(p.Column); f == nil {
			proposals[i].Refused = sayReckoned(l.label(p.Column))
		} else if w := fixed(l.kind, f); w != "" {
			proposals[i].Refused = w
		}
		why = appendNew(why, proposals[i].Refused)
	}
	preview := grid.NewPreview(l.Grid, proposals, len(b.Beyond))
	changes := preview.Accepted()
	look := theme.Current()
	body := container.NewVBox(least(preview, fyne.NewSize(look.WideDialog, 9*look.Row)))
	for i, sentence := range why {
		if i == mostReasons {
			body.Add(words(sayMoreReasons(len(why)-i), look.Ink2, look.Text))
			break
		}
		body.Add(prose(sentence, look.WideDialog))
	}
	choices := []Choice{{Text: doCancel}}
	if len(changes) > 0 {
		choices = append(choices, Choice{Text: fmt.Sprintf(doTakeCells, len(changes)), Main: true, Do: func() { l.edit(changes) }})
	}
	l.desk.Show(titlePaste, body, wide, choices...)
}

// mostReasons is how many sentences on refused cells stand below a preview; the
// others are told at their cells.
const mostReasons = 3

// looked follows the choice of a view: the one for typing figures in edits by
// Enter, all others open records.
func (l *List) looked() {
	entry := l.Grid.View().Name == viewEntry
	l.Grid.Browse = !entry
	l.fills.Hidden = !entry || l.Grid.OnEdit == nil
	l.over.Refresh()
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
