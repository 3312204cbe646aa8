package xlsx

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"testing"

	"github.com/klauspost/compress/flate"
)

// rawEntry is an entry of a zip made byte by byte, so that it can lie. Fields
// that are left zero are filled in truthfully.
type rawEntry struct {
	name, localName string
	data            []byte // unpacked
	method          uint16
	flags           uint16
	size            int64  // declared
	packed          []byte // what lies in the file
	zip64           bool   // sizes in the extra field, as some writers always do
	at              int64  // offset named by the directory, 0 for the true one
}

type rawZip struct {
	entries []rawEntry
	zip64   bool   // with the zip64 end record
	count   int    // entries the end record names beside the true number
	comment string // of the archive
	tail    string // behind it
}

func (z rawZip) bytes(t testing.TB) []byte {
	t.Helper()
	var out, dir bytes.Buffer
	for _, e := range z.entries {
		if e.localName == "" {
			e.localName = e.name
		}
		if e.packed == nil {
			e.packed = e.data
			if e.method == deflated {
				e.packed = deflate(t, e.data)
			}
		}
		if e.size == 0 {
			e.size = int64(len(e.data))
		}
		at := int64(out.Len())
		if e.at != 0 {
			at = e.at
		}
		put(&out, uint32(localSignature), uint16(20), e.flags, e.method, uint32(0))
		e.sizes(&out)
		local, central := e.extra(false, at), e.extra(true, at)
		put(&out, uint16(len(e.localName)), uint16(len(local)), []byte(e.localName), local, e.packed)
		if e.flags&flagTrailing != 0 {
			put(&out, []byte("PK\x07\x08"), crc32.ChecksumIEEE(e.data), uint32(len(e.packed)), uint32(e.size))
		}
		put(&dir, uint32(centralSignature), uint16(20), uint16(20), e.flags, e.method, uint32(0))
		e.flags &^= flagTrailing
		e.sizes(&dir)
		offset := uint32(at)
		if e.zip64 {
			offset = 0xFFFFFFFF
		}
		put(&dir, uint16(len(e.name)), uint16(len(central)), uint16(3), uint16(0), uint16(0), uint32(0), offset, []byte(e.name), central, []byte("zzz"))
	}
	start, n := out.Len(), len(z.entries)+z.count
	out.Write(dir.Bytes())
	if z.zip64 {
		end := out.Len()
		put(&out, uint32(end64Signature), uint64(end64Length-12), uint16(45), uint16(45), uint32(0), uint32(0), uint64(n), uint64(n), uint64(dir.Len()), uint64(start))
		put(&out, uint32(locator64Signature), uint32(0), uint64(end), uint32(1))
		put(&out, uint32(endSignature), uint32(0), uint16(0xFFFF), uint16(0xFFFF), uint32(0xFFFFFFFF), uint32(0xFFFFFFFF))
	} else {
		put(&out, uint32(endSignature), uint32(0), uint16(n), uint16(n), uint32(dir.Len()), uint32(start))
	}
	put(&out, uint16(len(z.comment)), []byte(z.comment+z.tail))
	return out.Bytes()
}

// sizes writes CRC and sizes as the local or the central header holds them.
func (e rawEntry) sizes(out *bytes.Buffer) {
	switch {
	case e.flags&flagTrailing != 0:
		put(out, uint32(0), uint32(0), uint32(0))
	case e.zip64:
		put(out, crc32.ChecksumIEEE(e.data), uint32(0xFFFFFFFF), uint32(0xFFFFFFFF))
	default:
		put(out, crc32.ChecksumIEEE(e.data), uint32(len(e.packed)), uint32(e.size))
	}
}

func (e rawEntry) extra(central bool, at int64) []byte {
	var b bytes.Buffer
	put(&b, uint16(0x7075), uint16(1), uint8(0)) // one to be passed over
	if !e.zip64 {
		return b.Bytes()
	}
	put(&b, uint16(1))
	if central {
		put(&b, uint16(24), uint64(e.size), uint64(len(e.packed)), uint64(at))
	} else {
		put(&b, uint16(16), uint64(e.size), uint64(len(e.packed)))
	}
	return b.Bytes()
}

func put(out *bytes.Buffer, values ...any) {
	for _, v := range values {
		binary.Write(out, binary.LittleEndian, v)
	}
}

func deflate(t testing.TB, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, 6)
	if err != nil {
		t.Fatal(err)
	}
	w.Write(data)
	w.Close()
	return b.Bytes()
}

// raw turns files into entries that share the method and flags.
func raw(files []file, method, flags uint16, zip64 bool) []rawEntry {
	var list []rawEntry
	for _, f := range files {
		list = append(list, rawEntry{name: f.name, data: []byte(f.text), method: method, flags: flags, zip64: zip64})
	}
	return list
}
