package sheet

import (
	"encoding/binary"
	"slices"
	"strconv"

	"touyan/store/field"
	"touyan/store/xlsx"
)

// held is a data row as it lies in memory: its cells packed into one text, read
// as fields when somebody asks for the row. Values of all rows at once would
// take ten times the memory, and the book of a region has 200,000 rows.
type held struct {
	number int    // as the spreadsheet counts
	place  int    // how many of the decoder's places stood above it
	code   string // 行码
	cells  string // see packing
}

// decoder is what turns held rows into values.
type decoder struct {
	columns  []*reader // by column of the book, nil where no form column stands
	heads    []*Head   // by column of the book, nil where none stands
	code     int       // column of the row codes, -1
	source   int       // column of 来源行号, -1
	date1904 bool

	place  int     // the form column of the village, if the book has no such column; else -1
	places []Value // the villages that the title and lines between the rows name, in order

	known   [][]string // by column of the book: texts that held cells refer to
	formats []string   // number formats of dates
}

// Len is the number of data rows.
func (t *Table) Len() int { return len(t.held) }

// Code is the 行码 of a row, empty if it has none.
func (t *Table) Code(n int) string { return t.held[n].code }

// Number is where a row stands, as the spreadsheet counts.
func (t *Table) Number(n int) int { return t.held[n].number }

// Row reads a data row. Each call reads it anew.
func (t *Table) Row(n int) *Row {
	h := &t.held[n]
	out := &Row{Number: h.number, Code: h.code, Values: make([]Value, len(t.Form.Columns))}
	d := t.decoder
	if d.place >= 0 && h.place > 0 {
		out.Values[d.place] = d.places[h.place-1]
	}
	d.visit(h.cells, func(c xlsx.Cell) { d.take(out, c) })
	for column, text := range t.mends[n] {
		t.mended(&out.Values[column], column, text)
	}
	return out
}

// take puts a cell where it belongs in a row.
func (d *decoder) take(out *Row, c xlsx.Cell) {
	h := d.heads[c.Col]
	switch rd := d.columns[c.Col]; {
	case rd != nil && h.Also != nil:
		rd.several(out.Values, h, c)
	case rd != nil:
		out.Values[h.Column] = rd.value(c, d.date1904)
	case c.Col == d.code && out.Code == "":
		out.BadCode = field.Tidy(c.Text)
	case c.Col == d.source:
		out.Source, _ = strconv.Atoi(field.Tidy(c.Text))
	case d.unclaimed(c.Col):
		if out.Extra == nil {
			out.Extra = map[int]string{}
		}
		out.Extra[c.Col] = c.Text
	}
}

// unclaimed reports a column that is neither of the form nor our own.
func (d *decoder) unclaimed(col int) bool {
	h := d.heads[col]
	return d.columns[col] == nil && col != d.source && (h == nil || !ownHead(h.Text))
}

// packing packs cells. One cell is a byte of flags and its type, its column,
// the number of its format if it is a date, and its text: by its number among
// the column's known ones, or by length and bytes.
type packing struct {
	buf   []byte
	index []map[string]int // of decoder.known
}

const (
	packedType    = 0x07
	packedFormula = 0x08
	packedPicture = 0x10
	packedDate    = 0x20
	packedKnown   = 0x40
)

// mostKnown bounds the texts a column may refer to: a column with more holds
// names, which do not come again.
const mostKnown = 500

// hold keeps the row at hand.
func (d *data) hold(index int, code string) {
	d.packed.buf = d.packed.buf[:0]
	for col := range d.cells {
		c := &d.cells[col]
		if c.Col < 0 {
			continue
		}
		d.pack(c)
		if d.unclaimed(col) {
			d.keep(col)
		}
	}
	d.t.held = append(d.t.held, held{number: index + 1, place: len(d.places), code: code, cells: string(d.packed.buf)})
}

// keep notes a column no form column claims, with a head for it.
func (d *data) keep(col int) {
	if d.heads[col] == nil {
		d.heads[col] = &Head{Col: col, Column: -1}
		d.t.Heads = append(d.t.Heads, *d.heads[col])
	}
	d.t.extra[col] = true
}

func (d *data) pack(c *xlsx.Cell) {
	p := &d.packed
	known, is := d.knows(c)
	flags := byte(c.Type)
	if c.Formula {
		flags |= packedFormula
	}
	if c.Picture {
		flags |= packedPicture
	}
	if c.IsDate {
		flags |= packedDate
	}
	if is {
		flags |= packedKnown
	}
	p.buf = binary.AppendUvarint(append(p.buf, flags), uint64(c.Col))
	if c.IsDate {
		p.buf = binary.AppendUvarint(p.buf, uint64(d.format(c.Format)))
	}
	if is {
		p.buf = binary.AppendUvarint(p.buf, uint64(known))
		return
	}
	p.buf = binary.AppendUvarint(p.buf, uint64(len(c.Text)))
	p.buf = append(p.buf, c.Text...)
}

// knows finds the number of a text in its column, giving it one if there is
// room.
func (d *data) knows(c *xlsx.Cell) (int, bool) {
	p := &d.packed
	for len(p.index) <= c.Col {
		p.index = append(p.index, nil)
	}
	m := p.index[c.Col]
	if m == nil {
		m = map[string]int{}
		p.index[c.Col] = m
	}
	n, is := m[c.Text]
	if !is && len(m) < mostKnown {
		n, is = len(m), true
		m[c.Text] = n
		d.known[c.Col] = append(d.known[c.Col], c.Text)
	}
	return n, is
}

func (d *decoder) format(f string) int {
	i := slices.Index(d.formats, f)
	if i < 0 {
		i = len(d.formats)
		d.formats = append(d.formats, f)
	}
	return i
}

// visit visits the packed cells of a row.
func (d *decoder) visit(packed string, take func(xlsx.Cell)) {
	number := func() int {
		n, shift := 0, 0
		for packed[0] >= 0x80 {
			n |= int(packed[0]&0x7f) << shift
			packed, shift = packed[1:], shift+7
		}
		n |= int(packed[0]) << shift
		packed = packed[1:]
		return n
	}
	for packed != "" {
		flags := packed[0]
		packed = packed[1:]
		c := xlsx.Cell{Type: xlsx.Type(flags & packedType), Col: number(), Format: "General",
			Formula: flags&packedFormula != 0, Picture: flags&packedPicture != 0, IsDate: flags&packedDate != 0}
		if c.IsDate {
			c.Format = d.formats[number()]
		}
		if n := number(); flags&packedKnown != 0 {
			c.Text = d.known[c.Col][n]
		} else {
			c.Text, packed = packed[:n], packed[n:]
		}
		take(c)
	}
}
