package oldbook

import (
	"bytes"
	"crypto/md5"
	"crypto/rc4"
	"crypto/sha1"
	"encoding/binary"
	"unicode/utf16"

	"touyan/store/xlsx"
)

// opener decrypts the records of a workbook that has a password ([MS-OFFCRYPTO]
// 2.3.5 and 2.3.6): RC4, keyed anew for every 1024 bytes of the stream. Heads of
// records lie in clear and take up key stream all the same.
//
// Nothing seals the content: the password is proved, a changed byte is not found.
type opener struct {
	key    func(block uint32) []byte
	cipher *rc4.Cipher
	pos    int // in the stream, where the cipher stands
}

const cipherBlock = 1024

// newOpener understands a FILEPASS record and proves the password.
func newOpener(b []byte, password string) (*opener, error) {
	const byRC4 = 1
	if len(b) < 6 || binary.LittleEndian.Uint16(b) != byRC4 {
		return nil, unknownCipher()
	}
	keyed, check := officeKey, md5Sum
	salt, sealed := []byte(nil), []byte(nil) // sealed: a random text and its hash
	switch major := binary.LittleEndian.Uint16(b[2:]); {
	case major == 1 && len(b) >= 54:
		salt, sealed = b[6:22], b[22:54]
	case major >= 2 && major <= 4:
		bits, verifier, ok := cryptoAPI(b[2:])
		if !ok {
			return nil, unknownCipher()
		}
		salt, sealed, check = verifier[4:20], append(bytes.Clone(verifier[20:36]), verifier[40:60]...), sha1Sum
		keyed = func(password string, salt []byte) func(uint32) []byte { return cryptoKey(password, salt, bits) }
	default:
		return nil, unknownCipher()
	}
	for _, try := range []string{xlsx.ProtectedPassword, password} {
		o := &opener{key: keyed(try, salt)}
		plain := o.apply(nil, sealed, 0)
		if bytes.Equal(check(plain[:16]), plain[16:]) {
			return &opener{key: o.key}, nil
		}
	}
	if password == "" {
		return nil, xlsx.NeedsPassword()
	}
	return nil, xlsx.RefusePassword()
}

func unknownCipher() error {
	return xlsx.Refuse(xlsx.OldFormat, "这个工作簿加了密码，加密的方式不能识别，没有读取任何内容。请用 WPS 打开后取消密码，另存为“Excel 文件（*.xlsx）”，再选另存的那个文件。")
}

func md5Sum(b []byte) []byte {
	sum := md5.Sum(b)
	return sum[:]
}

func sha1Sum(b []byte) []byte {
	sum := sha1.Sum(b)
	return sum[:]
}

// cryptoAPI finds the length of the key and the verifier in the form of FILEPASS
// that names its algorithms; only RC4 with SHA-1 is written by anyone.
func cryptoAPI(b []byte) (bits int, verifier []byte, ok bool) {
	const heads, algorithm, hash, keyBits, rc4Named, sha1Named = 12, 8, 12, 16, 0x6801, 0x8004
	if len(b) < heads {
		return 0, nil, false
	}
	n := binary.LittleEndian.Uint32(b[8:])
	if n < 32 || int64(len(b)-heads) < int64(n)+60 {
		return 0, nil, false
	}
	head, verifier := b[heads:heads+n], b[heads+n:]
	word := func(at int) uint32 { return binary.LittleEndian.Uint32(head[at:]) }
	if bits = int(word(keyBits)); bits == 0 {
		bits = 40
	}
	known := word(algorithm) == rc4Named && (word(hash) == sha1Named || word(hash) == 0)
	return bits, verifier, known && bits >= 40 && bits <= 128 && bits%8 == 0 && binary.LittleEndian.Uint32(verifier) == 16
}

// officeKey derives the keys of Office 97.
func officeKey(password string, salt []byte) func(block uint32) []byte {
	first := md5.Sum(wide(password))
	var many []byte
	for range 16 {
		many = append(append(many, first[:5]...), salt...)
	}
	base := md5.Sum(many)
	return func(block uint32) []byte {
		return md5Sum(binary.LittleEndian.AppendUint32(bytes.Clone(base[:5]), block))
	}
}

// cryptoKey derives the keys of Office XP and later, and of WPS.
func cryptoKey(password string, salt []byte, bits int) func(block uint32) []byte {
	base := sha1.Sum(append(bytes.Clone(salt), wide(password)...))
	return func(block uint32) []byte {
		key := sha1Sum(binary.LittleEndian.AppendUint32(bytes.Clone(base[:]), block))[:bits/8]
		if bits == 40 {
			key = append(bytes.Clone(key), make([]byte, 11)...)
		}
		return key
	}
}

// wide is a text in UTF-16.
func wide(s string) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return b
}

// open appends the body of a record in clear to dst. Some records are never
// encrypted, nor is the place of a sheet in the stream.
func (o *opener) open(dst []byte, r record) []byte {
	clear := 0
	switch r.id {
	case recBOF, recFilePass, recInterfaceHead, recUserExclusive, recFileLock, recRevisionInfo, recRevisionHead:
		clear = len(r.body)
	case recSheet:
		clear = min(4, len(r.body))
	}
	return o.apply(append(dst, r.body[:clear]...), r.body[clear:], r.at+clear)
}

// apply appends what lies at a place of the stream, decrypted, to dst.
func (o *opener) apply(dst, sealed []byte, at int) []byte {
	var passed [cipherBlock]byte
	for len(sealed) > 0 {
		block := at / cipherBlock
		if o.cipher == nil || o.pos/cipherBlock != block || o.pos > at || o.pos%cipherBlock == 0 {
			o.cipher, _ = rc4.NewCipher(o.key(uint32(block))) // the key is 5 to 16 bytes long
			o.pos = block * cipherBlock
		}
		skip := passed[:at-o.pos]
		o.cipher.XORKeyStream(skip, skip)
		n := min(len(sealed), (block+1)*cipherBlock-at)
		from := len(dst)
		dst = append(dst, sealed[:n]...)
		o.cipher.XORKeyStream(dst[from:], dst[from:])
		sealed, at = sealed[n:], at+n
		o.pos = at
	}
	return dst
}
