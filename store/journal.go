package store

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"iter"
	"slices"
	"time"

	"touyan/store/field"
)

// Entry is one line of the journal: an operation, or something that happened
// and changed no record (Event).
type Entry struct {
	Seq    uint64
	Op     string // what was done, in office words
	Who    Actor
	At     time.Time
	Undid  uint64        // the operation this one took back
	Event  bool          // no operation: a login, an export, a print, a backup
	Object string        // of an event: what it was about, naming nobody outside the office
	Turned time.Duration // the clock was found turned by this much since the entry before

	Why    string
	Detail string // of an event: what only those who read records may know
	Batch  *Batch
	Sent   *Sent

	unmanned bool // it happened while nobody was in: nobody did it
}

// Batch is what an import or a merge did.
type Batch struct {
	Book    string    `json:"book"`              // file name, without its folder
	Digest  string    `json:"digest"`            // of the file's bytes
	ID      string    `json:"id,omitempty"`      // of the book, as the ledger that wrote it named it
	From    string    `json:"from,omitempty"`    // name of the sending office, empty for a roster nobody named one for
	Code    string    `json:"code,omitempty"`    // of the sending office
	Made    time.Time `json:"made,omitzero"`     // when its sender wrote it
	Nothing bool      `json:"nothing,omitempty"` // 零报告, as its sender said
	Version int       `json:"version,omitempty"` // of the report on its period, as its sender counts
	Why     string    `json:"why,omitempty"`     // of a correction: its sender's reason
	Held    string    `json:"held,omitempty"`    // why nothing of it came in: it arrived, and waits for a person
	Period  string    `json:"period,omitempty"`  // that the book reports on, as its sender said
	Form    string    `json:"form,omitempty"`
	Sheet   string    `json:"sheet,omitempty"`
	Rows    int       `json:"rows"`
	New     int       `json:"new"`
	Updated int       `json:"updated"`
	Same    int       `json:"same"`
	Refused int       `json:"refused"`
	LeftOut int       `json:"left_out,omitempty"` // rows a person left out
	Mended  int       `json:"mended,omitempty"`   // cells a person mended before they came in; the book keeps what stood there
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
	Asks    int    `json:"asks,omitempty"`    // 退回: how many cells it asks the addressee to look at again

	Version int      `json:"version,omitempty"` // of the report on its period; 2 and more correct the one before
	Figures []Figure `json:"figures,omitempty"` // 上报数: the numbers as they were when it left

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
	hidden   bool   // there may be cells of it that this session has no key for
}

const (
	created byte = iota
	changed
	removed
)

// changesPerBlock packs changes so that a big import costs some dozens of
// values and not one per record.
const changesPerBlock = 500

// writeChanges writes what the operation changed, in blocks, and notes the
// commitment to each for the entry's head.
func (tx *Tx) writeChanges(block uint32) error {
	for list := range slices.Chunk(tx.order, changesPerBlock) {
		var s split
		for i, k := range list {
			if err := tx.packChange(&s, i, k); err != nil {
				return err
			}
		}
		key := binary.BigEndian.AppendUint32(seqKey(tx.op.Seq), block)
		parts := s.parts()
		for i := range parts {
			var c commitment
			parts[i].plain, c = commit(parts[i].plain)
			c.Block, c.Class = block+1, parts[i].class
			tx.commits = append(tx.commits, c)
		}
		if err := tx.putParts("changes", key, parts); err != nil {
			return err
		}
		block++
	}
	return nil
}

// packChange packs the i-th change of a block. The ordinary part names record
// and kind of change; parts of other classes say by i which one they belong to.
func (tx *Tx) packChange(s *split, i int, k recordKey) error {
	n := tx.db.names
	p := &s[field.Ordinary]
	if sum, ok := tx.made[k]; ok {
		p.created(n, k, sum)
		return nil
	}
	old := tx.before[k]
	if old == "" { // made and taken out again
		p.created(n, k, createdDigest(nil))
		return nil
	}
	class, err := tx.classes(k.kind, nil)
	if err != nil {
		return err
	}
	now, there, err := tx.packed(k.kind, k.id)
	if err != nil {
		return err
	}
	before, seq, err := n.unpack(old)
	if err != nil {
		return err
	}
	p.number(n.number(k.kind))
	p.text(k.id)
	if !there {
		p.number(uint64(removed))
		n.packRemoved(s, i, before, seq, class)
		return nil
	}
	after, _, err := n.unpack(now)
	if err != nil {
		return err
	}
	p.number(uint64(changed))
	n.packDiff(s, i, before, after, class)
	return nil
}

// packRemoved packs a whole record, each class of it in its part.
func (n *names) packRemoved(s *split, i int, before State, seq uint64, class func(string) field.Class) {
	whole := n.pack(before, seq, birthOf(before), class)
	for c := range whole {
		if c > 0 && len(whole[c].b) > 0 {
			s[c].number(uint64(i))
		}
		if c == 0 || len(whole[c].b) > 0 {
			s[c].text(string(whole[c].b))
		}
	}
}

// packDiff packs the cells that changed, as they were before.
func (n *names) packDiff(s *split, i int, before, after State, class func(string) field.Class) {
	var diff [field.Classes]State
	note := func(name string) {
		c := class(name)
		if diff[c] == nil {
			diff[c] = State{}
		}
		diff[c][name] = before[name]
	}
	for name := range after {
		if !sameCell(before[name], after[name]) {
			note(name)
		}
	}
	for name := range before {
		if _, ok := after[name]; !ok {
			note(name)
		}
	}
	for c := range diff {
		if c > 0 && len(diff[c]) == 0 {
			continue
		}
		p := &s[c]
		if c > 0 {
			p.number(uint64(i))
		}
		p.number(uint64(len(diff[c])))
		for _, name := range n.order(diff[c]) {
			p.number(n.number(name))
			p.cell(diff[c][name])
		}
	}
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

// unpackChanges reads one block of changes from the parts that could be opened.
func (n *names) unpackChanges(parts []part) ([]change, error) {
	var list []change
	for i, p := range parts {
		if p.sealed != nil {
			for j := range list {
				list[j].hidden = true
			}
			continue
		}
		u := unpacker{s: string(p.plain)}
		u.salt()
		var err error
		if i == 0 {
			list, err = n.unpackOrdinary(&u)
		} else {
			err = n.unpackClass(&u, list)
		}
		if err != nil {
			return nil, err
		}
	}
	return list, nil
}

func (n *names) unpackOrdinary(u *unpacker) (list []change, err error) {
	for len(u.s) > 0 && !u.bad {
		c := change{kind: n.name(u.number()), id: u.text(), what: byte(u.number())}
		switch c.what {
		case created:
			c.digest = u.text()
		case removed:
			c.packed = u.text()
		case changed:
			c.cells = State{}
			n.unpackCells(u, c.cells)
		default:
			return nil, errSeal
		}
		list = append(list, c)
	}
	if u.bad {
		return nil, errSeal
	}
	return list, nil
}

func (n *names) unpackCells(u *unpacker, into State) {
	for range u.count() {
		name := n.name(u.number())
		into[name] = u.cell()
	}
}

// unpackClass adds the cells of one class to the changes they belong to.
func (n *names) unpackClass(u *unpacker, list []change) error {
	for len(u.s) > 0 && !u.bad {
		i := u.number()
		if i >= uint64(len(list)) {
			return errSeal
		}
		switch c := &list[i]; c.what {
		case removed:
			c.packed += u.text()
		case changed:
			n.unpackCells(u, c.cells)
		default:
			return errSeal
		}
	}
	if u.bad {
		return errSeal
	}
	return nil
}

// block opens one block of changes.
func (tx *Tx) block(key, value []byte) ([]change, error) {
	parts, err := tx.openParts("changes", key, value)
	if err != nil {
		return nil, err
	}
	if parts[0].sealed != nil {
		return nil, ErrNoRight
	}
	list, err := tx.db.names.unpackChanges(parts)
	if err != nil {
		return nil, ErrDamaged
	}
	return list, nil
}

// changes visits what an operation changed.
func (tx *Tx) changes(seq uint64) iter.Seq2[change, error] {
	return func(yield func(change, error) bool) {
		prefix := string(seqKey(seq))
		c := tx.bolt.Bucket([]byte("changes")).Cursor()
		for k, v := c.Seek([]byte(prefix)); k != nil && string(k[:8]) == prefix; k, v = c.Next() {
			list, err := tx.block(k, v)
			if err != nil {
				yield(change{}, err)
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
	Was      map[string]string   // changed cells, as the ledger showed them before
	Beside   map[string][]string // values that stood against those shown, where there was a conflict
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
	for name, cell := range c.cells {
		out.Was[name] = cell.Value(tx.owner(c.kind, name), office)
		for _, v := range cell {
			if v.Value == out.Was[name] {
				continue
			}
			if out.Beside == nil {
				out.Beside = map[string][]string{}
			}
			out.Beside[name] = append(out.Beside[name], v.Value)
		}
	}
	return out
}

func seqKey(seq uint64) []byte { return binary.BigEndian.AppendUint64(nil, seq) }

func (f *file) readMeta() (m meta, err error) {
	plain, err := f.get("meta", []byte(metaKey))
	if err != nil {
		return m, err
	}
	if err := json.Unmarshal(plain, &m); err != nil {
		return m, ErrDamaged
	}
	return m, nil
}
