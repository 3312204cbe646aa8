package store

import (
	"encoding/binary"
	"errors"
	"fmt"

	"go.etcd.io/bbolt"
)

// A staged batch lies in the file before it counts, under the number its
// operation will have. Where the program dies on the way, the next operation has
// that number: what is staged must be gone by then, whoever does it, also
// somebody without a key for it. So the ids of what is staged are listed in a
// bucket of the ledger's frame.
const stagedBucket = "staged"

// list notes which records the commit at hand stages.
func (s *Stage) list(key []byte) error {
	var p packer
	for _, k := range s.tx.order {
		if s.tx.before[k] != "" {
			return fmt.Errorf("record %s %s is there already", k.kind, k.id)
		}
		id, err := idBytes(k.id)
		if err != nil {
			return err
		}
		p.text(k.kind)
		p.text(string(id[:]))
	}
	return s.tx.set(stagedBucket, key, p.b)
}

// dropLists forgets which records were staged: they count now, or are gone.
func (f *file) dropLists() error {
	var keys [][]byte
	c := f.bolt.Bucket([]byte(stagedBucket)).Cursor()
	for k, _ := c.First(); k != nil; k, _ = c.Next() {
		keys = append(keys, append([]byte(nil), k...))
	}
	return f.delAll(stagedBucket, keys)
}

func (f *file) delAll(bucket string, keys [][]byte) error {
	for _, k := range keys {
		if err := f.del(bucket, k); err != nil {
			return err
		}
	}
	return nil
}

// left reports whether a batch that was never finished lies in the file.
func (f *file) left() bool {
	b := f.bolt.Bucket([]byte(stagedBucket))
	if b == nil {
		return false
	}
	k, _ := b.Cursor().First()
	return k != nil
}

// sweep clears away what is left of a batch, by whoever holds db.writing.
func (db *DB) sweep() error {
	err := db.update(func(b *bbolt.Tx) error {
		tx, err := db.begin(b)
		if err != nil {
			return err
		}
		if !tx.left() {
			return errUnchanged
		}
		if err := tx.discardStaged(); err != nil {
			return err
		}
		return tx.file.finish()
	})
	if errors.Is(err, errUnchanged) {
		return nil
	}
	return err
}

// discardStaged takes out what is in the file of operations never finished, and
// what was written into the indexes of it. It needs no key of any record.
func (f *file) discardStaged() error {
	m, err := f.readMeta()
	if err != nil {
		return err
	}
	staged, err := f.staged()
	if err != nil {
		return err
	}
	for _, of := range []struct {
		bucket string
		unsure func(key []byte) bool
	}{
		{"changes", func(key []byte) bool { return len(key) == 12 && binary.BigEndian.Uint64(key) > m.Visible }},
		{"refs", func(key []byte) bool { return len(key) == 40 && staged[[16]byte(key[24:])] }},
		{"conflicts", func(key []byte) bool { return len(key) == 24 && staged[[16]byte(key[4:20])] }},
	} {
		var keys [][]byte
		c := f.bolt.Bucket([]byte(of.bucket)).Cursor()
		for k, _ := c.First(); k != nil; k, _ = c.Next() {
			if of.unsure(k) {
				keys = append(keys, append([]byte(nil), k...))
			}
		}
		if err := f.delAll(of.bucket, keys); err != nil {
			return err
		}
	}
	return f.dropLists()
}

// staged takes the records listed out of their buckets and returns their ids.
func (f *file) staged() (map[[16]byte]bool, error) {
	ids := map[[16]byte]bool{}
	c := f.bolt.Bucket([]byte(stagedBucket)).Cursor()
	for k, v := c.First(); k != nil; k, v = c.Next() {
		plain, err := f.open(stagedBucket, k, v)
		if err != nil {
			return nil, err
		}
		u := unpacker{s: string(plain)}
		for len(u.s) > 0 {
			bucket, id := recordBucket(u.text()), u.text()
			if u.bad || len(id) != 16 || f.bolt.Bucket([]byte(bucket)) == nil {
				return nil, ErrDamaged
			}
			if err := f.del(bucket, []byte(id)); err != nil {
				return nil, err
			}
			ids[[16]byte([]byte(id))] = true
		}
	}
	return ids, nil
}
