package store

import "encoding/json"

// Settings are what this ledger remembers for its office alone: they are not
// records, are not sent, and changing one is no operation of its own.

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
