package exchange

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"time"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/sheet"
)

// carrier is what a book says about itself in its hidden sheet: who sent it to
// whom, which record each row names, and the stamp and digest of every cell as
// it was sent. A cell's value stands in the visible table alone; only a
// version that the table does not show, the id behind a name, and what a reader
// may find no field for, stand here.
//
// The hidden sheet has one line per thing, its first cell telling what:
//
//	head   JSON of bookHead
//	own    JSON of store.OwnRow: a field that an office added, which the reader may not have heard of
//	names  the names of fields, numbered from 0
//	stamp  base64 of a version's stamp, numbered from 0
//	dot    ledger (hex), counter, JSON of store.Origin
//	line   sheet no., row code, ids of the driving records, path=id of what the row refers to
//	rec    kind, id, base64 of its cells (in as many cells as it needs)
type carrier struct {
	head    bookHead
	lines   map[lineKey]*sentLine
	records map[recordKey]map[string]sentCell
	order   []recordKey
	origins map[store.Dot]store.Origin
	added   []store.OwnRow // definitions of fields that offices added
}

// bookHead names a book, its sender and its addressee.
type bookHead struct {
	Book    string       `json:"book"`
	Made    time.Time    `json:"made"`
	From    store.Office `json:"from"`
	To      store.Office `json:"to"`
	Period  Period       `json:"period,omitempty"`
	Nothing bool         `json:"nothing,omitempty"` // 零报告
	Version int          `json:"version,omitempty"` // of the report on its period; 2 and more are corrections
	Why     string       `json:"why,omitempty"`     // of a correction
	Sheets  []sentSheet  `json:"sheets"`

	// Papers are the keys of the companion, by the class of the papers in it.
	Papers map[field.Class][]byte `json:"papers,omitempty"`
}

type sentSheet struct {
	Name string `json:"name"`
	Form string `json:"form"`
}

type lineKey struct {
	sheet int
	code  string
}

type recordKey struct{ kind, id string }

// sentLine is a row as sent: the driving records it shows and, by path, the
// records it refers to.
type sentLine struct {
	ids []string
	via map[string]string
}

// sentCell is a cell as sent. versions[0] is the one the table shows; its value
// is known by digest only, unless the cell is a reference, or of a field that an
// office added: who reads the book without knowing that field keeps it all the
// same. A cell without digest stands in no table.
type sentCell struct {
	digest   [digestSize]byte
	versions store.Cell
}

// digestSize bytes of a hash tell an edited cell from an untouched one: a
// mistaken one in 2⁴⁸ edits. The digest has no key, for any office must be
// able to check it.
const digestSize = 6

func cellDigest(value string) (d [digestSize]byte) {
	sum := store.Digest("cell", value)
	copy(d[:], sum[:])
	return d
}

// mostOwn is how many fields offices may have added that one book shows.
const mostOwn = 500

// carrierVersion is raised when an older program could not read the lines.
const carrierVersion = 1

func (c *carrier) sheetForms() map[string]string {
	m := map[string]string{}
	for _, s := range c.head.Sheets {
		m[s.Name] = s.Form
	}
	return m
}

// packing writes a carrier.
type packing struct {
	rows   [][]string
	names  map[string]uint64
	stamps map[string]uint64
	nameIn []string
}

func (c *carrier) pack() (*sheet.Carrier, error) {
	p := &packing{names: map[string]uint64{}, stamps: map[string]uint64{}}
	head, err := json.Marshal(c.head)
	if err != nil {
		return nil, err
	}
	p.rows = append(p.rows, []string{"head", string(head)})
	for i := range c.added {
		own, err := json.Marshal(&c.added[i])
		if err != nil {
			return nil, err
		}
		p.rows = append(p.rows, []string{"own", string(own)})
	}
	var recs [][]string
	for _, k := range c.order {
		recs = append(recs, p.record(k, c.records[k]))
	}
	p.rows = append(p.rows, append([]string{"names"}, p.nameIn...))
	stamps := make([]string, len(p.stamps))
	for s, i := range p.stamps {
		stamps[i] = base64.RawStdEncoding.EncodeToString([]byte(s))
	}
	for _, s := range stamps {
		p.rows = append(p.rows, []string{"stamp", s})
	}
	for _, d := range sortedDots(c.origins) {
		o, err := json.Marshal(c.origins[d])
		if err != nil {
			return nil, err
		}
		p.rows = append(p.rows, []string{"dot", hex.EncodeToString([]byte(d.Ledger)), strconv.FormatUint(d.Counter, 10), string(o)})
	}
	for _, k := range sortedLines(c.lines) {
		p.rows = append(p.rows, c.lines[k].pack(k))
	}
	p.rows = append(p.rows, recs...)
	return &sheet.Carrier{Book: c.head.Book, Version: carrierVersion, Rows: p.rows}, nil
}

func (l *sentLine) pack(k lineKey) []string {
	row := []string{"line", strconv.Itoa(k.sheet), k.code, strings.Join(l.ids, ",")}
	for _, path := range sortedKeys(l.via) {
		row = append(row, path+"="+l.via[path])
	}
	return row
}

// maxCell is how much of a packed record one cell holds; a cell ends at 32,767.
const maxCell = 30_000

func (p *packing) record(k recordKey, cells map[string]sentCell) []string {
	var b []byte
	for _, name := range sortedKeys(cells) {
		c := cells[name]
		b = binary.AppendUvarint(b, p.name(name))
		b = append(b, c.digest[:]...)
		b = binary.AppendUvarint(b, uint64(len(c.versions)))
		for _, v := range c.versions {
			b = binary.AppendUvarint(b, p.stamp(v.Out(k.id)))
			b = binary.AppendUvarint(b, uint64(len(v.Value)))
			b = append(b, v.Value...)
		}
	}
	row := []string{"rec", k.kind, k.id}
	text := base64.RawStdEncoding.EncodeToString(b)
	for len(text) > maxCell {
		row, text = append(row, text[:maxCell]), text[maxCell:]
	}
	return append(row, text)
}

func (p *packing) name(name string) uint64 {
	i, ok := p.names[name]
	if !ok {
		i = uint64(len(p.names))
		p.names[name] = i
		p.nameIn = append(p.nameIn, name)
	}
	return i
}

func (p *packing) stamp(v store.Version) uint64 {
	s := string(v.Stamp())
	i, ok := p.stamps[s]
	if !ok {
		i = uint64(len(p.stamps))
		p.stamps[s] = i
	}
	return i
}

var errCarrier = errors.New("本簿的交接信息不完整，可能被改动过；请让发出单位重新导出一份，或把表格连同表头复制到一个新建的工作簿里，按普通花名册导入")

// unpacking reads a carrier back. Anything odd in it is errCarrier.
type unpacking struct {
	*carrier
	names  []string
	stamps []store.Version
}

func unpackCarrier(raw *sheet.Carrier) (*carrier, error) {
	if raw.Version > carrierVersion {
		return nil, errors.New("本簿由更新版本的头雁导出，请先升级程序再合并")
	}
	u := &unpacking{carrier: &carrier{lines: map[lineKey]*sentLine{}, records: map[recordKey]map[string]sentCell{}, origins: map[store.Dot]store.Origin{}}}
	for _, row := range raw.Rows {
		if err := u.row(row); err != nil {
			return nil, errCarrier
		}
	}
	if u.head.Book == "" || u.head.Book != raw.Book {
		return nil, errCarrier
	}
	return u.carrier, nil
}

func (u *unpacking) row(row []string) (err error) {
	if len(row) == 0 {
		return nil
	}
	if row[0] == "names" {
		u.names = row[1:] // none in a book of empty tables
		return nil
	}
	if len(row) < 2 {
		return errors.New("short line")
	}
	switch row[0] {
	case "head":
		return json.Unmarshal([]byte(row[1]), &u.head)
	case "own":
		var o store.OwnRow
		if err := json.Unmarshal([]byte(row[1]), &o); err != nil || len(u.added) == mostOwn || !store.IsID(o.ID) {
			return errors.New("bad field")
		}
		u.added = append(u.added, o)
		return nil
	case "stamp":
		b, err := base64.RawStdEncoding.DecodeString(row[1])
		if err != nil {
			return err
		}
		v, err := store.ReadStamp(b)
		u.stamps = append(u.stamps, v)
		return err
	case "dot":
		return u.dot(row)
	case "line":
		return u.line(row)
	case "rec":
		return u.record(row)
	}
	return nil // lines of later programs
}

func (u *unpacking) dot(row []string) error {
	if len(row) < 4 {
		return errors.New("short dot")
	}
	ledger, err := hex.DecodeString(row[1])
	if err != nil {
		return err
	}
	counter, err := strconv.ParseUint(row[2], 10, 64)
	if err != nil {
		return err
	}
	var o store.Origin
	if err := json.Unmarshal([]byte(row[3]), &o); err != nil {
		return err
	}
	u.origins[store.Dot{Ledger: string(ledger), Counter: counter}] = o
	return nil
}

func (u *unpacking) line(row []string) error {
	if len(row) < 4 {
		return errors.New("short line")
	}
	n, err := strconv.Atoi(row[1])
	if err != nil {
		return err
	}
	l := &sentLine{ids: strings.Split(row[3], ","), via: map[string]string{}}
	for _, pair := range row[4:] {
		if path, id, ok := strings.Cut(pair, "="); ok {
			l.via[path] = id
		}
	}
	u.lines[lineKey{n, row[2]}] = l
	return nil
}

func (u *unpacking) record(row []string) error {
	if len(row) < 3 || !store.IsID(row[2]) {
		return errors.New("short record")
	}
	b, err := base64.RawStdEncoding.DecodeString(strings.Join(row[3:], ""))
	if err != nil {
		return err
	}
	k := recordKey{row[1], row[2]}
	cells := map[string]sentCell{}
	r := &byteReader{b: b}
	for len(r.b) > 0 && !r.bad {
		name := r.number()
		var c sentCell
		copy(c.digest[:], r.take(digestSize))
		for range r.number() {
			s := r.number()
			if r.bad || s >= uint64(len(u.stamps)) {
				return errors.New("no such stamp")
			}
			v := u.stamps[s]
			v.Value = string(r.take(r.number()))
			c.versions = append(c.versions, v.In(k.id))
		}
		if r.bad || name >= uint64(len(u.names)) || len(c.versions) == 0 {
			return errors.New("bad cell")
		}
		cells[u.names[name]] = c
	}
	if r.bad {
		return errors.New("bad record")
	}
	u.records[k] = cells
	u.order = append(u.order, k)
	return nil
}

// byteReader cuts numbers and texts off packed bytes.
type byteReader struct {
	b   []byte
	bad bool
}

func (r *byteReader) number() uint64 {
	n, size := binary.Uvarint(r.b)
	if size <= 0 {
		r.bad, r.b = true, nil
		return 0
	}
	r.b = r.b[size:]
	return n
}

func (r *byteReader) take(n uint64) []byte {
	if n > uint64(len(r.b)) {
		r.bad, r.b = true, nil
		return nil
	}
	out := r.b[:n]
	r.b = r.b[n:]
	return out
}
