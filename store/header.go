package store

import (
	"cmp"
	"encoding/binary"
	"slices"

	"touyan/store/vault"

	"go.etcd.io/bbolt"
)

// The header lies in the clear, twice, on pages of its own, and is written in
// one transaction with the pages it belongs to: bbolt writes new pages before it
// gives up the old ones, so a crash leaves the old header or the new one, and a
// damaged page one of the two copies.
const (
	headerKey = "header"
	formatKey = "format" // FormatVersion, for who cannot read further
)

// writeHeader writes the header's next generation and notes it in the ledger's
// own page.
func (f *file) writeHeader(h *vault.Header, m *meta) error {
	b, err := h.Encode(f.ring)
	if err != nil {
		return err
	}
	first := f.bolt.Bucket([]byte(headerBucket))
	if err := first.Put([]byte(formatKey), binary.BigEndian.AppendUint16(nil, FormatVersion)); err != nil {
		return err
	}
	if err := first.Put([]byte(headerKey), b); err != nil {
		return err
	}
	if err := f.bolt.Bucket([]byte(secondBucket)).Put([]byte(headerKey), b); err != nil {
		return err
	}
	m.Generation = h.Generation
	return m.write(f)
}

// readHeaders reads the copies of the header that are whole, the newest first.
func readHeaders(tx *bbolt.Tx) ([]*vault.Header, error) {
	first := tx.Bucket([]byte(headerBucket))
	if first == nil {
		return nil, ErrForeign
	}
	if v := first.Get([]byte(formatKey)); len(v) == 2 && binary.BigEndian.Uint16(v) > FormatVersion {
		return nil, ErrNewer
	}
	var list []*vault.Header
	for _, name := range []string{headerBucket, secondBucket} {
		b := tx.Bucket([]byte(name))
		if b == nil {
			continue
		}
		if h, err := vault.Decode(b.Get([]byte(headerKey))); err == nil {
			list = append(list, h)
		}
	}
	if len(list) == 0 {
		return nil, ErrDamaged
	}
	slices.SortStableFunc(list, func(a, b *vault.Header) int { return cmp.Compare(b.Generation, a.Generation) })
	return list, nil
}

// readHeaders keeps the header of a file whose size was size before it was
// opened.
func (db *DB) readHeaders(size int64) error {
	return db.view(func(tx *bbolt.Tx) error {
		if tx.Size() > size {
			return ErrDamaged // cut: bbolt would not notice before it reads what is missing
		}
		return db.keepHeaders(tx)
	})
}

func (db *DB) keepHeaders(tx *bbolt.Tx) error {
	list, err := readHeaders(tx)
	if err != nil {
		return err
	}
	db.mu.Lock()
	defer db.mu.Unlock()
	db.headers, db.header = list, list[0]
	return nil
}
