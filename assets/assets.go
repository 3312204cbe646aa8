// Package assets holds what the program carries besides its code, embedded so
// that a single file can be copied to an office machine.
//
// Each file here keeps the content as it is and at most splits it into lines;
// what the content means is said where it is used. The Chinese font is not
// here: it is fetched at build and embedded by package ui.
package assets
