package store

import (
	"context"
	"errors"
	"os"
	"slices"

	"touyan/store/disk"
	"touyan/store/vault"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

// InUse reports whether a program has the ledger open.
func InUse(path string) bool {
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
		return false
	}
	err := guard(path, func() error {
		b, err := bbolt.Open(path, 0o600, &bbolt.Options{ReadOnly: true, Timeout: lockWait})
		if err != nil {
			return err
		}
		return b.Close()
	})
	return errors.Is(err, bolterrors.ErrTimeout)
}

// Look runs a reading on a ledger that is not open, and changes nothing in it.
// One that needs a password answers ErrLocked.
func Look(path string, opts Options, f func(*Tx) error) error {
	info, err := disk.Stat(path)
	if err != nil {
		return err
	}
	err = guard(path, func() (err error) {
		db := &DB{path: path, opts: opts, now: opts.clock(), reading: newGate()}
		db.kinds.Store(&opts.Kinds)
		if db.bolt, _, err = openBolt(path, bbolt.Options{ReadOnly: true}); err != nil {
			return err
		}
		defer db.bolt.Close()
		if err := db.readHeaders(info.Size()); err != nil {
			return err
		}
		i := slices.IndexFunc(db.header.Slots, func(s vault.Slot) bool { return s.Kind == vault.Open })
		if i < 0 {
			return ErrLocked
		}
		return db.see(db.header.Slots[i].ID, f)
	})
	if err != nil {
		return about(path, disk.CannotRead(path, err))
	}
	return nil
}

// see enters by a slot that needs nothing, without the writing that load does.
func (db *DB) see(slot string, f func(*Tx) error) error {
	ring, err := db.header.Unlock(slot, nil)
	if err != nil {
		return err
	}
	return db.view(func(b *bbolt.Tx) error {
		from := &file{bolt: b, ring: ring}
		if db.meta, err = from.readMeta(); err != nil {
			return err
		}
		if db.names, err = from.loadNames(); err != nil {
			return err
		}
		if db.aliases, err = from.loadAliases(); err != nil {
			return err
		}
		db.ring = ring
		tx, err := db.begin(b)
		if err != nil {
			return err
		}
		tx.learn()
		return f(tx)
	})
}

// Inspect is Verify for a ledger that is not open. Of one that needs a password
// only that its pages can be read to the end is found, and the report is empty.
func Inspect(ctx context.Context, path string, opts Options) (*Report, error) {
	r := &Report{}
	err := Look(path, opts, func(tx *Tx) error { return tx.verify(ctx, r) })
	if errors.Is(err, ErrLocked) {
		err = leaf(ctx, path)
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return r, err
}

// leaf turns every page of a ledger.
func leaf(ctx context.Context, path string) error {
	err := guard(path, func() error {
		b, _, err := openBolt(path, bbolt.Options{ReadOnly: true})
		if err != nil {
			return err
		}
		defer b.Close()
		return b.View(func(tx *bbolt.Tx) error {
			most := tx.Size() / 8 // values; more come only from pages that lead in a circle
			return tx.ForEach(func(_ []byte, b *bbolt.Bucket) error {
				return b.ForEach(func(_, _ []byte) error {
					if most--; most < 0 {
						return damaged(path, errors.New("pages lead in a circle"))
					}
					return ctx.Err()
				})
			})
		})
	})
	if err != nil && ctx.Err() == nil {
		return about(path, disk.CannotRead(path, err))
	}
	return err
}
