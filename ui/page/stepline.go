package page

import (
	"touyan/ui/button"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// stepLine shows the steps of something, and goes to those that are not the
// present one.
func stepLine(names []string, present int, turns []func()) (fyne.CanvasObject, Buttons) {
	look := theme.Current()
	row := container.NewHBox()
	var doors Buttons
	for i, name := range names {
		if i > 0 {
			row.Add(container.NewCenter(words(stepArrow, look.Ink3, look.Text)))
		}
		if i == present {
			text := words(sayStep(i, name), look.Accent, look.Text)
			text.TextStyle.Bold = true
			row.Add(inset(container.NewCenter(text), 0, look.Gap))
			continue
		}
		b := button.New(sayStep(i, name), turns[i])
		b.Importance = widget.LowImportance
		row.Add(b)
		doors = append(doors, b)
	}
	return flushLeft(row), doors
}
