//go:build !windows

package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"github.com/ncruces/zenity"
)

// belongsTo leaves it to the desktop where a dialog stands.
func belongsTo(context.Context, fyne.Window) []zenity.Option { return nil }
