// Package chart draws the small charts of the program, from numbers and the
// words somebody wrote for them: Bars (how much of each), Stacked (what each is
// made of), Progress (how much of what was meant is done) and Line (how it went
// over a few years or months).
//
// Its nouns are Item (a number with its words, its Tone and where it leads),
// and Row and Goal, which hold items. Within, a ground is what all charts have
// in common, a pen draws one anew, a spot is where an item is drawn and a press
// one that may be opened, a table is the lines of words that bars stand in.
//
// Chart knows numbers and words, no fields and no kinds of record. It writes no
// number itself but a percentage: who knows the unit has written the text. A
// number that is not one (NaN, Inf) is not known, one below zero is drawn as
// zero.
// Colours and sizes come from the theme of the moment, each time it is drawn.
// All of it is used from the UI thread only.
package chart
