//go:build !embedfont

package ui

// Without the tag embedfont there is no font of our own, and the theme leaves
// the choice to the toolkit: tests and quick builds need nothing fetched. Such
// a program shows Chinese only where the system has a font for it, and is not
// for offices. See font_embed.go.
var (
	fontRegular []byte
	fontBold    []byte
)
