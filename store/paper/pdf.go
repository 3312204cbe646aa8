package paper

import (
	"bytes"
	"compress/zlib"
	"encoding/hex"
	"io"
	"regexp"
	"strconv"

	"touyan/store/record"
)

// headWithin and tailWithin are how far from its ends a PDF's own marks may
// lie: readers accept that much.
const (
	headWithin = 1 << 10
	tailWithin = 2 << 10
)

// pdfAt is where a PDF begins, negative if the file is none.
func pdfAt(b []byte) int {
	return bytes.Index(b[:min(len(b), headWithin)], []byte("%PDF-"))
}

// lookPDF looks whether a PDF is whole and readable by anyone, and what it may
// do beside being read. It is kept as it is: signatures stay valid.
func lookPDF(name string, b []byte) (*Content, error) {
	if !bytes.Contains(b[max(len(b)-tailWithin, 0):], []byte("%%EOF")) {
		return nil, &Refusal{name, "是 PDF，但缺少结尾，没有添加；它可能没有复制完，请从原处重新复制，或重新扫描、输出一次。"}
	}
	p := readPDF(b)
	if p.locked {
		return nil, &Refusal{name, "是加了密码的 PDF，没有添加；请用密码打开它，打印或另存为不带密码的 PDF 再添加。"}
	}
	c := &Content{Type: record.PDF, Bytes: b, Pages: p.pages}
	if p.script {
		c.Warnings = append(c.Warnings, "“"+name+"”里带有脚本（JavaScript），来历不明的请不要用别的程序打开；稳妥的做法是打印后重新扫描。")
	}
	if p.launch {
		c.Warnings = append(c.Warnings, "“"+name+"”里带有打开其他程序的动作，来历不明的请不要用别的程序打开；稳妥的做法是打印后重新扫描。")
	}
	if p.files {
		c.Warnings = append(c.Warnings, "“"+name+"”里还夹带着别的文件，头雁不会打开它们。")
	}
	return c, nil
}

// pdf is what a look into a PDF shows.
type pdf struct {
	pages                         int
	locked, script, launch, files bool
}

var (
	pdfEncrypt = regexp.MustCompile(`/Encrypt\s*(<<|\d+\s+\d+\s+R)`)
	pdfScript  = regexp.MustCompile(`/JavaScript\b`)
	pdfLaunch  = regexp.MustCompile(`/Launch\b`)
	pdfFiles   = regexp.MustCompile(`/EmbeddedFiles?\b`)
	pdfPage    = regexp.MustCompile(`/Type\s*/Page\b`)
	pdfLinear  = regexp.MustCompile(`/Linearized[^>]{0,200}?/N\s+(\d{1,6})`)
	pdfObjects = regexp.MustCompile(`/ObjStm\b`)
	pdfEscape  = regexp.MustCompile(`#[0-9A-Fa-f]{2}`)
	pdfStream  = regexp.MustCompile(`\bstream\r?\n`)
)

// The bounds of what is unpacked of a PDF: a look is no reading.
const (
	streamMost  = 4 << 20
	streamsMost = 32 << 20
	streamNear  = 4 << 10 // how far behind its name the body of a stream begins
)

// readPDF looks at the text of a PDF, and at the objects packed in it, where
// newer programs put everything.
func readPDF(b []byte) (p pdf) {
	p.look(b)
	linear := pdfLinear.FindSubmatch(b[:min(len(b), 2*headWithin)])
	defer func() {
		switch {
		case linear != nil:
			p.pages, _ = strconv.Atoi(string(linear[1]))
		case bytes.Count(b, []byte("%%EOF")) > 1:
			p.pages = 0 // saved again over itself: pages may stand in it twice
		}
	}()
	p.locked = pdfEncrypt.Match(names(b))
	left := streamsMost
	for _, at := range pdfObjects.FindAllIndex(b, -1) {
		near := b[at[1]:min(at[1]+streamNear, len(b))]
		body := pdfStream.FindIndex(near)
		if body == nil || left <= 0 {
			continue
		}
		text := unpacked(b[at[1]+body[1]:], min(streamMost, left))
		left -= len(text)
		p.look(text)
	}
	return p
}

func (p *pdf) look(b []byte) {
	b = names(b)
	p.pages += len(pdfPage.FindAllIndex(b, -1))
	p.script = p.script || pdfScript.Match(b)
	p.launch = p.launch || pdfLaunch.Match(b)
	p.files = p.files || pdfFiles.Match(b)
}

// names resolves #4A in names, behind which some hide what they do.
func names(b []byte) []byte {
	if bytes.IndexByte(b, '#') < 0 {
		return b
	}
	return pdfEscape.ReplaceAllFunc(b, func(m []byte) []byte {
		out, err := hex.DecodeString(string(m[1:]))
		if err != nil {
			return m
		}
		return out
	})
}

// unpacked is a packed stream, as far as it can be read.
func unpacked(b []byte, most int) []byte {
	r, err := zlib.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil
	}
	defer r.Close()
	var out bytes.Buffer
	out.ReadFrom(io.LimitReader(r, int64(most))) // a damaged end is no matter here
	return out.Bytes()
}
