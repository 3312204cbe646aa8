// Package grid is the table every list of the program is shown in: thousands
// of rows under one head that sorts, filters and drags wider, the first column
// always in sight, selection by mouse and keyboard, finding by text, pinyin or
// initials, copying into a worksheet and pasting from one, editing in place.
//
// Its nouns are Column (what stands in it, by field.Type), Row (the texts of a
// record, as shown and as compared), Filter and View (what a person has
// arranged, as plain data to be stored), Change and Block (what a person typed
// or pasted, for the host to carry out as one operation) and the widgets Grid,
// Bar (views and columns to choose from) and Preview (what pasting would do).
// Within, a table is a list of rows with what sorting, finding and filtering
// need of it, a pick is a selection, a line is one row drawn.
//
// Grid knows fields and no kinds, and it changes nothing: whoever fills it
// turns records into texts and masks what is private, and typed texts into
// records. What a Row does not hold is neither shown nor copied. All of it is
// used from the UI thread only; long work leaves it by itself and comes back.
package grid
