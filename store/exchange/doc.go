// Package exchange plans and applies what comes into a ledger from books, and
// writes the books that go out.
//
// A book comes in as gather -> plan -> show -> apply. Open gathers its tables
// and, if a ledger wrote it, its carrier: the stamps and digests of the cells
// as they were sent. Plan holds them against the ledger and writes nothing:
// every record it would create or change, every count, every Problem. Apply
// writes a plan as one batch, undone as one; if the ledger has moved since, it
// refuses and the book is planned again.
//
// Between plan and apply a person may mend cells, leave rows out and match heads
// otherwise; the book in memory keeps it, the file is not touched, and the book
// is planned again. Of what goes out, ChangedSince tells what an office does not
// know yet.
//
// A plain roster is taken in as edits of this office: what its cells say goes
// over what the ledger shows, blank cells say nothing. A book with a carrier is
// merged by stamps: a cell as sent keeps its stamp; a cell edited by hand has
// one derived from book, row, field and value, so the same book gives the same
// stamps wherever and however often it is read. A row that is absent was not
// sent. Whatever is doubtful becomes a Problem with sheet, cell and remedy, and
// the rest goes in.
//
// The package knows the forms but reads no cell itself (store/sheet does), and
// it shows nothing: callers do.
package exchange
