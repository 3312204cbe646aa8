// Package levels lives through random histories of a city, two counties and five
// townships that keep ledgers of their own and exchange books: edits at every
// level, books that are late, lost, repeated or edited by hand, decisions on
// either side, batches taken back. It holds them to the four promises of the
// exchange: idempotent, no lost cell, convergent, order-free.
//
// A history follows from its seed. Only tests and cmd/dev/torture import it.
package levels
