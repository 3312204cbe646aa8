package oldbook

import (
	"crypto/rc4"
	"encoding/binary"
	"math"
	"unicode/utf16"
)

// builder puts a BIFF8 stream together record by record.
type builder struct{ stream []byte }

// le gives numbers in the byte order of the format: int is two bytes wide.
func le(values ...any) []byte {
	var b []byte
	for _, v := range values {
		switch v := v.(type) {
		case byte:
			b = append(b, v)
		case int:
			b = binary.LittleEndian.AppendUint16(b, uint16(v))
		case uint32:
			b = binary.LittleEndian.AppendUint32(b, v)
		case float64:
			b = binary.LittleEndian.AppendUint64(b, math.Float64bits(v))
		case string: // characters of two bytes
			for _, u := range utf16.Encode([]rune(v)) {
				b = binary.LittleEndian.AppendUint16(b, u)
			}
		case []byte:
			b = append(b, v...)
		}
	}
	return b
}

func (b *builder) put(id int, values ...any) *builder {
	body := le(values...)
	b.stream = append(append(b.stream, le(id, len(body))...), body...)
	return b
}

// bof begins a part.
func (b *builder) bof(kind int) *builder {
	return b.put(recBOF, biff8, kind, uint32(0), uint32(0), uint32(0))
}

// xf is a cell format with a number format.
func (b *builder) xf(format int) *builder { return b.put(recXF, 0, format, make([]byte, 16)) }

// aBook is a workbook of the sheets given, each a stream of records between BOF
// and EOF, with what stands in the first part.
func aBook(globals *builder, sheets ...*builder) []byte {
	b := (&builder{}).bof(partGlobals)
	b.stream = append(b.stream, globals.stream...)
	at := make([]int, len(sheets))
	for i := range sheets {
		at[i] = len(b.stream) + 4
		b.put(recSheet, uint32(0), byte(0), byte(0), byte(2), byte(flagWide), "表"+string(rune('1'+i)))
	}
	b.put(recEOF)
	for i, s := range sheets {
		binary.LittleEndian.PutUint32(b.stream[at[i]:], uint32(len(b.stream)))
		b.bof(partSheet)
		b.stream = append(b.stream, s.stream...)
		b.put(recEOF)
	}
	return b.stream
}

// inCompound puts a stream into an OLE2 file, under a name of the root.
func inCompound(name string, stream []byte) []byte {
	const sector = 512
	for len(stream) < miniCutoff {
		stream = append(stream, 0)
	}
	n := (len(stream) + sector - 1) / sector
	tables := (n+2)/(sector/4-1) + 1
	fat := make([]uint32, tables*sector/4)
	for i := range fat {
		fat[i] = noEntry
	}
	for i := range n {
		fat[i] = uint32(i + 1)
	}
	fat[n-1], fat[n] = endOfChain, endOfChain // the stream, the directory
	head := make([]byte, headerSize)
	copy(head, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
	copy(head[24:], le(0x3E, 3, 0xFFFE, 9, 6))
	copy(head[44:], le(uint32(tables), uint32(n)))
	copy(head[56:], le(uint32(miniCutoff), uint32(endOfChain), uint32(0), uint32(endOfChain), uint32(0)))
	for i := range headerFATs {
		copy(head[76+4*i:], le(uint32(noEntry)))
	}
	for i := range tables {
		fat[n+1+i] = 0xFFFFFFFD
		copy(head[76+4*i:], le(uint32(n+1+i)))
	}
	out := append(head, stream...)
	out = append(out, make([]byte, n*sector-len(stream))...)
	entry := func(name string, kind byte, child, first, size uint32) {
		e := make([]byte, entrySize)
		copy(e, le(name))
		copy(e[64:], le(2*len(utf16.Encode([]rune(name)))+2, kind, byte(1), uint32(noEntry), uint32(noEntry), child))
		copy(e[116:], le(first, size))
		out = append(out, e...)
	}
	entry("Root Entry", kindRoot, 1, endOfChain, 0)
	entry(name, kindStream, noEntry, 0, uint32(len(stream)))
	out = append(out, make([]byte, sector-2*entrySize)...)
	for _, f := range fat {
		out = append(out, le(f)...)
	}
	return out
}

// encrypted encrypts the stream of a workbook as Office 97 or, with CryptoAPI, as
// Office XP and WPS do.
func encrypted(password string, cryptoAPI bool, globals *builder, sheets ...*builder) []byte {
	salt, verifier := []byte("0123456789abcdef"), []byte("sixteen letters!")
	key := officeKey(password, salt)
	hash, head := md5Sum(verifier), []byte(nil)
	if cryptoAPI {
		key, hash = cryptoKey(password, salt, 128), sha1Sum(verifier)
		head = le(uint32(4), uint32(0), uint32(0x6801), uint32(0x8004), uint32(128), uint32(1), uint32(0), uint32(0), "RC4\x00")
	}
	sealed := append(verifier[:16:16], hash...)
	c, _ := rc4.NewCipher(key(0))
	c.XORKeyStream(sealed, sealed)
	pass := (&builder{}).put(recFilePass, 1, 1, 1, salt, sealed)
	if cryptoAPI {
		pass = (&builder{}).put(recFilePass, 1, 4, 2, uint32(4), uint32(len(head)), head, uint32(16), salt, sealed[:16], uint32(20), sealed[16:])
	}
	pass.stream = append(pass.stream, globals.stream...)
	stream := aBook(pass, sheets...)
	r := &records{stream: stream}
	o := &opener{key: key}
	for r.pos < len(stream) && r.next() == nil {
		copy(stream[r.at:], o.open(nil, r.record))
	}
	return stream
}
