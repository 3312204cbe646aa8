package vault

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hpke"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"slices"
	"time"
)

// Entry is what a new slot is to be.
type Entry struct {
	Kind   SlotKind
	Name   string
	Roles  []string
	Holds  []Class // beside Common
	Secret []byte  // the password or the recovery code; nil for Open
	Cost   Cost
	At     time.Time
}

// Add makes a slot with a key pair of its own. The classes the ring holds are
// wrapped to it at once, the others by the next one who holds them (Complete).
func (h *Header) Add(r *Ring, e Entry) (*Slot, error) {
	private, err := suite.kem.GenerateKey()
	if err != nil {
		return nil, fmt.Errorf("new slot: %w", err)
	}
	var id [8]byte
	rand.Read(id[:]) // never fails
	s := Slot{
		ID: hex.EncodeToString(id[:]), Kind: e.Kind, Name: e.Name, Roles: e.Roles, Made: e.At,
		Public: private.PublicKey().Bytes(), Wants: append([]Class{Common}, e.Holds...),
	}
	if err := s.close(h.File, private, e.Secret, e.Cost, e.At); err != nil {
		return nil, err
	}
	h.Slots = append(h.Slots, s)
	if _, err := h.Complete(r); err != nil {
		return nil, err
	}
	return h.Slot(s.ID), nil
}

// suite is how keys are wrapped: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256,
// AES-256-GCM.
var suite = struct {
	kem  hpke.KEM
	kdf  hpke.KDF
	aead hpke.AEAD
}{mustKEM(0x0020), hpke.HKDFSHA256(), hpke.AES256GCM()}

func mustKEM(id uint16) hpke.KEM {
	kem, err := hpke.NewKEM(id)
	if err != nil {
		panic(err) // an id the standard library has
	}
	return kem
}

// close seals the private key of a slot under a secret.
func (s *Slot) close(file string, private hpke.PrivateKey, secret []byte, cost Cost, at time.Time) error {
	plain, err := private.Bytes()
	if err != nil {
		return fmt.Errorf("close slot: %w", err)
	}
	if s.Kind == Open {
		s.Private = plain
		return nil
	}
	if err := cost.check(); err != nil {
		return err
	}
	s.Cost, s.Salt, s.Changed = cost, make([]byte, saltBytes), at
	rand.Read(s.Salt) // never fails
	s.Private = passwordGCM(cost.key(secret, s.Salt)).Seal(nil, make([]byte, 12), plain, s.about(file))
	return nil
}

// passwordGCM seals one value under a key made from a fresh salt, so its nonce
// need not differ.
func passwordGCM(k [32]byte) cipher.AEAD {
	block, err := aes.NewCipher(k[:])
	if err != nil {
		panic(err) // only for keys of another length
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		panic(err)
	}
	return aead
}

// about is what a slot's private key is bound to.
func (s *Slot) about(file string) []byte {
	return fmt.Appendf(nil, "touyan slot %s %s %s %d %d %d %x", file, s.ID, s.Kind, s.Cost.Memory, s.Cost.Time, s.Cost.Threads, s.Public)
}

// private opens a slot's private key.
func (s *Slot) private(file string, secret []byte) (hpke.PrivateKey, error) {
	plain := s.Private
	if s.Kind != Open {
		if err := s.Cost.check(); err != nil {
			return nil, err
		}
		var err error
		plain, err = passwordGCM(s.Cost.key(secret, s.Salt)).Open(nil, make([]byte, 12), s.Private, s.about(file))
		if err != nil {
			return nil, ErrPassword
		}
	}
	k, err := suite.kem.NewPrivateKey(plain)
	if err != nil || !slices.Equal(k.PublicKey().Bytes(), s.Public) {
		return nil, ErrHeader
	}
	return k, nil
}

// Unlock opens a slot and returns the keys it holds, having checked that they
// are the ones the header names and that a holder wrote the header.
func (h *Header) Unlock(id string, secret []byte) (*Ring, error) {
	s := h.Slot(id)
	if s == nil {
		return nil, ErrNoSlot
	}
	private, err := s.private(h.File, secret)
	if err != nil {
		return nil, err
	}
	r := &Ring{}
	if r.file, err = h.file(); err != nil {
		return nil, err
	}
	if r.keys, err = s.unwrap(h.File, private); err != nil {
		return nil, err
	}
	if !r.Holds(Common) {
		return nil, ErrHeader
	}
	if h.mac == nil { // not written yet
		return r, nil
	}
	return r, h.Written(r)
}

// purpose is what a wrapped key is bound to.
func (s *Slot) purpose(file string, c Class, v Version) []byte {
	return fmt.Appendf(nil, "touyan key %s %s %d %d", file, s.ID, c, v)
}

func (s *Slot) wrap(file string, c Class, k *key) (Wrap, error) {
	public, err := suite.kem.NewPublicKey(s.Public)
	if err != nil {
		return Wrap{}, ErrHeader
	}
	sealed, err := hpke.Seal(public, suite.kdf, suite.aead, s.purpose(file, c, k.version), k.secret[:])
	if err != nil {
		return Wrap{}, fmt.Errorf("wrap key: %w", err)
	}
	return Wrap{c, k.version, sealed}, nil
}

// Complete wraps what slots are waiting for and the ring holds. It reports
// whether the header has to be written.
func (h *Header) Complete(r *Ring) (changed bool, err error) {
	for i := range h.Slots {
		s := &h.Slots[i]
		var still []Class
		for _, c := range s.Wants {
			k := r.keys[c]
			if k == nil {
				still = append(still, c)
				continue
			}
			w, err := s.wrap(h.File, c, k)
			if err != nil {
				return false, err
			}
			s.Wraps, changed = append(s.Wraps, w), true
		}
		s.Wants = still
	}
	return changed, nil
}

// SetSecret gives a slot another password, by whoever knows the present one. The
// slot gets another key pair too: an old copy of the file and the old password
// open none of the keys of later.
func (h *Header) SetSecret(id string, old, secret []byte, cost Cost, at time.Time) error {
	s := h.Slot(id)
	if s == nil {
		return ErrNoSlot
	}
	private, err := s.private(h.File, old)
	if err != nil {
		return err
	}
	keys, err := s.unwrap(h.File, private)
	if err != nil {
		return err
	}
	next, err := suite.kem.GenerateKey()
	if err != nil {
		return fmt.Errorf("change slot: %w", err)
	}
	s.Public = next.PublicKey().Bytes()
	for i, w := range s.Wraps {
		if s.Wraps[i], err = s.wrap(h.File, w.Class, keys[w.Class]); err != nil {
			return err
		}
	}
	return s.close(h.File, next, secret, cost, at)
}

// unwrap opens the keys a slot holds.
func (s *Slot) unwrap(file string, private hpke.PrivateKey) (map[Class]*key, error) {
	keys := map[Class]*key{}
	for _, w := range s.Wraps {
		plain, err := hpke.Open(private, suite.kdf, suite.aead, s.purpose(file, w.Class, w.Version), w.Key)
		if err != nil || len(plain) != 32 {
			return nil, ErrHeader
		}
		keys[w.Class] = newKey(w.Version, [32]byte(plain), w.Class)
	}
	return keys, nil
}

// Replace gives a slot a new key pair and password, by somebody who does not
// know the present one. The keys it held are wrapped anew as far as the ring
// holds them, the rest by the next one who does.
func (h *Header) Replace(r *Ring, id string, secret []byte, cost Cost, at time.Time) error {
	s := h.Slot(id)
	if s == nil {
		return ErrNoSlot
	}
	private, err := suite.kem.GenerateKey()
	if err != nil {
		return fmt.Errorf("replace slot: %w", err)
	}
	for _, w := range s.Wraps {
		s.Wants = append(s.Wants, w.Class)
	}
	s.Wraps, s.Public = nil, private.PublicKey().Bytes()
	if err := s.close(h.File, private, secret, cost, at); err != nil {
		return err
	}
	_, err = h.Complete(r)
	return err
}

// Grant sets what a slot may hold beside Common. What it held and may not any
// more is taken out of it; its holder may have kept it.
func (h *Header) Grant(r *Ring, id string, roles []string, classes []Class) error {
	s := h.Slot(id)
	if s == nil {
		return ErrNoSlot
	}
	s.Roles = roles
	may := func(c Class) bool { return c == Common || slices.Contains(classes, c) }
	s.Wraps = slices.DeleteFunc(s.Wraps, func(w Wrap) bool { return !may(w.Class) })
	s.Wants = slices.DeleteFunc(s.Wants, func(c Class) bool { return !may(c) })
	for _, c := range classes {
		held := slices.ContainsFunc(s.Wraps, func(w Wrap) bool { return w.Class == c })
		if !held && !slices.Contains(s.Wants, c) {
			s.Wants = append(s.Wants, c)
		}
	}
	_, err := h.Complete(r)
	return err
}
