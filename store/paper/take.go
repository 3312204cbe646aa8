package paper

import (
	"bytes"
	"fmt"
	"image"
	"io"
	"path/filepath"
	"strings"

	"touyan/store/disk"
	"touyan/store/record"
)

// What may be attached. 默认值: a page scanned at 300 dpi in colour has 8.7
// million pixels and 1 to 4 MB.
const (
	MaxBytes  = 30 << 20
	MaxPixels = 25_000_000
)

// Content is a file as it will be kept: looked at, and of pictures nothing but
// the picture.
type Content struct {
	Type          string // record.JPEG, PNG or PDF
	Bytes         []byte
	Width, Height int      // of pictures, in pixels, the right way up
	Pages         int      // of a PDF; 0: not known
	Thumb         []byte   // of pictures: JPEG, at most thumbEdge and thumbBytes
	Warnings      []string // what a person should know of it
}

// Refusal says why a file is not attached, and what to do.
type Refusal struct {
	Name string // of the file
	Why  string // goes on after the name, to its full stop
}

func (r *Refusal) Error() string { return "“" + r.Name + "”" + r.Why }

// Take reads a file that is to be attached.
func Take(path string) (*Content, error) {
	f, err := disk.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	name := filepath.Base(path)
	var buf bytes.Buffer
	if info, err := f.Stat(); err == nil {
		if info.Size() > MaxBytes {
			return nil, tooLarge(name, info.Size())
		}
		buf.Grow(int(info.Size()) + bytes.MinRead)
	}
	if _, err := buf.ReadFrom(io.LimitReader(f, MaxBytes+1)); err != nil {
		return nil, disk.CannotRead(path, err)
	}
	return Look(name, buf.Bytes())
}

func tooLarge(name string, size int64) error {
	return &Refusal{name, fmt.Sprintf("有 %.1f MB，超过每份 %d MB 的上限，没有添加；请降低扫描分辨率（300 dpi 已经够用），或把它拆成几份再添加。", float64(size)/(1<<20), MaxBytes>>20)}
}

// Look takes a file already read. b belongs to the content afterwards.
func Look(name string, b []byte) (*Content, error) {
	switch {
	case len(b) == 0:
		return nil, &Refusal{name, "是空文件（0 字节），没有添加；它可能没有复制完，请从原处重新复制一次。"}
	case len(b) > MaxBytes:
		return nil, tooLarge(name, int64(len(b)))
	case bytes.HasPrefix(b, jpegMagic):
		return lookPicture(name, record.JPEG, b, stripJPEG)
	case bytes.HasPrefix(b, pngMagic):
		return lookPicture(name, record.PNG, b, stripPNG)
	case pdfAt(b) >= 0:
		return lookPDF(name, b)
	case len(bytes.Trim(b, "\x00")) == 0:
		return nil, &Refusal{name, "里全是零，内容已经丢失，没有添加；请从原处重新复制或重新扫描一次。"}
	}
	return nil, &Refusal{name, whatElse(b)}
}

// lookPicture keeps nothing of a picture but the picture, turned as its EXIF
// orientation says. One that stands upright keeps its coded bytes.
func lookPicture(name, kind string, b []byte, strip func([]byte) ([]byte, int, error)) (*Content, error) {
	size, _, err := image.DecodeConfig(bytes.NewReader(b))
	if err != nil {
		return nil, damaged(name, kind)
	}
	if tooMany(size.Width, size.Height) {
		return nil, &Refusal{name, fmt.Sprintf("有 %d × %d 个像素，超过 %d 万像素的上限，没有添加；请用看图软件缩小，或降低扫描分辨率（300 dpi 已经够用）再添加。", size.Width, size.Height, MaxPixels/10000)}
	}
	bare, turned, err := strip(b)
	if err != nil {
		return nil, damaged(name, kind)
	}
	img, err := decode(kind, bare)
	if err != nil {
		return nil, damaged(name, kind)
	}
	c := &Content{Type: kind, Bytes: bare}
	if turned > 1 {
		img = upright(img, turned)
		if c.Bytes, err = encode(kind, img); err != nil {
			return nil, fmt.Errorf("encode picture: %w", err)
		}
		if len(c.Bytes) > MaxBytes {
			return nil, tooLarge(name, int64(len(c.Bytes)))
		}
	}
	c.Width, c.Height = img.Bounds().Dx(), img.Bounds().Dy()
	c.Thumb = thumb(img)
	return c, nil
}

func tooMany(w, h int) bool { return w <= 0 || h <= 0 || int64(w)*int64(h) > MaxPixels }

func damaged(name, kind string) error {
	what := "JPEG 照片"
	if kind == record.PNG {
		what = "PNG 图片"
	}
	return &Refusal{name, "是 " + what + "，但内容残缺或有损坏，没有添加；它可能没有复制完，请从原处重新复制，或重新拍照、扫描一次。"}
}

// remedies for what is no paper, by what it begins with.
var others = []struct {
	at    int
	magic string
	why   string
}{
	{0, "II*\x00", whyTIFF}, {0, "MM\x00*", whyTIFF},
	{0, "BM", "是 BMP 位图，没有添加；请用“画图”打开，另存为 JPEG 或 PNG 再添加。"},
	{0, "GIF8", "是 GIF 图片，没有添加；请用“画图”打开，另存为 PNG 再添加。"},
	{8, "WEBP", "是 WebP 图片，没有添加；请用看图软件另存为 JPEG 或 PNG 再添加。"},
	{4, "ftyphei", whyHEIC}, {4, "ftyphev", whyHEIC}, {4, "ftypmif1", whyHEIC}, {4, "ftypmsf1", whyHEIC},
	{4, "ftypavif", "是 AVIF 图片，没有添加；请用看图软件另存为 JPEG 再添加。"},
	{4, "ftyp", "是视频，附件只收照片、扫描件和 PDF，没有添加；请把要留存的画面截成图片再添加。"},
	{0, "\xd0\xcf\x11\xe0", "是旧版 Word 或 Excel 文件（也可能带密码），没有添加；请在 WPS 里打开，输出为 PDF 再添加。"},
	{0, "{\\rtf", "是 RTF 文档，没有添加；请在 WPS 里打开，输出为 PDF 再添加。"},
	{0, "Rar!", whyPacked}, {0, "7z\xbc\xaf", whyPacked}, {0, "\x1f\x8b", whyPacked},
	{0, "MZ", "是程序，不是材料，没有添加；来历不明的请不要打开它，并用杀毒软件检查 U 盘。"},
	{0, "touyan-paper", "是头雁的附件原件，已经加密，不能再作附件，没有添加；请添加它本来的照片或 PDF。"},
}

const (
	whyTIFF   = "是 TIFF 图片，没有添加；请在扫描软件里改为输出 PDF 或 JPEG，或用看图软件另存为 JPEG 再添加。"
	whyHEIC   = "是 HEIC 照片（苹果等手机的格式），没有添加；请在手机“设置—相机—格式”里选“兼容性最佳”重拍，或用看图软件另存为 JPEG 再添加。"
	whyPacked = "是压缩包，没有添加；请先解压，再添加里面的照片或 PDF。"
)

// whatElse tells what a file is that cannot be attached, and what to do.
func whatElse(b []byte) string {
	for _, o := range others {
		if len(b) > o.at && bytes.HasPrefix(b[o.at:], []byte(o.magic)) {
			return o.why
		}
	}
	if bytes.HasPrefix(b, []byte("PK\x03\x04")) {
		return whatPacked(b)
	}
	return "不是照片、扫描件或 PDF，没有添加；附件只收 JPEG、PNG 和 PDF，请用它本来的程序打开，另存或输出为 PDF 再添加。"
}

// whatPacked tells the documents that are packed from mere packs. The names of
// what is inside stand uncompressed in the file.
func whatPacked(b []byte) string {
	const toPDF = "，没有添加；请在 WPS 里打开，输出为 PDF 再添加。"
	switch {
	case bytes.Contains(b, []byte("word/document.xml")):
		return "是 Word 文档" + toPDF
	case bytes.Contains(b, []byte("xl/workbook.xml")):
		return "是 Excel 表格" + toPDF
	case bytes.Contains(b, []byte("ppt/presentation.xml")):
		return "是演示文稿" + toPDF
	case bytes.Contains(b, []byte("OFD.xml")):
		return "是 OFD 版式文件，没有添加；请在 OFD 阅读器里导出为 PDF 再添加。"
	}
	return whyPacked
}

// TitleOf proposes the title of a paper by its file's name.
func TitleOf(path string) string {
	name := filepath.Base(path)
	return strings.TrimSpace(strings.TrimSuffix(name, filepath.Ext(name)))
}
