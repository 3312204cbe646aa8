package vault

import (
	"crypto/hmac"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"
)

// Header is what lies in clear before anybody has opened the file: the slots
// and the marks of the keys. It is no secret, and no proof of anything until
// Unlock has found that a holder of the common key wrote it.
type Header struct {
	File       string `json:"file"`       // id of the file, hex
	Generation uint64 `json:"generation"` // counts the headers written
	Title      string `json:"title"`      // whose ledger it is, shown on the way in
	Keys       []Mark `json:"keys"`
	Slots      []Slot `json:"slots"`

	Stale []Class `json:"stale,omitempty"` // classes whose keys somebody removed still knows

	body []byte // as it was read
	mac  []byte
}

// Mark names a key without telling it.
type Mark struct {
	Class      Class   `json:"class"`
	Version    Version `json:"version"`
	Commitment []byte  `json:"commitment"`
}

// SlotKind says what opens a slot.
type SlotKind string

// The kinds of slot.
const (
	Password SlotKind = "password"
	Recovery SlotKind = "recovery"
	Open     SlotKind = "open" // nothing: the private key lies in clear
)

// Slot is one way in.
type Slot struct {
	ID      string    `json:"id"`
	Kind    SlotKind  `json:"kind"`
	Name    string    `json:"name,omitempty"`
	Roles   []string  `json:"roles,omitempty"`
	Made    time.Time `json:"made"`
	Changed time.Time `json:"changed,omitzero"` // the password, last
	Cost    Cost      `json:"cost,omitzero"`
	Salt    []byte    `json:"salt,omitempty"`
	Public  []byte    `json:"public"`
	Private []byte    `json:"private"`         // sealed, but for an open slot
	Wants   []Class   `json:"wants,omitempty"` // may hold these too; wrapped by the next one who holds them
	Wraps   []Wrap    `json:"wraps"`
}

// Wrap is one key for one slot.
type Wrap struct {
	Class   Class   `json:"class"`
	Version Version `json:"version"`
	Key     []byte  `json:"key"`
}

var (
	// ErrPassword is a wrong password or recovery code.
	ErrPassword = errors.New("wrong password")
	// ErrHeader is a header that no holder of the common key wrote.
	ErrHeader = errors.New("header damaged")
	// ErrNoSlot is a slot the header does not have.
	ErrNoSlot = errors.New("no such slot")
)

// New makes a header without slots, and a ring with a fresh key for each class
// and the common one.
func New(title string, classes ...Class) (*Header, *Ring) {
	r := &Ring{keys: map[Class]*key{}}
	rand.Read(r.file[:]) // never fails
	for _, c := range append(slices.Clone(classes), Common) {
		r.keys[c] = randomKey(1, c)
	}
	h := &Header{File: hex.EncodeToString(r.file[:]), Title: title}
	h.mark(r)
	return h, r
}

// mark names the ring's keys in the header.
func (h *Header) mark(r *Ring) {
	for _, c := range r.Classes() {
		m := Mark{c, r.keys[c].version, r.keys[c].commitment()}
		if i := slices.IndexFunc(h.Keys, func(old Mark) bool { return old.Class == c }); i >= 0 {
			h.Keys[i] = m
			continue
		}
		h.Keys = append(h.Keys, m)
	}
}

func (h *Header) markOf(c Class) (Mark, bool) {
	i := slices.IndexFunc(h.Keys, func(m Mark) bool { return m.Class == c })
	if i < 0 {
		return Mark{}, false
	}
	return h.Keys[i], true
}

// Slot returns a slot by its id, nil if there is none.
func (h *Header) Slot(id string) *Slot {
	i := slices.IndexFunc(h.Slots, func(s Slot) bool { return s.ID == id })
	if i < 0 {
		return nil
	}
	return &h.Slots[i]
}

// Remove takes a slot out. What its holder has seen, and the keys he held, stay
// with him: Rotate them.
func (h *Header) Remove(id string) error {
	if h.Slot(id) == nil {
		return ErrNoSlot
	}
	h.Slots = slices.DeleteFunc(h.Slots, func(s Slot) bool { return s.ID == id })
	return nil
}

// Clone returns a header that can be changed without this one.
func (h *Header) Clone() *Header {
	c := *h
	c.Keys, c.Slots, c.Stale = slices.Clone(h.Keys), slices.Clone(h.Slots), slices.Clone(h.Stale)
	for i := range c.Slots {
		s := &c.Slots[i]
		s.Roles, s.Wants, s.Wraps = slices.Clone(s.Roles), slices.Clone(s.Wants), slices.Clone(s.Wraps)
	}
	return &c
}

// Rotate gives the named classes new keys, wrapped to every slot that had the
// old ones, and returns the ring with them. Values sealed under the old keys
// have to be sealed anew. r must hold all of them.
func (h *Header) Rotate(r *Ring, classes ...Class) (*Ring, error) {
	next := &Ring{file: r.file, keys: map[Class]*key{}}
	for c, k := range r.keys {
		next.keys[c] = newKey(k.version, k.secret, c)
	}
	for _, c := range classes {
		old := r.keys[c]
		if old == nil {
			return nil, ErrNoKey
		}
		next.keys[c] = randomKey(old.version+1, c)
	}
	h.mark(next)
	for i := range h.Slots {
		s := &h.Slots[i]
		for j, w := range s.Wraps {
			if !slices.Contains(classes, w.Class) {
				continue
			}
			wrapped, err := s.wrap(h.File, w.Class, next.keys[w.Class])
			if err != nil {
				return nil, err
			}
			s.Wraps[j] = wrapped
		}
	}
	return next, nil
}

// Encode writes the header as it lies in the file, one generation on.
func (h *Header) Encode(r *Ring) ([]byte, error) {
	h.Generation++
	body, err := json.Marshal(h)
	if err != nil {
		return nil, fmt.Errorf("write header: %w", err)
	}
	h.body, h.mac = body, h.sum(r, body)
	return append(slices.Clone(h.mac), body...), nil
}

func (h *Header) sum(r *Ring, body []byte) []byte {
	sum := r.Mac().Sum([]byte("header"), body)
	return sum[:]
}

const (
	macBytes    = 32
	headerLimit = 1 << 20 // far above what hundreds of slots need
	slotLimit   = 500
)

// Decode reads a header. It is checked for what it could do to the program, and
// for nothing else until Unlock.
func Decode(b []byte) (*Header, error) {
	if len(b) <= macBytes || len(b) > headerLimit {
		return nil, ErrHeader
	}
	h := &Header{mac: slices.Clone(b[:macBytes]), body: slices.Clone(b[macBytes:])}
	if err := json.Unmarshal(h.body, h); err != nil {
		return nil, ErrHeader
	}
	if _, err := h.file(); err != nil || len(h.Slots) > slotLimit || len(h.Keys) > slotLimit {
		return nil, ErrHeader
	}
	for i := range h.Slots {
		s := &h.Slots[i]
		if len(s.Wraps) > slotLimit || len(s.Wants) > slotLimit {
			return nil, ErrHeader
		}
		if s.Kind == Open {
			continue
		}
		if err := s.Cost.check(); err != nil {
			return nil, err
		}
		if len(s.Salt) != saltBytes {
			return nil, ErrHeader
		}
	}
	return h, nil
}

func (h *Header) file() (id [16]byte, err error) {
	b, err := hex.DecodeString(h.File)
	if err != nil || len(b) != len(id) {
		return id, ErrHeader
	}
	return [16]byte(b), nil
}

// Written reports whether a holder of the ring's common key wrote this header,
// and the ring's keys are the ones it names.
func (h *Header) Written(r *Ring) error {
	if !hmac.Equal(h.mac, h.sum(r, h.body)) {
		return ErrHeader
	}
	for c, k := range r.keys {
		m, ok := h.markOf(c)
		if !ok || m.Version != k.version || !hmac.Equal(m.Commitment, k.commitment()) {
			return ErrHeader
		}
	}
	return nil
}
