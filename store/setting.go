package store

import (
	"encoding/json"
	"fmt"

	"go.etcd.io/bbolt"
)

// Settings are what this ledger remembers for its office alone: they are not
// records, are not sent, and changing one is no operation of its own.

// KeepSetting keeps a setting by itself, and returns once the file holds it.
// While a batch is being written it waits, so the UI thread must not call it.
func (db *DB) KeepSetting(name string, value any) error {
	plain, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("keep setting %s: %w", name, err)
	}
	return db.writeAside("settings", func(b *bbolt.Bucket) error {
		return b.Put([]byte(name), seal("settings", []byte(name), plain))
	})
}

// Setting reads a setting into to, which stays as it is if there is none.
func (tx *Tx) Setting(name string, to any) error {
	b := tx.bolt.Bucket([]byte("settings"))
	v := b.Get([]byte(name))
	if v == nil {
		return nil
	}
	plain, err := unseal("settings", []byte(name), v)
	if err != nil {
		return ErrDamaged
	}
	return json.Unmarshal(plain, to)
}

// SetSetting keeps a setting with the operation that runs.
func (tx *Tx) SetSetting(name string, value any) error {
	plain, err := json.Marshal(value)
	if err != nil {
		return err
	}
	tx.force = true
	return tx.bolt.Bucket([]byte("settings")).Put([]byte(name), seal("settings", []byte(name), plain))
}
