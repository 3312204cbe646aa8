package page

import (
	"os"
	"slices"

	"fyne.io/fyne/v2"
)

// What this machine remembers of how the program is used lies in the app's
// preferences, a plain file: widths, orders, places, names of files. Nothing
// that stands in a record may be put there.

// Keep remembers how a room is looked at, such as its columns.
func (d *Desk) Keep(room, what, text string) {
	fyne.CurrentApp().Preferences().SetString(room+"."+what, text)
}

// Kept is what Keep was given last, empty if nothing.
func (d *Desk) Kept(room, what string) string {
	return fyne.CurrentApp().Preferences().String(room + "." + what)
}

// Recent names a list of files used lately.
type Recent string

// The lists.
const (
	RecentBooks   Recent = "recent.books"
	RecentLedgers Recent = "recent.ledgers"
)

// recentFiles is how many a list holds.
const recentFiles = 6

// Note puts a file first in the list.
func (r Recent) Note(path string) {
	kept := fyne.CurrentApp().Preferences()
	list := slices.DeleteFunc(kept.StringList(string(r)), func(p string) bool { return p == path })
	list = append([]string{path}, list...)
	kept.SetStringList(string(r), list[:min(len(list), recentFiles)])
}

// Files are those of the list that are still there, the last used first.
func (r Recent) Files() []string {
	return slices.DeleteFunc(fyne.CurrentApp().Preferences().StringList(string(r)), func(p string) bool {
		info, err := os.Stat(p)
		return err != nil || info.IsDir()
	})
}
