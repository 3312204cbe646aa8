package store

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"

	"touyan/store/field"
	"touyan/store/vault"
)

// ErrPaperRight is a paper for whose class this session has no key (处理处分材料).
var ErrPaperRight = errors.New("处理处分材料的原件只有负责人能看、能存，请由负责人登录后办理")

// Paper is what the ledger keeps of an attached file (附件): where it lies and
// the key it is sealed under. The file itself lies beside the ledger, and
// records name it by ID; what is in it is the business of package paper.
type Paper struct {
	ID            string // PaperSecret.ID of the content, 32 hex symbols
	File          string // name of the sealed file: hex SHA-256 of its bytes
	Key           [32]byte
	Type          string
	Bytes         int64 // of the content, before sealing
	Width, Height int   // in pixels; 0 for what is no picture
	Pages         int   // 0: not known
	Thumb         []byte
	Class         field.Class // whose eyes it is for: key and Thumb lie under the class's key
}

// PaperSecret is this ledger's own: under it contents get their ids, so that an
// id tells nobody else what was attached, and the same content is found again.
type PaperSecret [32]byte

const paperSecret = "paper.secret"

// ID names a content, given by its SHA-256.
func (s PaperSecret) ID(sum [32]byte) string { return hex.EncodeToString(s.mac('c', sum[:])[:16]) }

// Tag is the mark that sealed files of this ledger bear.
func (s PaperSecret) Tag() [16]byte { return [16]byte(s.mac('l', nil)) }

func (s PaperSecret) mac(use byte, of []byte) []byte {
	m := hmac.New(sha256.New, s[:])
	m.Write([]byte{use})
	m.Write(of)
	return m.Sum(nil)
}

// PaperSecret reads the ledger's secret. Before the first paper it has none, and
// a new one is proposed, which KeepPaper keeps.
func (tx *Tx) PaperSecret() (s PaperSecret, err error) {
	var kept []byte
	if err := tx.Setting(paperSecret, &kept); err != nil {
		return s, err
	}
	if len(kept) == 0 {
		rand.Read(s[:]) // never fails
		return s, nil
	}
	if len(kept) != len(s) {
		return s, ErrDamaged
	}
	return PaperSecret(kept), nil
}

// KeepPaper keeps what there is to know of a sealed file, with the operation
// that runs, in place of what was kept under the same id. s is the secret the id
// was made under; ErrStale if the ledger has got another meanwhile. Where records
// of several classes use the content, it ends up under the strictest of them: see
// guardPapers.
func (tx *Tx) KeepPaper(s PaperSecret, p Paper) error {
	var kept []byte
	if err := tx.Setting(paperSecret, &kept); err != nil {
		return err
	}
	if len(kept) == 0 {
		if err := tx.SetSetting(paperSecret, s[:]); err != nil {
			return err
		}
	} else if !hmac.Equal(kept, s[:]) {
		return ErrStale
	}
	key, err := paperKey(p.ID)
	if err != nil {
		return err
	}
	tx.force, tx.papers = true, append(tx.papers, p.ID)
	return tx.putPaper(key, &p)
}

// Paper returns what is kept under an id; ok is false where nothing is: the
// record came in a book and its file did not.
func (tx *Tx) Paper(id string) (p Paper, ok bool, err error) {
	key, err := paperKey(id)
	if err != nil {
		return p, false, nil
	}
	sealed := tx.bolt.Bucket([]byte("papers")).Get(key)
	if sealed == nil {
		return p, false, nil
	}
	p, err = tx.paperIn(key, sealed)
	return p, err == nil, err
}

// Papers visits everything kept, in no order that means anything. Of a paper this
// session has no key for it tells id and class alone.
func (tx *Tx) Papers() iter.Seq2[Paper, error] {
	return func(yield func(Paper, error) bool) {
		c := tx.bolt.Bucket([]byte("papers")).Cursor()
		for k, v := c.First(); k != nil; k, v = c.Next() {
			p, err := tx.paperIn(k, v)
			if errors.Is(err, ErrPaperRight) {
				err = nil
			}
			if !yield(p, err) || err != nil {
				return
			}
		}
	}
}

// paperIn and putPaper are all that touches the file.

// paperIn answers ErrPaperRight, with id and class, if this session has no key
// for a paper.
func (tx *Tx) paperIn(key, sealed []byte) (Paper, error) {
	id := hex.EncodeToString(key)
	class, _, err := vault.Sealed(sealed)
	if err != nil {
		return Paper{}, ErrDamaged
	}
	plain, err := tx.open("papers", key, sealed)
	if errors.Is(err, ErrNoRight) && class != vault.Class(field.Ordinary) {
		return Paper{ID: id, Class: field.Class(class)}, ErrPaperRight
	}
	if err != nil {
		return Paper{}, err
	}
	p, err := unpackPaper(id, plain)
	p.Class = field.Class(class)
	return p, err
}

func (tx *Tx) putPaper(key []byte, p *Paper) error {
	err := tx.setAs(vault.Class(p.Class), "papers", key, p.pack())
	if errors.Is(err, ErrNoRight) && p.Class != field.Ordinary {
		return ErrPaperRight
	}
	return err
}

func paperKey(id string) ([]byte, error) {
	key, err := hex.DecodeString(id)
	if err != nil || len(key) != 16 || hex.EncodeToString(key) != id {
		return nil, fmt.Errorf("not the id of a paper: %q", id)
	}
	return key, nil
}

func (p *Paper) pack() []byte {
	var out packer
	out.text(p.File)
	out.text(string(p.Key[:]))
	out.text(p.Type)
	for _, n := range []int64{p.Bytes, int64(p.Width), int64(p.Height), int64(p.Pages)} {
		out.number(uint64(n))
	}
	out.text(string(p.Thumb))
	return out.b
}

func unpackPaper(id string, plain []byte) (Paper, error) {
	u := unpacker{s: string(plain)}
	p := Paper{ID: id, File: u.text()}
	key := u.text()
	p.Type = u.text()
	p.Bytes, p.Width, p.Height, p.Pages = int64(u.number()), int(u.number()), int(u.number()), int(u.number())
	p.Thumb = []byte(u.text())
	if u.bad || len(u.s) > 0 || copy(p.Key[:], key) != len(key) || len(key) != len(p.Key) {
		return Paper{}, ErrDamaged
	}
	return p, nil
}
