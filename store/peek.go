package store

import (
	"go.etcd.io/bbolt"

	"touyan/store/pages"
)

// Peek takes a file as those do who read it, so that nobody writes to it, runs
// holding, and then looks whether it is a ledger of this program. Nothing is
// written and nothing unsealed. The file's pages are trusted only after holding
// has returned, which is where they are to be looked at; but to be safe from
// what a damaged file can do, this is called in a process of its own.
func Peek(path string, holding func() error) error {
	return guard(path, func() error {
		b, _, _, err := openHeld(path, bbolt.Options{ReadOnly: true}, pages.Root.Check)
		if err != nil {
			return err
		}
		defer b.Close()
		if err := holding(); err != nil {
			return err
		}
		return b.View(func(tx *bbolt.Tx) error {
			_, err := readHeaders(tx)
			return err
		})
	})
}
