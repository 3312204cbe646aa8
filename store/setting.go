package store

import "encoding/json"

// Settings are what this ledger remembers for its office alone: they are not
// records, are not sent, and changing one is no operation of its own. Everybody
// who may open the ledger reads them, so they name no person.

// Setting reads a setting into to, which stays as it is if there is none.
func (tx *Tx) Setting(name string, to any) error {
	plain, err := tx.get("settings", []byte(name))
	if plain == nil || err != nil {
		return err
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
	return tx.set("settings", []byte(name), plain)
}
