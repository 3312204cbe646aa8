package grid

import (
	"unicode/utf8"

	"touyan/store/field"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
)

// Column is one column of a grid. Its type says how its cells are aligned,
// compared, found and filtered.
type Column struct {
	Name  string // stored name of the field
	Label string // its head
	Type  field.Type
	Width float32 // at theme.BaseText, text and gaps together; 0 means by type and label
	Find  bool    // the find box looks here; where no column says so it looks everywhere
	Plain bool    // found by its characters alone: by initials its words would hit nearly every row
	Birth bool    // of type Day: people are born on it, so it is filtered by age too
	Edit  bool    // its cells are changed in place, where the grid has an OnEdit

	// Previous gives what stood here in the period before (同上期), for filling
	// in a table that is much the same every time. It may be nil.
	Previous func(id string) string
}

// Columns makes a column of each field, in their order. Found by are names, ID
// numbers, phones and references: initials of longer texts hit nearly anything.
func Columns(fields []field.Field) []Column {
	out := make([]Column, len(fields))
	for i, f := range fields {
		out[i] = Column{Name: f.Name, Label: f.Label, Type: f.Type,
			Find: f.Proper || f.Match || f.Type == field.IDNumber || f.Type == field.Phone || f.Type == field.Ref}
	}
	return out
}

const (
	narrowest = 40  // a column dragged to nothing could not be found again
	widest    = 900 // nor the ones beyond it
)

// width is that of a column nobody has dragged.
func (c Column) width() float32 {
	if c.Width > 0 {
		return min(max(c.Width, narrowest), widest)
	}
	w := float32(120)
	switch c.Type {
	case field.Number:
		w = 72
	case field.Money, field.Day, field.Code:
		w = 92
	case field.Phone:
		w = 112
	case field.IDNumber:
		w = 172
	}
	// The head is bold, may carry the mark of sorting and has that of filtering.
	head := float32(utf8.RuneCountInString(c.Label)+2)*theme.BaseText*1.05 + 16
	return max(w, head)
}

func (c Column) align() fyne.TextAlign {
	switch c.Type {
	case field.Number, field.Money:
		return fyne.TextAlignTrailing
	case field.Day, field.Code, field.IDNumber, field.Phone:
		return fyne.TextAlignCenter
	}
	return fyne.TextAlignLeading
}

// ranged reports whether the cells are filtered from one value to another.
func (c Column) ranged() bool {
	return c.Type == field.Number || c.Type == field.Money || c.Type == field.Day
}
