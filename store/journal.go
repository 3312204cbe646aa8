package store

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"iter"
	"maps"
	"slices"
	"time"

	"go.etcd.io/bbolt"
)

// Entry is one operation in the journal.
type Entry struct {
	Seq   uint64    `json:"seq"`
	Op    string    `json:"op"`
	Who   Actor     `json:"who"`
	At    time.Time `json:"at"`
	Why   string    `json:"why,omitempty"`
	Batch *Batch    `json:"batch,omitempty"`
	Undid uint64    `json:"undid,omitempty"` // the operation this one took back
	Sent  *Sent     `json:"sent,omitempty"`
}

// Batch is what an import or a merge did.
type Batch struct {
	Book    string `json:"book"`             // file name, without its folder
	Digest  string `json:"digest"`           // of the file's bytes
	ID      string `json:"id,omitempty"`     // of the book, as the ledger that wrote it named it
	From    string `json:"from,omitempty"`   // name of the sending office, empty for a roster
	Period  string `json:"period,omitempty"` // that the book reports on, as its sender said
	Form    string `json:"form,omitempty"`
	Sheet   string `json:"sheet,omitempty"`
	Rows    int    `json:"rows"`
	New     int    `json:"new"`
	Updated int    `json:"updated"`
	Same    int    `json:"same"`
	Refused int    `json:"refused"`
	LeftOut int    `json:"left_out,omitempty"` // rows a person left out
	Mended  int    `json:"mended,omitempty"`   // cells a person mended before they came in; the book keeps what stood there
}

// Sent is what a book took out of the ledger.
type Sent struct {
	To   string `json:"to"`   // office code, or what the copy was for
	Book string `json:"book"` // id of the book
	File string `json:"file"` // file name
	Rows int    `json:"rows"`

	Period  string `json:"period,omitempty"`  // that it reports on, 2026Q1 or 2026
	Copy    string `json:"copy,omitempty"`    // report or public; empty: whole
	Village string `json:"village,omitempty"` // id, if it holds that one alone
	Nothing bool   `json:"nothing,omitempty"` // 零报告: nothing had changed since the book before

	Seen  uint64   `json:"seen,omitempty"`  // the last operation whose work it holds
	Forms []string `json:"forms,omitempty"` // by name, those it shows whole; none in a copy nobody merges
}

// A change is one record of an operation: created (with a digest of what was
// written), changed (with the versions that were there), or removed by an undo
// (with the whole record).
type change struct {
	kind, id string
	what     byte
	digest   string
	cells    State  // changed: the cells as they were; an empty cell was not there
	packed   string // removed
}

const (
	created byte = iota
	changed
	removed
)

// changesPerBlock packs changes so that a big import costs some dozens of
// values and not one per record.
const changesPerBlock = 500

func (tx *Tx) writeChanges(block uint32) error {
	for part := range slices.Chunk(tx.order, changesPerBlock) {
		var p packer
		for _, k := range part {
			if err := tx.packChange(&p, k); err != nil {
				return err
			}
		}
		key := binary.BigEndian.AppendUint32(seqKey(tx.op.Seq), block)
		if err := tx.bolt.Bucket([]byte("changes")).Put(key, seal("changes", key, p.b)); err != nil {
			return err
		}
		block++
	}
	return nil
}

func (tx *Tx) packChange(p *packer, k recordKey) error {
	n := tx.db.names
	if sum, ok := tx.made[k]; ok {
		p.created(n, k, sum)
		return nil
	}
	old := tx.before[k]
	now, there, err := tx.packed(k.kind, k.id)
	if err != nil {
		return err
	}
	if old == "" {
		p.created(n, k, createdDigest([]byte(now)))
		return nil
	}
	p.number(n.number(k.kind))
	p.text(k.id)
	switch {
	case !there:
		p.number(uint64(removed))
		p.text(old)
		return nil
	}
	before, _, err := n.unpack(old)
	if err != nil {
		return err
	}
	after, _, err := n.unpack(now)
	if err != nil {
		return err
	}
	p.number(uint64(changed))
	diff := State{}
	for name := range after {
		if !sameCell(before[name], after[name]) {
			diff[name] = before[name]
		}
	}
	for name := range before {
		if _, ok := after[name]; !ok {
			diff[name] = before[name]
		}
	}
	p.number(uint64(len(diff)))
	for _, name := range n.order(diff) {
		p.number(n.number(name))
		p.cell(diff[name])
	}
	return nil
}

func (p *packer) created(n *names, k recordKey, sum [16]byte) {
	p.number(n.number(k.kind))
	p.text(k.id)
	p.number(uint64(created))
	p.text(string(sum[:]))
}

// createdDigest is what the journal notes of a new record.
func createdDigest(packed []byte) [16]byte {
	sum := sha256.Sum256(packed)
	return [16]byte(sum[:16])
}

func (n *names) unpackChanges(plain string) ([]change, error) {
	u := unpacker{s: plain}
	var out []change
	for len(u.s) > 0 && !u.bad {
		c := change{kind: n.name(u.number()), id: u.text(), what: byte(u.number())}
		switch c.what {
		case created:
			c.digest = u.text()
		case removed:
			c.packed = u.text()
		case changed:
			c.cells = State{}
			for range u.count() {
				name := n.name(u.number())
				c.cells[name] = u.cell()
			}
		default:
			return nil, errSeal
		}
		out = append(out, c)
	}
	if u.bad {
		return nil, errSeal
	}
	return out, nil
}

// changes visits what an operation changed.
func (tx *Tx) changes(seq uint64) iter.Seq2[change, error] {
	return func(yield func(change, error) bool) {
		prefix := string(seqKey(seq))
		c := tx.bolt.Bucket([]byte("changes")).Cursor()
		for k, v := c.Seek([]byte(prefix)); k != nil && string(k[:8]) == prefix; k, v = c.Next() {
			plain, err := unseal("changes", k, v)
			if err != nil {
				yield(change{}, ErrDamaged)
				return
			}
			list, err := tx.db.names.unpackChanges(string(plain))
			if err != nil {
				yield(change{}, ErrDamaged)
				return
			}
			for _, ch := range list {
				ch.cells = ch.cells.in(ch.id)
				if !yield(ch, nil) {
					return
				}
			}
		}
	}
}

func (tx *Tx) writeEntry() error {
	plain, err := json.Marshal(tx.op)
	if err != nil {
		return err
	}
	key := seqKey(tx.op.Seq)
	return tx.bolt.Bucket([]byte("journal")).Put(key, seal("journal", key, plain))
}

// Entry returns one operation of the journal.
func (tx *Tx) Entry(seq uint64) (Entry, bool, error) {
	key := seqKey(seq)
	v := tx.bolt.Bucket([]byte("journal")).Get(key)
	if v == nil {
		return Entry{}, false, nil
	}
	return readEntry(key, v)
}

func readEntry(key, sealed []byte) (e Entry, ok bool, err error) {
	plain, err := unseal("journal", key, sealed)
	if err != nil {
		return e, false, ErrDamaged
	}
	if err := json.Unmarshal(plain, &e); err != nil {
		return e, false, ErrDamaged
	}
	return e, true, nil
}

// Journal visits the operations, the newest first.
func (tx *Tx) Journal() iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		c := tx.bolt.Bucket([]byte("journal")).Cursor()
		for k, v := c.Last(); k != nil; k, v = c.Prev() {
			e, _, err := readEntry(k, v)
			if !yield(e, err) || err != nil {
				return
			}
		}
	}
}

// NoteSent journals that a book left with what the ledger holds now.
func (tx *Tx) NoteSent(s Sent) {
	tx.op.Sent = &s
	tx.force = true
}

// NoteBatch makes the operation a batch that can be undone by its number.
func (tx *Tx) NoteBatch(b Batch) {
	tx.op.Batch = &b
	tx.force = true
}

// NoteWhy adds the reason to the operation's entry.
func (tx *Tx) NoteWhy(why string) { tx.op.Why = why }

// Change is one record that an operation touched, with the cells it wrote.
type Change struct {
	Seq      uint64
	Kind, ID string
	Created  bool
	Was      map[string]string // changed cells, as the ledger showed them before
}

// Changes lists what an operation changed, for people.
func (tx *Tx) Changes(seq uint64) ([]Change, error) {
	var out []Change
	office := tx.Office().Code
	for c, err := range tx.changes(seq) {
		if err != nil {
			return nil, err
		}
		out = append(out, c.told(tx, seq, office))
	}
	return out, nil
}

// told is a change for people.
func (c *change) told(tx *Tx, seq uint64, office string) Change {
	out := Change{Seq: seq, Kind: c.kind, ID: c.id, Created: c.what == created, Was: map[string]string{}}
	for name := range maps.Keys(c.cells) {
		out.Was[name] = c.cells[name].Value(tx.owner(c.kind, name), office)
	}
	return out
}

func seqKey(seq uint64) []byte { return binary.BigEndian.AppendUint64(nil, seq) }

func readMeta(b *bbolt.Tx) (m meta, err error) {
	plain, err := unseal("meta", []byte(metaKey), b.Bucket([]byte("meta")).Get([]byte(metaKey)))
	if err != nil {
		return m, ErrDamaged
	}
	return m, json.Unmarshal(plain, &m)
}
