package store

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"touyan/store/disk"
	"touyan/store/vault"

	"go.etcd.io/bbolt"
)

// Create makes a new ledger for an office. The file appears whole or not at
// all, and never over another.
func Create(path string, office Office, sample bool, opts Options) (err error) {
	if info, err := os.Lstat(path); err == nil && !info.IsDir() {
		return about(path, ErrExists)
	}
	if err := disk.MayWrite(path); err != nil {
		return err
	}
	temp, err := os.CreateTemp(filepath.Dir(path), ".touyan-*")
	if err != nil {
		return disk.CannotWrite(path, err)
	}
	temp.Close()
	defer os.Remove(temp.Name())
	b, err := bbolt.Open(temp.Name(), 0o600, &bbolt.Options{Timeout: time.Second})
	if err != nil {
		return disk.CannotWrite(path, err)
	}
	m := meta{Format: FormatVersion, Created: opts.clock()(), Office: office, Sample: sample}
	m.renew(opts.fingerprint(path))
	err = b.Update(func(tx *bbolt.Tx) error { return begin(tx, m, opts) })
	if err = errors.Join(err, b.Sync(), b.Close()); err != nil {
		return disk.CannotWrite(path, err)
	}
	return appear(temp.Name(), path)
}

// begin writes the pages of a ledger that is open to everybody.
func begin(tx *bbolt.Tx, m meta, opts Options) error {
	for _, name := range bucketsOf(opts.Kinds) {
		if _, err := tx.CreateBucketIfNotExists([]byte(name)); err != nil {
			return err
		}
	}
	header, ring := vault.New(m.Office.Name, allClasses...)
	entry := vault.Entry{Kind: vault.Open, Roles: roleNames(Roles), Holds: allClasses, At: m.Created}
	if _, err := header.Add(ring, entry); err != nil {
		return err
	}
	f := &file{bolt: tx, ring: ring, manifest: manifest{}}
	if err := f.writeHeader(header, &m); err != nil {
		return err
	}
	return f.finish()
}

// CreateFilled is Create for a ledger that is to hold something from the start.
// If fill fails, no file is left.
func CreateFilled(path string, office Office, sample bool, opts Options, fill func(*DB) error) error {
	if err := Create(path, office, sample, opts); err != nil {
		return err
	}
	db, err := Open(path, opts)
	if err == nil {
		err = errors.Join(fill(db), db.Close())
	}
	if err == nil {
		return nil
	}
	// Whether the last step was saved is no question any more.
	if told, ok := errors.AsType[*disk.Error](err); ok && errors.Is(told, ErrUncertain) {
		err = disk.CannotWrite(path, told.Err)
	}
	if e := os.Remove(path); e != nil {
		err = errors.Join(err, disk.CannotWrite(path, e))
	}
	return err
}

// appear gives a finished file its name without replacing another.
func appear(temp, path string) error {
	if err := os.Link(temp, path); err == nil || errors.Is(err, fs.ErrExist) {
		if err != nil {
			return about(path, ErrExists)
		}
		return syncDir(path)
	}
	// FAT sticks and some shares have no links: look, then rename.
	if _, err := os.Lstat(path); err == nil {
		return about(path, ErrExists)
	}
	if err := os.Rename(temp, path); err != nil {
		return disk.CannotWrite(path, err)
	}
	return syncDir(path)
}

// syncDir makes a file's name outlast a power cut. Windows has no such call
// and needs none.
func syncDir(path string) error {
	d, err := os.Open(filepath.Dir(path))
	if err != nil {
		return nil
	}
	defer d.Close()
	d.Sync()
	return nil
}
