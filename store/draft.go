package store

import (
	"encoding/json"
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
// it. ErrNoRight where a draft of somebody who may see more lies there.
func (db *DB) KeepDraft(key string, value any) error {
	plain, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("keep draft %s: %w", key, err)
	}
	return db.writeDrafts(func(f *file) error {
		if f.others(key) {
			return ErrNoRight
		}
		return f.setAs(db.draftClass(f, key), "drafts", []byte(key), plain)
	})
}

// others reports whether there is a draft this session has no key for. It stays
// for who has one.
func (f *file) others(key string) bool {
	class, _, err := vault.Sealed(f.bolt.Bucket([]byte("drafts")).Get([]byte(key)))
	return err == nil && !f.ring.Holds(class)
}

// Draft reads a draft into to, which stays as it is if there is none this
// session may read.
func (db *DB) Draft(key string, to any) (found bool, err error) {
	err = db.View(func(tx *Tx) error {
		plain, err := tx.get("drafts", []byte(key))
		if plain == nil || err != nil {
			return noKey(err)
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

// DropDraft forgets a draft, if there is one under the key that this session may
// read.
func (db *DB) DropDraft(key string) error {
	found := false
	err := db.View(func(tx *Tx) error {
		found = tx.has("drafts", []byte(key)) && !tx.others(key)
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
	return db.update(func(b *bbolt.Tx) error {
		tx, err := db.begin(b)
		if err != nil {
			return err
		}
		if err := write(&tx.file); err != nil {
			return err
		}
		return tx.file.finish()
	})
}

// draftClass is the class a draft lies under: the strictest of its kind's that
// this session holds, for nobody knows here which cell was typed into.
func (db *DB) draftClass(f *file, key string) vault.Class {
	kind, _, _ := strings.Cut(key, "/")
	class := field.Ordinary
	if k := db.Kinds().Kind(kind); k != nil {
		for i := range k.Fields {
			if c := k.Fields[i].Class; f.ring.Holds(vault.Class(c)) {
				class = class.Stricter(c)
			}
		}
	}
	return vault.Class(class)
}
