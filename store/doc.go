// Package store is the ledger: one bbolt file that holds an office's records,
// every change ever made to them, and where each value came from.
//
// Do is the only way to write. It runs one named operation in one transaction:
// either all of it is in the file, with its journal entry, or nothing. Stage is
// Do for thousands of records. View reads. Records come as structs (Get, All,
// Put) for workflows and as rows of texts (Row, Rows, PutRow) for everything
// general; JoinState takes in what another ledger holds.
//
// The package knows fields but no kind of record: Open is handed the kinds. It
// knows neither books nor screens, and it judges no value: checks are run by
// whoever writes.
//
// # The file
//
//	meta       "ledger"                       who this ledger is, its counter, what is visible
//	names      number                         the names of kinds and cells, numbered
//	r:KIND     id (16 bytes)                  a packed record (pack.go)
//	refs       target · name no. · kind no. · id   every reference, for finding what points to a record
//	aliases    id                             the records it was found to be
//	conflicts  kind no. · id · name no.       every cell whose versions differ
//	origins    dot                            who wrote what other ledgers sent, when, and in which book
//	journal    sequence number                one entry per operation
//	changes    sequence number · block no.    what the operation changed, some hundreds of changes a block
//	settings   name                           what this ledger remembers for its office alone
//	drafts     key                            what was typed and not yet saved (draft.go); not in the journal
//	papers     digest of the content          the attached files that lie beside the ledger, and their keys (papers.go)
//
// All values are sealed (pack.go); no key holds anything personal. A record's
// packed form begins with the sequence number of the operation that wrote it
// last. Numbers above meta's "visible" belong to a batch still being staged:
// readers pass over such records, and Open discards what a crash left of them.
package store
