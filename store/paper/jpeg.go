package paper

import (
	"bytes"
	"encoding/binary"
	"errors"
)

var jpegMagic = []byte{0xFF, 0xD8, 0xFF}

var errShape = errors.New("picture damaged")

// The markers of JPEG (ITU-T T.81) that matter here.
const (
	markSOI  = 0xD8
	markEOI  = 0xD9
	markSOS  = 0xDA
	markAPP0 = 0xE0
	markAPP1 = 0xE1
	markAdob = 0xEE // APP14: how colours are coded
	markAPPF = 0xEF
	markCOM  = 0xFE
)

// mostScans bounds how often a picture is gone over: a usual progressive one has
// ten scans, and a made one of thousands would keep the program busy for hours.
const mostScans = 64

// stripJPEG copies the segments that make up the picture and leaves out all
// that tells of it: EXIF with place and time, previews, profiles, comments, and
// whatever was put behind the end. The coded picture stays bit by bit. It also
// returns the orientation EXIF gives, 1 where there is none.
func stripJPEG(b []byte) (out []byte, turned int, err error) {
	if len(b) < 2 || b[0] != 0xFF || b[1] != markSOI {
		return nil, 0, errShape
	}
	out, turned = append(make([]byte, 0, len(b)), b[:2]...), 1
	for at, scans := 2, 0; ; {
		mark, body, next, ok := jpegSegment(b, at)
		if !ok || scans > mostScans {
			return nil, 0, errShape
		}
		switch {
		case mark == markEOI:
			return append(out, 0xFF, markEOI), turned, nil
		case mark == markAPP1 && bytes.HasPrefix(body, exifMagic):
			if o := orientation(body[len(exifMagic):]); o > 0 {
				turned = o
			}
		case keepsJPEG(mark, body):
			out = appendSegment(out, mark, bareSegment(mark, body))
		}
		at = next
		if mark == markSOS {
			scans++
			end := scanEnd(b, at)
			out = append(out, b[at:end]...)
			at = end
		}
	}
}

// jpegSegment reads the marker at a place, with what fills up before it.
func jpegSegment(b []byte, at int) (mark byte, body []byte, next int, ok bool) {
	if at >= len(b) || b[at] != 0xFF {
		return 0, nil, 0, false
	}
	for at < len(b) && b[at] == 0xFF {
		at++
	}
	if at >= len(b) {
		return 0, nil, 0, false
	}
	mark = b[at]
	at++
	if mark == markEOI {
		return mark, nil, at, true
	}
	if mark < 0xC0 || mark >= 0xD0 && mark <= markSOI || at+2 > len(b) {
		return 0, nil, 0, false
	}
	n := int(binary.BigEndian.Uint16(b[at:]))
	if n < 2 || at+n > len(b) {
		return 0, nil, 0, false
	}
	return mark, b[at+2 : at+n], at + n, true
}

// keepsJPEG reports the segments a decoder needs. JFIF says how colours are
// coded and how dense pixels lie, Adobe's the first.
func keepsJPEG(mark byte, body []byte) bool {
	switch {
	case mark == markAPP0:
		return len(body) >= 14 && bytes.HasPrefix(body, []byte("JFIF\x00"))
	case mark == markAdob:
		return len(body) >= 12 && bytes.HasPrefix(body, []byte("Adobe"))
	}
	return mark < markAPP0
}

// bareSegment cuts off what may ride along behind the fixed part: JFIF has room
// for a preview.
func bareSegment(mark byte, body []byte) []byte {
	switch mark {
	case markAPP0:
		return append(append([]byte(nil), body[:12]...), 0, 0)
	case markAdob:
		return body[:12]
	}
	return body
}

func appendSegment(out []byte, mark byte, body []byte) []byte {
	out = append(out, 0xFF, mark)
	out = binary.BigEndian.AppendUint16(out, uint16(len(body)+2))
	return append(out, body...)
}

// scanEnd finds where coded data ends: at a marker that is neither a stuffed
// 0xFF nor a restart.
func scanEnd(b []byte, at int) int {
	for {
		i := bytes.IndexByte(b[at:], 0xFF)
		if i < 0 || at+i+1 >= len(b) {
			return len(b)
		}
		at += i
		switch m := b[at+1]; {
		case m == 0:
			at += 2
		case m >= 0xD0 && m <= 0xD7:
			at += 2
		case m == 0xFF:
			at++
		default:
			return at
		}
	}
}

var exifMagic = []byte("Exif\x00\x00")

// orientation reads the orientation out of the TIFF structure EXIF lies in: 1
// to 8, 0 if there is none that makes sense.
func orientation(t []byte) int {
	if len(t) < 8 {
		return 0
	}
	var order binary.ByteOrder = binary.BigEndian
	switch string(t[:4]) {
	case "II*\x00":
		order = binary.LittleEndian
	case "MM\x00*":
	default:
		return 0
	}
	at := int64(order.Uint32(t[4:]))
	if at+2 > int64(len(t)) {
		return 0
	}
	entries := t[at+2:]
	for n := int(order.Uint16(t[at:])); n > 0 && len(entries) >= 12; n-- {
		const tag, short = 0x0112, 3
		if order.Uint16(entries) == tag && order.Uint16(entries[2:]) == short {
			if o := int(order.Uint16(entries[8:])); o >= 1 && o <= 8 {
				return o
			}
			return 0
		}
		entries = entries[12:]
	}
	return 0
}
