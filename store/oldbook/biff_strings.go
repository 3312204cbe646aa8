package oldbook

import (
	"unicode/utf16"

	"touyan/store/xlsx"
)

// Flags of a text.
const (
	flagWide     = 0x01 // two bytes a character
	flagExtended = 0x04 // phonetic hints follow
	flagRich     = 0x08 // runs of fonts follow
)

// sstReader reads the shared strings, which go on over CONTINUE records. A record
// may end anywhere. Where it ends between the characters of a text, the next one
// begins with a flag that says anew whether they take one byte or two; elsewhere
// it just goes on.
type sstReader struct {
	*workbook
	rest []byte
	text []uint16
}

func (w *workbook) readStrings() error {
	if err := w.need(8); err != nil {
		return err
	}
	count := int64(w.u32(4))
	if w.strings != nil {
		return xlsx.Defect("", "字符串表有两个")
	}
	if 3*count > int64(len(w.stream)) {
		return cutRecord()
	}
	w.strings = make([]string, 0, count)
	r := &sstReader{workbook: w, rest: w.body[8:]}
	room := w.lim.SharedStrings
	for range count {
		text, err := r.read()
		if err != nil {
			return err
		}
		if room -= int64(len(text)) + 16; room < 0 {
			return xlsx.Refuse(xlsx.TooLarge, "这个工作簿里的文字太多。请分成几个工作簿后再试。")
		}
		w.strings = append(w.strings, text)
	}
	if len(r.rest) > 0 || w.peek() == recContinue {
		return xlsx.Defect("", "字符串表里的文字比它说的多")
	}
	return nil
}

// more goes on to the CONTINUE that must follow.
func (r *sstReader) more() error {
	if r.peek() != recContinue {
		return xlsx.Defect("", "字符串表到一半就断了")
	}
	if err := r.next(); err != nil {
		return err
	}
	r.rest = r.body
	return nil
}

// number reads n bytes as a number.
func (r *sstReader) number(n int) (int, error) {
	v := 0
	for i := range n {
		for len(r.rest) == 0 {
			if err := r.more(); err != nil {
				return 0, err
			}
		}
		v |= int(r.rest[0]) << (8 * i)
		r.rest = r.rest[1:]
	}
	return v, nil
}

// skip passes over n bytes.
func (r *sstReader) skip(n int) error {
	for n > 0 {
		for len(r.rest) == 0 {
			if err := r.more(); err != nil {
				return err
			}
		}
		step := min(n, len(r.rest))
		r.rest, n = r.rest[step:], n-step
	}
	return nil
}

// read reads a text with what follows it.
func (r *sstReader) read() (string, error) {
	length, err := r.number(2)
	if err != nil {
		return "", err
	}
	flags, err := r.number(1)
	if err != nil {
		return "", err
	}
	behind := 0
	if flags&flagRich != 0 {
		runs, err := r.number(2)
		if err != nil {
			return "", err
		}
		behind += 4 * runs
	}
	if flags&flagExtended != 0 {
		hints, err := r.number(4)
		if err != nil {
			return "", err
		}
		behind += hints
	}
	if err := r.characters(length, flags&flagWide != 0); err != nil {
		return "", err
	}
	return string(utf16.Decode(r.text)), r.skip(behind)
}

// characters reads the units of a text into r.text.
func (r *sstReader) characters(left int, wide bool) error {
	r.text = r.text[:0]
	for left > 0 {
		if len(r.rest) == 0 {
			if err := r.more(); err != nil {
				return err
			}
			flags, err := r.number(1)
			if err != nil {
				return err
			}
			wide = flags&flagWide != 0
		}
		size := 1
		if wide {
			size = 2
		}
		n := min(left*size, len(r.rest))
		if n%size != 0 {
			return xlsx.Defect("", "字符串表里有一个字断成了两半")
		}
		r.text = units(r.text, r.rest[:n], wide)
		r.rest, left = r.rest[n:], left-n/size
	}
	return nil
}
