package paper

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"touyan/store/record"
)

// Ensure that nothing is left in a photo of where and when it was taken, while
// the coded picture stays bit by bit.
func TestPhotosTellNothing(t *testing.T) {
	plain := plainJPEG(t, scene(320, 200))
	c, err := Look("证书.jpg", telling(t, plain, exifOf(binary.LittleEndian, 1)))
	ok(t, err)
	if bytes.Contains(c.Bytes, []byte(secretPlace)) || bytes.Contains(c.Bytes, []byte("Exif")) || bytes.Contains(c.Bytes, []byte("pre")) {
		t.Error("the photo still tells where it was taken")
	}
	scan := plain[bytes.Index(plain, []byte{0xFF, markSOS}):]
	if !bytes.HasSuffix(c.Bytes, scan) {
		t.Error("the coded picture was changed")
	}
	if c.Type != record.JPEG || c.Width != 320 || c.Height != 200 {
		t.Errorf("taken as type %s of %d × %d", c.Type, c.Width, c.Height)
	}
}

// Ensure that nothing is left in a PNG beside the picture.
func TestPNGTellsNothing(t *testing.T) {
	plain := plainPNG(t, scene(64, 40))
	c, err := Look("截图.png", tellingPNG(plain, exifOf(binary.BigEndian, 1)))
	ok(t, err)
	if bytes.Contains(c.Bytes, []byte(secretPlace)) || !bytes.Contains(c.Bytes, []byte("pHYs")) {
		t.Error("the PNG still tells more than the picture, or lost how dense it is")
	}
	if c.Type != record.PNG || c.Width != 64 || c.Height != 40 {
		t.Errorf("taken as type %s of %d × %d", c.Type, c.Width, c.Height)
	}
}

// corners names the colours of a picture's quarters from the top left,
// clockwise.
func corners(img image.Image) string {
	b := img.Bounds()
	out := ""
	for _, at := range [][2]int{{1, 1}, {3, 1}, {3, 3}, {1, 3}} {
		r, g, bl, _ := img.At(b.Min.X+b.Dx()*at[0]/4, b.Min.Y+b.Dy()*at[1]/4).RGBA()
		switch {
		case r > 0x9000 && g > 0x9000 && bl > 0x9000:
			out += "w"
		case r > 0x9000:
			out += "r"
		case g > 0x9000:
			out += "g"
		case bl > 0x9000:
			out += "b"
		default:
			out += "?"
		}
	}
	return out
}

// Ensure that a photo taken with the phone on its side, upside down or in a
// mirror stands upright, for both byte orders and all ways colours are coded.
func TestPhotosStandUpright(t *testing.T) {
	want := map[uint16]string{1: "rgbw", 2: "grwb", 3: "bwrg", 4: "wbgr", 5: "rwbg", 6: "wrgb", 7: "bgrw", 8: "gbwr"}
	colour := scene(96, 64)
	for o, corner := range want {
		for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
			c, err := Look("照片.jpg", telling(t, plainJPEG(t, colour), exifOf(order, o)))
			ok(t, err)
			img, err := Picture(c, 1000)
			ok(t, err)
			if got := corners(img); got != corner {
				t.Errorf("orientation %d: %s, want %s", o, got, corner)
			}
			if lying := o >= 5; lying != (c.Height > c.Width) {
				t.Errorf("orientation %d: %d × %d", o, c.Width, c.Height)
			}
		}
		c, err := Look("图.png", tellingPNG(plainPNG(t, colour), exifOf(binary.BigEndian, o)))
		ok(t, err)
		img, err := Picture(c, 1000)
		ok(t, err)
		if got := corners(img); got != corner {
			t.Errorf("PNG, orientation %d: %s, want %s", o, got, corner)
		}
	}
	for _, ratio := range []image.YCbCrSubsampleRatio{image.YCbCrSubsampleRatio444, image.YCbCrSubsampleRatio422, image.YCbCrSubsampleRatio420, image.YCbCrSubsampleRatio440, image.YCbCrSubsampleRatio411} {
		for _, size := range []image.Point{{96, 64}, {97, 63}} {
			for o, corner := range want {
				if got := corners(upright(sampled(scene(size.X, size.Y), ratio), int(o))); got != corner {
					t.Errorf("%v of %v, orientation %d: %s, want %s", size, ratio, o, got, corner)
				}
			}
		}
	}
	gray := image.NewGray(image.Rect(0, 0, 3, 2))
	gray.Pix[0] = 200
	if turned := upright(gray, 6).(*image.Gray); turned.GrayAt(1, 0).Y != 200 || turned.Rect.Dx() != 2 {
		t.Errorf("a grey picture turned right is %v", turned.Pix)
	}
}

// sampled codes a picture as photos are coded.
func sampled(img *image.RGBA, ratio image.YCbCrSubsampleRatio) *image.YCbCr {
	out := image.NewYCbCr(img.Rect, ratio)
	for y := range img.Rect.Dy() {
		for x := range img.Rect.Dx() {
			c := img.RGBAAt(x, y)
			yy, cb, cr := color.RGBToYCbCr(c.R, c.G, c.B)
			out.Y[out.YOffset(x, y)], out.Cb[out.COffset(x, y)], out.Cr[out.COffset(x, y)] = yy, cb, cr
		}
	}
	return out
}

// Ensure that a thumbnail is small in pixels and bytes, whatever the picture,
// and shows it on white.
func TestThumbs(t *testing.T) {
	noise := image.NewRGBA(image.Rect(0, 0, 900, 700))
	r := rand.New(rand.NewPCG(1, 2))
	for i := range noise.Pix {
		noise.Pix[i] = uint8(r.Uint32())
	}
	clear := image.NewNRGBA(image.Rect(0, 0, 300, 1))
	for name, img := range map[string]image.Image{"noise": noise, "clear": clear, "tiny": image.NewGray(image.Rect(0, 0, 1, 1)), "scene": scene(4000, 500)} {
		b := thumb(img)
		small, err := jpeg.Decode(bytes.NewReader(b))
		if err != nil || len(b) > thumbBytes || small.Bounds().Dx() > thumbEdge || small.Bounds().Dy() > thumbEdge {
			t.Errorf("%s: %d bytes, %v", name, len(b), err)
			continue
		}
		if name == "clear" {
			if r, g, b, _ := small.At(0, 0).RGBA(); min(r, g, b) < 0xF000 {
				t.Errorf("what is clear is shown as %x %x %x", r, g, b)
			}
		}
		if name == "scene" && corners(small) != "rgbw" {
			t.Errorf("the thumbnail shows %s", corners(small))
		}
	}
}

// bomb is a PNG of few bytes that claims many pixels.
func bomb(w, h uint32) []byte {
	ihdr := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, w), h)
	out := append([]byte(pngMagic), chunk("IHDR", append(ihdr, 8, 2, 0, 0, 0))...)
	return append(append(out, chunk("IDAT", nil)...), chunk("IEND", nil)...)
}

// Ensure that what cannot be attached is refused by its content, whatever it is
// called, with its name, what it is and what to do.
func TestRefusals(t *testing.T) {
	photo, picture := plainJPEG(t, scene(200, 100)), plainPNG(t, scene(200, 100))
	broken := bytes.Clone(picture)
	broken[len(broken)/2] ^= 1
	zip := func(inside string) []byte { return []byte("PK\x03\x04..........................." + inside) }
	many := bytes.Clone(photo[:len(photo)-2])
	sos := bytes.Index(photo, []byte{0xFF, markSOS})
	for range mostScans + 1 {
		many = append(many, photo[sos:sos+20]...)
	}
	for _, c := range []struct {
		what string
		b    []byte
		says []string
	}{
		{"empty", nil, []string{"空文件", "重新复制"}},
		{"zeros", make([]byte, 500), []string{"全是零", "重新"}},
		{"HEIC", []byte("\x00\x00\x00\x18ftypheic\x00\x00"), []string{"HEIC", "兼容性最佳"}},
		{"HEIF", []byte("\x00\x00\x00\x18ftypmif1\x00\x00"), []string{"HEIC"}},
		{"video", []byte("\x00\x00\x00\x18ftypisom\x00\x00"), []string{"视频", "截成图片"}},
		{"TIFF", []byte("II*\x00...."), []string{"TIFF", "PDF 或 JPEG"}},
		{"TIFF of the other order", []byte("MM\x00*...."), []string{"TIFF"}},
		{"BMP", []byte("BM......"), []string{"BMP", "画图"}},
		{"GIF", []byte("GIF89a.."), []string{"GIF"}},
		{"WebP", []byte("RIFF....WEBPVP8L"), []string{"WebP"}},
		{"docx", zip("word/document.xml"), []string{"Word 文档", "输出为 PDF"}},
		{"xlsx", zip("xl/workbook.xml"), []string{"Excel 表格"}},
		{"pptx", zip("ppt/presentation.xml"), []string{"演示文稿"}},
		{"OFD", zip("OFD.xml"), []string{"OFD", "导出为 PDF"}},
		{"zip", zip("照片.jpg"), []string{"压缩包", "解压"}},
		{"doc", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), []string{"旧版 Word", "WPS"}},
		{"program", []byte("MZ\x90\x00"), []string{"程序", "杀毒"}},
		{"sealed", seal([]byte("x"), head{}, [32]byte{}), []string{"附件原件"}},
		{"text", []byte("某人的简历"), []string{"不是照片、扫描件或 PDF", "另存"}},
		{"photo cut", photo[:len(photo)/2], []string{"JPEG", "残缺"}},
		{"photo without its end", photo[:len(photo)-2], []string{"JPEG", "残缺"}},
		{"photo of endless scans", append(many, 0xFF, markEOI), []string{"JPEG", "残缺"}},
		{"picture cut", picture[:len(picture)-20], []string{"PNG", "残缺"}},
		{"picture with a bit flipped", broken, []string{"PNG", "残缺"}},
		{"too many pixels", bomb(50_000, 50_000), []string{"50000 × 50000", "2500 万像素", "缩小"}},
		{"PDF cut", plainPDF(2, "")[:80], []string{"PDF", "缺少结尾"}},
		{"PDF with a password", plainPDF(2, "/Encrypt 9 0 R"), []string{"密码", "另存"}},
		{"PDF with a password behind an escape", plainPDF(2, "/#45ncrypt << /Filter /Standard >>"), []string{"密码"}},
		{"PDF too large", append(plainPDF(1, ""), make([]byte, MaxBytes)...), []string{"30.0 MB", "30 MB 的上限", "降低扫描分辨率"}},
	} {
		got, err := Look("材料.jpg", c.b)
		refused, is := errors.AsType[*Refusal](err)
		if !is {
			t.Errorf("%s: %v, %v", c.what, got, err)
			continue
		}
		for _, part := range append(c.says, "“材料.jpg”", "没有添加") {
			if !strings.Contains(refused.Error(), part) {
				t.Errorf("%s: “%s” does not say %q", c.what, refused, part)
			}
		}
		if !strings.HasSuffix(refused.Error(), "。") {
			t.Errorf("%s: no sentence: %s", c.what, refused)
		}
	}
}

// Ensure that a file too large is refused without being read, and a folder or a
// missing file by the disk's own sentence.
func TestTakeFromDisk(t *testing.T) {
	dir := t.TempDir()
	large := filepath.Join(dir, "扫描.pdf")
	f, err := os.Create(large)
	ok(t, err)
	ok(t, errors.Join(f.Truncate(1<<40), f.Close()))
	if _, err := Take(large); err == nil || !strings.Contains(err.Error(), "1048576.0 MB") {
		t.Errorf("a large file: %v", err)
	}
	if _, err := Take(dir); err == nil || !strings.Contains(err.Error(), "不是普通文件") && !strings.Contains(err.Error(), "文件夹") {
		t.Errorf("a folder: %v", err)
	}
	if _, err := Take(filepath.Join(dir, "没有.jpg")); err == nil || !strings.Contains(err.Error(), "找不到") {
		t.Errorf("no file: %v", err)
	}
	small := filepath.Join(dir, "证书.jpg")
	ok(t, os.WriteFile(small, plainJPEG(t, scene(20, 10)), 0o600))
	if c, err := Take(small); err != nil || c.Width != 20 {
		t.Errorf("a photo: %v", err)
	}
}

// packed is a stream of objects as newer programs write them.
func packed(text string) string {
	var z bytes.Buffer
	w := zlib.NewWriter(&z)
	w.Write([]byte(text))
	w.Close()
	return fmt.Sprintf("/X 9 >>\nendobj\n7 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream\nendobj\n8 0 obj\n<<", z.Len(), z.String())
}

// Ensure that a PDF is kept as it is, with its pages counted where that can be
// told, and that what it may do beside being read is told.
func TestPDFs(t *testing.T) {
	for _, c := range []struct {
		what  string
		b     []byte
		pages int
		warns []string
	}{
		{"plain", plainPDF(3, ""), 3, nil},
		{"with a script", plainPDF(1, "/OpenAction << /S /JavaScript /JS (app.alert) >>"), 1, []string{"脚本"}},
		{"with a script behind escapes", plainPDF(1, "/OpenAction << /S /J#61vaScript >>"), 1, []string{"脚本"}},
		{"with a packed script", plainPDF(1, packed("1 0 << /S /JavaScript >>")), 1, []string{"脚本"}},
		{"that starts programs", plainPDF(1, "/AA << /S /Launch /F (cmd.exe) >>"), 1, []string{"打开其他程序"}},
		{"with a file in it", plainPDF(1, "/Names << /EmbeddedFiles 5 0 R >>"), 1, []string{"夹带"}},
		{"with packed pages", plainPDF(0, packed("3 0 << /Type /Page >> << /Type/Page >> << /Type /Pages >>")), 2, nil},
		{"saved over itself", append(plainPDF(2, ""), plainPDF(2, "")...), 0, nil},
		{"for the web", bytes.Replace(append(plainPDF(5, ""), "%%EOF"...), []byte("%PDF-1.4\n"), []byte("%PDF-1.4\n9 0 obj\n<< /Linearized 1 /L 999 /N 5 >>\nendobj\n"), 1), 5, nil},
		{"behind a few bytes of a mailer", append([]byte("\r\n\r\n"), plainPDF(1, "")...), 1, nil},
	} {
		got, err := Look("扫描.pdf", bytes.Clone(c.b))
		if err != nil {
			t.Errorf("%s: %v", c.what, err)
			continue
		}
		if got.Type != record.PDF || got.Pages != c.pages || !bytes.Equal(got.Bytes, c.b) {
			t.Errorf("%s: type %s, %d pages", c.what, got.Type, got.Pages)
		}
		if len(got.Warnings) != len(c.warns) {
			t.Errorf("%s: %q, want %q", c.what, got.Warnings, c.warns)
			continue
		}
		for i, part := range c.warns {
			if !strings.Contains(got.Warnings[i], part) {
				t.Errorf("%s: %q does not say %q", c.what, got.Warnings[i], part)
			}
		}
	}
}
