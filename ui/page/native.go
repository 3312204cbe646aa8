package page

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
)

// Native asks for a file by the system's own dialog and waits for the answer.
// Called beside the UI thread; ErrNoChoice says that a person chose none, any
// other error that there is no dialog to ask by.
type Native func(context.Context, Ask) (path string, err error)

// Ask is what a file dialog asks.
type Ask struct {
	Title   string
	Folder  string
	Name    string   // proposed, for saving
	Endings []string // of names, with the dot
	Save    bool
}

// ErrNoChoice says that nothing was chosen.
var ErrNoChoice = errors.New("no file chosen")

// askSystem asks by the system's dialog, and by ours where there is none.
func (d *Desk) askSystem(a Ask, then func(path string), ours func()) {
	if d.Native == nil {
		ours()
		return
	}
	path := ""
	d.Attempt(sayInSystem, func(ctx context.Context, _ func(done, total int64)) (err error) {
		path, err = d.Native(ctx, a)
		return err
	}, func(err error) {
		switch {
		case errors.Is(err, ErrNoChoice), errors.Is(err, context.Canceled):
		case err != nil:
			d.Native = nil
			ours()
		default:
			d.folder = filepath.Dir(path)
			if a.Save && !strings.EqualFold(filepath.Ext(path), a.Endings[0]) {
				d.mayReplace(path+a.Endings[0], then) // the dialog asked about another name
				return
			}
			then(path)
		}
	})
}
