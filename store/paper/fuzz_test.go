package paper

import (
	"bytes"
	"encoding/binary"
	"image/jpeg"
	"image/png"
	"testing"
)

// Ensure that any bytes are stripped of segments or refused, that what is kept
// is stripped already, and that it is the same picture.
func FuzzStripJPEG(f *testing.F) {
	plain := plainJPEG(f, scene(24, 16))
	f.Add(plain)
	f.Add(telling(f, plain, exifOf(binary.LittleEndian, 6)))
	f.Fuzz(func(t *testing.T, b []byte) {
		bare, turned, err := stripJPEG(b)
		if err != nil {
			return
		}
		if turned < 1 || turned > 8 || len(bare) > len(b) {
			t.Fatalf("orientation %d, %d bytes of %d", turned, len(bare), len(b))
		}
		again, upright, err := stripJPEG(bare)
		if err != nil || upright != 1 || !bytes.Equal(again, bare) {
			t.Fatalf("stripped twice: %v", err)
		}
		size, err := jpeg.DecodeConfig(bytes.NewReader(bare))
		if err != nil || tooMany(size.Width, size.Height) || size.Width*size.Height > 1<<16 {
			return
		}
		got, err := jpeg.Decode(bytes.NewReader(bare))
		if err != nil {
			return
		}
		if want, err := jpeg.Decode(bytes.NewReader(b)); err == nil && want.Bounds() != got.Bounds() {
			t.Fatalf("a picture of %v became one of %v", want.Bounds(), got.Bounds())
		}
	})
}

// Ensure that any bytes are stripped of chunks or refused, and that what is kept
// is stripped already.
func FuzzStripPNG(f *testing.F) {
	plain := plainPNG(f, scene(12, 8))
	f.Add(plain)
	f.Add(tellingPNG(plain, exifOf(binary.BigEndian, 3)))
	f.Fuzz(func(t *testing.T, b []byte) {
		bare, turned, err := stripPNG(b)
		if err != nil {
			return
		}
		if turned < 1 || turned > 8 || len(bare) > len(b) {
			t.Fatalf("orientation %d, %d bytes of %d", turned, len(bare), len(b))
		}
		again, upright, err := stripPNG(bare)
		if err != nil || upright != 1 || !bytes.Equal(again, bare) {
			t.Fatalf("stripped twice: %v", err)
		}
		if size, err := png.DecodeConfig(bytes.NewReader(bare)); err != nil || size.Width > 256 || size.Height > 256 {
			return
		}
		png.Decode(bytes.NewReader(bare)) // must not panic
	})
}

// Ensure that any bytes can be looked at as a PDF, and are kept as they are or
// refused.
func FuzzLookPDF(f *testing.F) {
	f.Add(plainPDF(2, ""))
	f.Add(plainPDF(1, "/#45ncrypt 3 0 R"))
	f.Add(plainPDF(1, packed("1 0 << /S /JavaScript >>")))
	f.Fuzz(func(t *testing.T, b []byte) {
		c, err := lookPDF("材料.pdf", bytes.Clone(b))
		if err == nil && (!bytes.Equal(c.Bytes, b) || c.Pages < 0) {
			t.Fatalf("%d pages, %d bytes of %d", c.Pages, len(c.Bytes), len(b))
		}
	})
}

// Ensure that any file is looked at without harm.
func FuzzLook(f *testing.F) {
	f.Add([]byte("BM"))
	f.Add([]byte("PK\x03\x04word/document.xml"))
	f.Add(bomb(1<<20, 1<<20))
	f.Add(plainJPEG(f, scene(8, 8)))
	f.Fuzz(func(t *testing.T, b []byte) {
		c, err := Look("材料", bytes.Clone(b))
		if (c == nil) == (err == nil) {
			t.Fatal("neither taken nor refused")
		}
	})
}

// Ensure that nothing but what was sealed opens.
func FuzzUnseal(f *testing.F) {
	h, key := head{ledger: [16]byte{1}, content: [16]byte{2}}, [32]byte{3}
	plain := []byte("某某人的毕业证书")
	sealed := seal(plain, h, key)
	f.Add(sealed)
	f.Add(sealed[:headSize])
	f.Add([]byte(magic))
	f.Fuzz(func(t *testing.T, b []byte) {
		got, err := unseal(b, h, key)
		if err == nil && (!bytes.Equal(b, seal(got, h, key))) {
			t.Fatal("opened what was never sealed")
		}
		readHead(b)
	})
}
