package page

import (
	"errors"
	"slices"
	"strings"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/work"
	"touyan/ui/entry"
	"touyan/ui/form"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// task is a step of the work being filled in: a form over the fields of the
// record it makes or changes, questions beside it, and what the rules have
// against it, told before it is done. Until 完成 it is a draft that counts
// nowhere.
type task struct {
	title, op, key string
	kind           *field.Kind
	fields         []string
	at             string                  // the field one most likely begins with; empty: the first that is empty
	start          field.Row               // what is known already
	fixed          func(*field.Field) bool // may not be changed
	choices        map[string][]form.Choice

	extra *fyne.Container                                           // the questions
	look  func(tx *store.Tx, row field.Row) (ask func(), err error) // reads what they are about, and shows them anew; may be nil
	plan  func(row field.Row, why string) verb
	done  func(row field.Row) string // what is told at the foot
}

// verb is a step as filled in: what it would be warned of, and the doing.
type verb struct {
	check func(tx *store.Tx) ([]work.Warning, error)
	run   func(tx *store.Tx) error
}

// noWarnings is the check of a step that only refuses.
func noWarnings(check func(*store.Tx) error) func(*store.Tx) ([]work.Warning, error) {
	return func(tx *store.Tx) ([]work.Warning, error) { return nil, check(tx) }
}

// tasking is a task on screen.
type tasking struct {
	*task

	desk  *Desk
	form  *form.Form
	panel *Panel
	box   *fyne.Container // what the rules say
	body  *fyne.Container
	why   *entry.Entry
	told  string // the warnings shown, as one text
	turn  int
}

// begin shows a task in a panel.
func (d *Desk) begin(t *task) *tasking {
	look := theme.Current()
	s := &tasking{task: t, desk: d, box: container.NewVBox(), why: entry.New()}
	s.why.SetPlaceHolder(hintWhy)
	if t.extra == nil {
		t.extra = container.NewVBox()
	}
	s.form = form.New(t.kind, form.Options{
		Sections: []form.Section{{Fields: t.fields}},
		ReadOnly: t.fixed,
		Choices:  func(target string) []form.Choice { return t.choices[target] },
		Today:    field.DateAt(d.DB.Now()),
		Step:     true,
		Drafts:   d.drafts(nil),
		Key:      t.key,
		Derive: func(row field.Row, _ string) map[string]string {
			s.recheck(row)
			return nil
		},
		OnSave: func(form.Edit) { s.finish() },
		Post:   d.Post,
		Bares:  d.bares,
	})
	width := look.WideDialog
	s.body = container.NewBorder(container.NewVBox(t.extra, s.box), nil, nil, nil, least(s.form, fyne.NewSize(width, 11*look.Row)))
	s.panel = d.ShowStep(t.title, s.form, s.body, Choice{Text: doCloseKeep, Do: s.form.Leave}, Choice{Text: doDropDraft, Do: s.form.Discard})
	s.form.SetRow(t.start)
	if t.at == "" {
		t.at = s.firstEmpty()
	}
	s.form.Focus(t.at)
	s.recheck(s.form.Row())
	return s
}

// firstEmpty is the field one most likely goes on with.
func (s *tasking) firstEmpty() string {
	for _, name := range s.fields {
		if s.kind.Value(s.form.Row(), name) == "" {
			return name
		}
	}
	return ""
}

// checked is what a reading found.
type checked struct {
	warnings []work.Warning
	ask      func()
}

// recheck tells the warnings of what is filled in so far. What is refused is
// told when one completes the step: until then it is only not finished.
func (s *tasking) recheck(row field.Row) {
	v := s.plan(row, s.why.Text)
	read(s.desk, &s.turn, func(tx *store.Tx) (c checked, err error) {
		if s.look != nil {
			if c.ask, err = s.look(tx, row); err != nil {
				return c, err
			}
		}
		c.warnings, err = v.check(tx)
		return c, fault(err)
	}, func(c checked) {
		if c.ask != nil {
			c.ask()
		}
		s.show(c.warnings, nil)
	})
}

// fault leaves out the errors that are a sentence for whoever fills it in.
func fault(err error) error {
	var p *field.Problem
	if errors.As(err, &p) {
		return nil
	}
	return err
}

// show tells warnings, and why the step cannot be done if it cannot.
func (s *tasking) show(warnings []work.Warning, refused *field.Problem) {
	look := theme.Current()
	s.box.RemoveAll()
	s.told = textOf(warnings)
	add := func(text, mark string, bad bool) {
		c := look.Warn
		if bad {
			c = look.Bad
		}
		label := words(mark, c, look.Text)
		label.TextStyle.Bold = true
		left := 3 * look.Text
		s.box.Add(container.NewBorder(nil, nil, least(container.NewVBox(label), fyne.NewSize(left, 0)), nil, proseTight(text, look.WideDialog-left)))
	}
	if refused != nil {
		add(refused.Message, wordCannot, true)
	}
	flaw := false
	for _, w := range warnings {
		mark := wordNotice
		if w.Flaw != "" {
			mark, flaw = wordFlaw, true
		}
		add(w.Message, mark, w.Flaw != "")
	}
	if flaw {
		s.box.Add(labelled(labelWhy, s.why))
	}
	s.body.Refresh() // the form makes room
}

func textOf(warnings []work.Warning) string {
	var all []string
	for _, w := range warnings {
		all = append(all, w.Message)
	}
	slices.Sort(all)
	return strings.Join(all, "\n")
}

// errUnread: there are warnings nobody has seen yet.
var errUnread = errors.New("warnings to be read")

// finish does the step, unless it is refused or warned of what was not told
// before.
func (s *tasking) finish() {
	row, told := s.form.Row(), s.told
	v := s.plan(row, strings.TrimSpace(s.why.Text))
	s.turn++ // what is being read is of no use any more
	var warnings []work.Warning
	s.desk.do(s.op, func(tx *store.Tx) (err error) {
		if warnings, err = v.check(tx); err != nil {
			return err
		}
		if textOf(warnings) != told {
			return errUnread
		}
		return v.run(tx)
	}, func(o Operation, err error) {
		s.form.Saved(err)
		var refused *field.Problem
		switch {
		case err == nil:
			s.panel.Hide()
			s.desk.Tell(Notice{Text: s.done(row), Choices: []Choice{{Text: doUndo, Do: func() { s.desk.UndoOperation(o) }}}})
		case errors.Is(err, errUnread):
			s.show(warnings, nil)
			s.box.Add(words(sayReadFirst, theme.Current().Ink2, theme.Current().Text))
			s.body.Refresh()
		case errors.As(err, &refused):
			s.show(nil, refused)
			s.form.Focus(refused.Field)
		default:
			s.desk.Fail(err)
		}
	})
}

// proseTight is prose without space below it.
func proseTight(text string, width float32) fyne.CanvasObject {
	look := theme.Current()
	box := container.NewVBox()
	for _, line := range wrapped(text, width, look.Text) {
		box.Add(words(line, look.Ink, look.Text))
	}
	return box
}
