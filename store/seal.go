package store

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	"touyan/store/field"
	"touyan/store/vault"

	"go.etcd.io/bbolt"
)

// file is one bbolt transaction with the keys to what lies in it. Every value
// passes through it on its way in and out: this is the one place that knows how
// values lie on disk.
//
// A value is sealed for the place where it lies. bbolt keeps no checksum of its
// data pages, so this is also what finds damage. What one value cannot tell, that
// another is missing, doubled or an older one, the manifest tells: per bucket how
// many there are and the sum of their digests, itself sealed and written in the
// same transaction.
type file struct {
	bolt *bbolt.Tx
	ring *vault.Ring

	mac      *vault.Mac
	manifest manifest // nil until it is needed
	changed  bool     // the manifest
	room     []byte   // for spelling places
	plain    []byte   // for opening records
}

// common holds the buckets that everybody who may open the ledger reads: its
// frame, with nothing of what records say.
var common = map[string]bool{
	"meta": true, "names": true, "refs": true, "aliases": true, "conflicts": true, "settings": true, "heads": true, "purged": true, stagedBucket: true, manifestBucket: true,
}

// Buckets in the clear, for who has no key yet. The manifest leaves them out.
const (
	headerBucket = "header"
	secondBucket = "header2" // the header once more, on another page
	doorBucket   = "door"    // what happened while nobody was in
)

const (
	manifestBucket = "manifest"
	manifestKey    = "all"
)

// sealedBucket reports whether the values of a bucket are sealed and counted.
func sealedBucket(name string) bool {
	switch name {
	case headerBucket, secondBucket, doorBucket, manifestBucket:
		return false
	}
	return true
}

func classIn(bucket string) vault.Class {
	if common[bucket] {
		return vault.Common
	}
	return vault.Class(field.Ordinary)
}

var errSeal = errors.New("value damaged")

// place spells where a value lies. The result is used before the next call.
func (f *file) place(bucket string, key []byte) []byte {
	f.room = append(append(append(f.room[:0], bucket...), '/'), key...)
	return f.room
}

// open unseals a value. It answers ErrNoRight if this session has no key for it.
// What is for those who read records counts only under their keys: everybody who
// may open the ledger, also who reads none, could have sealed it under the common
// one.
func (f *file) open(bucket string, key, sealed []byte) ([]byte, error) {
	if class, _, err := vault.Sealed(sealed); err == nil && (class == vault.Common) != common[bucket] {
		return nil, ErrDamaged
	}
	plain, err := f.ring.Open(nil, f.place(bucket, key), sealed)
	return plain, told(err)
}

// told turns what the keys say into what the ledger says.
func told(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, vault.ErrNoKey):
		return ErrNoRight
	default:
		return ErrDamaged
	}
}

// get returns a value, nil if there is none.
func (f *file) get(bucket string, key []byte) ([]byte, error) {
	v := f.bolt.Bucket([]byte(bucket)).Get(key)
	if v == nil {
		return nil, nil
	}
	return f.open(bucket, key, v)
}

func (f *file) has(bucket string, key []byte) bool {
	return f.bolt.Bucket([]byte(bucket)).Get(key) != nil
}

// set seals a value under the class of its bucket.
func (f *file) set(bucket string, key, plain []byte) error {
	return f.setAs(classIn(bucket), bucket, key, plain)
}

func (f *file) setAs(c vault.Class, bucket string, key, plain []byte) error {
	sealed, err := f.ring.Seal(make([]byte, 0, len(plain)+vault.Overhead), c, f.place(bucket, key), plain)
	if err != nil {
		return told(err)
	}
	return f.lay(bucket, key, sealed)
}

// del takes a value out, if it is there.
func (f *file) del(bucket string, key []byte) error { return f.lay(bucket, key, nil) }

// lay puts sealed bytes in a place, or takes them out if there are none, and
// keeps the manifest true to it.
func (f *file) lay(bucket string, key, sealed []byte) error {
	m, err := f.sums()
	if err != nil {
		return err
	}
	b := f.bolt.Bucket([]byte(bucket))
	if old := b.Get(key); old != nil {
		m.take(bucket, f.digest(bucket, key, old))
	} else if sealed == nil {
		return nil
	}
	f.changed = true
	if sealed == nil {
		return b.Delete(key)
	}
	m.add(bucket, f.digest(bucket, key, sealed))
	if isRecords(bucket) {
		b.FillPercent = 0.9 // ids grow with time: pages filled to nine tenths waste little
	}
	return b.Put(key, sealed)
}

func (f *file) digest(bucket string, key, sealed []byte) [32]byte {
	if f.mac == nil {
		f.mac = f.ring.Mac()
	}
	return f.mac.Sum([]byte(bucket), key, sealed)
}

// finish writes the manifest. It comes last in every transaction that wrote.
func (f *file) finish() error {
	if !f.changed {
		return nil
	}
	f.changed = false
	place := f.place(manifestBucket, []byte(manifestKey))
	sealed, err := f.ring.Seal(nil, vault.Common, place, f.manifest.pack())
	if err != nil {
		return told(err)
	}
	return f.bolt.Bucket([]byte(manifestBucket)).Put([]byte(manifestKey), sealed)
}

// manifest tells of each bucket what has to be in it.
type manifest map[string]*sum

// sum is how many values there are, and their digests, each added by exclusive
// or: the order does not matter, and one can be taken out again. Nobody sees
// the digests, which are under the common key, so none can be composed to fit.
type sum struct {
	count uint64
	xor   [32]byte
}

func (m manifest) of(bucket string) *sum {
	s := m[bucket]
	if s == nil {
		s = &sum{}
		m[bucket] = s
	}
	return s
}

func (m manifest) add(bucket string, digest [32]byte) {
	s := m.of(bucket)
	s.count++
	s.mix(digest)
}

func (m manifest) take(bucket string, digest [32]byte) {
	s := m.of(bucket)
	s.count--
	s.mix(digest)
}

func (s *sum) mix(digest [32]byte) {
	for i := 0; i < len(digest); i += 8 {
		binary.LittleEndian.PutUint64(s.xor[i:], binary.LittleEndian.Uint64(s.xor[i:])^binary.LittleEndian.Uint64(digest[i:]))
	}
}

func (m manifest) pack() []byte {
	var p packer
	for name, s := range m {
		if s.count > 0 {
			p.text(name)
			p.number(s.count)
			p.b = append(p.b, s.xor[:]...)
		}
	}
	return p.b
}

func unpackManifest(plain []byte) (manifest, error) {
	u := unpacker{s: string(plain)}
	m := manifest{}
	for len(u.s) > 0 && !u.bad {
		name := u.text()
		s := &sum{count: u.number()}
		u.bad = u.bad || len(u.s) < len(s.xor) || m[name] != nil
		if !u.bad {
			copy(s.xor[:], u.s)
			u.s = u.s[len(s.xor):]
			m[name] = s
		}
	}
	if u.bad {
		return nil, errSeal
	}
	return m, nil
}

// sums reads the manifest as the transaction found it, with its own changes.
func (f *file) sums() (manifest, error) {
	if f.manifest != nil {
		return f.manifest, nil
	}
	b := f.bolt.Bucket([]byte(manifestBucket))
	if b == nil {
		return nil, ErrDamaged
	}
	plain, err := f.open(manifestBucket, []byte(manifestKey), b.Get([]byte(manifestKey)))
	if err != nil {
		return nil, fmt.Errorf("read manifest: %w", err)
	}
	if f.manifest, err = unpackManifest(plain); err != nil {
		return nil, ErrDamaged
	}
	return f.manifest, nil
}

// Values with cells of several classes are parts, each sealed under its own
// class: a length and the sealed bytes, one after the other. All parts of a
// value are bound to the same place.

// part is one class's share of a value. A part nobody here can read is carried
// along sealed.
type part struct {
	class  vault.Class
	plain  []byte
	sealed []byte // set instead of plain
}

// onlyPart returns the sealed bytes of a value that has one part, nil for others.
func onlyPart(value []byte) []byte {
	n, w := binary.Uvarint(value)
	if w <= 0 || n != uint64(len(value)-w) {
		return nil
	}
	return value[w:]
}

func (f *file) putParts(bucket string, key []byte, parts []part) error {
	size := 0
	for i := range parts {
		size += len(parts[i].plain) + len(parts[i].sealed) + vault.Overhead + 4
	}
	out := make([]byte, 0, size)
	for _, p := range parts {
		sealed := p.sealed
		if sealed == nil {
			var err error
			if sealed, err = f.ring.Seal(make([]byte, 0, len(p.plain)+vault.Overhead), p.class, f.place(bucket, key), p.plain); err != nil {
				return told(err)
			}
		}
		out = binary.AppendUvarint(out, uint64(len(sealed)))
		out = append(out, sealed...)
	}
	return f.lay(bucket, key, out)
}

// openParts unseals the parts this session has keys for.
func (f *file) openParts(bucket string, key, value []byte) ([]part, error) {
	var one [1]part
	parts := one[:0]
	place := f.place(bucket, key)
	for len(value) > 0 {
		n, w := binary.Uvarint(value)
		if w <= 0 || n > uint64(len(value)-w) {
			return nil, ErrDamaged
		}
		sealed := value[w : w+int(n)]
		value = value[w+int(n):]
		class, _, err := vault.Sealed(sealed)
		if err != nil || class == vault.Common || slices.ContainsFunc(parts, func(p part) bool { return p.class == class }) {
			return nil, ErrDamaged
		}
		p := part{class: class}
		if f.ring.Holds(class) {
			if p.plain, err = f.ring.Open(nil, place, sealed); err != nil {
				return nil, ErrDamaged
			}
		} else {
			p.sealed = append([]byte(nil), sealed...)
		}
		parts = append(parts, p)
	}
	if len(parts) == 0 || parts[0].class != vault.Class(field.Ordinary) {
		return nil, ErrDamaged
	}
	return parts, nil
}
