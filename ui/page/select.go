package page

import "fyne.io/fyne/v2/widget"

// newSelect is a list to choose one of. What stands in it before anything is
// chosen would be the toolkit's, which is English in every language.
func newSelect(options []string, chosen func(string)) *widget.Select {
	s := widget.NewSelect(options, chosen)
	s.PlaceHolder = hintSelect
	return s
}
