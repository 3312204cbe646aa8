// Package check looks over a whole ledger for what no single record shows:
// villages without 书记 or without anybody in the pool, posts held twice,
// terms that run out, one ID number on two people, references that lead
// nowhere; and, so that there is one list, for what the records find wrong
// with themselves.
//
// From the same facts come the lights of the villages (断档预警), what waits on
// the 工作台 and the figures there, and whether a whole new team stands beside an
// old one.
//
// A rule is a small function from the facts of a day to problems; rules lists
// them in the order people want to read of them. Nothing here keeps anybody
// from writing: facts are recorded as they happened. Limits that no law sets
// stand in defaults.go.
package check
