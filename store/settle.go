package store

import (
	"errors"

	"touyan/store/disk"
	"touyan/store/pages"

	"go.etcd.io/bbolt"
)

// A commit that failed may have reached the disk all the same: the last of its
// writes is the one page that makes it count, and the disk may refuse to say
// that it has it. What the file holds is then known only to who opens it again.

// settle closes the file after a failed commit, opens it again and looks
// whether the operation is in it. Where it is, it counts as done; where it is
// not, nothing of it is; and where the file does not open, that stays open, for
// Settle to find out later. Whoever calls holds db.writing.
func (db *DB) settle(e Entry, done *Tx, cause error) (Entry, *Tx, error) {
	db.unsettled = &e
	stored, err := db.reopen()
	switch {
	case err != nil:
		return e, nil, db.uncertain(errors.Join(cause, err))
	case stored:
		done.settled = true
		db.publish(done)
		return e, done, nil
	}
	return e, nil, db.unsaved(cause)
}

// Settle finds out what became of an operation that ended with ErrUncertain, for
// instance once the stick is back in. It answers whether the file holds it;
// where none is in question it does nothing. An error means that the ledger
// still cannot be opened; ErrLocked, that it will be known once somebody is in.
func (db *DB) Settle() (e Entry, stored bool, err error) {
	e, stored, err = db.settleAlone()
	if stored && err == nil {
		db.announce(Event{Op: e.Op, Seq: e.Seq, Kinds: map[string]bool{}, Settled: true})
	}
	return e, stored, err
}

func (db *DB) settleAlone() (e Entry, stored bool, err error) {
	db.writing.Lock()
	defer db.writing.Unlock()
	if db.unsettled == nil {
		return e, false, nil
	}
	e = *db.unsettled
	if stored, err = db.reopen(); err != nil {
		return e, false, err
	}
	if db.unsettled != nil {
		return e, false, ErrLocked
	}
	if stored {
		err = db.catchUp()
		db.learn()
	}
	if stored && db.Session().User == "" && !db.Open() { // it got its first user, and nobody came in as him
		db.dropKeys()
	}
	return e, stored, err
}

// Uncertain reports whether it is open if the last operation was saved.
func (db *DB) Uncertain() bool {
	db.writing.Lock()
	defer db.writing.Unlock()
	return db.unsettled != nil
}

// reopen opens the file anew and looks for the operation in question. Nobody
// reads meanwhile.
func (db *DB) reopen() (stored bool, err error) {
	db.reading.alone(func() { stored, err = db.reopenAlone() })
	return stored, err
}

func (db *DB) reopenAlone() (stored bool, err error) {
	err = guard(db.path, func() error {
		if err := db.release(); err != nil {
			return err
		}
		info, err := disk.Stat(db.path)
		if err != nil {
			return err
		}
		if info.Size() == 0 {
			return damaged(db.path, ErrEmpty)
		}
		again, held, _, err := openHeld(db.path, bbolt.Options{}, pages.Root.Walk)
		if err != nil {
			return err
		}
		err = again.View(func(b *bbolt.Tx) (err error) {
			if b.Size() > info.Size() {
				return ErrDamaged
			}
			if db.Locked() {
				return db.keepHeaders(b) // whether it holds the operation is known to who comes in
			}
			if err := db.adopt(b); err != nil {
				return err
			}
			stored, err = db.holds(b)
			return err
		})
		if err = errors.Join(err, again.Sync()); err != nil {
			return errors.Join(err, again.Close())
		}
		db.bolt, db.held = again, held
		db.stuck.Store(false)
		return nil
	})
	if err != nil {
		return false, about(db.path, disk.CannotRead(db.path, err))
	}
	if !db.Locked() {
		db.unsettled, db.rewritten = nil, nil
	}
	return stored, nil
}

// holds looks for the operation in question by its number, name, person and
// time. That the ledger's own page opens with the keys says it is the same file.
func (db *DB) holds(b *bbolt.Tx) (bool, error) {
	tx, err := db.begin(b)
	if err != nil {
		return false, err
	}
	want := db.unsettled
	if want == nil || tx.visible < want.Seq {
		return false, nil
	}
	e, ok, err := tx.Entry(want.Seq)
	return ok && e.Op == want.Op && e.Who.Name == want.Who.Name && e.At.Equal(want.At), err
}

// catchUp reads what an operation that was saved unnoticed changed of what is
// kept in memory.
func (db *DB) catchUp() error {
	return db.view(func(b *bbolt.Tx) error {
		f := &file{bolt: b, ring: db.ring}
		m, err := f.readMeta()
		if err != nil {
			return err
		}
		aliases, err := f.loadAliases()
		if err != nil {
			return err
		}
		names, err := f.loadNames()
		if err != nil {
			return err
		}
		headers, err := readHeaders(b)
		if err != nil {
			return err
		}
		db.names.keep(len(names.list))
		db.mu.Lock()
		defer db.mu.Unlock()
		db.meta, db.aliases = m, aliases
		db.header, db.headers = headers[0], headers[:1]
		return nil
	})
}

// usable answers ErrUncertain where nothing may be written: by who would build on
// what nobody knows, or on a file that is gone.
func (db *DB) usable() error {
	if db.unsettled != nil {
		return db.uncertain(errUnsettled)
	}
	if db.stuck.Load() {
		if _, err := db.reopen(); err != nil {
			return db.uncertain(errors.Join(errStuck, err))
		}
	}
	return nil
}

// update writes what is no operation, by whoever holds db.writing. An error of f
// comes back as it is; after a failed commit the file is opened anew.
func (db *DB) update(f func(*bbolt.Tx) error) error {
	if err := db.usable(); err != nil {
		return err
	}
	written := false
	err := db.write(func(b *bbolt.Tx) error {
		err := f(b)
		written = err == nil
		return err
	})
	if err != nil && written {
		return db.redone(err)
	}
	return err
}

// redone is settle for what counts as not saved whatever the file holds of it:
// part of a batch, or a draft.
func (db *DB) redone(cause error) error {
	if _, err := db.reopen(); err != nil {
		return db.uncertain(errors.Join(cause, err))
	}
	return db.unsaved(cause)
}

// unsaved is ErrUnsaved with its cause, told if it is the disk's.
func (db *DB) unsaved(cause error) error { return db.failed(ErrUnsaved, cause) }
