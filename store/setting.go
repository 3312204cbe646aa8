package store

import (
	"encoding/json"

	"touyan/store/field"
)

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

// KeepSetting keeps a setting by itself. The journal tells of it as an event,
// named op and about object: there is nothing in it to take back. An auditor
// changes nothing, and so no setting.
func (db *DB) KeepSetting(op, object string, who Actor, name string, value any) error {
	if op == OpApprove {
		return ErrNotLead
	}
	if s := db.Session(); !db.Locked() && !s.Has(Admin) && !s.Reads(field.Ordinary) {
		return ErrNoRight
	}
	_, err := db.do(Entry{Op: op, Who: who, Object: object, Event: true}, func(tx *Tx) error {
		return tx.SetSetting(name, value)
	})
	return err
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
