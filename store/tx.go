package store

import (
	"fmt"
	"iter"
	"strings"
	"time"

	"touyan/store/field"
	"touyan/store/vault"

	"go.etcd.io/bbolt"
)

// Tx is one reading or one operation. It is used by one goroutine and not
// after View or Do has returned.
type Tx struct {
	file

	db      *DB
	kinds   field.Kinds // at its beginning
	visible uint64
	worked  uint64
	aliases map[string]string   // see Canonical; owned by this Tx once it has written one
	members map[string][]string // see Aliases
	regroup bool                // aliases are this Tx's own
	layouts map[string][]int

	op     *Entry // nil while only reading
	before map[recordKey]string
	made   map[recordKey][16]byte // digests of records this operation created and left alone since
	order  []recordKey
	force  bool // journal the operation though it changed no record

	settled bool // its commit failed, and yet the file holds it

	names      int    // how many names the file holds with this operation
	firstBlock uint32 // of the journal: a staged batch has written some before
	commits    []commitment
	recommits  []recommitment
	gone       []recordKey   // purged
	papers     []string      // kept by this operation
	header     *vault.Header // to be written with the operation; nil: unchanged
	meta       meta          // as the operation leaves it
}

type recordKey struct{ kind, id string }

// View runs a reading. Everything read in it is of one moment. While the ledger
// is locked it answers ErrLocked.
func (db *DB) View(f func(*Tx) error) error {
	db.reading.enter()
	defer db.reading.leave()
	return db.view(func(b *bbolt.Tx) error {
		tx, err := db.begin(b)
		if err != nil {
			return err
		}
		return f(tx)
	})
}

func (db *DB) begin(b *bbolt.Tx) (*Tx, error) {
	db.mu.RLock()
	defer db.mu.RUnlock()
	if db.ring == nil {
		return nil, ErrLocked
	}
	tx := &Tx{file: file{bolt: b, ring: db.ring}, db: db, kinds: db.Kinds(), aliases: db.aliases, layouts: map[string][]int{}}
	m, err := tx.readMeta()
	if err != nil {
		return nil, err
	}
	tx.visible, tx.worked = m.Visible, m.Worked
	return tx, nil
}

// Office returns whose ledger it is.
func (tx *Tx) Office() Office { return tx.db.Office() }

// Now is the time by the ledger's clock.
func (tx *Tx) Now() time.Time { return tx.db.now() }

// Kinds returns the ledger's kinds.
func (tx *Tx) Kinds() field.Kinds { return tx.kinds }

// Seq is the number of the running operation, or of the last one when reading.
func (tx *Tx) Seq() uint64 {
	if tx.op != nil {
		return tx.op.Seq
	}
	return tx.visible
}

// Worked is the number of the last finished operation that changed anything:
// what is only noted, a print or a login, leaves it. So it tells one state of
// the records from another.
func (tx *Tx) Worked() uint64 { return tx.worked }

// Get returns the record of T's kind with that id, ErrNoRecord if there is
// none. Voided records are returned too; Head says so.
func Get[T any, P interface {
	*T
	field.Record
}](tx *Tx, id string) (P, error) {
	rec := P(new(T))
	k, err := tx.kindOf(rec)
	if err != nil {
		return nil, err
	}
	row, ok, err := tx.Row(k.Name, id)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, fmt.Errorf("%s %s：%w", k.Label, id, ErrNoRecord)
	}
	k.Fill(rec, row)
	return rec, nil
}

// All visits the records of T's kind that count, in the order of their making.
func All[T any, P interface {
	*T
	field.Record
}](tx *Tx) iter.Seq2[P, error] {
	return func(yield func(P, error) bool) {
		k, err := tx.kindOf(P(new(T)))
		if err != nil {
			yield(nil, err)
			return
		}
		// The fields are listed once, on a scratch record that is copied out.
		scratch := new(T)
		bound := k.Bind(P(scratch))
		for row, err := range tx.Rows(k.Name) {
			rec := new(T)
			if err == nil {
				bound.Fill(row)
				*rec = *scratch
			}
			if !yield(rec, err) {
				return
			}
		}
	}
}

func (tx *Tx) kindOf(rec field.Record) (*field.Kind, error) {
	if name := tx.db.types[fmt.Sprintf("%T", rec)]; name != "" {
		return tx.kind(name)
	}
	return nil, fmt.Errorf("no kind for %T", rec)
}

func (tx *Tx) kind(name string) (*field.Kind, error) {
	if k := tx.kinds.Kind(name); k != nil {
		return k, nil
	}
	return nil, fmt.Errorf("no kind %q", name)
}

// packed returns the packed record lying under exactly this id.
func (tx *Tx) packed(kind, id string) (string, bool, error) {
	key, err := idBytes(id)
	if err != nil {
		return "", false, nil
	}
	bucket := recordBucket(kind)
	b := tx.bolt.Bucket([]byte(bucket))
	if b == nil {
		return "", false, fmt.Errorf("no kind %q", kind)
	}
	v := b.Get(key[:])
	if v == nil {
		return "", false, nil
	}
	return tx.unpacked(bucket, key[:], v)
}

// unpacked unseals a packed record; ok is false for one still being staged.
func (tx *Tx) unpacked(bucket string, key, value []byte) (packed string, ok bool, err error) {
	if only := onlyPart(value); only != nil {
		// Nearly every record is of one class: it is opened without a copy.
		if class, _, err := vault.Sealed(only); err != nil || class != vault.Class(field.Ordinary) {
			return "", false, ErrDamaged
		}
		if tx.plain, err = tx.ring.Open(tx.plain[:0], tx.file.place(bucket, key), only); err != nil {
			return "", false, told(err)
		}
		packed = string(tx.plain)
	} else {
		parts, err := tx.openParts(bucket, key, value)
		if err != nil {
			return "", false, err
		}
		if parts[0].sealed != nil {
			return "", false, ErrNoRight
		}
		packed = joined(parts)
	}
	u := unpacker{s: packed}
	seq := u.number()
	if u.bad {
		return "", false, ErrDamaged
	}
	return packed, seq <= tx.Seq(), nil
}

func (tx *Tx) owner(kind, name string) field.Level {
	if k := tx.kinds.Kind(kind); k != nil {
		if f := k.Field(name); f != nil {
			return f.Owner
		}
	}
	return field.NoLevel
}

// Name is what people call a record: its name, or the names it joins.
func (tx *Tx) Name(kind, id string) string {
	k := tx.kinds.Kind(kind)
	if k == nil || id == "" {
		return ""
	}
	row, ok, err := tx.Row(kind, id)
	if err != nil || !ok {
		return ""
	}
	return tx.NameOf(k, row)
}

// NameOf is Name for a row at hand.
func (tx *Tx) NameOf(k *field.Kind, row field.Row) string { return NameBy(k, row, tx.Name) }

// NameBy is what people call a row, with the names of what it refers to looked
// up by name.
func NameBy(k *field.Kind, row field.Row, name func(kind, id string) string) string {
	if k.Named != "" {
		return k.Value(row, k.Named)
	}
	var parts []string
	for i, f := range k.Fields {
		if !f.Match {
			continue
		}
		part := f.Show(row.Values[i])
		if f.Type == field.Ref {
			part = name(f.Target, row.Values[i])
		}
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, " ")
}
