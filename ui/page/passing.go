package page

import (
	"touyan/ui/screen"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// The toolkit hands a focused widget every key and asks nobody else. What a
// text field has no use for goes on to the window.

// passShortcut hands a shortcut to a text field, or to the window if it is
// none by which one edits.
func passShortcut(at fyne.CanvasObject, field *widget.Entry, s fyne.Shortcut) {
	if c, custom := s.(*desktop.CustomShortcut); custom && !edits(c) {
		if window, ok := screen.Of(at).(fyne.Shortcutable); ok {
			window.TypedShortcut(s)
			return
		}
	}
	field.TypedShortcut(s)
}

// edits reports a shortcut by which one moves and deletes within a text.
func edits(s *desktop.CustomShortcut) bool {
	switch s.KeyName {
	case fyne.KeyLeft, fyne.KeyRight, fyne.KeyBackspace, fyne.KeyDelete:
		return s.Modifier&fyne.KeyModifierShortcutDefault != 0
	}
	return false
}

// passKey hands a key to a text field, or to the window if it is one of those
// by which one gets about, or Escape.
func passKey(at fyne.CanvasObject, field *widget.Entry, k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyF1, fyne.KeyF6, KeyWall, fyne.KeyEscape:
		if c := screen.Of(at); c != nil && c.OnTypedKey() != nil {
			c.OnTypedKey()(k)
			return
		}
	}
	field.TypedKey(k)
}
