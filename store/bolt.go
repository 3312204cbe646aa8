package store

import (
	"errors"
	"io"
	"os"

	"touyan/store/disk"
	"touyan/store/pages"

	"go.etcd.io/bbolt"
)

var errRoots = errors.New("neither of the first pages holds")

// look is how far a file's pages are looked at before bbolt opens it.
type look func(newest pages.Root, f io.ReaderAt, size int64) error

// openBolt opens the file of a ledger. All its pages are looked at before, for
// bbolt believes them: an element said to lie beyond its page is read from
// whatever lies there in memory, be it gigabytes or a good copy of the very page;
// a list of free pages that is none it panics at, without letting go of the file;
// under Windows it lengthens a file that is too short, also one that never was
// its own; and where the newer of the first two pages does not hold it goes back
// to the older without a word, which torn tells. What cannot be a ledger is left
// as it is and not kept locked.
func openBolt(path string, opts bbolt.Options) (db *bbolt.DB, torn bool, err error) {
	db, _, torn, err = openHeld(path, opts, pages.Root.Walk)
	return db, torn, err
}

// openHeld is openBolt that tells the open file, too: closing that lets go of the
// ledger where bbolt cannot.
func openHeld(path string, opts bbolt.Options, enough look) (db *bbolt.DB, held *os.File, torn bool, err error) {
	roots, err := lookAtRoots(path, enough)
	if err != nil {
		if InUse(path) { // being written
			return nil, nil, false, ErrInUse
		}
		return nil, nil, false, openError(path, err)
	}
	opts.Timeout = lockWait
	opts.OpenFile = func(path string, flag int, mode os.FileMode) (f *os.File, err error) {
		held, err = disk.OpenFile(path, flag&^os.O_CREATE, mode)
		return held, err
	}
	defer func() {
		if db == nil && held != nil {
			held.Close() // after a panic; once more does no harm
		}
	}()
	if db, err = bbolt.Open(path, 0o600, &opts); err != nil {
		return nil, nil, false, openError(path, err)
	}
	return db, held, roots < 2, nil
}

// lookAtRoots tells how many of the first two pages hold. The one that counts
// must stand the look.
func lookAtRoots(path string, enough look) (int, error) {
	f, err := disk.OpenFile(path, os.O_RDONLY, 0)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	roots := pages.Roots(f)
	if len(roots) == 0 {
		return 0, errRoots
	}
	return len(roots), enough(roots[0], f, info.Size())
}
