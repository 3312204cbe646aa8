package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"touyan/store/field"
	"touyan/store/vault"

	"go.etcd.io/bbolt"
)

// Drafts are what somebody has typed and not yet saved: kept in the ledger, so
// that a power cut loses no more than the last second, and never part of it.
// They are no records, are not sent, and keeping or dropping one is no
// operation: nothing of them is in the journal.

// KeepDraft keeps a draft in place of the one under the same key, and returns
// once the file holds it. The key is not sealed and names no one: a kind and an
// id. While a batch is being written it waits, so the UI thread must not call
// it.
func (db *DB) KeepDraft(key string, value any) error {
	plain, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("keep draft %s: %w", key, err)
	}
	return db.writeDrafts(func(f *file) error {
		return f.setAs(db.draftClass(f, key), "drafts", []byte(key), plain)
	})
}

// Draft reads a draft into to, which stays as it is if there is none.
func (db *DB) Draft(key string, to any) (found bool, err error) {
	err = db.View(func(tx *Tx) error {
		plain, err := tx.get("drafts", []byte(key))
		if plain == nil || err != nil {
			return err
		}
		found = true
		return json.Unmarshal(plain, to)
	})
	return found, err
}

// Drafts lists the keys of all drafts, in ascending order.
func (db *DB) Drafts() (keys []string, err error) {
	err = db.View(func(tx *Tx) error {
		keys, err = tx.Drafts()
		return err
	})
	return keys, err
}

// Drafts is the ledger's, for who reads other things at the same time.
func (tx *Tx) Drafts() (keys []string, err error) {
	err = tx.bolt.Bucket([]byte("drafts")).ForEach(func(k, _ []byte) error {
		keys = append(keys, string(k))
		return nil
	})
	return keys, err
}

// DropDraft forgets a draft, if there is one under the key.
func (db *DB) DropDraft(key string) error {
	found := false
	err := db.View(func(tx *Tx) error {
		found = tx.has("drafts", []byte(key))
		return nil
	})
	if err != nil || !found {
		return err
	}
	return db.writeDrafts(func(f *file) error { return f.del("drafts", []byte(key)) })
}

func (db *DB) writeDrafts(write func(*file) error) error {
	db.writing.Lock()
	defer db.writing.Unlock()
	if db.stuck {
		return db.uncertain(errStuck)
	}
	var bolt *bbolt.Tx
	err := guard(db.path, func() error {
		return db.bolt.Update(func(b *bbolt.Tx) error {
			bolt = b
			tx, err := db.begin(b)
			if err != nil {
				return refused{err}
			}
			if err := write(&tx.file); err != nil {
				return err
			}
			return tx.file.finish()
		})
	})
	db.ended(bolt)
	var r refused
	switch {
	case errors.As(err, &r):
		return r.error
	case err != nil:
		return db.redone(err)
	}
	return nil
}

// draftClass is the class a draft lies under: the narrowest of its kind's that
// this session holds, for nobody knows here which cell was typed into.
func (db *DB) draftClass(f *file, key string) vault.Class {
	kind, _, _ := strings.Cut(key, "/")
	class := field.Ordinary
	if k := db.kinds.Kind(kind); k != nil {
		for i := range k.Fields {
			if c := k.Fields[i].Class; c > class && f.ring.Holds(vault.Class(c)) {
				class = c
			}
		}
	}
	return vault.Class(class)
}
