package store_test

import (
	"encoding/binary"
	"errors"
	"testing"

	"touyan/store"
	"touyan/store/vault"

	"go.etcd.io/bbolt"
)

// Ensure that who holds no key of any record, an auditor with tools, cannot lay
// a record of his own making in a place: what is sealed under the key everybody
// has is no record, alone or as a part of one.
func TestCommonKeySealsNoRecord(t *testing.T) {
	db, _ := protected(t)
	addUser(t, db, "审计", leadWord, store.Auditor)
	q := &inquiry{Name: "饲草款", Found: "挪用"}
	put(t, db, q)
	ok(t, db.Close())
	header := headerOf(t, db.Path())
	auditor := ""
	for _, s := range header.Slots {
		if s.Name == "审计" {
			auditor = s.ID
		}
	}
	ring, err := header.Unlock(auditor, []byte(leadWord))
	ok(t, err)
	var key, was []byte
	each(t, db.Path(), func(bucket string, k, v []byte) {
		if bucket == "r:case" {
			key, was = append(key, k...), append(was, v...)
		}
	})
	sealed, err := ring.Seal(nil, vault.Common, append([]byte("r:case/"), key...), []byte("\x04\x02ab"))
	ok(t, err)
	part := append(binary.AppendUvarint(nil, uint64(len(sealed))), sealed...)
	first, n := binary.Uvarint(was)
	twice := append(append([]byte(nil), was...), was[:uint64(n)+first]...)
	for what, forged := range map[string][]byte{"alone": part, "a part": append(append([]byte(nil), was...), part...), "a part twice": twice} {
		rawLedger(t, db.Path(), func(tx *bbolt.Tx) error { return tx.Bucket([]byte("r:case")).Put(key, forged) })
		db, err := store.Open(db.Path(), options())
		ok(t, err)
		login(t, db, "苏和", adminWord)
		err = db.View(func(tx *store.Tx) error {
			_, _, err := tx.Row("case", q.ID)
			return err
		})
		if !errors.Is(err, store.ErrDamaged) {
			t.Errorf("%s: %v", what, err)
		}
		if verify(t, db).Good() {
			t.Errorf("%s: nothing found", what)
		}
		ok(t, db.Close())
	}
}
