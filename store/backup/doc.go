// Package backup keeps copies of one ledger by themselves and puts one back.
//
// A copy is a ledger file that opens like any other. It lies in a folder beside
// its ledger, under a name a clerk can read: 台账.备份/2026-11-23 0915
// 导入前.touyan. There is no index: the folder is the list, and each copy
// carries the digest that proves it whole (store.CheckCopy), so that no key is
// needed to see which are good. A copy counts once it has been written, synced,
// read through, given its name and read back from the medium; what is cut short
// before that bears a name that does not count and is swept away by the next.
//
// Keeper runs beside the window and decides when. Old copies are thinned out by
// counting the days, weeks, months and years that have some, not back from today:
// a clock gone wrong ages nothing. A second place, a folder on a stick, gets each
// newest copy when it is there, and the scanned papers once. Restore puts a copy
// in the ledger's place and the ledger aside; Compare says what would be missing.
//
// What is inside a ledger is the business of package store, and so is telling,
// when it is opened, that it was put back. Why a disk refused is told by disk.
package backup
