package xlsx

import (
	"bytes"
	"unicode/utf8"
)

// decode resolves entities and line ends.
func (s *scanner) decode(dst, raw []byte, entities bool) ([]byte, error) {
	for i := 0; i < len(raw); i++ {
		c := raw[i]
		if c == '\r' {
			dst = append(dst, '\n')
			if i+1 < len(raw) && raw[i+1] == '\n' {
				i++
			}
			continue
		}
		if c != '&' || !entities {
			dst = append(dst, c)
			continue
		}
		end := bytes.IndexByte(raw[i:], ';')
		if end < 0 || end > 12 {
			return nil, s.bad("含有写坏的字符（&）")
		}
		r, ok := entity(raw[i+1 : i+end])
		if !ok {
			return nil, s.bad("含有不认识的实体（&…;）")
		}
		dst = utf8.AppendRune(dst, r)
		i += end
	}
	return dst, nil
}

// entity gives the character that the text between "&" and ";" stands for.
func entity(name []byte) (rune, bool) {
	switch string(name) {
	case "amp":
		return '&', true
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	if len(name) < 2 || name[0] != '#' {
		return 0, false
	}
	digits, base := name[1:], rune(10)
	if digits[0] == 'x' {
		digits, base = digits[1:], 16
	}
	r := rune(0)
	for _, c := range digits {
		d := hexDigit(c)
		if d < 0 || rune(d) >= base {
			return 0, false
		}
		if r = r*base + rune(d); r > utf8.MaxRune {
			return 0, false
		}
	}
	ok := len(digits) > 0 && (r >= ' ' || r == '\t' || r == '\n' || r == '\r') && utf8.ValidRune(r) && r != 0xFFFE && r != 0xFFFF
	return r, ok
}

func hexDigit(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}
