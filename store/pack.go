package store

import (
	"encoding/binary"
	"slices"
	"strings"

	"touyan/store/field"
	"touyan/store/vault"
)

// packer appends numbers and texts; unpacker takes them off again. A text is
// its length and its bytes.
type packer struct{ b []byte }

func (p *packer) number(n uint64) { p.b = binary.AppendUvarint(p.b, n) }
func (p *packer) text(s string)   { p.number(uint64(len(s))); p.b = append(p.b, s...) }
func (p *packer) flag(on bool) {
	n := uint64(0)
	if on {
		n = 1
	}
	p.number(n)
}

type unpacker struct {
	s   string // the whole value as one string, so that texts are cut from it without copying
	bad bool
}

func (u *unpacker) number() uint64 {
	var n uint64
	for i := 0; i < len(u.s) && i < 10; i++ {
		c := u.s[i]
		n |= uint64(c&0x7f) << (7 * i)
		if c < 0x80 {
			u.s = u.s[i+1:]
			return n
		}
	}
	u.bad, u.s = true, ""
	return 0
}

func (u *unpacker) text() string {
	n := u.number()
	if n > uint64(len(u.s)) {
		u.bad, u.s = true, ""
		return ""
	}
	t := u.s[:n]
	u.s = u.s[n:]
	return t
}

func (u *unpacker) flag() bool { return u.number() == 1 }

// count reads a number of things that follow, each at least one byte long.
func (u *unpacker) count() int {
	n := u.number()
	if n > uint64(len(u.s)) {
		u.bad = true
		return 0
	}
	return int(n)
}

func (p *packer) dot(d Dot) { p.text(d.Ledger); p.number(d.Counter) }
func (u *unpacker) dot() Dot {
	l := u.text()
	return Dot{l, u.number()}
}

// writings packs a set ledger by ledger: its id once, then how far each counter
// lies from the one before, and the record.
func (p *packer) writings(ws Writings) {
	p.number(uint64(len(ws)))
	for len(ws) > 0 {
		n := slices.IndexFunc(ws, func(w Writing) bool { return w.Ledger != ws[0].Ledger })
		if n < 0 {
			n = len(ws)
		}
		p.text(ws[0].Ledger)
		p.number(uint64(n))
		last := uint64(0)
		for _, w := range ws[:n] {
			p.number(w.Counter - last)
			p.text(w.Record)
			last = w.Counter
		}
		ws = ws[n:]
	}
}

func (u *unpacker) writings() Writings {
	n := u.count()
	if n == 0 {
		return nil
	}
	ws := make(Writings, 0, n)
	for len(ws) < n && !u.bad {
		w := Writing{Dot: Dot{Ledger: u.text()}}
		more := u.count()
		if more == 0 || more > n-len(ws) {
			u.bad = true
		}
		for range more {
			w.Counter += u.number()
			w.Record = u.text()
			ws = append(ws, w)
		}
	}
	return ws
}

// stamp packs a version without its value.
func (p *packer) stamp(v *Version) {
	p.dot(v.Dot)
	p.text(v.Record)
	p.writings(v.Knew)
	p.number(uint64(v.Level))
	p.text(v.Office)
	p.flag(v.Decision)
	p.text(v.Was)
}

func (u *unpacker) stamp() (v Version) {
	v.Dot = u.dot()
	v.Record = u.text()
	v.Knew = u.writings()
	v.Level = field.Level(u.number())
	v.Office = u.text()
	v.Decision = u.flag()
	v.Was = u.text()
	return v
}

// Stamp packs a version's stamp, without its value and what it replaced, for
// taking it along in a book.
func (v Version) Stamp() []byte {
	v.Was = ""
	var p packer
	p.stamp(&v)
	return p.b
}

// ReadStamp is the inverse of Stamp.
func ReadStamp(b []byte) (Version, error) {
	u := unpacker{s: string(b)}
	v := u.stamp()
	if u.bad || len(u.s) > 0 {
		return Version{}, errSeal
	}
	return v, nil
}

func (p *packer) cell(c Cell) {
	p.number(uint64(len(c)))
	for i := range c {
		p.stamp(&c[i])
		p.text(c[i].Value)
	}
}

func (u *unpacker) cell() Cell {
	n := u.count()
	c := make(Cell, 0, n)
	for range n {
		v := u.stamp()
		v.Value = u.text()
		c = append(c, v)
	}
	return c
}

// A packed record is: the sequence number of the operation that wrote it last;
// the stamp its cells were created with; then per cell its name's number
// doubled, plus one if the cell has stamps of its own, and its value or its
// versions. Names are numbered by the file's dictionary.
//
// In the file it lies in parts, one per class: the cells of other classes than
// the ordinary follow in parts of their own, so that all parts somebody can read,
// put together, are a packed record again.

// split collects what is packed by class, the ordinary first.
type split [field.Classes]packer

func (s *split) parts() []part {
	out := []part{{class: vault.Class(field.Ordinary), plain: s[field.Ordinary].b}}
	for c := field.Ordinary + 1; c < field.Classes; c++ {
		if len(s[c].b) > 0 {
			out = append(out, part{class: vault.Class(c), plain: s[c].b})
		}
	}
	return out
}

// joined puts the parts that could be read together.
func joined(parts []part) string {
	if len(parts) == 1 {
		return string(parts[0].plain)
	}
	var b strings.Builder
	for _, p := range parts {
		b.Write(p.plain)
	}
	return b.String()
}

func (n *names) pack(s State, seq uint64, birth Version, class func(name string) field.Class) *split {
	var out split
	p := &out[field.Ordinary]
	p.number(seq)
	p.stamp(&birth)
	for _, name := range n.order(s) {
		p, c := &out[class(name)], s[name]
		if len(c) == 1 && sameStamp(&c[0], &birth) {
			p.number(n.number(name) << 1)
			p.text(c[0].Value)
			continue
		}
		p.number(n.number(name)<<1 | 1)
		p.cell(c)
	}
	return &out
}

// packRow packs a row all of whose cells have one stamp.
func (n *names) packRow(k *field.Kind, row field.Row, birth *Version) *split {
	var out split
	out[field.Ordinary].b = make([]byte, 0, 512)
	out[field.Ordinary].number(birth.Counter)
	out[field.Ordinary].stamp(birth)
	for i := range k.Fields {
		if v := row.Values[i]; v != "" {
			p := &out[k.Fields[i].Class]
			p.number(n.number(k.Fields[i].Name) << 1)
			p.text(v)
		}
	}
	return &out
}

// birthOf finds the stamp most cells share: that of the record's creation,
// until more than half of its cells have changed.
func birthOf(s State) Version {
	count := map[Dot]int{}
	for _, c := range s {
		if len(c) == 1 && c[0].plain() {
			count[c[0].Dot]++
		}
	}
	var best Version
	most := 0
	for _, c := range s {
		if len(c) == 1 && c[0].plain() {
			if n := count[c[0].Dot]; n > most || n == most && c[0].Dot.compare(best.Dot) < 0 {
				best, most = c[0], n
			}
		}
	}
	best.Value = ""
	return best
}

// plain reports whether a version is the first word on a cell of the record it
// lies with.
func (v *Version) plain() bool {
	return v.Record == "" && len(v.Knew) == 0 && v.Was == "" && !v.Decision
}

func sameStamp(v, w *Version) bool {
	return v.writing() == w.writing() && v.Level == w.Level && v.Office == w.Office && v.Decision == w.Decision &&
		v.Was == w.Was && slices.Equal(v.Knew, w.Knew)
}

// visitCells walks a packed record. For a cell with the birth stamp versions
// is nil and value its value.
func visitCells(packed string, visit func(name uint64, value string, versions Cell)) (seq uint64, birth Version, err error) {
	u := unpacker{s: packed}
	seq = u.number()
	birth = u.stamp()
	for len(u.s) > 0 && !u.bad {
		n := u.number()
		if n&1 == 0 {
			visit(n>>1, u.text(), nil)
			continue
		}
		c := u.cell()
		if !u.bad {
			visit(n>>1, "", c)
		}
	}
	if u.bad {
		return 0, Version{}, errSeal
	}
	return seq, birth, nil
}

func (n *names) unpack(packed string) (State, uint64, error) {
	s := State{}
	var plain []string
	twice := false // a cell, which nobody packs
	seq, birth, err := visitCells(packed, func(num uint64, value string, versions Cell) {
		name := n.name(num)
		_, known := s[name]
		twice = twice || known
		if versions != nil {
			s[name] = versions
			return
		}
		s[name] = Cell{{Value: value}}
		plain = append(plain, name)
	})
	if err != nil || twice {
		return nil, 0, errSeal
	}
	for _, name := range plain {
		v := birth
		v.Value = s[name][0].Value
		s[name][0] = v
	}
	return s, seq, nil
}
