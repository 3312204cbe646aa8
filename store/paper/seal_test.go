package paper

import (
	"bytes"
	"crypto/rand"
	"testing"
)

func someKey() (key [32]byte) {
	rand.Read(key[:])
	return key
}

// Ensure that a sealed file opens to what was sealed at every length around the
// pieces, has the size foretold, and shows nothing of it.
func TestSealing(t *testing.T) {
	h := head{ledger: [16]byte{1}, content: [16]byte{2}}
	for _, n := range []int{0, 1, pieceLen - 1, pieceLen, pieceLen + 1, 3*pieceLen + 17} {
		plain := bytes.Repeat([]byte("毕业证书"), n/12+1)[:n]
		key := someKey()
		sealed := seal(plain, h, key)
		if int64(len(sealed)) != sealedSize(int64(n)) {
			t.Errorf("%d bytes: sealed %d, foretold %d", n, len(sealed), sealedSize(int64(n)))
		}
		if n > 12 && bytes.Contains(sealed, plain[:12]) {
			t.Errorf("%d bytes: the sealed file shows what is in it", n)
		}
		got, err := unseal(sealed, h, key)
		if err != nil || !bytes.Equal(got, plain) {
			t.Errorf("%d bytes: came back as %d, %v", n, len(got), err)
		}
	}
}

// Ensure that a sealed file does not open with any bit flipped, cut anywhere,
// with pieces changed about, left out or added, under another key or as another
// content's.
func TestSealedFilesAreHeldTogether(t *testing.T) {
	h := head{ledger: [16]byte{1}, content: [16]byte{2}}
	key := someKey()
	small := seal([]byte("某某人的身份证"), h, key)
	must := func(what string, sealed []byte, h head, key [32]byte) {
		t.Helper()
		if got, err := unseal(sealed, h, key); err == nil {
			t.Errorf("%s: opened to %d bytes", what, len(got))
		}
	}
	for i := range len(small) * 8 {
		b := bytes.Clone(small)
		b[i/8] ^= 1 << (i % 8)
		must("a bit flipped", b, h, key)
	}
	for n := range small {
		must("cut", small[:n], h, key)
	}
	must("something behind", append(bytes.Clone(small), 0), h, key)

	plain := make([]byte, 2*pieceLen+5)
	rand.Read(plain)
	large := seal(plain, h, key)
	const step = pieceLen + tagLen
	first, second, third := large[headSize:headSize+step], large[headSize+step:headSize+2*step], large[headSize+2*step:]
	joined := func(parts ...[]byte) []byte { return bytes.Join(append([][]byte{h.bytes()}, parts...), nil) }
	if _, err := unseal(joined(first, second, third), h, key); err != nil {
		t.Fatal("taken apart wrongly")
	}
	must("pieces changed about", joined(second, first, third), h, key)
	must("the last piece cut off", joined(first, second), h, key)
	must("all but the first cut off", joined(first), h, key)
	must("a piece left out", joined(first, third), h, key)
	must("a piece twice", joined(first, second, second, third), h, key)
	must("no piece", joined(), h, key)

	must("another key", small, h, someKey())
	other := head{ledger: h.ledger, content: [16]byte{3}}
	must("asked for as another content", small, other, key)
	must("renamed to another content", append(other.bytes(), small[headSize:]...), other, key)
}
