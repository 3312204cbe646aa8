package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
	"github.com/ncruces/zenity"
)

// belongsTo keeps a dialog above our window, and our window from being used
// while it is open. It is called beside the UI thread, which may be waiting for
// the caller to end: then ctx is done.
func belongsTo(ctx context.Context, w fyne.Window) []zenity.Option {
	native, ok := w.(driver.NativeWindow)
	if !ok {
		return nil
	}
	handles := make(chan uintptr, 1)
	fyne.Do(func() {
		native.RunNative(func(context any) {
			switch c := context.(type) {
			case driver.WindowsWindowContext:
				handles <- c.HWND
			case *driver.WindowsWindowContext:
				handles <- c.HWND
			default:
				handles <- 0
			}
		})
	})
	select {
	case <-ctx.Done():
		return nil
	case handle := <-handles:
		if handle == 0 {
			return nil
		}
		return []zenity.Option{zenity.Attach(handle), zenity.Modal()}
	}
}
