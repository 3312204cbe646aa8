package xlsx

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf8"
)

// scanner is a pull tokenizer for the XML of a workbook: UTF-8, no DTD. It
// refuses what is not well-formed, so that a part cut anywhere is an error, and
// holds one token in memory at a time. encoding/xml takes ten times as long.
type scanner struct {
	entry string // for errors
	src   io.Reader
	tick  func(n int) error // told of every block read, may end the reading; may be nil

	buf      []byte
	pos, end int // unread bytes of buf
	ended    bool

	names  []byte // of the open elements, one after the other
	marks  []int  // where each begins in names
	rooted bool   // the root element was seen
	closes bool   // the element just opened was self-closing: its end is next

	prefix string // of the main namespace, with the colon

	// The token: name and attrs of a start or an end, raw of a text. They lie
	// in buf and are valid until the next token.
	name  []byte
	attrs []attribute
	raw   []byte
	plain bool // raw needs no decoding
	cdata bool
}

type attribute struct{ name, value []byte } // value with its entities

type token int

const (
	tokenStart token = iota
	tokenEnd
	tokenText
	tokenEOF
)

const (
	scanBlock   = 64 << 10
	maxToken    = 2 << 20 // a tag or a text; 32,767 units written as _xHHHH_ or entities take a tenth of it
	maxDepth    = 200
	maxAttrs    = 200
	maxName     = 1000
	bom         = "\xEF\xBB\xBF"
	declaration = "<?xml"
)

// newScanner reads the part called entry, size bytes long, from r.
func newScanner(r io.Reader, entry string, size int64) *scanner {
	return &scanner{entry: entry, src: r, buf: make([]byte, min(size+1, scanBlock))}
}

func (s *scanner) bad(what string, args ...any) error { return Defect(s.entry, what, args...) }

// more reads further bytes behind the unread ones; io.EOF when there are none.
func (s *scanner) more() error {
	if s.ended {
		return io.EOF
	}
	if s.pos > 0 {
		copy(s.buf, s.buf[s.pos:s.end])
		s.end -= s.pos
		s.pos = 0
	}
	if s.end == len(s.buf) {
		if len(s.buf) >= maxToken {
			return s.bad("有一处文字或标记长得不合情理")
		}
		s.buf = append(s.buf, make([]byte, len(s.buf))...)
	}
	for {
		n, err := s.src.Read(s.buf[s.end:])
		s.end += n
		if err == io.EOF {
			s.ended = true
		} else if err != nil {
			return asError(err)
		}
		if n > 0 && s.tick != nil {
			if err := s.tick(n); err != nil {
				return err
			}
		}
		if n > 0 {
			return nil
		}
		if s.ended {
			return io.EOF
		}
	}
}

// need sees to it that n bytes are unread; a part that ends sooner is cut.
func (s *scanner) need(n int) error {
	for s.end-s.pos < n {
		if err := s.more(); err == io.EOF {
			return s.cut()
		} else if err != nil {
			return err
		}
	}
	return nil
}

func (s *scanner) cut() error { return s.bad("内容到一半就断了") }

// find gives the offset from pos of the first mark at or after from, reading
// as far as it takes.
func (s *scanner) find(mark string, from int) (int, error) {
	for {
		if s.end-s.pos > from {
			if i := bytes.Index(s.buf[s.pos+from:s.end], []byte(mark)); i >= 0 {
				return from + i, nil
			}
			from = max(from, s.end-s.pos-len(mark)+1)
		}
		if err := s.more(); err == io.EOF {
			return 0, s.cut()
		} else if err != nil {
			return 0, err
		}
	}
}

// passTo passes over all before the mark, unread and unchecked.
func (s *scanner) passTo(mark string) error {
	for {
		rest := s.buf[s.pos:s.end]
		if i := bytes.Index(rest, []byte(mark)); i >= 0 {
			s.pos += i
			return nil
		}
		s.pos = max(s.pos, s.end-len(mark)+1)
		if err := s.more(); err == io.EOF {
			return s.cut()
		} else if err != nil {
			return err
		}
	}
}

// next reads the next token. Comments and processing instructions are passed over.
func (s *scanner) next() (token, error) {
	if s.closes {
		s.closes = false
		s.pop()
		return tokenEnd, nil
	}
	for {
		if s.pos == s.end {
			if err := s.more(); err == io.EOF {
				if len(s.marks) > 0 || !s.rooted {
					return 0, s.cut()
				}
				return tokenEOF, nil
			} else if err != nil {
				return 0, err
			}
		}
		if s.buf[s.pos] != '<' {
			return tokenText, s.readText()
		}
		if err := s.need(2); err != nil {
			return 0, err
		}
		switch s.buf[s.pos+1] {
		case '/':
			return tokenEnd, s.readEnd()
		case '?':
			if err := s.passInstruction(); err != nil {
				return 0, err
			}
		case '!':
			isText, err := s.readBang()
			if err != nil {
				return 0, err
			}
			if isText {
				return tokenText, nil
			}
		default:
			return tokenStart, s.readStart()
		}
	}
}

// readText reads up to the next "<".
func (s *scanner) readText() error {
	n := 0
	for {
		if i := bytes.IndexByte(s.buf[s.pos+n:s.end], '<'); i >= 0 {
			n += i
			break
		}
		n = s.end - s.pos
		if err := s.more(); err == io.EOF {
			break
		} else if err != nil {
			return err
		}
	}
	s.raw = s.buf[s.pos : s.pos+n]
	s.pos += n
	s.cdata = false
	if len(s.marks) == 0 {
		if len(bytes.Trim(s.raw, " \t\r\n")) > 0 {
			return s.bad("正文之外还有内容")
		}
		return nil
	}
	return s.checkText()
}

// checkText refuses what XML does not allow in a text and notes whether it
// needs decoding.
func (s *scanner) checkText() error {
	s.plain = true
	high := false
	for i, c := range s.raw {
		if classes[c]&inValue != 0 && c != '&' {
			continue
		}
		switch {
		case c >= 0x80:
			high = true
			if c == 0xEF && i+2 < len(s.raw) && s.raw[i+1] == 0xBF && s.raw[i+2] >= 0xBE {
				return s.bad("含有不允许的字符")
			}
		case c == '&' || c == '\r':
			s.plain = false
		case c < ' ' && c != '\t' && c != '\n':
			return s.bad("含有控制字符")
		}
	}
	if high && !utf8.Valid(s.raw) {
		return s.bad("文字编码不是 UTF-8")
	}
	return nil
}

// appendRaw appends the text just read to dst, decoded.
func (s *scanner) appendRaw(dst []byte) ([]byte, error) {
	if s.plain {
		return append(dst, s.raw...), nil
	}
	return s.decode(dst, s.raw, !s.cdata)
}

// readEnd reads "</name>" and holds it against the element that is open.
func (s *scanner) readEnd() error {
	if len(s.marks) > 0 { // nearly always it is just that and already there
		open := s.names[s.marks[len(s.marks)-1]:]
		from, n := s.pos+2, s.pos+2+len(open)
		if n < s.end && s.buf[n] == '>' && string(s.buf[from:n]) == string(open) {
			s.name = s.buf[from:n]
			s.pos = n + 1
			s.pop()
			return nil
		}
	}
	n, err := s.find(">", 2)
	if err != nil {
		return err
	}
	s.name = bytes.TrimRight(s.buf[s.pos+2:s.pos+n], " \t\r\n")
	s.pos += n + 1
	if len(s.marks) == 0 || !bytes.Equal(s.name, s.names[s.marks[len(s.marks)-1]:]) {
		return s.bad("标记 </%s> 前后不配对", printable(s.name))
	}
	s.pop()
	return nil
}

func (s *scanner) pop() {
	last := len(s.marks) - 1
	s.names = s.names[:s.marks[last]]
	s.marks = s.marks[:last]
}

// passInstruction passes over "<?…?>". The declaration must not name another
// encoding than UTF-8.
func (s *scanner) passInstruction() error {
	n, err := s.find("?>", 2)
	if err != nil {
		return err
	}
	text := s.buf[s.pos : s.pos+n]
	s.pos += n + 2
	if !bytes.HasPrefix(text, []byte(declaration)) {
		return nil
	}
	_, encoding, found := strings.Cut(strings.ToLower(string(text)), "encoding")
	if !found {
		return nil
	}
	encoding = strings.Trim(encoding, " \t\r\n='\"")
	if end := strings.IndexAny(encoding, " '\"\t\r\n"); end >= 0 {
		encoding = encoding[:end]
	}
	if encoding != "utf-8" && encoding != "utf8" && encoding != "us-ascii" {
		return s.bad("文字编码是 %s，只认 UTF-8", printable([]byte(encoding)))
	}
	return nil
}

// readBang reads what begins with "<!": a CDATA section, which is text, a
// comment, which is passed over. A DTD is refused.
func (s *scanner) readBang() (isText bool, err error) {
	if err := s.need(4); err != nil {
		return false, err
	}
	switch head := s.buf[s.pos+2 : s.pos+4]; {
	case string(head) == "--":
		n, err := s.find("-->", 4)
		if err != nil {
			return false, err
		}
		s.pos += n + 3
		return false, nil
	case head[0] == '[':
		if err := s.need(9); err != nil {
			return false, err
		}
		if string(s.buf[s.pos:s.pos+9]) != "<![CDATA[" || len(s.marks) == 0 {
			return false, s.bad("含有不认识的标记")
		}
		n, err := s.find("]]>", 9)
		if err != nil {
			return false, err
		}
		s.raw = s.buf[s.pos+9 : s.pos+n]
		s.pos += n + 3
		s.cdata = true
		return true, s.checkText()
	}
	return false, s.bad("含有 DTD 之类不允许的声明")
}

// printable shortens what a damaged file holds for a message.
func printable(b []byte) string {
	return strings.ToValidUTF8(strings.Map(func(r rune) rune {
		if r < ' ' {
			return '?'
		}
		return r
	}, string(b[:min(len(b), 40)])), "?")
}
