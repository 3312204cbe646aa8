package paper

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
)

// The shape of a sealed file.
const (
	magic    = "touyan-paper-1\n\x00"
	headSize = len(magic) + 16 + 16
	pieceLen = 1 << 20
	tagLen   = 16
)

// head stands at the beginning of a sealed file, in clear: whose it is and
// which content, both meaningless to others.
type head struct{ ledger, content [16]byte }

func (h head) bytes() []byte {
	out := append(make([]byte, 0, headSize), magic...)
	out = append(out, h.ledger[:]...)
	return append(out, h.content[:]...)
}

// readHead reads the head of a sealed file; ok is false for any other file.
func readHead(b []byte) (h head, ok bool) {
	if len(b) < headSize || string(b[:len(magic)]) != magic {
		return h, false
	}
	copy(h.ledger[:], b[len(magic):])
	copy(h.content[:], b[len(magic)+16:])
	return h, true
}

// sealedSize is how long the sealed file of a content is.
func sealedSize(n int64) int64 { return int64(headSize) + n + tagLen*pieces(n) }

// pieces is how many pieces a content has: never none.
func pieces(n int64) int64 { return max((n+pieceLen-1)/pieceLen, 1) }

// errSealed says that a file is not what was sealed under this key.
var errSealed = errors.New("sealed file altered")

func cipherOf(key [32]byte) cipher.AEAD {
	block, err := aes.NewCipher(key[:])
	if err != nil {
		panic(err) // only for a key of another length
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		panic(err) // only for a block of another size
	}
	return aead
}

// seal seals a content under a key that seals nothing else.
func seal(plain []byte, h head, key [32]byte) []byte {
	aead := cipherOf(key)
	out := append(make([]byte, 0, sealedSize(int64(len(plain)))), h.bytes()...)
	for n := uint64(0); ; n++ {
		piece := plain[:min(len(plain), pieceLen)]
		plain = plain[len(piece):]
		nonce, with := bind(h, n, len(plain) == 0)
		out = aead.Seal(out, nonce, piece, with)
		if len(plain) == 0 {
			return out
		}
	}
}

// unseal is the inverse of seal. An error is errSealed, whatever is wrong.
func unseal(sealed []byte, h head, key [32]byte) ([]byte, error) {
	if got, ok := readHead(sealed); !ok || got != h {
		return nil, errSealed
	}
	aead := cipherOf(key)
	rest := sealed[headSize:]
	out := make([]byte, 0, len(rest))
	for n := uint64(0); ; n++ {
		piece := rest[:min(len(rest), pieceLen+tagLen)]
		rest = rest[len(piece):]
		nonce, with := bind(h, n, len(rest) == 0)
		var err error
		if out, err = aead.Open(out, nonce, piece, with); err != nil {
			return nil, errSealed
		}
		if len(rest) == 0 {
			return out, nil
		}
	}
}

// bind is what ties a piece to its place: its nonce, and what is authenticated
// with it.
func bind(h head, n uint64, last bool) (nonce, with []byte) {
	nonce = binary.BigEndian.AppendUint64(make([]byte, 4, 12), n)
	with = append(h.bytes(), nonce...)
	if last {
		return nonce, append(with, 1)
	}
	return nonce, append(with, 0)
}

// nameOf is the name a sealed file lies under.
func nameOf(sealed []byte) string {
	sum := sha256.Sum256(sealed)
	return hex.EncodeToString(sum[:])
}

// isName reports whether a file's name is that of a sealed file.
func isName(name string) bool {
	b, err := hex.DecodeString(name)
	return err == nil && len(b) == sha256.Size && hex.EncodeToString(b) == name
}
