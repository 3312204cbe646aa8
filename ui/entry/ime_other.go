//go:build !windows

package entry

import "fyne.io/fyne/v2"

// placeInputMethod does nothing: where X11 shows the input method is decided
// when its context is made, which the toolkit does.
func placeInputMethod(fyne.Window, fyne.Position, float32, float32) {}
