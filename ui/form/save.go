package form

import "time"

// keptAfter is how long what is typed may be without a draft.
const keptAfter = time.Second

// Draft is what was typed and is not saved: values that were read, and texts
// that could not be.
type Draft struct {
	Values map[string]string `json:"values,omitempty"`
	Wrong  map[string]string `json:"wrong,omitempty"`
	Lines  []LineDraft       `json:"lines,omitempty"`
}

// LineDraft is what was typed into a line.
type LineDraft struct {
	Line
	Wrong map[string]string `json:"wrong,omitempty"`
}

func (d Draft) empty() bool { return len(d.Values) == 0 && len(d.Wrong) == 0 && len(d.Lines) == 0 }

// Drafts keeps drafts by key. The functions are called on the UI thread: who
// writes to a disk does so beside it, in the order asked.
type Drafts struct {
	Find func(key string) (Draft, bool)
	Keep func(key string, d Draft)
	Drop func(key string)
}

// Leave is for a page that is left, and what the form does when the keyboard
// goes elsewhere: what has changed and can be stored is handed to OnSave, once.
// A step is only kept as a draft. What was found of an earlier visit and not
// answered for stays where it lies.
func (f *Form) Leave() {
	f.drop(nil, nil)
	f.told(f.dirty())
	if f.found != nil {
		return
	}
	if !f.o.Step {
		f.save()
	}
	f.keepNow()
}

// Finish completes a step: it is handed to OnSave if nothing is wrong with it.
// Else the first cell that is wrong has the keyboard, and the answer is no.
func (f *Form) Finish() bool {
	f.keepFound()
	f.told(true)
	for _, r := range f.records() {
		for _, c := range r.cells {
			if c.problem != nil && !c.problem.Warning {
				f.focus(c)
				c.selectAll()
				return false
			}
		}
	}
	f.send(f.edit())
	return true
}

// told closes the cell one is in, and tells of all what is wrong with it.
func (f *Form) told(all bool) {
	if c := f.now; c != nil {
		f.close(c)
		if c.input.Focused() { // saved by a key: one goes on typing
			f.now = c
			c.enter()
		}
	}
	for _, p := range f.parts {
		p.sweep()
	}
	for _, r := range f.records() {
		for _, c := range r.cells {
			c.told = c.told || all
		}
		r.check()
	}
	f.restyle()
	f.redo()
}

// edit is what is to be stored.
func (f *Form) edit() Edit {
	e := Edit{Values: f.owner.changed()}
	for _, p := range f.parts {
		for _, r := range p.all() {
			if l := r.line(); l.Void != "" || len(l.Values) > 0 {
				e.Lines = append(e.Lines, l)
			}
		}
	}
	return e
}

// draft is what is typed and not stored.
func (f *Form) draft() Draft {
	d := f.owner.draft()
	for _, p := range f.parts {
		for _, r := range p.all() {
			l := LineDraft{r.line(), r.draft().Wrong}
			if l.Void != "" || len(l.Values)+len(l.Wrong) > 0 {
				d.Lines = append(d.Lines, l)
			}
		}
	}
	return d
}

// dirty reports whether anything typed is not stored.
func (f *Form) dirty() bool { return !f.draft().empty() }

func (f *Form) save() {
	if f.saving {
		f.again = true
		return
	}
	if e := f.edit(); !e.empty() {
		f.send(e)
	}
}

func (f *Form) send(e Edit) {
	if f.o.OnSave == nil || f.saving {
		return
	}
	f.saving, f.sent = true, e
	f.o.OnSave(e)
}

// Saved is for the page to call when OnSave's operation has ended. After an
// error everything stays as typed, and the next leaving tries again.
func (f *Form) Saved(err error) {
	if !f.saving {
		return
	}
	f.saving = false
	again := f.again
	f.again = false
	if err != nil {
		return
	}
	f.born = f.born || f.owner.saved.ID == ""
	f.owner.take(f.sent.Values)
	for _, p := range f.parts {
		p.take(f.sent.Lines)
	}
	f.sent = Edit{}
	f.keepNow()
	if again {
		f.save()
	}
}

// Discard takes back everything typed and not saved.
func (f *Form) Discard() {
	f.forgetFound()
	f.owner.show(f.owner.saved, false)
	for _, p := range f.parts {
		p.revert()
	}
	if f.now != nil {
		f.now.enter()
	}
	if f.o.OnEdit != nil {
		f.o.OnEdit()
	}
	f.ask()
	f.keepNow()
	f.restyle()
	f.redo()
}

func (f *Form) key() string {
	if f.o.Key != "" {
		return f.o.Key
	}
	return f.kind.Name + "/" + f.owner.saved.ID
}

// find looks for a draft of the record shown and writes it into the cells: it
// is there to be seen before one says whether to keep it.
func (f *Form) find() {
	if f.o.Drafts.Find == nil {
		return
	}
	d, ok := f.o.Drafts.Find(f.key())
	if !ok || d.empty() {
		return
	}
	f.found, f.kept = &d, true
	f.owner.recall(d)
	f.recallLines()
	f.offer.Show()
}

func (f *Form) recallLines() {
	if f.found == nil {
		return
	}
	for _, l := range f.found.Lines {
		for _, p := range f.parts {
			if p.kind.Name == l.Kind {
				p.recall(l)
			}
		}
	}
}

// keepFound takes the draft found for what is being typed, as does going on
// with it.
func (f *Form) keepFound() {
	if f.found != nil {
		f.forgetFound()
		f.redo()
	}
}

func (f *Form) forgetFound() {
	f.found = nil
	f.offer.Hide()
	f.stale = true
}

// keepSoon keeps a draft in a while. Typing on does not put it off.
func (f *Form) keepSoon() {
	if f.o.Drafts.Keep == nil || f.stop != nil {
		return
	}
	f.stop = f.o.Later(keptAfter, f.keepNow)
}

// keepNow keeps what is typed and not saved, or drops what was kept of it.
func (f *Form) keepNow() {
	if f.stop != nil {
		f.stop()
		f.stop = nil
	}
	if f.o.Drafts.Keep == nil || f.found != nil {
		return
	}
	d := f.draft()
	switch {
	case !d.empty():
		f.kept = true
		f.o.Drafts.Keep(f.key(), d)
	case f.kept:
		f.dropDraft()
	}
}

// dropDraft forgets what lies in the ledger, and the time that runs until more
// would.
func (f *Form) dropDraft() {
	if f.stop != nil {
		f.stop()
		f.stop = nil
	}
	if f.kept {
		f.kept = false
		f.o.Drafts.Drop(f.key())
	}
}
