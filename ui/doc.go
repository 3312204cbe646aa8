// Package ui is the window: the sidebar with its rooms, the path and the find
// box above the page, the line at its foot; and the page that asks for a ledger
// where there is none.
//
// Its nouns are Window (the program's one window), Shell (the frame around the
// pages of an open ledger) and palette (the find box, open). What a page shows
// and which rooms there are is package ui/page's, the tables are ui/grid's,
// colours and sizes ui/theme's. The window refreshes its pages when the ledger
// tells of an operation, makes them anew in another look, and covers what must
// not be seen on a wall; it never reads the file itself.
package ui
