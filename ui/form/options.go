package form

import (
	"time"

	"touyan/store/field"
)

// Options are what a page decides about a form. All may be left out.
type Options struct {
	Sections []Section                                 // what is shown, in this order; nil: all fields
	Columns  int                                       // at most so many side by side; 0: two
	ReadOnly func(*field.Field) bool                   // shown as text
	Choices  func(target string) []Choice              // what a reference to a kind may point to; asked once a record
	Today    field.Date                                // what 今天 means
	Derive   func(field.Row, string) map[string]string // values that follow from the field just left, for those still empty

	Asks   func(kind *field.Kind, row field.Row, fd *field.Field) bool // whether a field is asked for as the record stands; nil: each is
	Make   func(target, text string, then func(id string))             // makes what a reference should point to and the list lacks; nil: nobody can
	OnEdit func()                                                      // something was typed, before it is checked

	Aside func(*field.Field) string // what is told below a field nothing is wrong with; nil: nothing

	Step   bool   // a step: nothing is saved before 完成
	Foot   string // what a step says below; empty: that it is a draft
	Drafts Drafts // where what is typed and not saved outlives a power cut
	Key    string // under which it lies; empty: the kind and the record's id

	OnSave   func(Edit)                                                       // stores a visit in one operation, then calls Saved
	OnReveal func()                                                           // private fields are being shown
	Bares    func(*field.Field) bool                                          // private fields shown without being asked for; nil: none
	AskVoid  func(kind *field.Kind, line field.Row, then func(reason string)) // asks why a line counts no longer
	NewID    func() string                                                    // of a line added; nil: none can be

	Post  func(func())                              // runs a function on the UI thread, later; nil: fyne.Do
	Later func(time.Duration, func()) (stop func()) // runs it there after a time; nil: by the clock
}

// Section is a group of fields under a heading, or the lines of a kind that is
// part of the record.
type Section struct {
	Title  string
	Fields []string
	Lines  *field.Kind
}

// Edit is what a visit to the form changed: canonical texts by the names of
// their fields.
type Edit struct {
	Values map[string]string
	Lines  []Line
}

// Line is a line added, changed or voided. Its reference to the record it is a
// line of is the page's to add.
type Line struct {
	Kind   string            `json:"kind"`
	ID     string            `json:"id"`
	New    bool              `json:"new,omitempty"`
	Void   string            `json:"void,omitempty"` // why it counts no longer
	Values map[string]string `json:"values,omitempty"`
}

func (e Edit) empty() bool { return len(e.Values) == 0 && len(e.Lines) == 0 }
