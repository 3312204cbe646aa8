package screen

import "fyne.io/fyne/v2"

// Copied is handed to the canvas when a text was put into the clipboard, so that
// the window knows what of it is its own and can take it away again.
type Copied struct{ Text string }

// ShortcutName is for the toolkit, which passes it on as a shortcut.
func (*Copied) ShortcutName() string { return "Copied" }

// TellCopied tells the canvas an object stands on what was put into the
// clipboard.
func TellCopied(from fyne.CanvasObject, clipboard fyne.Clipboard) {
	if c, hears := Of(from).(fyne.Shortcutable); hears {
		c.TypedShortcut(&Copied{clipboard.Content()})
	}
}
