// Package screen tells on which canvas an object stands, so that what is asked
// for the keyboard gets it, and tells it what was copied. What is done with the canvas is left
// to others.
package screen

import "fyne.io/fyne/v2"

// Of returns the canvas an object stands on, nil if there is none. The toolkit
// learns that of an object with the first frame it is drawn in; a page that has
// just been put into the window is asked for the keyboard before, and stands
// in the one window there is.
func Of(o fyne.CanvasObject) fyne.Canvas {
	driver := fyne.CurrentApp().Driver()
	if c := driver.CanvasForObject(o); c != nil {
		return c
	}
	if all := driver.AllWindows(); len(all) == 1 {
		return all[0].Canvas()
	}
	return nil
}
