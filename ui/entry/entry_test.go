package entry

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

// catching is a window that notes the shortcut it gets. The toolkit's canvas for
// tests hides that it takes any.
type catching struct {
	fyne.Canvas
	got fyne.Shortcut
}

func (c *catching) TypedShortcut(s fyne.Shortcut) { c.got = s }

// Ensure that the window's own shortcuts come to the window, and those of
// editing stay.
func TestShortcutsOfTheWindow(t *testing.T) {
	k := &desktop.CustomShortcut{KeyName: fyne.KeyK, Modifier: fyne.KeyModifierShortcutDefault}
	left := &desktop.CustomShortcut{KeyName: fyne.KeyLeft, Modifier: fyne.KeyModifierShortcutDefault}
	window := &catching{}
	pass(window, k)
	if window.got != k || edits(k) || !edits(left) {
		t.Error("Ctrl+K does not come to the window, or Ctrl+Left does")
	}
}

// Ensure that the keys by which one gets about come to the window, and letters
// and arrows do not.
func TestKeysOfTheWindow(t *testing.T) {
	test.NewTempApp(t)
	e := New()
	w := test.NewTempWindow(t, e)
	var got []fyne.KeyName
	w.Canvas().SetOnTypedKey(func(k *fyne.KeyEvent) { got = append(got, k.Name) })
	w.Canvas().Focus(e)
	test.Type(e, "前进")
	for _, name := range []fyne.KeyName{fyne.KeyF1, fyne.KeyLeft, fyne.KeyF6, fyne.KeyBackspace, fyne.KeyF11, fyne.KeyEscape} {
		e.TypedKey(&fyne.KeyEvent{Name: name})
	}
	if len(got) != 4 || e.Text != "进" || !e.Focused() {
		t.Errorf("the window got %v, the field holds %q", got, e.Text)
	}
}
