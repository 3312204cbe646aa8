package screen_test

import (
	"testing"

	"touyan/ui/screen"

	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

// Ensure that an object stands on the canvas of its window.
func TestOf(t *testing.T) {
	test.NewTempApp(t)
	o := widget.NewLabel("")
	w := test.NewTempWindow(t, o)
	if got := screen.Of(o); got != w.Canvas() {
		t.Errorf("on %v, want the window's", got)
	}
}
