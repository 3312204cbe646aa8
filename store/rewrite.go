package store

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"touyan/store/disk"
	"touyan/store/vault"

	"go.etcd.io/bbolt"
)

// rewriting is the name of a file being written anew, beside the ledger. What a
// crash leaves of it is cleared away by the next.
func rewriting(path string) string {
	return filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+".rewriting")
}

// rewrite writes the whole file anew: sealed under another ring, and without
// what was deleted. The new file is written, checked and only then given the
// name, so a crash at any moment leaves the old ledger or the new one. Whoever
// calls holds db.writing. On an error the ledger is as it was.
func (db *DB) rewrite(ctx context.Context, h *vault.Header, next *vault.Ring, e Entry) error {
	if err := db.sweep(); err != nil { // what never counted must not under another's number
		return err
	}
	temp := rewriting(db.path)
	defer os.Remove(temp)
	w := &rewriter{db: db, next: next, header: h, entry: e}
	if err := w.write(ctx, temp); err != nil {
		return err
	}
	var err error
	db.reading.alone(func() { err = db.swap(temp, w) })
	if err != nil {
		return err
	}
	db.keepAnchor()
	return nil
}

// rewriter copies a ledger into another file.
type rewriter struct {
	db     *DB
	next   *vault.Ring
	header *vault.Header
	entry  Entry
	meta   meta // as it was written

	dst *bbolt.DB
	tx  *bbolt.Tx
	to  *file
	n   int // values in tx
	sum manifest
}

// rewriteChunk is how many values one commit of a rewrite holds.
const rewriteChunk = 10000

func (w *rewriter) write(ctx context.Context, temp string) (err error) {
	if err := os.Remove(temp); err != nil && !errors.Is(err, os.ErrNotExist) {
		return disk.CannotWrite(temp, err)
	}
	return guard(w.db.path, func() error {
		w.dst, err = bbolt.Open(temp, 0o600, &bbolt.Options{Timeout: time.Second, NoSync: true})
		if err != nil {
			return disk.CannotWrite(w.db.path, err)
		}
		w.sum = manifest{}
		err := w.db.view(func(src *bbolt.Tx) error { return w.copy(ctx, src) })
		if w.tx != nil {
			w.tx.Rollback()
		}
		if err == nil {
			err = w.dst.Sync()
		}
		if err = errors.Join(err, w.dst.Close()); err != nil {
			return disk.CannotWrite(w.db.path, err)
		}
		return w.check(ctx, temp)
	})
}

// copy copies everything, and in the last commit the pages that make it a ledger.
func (w *rewriter) copy(ctx context.Context, src *bbolt.Tx) error {
	from := &file{bolt: src, ring: w.db.ring}
	if err := w.begin(); err != nil {
		return err
	}
	err := src.ForEach(func(name []byte, b *bbolt.Bucket) error {
		if b == nil {
			return nil
		}
		return w.bucket(ctx, from, string(name), b)
	})
	if err != nil {
		return err
	}
	m, err := w.to.readMeta()
	if err != nil {
		return err
	}
	if w.entry.Op != "" {
		tx := &Tx{file: *w.to, db: w.db}
		w.entry.Seq, w.entry.At, w.entry.Event = m.Visible+1, w.db.now(), true
		tx.start(&w.entry)
		if err := tx.writeEntry(&m); err != nil {
			return err
		}
		m.Visible, *w.to = w.entry.Seq, tx.file
	}
	m.Due = false
	if err := w.to.writeHeader(w.header, &m); err != nil {
		return err
	}
	w.meta = m
	return w.commit()
}

func (w *rewriter) begin() (err error) {
	if w.tx, err = w.dst.Begin(true); err != nil {
		return err
	}
	w.to = &file{bolt: w.tx, ring: w.next, manifest: w.sum}
	w.n = 0
	for _, name := range bucketsOf(w.db.opts.Kinds) {
		if _, err := w.tx.CreateBucketIfNotExists([]byte(name)); err != nil {
			return err
		}
	}
	return nil
}

func (w *rewriter) commit() error {
	if err := w.to.finish(); err != nil {
		return err
	}
	err := w.tx.Commit()
	w.tx = nil
	return err
}

func (w *rewriter) bucket(ctx context.Context, from *file, name string, b *bbolt.Bucket) error {
	if name == manifestBucket || name == headerBucket || name == secondBucket {
		return nil // written anew
	}
	c := b.Cursor()
	for k, v := c.First(); ; k, v = c.Next() {
		if w.n >= rewriteChunk {
			if err := errors.Join(ctx.Err(), w.commit()); err != nil {
				return err
			}
			if err := w.begin(); err != nil {
				return err
			}
		}
		dst, err := w.tx.CreateBucketIfNotExists([]byte(name))
		if err != nil || k == nil {
			return err
		}
		dst.FillPercent = 0.9
		w.n++
		if !sealedBucket(name) {
			if err := dst.Put(k, v); err != nil {
				return err
			}
			continue
		}
		sealed, err := w.reseal(from, name, k, v)
		if err != nil {
			return fmt.Errorf("rewrite %s: %w", name, err)
		}
		if err := w.to.lay(name, k, sealed); err != nil {
			return err
		}
	}
}

// reseal is a value as it lies under the new ring.
func (w *rewriter) reseal(from *file, name string, key, value []byte) ([]byte, error) {
	if name == "changes" || isRecords(name) {
		return w.resealParts(from, name, key, value)
	}
	return w.resealOne(from, from.place(name, key), value)
}

func (w *rewriter) resealOne(from *file, place, sealed []byte) ([]byte, error) {
	class, version, err := vault.Sealed(sealed)
	if err != nil {
		return nil, ErrDamaged
	}
	if w.next.Version(class) == version || !from.ring.Holds(class) {
		return sealed, nil // the same key, or one nobody here has: carried along
	}
	plain, err := from.ring.Open(nil, place, sealed)
	if err != nil {
		return nil, ErrDamaged
	}
	out, err := w.next.Seal(nil, class, place, plain)
	return out, told(err)
}

func (w *rewriter) resealParts(from *file, name string, key, value []byte) ([]byte, error) {
	place := from.place(name, key)
	out := make([]byte, 0, len(value))
	for len(value) > 0 {
		n, size := binary.Uvarint(value)
		if size <= 0 || n > uint64(len(value)-size) {
			return nil, ErrDamaged
		}
		sealed, err := w.resealOne(from, place, value[size:size+int(n)])
		if err != nil {
			return nil, err
		}
		value = value[size+int(n):]
		out = binary.AppendUvarint(out, uint64(len(sealed)))
		out = append(out, sealed...)
	}
	return out, nil
}

// check reads the new file back, every value of it.
func (w *rewriter) check(ctx context.Context, temp string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	r, err := w.db.verifyFile(ctx, temp, w.next)
	if err != nil {
		return err
	}
	if !r.Good() {
		return damaged(w.db.path, fmt.Errorf("rewritten file: %v", r.Findings))
	}
	return nil
}

// swap gives the new file the ledger's name and looks which of the two has it.
// Nobody reads meanwhile.
func (db *DB) swap(temp string, w *rewriter) (err error) {
	db.unsettled, db.rewritten = &w.entry, w
	err = db.bolt.Close()
	if err == nil {
		err = disk.Rename(temp, db.path)
	}
	if err == nil {
		syncDir(db.path)
	}
	stored, lost := db.reopenAlone()
	switch {
	case lost != nil:
		return db.uncertain(errors.Join(err, lost))
	case stored:
		return nil
	}
	return disk.CannotWrite(db.path, err)
}

// adopt goes on with the keys of a file written anew, if that is the one here.
func (db *DB) adopt(b *bbolt.Tx) error {
	w := db.rewritten
	if w == nil {
		return nil
	}
	headers, err := readHeaders(b)
	if err != nil || headers[0].Generation != w.header.Generation {
		return err
	}
	db.mu.Lock()
	defer db.mu.Unlock()
	if db.ring != w.next {
		db.ring.Wipe()
	}
	db.ring, db.header, db.headers, db.meta = w.next, w.header, []*vault.Header{w.header}, w.meta
	return nil
}
