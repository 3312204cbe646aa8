package store

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"strings"
	"time"
)

// idSymbols has no i, l, o and u, so that an id read aloud stays itself.
const idSymbols = "0123456789abcdefghjkmnpqrstvwxyz"

// NewID makes the id of a new record: 48 bits of time, so that records lie in
// the order of their making, and 80 random bits.
func NewID(at time.Time) string {
	var b [16]byte
	binary.BigEndian.PutUint64(b[:8], uint64(at.UnixMilli())<<16)
	rand.Read(b[6:]) // never fails
	return idText(b)
}

// IDs makes ids that ascend even within one millisecond: the rows of a book then
// lie in the ledger in the order of the book, and fill its pages one after the
// other instead of being strewn over all of them. The zero value is ready; it
// is not safe for use by several goroutines at once.
type IDs struct{ hi, lo uint64 }

// New makes the next id.
func (s *IDs) New(at time.Time) string {
	if ms := uint64(at.UnixMilli()) << 16; ms > s.hi {
		var b [10]byte
		rand.Read(b[:])                                          // never fails
		s.hi = ms | uint64(binary.BigEndian.Uint16(b[:]))&0x7fff // leaves room above for those that follow
		s.lo = binary.BigEndian.Uint64(b[2:])
	} else if s.lo++; s.lo == 0 {
		s.hi++
	}
	var b [16]byte
	binary.BigEndian.PutUint64(b[:8], s.hi)
	binary.BigEndian.PutUint64(b[8:], s.lo)
	return idText(b)
}

// DerivedID makes the id of a record that a book describes without naming it:
// the same book gives the same id wherever it is read. parts must tell the
// record from others in the book.
func DerivedID(at time.Time, parts ...string) string {
	var b [16]byte
	binary.BigEndian.PutUint64(b[:8], uint64(at.UnixMilli())<<16)
	sum := Digest(parts...)
	copy(b[6:], sum[:10])
	return idText(b)
}

// Digest hashes texts so that no two lists of texts are mixed up.
func Digest(parts ...string) [32]byte {
	h := sha256.New()
	var n [8]byte
	for _, p := range parts {
		binary.LittleEndian.PutUint64(n[:], uint64(len(p)))
		h.Write(n[:])
		h.Write([]byte(p))
	}
	return [32]byte(h.Sum(nil))
}

func idText(b [16]byte) string {
	var out [26]byte
	hi, lo := binary.BigEndian.Uint64(b[:8]), binary.BigEndian.Uint64(b[8:])
	for i := 25; i >= 0; i-- {
		out[i] = idSymbols[lo&31]
		lo = lo>>5 | hi<<59
		hi >>= 5
	}
	return string(out[:])
}

func idBytes(id string) ([16]byte, error) {
	var b [16]byte
	if len(id) != 26 || id[0] > '7' {
		return b, fmt.Errorf("not an id: %q", id)
	}
	var hi, lo uint64
	for i := 0; i < 26; i++ {
		n := strings.IndexByte(idSymbols, id[i])
		if n < 0 {
			return b, fmt.Errorf("not an id: %q", id)
		}
		hi = hi<<5 | lo>>59
		lo = lo<<5 | uint64(n)
	}
	binary.BigEndian.PutUint64(b[:8], hi)
	binary.BigEndian.PutUint64(b[8:], lo)
	return b, nil
}

// IsID reports whether a text has the shape of an id.
func IsID(s string) bool { _, err := idBytes(s); return err == nil }

// OfficeID is the id of the office with a 区划代码: the same in every ledger, so
// that each level may speak of the others before it has heard from them.
func OfficeID(code string) string { return DerivedID(time.UnixMilli(0), "office", code) }
