package form

import (
	"cmp"
	"time"

	"touyan/store/field"
	"touyan/ui/button"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Form is a record being typed. Make one with New, give it a record with
// SetRow, and call Leave before another page takes its place.
type Form struct {
	widget.BaseWidget

	kind   *field.Kind
	o      Options
	look   *theme.Theme
	owner  *record
	parts  []*part
	blocks []block

	scroll  *container.Scroll
	wheel   *wheel
	over    *container.ThemeOverride
	body    *fyne.Container
	offer   *strip // a draft was found
	foot    *strip // of a step
	float   float
	under   *cell // the cell the float belongs to
	choices map[any]*chooser

	now      *cell             // the cell one is in
	overlay  fyne.CanvasObject // what lay over the window when it was entered
	shift    bool
	held     bool // the mouse is down on a part of the form
	moving   bool // the form itself moves the keyboard
	stale    bool // heights have changed
	revealed bool
	width    float32
	height   float32

	saving bool
	again  bool // left again while saving
	set    bool // a record is shown
	born   bool // it was saved here first
	sent   Edit

	found *Draft // of an earlier visit, not yet answered for
	stop  func() // the time until a draft is kept
	kept  bool   // a draft lies in the ledger
}

// New makes a form of a kind's fields. It shows an empty record.
func New(kind *field.Kind, o Options) *Form {
	if o.Post == nil {
		o.Post = fyne.Do
	}
	if o.Later == nil {
		post := o.Post
		o.Later = func(d time.Duration, f func()) func() {
			t := time.AfterFunc(d, func() { post(f) })
			return func() { t.Stop() }
		}
	}
	if o.Sections == nil {
		s := Section{}
		for i := range kind.Fields {
			s.Fields = append(s.Fields, kind.Fields[i].Name)
		}
		o.Sections = []Section{s}
	}
	f := &Form{kind: kind, o: o, look: theme.Current(), choices: map[any]*chooser{}}
	f.offer = newStrip(f, sayFound, newPress(f, doKeep, f.keepFound), newPress(f, doDiscard, f.Discard))
	if o.Step {
		f.offer.says.Text = sayFoundStep
		f.foot = newStrip(f, cmp.Or(o.Foot, sayDraft))
		finish := button.New(doFinish, func() { f.Finish() })
		finish.Importance = widget.HighImportance
		f.foot.buttons = []*button.Button{finish}
	}
	f.offer.Hide()
	f.build()
	f.ExtendBaseWidget(f)
	f.owner.check()
	return f
}

// Beside puts what else may be done with a step before the button that completes
// it. The keyboard comes to that button first.
func (f *Form) Beside(buttons ...*button.Button) {
	f.foot.buttons = append(f.foot.buttons[:1], buttons...)
	f.foot.Refresh()
}

// build makes the cells of all sections.
func (f *Form) build() {
	var fields []*field.Field
	for _, s := range f.o.Sections {
		for _, name := range s.Fields {
			if fd := f.kind.Field(name); fd != nil {
				fields = append(fields, fd)
			}
		}
	}
	f.owner = newRecord(f, f.kind, f.kind.Bind(f.kind.New()), fields)
	byName := map[string]*cell{}
	for _, c := range f.owner.cells {
		byName[c.field.Name] = c
	}
	for _, s := range f.o.Sections {
		b := block{}
		if s.Title != "" {
			b.title = canvas.NewText(s.Title, nil)
			b.title.TextStyle.Bold = true
		}
		for _, name := range s.Fields {
			if c := byName[name]; c != nil {
				b.cells = append(b.cells, c)
			}
		}
		if s.Lines != nil {
			b.part = newPart(f, s.Lines)
			f.parts = append(f.parts, b.part)
		}
		f.blocks = append(f.blocks, b)
	}
	f.body = container.New(bodyLayout{f})
	f.over = container.NewThemeOverride(f.body, entryTheme{})
	f.scroll = container.NewVScroll(f.over)
	f.scroll.OnScrolled = func(fyne.Position) { f.place() }
	f.wheel = newWheel(f.scroll)
	f.populate()
}

// populate puts all cells on the body: their number has changed.
func (f *Form) populate() {
	f.body.Objects = []fyne.CanvasObject{newGround(f)}
	for _, b := range f.blocks {
		if b.title != nil {
			f.body.Objects = append(f.body.Objects, b.title)
		}
		for _, c := range b.cells {
			f.body.Objects = append(f.body.Objects, c.objects()...)
		}
		if b.part != nil {
			f.body.Objects = append(f.body.Objects, b.part.objects()...)
		}
	}
	f.over.Refresh()
	f.stale = true
}

// SetRow shows a record. Of the one already shown it takes what has changed in
// the ledger and leaves what is typed and not saved; for another, what was
// typed must have been saved before. A draft of an earlier visit is found now.
// Lines are set afterwards.
func (f *Form) SetRow(row field.Row) {
	before := f.owner.saved.ID
	same := f.set && (before == row.ID || before == "" && f.born)
	f.set = true
	if !same {
		clear(f.choices)
		f.keepNow()
		f.forgetFound()
		f.kept, f.born = false, false
	} else if before != row.ID {
		f.dropDraft() // it has another key from now on
	}
	f.owner.show(row, same)
	if !same {
		for _, p := range f.parts {
			p.show(nil)
		}
		f.find()
	} else if f.dirty() {
		f.keepSoon()
	}
	f.restyle()
	f.redo()
}

// SetLines shows the lines of a kind that is part of the record.
func (f *Form) SetLines(kind string, rows []field.Row) {
	for _, p := range f.parts {
		if p.kind.Name == kind {
			p.show(rows)
		}
	}
	f.recallLines()
	f.restyle()
	f.redo()
}

// Renew asks the page anew what references may point to: it has more to offer.
func (f *Form) Renew() { clear(f.choices) }

// Lines are the lines of a kind with everything typed that can be stored.
func (f *Form) Lines(kind string) []field.Row {
	var out []field.Row
	for _, p := range f.parts {
		if p.kind.Name != kind {
			continue
		}
		for _, r := range p.records {
			out = append(out, r.row())
		}
	}
	return out
}

// Fill writes a value that follows from others into a line's cell that may not
// be changed.
func (f *Form) Fill(line, name, value string) {
	for _, r := range f.records()[1:] {
		for _, c := range r.cells {
			if r.saved.ID == line && c.field.Name == name && c.value != value {
				r.saved.Values[c.index] = value
				c.put(value)
			}
		}
	}
}

// Check finds anew what is wrong: the kinds' checks know more now.
func (f *Form) Check() {
	f.ask()
	for _, r := range f.records() {
		r.check()
	}
	f.restyle()
	f.redo()
}

// ask shows the cells that are asked for, and no others.
func (f *Form) ask() {
	if f.o.Asks == nil {
		return
	}
	for _, r := range f.records() {
		row := r.row()
		for _, c := range r.cells {
			if off := !f.o.Asks(r.kind, row, c.field); off != c.off {
				c.off, f.stale = off, true
			}
		}
	}
}

// Row is the record with everything typed that can be stored.
func (f *Form) Row() field.Row { return f.owner.row() }

// Problems lists what is wrong with the record and its lines as typed.
func (f *Form) Problems() []field.Problem {
	var out []field.Problem
	for _, r := range f.records() {
		out = append(out, r.problems()...)
	}
	return out
}

// Focus gives a field the keyboard, the first one that may be changed if the
// name is empty or not that of one.
func (f *Form) Focus(name string) {
	all := f.order()
	if len(all) == 0 {
		return
	}
	to := all[0]
	for _, c := range f.owner.cells {
		if c.field.Name == name && c.input != nil {
			to = c
		}
	}
	f.focus(to)
	to.selectAll()
}

// FocusLine gives a field of a line the keyboard.
func (f *Form) FocusLine(line, name string) {
	for _, r := range f.records()[1:] {
		for _, c := range r.cells {
			if r.saved.ID == line && c.field.Name == name && c.input != nil {
				f.focus(c)
				c.selectAll()
			}
		}
	}
}

// Reveal shows private fields, or masks them again.
func (f *Form) Reveal(on bool) {
	if f.revealed == on {
		return
	}
	f.revealed = on
	if on && f.o.OnReveal != nil {
		f.o.OnReveal()
	}
	f.Remask()
}

// Remask shows private fields as Bares now says.
func (f *Form) Remask() {
	for _, r := range f.records() {
		for _, c := range r.cells {
			if !c.field.Private || c.bad != nil {
				continue
			}
			c.put(c.value)
			if c == f.now {
				c.enter()
			}
		}
		r.check()
	}
	f.restyle()
	f.redo()
	if f.now != nil {
		f.focus(f.now)
	}
}

// records are the form's own and its lines.
func (f *Form) records() []*record {
	all := []*record{f.owner}
	for _, p := range f.parts {
		all = append(all, p.records...)
	}
	return all
}

// chooser offers what a field may hold.
func (f *Form) chooser(fd *field.Field) *chooser {
	var key any = fd.Codes
	if fd.Type == field.Ref {
		key = fd.Target
	}
	c := f.choices[key]
	switch {
	case c != nil:
		return c
	case fd.Type == field.Code:
		c = codeChooser(fd.Codes)
	case f.o.Choices != nil:
		c = newChooser(f.o.Choices(fd.Target))
	default:
		c = newChooser(nil)
	}
	f.choices[key] = c
	return c
}
