package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
	"github.com/ncruces/zenity"
)

// belongsTo keeps a dialog above our window, and our window from being used
// while it is open.
func belongsTo(w fyne.Window) []zenity.Option {
	var handle uintptr
	if native, ok := w.(driver.NativeWindow); ok {
		fyne.DoAndWait(func() {
			native.RunNative(func(context any) {
				switch c := context.(type) {
				case driver.WindowsWindowContext:
					handle = c.HWND
				case *driver.WindowsWindowContext:
					handle = c.HWND
				}
			})
		})
	}
	if handle == 0 {
		return nil
	}
	return []zenity.Option{zenity.Attach(handle), zenity.Modal()}
}
