package ui

import (
	"context"
	"errors"
	"time"

	"touyan/store"
	"touyan/store/backup"
	"touyan/ui/page"

	"fyne.io/fyne/v2"
)

// lastCopy is how long closing the window waits for the last copy: a stick that
// answers slowly must not keep a machine from being shut down.
const lastCopy = time.Minute

// KeepBackups makes copies of every ledger opened from now on.
func (w *Window) KeepBackups() { w.backups = true }

// keep begins to make copies of a ledger, unless that goes on already.
func (w *Window) keep(db *store.DB) {
	w.desk.PutBack = w.putBack
	if !w.backups {
		return
	}
	if w.keeper == nil {
		made := func(c backup.Copy) { // while locked it is in the folder alone
			if err := db.Note(backup.Noted, string(c.Reason), c.Path, store.Actor{}); err != nil && !errors.Is(err, store.ErrLocked) {
				fyne.LogError("note copy", err)
			}
		}
		w.keeper = backup.Keep(db, backup.Options{Settings: page.KeptBackups(), Made: made, Told: func(backup.Status) {
			w.Post(func() {
				if w.shell != nil {
					w.shell.backedUp()
				}
			})
		}})
	} else if !db.Locked() {
		w.keeper.Look()
	}
	w.desk.Keeper = w.keeper
}

// part makes the last copy beside the UI thread and goes on to what parts with
// the ledger. Who calls it off stays with the ledger.
func (w *Window) part(then func()) {
	keeper := w.keeper
	if keeper == nil || w.desk.Working() { // work that goes on is waited for when the ledger closes
		then()
		return
	}
	w.desk.Attempt(page.SayLastCopy, func(ctx context.Context, _ func(done, total int64)) error {
		soon, cancel := context.WithTimeout(ctx, lastCopy)
		defer cancel()
		err := keeper.Last(soon)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return err
	}, func(err error) {
		if errors.Is(err, context.Canceled) {
			return
		}
		if err != nil {
			fyne.LogError("make the last copy", err)
		}
		w.copied = true
		then()
	})
}

// endBackups ends the making of copies, with the last one if that is not there
// yet.
func (w *Window) endBackups() {
	if w.keeper == nil {
		return
	}
	if w.copied {
		w.keeper.Stop()
	} else {
		ctx, cancel := context.WithTimeout(context.Background(), lastCopy)
		defer cancel()
		if err := w.keeper.Close(ctx); err != nil {
			fyne.LogError("make the last copy", err)
		}
	}
	w.keeper, w.copied = nil, false
}

// putBack puts a copy in the place of the open ledger and opens it. What is
// there now is copied before, and kept beside it.
func (w *Window) putBack(c backup.Copy) {
	path, now := w.desk.DB.Path(), w.desk.DB.Now
	w.shell.leave(func() {
		w.desk.Attempt(page.SayPuttingBack, func(ctx context.Context, _ func(done, total int64)) error {
			if w.keeper == nil {
				return nil
			}
			return w.keeper.BeforeRestore(ctx)
		}, func(err error) {
			if err != nil {
				w.desk.Fail(err)
				return
			}
			w.leave()
			w.shell = nil
			w.ask(page.Stop{})
			w.desk.Attempt(page.SayPuttingBack, func(ctx context.Context, tell func(done, total int64)) error {
				_, err := backup.Restore(ctx, backup.Restoring{From: c.Path, Ledger: path, Now: now,
					Progress: func(_ backup.Step, done, total int64) { tell(done, total) }})
				return err
			}, func(err error) {
				w.Open(path)
				if err != nil {
					w.desk.Fail(err)
				}
			})
		})
	})
}

// backedUp tells at the foot how the copies stand.
func (s *Shell) backedUp() {
	if k := s.desk.Keeper; k != nil {
		s.foot.backup(k.Status().Line(s.desk.DB.Now()))
	}
}
