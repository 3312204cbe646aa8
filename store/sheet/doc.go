// Package sheet knows tables in a workbook: it finds the header of a table,
// maps its columns to those of a form, turns cells into values and back, and
// writes our own books.
//
// Write prints forms as offices expect them on A4 and verifies what it wrote;
// a Carrier lets a book name itself when it comes back. Read finds the tables
// of known forms in any book and gives each Row with its Values, the rows it
// left out and the columns nobody claimed. WriteErrors makes a new book of the
// rows that need mending, which Read takes again.
//
// What is left to others: reading the file itself (store/xlsx), what a field
// may hold and how people write it (store/field), what a row means for the
// records of a ledger (store/exchange). Nothing here knows a particular kind.
package sheet
