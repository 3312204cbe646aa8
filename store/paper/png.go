package paper

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
)

var pngMagic = []byte("\x89PNG\r\n\x1a\n")

// keptChunks are the chunks of PNG that make up the picture, and how dense its
// pixels lie; text, time, EXIF, profiles and further frames are left out.
var keptChunks = map[string]bool{"IHDR": true, "PLTE": true, "tRNS": true, "IDAT": true, "IEND": true, "gAMA": true, "sRGB": true, "pHYs": true}

// stripPNG copies the chunks that make up the picture, and returns the
// orientation an eXIf chunk gives, 1 where there is none. What stands behind the
// end goes.
func stripPNG(b []byte) (out []byte, turned int, err error) {
	if !bytes.HasPrefix(b, pngMagic) {
		return nil, 0, errShape
	}
	out, turned = append(make([]byte, 0, len(b)), pngMagic...), 1
	for rest := b[len(pngMagic):]; ; {
		if len(rest) < 12 {
			return nil, 0, errShape
		}
		n := int64(binary.BigEndian.Uint32(rest))
		if n > int64(len(rest)-12) {
			return nil, 0, errShape
		}
		chunk := rest[:12+n]
		if crc32.ChecksumIEEE(chunk[4:8+n]) != binary.BigEndian.Uint32(chunk[8+n:]) {
			return nil, 0, errShape
		}
		name := string(chunk[4:8])
		if keptChunks[name] {
			out = append(out, chunk...)
		}
		switch name {
		case "eXIf":
			if o := orientation(chunk[8 : 8+n]); o > 0 {
				turned = o
			}
		case "IEND":
			return out, turned, nil
		}
		rest = rest[12+n:]
	}
}
