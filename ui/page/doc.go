// Package page holds the pages of the window: a list of any kind, the review of
// a book that came in, what was received and sent, conflicts, and the questions
// asked on the way.
//
// Its nouns are Desk (what the pages of one window share: the ledger, who works
// on it, where to ask), Page (what fills the window beside the sidebar), Panel
// (a question over it) and Notice (a line at the foot of the window).
//
// A page that is always there is a Room: Rooms lists them, with their group in
// the sidebar, what waits there and what can be done there from anywhere. What
// a page may do beyond Page it says by further methods: Remaker, Projector,
// Leaver, Opener, Filterer. Buttons that begin with DoNew and DoPrint have keys.
//
// Pages show records and call the store's operations; they decide nothing
// themselves. Whatever may take long runs beside the UI thread, and comes back
// to it through Desk.Post; everything else here is used from the UI thread
// only. The window around the pages is package ui's.
package page
