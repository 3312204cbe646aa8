// Package ui is the window: the sidebar with its rooms, the path and the find
// box above the page, the line at its foot; and the page that asks for a ledger
// where there is none.
//
// Its nouns are Window (the program's one window) and Shell (the frame around
// the pages of an open ledger). What a page shows is package ui/page's, the
// tables are ui/grid's, colours and sizes ui/theme's. The window refreshes its
// pages when the ledger tells of an operation; it never reads the file itself.
package ui
