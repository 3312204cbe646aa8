//go:build embedfont

package ui

import _ "embed"

// The Chinese font, Noto Sans Hans, in the program itself: few office machines
// have one whose glyph forms are the mainland's in both weights. The files are
// fetched by cmd/dev and are not in git, hence the tag.
//
// The font is under the SIL Open Font License, which lets a program carry it
// together with the licence text, and reserves its name: a changed file may
// not be passed on under it. So the files go in as they are, and patchMetrics
// changes a copy in memory.
var (
	//go:embed font/regular.otf
	fontRegular []byte

	//go:embed font/bold.otf
	fontBold []byte

	//go:embed font/LICENSE
	fontLicence string
)
