// Package theme holds how the program looks: its colours, its sizes and its
// two weights of type, each written down once. Everything drawn takes them
// from here, by Current for what we draw ourselves and through fyne.Theme for
// the toolkit's own widgets; no colour or size stands anywhere else.
//
// There is one light theme, one with high contrast, three densities to choose
// from and a fourth for the wall. The bytes of the font are handed in by
// whoever starts the program. Which theme is in use is the app's to keep
// (fyne.Settings); this package keeps nothing.
package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"
)

// Theme is one look of the program. It is made once and not changed: another
// look is another Theme, and two looks are the same if their pointers are.
type Theme struct {
	Colors
	Sizes

	regular, bold fyne.Resource
}

var _ fyne.Theme = (*Theme)(nil)

// New makes a theme. The fonts are single faces (.ttf or .otf); a collection
// (.ttc), as systems install for Chinese, makes the toolkit panic and must not
// be given. Without a regular font the toolkit chooses among the system's, and
// without a bold one the regular one serves for both.
func New(regular, bold fyne.Resource, density Density, highContrast bool) *Theme {
	t := &Theme{Colors: light(), Sizes: sizes(density), regular: regular, bold: bold}
	if highContrast {
		t.Colors = strong()
	}
	if t.bold == nil {
		t.bold = regular
	}
	return t
}

var standard = New(nil, nil, Roomy, false)

// Current returns the theme the app runs with, and a standard one where it
// runs with somebody else's, as in tests.
func Current() *Theme {
	if t, ok := fyne.CurrentApp().Settings().Theme().(*Theme); ok {
		return t
	}
	return standard
}

// Font returns the regular face for every style but bold: a face is parsed
// once for each style in use, and each costs megabytes. Symbols come from the
// toolkit's own font.
func (t *Theme) Font(style fyne.TextStyle) fyne.Resource {
	switch {
	case style.Symbol || t.regular == nil:
		return base.DefaultTheme().Font(style)
	case style.Bold:
		return t.bold
	}
	return t.regular
}

// Icon returns the toolkit's icons.
func (t *Theme) Icon(name fyne.ThemeIconName) fyne.Resource {
	return base.DefaultTheme().Icon(name)
}

// Size answers the toolkit's widgets.
func (t *Theme) Size(name fyne.ThemeSizeName) float32 {
	switch name {
	case base.SizeNameText:
		return t.Text
	case base.SizeNameCaptionText:
		return t.Caption
	case base.SizeNameHeadingText:
		return t.Heading
	case base.SizeNameSubHeadingText:
		return t.Subheading
	case base.SizeNameInlineIcon:
		return t.Text + 4
	case base.SizeNamePadding:
		return t.Space
	case base.SizeNameInnerPadding:
		return t.Gap
	case base.SizeNameSeparatorThickness, base.SizeNameInputBorder:
		return t.Hairline
	case base.SizeNameInputRadius, base.SizeNameButtonRadius, base.SizeNameSelectionRadius,
		base.SizeNameCardRadius, base.SizeNameDialogRadius, base.SizeNamePopupRadius, base.SizeNameMenuRadius:
		return t.Radius
	case base.SizeNameModalBlurRadius: // blurring is slow where no GPU helps
		return 0
	case base.SizeNameScrollBar:
		return t.ScrollBar
	case base.SizeNameScrollBarSmall:
		return t.ScrollBarAtRest
	}
	return base.DefaultTheme().Size(name)
}

// Color answers the toolkit's widgets. There is no dark variant.
func (t *Theme) Color(name fyne.ThemeColorName, _ fyne.ThemeVariant) color.Color {
	switch name {
	case base.ColorNameBackground, base.ColorNameHeaderBackground, base.ColorNameDisabledButton,
		base.ColorNameScrollBarBackground:
		return t.Canvas
	case base.ColorNameInputBackground, base.ColorNameMenuBackground, base.ColorNameOverlayBackground:
		return t.Surface
	case base.ColorNameInputBorder: // an unselected radio button is nothing but its border
		return t.Ink3
	case base.ColorNameButton:
		return t.Button
	case base.ColorNameSeparator,
		base.ColorNameInnerWindowBorder, base.ColorNameInnerWindowBorderInactive:
		return t.Line
	case base.ColorNameForeground:
		return t.Ink
	case base.ColorNamePlaceHolder, base.ColorNameDisabled:
		return t.Ink3
	case base.ColorNamePrimary:
		return t.Accent
	case base.ColorNameSelection:
		return t.AccentWeak
	case base.ColorNameForegroundOnPrimary, base.ColorNameForegroundOnError,
		base.ColorNameForegroundOnSuccess, base.ColorNameForegroundOnWarning:
		return t.OnAccent
	case base.ColorNameHyperlink:
		return t.Info
	case base.ColorNameSuccess:
		return t.Good
	case base.ColorNameWarning:
		return t.Warn
	case base.ColorNameError:
		return t.Bad
	// What lies over something else must let it through.
	case base.ColorNameFocus:
		return veil(t.Accent, 0x38)
	case base.ColorNameHover:
		return veil(t.Ink, 0x0D)
	case base.ColorNamePressed:
		return veil(t.Ink, 0x1F)
	case base.ColorNameScrollBar:
		return veil(t.Ink, 0x66)
	case base.ColorNameShadow:
		return veil(t.Ink, 0x1A)
	}
	return base.DefaultTheme().Color(name, base.VariantLight)
}
