package vault

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/binary"
	"errors"
	"hash"
	"maps"
	"slices"
)

// Class names a key: Common, or the number of a class of values.
type Class int16

// Common is the key every slot holds.
const Common Class = -1

// Version counts the keys a class has had, from 1.
type Version uint16

var (
	// ErrNoKey is a value whose class this ring cannot read.
	ErrNoKey = errors.New("no key for this class")
	// ErrSealed is a value that is not what was sealed under this name.
	ErrSealed = errors.New("sealed value damaged")
)

// Ring is the keys somebody holds after opening a slot. It is safe for use by
// several goroutines until Wipe.
type Ring struct {
	file [16]byte
	keys map[Class]*key
}

type key struct {
	version Version
	secret  [32]byte
	aead    cipher.AEAD
	mac     [32]byte // of the common key alone
}

func newKey(version Version, secret [32]byte, class Class) *key {
	k := &key{version: version, secret: secret, aead: gcm(derive(secret, "values"))}
	if class == Common {
		k.mac = derive(secret, "manifest")
	}
	return k
}

func randomKey(version Version, class Class) *key {
	var secret [32]byte
	rand.Read(secret[:]) // never fails
	return newKey(version, secret, class)
}

// derive makes a key for one purpose out of another key.
func derive(secret [32]byte, purpose string) (out [32]byte) {
	b, err := hkdf.Key(sha256.New, secret[:], nil, "touyan "+purpose, len(out))
	if err != nil {
		panic(err) // only for lengths no caller asks for
	}
	return [32]byte(b)
}

// commitment ties a key's name in the header to the key: AES-GCM alone would
// let one sealed value open under two keys.
func (k *key) commitment() []byte {
	sum := derive(k.secret, "commitment")
	return sum[:]
}

func gcm(secret [32]byte) cipher.AEAD {
	block, err := aes.NewCipher(secret[:])
	if err != nil {
		panic(err) // only for keys of another length
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		panic(err)
	}
	return aead
}

// Holds reports whether values of a class can be read and written.
func (r *Ring) Holds(c Class) bool { return r != nil && r.keys[c] != nil }

// Classes lists what the ring holds, ascending.
func (r *Ring) Classes() []Class { return slices.Sorted(maps.Keys(r.keys)) }

// Version is the version of the key held of a class, zero if none is.
func (r *Ring) Version(c Class) Version {
	if k := r.keys[c]; k != nil {
		return k.version
	}
	return 0
}

// A sealed value is: the format, the class, the version of the key, the nonce,
// the ciphertext and its tag.
const (
	format    = 2
	headBytes = 5
	// Overhead is how many bytes a sealed value is longer than the plain one.
	Overhead = headBytes + 12 + 16
)

// Seal appends a sealed value to dst. place says where the value will lie; it
// opens only under the same one, in the same file.
func (r *Ring) Seal(dst []byte, c Class, place, plain []byte) ([]byte, error) {
	k := r.keys[c]
	if k == nil {
		return nil, ErrNoKey
	}
	at := len(dst)
	dst = append(dst, format)
	dst = binary.BigEndian.AppendUint16(dst, uint16(c))
	dst = binary.BigEndian.AppendUint16(dst, uint16(k.version))
	var room [256]byte
	aad := r.bound(room[:0], dst[at:], place)
	return k.aead.Seal(dst, nil, plain, aad), nil
}

// Open appends the plain value to dst. It answers ErrNoKey for a class that is not
// held, ErrSealed for everything that is not exactly what was sealed.
func (r *Ring) Open(dst, place, sealed []byte) ([]byte, error) {
	c, version, err := Sealed(sealed)
	if err != nil {
		return nil, err
	}
	k := r.keys[c]
	if k == nil {
		return nil, ErrNoKey
	}
	if k.version != version {
		return nil, ErrSealed
	}
	var room [256]byte
	plain, err := k.aead.Open(dst, nil, sealed[headBytes:], r.bound(room[:0], sealed[:headBytes], place))
	if err != nil {
		return nil, ErrSealed
	}
	return plain, nil
}

// Sealed reads under which key a value lies, without opening it.
func Sealed(sealed []byte) (Class, Version, error) {
	if len(sealed) < Overhead || sealed[0] != format {
		return 0, 0, ErrSealed
	}
	return Class(binary.BigEndian.Uint16(sealed[1:])), Version(binary.BigEndian.Uint16(sealed[3:])), nil
}

// bound is what a value is bound to beside its key: the file, its own head, and
// where it lies.
func (r *Ring) bound(b, head, place []byte) []byte {
	b = append(b, r.file[:]...)
	b = append(b, head...)
	return append(b, place...)
}

// Mac digests what lies at a place under the common key. One is used by one
// goroutine.
type Mac struct{ hash hash.Hash }

// Mac returns a new digester.
func (r *Ring) Mac() *Mac { return &Mac{hmac.New(sha256.New, r.keys[Common].mac[:])} }

// Sum digests the parts, each told from the next.
func (m *Mac) Sum(parts ...[]byte) (sum [32]byte) {
	m.hash.Reset()
	var n [4]byte
	for _, p := range parts {
		binary.BigEndian.PutUint32(n[:], uint32(len(p)))
		m.hash.Write(n[:])
		m.hash.Write(p)
	}
	m.hash.Sum(sum[:0])
	return sum
}

// Purpose derives a key of the common one for something that lies outside the
// ledger's values.
func (r *Ring) Purpose(purpose string) [32]byte { return derive(r.keys[Common].secret, purpose) }

// Same reports whether two rings hold exactly the same keys.
func (r *Ring) Same(other *Ring) bool {
	if r.file != other.file || len(r.keys) != len(other.keys) {
		return false
	}
	for c, k := range r.keys {
		o := other.keys[c]
		if o == nil || o.version != k.version || subtle.ConstantTimeCompare(o.secret[:], k.secret[:]) == 0 {
			return false
		}
	}
	return true
}

// Keep wipes all keys but those of some classes. Nobody uses the ring meanwhile.
func (r *Ring) Keep(classes ...Class) {
	for c, k := range r.keys {
		if !slices.Contains(classes, c) {
			clear(k.secret[:])
			delete(r.keys, c)
		}
	}
}

// Wipe overwrites the keys. What Go or the processor's key schedule has copied
// stays until its memory is used again.
func (r *Ring) Wipe() {
	for c, k := range r.keys {
		clear(k.secret[:])
		clear(k.mac[:])
		delete(r.keys, c)
	}
}
