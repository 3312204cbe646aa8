// Package levels lives through random histories of a city, two counties and five
// townships that keep ledgers of their own, one of them on two laptops, and
// exchange books: edits at every level, books that are late, lost, repeated or
// edited by hand, decisions on either side, people joined and parted, records
// voided, batches taken back at once or after they were sent on. It holds them to
// the four promises of the exchange: idempotent, no lost cell, convergent,
// order-free.
//
// A history follows from its seed. Only tests and cmd/dev/torture import it.
package levels
