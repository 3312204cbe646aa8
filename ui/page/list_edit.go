package page

import (
	"slices"

	"touyan/store"
	"touyan/store/field"
	"touyan/ui/form"
	"touyan/ui/grid"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// stepFields are written by steps alone: a list that let them be typed over
// would go round what the steps check.
var stepFields = map[string][]string{
	"post":    {"person", "village", "position", "from", "to", "reason"},
	"reserve": {"person", "village", "entered", "state", "left", "exit"},
}

// editable reports a field that may be typed over in the list: one whose value
// needs no choosing of a record, that no step writes and no other level owns.
func (l *List) editable(f *field.Field) bool {
	owned := f.Owner != field.NoLevel && f.Owner != l.level
	return !owned && f.Type != field.Ref && !slices.Contains(stepFields[l.kind.Name], f.Name) && !f.Part
}

// textOf is what a cell is edited from: a private value only where it may be
// read, which is nowhere in a list.
func (l *List) textOf(id, column string) (text string) {
	f := l.kind.Field(column)
	if f == nil || f.Private || l.desk.Projecting() && Veiled(f) {
		return ""
	}
	err := l.desk.DB.View(func(tx *store.Tx) error {
		row, found, err := tx.Row(l.kind.Name, id)
		if found {
			text = f.Show(l.kind.Value(row, column))
		}
		return err
	})
	if err != nil {
		l.desk.Fail(err)
	}
	return text
}

// read turns a text typed or pasted into a column into its canonical one; said
// tells why it cannot.
func (l *List) read(column, text string) (canonical, said string) {
	f := l.kind.Field(column)
	value, choices, problem := form.Read(f, text, l.Grid.Today)
	switch {
	case len(choices) > 0:
		return "", sayCannotChoose(text, f.Label, choices)
	case problem != nil:
		return "", problem.Message
	}
	return value, ""
}

func (l *List) judge(_, column, text string) string {
	if _, said := l.read(column, text); said != "" {
		return sayCellRefused(l.kind.Field(column).Label, said)
	}
	return ""
}

// edit stores what was typed into cells, by one operation. A text that cannot
// be taken stops all of it: a column filled down must not end half way.
func (l *List) edit(changes []grid.Change) {
	cells := map[string]map[string]string{}
	var ids, labels []string
	for _, c := range changes {
		value, said := l.read(c.Column, c.Text)
		label := l.kind.Field(c.Column).Label
		if said != "" {
			l.desk.Tell(Notice{Text: sayCellRefused(label, said), Choices: []Choice{{Text: doUnderstood}}})
			return
		}
		if cells[c.ID] == nil {
			cells[c.ID] = map[string]string{}
			ids = append(ids, c.ID)
		}
		cells[c.ID][c.Column] = value
		if !slices.Contains(labels, label) {
			labels = append(labels, label)
		}
	}
	l.store(ids, cells, labels)
}

// store writes cells of several records by one operation: 更正 where something
// else stood in one of them, else 登记.
func (l *List) store(ids []string, cells map[string]map[string]string, labels []string) {
	name := opRegister
	for _, id := range ids {
		for column := range cells[id] {
			if l.stands(id, column) {
				name = opCorrect
			}
		}
	}
	l.desk.do(name, func(tx *store.Tx) error {
		for _, id := range ids {
			if _, err := putCells(tx, l.kind, id, cells[id]); err != nil {
				return err
			}
		}
		return nil
	}, func(o Operation, err error) {
		if err != nil {
			l.desk.Fail(err)
			return
		}
		l.desk.Tell(Notice{Text: sayEdited(labels, len(ids)), Choices: []Choice{{Text: doUndo, Do: func() { l.desk.UndoOperation(o) }}}})
	})
}

// stands reports whether a cell has a value.
func (l *List) stands(id, column string) (stands bool) {
	l.desk.DB.View(func(tx *store.Tx) error {
		row, found, err := tx.Row(l.kind.Name, id)
		stands = found && l.kind.Value(row, column) != ""
		return err
	})
	return stands
}

// paste shows what a block from another program would change, and changes it
// once that is agreed to.
func (l *List) paste(b grid.Block) {
	proposals := l.Grid.Propose(b, func(_, column, text string) (shown, refused string) {
		value, said := l.read(column, text)
		if said != "" {
			return "", said
		}
		return l.desk.Shown(l.kind.Field(column), value), ""
	})
	preview := grid.NewPreview(l.Grid, proposals, len(b.Beyond))
	accepted := preview.Accepted()
	choices := []Choice{{Text: doCancel}}
	if len(accepted) > 0 {
		choices = append(choices, Choice{Text: doFillIn(len(accepted)), Main: true, Do: func() { l.edit(accepted) }})
	}
	l.desk.Show(titlePaste, least(preview, fyne.NewSize(theme.Current().WideDialog, 14*theme.Current().Row)), wide, choices...)
}

// cellEditor is what a cell of a list is typed into: the form's own entry, so
// that the input method's window stands at the caret.
type cellEditor struct {
	form.Entry

	take  func(fyne.KeyName, bool) bool
	left  func()
	shift bool
}

var _ grid.Editor = (*cellEditor)(nil)

func newCellEditor() *cellEditor {
	e := new(cellEditor)
	e.Extend(e)
	return e
}

// Value is what was typed.
func (e *cellEditor) Value() string { return e.Text }

// SetValue gives the text to begin with, selected.
func (e *cellEditor) SetValue(text string) {
	e.SetText(text)
	e.TypedShortcut(&fyne.ShortcutSelectAll{})
}

// SetKeys gives the grid every key first.
func (e *cellEditor) SetKeys(take func(fyne.KeyName, bool) bool) { e.take = take }

// SetLeft tells the grid when the keyboard is gone.
func (e *cellEditor) SetLeft(left func()) { e.left = left }

// AcceptsTab keeps Tab for the grid.
func (e *cellEditor) AcceptsTab() bool { return e.take != nil }

// TypedKey types what the grid leaves.
func (e *cellEditor) TypedKey(k *fyne.KeyEvent) {
	if e.take == nil || !e.take(k.Name, e.shift) {
		e.Entry.TypedKey(k)
	}
}

// KeyDown and KeyUp keep track of Shift.
func (e *cellEditor) KeyDown(k *fyne.KeyEvent) {
	e.shift = e.shift || isShift(k.Name)
	e.Entry.KeyDown(k)
}

// KeyUp is the other half of KeyDown.
func (e *cellEditor) KeyUp(k *fyne.KeyEvent) {
	e.shift = e.shift && !isShift(k.Name)
	e.Entry.KeyUp(k)
}

func isShift(key fyne.KeyName) bool {
	return key == desktop.KeyShiftLeft || key == desktop.KeyShiftRight
}

// FocusLost tells the grid.
func (e *cellEditor) FocusLost() {
	e.shift = false
	e.Entry.FocusLost()
	if e.left != nil {
		e.left()
	}
}
