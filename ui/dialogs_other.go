//go:build !windows

package ui

import (
	"fyne.io/fyne/v2"
	"github.com/ncruces/zenity"
)

// belongsTo leaves it to the desktop where a dialog stands.
func belongsTo(fyne.Window) []zenity.Option { return nil }
