package store

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"touyan/store/vault"
)

// Rekey gives every class this session holds a new key and seals all values of
// it anew. It takes an administrator or a 负责人.
func (db *DB) Rekey(ctx context.Context) error {
	switch s := db.Session(); {
	case db.Locked():
		return ErrLocked
	case s.User == "":
		return ErrOpen
	case !s.Has(Admin) && !s.Has(Lead):
		return ErrNoRight
	}
	return db.relock(ctx, Entry{Op: "更换密钥"}, func(h *vault.Header, r *vault.Ring) (*vault.Ring, error) {
		h.Stale = slices.DeleteFunc(slices.Clone(h.Stale), r.Holds)
		return h.Rotate(r, r.Classes()...)
	})
}

// Stale reports whether locks still wait to be changed after somebody left.
func (db *DB) Stale() bool {
	db.mu.RLock()
	defer db.mu.RUnlock()
	return len(db.header.Stale) > 0
}

// completeKeys hands over keys others wait for, and changes the locks that had
// to wait for this session's keys. It runs under db.writing.
func (db *DB) completeKeys() error {
	h := db.header.Clone()
	if slices.ContainsFunc(h.Stale, func(c vault.Class) bool { return c != vault.Common && db.ring.Holds(c) }) {
		return db.relockAlone(context.Background(), Entry{Op: "更换密钥", Object: handing(waitingFor(h, db.ring))}, func(h *vault.Header, r *vault.Ring) (*vault.Ring, error) {
			stale := slices.DeleteFunc(slices.Clone(h.Stale), func(c vault.Class) bool { return !r.Holds(c) })
			h.Stale = slices.DeleteFunc(slices.Clone(h.Stale), r.Holds)
			next, err := h.Rotate(r, stale...)
			if err != nil {
				return nil, err
			}
			_, err = h.Complete(next)
			return next, err
		})
	}
	to := waitingFor(h, db.ring)
	changed, err := h.Complete(db.ring)
	if err != nil || !changed {
		return err
	}
	return db.putHeader(Entry{Op: "移交密钥", Object: to}, h)
}

func handing(names string) string {
	if names == "" {
		return ""
	}
	return "并移交给" + names
}

// waitingFor names the users who wait for a key of the ring's.
func waitingFor(h *vault.Header, ring *vault.Ring) string {
	var names []string
	for _, s := range h.Slots {
		if slices.ContainsFunc(s.Wants, ring.Holds) {
			names = append(names, cmp.Or(s.Name, "恢复码"))
		}
	}
	return strings.Join(names, "、")
}

// changeHeader changes the slots and writes the header with the entry that says
// so, in one transaction.
func (db *DB) changeHeader(ctx context.Context, e Entry, change func(*vault.Header, *vault.Ring) error) error {
	db.writing.Lock()
	defer db.writing.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	db.mu.RLock()
	h, ring := db.header.Clone(), db.ring
	db.mu.RUnlock()
	if ring == nil {
		return ErrLocked
	}
	if err := change(h, ring); err != nil {
		return err
	}
	return db.putHeader(e, h)
}

// putHeader is changeHeader's last step, by whoever holds db.writing.
func (db *DB) putHeader(e Entry, h *vault.Header) error {
	e.Event = true
	_, _, err := db.commit(e, func(tx *Tx) error {
		tx.force, tx.header = true, h
		return nil
	})
	if err != nil {
		return err
	}
	db.mu.Lock()
	defer db.mu.Unlock()
	db.header, db.headers = h, []*vault.Header{h}
	return nil
}

// relock changes keys: the whole file is written anew beside itself, sealed
// under the new keys, and takes the old one's place.
func (db *DB) relock(ctx context.Context, e Entry, change func(*vault.Header, *vault.Ring) (*vault.Ring, error)) error {
	db.writing.Lock()
	defer db.writing.Unlock()
	return db.relockAlone(ctx, e, change)
}

func (db *DB) relockAlone(ctx context.Context, e Entry, change func(*vault.Header, *vault.Ring) (*vault.Ring, error)) error {
	db.mu.RLock()
	h, ring := db.header.Clone(), db.ring
	db.mu.RUnlock()
	if ring == nil {
		return ErrLocked
	}
	next, err := change(h, ring)
	if err != nil {
		return err
	}
	e.Who = db.actor(e.Who)
	return db.rewrite(ctx, h, next, e)
}

// Compact writes the file anew without what was deleted, which otherwise stays
// readable to who has the keys.
func (db *DB) Compact(ctx context.Context) error {
	db.writing.Lock()
	defer db.writing.Unlock()
	return db.compact(ctx)
}

func (db *DB) compact(ctx context.Context) error {
	return db.relockAlone(ctx, Entry{Op: "压缩台账"}, func(_ *vault.Header, r *vault.Ring) (*vault.Ring, error) { return r, nil })
}

// completePurge writes the file anew where a purge could not, by whoever holds
// db.writing. What is not done now is done when the next comes in.
func (db *DB) completePurge() {
	if db.meta.Due {
		db.compact(context.Background())
	}
}
