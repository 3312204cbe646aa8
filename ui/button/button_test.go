package button_test

import (
	"testing"

	"touyan/ui/button"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// Ensure that Enter and the space bar press a button that has the keyboard, once
// each, and that other keys go to the window.
func TestKeysPress(t *testing.T) {
	test.NewTempApp(t)
	pressed := 0
	b := button.New("恢复", func() { pressed++ })
	w := test.NewTempWindow(t, b)
	var left []fyne.KeyName
	w.Canvas().SetOnTypedKey(func(k *fyne.KeyEvent) { left = append(left, k.Name) })
	for i, key := range []fyne.KeyName{fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace} {
		w.Canvas().Focus(b)
		b.TypedKey(&fyne.KeyEvent{Name: key})
		if pressed != i+1 {
			t.Errorf("%s: pressed %d times, want %d", key, pressed, i+1)
		}
	}
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyF1})
	if len(left) != 1 || left[0] != fyne.KeyF1 {
		t.Errorf("the window got %v, want F1 alone", left)
	}
	b.Disable()
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if pressed != 3 {
		t.Error("a button that is off was pressed")
	}
}
