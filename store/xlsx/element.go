package xlsx

import (
	"bytes"
	"math"
	"slices"
	"unicode/utf8"
)

// readStart reads "<name attribute="…" …>" or "…/>" and opens the element.
func (s *scanner) readStart() error {
	for {
		n, err := s.parseStart(s.buf[s.pos:s.end])
		if err != nil {
			return err
		}
		if n > 0 {
			s.pos += n
			break
		}
		if err := s.need(s.end - s.pos + 1); err != nil {
			return err
		}
	}
	switch {
	case len(s.marks) == 0 && s.rooted:
		return s.bad("正文之外还有内容")
	case len(s.marks) >= maxDepth, len(s.name) > maxName:
		return s.bad("标记嵌套太深或名字太长")
	}
	s.rooted = true
	s.marks = append(s.marks, len(s.names))
	s.names = append(s.names, s.name...)
	return nil
}

// parseStart parses the start tag at the head of b. It gives its length, or 0
// if b ends before it does.
func (s *scanner) parseStart(b []byte) (int, error) {
	s.attrs = s.attrs[:0]
	i := nameEnd(b, 1)
	if i == len(b) {
		return 0, nil
	}
	if i == 1 || !nameStart(b[1]) {
		return 0, s.bad("含有写坏的标记")
	}
	s.name = b[1:i]
	for {
		spaced := false
		for i < len(b) && isSpace(b[i]) {
			i, spaced = i+1, true
		}
		if i+1 >= len(b) && (i == len(b) || b[i] == '/') {
			return 0, nil
		}
		switch {
		case b[i] == '>':
			s.closes = false
			return i + 1, nil
		case b[i] == '/' && b[i+1] == '>':
			s.closes = true
			return i + 2, nil
		case !spaced || !nameStart(b[i]):
			return 0, s.bad("含有写坏的标记")
		}
		var err error
		if i, err = s.parseAttribute(b, i); i == 0 {
			return 0, err
		}
	}
}

// parseAttribute parses name="value" at b[i:] and gives the offset behind it,
// or 0 if b ends before.
func (s *scanner) parseAttribute(b []byte, i int) (int, error) {
	from := i
	i = nameEnd(b, i)
	name := b[from:i]
	for i < len(b) && isSpace(b[i]) {
		i++
	}
	if i == len(b) {
		return 0, nil
	}
	if b[i] != '=' {
		return 0, s.bad("含有写坏的标记")
	}
	for i++; i < len(b) && isSpace(b[i]); i++ {
	}
	if i == len(b) {
		return 0, nil
	}
	quote := b[i]
	if quote != '"' && quote != '\'' {
		return 0, s.bad("含有写坏的标记")
	}
	i++
	from = i
	high := false
	for {
		for i < len(b) && classes[b[i]]&inValue != 0 {
			i++
		}
		if i == len(b) || b[i] == quote {
			break
		}
		c := b[i]
		if c == '<' || c < ' ' && !isSpace(c) {
			return 0, s.bad("标记里有不允许的字符")
		}
		high = high || c >= 0x80
		i++
	}
	if i == len(b) {
		return 0, nil
	}
	value := b[from:i]
	if high && !utf8.Valid(value) {
		return 0, s.bad("文字编码不是 UTF-8")
	}
	if len(s.attrs) == maxAttrs {
		return 0, s.bad("一个标记的属性太多")
	}
	for _, a := range s.attrs {
		if string(a.name) == string(name) {
			return 0, s.bad("一个标记里有两个属性 %s", printable(name))
		}
	}
	s.attrs = append(s.attrs, attribute{name, value})
	return i + 1, nil
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// classes tells of each byte where it may stand.
var classes = func() (t [256]uint8) {
	for c := range t {
		b := byte(c)
		letter := 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || b == '_' || b == ':' || b >= 0x80
		if letter {
			t[c] |= beginsName
		}
		if letter || '0' <= b && b <= '9' || b == '-' || b == '.' {
			t[c] |= inName
		}
		if b >= ' ' && b < 0x80 && b != '"' && b != '\'' && b != '<' {
			t[c] |= inValue
		}
	}
	return t
}()

const (
	beginsName = 1 << iota
	inName
	inValue // in an attribute value, without a further look
)

func nameStart(c byte) bool { return classes[c]&beginsName != 0 }

func nameEnd(b []byte, i int) int {
	for i < len(b) && classes[b[i]]&inName != 0 {
		i++
	}
	return i
}

// attr gives the raw value of an attribute, nil if it is absent.
func (s *scanner) attr(name string) []byte {
	for i := range s.attrs {
		if string(s.attrs[i].name) == name {
			return s.attrs[i].value
		}
	}
	return nil
}

// attrText gives the value of an attribute decoded, "" if it is absent.
func (s *scanner) attrText(name string) (string, error) {
	value := s.attr(name)
	if bytes.IndexByte(value, '&') < 0 {
		return string(value), nil
	}
	text, err := s.decode(nil, value, true)
	return string(text), err
}

// attrInt gives the value of an attribute as a number not below zero, or
// absent if it is missing or empty.
func (s *scanner) attrInt(name string, absent int) (int, error) {
	value := bytes.TrimSpace(s.attr(name))
	if len(value) == 0 {
		return absent, nil
	}
	n, ok := parseUint(value)
	if !ok {
		return 0, s.bad("属性 %s 的值“%s”不是可用的数", name, printable(value))
	}
	return n, nil
}

// parseUint reads decimal digits that fit 31 bits.
func parseUint(b []byte) (int, bool) {
	n := 0
	for _, c := range b {
		if c < '0' || c > '9' {
			return 0, false
		}
		if n = 10*n + int(c-'0'); n > math.MaxInt32 {
			return 0, false
		}
	}
	return n, len(b) > 0
}

// attrBool gives the value of a boolean attribute, false if it is absent.
func (s *scanner) attrBool(name string) bool {
	switch string(s.attr(name)) {
	case "1", "true", "on":
		return true
	}
	return false
}

// is tells whether the token is the element of the main namespace.
func (s *scanner) is(local string) bool {
	n := len(s.prefix)
	return len(s.name) == n+len(local) && string(s.name[n:]) == local && string(s.name[:n]) == s.prefix
}

// local is the name of the element without its prefix.
func (s *scanner) local() string {
	return string(s.name[bytes.IndexByte(s.name, ':')+1:])
}

// root reads the root element, which must have the local name given and, if any
// are given, one of the namespaces; elements are then told by its prefix.
func (s *scanner) root(local string, namespaces ...string) error {
	if err := s.need(2); err != nil {
		return err
	}
	head := s.buf[s.pos:s.end]
	if head[0] == 0 || head[1] == 0 || head[0] >= 0xFE {
		return s.bad("文字编码是 UTF-16，只认 UTF-8")
	}
	if bytes.HasPrefix(head, []byte(bom)) {
		s.pos += len(bom)
	}
	for {
		kind, err := s.next()
		if err != nil {
			return err
		}
		if kind == tokenStart {
			break
		}
	}
	colon := bytes.IndexByte(s.name, ':') + 1
	s.prefix = string(s.name[:colon])
	attr := "xmlns"
	if colon > 0 {
		attr = "xmlns:" + s.prefix[:colon-1]
	}
	space, err := s.attrText(attr)
	if err != nil {
		return err
	}
	if !s.is(local) {
		return s.bad("它不是应有的 %s，而是 %s", local, printable(s.name))
	}
	if len(namespaces) > 0 && !slices.Contains(namespaces, space) {
		return s.bad("它的名字空间不是工作簿的，而是“%s”", printable([]byte(space)))
	}
	return nil
}

// children calls visit at the start of every child of the open element; what
// visit leaves unread of the child is passed over.
func (s *scanner) children(visit func() error) error {
	depth := len(s.marks)
	for {
		kind, err := s.next()
		if err != nil {
			return err
		}
		switch kind {
		case tokenEnd:
			return nil
		case tokenStart:
			if err := visit(); err != nil {
				return err
			}
			if err := s.leave(depth); err != nil {
				return err
			}
		}
	}
}

// leave reads on until only depth elements are open.
func (s *scanner) leave(depth int) error {
	for len(s.marks) > depth {
		if _, err := s.next(); err != nil {
			return err
		}
	}
	return nil
}

// skip reads the open element to its end.
func (s *scanner) skip() error { return s.leave(len(s.marks) - 1) }

// content appends the texts of the open element to dst, those of elements in
// it too, and reads it to its end. It refuses more than limit bytes.
func (s *scanner) content(dst []byte, limit int) ([]byte, error) {
	depth, from := len(s.marks), len(dst)
	for len(s.marks) >= depth {
		kind, err := s.next()
		if err != nil {
			return nil, err
		}
		if kind != tokenText {
			continue
		}
		if dst, err = s.appendRaw(dst); err != nil {
			return nil, err
		}
		if len(dst)-from > limit {
			return nil, errTextTooLong
		}
	}
	return dst, nil
}

// finish reads from the end of the root to the end of the part, where the
// length and the CRC of the entry are judged.
func (s *scanner) finish() error {
	for {
		kind, err := s.next()
		if err != nil || kind == tokenEOF {
			return err
		}
	}
}
