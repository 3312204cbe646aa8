package store

import (
	"errors"
	"os"

	"touyan/store/disk"

	"go.etcd.io/bbolt"
)

// bbolt reads the file's first pages to begin a transaction, and other pages to
// roll one back, holding its locks. Where the disk is gone that faults, guard
// makes an error of it, and the locks stay held: whoever asks bbolt next waits
// for ever. So nobody asks it any more; the file is let go of by its handle, and
// opened anew by the next to write, or by Settle.

var errStuck = errors.New("a transaction never ended")

// view runs a reading of bbolt's.
func (db *DB) view(f func(*bbolt.Tx) error) error {
	if db.stuck.Load() {
		return db.gone()
	}
	began, ended := false, false
	err := guard(db.path, func() error {
		err := db.bolt.View(func(b *bbolt.Tx) error {
			began = true
			return f(b)
		})
		ended = true
		return err
	})
	if !began && !ended {
		db.stuck.Store(true)
	}
	return err
}

// write runs a writing of bbolt's, by whoever holds db.writing.
func (db *DB) write(f func(*bbolt.Tx) error) error {
	var tx *bbolt.Tx
	ended := false
	err := guard(db.path, func() error {
		err := db.bolt.Update(func(b *bbolt.Tx) error {
			tx = b
			return f(b)
		})
		ended = true
		return err
	})
	if !ended {
		db.ended(tx)
	}
	return err
}

// ended notes whether a transaction that faulted has let go of the file; nil is
// one that faulted in the beginning.
func (db *DB) ended(b *bbolt.Tx) {
	if b == nil || b.DB() != nil {
		db.stuck.Store(true)
	}
}

// gone is what reading answers where nobody may ask bbolt.
func (db *DB) gone() error {
	if _, err := os.Stat(db.path); err != nil {
		return disk.CannotRead(db.path, err)
	}
	return closed(db.path, errStuck)
}

// release closes the file, or lets go of it.
func (db *DB) release() error {
	if db.stuck.Load() {
		unlock(db.held) // of a file that is closed, it does nothing
		db.held.Close()
		return nil
	}
	return db.bolt.Close()
}
