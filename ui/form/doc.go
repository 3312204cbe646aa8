// Package form is the form in which a record is typed, drawn from the list of
// its kind's fields: an entry for each by its type, checked as one types, gone
// through by Tab and Enter as in a worksheet, saved once when it is left.
//
// Its nouns are Form (the widget), Options (what its page decides: sections,
// choices for references, what may be changed), Choice (a word one may choose),
// Edit (what a visit changed, for the page to store in one operation), Line (a
// record that is a line inside the form's own) and Draft (what was typed and is
// not saved). Entry is the text field all typing of Chinese should go through.
// Within, a record is the values of one row being typed, a cell is one of its
// fields on screen, a float is what drops below a cell.
//
// Form knows fields and no kinds. It judges through field.Field.Read and the
// kind's Check alone: a cell that cannot be read stays as typed and is not
// saved, the others are. It stores nothing itself. All of it is used from the
// UI thread only.
package form
