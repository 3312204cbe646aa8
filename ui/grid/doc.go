// Package grid is the table every list of the program is shown in: thousands
// of rows under one head that sorts and drags wider, the first column always
// in sight, selection by mouse and keyboard, finding by text, pinyin or
// initials, copying into a worksheet.
//
// Its nouns are Column (what stands in it, by field.Type), Row (the texts of a
// record, as shown and as compared) and Grid, the widget. Within, a table is a
// list of rows with what sorting and finding need of it, a pick is a selection,
// a line is one row drawn.
//
// Grid knows fields and no kinds. Whoever fills it turns records into texts
// and masks what is private: what a Row does not hold is neither shown nor
// copied. All of it is used from the UI thread only; long sorts and searches
// leave it by themselves and come back.
package grid
