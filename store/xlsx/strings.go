package xlsx

import (
	"bytes"
	"context"
	"errors"
	"unicode/utf16"
	"unicode/utf8"
)

// errTextTooLong is turned into an *Error where the cell is known.
var errTextTooLong = errors.New("text longer than a cell can hold")

// stringTable holds the shared strings in blocks of text, four bytes of
// book-keeping each: a table of slices would cost sixteen and the collector's time.
type stringTable struct {
	blocks []string // full blocks
	block  []byte   // the one being filled
	starts [][]uint32
	count  int
	limit  int64
}

const (
	blockBits  = 20 // texts of up to 98 KB in blocks of 1 MB; 32 bits address 4 GB
	blockSize  = 1 << blockBits
	startsBits = 14
	startsSize = 1 << startsBits

	// entryCharge is what a text counts beside its bytes. It is more than the
	// four bytes it takes, because a flood of empty texts also takes time.
	entryCharge = 16
)

// add appends a text of at most blockSize bytes; false when the table is full.
func (t *stringTable) add(text []byte) bool {
	if len(t.block)+len(text) > blockSize-1 {
		t.seal()
	}
	if t.count&(startsSize-1) == 0 {
		t.starts = append(t.starts, make([]uint32, 0, startsSize))
	}
	if int64(len(t.blocks))<<blockBits+int64(len(t.block)+len(text))+entryCharge*int64(t.count) > t.limit {
		return false
	}
	last := &t.starts[len(t.starts)-1]
	*last = append(*last, uint32(len(t.blocks)<<blockBits|len(t.block)))
	t.block = append(t.block, text...)
	t.count++
	return true
}

// seal closes the block being filled.
func (t *stringTable) seal() {
	t.blocks = append(t.blocks, string(t.block))
	t.block = t.block[:0]
}

// at gives text i, which must be below count, after the last seal.
func (t *stringTable) at(i int) string {
	start := t.starts[i>>startsBits][i&(startsSize-1)]
	block := t.blocks[start>>blockBits]
	end := len(block)
	if i++; i < t.count {
		if next := t.starts[i>>startsBits][i&(startsSize-1)]; next>>blockBits == start>>blockBits {
			end = int(next & (blockSize - 1))
		}
	}
	return block[start&(blockSize-1) : end]
}

// loadStrings reads the shared string table, once.
func (b *Book) loadStrings(ctx context.Context) error {
	if b.strings != nil {
		return nil
	}
	t := &stringTable{limit: b.lim.SharedStrings}
	if b.stringPart == "" {
		b.strings = t
		return nil
	}
	e := b.zip.byName[b.stringPart]
	s := newScanner(b.zip.open(e), e.name, e.size)
	s.tick = func(int) error { return ctx.Err() }
	if err := s.root("sst", mainSpaces...); err != nil {
		return err
	}
	var text []byte
	err := s.children(func() error {
		if s.is("extLst") {
			return nil
		}
		if !s.is("si") {
			return s.bad("字符串表里有不认识的内容 %s", printable(s.name))
		}
		var err error
		if text, err = s.richText(text[:0], b.lim.Text); err != nil {
			return err
		}
		if !t.add(text) {
			return Refuse(TooLarge, "这个工作簿里的文字超过 %s。请分成几个工作簿后再试。", megabytes(b.lim.SharedStrings))
		}
		return nil
	})
	if errors.Is(err, errTextTooLong) {
		return tooLong(e.name, "", b.lim.Text)
	}
	if err != nil {
		return err
	}
	if err := s.finish(); err != nil {
		return err
	}
	t.seal()
	t.block = nil
	b.strings = t
	return nil
}

// richText appends the text of the open element (a shared string or an inline
// one) to dst: its plain text or its runs, without the phonetic guide. At most
// limit UTF-16 units.
func (s *scanner) richText(dst []byte, limit int) ([]byte, error) {
	from := len(dst)
	read := func() (err error) {
		dst, err = s.content(dst, from+rawLimit(limit)-len(dst))
		return err
	}
	err := s.children(func() error {
		switch {
		case s.is("t"):
			return read()
		case s.is("r"):
			return s.children(func() error {
				if s.is("t") {
					return read()
				}
				return nil
			})
		case s.is("rPh"), s.is("phoneticPr"), s.is("extLst"):
			return nil
		}
		return s.bad("文字里有不认识的内容 %s", printable(s.name))
	})
	if err != nil {
		return nil, err
	}
	return finishText(dst, from, limit)
}

// rawLimit is the number of bytes a text of limit UTF-16 units can take
// before unescape.
func rawLimit(limit int) int { return limit * len("_x0000_") }

// finishText unescapes dst[from:] in place and checks its length.
func finishText(dst []byte, from, limit int) ([]byte, error) {
	dst = append(dst[:from], unescape(dst[from:])...)
	if len(dst)-from <= limit {
		return dst, nil
	}
	units := 0
	for _, r := range string(dst[from:]) {
		units += utf16.RuneLen(r)
	}
	if units > limit {
		return nil, errTextTooLong
	}
	return dst, nil
}

// unescape replaces _xHHHH_ by the UTF-16 unit it stands for (ECMA-376 part 1,
// 22.9.2.19), in place. Two that form a pair become one character; half a pair
// alone stays as written.
func unescape(b []byte) []byte {
	at := bytes.Index(b, []byte("_x"))
	if at < 0 {
		return b
	}
	out := b[:at]
	for i := at; i < len(b); {
		r, ok := escaped(b[i:])
		n := len("_xHHHH_")
		if ok && utf16.IsSurrogate(r) {
			low, _ := escaped(b[i+n:])
			r, n = utf16.DecodeRune(r, low), 2*n
			ok = r != utf8.RuneError
		}
		if !ok {
			out = append(out, b[i])
			i++
			continue
		}
		out = utf8.AppendRune(out, r)
		i += n
	}
	return out
}

// escaped gives the unit of the _xHHHH_ at the head of b.
func escaped(b []byte) (rune, bool) {
	if len(b) < 7 || b[0] != '_' || b[1] != 'x' || b[6] != '_' {
		return 0, false
	}
	r := rune(0)
	for _, c := range b[2:6] {
		d := hexDigit(c)
		if d < 0 {
			return 0, false
		}
		r = r<<4 | rune(d)
	}
	return r, true
}
