package ui

import (
	"context"
	"errors"
	"path/filepath"

	"touyan/ui/page"

	"fyne.io/fyne/v2"
	"github.com/ncruces/zenity"
)

// systemDialogs asks for files by the dialogs of the system. It is nil where
// there are none: Windows has its own, a Linux desktop needs zenity or a program
// like it.
func systemDialogs(w fyne.Window) page.Native {
	if !zenity.IsAvailable() {
		return nil
	}
	return func(ctx context.Context, a page.Ask) (string, error) {
		var patterns []string
		for _, e := range a.Endings {
			patterns = append(patterns, "*"+e)
		}
		options := append(belongsTo(ctx, w), zenity.Context(ctx), zenity.Title(a.Title),
			zenity.FileFilters{{Name: filterName, Patterns: patterns, CaseFold: true}})
		ask := zenity.SelectFile
		if a.Save {
			ask = zenity.SelectFileSave
			options = append(options, zenity.ConfirmOverwrite(), zenity.Filename(filepath.Join(a.Folder, a.Name)))
		} else {
			options = append(options, zenity.Filename(a.Folder+string(filepath.Separator)))
		}
		path, err := ask(options...)
		if errors.Is(err, zenity.ErrCanceled) {
			return "", page.ErrNoChoice
		}
		return path, err
	}
}
