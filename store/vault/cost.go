package vault

import (
	"errors"
	"time"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

// Cost is what turning one password into a key costs whoever tries it
// (Argon2id, RFC 9106).
type Cost struct {
	Memory  uint32 `json:"memory"` // KiB
	Time    uint32 `json:"time"`   // passes
	Threads uint8  `json:"threads"`
}

// Floor is the least a file may ask for: a changed header must not make
// guessing cheap. Ceiling is the most: nor may it make the program eat the
// machine. RFC 9106 section 4, second recommended option; 默认值.
var (
	Floor   = Cost{Memory: 64 << 10, Time: 3, Threads: 4}
	Ceiling = Cost{Memory: 1 << 20, Time: 16, Threads: 16}
)

// ErrCost is a header that asks for a cost outside Floor and Ceiling.
var ErrCost = errors.New("cost of the password out of bounds")

func (c Cost) check() error {
	low := c.Memory < Floor.Memory || c.Time < Floor.Time || c.Threads < Floor.Threads
	high := c.Memory > Ceiling.Memory || c.Time > Ceiling.Time || c.Threads > Ceiling.Threads
	if low || high {
		return ErrCost
	}
	return nil
}

// Calibrate finds the cost that takes this machine half a second or more, up to
// a quarter of Ceiling's memory, so that a small laptop can still pay it.
func Calibrate() Cost {
	c := Floor
	for c.Memory < Ceiling.Memory/4 {
		start := time.Now()
		c.key([]byte("calibrate"), make([]byte, saltBytes))
		if time.Since(start) >= 450*time.Millisecond {
			break
		}
		c.Memory *= 2
	}
	return c
}

const saltBytes = 16

// key turns a secret into a key. The same characters give the same key whichever
// way the input method composed them, full width or half.
func (c Cost) key(secret, salt []byte) (k [32]byte) {
	secret = norm.NFKC.Bytes(secret)
	return [32]byte(argon2.IDKey(secret, salt, c.Time, c.Memory, c.Threads, uint32(len(k))))
}
