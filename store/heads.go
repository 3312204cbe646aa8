package store

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"iter"
	"slices"
	"time"

	"touyan/store/field"
	"touyan/store/vault"

	"golang.org/x/mod/sumdb/tlog"
)

// A journal's entry lies in three places. Its head, which every user may read,
// says who did what and when, and commits to the rest; its tail (reasons, books)
// and its blocks of changes are sealed under the classes of what they say. The
// heads are the leaves of a Merkle tree (RFC 6962), whose root the ledger notes
// with every operation and others keep outside the file: so an auditor without a
// single data key can tell that none was changed, put in, left out, moved or cut
// off. A commitment is salted, so that nobody finds out what it stands for by
// guessing.

// head is an entry's head, as it lies in the file and is hashed.
type head struct {
	Seq    uint64        `json:"seq"`
	At     time.Time     `json:"at"`
	Op     string        `json:"op"`
	Who    Actor         `json:"who"`
	Undid  uint64        `json:"undid,omitempty"`
	Event  bool          `json:"event,omitempty"`
	Object string        `json:"object,omitempty"`
	Turned time.Duration `json:"turned,omitempty"`
	Holds  []commitment  `json:"holds,omitempty"`

	Recommits []recommitment `json:"recommits,omitempty"` // what earlier entries hold instead, after a purge

	Salt []byte `json:"salt"`
}

// tail is what an entry says beside its head, for those who read records.
type tail struct {
	Why    string `json:"why,omitempty"`
	Detail string `json:"detail,omitempty"`
	Batch  *Batch `json:"batch,omitempty"`
	Sent   *Sent  `json:"sent,omitempty"`
}

// commitment ties a head to something that lies elsewhere.
type commitment struct {
	Block uint32      `json:"b,omitempty"` // of changes, from 1; zero: the tail
	Class vault.Class `json:"c,omitempty"`
	Sum   []byte      `json:"s"`
}

// recommitment replaces what an earlier head commits to.
type recommitment struct {
	Seq uint64 `json:"n"`
	commitment
}

const saltBytes = 16

// commit puts a salt before a plain value and returns the commitment to both.
func commit(plain []byte) ([]byte, commitment) {
	salted := make([]byte, saltBytes, saltBytes+len(plain))
	rand.Read(salted) // never fails
	salted = append(salted, plain...)
	return salted, commitment{Sum: sumOf(salted)}
}

func sumOf(salted []byte) []byte {
	sum := sha256.Sum256(salted)
	return sum[:]
}

func (u *unpacker) salt() {
	if len(u.s) < saltBytes {
		u.bad, u.s = true, ""
		return
	}
	u.s = u.s[saltBytes:]
}

// tree is the right edge of the Merkle tree over the heads: the roots of the
// full subtrees it is made of, from the largest to the smallest.
type tree struct {
	Size uint64      `json:"size"`
	Edge []tlog.Hash `json:"edge,omitempty"`
}

func (t *tree) add(leaf tlog.Hash) {
	for n := t.Size; n&1 == 1; n >>= 1 {
		last := len(t.Edge) - 1
		leaf = tlog.NodeHash(t.Edge[last], leaf)
		t.Edge = t.Edge[:last]
	}
	t.Edge = append(t.Edge, leaf)
	t.Size++
}

// root is the tree's hash, that of nothing for an empty one.
func (t *tree) root() tlog.Hash {
	if len(t.Edge) == 0 {
		return tlog.Hash(sha256.Sum256(nil))
	}
	h := t.Edge[len(t.Edge)-1]
	for _, left := range slices.Backward(t.Edge[:len(t.Edge)-1]) {
		h = tlog.NodeHash(left, h)
	}
	return h
}

// writeEntry writes the operation's tail and head, and adds the head to the tree.
func (tx *Tx) writeEntry(m *meta) error {
	e := tx.op
	key := seqKey(e.Seq)
	h := head{
		Seq: e.Seq, At: e.At, Op: e.Op, Who: e.Who, Undid: e.Undid, Event: e.Event, Object: e.Object,
		Turned: tx.db.turned(m.Last, e.At), Holds: tx.commits, Recommits: tx.recommits, Salt: make([]byte, saltBytes),
	}
	rand.Read(h.Salt) // never fails
	rest := tail{e.Why, e.Detail, e.Batch, e.Sent}
	if rest != (tail{}) && tx.ring.Holds(vault.Class(field.Ordinary)) {
		plain, err := json.Marshal(rest)
		if err != nil {
			return err
		}
		salted, c := commit(plain)
		h.Holds = append(h.Holds, c)
		if err := tx.set("tails", key, salted); err != nil {
			return err
		}
	}
	plain, err := json.Marshal(h)
	if err != nil {
		return err
	}
	m.Tree = tree{m.Tree.Size, slices.Clone(m.Tree.Edge)}
	m.Tree.add(tlog.RecordHash(plain))
	m.Last = e.At
	return tx.set("heads", key, plain)
}

// turned tells by how much the clock was turned back since the entry before, or
// turned while the program ran; zero if it was not.
func (db *DB) turned(last, now time.Time) time.Duration {
	const slack = 2 * time.Minute // what setting a clock right takes
	if back := now.Sub(last); !last.IsZero() && back < -slack {
		return back
	}
	db.mu.Lock()
	defer db.mu.Unlock()
	was := db.ticked
	if db.ticked = now; was.IsZero() {
		return 0
	}
	// Round strips the monotonic reading, which nobody can turn.
	drift := now.Round(0).Sub(was.Round(0)) - now.Sub(was)
	if drift.Abs() > slack {
		return drift
	}
	return 0
}

// Entry returns one entry of the journal.
func (tx *Tx) Entry(seq uint64) (Entry, bool, error) {
	key := seqKey(seq)
	v := tx.bolt.Bucket([]byte("heads")).Get(key)
	if v == nil {
		return Entry{}, false, nil
	}
	e, err := tx.readEntry(key, v)
	return e, err == nil, err
}

func (tx *Tx) readEntry(key, sealed []byte) (e Entry, err error) {
	plain, err := tx.open("heads", key, sealed)
	if err != nil {
		return e, err
	}
	var h head
	if err := json.Unmarshal(plain, &h); err != nil || h.Seq != binary.BigEndian.Uint64(key) {
		return e, ErrDamaged
	}
	e = Entry{Seq: h.Seq, At: h.At, Op: h.Op, Who: h.Who, Undid: h.Undid, Event: h.Event, Object: h.Object, Turned: h.Turned}
	if !tx.ring.Holds(classIn("tails")) {
		return e, nil
	}
	salted, err := tx.get("tails", key)
	if salted == nil || err != nil {
		return e, err
	}
	var t tail
	if len(salted) < saltBytes || json.Unmarshal(salted[saltBytes:], &t) != nil {
		return e, ErrDamaged
	}
	e.Why, e.Detail, e.Batch, e.Sent = t.Why, t.Detail, t.Batch, t.Sent
	return e, nil
}

// Journal visits the entries, the newest first.
func (tx *Tx) Journal() iter.Seq2[Entry, error] { return tx.JournalBefore(0) }

// Standing visits the entries whose work was not taken back, the newest first.
// An undoing that was itself undone does not count.
func (tx *Tx) Standing() iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		undone := map[uint64]bool{}
		for e, err := range tx.Journal() {
			if err == nil && e.Undid > 0 && !undone[e.Seq] {
				undone[e.Undid] = true
			}
			if err == nil && undone[e.Seq] {
				continue
			}
			if !yield(e, err) || err != nil {
				return
			}
		}
	}
}

// JournalBefore visits the entries before one, the newest first; before zero,
// all. Who shows a long journal reads so from where he stopped.
func (tx *Tx) JournalBefore(seq uint64) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		c := tx.bolt.Bucket([]byte("heads")).Cursor()
		step := c.Prev
		if seq == 0 {
			step = c.Last
		} else if at, _ := c.Seek(seqKey(seq)); at == nil {
			step = c.Last
		}
		for k, v := step(); k != nil; k, v = c.Prev() {
			e, err := tx.readEntry(k, v)
			if !yield(e, err) || err != nil {
				return
			}
		}
	}
}
