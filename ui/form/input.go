package form

import (
	"image/color"

	"touyan/ui/entry"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	base "fyne.io/fyne/v2/theme"
)

// input is the text field of a cell. The keys that go from cell to cell, open
// what drops below it and take it back are the form's; all others edit.
type input struct {
	entry.Entry

	cell *cell
}

var (
	_ fyne.Focusable    = (*input)(nil)
	_ fyne.Tabbable     = (*input)(nil)
	_ fyne.Shortcutable = (*input)(nil)
	_ desktop.Keyable   = (*input)(nil)
	_ desktop.Mouseable = (*input)(nil)
)

func newInput(c *cell) *input {
	in := &input{cell: c}
	in.Extend(in)
	if c.wide {
		in.MultiLine = true
		in.Wrapping = fyne.TextWrapBreak
		in.SetMinRowsVisible(2)
	}
	if c.button != nil {
		in.ActionItem = c.button
	}
	in.OnChanged = c.typed
	return in
}

// AcceptsTab keeps Tab for the form, which knows the order of its fields.
func (in *input) AcceptsTab() bool { return true }

// FocusGained is for the toolkit.
func (in *input) FocusGained() {
	in.Entry.FocusGained()
	in.cell.rec.form.entered(in.cell)
}

// FocusLost is for the toolkit.
func (in *input) FocusLost() {
	in.Entry.FocusLost()
	in.cell.rec.form.lost(in.cell)
}

// MouseDown puts the caret. A press on another cell of the form does not leave
// the form.
func (in *input) MouseDown(e *desktop.MouseEvent) {
	f := in.cell.rec.form
	f.held = true
	in.Entry.MouseDown(e)
	f.held = false
}

// KeyDown and KeyUp keep track of Shift, which TypedKey is not told of.
func (in *input) KeyDown(e *fyne.KeyEvent) {
	in.cell.rec.form.shifted(e.Name, true)
	in.Entry.KeyDown(e)
}

// KeyUp is the other half of KeyDown.
func (in *input) KeyUp(e *fyne.KeyEvent) {
	in.cell.rec.form.shifted(e.Name, false)
	in.Entry.KeyUp(e)
}

// TypedKey is for the toolkit.
func (in *input) TypedKey(e *fyne.KeyEvent) {
	c := in.cell
	f := c.rec.form
	if f.float != nil && f.under == c && f.float.key(e.Name) {
		return
	}
	switch e.Name {
	case fyne.KeyTab, fyne.KeyReturn, fyne.KeyEnter:
		f.step(c, e.Name != fyne.KeyTab)
	case fyne.KeyEscape:
		f.escape(c, e)
	case fyne.KeyF4:
		c.open()
	case fyne.KeyDown:
		if !c.open() {
			in.Entry.TypedKey(e)
		}
	case fyne.KeyBackspace, fyne.KeyDelete:
		in.unmask()
		in.Entry.TypedKey(e)
	default:
		in.Entry.TypedKey(e)
	}
}

// TypedRune types over a mask as a whole.
func (in *input) TypedRune(r rune) {
	in.unmask()
	in.Entry.TypedRune(r)
}

// unmask selects a mask whole: what it hides cannot be edited piece by piece.
func (in *input) unmask() {
	if in.cell.masked {
		in.cell.selectAll()
	}
}

// TypedShortcut is for the toolkit.
func (in *input) TypedShortcut(s fyne.Shortcut) {
	c := in.cell
	f := c.rec.form
	switch s := s.(type) {
	case *fyne.ShortcutPaste, *fyne.ShortcutCut:
		in.unmask()
	case *desktop.CustomShortcut:
		switch {
		case s.KeyName == fyne.KeyDown && s.Modifier == fyne.KeyModifierAlt:
			c.open()
			return
		case s.KeyName == fyne.KeyS && s.Modifier == fyne.KeyModifierShortcutDefault:
			f.Leave()
			return
		case f.o.Step && s.KeyName == fyne.KeyReturn && s.Modifier == fyne.KeyModifierShortcutDefault:
			f.drop(nil, nil)
			f.Finish()
			return
		}
	}
	in.Entry.TypedShortcut(s)
}

// entryTheme is the app's theme for what stands inside a frame of ours: the
// text field has none of its own, and is one row high.
type entryTheme struct{}

// hover is the colour below what the mouse is over.
const hover = base.ColorNameHover

// Color is for the toolkit.
func (entryTheme) Color(name fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	switch name {
	case base.ColorNameInputBackground, base.ColorNameInputBorder, base.ColorNamePrimary, base.ColorNameShadow:
		return color.Transparent // Primary is the border of a field with the keyboard; the caret has the app's
	}
	return theme.Current().Color(name, v)
}

// Font is for the toolkit.
func (entryTheme) Font(style fyne.TextStyle) fyne.Resource { return theme.Current().Font(style) }

// Icon is for the toolkit.
func (entryTheme) Icon(name fyne.ThemeIconName) fyne.Resource { return theme.Current().Icon(name) }

// Size is for the toolkit.
func (entryTheme) Size(name fyne.ThemeSizeName) float32 {
	look := theme.Current()
	switch name {
	case base.SizeNameInnerPadding:
		line := fyne.MeasureText(today, look.Text, fyne.TextStyle{}).Height
		return max((look.Row-line)/2-look.Hairline, 0)
	case base.SizeNameScrollBar, base.SizeNameScrollBarSmall:
		return 0 // a long text is walked by the caret
	}
	return look.Size(name)
}
