package page

import (
	"errors"

	"touyan/store"
)

// Cover takes everything off the screen that lies over the page: questions,
// menus, the find box. What is asked meanwhile waits. The window puts something
// in the place of the page itself.
func (d *Desk) Cover() {
	d.covered = true
	for _, p := range d.panels {
		if !p.aside {
			p.pop.Hide()
		}
	}
	over := d.Window.Canvas().Overlays()
	for top := over.Top(); top != nil; top = over.Top() {
		over.Remove(top)
	}
}

// Uncover shows again what waits for an answer, and writes the drafts that
// could not be written while the ledger was locked.
func (d *Desk) Uncover() {
	d.covered = false
	for _, p := range d.panels {
		if !p.aside {
			p.pop.Show()
		}
	}
	d.box.mu.Lock()
	defer d.box.mu.Unlock()
	if len(d.box.pending) > 0 && !d.box.writing {
		d.box.writing = true
		d.running.Go(d.writeDrafts)
	}
}

// Covered reports whether the ledger is locked or about to be.
func (d *Desk) Covered() bool { return d.covered }

// LetGo locks the ledger once nothing works on it any more: what runs ends
// first, and what its end sets off. A screen uncovered meanwhile keeps the keys.
func (d *Desk) LetGo() {
	d.leaving.Go(func() {
		d.running.Wait()
		d.Post(func() {
			switch {
			case !d.covered:
			case d.busy || d.running.busy():
				d.LetGo()
			default:
				d.leaving.Go(func() {
					d.DB.Lock()
					d.Post(d.gone)
				})
			}
		})
	})
}

// gone follows the keys being away.
func (d *Desk) gone() {
	if then := d.whenGone; then != nil {
		d.whenGone = nil
		then()
	}
}

// onceGone runs f once the ledger is locked, at once if it is.
func (d *Desk) onceGone(f func()) {
	d.whenGone = f
	if d.DB.Locked() {
		d.gone()
	}
}

// unseen reports an error that only says the ledger was locked before something
// was read: it is read again when somebody is back.
func (d *Desk) unseen(err error) bool { return d.covered && errors.Is(err, store.ErrLocked) }
