package paper

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"testing"
)

// scene is a picture whose corners have colours of their own, so that turning
// it shows: red, green, blue and white from the top left, clockwise.
func scene(w, h int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{220, 20, 20, 255}
			switch right, low := x >= w/2, y >= h/2; {
			case right && low:
				c = color.RGBA{20, 20, 220, 255}
			case right:
				c = color.RGBA{20, 200, 20, 255}
			case low:
				c = color.RGBA{250, 250, 250, 255}
			}
			img.SetRGBA(x, y, c)
		}
	}
	return img
}

func plainJPEG(t testing.TB, img image.Image) []byte {
	t.Helper()
	var out bytes.Buffer
	ok(t, jpeg.Encode(&out, img, nil))
	return out.Bytes()
}

func plainPNG(t testing.TB, img image.Image) []byte {
	t.Helper()
	var out bytes.Buffer
	ok(t, png.Encode(&out, img))
	return out.Bytes()
}

// secretPlace is what must not be found in a file once it was taken in.
const secretPlace = "44.1234N 118.5678E"

// exifOf is a TIFF structure with an orientation and a place.
func exifOf(order binary.AppendByteOrder, orientation uint16) []byte {
	out := []byte("MM\x00*")
	if order.AppendUint16(nil, 1)[0] == 1 {
		out = []byte("II*\x00")
	}
	out = order.AppendUint32(out, 8)
	out = order.AppendUint16(out, 2)
	for _, tag := range []uint16{0x010F, 0x0112} {
		out = order.AppendUint16(out, tag)
		out = order.AppendUint16(out, 3)
		out = order.AppendUint32(out, 1)
		out = order.AppendUint16(out, orientation)
		out = order.AppendUint16(out, 0)
	}
	return append(out, secretPlace...)
}

// telling puts everything into a JPEG that phones put there.
func telling(t testing.TB, plain, exif []byte) []byte {
	t.Helper()
	out := append([]byte(nil), plain[:2]...)
	out = appendSegment(out, markAPP0, append([]byte("JFIF\x00\x01\x02\x01\x00\x48\x00\x48\x01\x01"), "pre"...))
	out = appendSegment(out, markAPP1, append([]byte("Exif\x00\x00"), exif...))
	out = appendSegment(out, markAPP1, []byte("http://ns.adobe.com/xap/1.0/\x00"+secretPlace))
	out = appendSegment(out, 0xE2, []byte("ICC_PROFILE\x00"+secretPlace))
	out = appendSegment(out, markCOM, []byte(secretPlace))
	return append(append(out, plain[2:]...), secretPlace...)
}

// chunk is a chunk of PNG.
func chunk(name string, body []byte) []byte {
	out := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	out = append(append(out, name...), body...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[4:]))
}

// tellingPNG puts text, time and EXIF into a PNG, and something behind its end.
func tellingPNG(plain, exif []byte) []byte {
	const afterIHDR = 8 + 25
	out := append([]byte(nil), plain[:afterIHDR]...)
	out = append(out, chunk("tEXt", []byte("Author\x00"+secretPlace))...)
	out = append(out, chunk("pHYs", []byte{0, 0, 46, 35, 0, 0, 46, 35, 1})...)
	out = append(out, chunk("eXIf", exif)...)
	return append(append(out, plain[afterIHDR:]...), secretPlace...)
}

// plainPDF is a PDF of some pages with something more in it.
func plainPDF(pages int, more string) []byte {
	var out bytes.Buffer
	out.WriteString("%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R " + more + " >>\nendobj\n")
	fmt.Fprintf(&out, "2 0 obj\n<< /Type /Pages /Count %d >>\nendobj\n", pages)
	for n := range pages {
		fmt.Fprintf(&out, "%d 0 obj\n<< /Type /Page /Parent 2 0 R >>\nendobj\n", n+3)
	}
	out.WriteString("trailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF\n")
	return out.Bytes()
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
